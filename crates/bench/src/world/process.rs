//! What a process costs, as Linux counts it. Elsewhere it is not known.

use std::time::Instant;

/// What a process has used until a moment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Usage {
    at: Instant,
    cpu_seconds: Option<f64>,
    /// Bytes that it sent to disks.
    written: Option<f64>,
}

impl Usage {
    /// Looks at a process.
    pub(crate) fn of(process: u32) -> Self {
        Self { at: Instant::now(), cpu_seconds: cpu_seconds(process), written: written(process) }
    }

    /// The share of one core that it has used since an earlier moment: 2 is two cores.
    pub(crate) fn cores_since(&self, before: &Self) -> Option<f64> {
        Some((self.cpu_seconds? - before.cpu_seconds?) / self.seconds_since(before))
    }

    /// Bytes a second that it has written to disks since an earlier moment.
    pub(crate) fn bytes_written_since(&self, before: &Self) -> Option<f64> {
        Some((self.written? - before.written?) / self.seconds_since(before))
    }

    fn seconds_since(&self, before: &Self) -> f64 {
        self.at.duration_since(before.at).as_secs_f64()
    }
}

/// The memory that a process has in use now, in bytes.
pub(crate) fn memory_bytes(process: u32) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    Some(number_after(&status, "VmRSS:")? * 1024.0)
}

/// The time for which a process has kept a core busy so far, in seconds.
pub(crate) fn cpu_seconds(process: u32) -> Option<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let ticks = rustix::param::clock_ticks_per_second() as f64;
    Some(ticks_used(&stat)? / ticks)
}

/// User and system time are the 14th and 15th field; the name in the second may contain anything, so count from its end.
fn ticks_used(stat: &str) -> Option<f64> {
    let (_, after_name) = stat.rsplit_once(')')?;
    let fields: Vec<&str> = after_name.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok());
    Some(ticks(11)? + ticks(12)?)
}

fn written(process: u32) -> Option<f64> {
    let io = std::fs::read_to_string(format!("/proc/{process}/io")).ok()?;
    number_after(&io, "\nwrite_bytes:")
}

fn number_after(text: &str, label: &str) -> Option<f64> {
    let (_, rest) = text.split_once(label)?;
    rest.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_spaces_and_brackets_does_not_move_the_fields() {
        let stat = "7 (a (b) c) S 1 7 7 0 -1 4194304 9 0 0 0 250 50 0 0 20 0 1 0 5 6 7";
        assert_eq!(ticks_used(stat), Some(300.0));
        assert_eq!(ticks_used("nonsense"), None);
    }

    #[test]
    fn numbers_stand_after_their_labels() {
        let io = "rchar: 1\nwchar: 2\nread_bytes: 3\nwrite_bytes: 4096\ncancelled_write_bytes: 5\n";
        assert_eq!(number_after(io, "\nwrite_bytes:"), Some(4096.0));
        assert_eq!(number_after(io, "VmRSS:"), None);
    }
}
