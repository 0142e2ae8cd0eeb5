//! What a server and its store do during a time.

use std::time::Duration;

use anyhow::Result;
use tokio::time::Instant;

use crate::stats::median;
use crate::world::{Node, Usage, Written};

/// What something costs, each for a second. What was not or could not be measured is `None`.
#[derive(Clone, Copy, Default)]
pub(super) struct Cost {
    pub(super) heartbeats: Option<f64>,
    /// Transactions of the store.
    pub(super) commits: Option<f64>,
    /// Rows that the store wrote.
    pub(super) rows: Option<f64>,
    /// Cores that the server kept busy.
    pub(super) cores: Option<f64>,
    /// Bytes that the server sent to disks.
    pub(super) bytes: Option<f64>,
}

impl Cost {
    /// As a row of the table.
    pub(super) fn numbers(&self) -> [Option<f64>; 6] {
        let spoken = self.heartbeats.filter(|heartbeats| *heartbeats > 0.0);
        let per_heartbeat = self.rows.zip(spoken).map(|(rows, heartbeats)| rows / heartbeats);
        [self.heartbeats, self.commits, self.rows, per_heartbeat, self.cores, self.bytes.map(|bytes| bytes / 1e3)]
    }

    /// Number by number the middle of several.
    pub(super) fn median(of: &[Self]) -> Self {
        let middle = |number: fn(&Self) -> Option<f64>| median(&of.iter().filter_map(number).collect::<Vec<_>>());
        Self {
            heartbeats: middle(|cost| cost.heartbeats),
            commits: middle(|cost| cost.commits),
            rows: middle(|cost| cost.rows),
            cores: middle(|cost| cost.cores),
            bytes: middle(|cost| cost.bytes),
        }
    }
}

/// Looks for a time at what a server does. `heard` counts heartbeats.
pub(super) async fn watch(node: &Node, time: Duration, heard: impl Fn() -> u64) -> Result<Cost> {
    let (before, so_far, began) = (Moment::of(node).await?, heard(), Instant::now());
    tokio::time::sleep(time).await;
    let heartbeats = (heard() - so_far) as f64 / began.elapsed().as_secs_f64();
    before.until_now(node, Some(heartbeats)).await
}

/// Counters at a moment.
pub(super) struct Moment {
    usage: Usage,
    written: Option<Written>,
}

impl Moment {
    /// Looks at them.
    pub(super) async fn of(node: &Node) -> Result<Self> {
        let written = match node.database() {
            Some(database) => Some(Written::to(&mut database.connect().await?).await?),
            None => None,
        };
        Ok(Self { usage: node.usage(), written })
    }

    /// Looks at them again.
    pub(super) async fn until_now(&self, node: &Node, heartbeats: Option<f64>) -> Result<Cost> {
        let now = Self::of(node).await?;
        let written = now.written.zip(self.written);
        Ok(Cost {
            heartbeats,
            commits: written.map(|(now, before)| now.commits_since(&before)),
            rows: written.map(|(now, before)| now.rows_since(&before)),
            cores: now.usage.cores_since(&self.usage),
            bytes: now.usage.bytes_written_since(&self.usage),
        })
    }
}
