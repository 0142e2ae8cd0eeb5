//! The program `god33`: configuration, wiring, the command line and signals. It decides nothing.

mod cli;
mod commands;
mod config;
mod logging;
mod node;
mod signals;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    // Everything that speaks TLS takes this one. It fails only when one is installed already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    commands::Arguments::parse().run()
}
