//! `cargo xtask services …`

use std::fs::File;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, Result};
use clap::Subcommand;

use super::instance::{Instance, Urls, remove_empty_parents};
use super::owned::{self, Role};
use super::rabbitmq;
use super::state::State;
use crate::{interrupt, project, report};

/// What can be done with the servers.
#[derive(Subcommand)]
pub(crate) enum Verb {
    /// Start the servers, unless they run already, and print how to reach them
    Up,
    /// Stop the servers and remove everything they wrote, also what killed runs left behind
    Down,
    /// Say which servers run
    Status,
    /// Print how to reach the servers as shell commands: eval "$(cargo xtask services env)"
    Env,
    /// Run RabbitMQ's own command against the private node: list_queues, close_all_connections …
    Rabbitmqctl {
        /// The arguments of rabbitmqctl
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, required = true)]
        arguments: Vec<String>,
    },
}

/// Does it.
pub(crate) fn run(verb: Verb) -> Result<ExitCode> {
    match verb {
        Verb::Up => up(),
        Verb::Down => down(),
        Verb::Status => status(),
        Verb::Env => env(),
        Verb::Rabbitmqctl { arguments } => rabbitmqctl(&arguments),
    }
}

fn up() -> Result<ExitCode> {
    let _alone = lock()?;
    let dev = Instance::dev();
    let urls = match running(&dev)? {
        Some(urls) => urls,
        None => {
            // What a killed server left behind cannot be used again: its half is missing.
            let before = dev.state()?.unwrap_or_default();
            dev.down()?;
            dev.up(None, &before).inspect_err(|_| remove_empty_parents())?
        }
    };
    print_environment(&urls);
    Ok(ExitCode::SUCCESS)
}

fn down() -> Result<ExitCode> {
    let _alone = lock()?;
    for instance in Instance::all() {
        if instance.has_keeper()? {
            report::note(format!("{} belongs to a test run that goes on: left alone", instance.name()));
        } else {
            instance.down()?;
            report::note(format!("{} is stopped and removed", instance.name()));
        }
    }
    // Servers whose folder is gone, with the way to reach them, still have their name.
    Instance::dev().down()?;
    remove_empty_parents();
    Ok(ExitCode::SUCCESS)
}

/// Starts the servers of this test run, and removes what killed test runs left behind.
pub(crate) fn up_for_test_run() -> Result<(Instance, Urls)> {
    let _alone = lock()?;
    for instance in Instance::all() {
        if instance.is_of_a_dead_test_run()? {
            report::note(format!("removing {}, left behind by a killed test run", instance.name()));
            instance.down()?;
        }
    }
    let own_id = i32::try_from(std::process::id()).context("the process id is out of range")?;
    let instance = Instance::of_this_test_run();
    let urls = instance.up(Some(own_id), &State::default()).inspect_err(|_| remove_empty_parents())?;
    Ok((instance, urls))
}

/// Stops the servers of a test run. Does not wait for anybody, as it also follows an interruption.
pub(crate) fn down_after_test_run(instance: &Instance) -> Result<()> {
    instance.down()?;
    // Whoever has the lock may be making folders there right now.
    if let Ok(folder) = lock_folder()
        && folder.try_lock().is_ok()
    {
        remove_empty_parents();
    }
    Ok(())
}

fn status() -> Result<ExitCode> {
    let instances = Instance::all();
    if instances.is_empty() {
        report::line("no private servers; `cargo xtask services up` starts them");
        return Ok(ExitCode::FAILURE);
    }
    for instance in &instances {
        let state = instance.state()?.unwrap_or_default();
        report::line(format!("{} in {}", instance.name(), project::shown(&state.home)));
        let processes = owned::processes(&instance.tag());
        let line = |name: &str, role: Role, own: &Option<String>, given: &Option<String>| {
            let pid = processes.iter().filter(|(_, is)| *is == role).map(|(pid, _)| pid.as_raw_pid()).min();
            let condition = match (given, pid) {
                (Some(_), _) => "given".to_owned(),
                (None, Some(pid)) => format!("process {pid}"),
                (None, None) => "not running".to_owned(),
            };
            let url = given.as_ref().or(own.as_ref()).map_or("", String::as_str);
            report::line(format!("  {name:<10} {condition:<14} {url}"));
        };
        line("PostgreSQL", Role::Postgres, &state.own_database, &state.given_database);
        line("RabbitMQ", Role::RabbitMq, &state.own_amqp, &state.given_amqp);
    }
    Ok(ExitCode::SUCCESS)
}

fn env() -> Result<ExitCode> {
    let urls =
        running(&Instance::dev())?.context("no private servers run: start them with `cargo xtask services up`")?;
    print_environment(&urls);
    Ok(ExitCode::SUCCESS)
}

fn rabbitmqctl(arguments: &[String]) -> Result<ExitCode> {
    let dev = Instance::dev();
    let state = dev.state()?.unwrap_or_default();
    let epmd_port = state.epmd_port.context("no private RabbitMQ runs: start it with `cargo xtask services up`")?;
    let mut command = rabbitmq::control(&state.home, &dev.tag(), epmd_port)?;
    let status = command.args(arguments).status().context("could not run rabbitmqctl")?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// How to reach the servers of `instance`; `None` unless all that it should have do run.
fn running(instance: &Instance) -> Result<Option<Urls>> {
    let Some(state) = instance.state()? else {
        return Ok(None);
    };
    let roles: Vec<Role> = owned::processes(&instance.tag()).into_iter().map(|(_, role)| role).collect();
    let run = |own: &Option<String>, needs: &[Role]| own.is_none() || needs.iter().all(|role| roles.contains(role));
    let all = run(&state.own_database, &[Role::Postgres]) && run(&state.own_amqp, &[Role::RabbitMq, Role::Epmd]);
    Ok(state.urls().filter(|_| all))
}

/// The tests' own variables as well, so that a plain `cargo test` finds the servers.
fn print_environment(urls: &Urls) {
    for (name, value) in urls.environment() {
        report::line(format!("export {name}='{value}'"));
    }
}

/// One `up` or `down` in a checkout at a time.
fn lock() -> Result<File> {
    let folder = lock_folder()?;
    let mut said = false;
    while let Err(std::fs::TryLockError::WouldBlock) = folder.try_lock() {
        interrupt::check()?;
        if !said {
            report::note("waiting for another `cargo xtask` of this checkout");
            said = true;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    Ok(folder)
}

/// The lock is on a folder that is always there.
fn lock_folder() -> Result<File> {
    File::open(project::root().join("xtask")).context("could not open the lock")
}
