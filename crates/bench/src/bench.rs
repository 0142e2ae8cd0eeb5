//! What a figure finds around it: where the servers are, and how long it may measure.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};

use crate::world::{Node, Place};

/// How much is measured.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Size {
    /// To see that it works.
    Short,
    /// As docs/benchmarks.md shows it.
    Usual,
    /// With what takes very long.
    Large,
}

/// The surroundings of all figures of a run.
pub(crate) struct Bench {
    /// How much is measured.
    pub(crate) size: Size,
    program: PathBuf,
    scratch: PathBuf,
}

impl Bench {
    /// Looks for what is needed.
    pub(crate) fn new(program: &Path, results: &Path, size: Size) -> Result<Self> {
        ensure!(
            program.is_file(),
            "there is no {}: `cargo xtask bench` builds it, --program names another",
            program.display()
        );
        // On the same disk as everything else, not on one in memory, as /tmp may be.
        let scratch = results.join("scratch");
        std::fs::create_dir_all(&scratch).with_context(|| format!("could not make {}", scratch.display()))?;
        Ok(Self { size, program: std::path::absolute(program)?, scratch: std::path::absolute(scratch)? })
    }

    /// One of two values: for a short run, and for others.
    pub(crate) fn short_or<T>(&self, short: T, usual: T) -> T {
        if self.size == Size::Short { short } else { usual }
    }

    /// The same for spans of seconds.
    pub(crate) fn seconds(&self, short: u64, usual: u64) -> Duration {
        Duration::from_secs(self.short_or(short, usual))
    }

    /// The server's program.
    pub(crate) fn program(&self) -> &Path {
        &self.program
    }

    /// A folder for what is written meanwhile.
    pub(crate) fn scratch(&self) -> &Path {
        &self.scratch
    }

    /// A server on an empty log.
    pub(crate) async fn node(&self, place: Place) -> Result<Node> {
        Node::start(&self.program, &self.scratch, place).await
    }
}
