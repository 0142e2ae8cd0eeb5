//! Calls that are made again: until something comes, or from time to time. A connection that is lost on the way is opened again.

use std::time::Duration;

use tokio::time::Instant;
use tonic::{Code, Status};
use tonic_types::StatusExt as _;

use super::follow::is_passing;
use super::{Failure, print};

/// How long one call waits at most; the server allows 60 seconds.
const ONE_WAIT: Duration = Duration::from_secs(30);

/// How long to wait before a lost connection is opened again.
const PAUSE: Duration = Duration::from_secs(1);

/// How often a call is made when its answers are lost on the way.
const ATTEMPTS: u32 = 3;

/// Makes a call that carries its id and is therefore done once however often it is made: again, after a moment, when its answer was lost
/// on the way.
pub(super) async fn answered<T>(mut call: impl AsyncFnMut() -> Result<T, Failure>) -> Result<T, Failure> {
    let mut attempt = 1;
    loop {
        match call().await {
            Err(Failure::Refused(status)) if attempt < ATTEMPTS && is_lost(&status) => attempt += 1,
            ended => return ended,
        }
        print::hint("no answer came: asking again")?;
        tokio::time::sleep(PAUSE).await;
    }
}

/// True when nobody knows whether the call was done: the connection broke, or the server says so. What else it answers carries a reason,
/// and stands.
fn is_lost(status: &Status) -> bool {
    let reason = status.get_details_error_info().map(|info| info.reason);
    match reason.as_deref() {
        Some("COMMIT_UNKNOWN" | "NODE_UNAVAILABLE") => true,
        Some(_) => false,
        None => matches!(status.code(), Code::Unavailable | Code::Unknown | Code::Cancelled | Code::Internal),
    }
}

/// Calls until something comes or the time is over. `call` is told how long to wait; no `timeout`: as long as it takes. The first call
/// must be answered; later ones are tried until they are.
pub(super) async fn until<T>(
    timeout: Option<Duration>,
    mut call: impl AsyncFnMut(Duration) -> Result<Option<T>, Failure>,
) -> Result<Option<T>, Failure> {
    let end = timeout.map(|timeout| Instant::now() + timeout);
    let mut answered = false;
    loop {
        let left = end.map(|end| end.saturating_duration_since(Instant::now()));
        match call(left.map_or(ONE_WAIT, |left| left.min(ONE_WAIT))).await {
            Ok(Some(found)) => return Ok(Some(found)),
            Ok(None) => answered = true,
            Err(failure) if answered && is_passing(&failure) => lost().await?,
            Err(failure) => return Err(failure),
        }
        if end.is_some_and(|end| Instant::now() >= end) {
            return Ok(None);
        }
    }
}

/// Calls once, or with a `pause` in between until the program is stopped or the call says that it is over.
pub(super) async fn every(
    pause: Option<Duration>,
    mut call: impl AsyncFnMut() -> Result<bool, Failure>,
) -> Result<(), Failure> {
    let mut answered = false;
    loop {
        match call().await {
            Ok(true) => return Ok(()),
            Ok(false) => answered = true,
            Err(failure) if answered && is_passing(&failure) => {
                lost().await?;
                continue;
            }
            Err(failure) => return Err(failure),
        }
        match pause {
            Some(pause) => tokio::time::sleep(pause).await,
            None => return Ok(()),
        }
    }
}

async fn lost() -> Result<(), Failure> {
    print::hint("the connection was lost: opening it again")?;
    tokio::time::sleep(PAUSE).await;
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use tonic_types::ErrorDetails;

    use super::*;

    fn refused(reason: &str) -> Failure {
        let details = ErrorDetails::with_error_info(reason, "god33.v1", []);
        Status::with_error_details(Code::Unavailable, "no", details).into()
    }

    #[tokio::test]
    async fn a_call_whose_answer_was_lost_is_made_again() {
        let mut calls = 0;
        let answer = answered(async || {
            calls += 1;
            if calls == 1 { Err(refused("COMMIT_UNKNOWN")) } else { Ok("done") }
        });
        assert_eq!(answer.await.unwrap(), "done");
    }

    #[tokio::test]
    async fn a_call_that_was_refused_is_not_made_again() {
        let mut calls = 0;
        let answer = answered(async || {
            calls += 1;
            Err::<(), _>(refused("MIN_POSITION_TIMEOUT"))
        });
        assert!(answer.await.is_err());
        assert_eq!(calls, 1);
    }

    #[tokio::test]
    async fn a_wait_ends_when_something_comes() {
        let mut calls = 0;
        let found = until(None, async |wait| {
            calls += 1;
            assert_eq!(wait, ONE_WAIT);
            Ok((calls == 3).then_some("work"))
        });
        assert_eq!(found.await.unwrap(), Some("work"));
        assert_eq!(calls, 3);
    }

    #[tokio::test]
    async fn a_wait_lasts_as_long_as_it_may() {
        let (start, timeout) = (Instant::now(), Duration::from_millis(50));
        let found = until(Some(timeout), async |wait| {
            assert!(wait <= timeout);
            tokio::time::sleep(wait / 2).await;
            Ok(None::<()>)
        });
        assert_eq!(found.await.unwrap(), None);
        assert!(start.elapsed() >= timeout);
    }

    #[tokio::test]
    async fn a_lost_connection_ends_a_wait_only_before_the_first_answer() {
        let gone = || Err(Failure::from(Status::unavailable("gone")));
        assert!(until(None, async |_| gone()).await.is_err());
        let mut calls = 0;
        let found = until(None, async |_| {
            calls += 1;
            match calls {
                1 => Ok(None),
                2 => gone(),
                _ => Ok(Some(())),
            }
        });
        assert_eq!(found.await.unwrap(), Some(()));
    }

    #[tokio::test]
    async fn a_call_without_a_pause_is_made_once() {
        let mut calls = 0;
        every(None, async || {
            calls += 1;
            Ok(false)
        })
        .await
        .unwrap();
        assert_eq!(calls, 1);
    }

    #[tokio::test]
    async fn a_refusal_ends_the_calls() {
        let refused = every(Some(Duration::from_secs(1)), async || Err(Status::not_found("no such session").into()));
        assert!(refused.await.is_err());
    }
}
