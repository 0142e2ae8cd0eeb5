//! Numbers out of many measurements.

use std::time::Duration;

/// The middle of some numbers; `None` without any.
pub(crate) fn median(numbers: &[f64]) -> Option<f64> {
    let mut sorted: Vec<f64> = numbers.iter().copied().filter(|number| number.is_finite()).collect();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match sorted.len() % 2 {
        _ if sorted.is_empty() => None,
        1 => Some(sorted[middle]),
        _ => Some(f64::midpoint(sorted[middle - 1], sorted[middle])),
    }
}

/// How long each of many things took.
#[derive(Clone, Debug, Default)]
pub(crate) struct Latencies {
    sorted: Vec<Duration>,
}

impl Latencies {
    /// Takes them in any order.
    pub(crate) fn of(mut taken: Vec<Duration>) -> Self {
        taken.sort_unstable();
        Self { sorted: taken }
    }

    /// The time in milliseconds within which this share of the things was done, by the nearest rank; `None` without any.
    pub(crate) fn within_ms(&self, share: f64) -> Option<f64> {
        let rank = (share * self.sorted.len() as f64).ceil() as usize;
        let taken = self.sorted.get(rank.clamp(1, self.sorted.len().max(1)) - 1)?;
        Some(taken.as_secs_f64() * 1e3)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_or_between_the_two_middle_ones() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[3.0]), Some(3.0));
        assert_eq!(median(&[9.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(&[4.0, 1.0, 2.0, 9.0]), Some(3.0));
        assert_eq!(median(&[f64::NAN, 5.0]), Some(5.0));
    }

    #[test]
    fn a_percentile_is_the_nearest_rank() {
        let latencies = Latencies::of((1..=100).rev().map(Duration::from_millis).collect());
        assert_eq!(latencies.within_ms(0.5), Some(50.0));
        assert_eq!(latencies.within_ms(0.95), Some(95.0));
        assert_eq!(latencies.within_ms(0.99), Some(99.0));
        assert_eq!(latencies.within_ms(1.0), Some(100.0));
        assert_eq!(latencies.within_ms(0.0), Some(1.0));
    }

    #[test]
    fn of_nothing_there_is_no_percentile() {
        assert_eq!(Latencies::default().within_ms(0.5), None);
    }

    #[test]
    fn of_one_every_percentile_is_that_one() {
        let one = Latencies::of(vec![Duration::from_micros(1_500)]);
        assert_eq!(one.within_ms(0.01), Some(1.5));
        assert_eq!(one.within_ms(0.99), Some(1.5));
    }
}
