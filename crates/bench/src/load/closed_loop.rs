//! Clients that each wait for an answer before they ask again.

use std::time::Duration;

use anyhow::{Context as _, Result};
use futures::future::BoxFuture;
use tokio::time::Instant;

use crate::stats::Latencies;

/// The share of the time at the beginning that is not counted: connections open and caches fill.
const WARM_UP: f64 = 0.15;

/// Each call makes one step of a client: it ends when an answer has come.
pub(crate) type Client = Box<dyn FnMut() -> BoxFuture<'static, Result<Done>> + Send>;

/// An answer that has come.
pub(crate) struct Done {
    things: u64,
    /// When it was asked for; `None` when that was the beginning of the step.
    asked: Option<Instant>,
}

impl Done {
    /// The answer to what was asked for with this step.
    pub(crate) const fn now(things: u64) -> Self {
        Self { things, asked: None }
    }

    /// The answer to what was asked for earlier.
    pub(crate) const fn since(asked: Instant, things: u64) -> Self {
        Self { things, asked: Some(asked) }
    }
}

/// What clients got done.
#[derive(Debug, Default)]
pub(crate) struct Driven {
    /// Things done a second.
    pub(crate) per_second: f64,
    /// How long each answer took.
    pub(crate) latencies: Latencies,
    /// All things done, also what is not counted above.
    pub(crate) in_all: u64,
}

/// Drives clients for a time. The first failure ends it all.
///
/// # Errors
/// Those of the clients.
pub(crate) async fn closed_loop(time: Duration, clients: Vec<Client>) -> Result<Driven> {
    let from = Instant::now() + time.mul_f64(WARM_UP);
    let window = Window { from, until: from + time.mul_f64(1.0 - WARM_UP) };
    let loops: Vec<_> = clients.into_iter().map(|client| tokio::spawn(window.drive(client))).collect();
    let mut all = Counted::default();
    for driven in loops {
        let one = driven.await.context("a client has panicked")??;
        all.things += one.things;
        all.in_all += one.in_all;
        all.taken.extend(one.taken);
    }
    let seconds = window.until.duration_since(window.from).as_secs_f64();
    let per_second = all.things as f64 / seconds;
    Ok(Driven { per_second, latencies: Latencies::of(all.taken), in_all: all.in_all })
}

/// What is counted: answers that come in this time.
#[derive(Clone, Copy)]
struct Window {
    from: Instant,
    until: Instant,
}

/// What clients did.
#[derive(Default)]
struct Counted {
    things: u64,
    taken: Vec<Duration>,
    in_all: u64,
}

impl Window {
    async fn drive(self, mut client: Client) -> Result<Counted> {
        let mut counted = Counted::default();
        loop {
            let began = Instant::now();
            if began >= self.until {
                return Ok(counted);
            }
            let done = client().await?;
            let ended = Instant::now();
            counted.in_all += done.things;
            if ended >= self.from && ended < self.until {
                counted.things += done.things;
                counted.taken.push(ended - done.asked.unwrap_or(began));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use futures::FutureExt as _;

    fn client() -> Client {
        let step = || async {
            tokio::time::sleep(Duration::from_millis(10)).await;
            Ok(Done::now(2))
        };
        Box::new(move || step().boxed())
    }

    #[tokio::test(start_paused = true)]
    async fn what_ends_in_the_time_is_counted() {
        let driven = closed_loop(Duration::from_secs(10), vec![client(), client(), client()]).await.unwrap();
        assert!((595.0..=601.0).contains(&driven.per_second), "{driven:?}");
        assert_eq!(driven.latencies.within_ms(0.99), Some(10.0));
    }

    #[tokio::test(start_paused = true)]
    async fn an_answer_to_an_earlier_question_took_as_long_as_since_then() {
        let asked = Instant::now() - Duration::from_millis(500);
        let steps: Client = Box::new(move || {
            async move {
                tokio::time::sleep(Duration::from_secs(1)).await;
                Ok(Done::since(asked, 1))
            }
            .boxed()
        });
        let driven = closed_loop(Duration::from_secs(2), vec![steps]).await.unwrap();
        assert_eq!(driven.latencies.within_ms(0.5), Some(1_500.0));
    }

    #[tokio::test(start_paused = true)]
    async fn a_failure_ends_it() {
        let broken: Client = Box::new(|| async { anyhow::bail!("it broke") }.boxed());
        let error = closed_loop(Duration::from_secs(10), vec![broken]).await.unwrap_err();
        assert_eq!(error.to_string(), "it broke");
    }
}
