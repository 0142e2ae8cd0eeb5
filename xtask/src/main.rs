//! The chores of the project, as commands: `cargo xtask help` lists them.

mod bench;
mod dev;
mod generate;
mod interrupt;
mod process;
mod project;
mod report;
mod services;
mod steps;
mod summary;
mod test;
mod tools;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about = "The chores of god33")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Build god33 and run it on its own: one process, no other service
    Dev(dev::Arguments),
    /// Run every check and test there is, with a real PostgreSQL and RabbitMQ that are removed afterwards
    Test(test::Arguments),
    /// Measure god33 beside yardsticks, on a real PostgreSQL and RabbitMQ that are removed afterwards
    Bench(bench::Arguments),
    /// Run the checks that need no server: formatting, clippy, the contract
    Check,
    /// Generate the clients' code again after a change of the contract
    Gen,
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
        Chore::Dev(arguments) => dev::run(&arguments),
        Chore::Test(arguments) => test::run(&arguments),
        Chore::Bench(arguments) => bench::run(&arguments),
        Chore::Check => test::check(),
        Chore::Gen => generate::run(),
        Chore::Services(verb) => services::run(verb),
    }
}
