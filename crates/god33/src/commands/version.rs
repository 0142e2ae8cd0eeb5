//! `god33 version`

use std::io::Write as _;

use anyhow::Context as _;

pub(super) fn run() -> anyhow::Result<()> {
    writeln!(anstream::stdout(), "god33 {}", env!("CARGO_PKG_VERSION")).context("could not write to standard output")
}
