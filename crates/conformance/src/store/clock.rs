//! A clock that tests move.

use std::sync::Mutex;

use god33_domain::Timestamp;
use god33_domain::ports::Clock;

/// A clock that stands still until it is moved. It starts at the machine's time, since stores prepare for the months around it.
#[derive(Debug)]
pub struct TestClock(Mutex<Timestamp>);

impl Default for TestClock {
    fn default() -> Self {
        Self(Mutex::new(Timestamp::now()))
    }
}

impl TestClock {
    /// Moves the clock by so many seconds; negative numbers move it back. Answers with the new time.
    pub fn step(&self, seconds: i64) -> Timestamp {
        let mut now = self.0.lock().expect("no test panics while it holds the clock");
        *now = Timestamp::from_micros(now.micros() + seconds * 1_000_000);
        *now
    }

    /// Sets the clock.
    pub fn set(&self, time: Timestamp) {
        *self.0.lock().expect("no test panics while it holds the clock") = time;
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().expect("no test panics while it holds the clock")
    }
}
