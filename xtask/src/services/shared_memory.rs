//! PostgreSQL's small System V shared memory segment stays in the system when the postmaster is
//! killed with SIGKILL; nothing but a reboot or the next start of that cluster would remove it.

use std::path::Path;
use std::process::Command;

use crate::process;

/// The segment of a cluster, as the cluster's own file names it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Segment {
    id: String,
    creator: String,
}

impl Segment {
    /// Reads it from the data folder; `None` when no server ran there.
    pub(crate) fn of_cluster(data: &Path) -> Option<Self> {
        Self::parse(&std::fs::read_to_string(data.join("postmaster.pid")).ok()?)
    }

    /// The postmaster's process id is line 1; line 7 is the segment's key and id.
    fn parse(postmaster_pid: &str) -> Option<Self> {
        let mut lines = postmaster_pid.lines();
        let creator = lines.next()?.trim().to_owned();
        let id = lines.nth(5)?.split_whitespace().nth(1)?.to_owned();
        Some(Self { id, creator })
    }

    /// Removes the segment if it is still there, the postmaster made it and nobody uses it.
    pub(crate) fn remove(&self) {
        let table = std::fs::read_to_string("/proc/sysvipc/shm").unwrap_or_default();
        if self.is_left_in(&table) {
            process::succeeds(Command::new("ipcrm").args(["-m", &self.id]));
        }
    }

    fn is_left_in(&self, table: &str) -> bool {
        table.lines().any(|line| {
            // key shmid perms size cpid lpid nattch …
            let fields: Vec<&str> = line.split_whitespace().collect();
            fields.get(1) == Some(&self.id.as_str())
                && fields.get(4) == Some(&self.creator.as_str())
                && fields.get(6) == Some(&"0")
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    const FILE: &str = "812\n/data\n1700000000\n40001\n\n127.0.0.1\n 1234567        42\nready   \n";

    #[test]
    fn the_segment_is_the_one_that_the_cluster_names() {
        let segment = Segment::parse(FILE).unwrap();
        assert_eq!(segment, Segment { id: "42".to_owned(), creator: "812".to_owned() });
        assert_eq!(Segment::parse("812\n/data\n"), None);
    }

    #[test]
    fn only_an_unused_segment_of_the_same_creator_is_left_over() {
        let segment = Segment::parse(FILE).unwrap();
        let header = "key shmid perms size cpid lpid nattch uid\n";
        let row = |rest: &str| format!("{header} 1234567 {rest} 101\n");
        assert!(segment.is_left_in(&row("42 600 56 812 813 0")));
        assert!(!segment.is_left_in(&row("42 600 56 812 813 6")));
        assert!(!segment.is_left_in(&row("42 600 56 999 813 0")));
        assert!(!segment.is_left_in(&row("43 600 56 812 813 0")));
        assert!(!segment.is_left_in(header));
    }
}
