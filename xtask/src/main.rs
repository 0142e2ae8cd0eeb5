//! The chores of the project, as commands: `cargo xtask help` lists them.

mod interrupt;
mod process;
mod project;
mod report;
mod services;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The chores of god33")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Keep a private PostgreSQL and RabbitMQ for this checkout while you work
    #[command(subcommand)]
    Services(services::Verb),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(arguments.chore) {
        Ok(code) => code,
        Err(error) => {
            report::error(&error);
            interrupt::exit_code().unwrap_or(ExitCode::FAILURE)
        }
    }
}

fn run(chore: Chore) -> anyhow::Result<ExitCode> {
    interrupt::listen()?;
    match chore {
        Chore::Services(verb) => services::run(verb),
    }
}
