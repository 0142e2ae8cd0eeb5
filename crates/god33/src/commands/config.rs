//! `god33 config`

use std::io::Write as _;

use anyhow::Context as _;

use crate::config::{self, DEFAULTS, Layers};

#[derive(clap::Args, Debug)]
pub(super) struct Config {
    /// Print every option with its meaning and default instead: a file to start from
    #[arg(long)]
    defaults: bool,
}

impl Config {
    pub(super) fn run(self, layers: Layers) -> anyhow::Result<()> {
        config::Config::read(&layers)?;
        let text = if self.defaults { DEFAULTS.to_owned() } else { config::show(&layers) };
        anstream::stdout().write_all(text.as_bytes()).context("could not write to standard output")
    }
}
