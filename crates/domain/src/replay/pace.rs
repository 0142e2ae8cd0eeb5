//! When each event of a replay is due.
//!
//! Times are counted on the run's own clock, which begins with 0 whenever somebody takes the replay on, and stands still while nobody runs
//! it. Spacing is that of `recorded_at`, which never decreases; a producer's timestamp can be anything.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::ReplaySurvey;
use crate::Timestamp;

/// How fast a replay goes.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pace {
    /// As fast as the target takes the events.
    Unlimited,
    /// At this factor of the original speed.
    Speed(f64),
    /// So many events a second.
    Rate(f64),
}

/// No gap is longer: a century. It keeps every sum of times within what can be counted.
const LONGEST: Duration = Duration::from_secs(100 * 366 * 24 * 3_600);

/// How much of a delay is caught up with. A timer is always late by a little, and that must not add up; but a target that was away for an
/// hour does not get that hour's events at once.
const SLACK: Duration = Duration::from_millis(100);

/// A number that can be a factor or a rate: finite and above 0.
pub fn is_pace(number: f64) -> bool {
    number.is_finite() && number > 0.0
}

/// How long it takes at least to deliver what a survey found; `None` when only the target knows.
pub fn least_duration(pace: Pace, survey: &ReplaySurvey) -> Option<Duration> {
    let gaps = survey.total().saturating_sub(1);
    match pace {
        Pace::Unlimited => None,
        Pace::Rate(rate) => Some(seconds(gaps as f64 / rate)),
        Pace::Speed(speed) => {
            let ends = survey.ends.map(|(first, last)| original_gap(first.recorded_at, last.recorded_at));
            Some(ends.map_or(Duration::ZERO, |gap| seconds(gap / speed)))
        }
    }
}

/// Says when the next event is due.
#[derive(Clone, Debug)]
pub struct Pacer {
    pace: Pace,
    /// The last event that was delivered, or the place in its time from which a run goes on.
    last: Option<Mark>,
}

#[derive(Clone, Copy, Debug)]
struct Mark {
    recorded_at: Timestamp,
    /// When it was due, on the run's clock.
    due: Duration,
}

impl Pacer {
    /// For a run that goes on from `reached`, in the time of what is replayed; `None` from the first event.
    pub fn new(pace: Pace, reached: Option<Timestamp>) -> Self {
        Self { pace, last: reached.map(|recorded_at| Mark { recorded_at, due: Duration::ZERO }) }
    }

    /// When an event is due that comes next. The first one is due at once.
    pub fn due(&self, recorded_at: Timestamp) -> Duration {
        let Some(last) = self.last else { return Duration::ZERO };
        let gap = match self.pace {
            Pace::Unlimited => Duration::ZERO,
            Pace::Speed(speed) => seconds(original_gap(last.recorded_at, recorded_at) / speed),
            Pace::Rate(rate) => seconds(1.0 / rate),
        };
        last.due.saturating_add(gap)
    }

    /// Takes note that an event went out.
    pub fn delivered(&mut self, recorded_at: Timestamp, now: Duration) {
        let due = self.due(recorded_at).max(now.saturating_sub(SLACK));
        self.last = Some(Mark { recorded_at, due });
    }

    /// How far the run has come in the time of what is replayed. Not past the next event, which has not gone out.
    pub fn reached(&self, now: Duration, next: Option<Timestamp>) -> Option<Timestamp> {
        let last = self.last?;
        let Pace::Speed(speed) = self.pace else { return Some(last.recorded_at) };
        let waited = now.saturating_sub(last.due).as_secs_f64() * speed * 1e6;
        // A cast of a float stops at the ends of the integer's range.
        let reached = Timestamp::from_micros(last.recorded_at.micros().saturating_add(waited as i64));
        Some(next.map_or(reached, |next| reached.min(next)).max(last.recorded_at))
    }
}

/// In seconds; none when the times are in the wrong order, which they never are.
fn original_gap(from: Timestamp, to: Timestamp) -> f64 {
    to.micros().saturating_sub(from.micros()).max(0) as f64 / 1e6
}

fn seconds(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds).unwrap_or(LONGEST).min(LONGEST)
}
