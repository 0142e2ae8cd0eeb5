//! How long to wait before the next try.

use std::time::Duration;

use uuid::Uuid;

use super::AmqpConfig;

/// Counts failures in a row. Pauses double up to the longest; from a number of failures on the circuit is open, and every pause
/// is the longest.
#[derive(Clone, Debug)]
pub struct Retry {
    first: Duration,
    most: Duration,
    circuit_failures: u32,
    failures: u32,
}

impl Retry {
    /// No failure yet.
    pub const fn new(config: &AmqpConfig) -> Self {
        Self {
            first: Duration::from_millis(config.retry_first_ms),
            most: Duration::from_millis(config.retry_most_ms),
            circuit_failures: config.circuit_failures,
            failures: 0,
        }
    }

    /// Something worked.
    pub const fn succeeded(&mut self) {
        self.failures = 0;
    }

    /// Something failed once more. Answers with the pause before the next try.
    pub fn failed(&mut self) -> Duration {
        self.failures = self.failures.saturating_add(1);
        jittered(self.pause())
    }

    /// True when so many tries in a row failed that only one try per longest pause is made.
    pub const fn circuit_is_open(&self) -> bool {
        self.failures >= self.circuit_failures
    }

    /// The longest pause. What has worked for that long has recovered.
    pub const fn most(&self) -> Duration {
        self.most
    }

    fn pause(&self) -> Duration {
        if self.circuit_is_open() {
            return self.most;
        }
        let doublings = self.failures.saturating_sub(1).min(20);
        self.first.saturating_mul(1 << doublings).min(self.most)
    }
}

/// Between half of a pause and the whole, so that nodes that lost the broker together don't come back together.
fn jittered(pause: Duration) -> Duration {
    let random = f64::from(Uuid::new_v4().as_fields().0) / f64::from(u32::MAX);
    pause.mul_f64(0.5 + random / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_the_longest_and_the_circuit_opens() {
        let config =
            AmqpConfig { retry_first_ms: 100, retry_most_ms: 1_000, circuit_failures: 6, ..AmqpConfig::default() };
        let mut retry = Retry::new(&config);
        for (failure, expected) in [100, 200, 400, 800, 1_000, 1_000, 1_000].into_iter().enumerate() {
            let pause = retry.failed().as_millis();
            assert!((expected / 2..=expected).contains(&pause), "{pause} of {expected}");
            assert_eq!(retry.circuit_is_open(), failure >= 5);
        }
        retry.succeeded();
        assert!(!retry.circuit_is_open());
        assert!(retry.failed().as_millis() <= 100);
    }

    #[test]
    fn years_of_failures_do_not_overflow() {
        let mut retry = Retry {
            failures: u32::MAX,
            ..Retry::new(&AmqpConfig { circuit_failures: u32::MAX, ..AmqpConfig::default() })
        };
        assert!(retry.failed() <= Duration::from_secs(5));
    }
}
