//! Clients that each wait for the answer before they ask again.

use std::time::Duration;

use anyhow::{Context as _, Result};
use tokio::time::Instant;

use crate::stats::Latencies;

/// The share of the time at the beginning that is not counted: connections open and caches fill.
const WARM_UP: f64 = 0.15;

/// What clients got done.
#[derive(Debug, Default)]
pub(crate) struct Driven {
    /// Things done a second.
    pub(crate) per_second: f64,
    /// How long each answer took.
    pub(crate) latencies: Latencies,
}

/// Drives one loop a client for a time. Each call of a client's function is one request, and answers how many things that did. The first
/// failure ends it all.
///
/// # Errors
/// Those of the requests.
pub(crate) async fn closed_loop<C, A>(time: Duration, clients: Vec<C>) -> Result<Driven>
where
    C: FnMut() -> A + Send + 'static,
    A: Future<Output = Result<u64>> + Send + 'static,
{
    let from = Instant::now() + time.mul_f64(WARM_UP);
    let window = Window { from, until: from + time.mul_f64(1.0 - WARM_UP) };
    let loops: Vec<_> = clients.into_iter().map(|client| tokio::spawn(window.drive(client))).collect();
    let (mut done, mut taken) = (0, Vec::new());
    for driven in loops {
        let (more, latencies) = driven.await.context("a client has panicked")??;
        done += more;
        taken.extend(latencies);
    }
    let counted = window.until.duration_since(window.from).as_secs_f64();
    Ok(Driven { per_second: done as f64 / counted, latencies: Latencies::of(taken) })
}

/// What is counted: requests that end in this time.
#[derive(Clone, Copy)]
struct Window {
    from: Instant,
    until: Instant,
}

impl Window {
    async fn drive<C, A>(self, mut client: C) -> Result<(u64, Vec<Duration>)>
    where
        C: FnMut() -> A,
        A: Future<Output = Result<u64>>,
    {
        let (mut done, mut taken) = (0, Vec::new());
        loop {
            let began = Instant::now();
            if began >= self.until {
                return Ok((done, taken));
            }
            let more = client().await?;
            let ended = Instant::now();
            if ended >= self.from && ended < self.until {
                done += more;
                taken.push(ended - began);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn what_ends_in_the_time_is_counted() {
        let client = || {
            || async {
                tokio::time::sleep(Duration::from_millis(10)).await;
                Ok(2)
            }
        };
        let driven = closed_loop(Duration::from_secs(10), vec![client(), client(), client()]).await.unwrap();
        assert!((595.0..=601.0).contains(&driven.per_second), "{driven:?}");
        assert_eq!(driven.latencies.within_ms(0.99), Some(10.0));
    }

    #[tokio::test(start_paused = true)]
    async fn a_failure_ends_it() {
        let client = || async { anyhow::bail!("it broke") };
        let error = closed_loop(Duration::from_secs(10), vec![client]).await.unwrap_err();
        assert_eq!(error.to_string(), "it broke");
    }
}
