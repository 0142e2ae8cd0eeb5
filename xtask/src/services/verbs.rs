//! `cargo xtask services …`

use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, Result};
use clap::Subcommand;

use super::instance::{Instance, Urls, given};
use super::{owned, rabbitmq};
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
            dev.down()?;
            dev.up(None)?
        }
    };
    print_environment(&urls);
    Ok(ExitCode::SUCCESS)
}

fn down() -> Result<ExitCode> {
    let _alone = lock()?;
    for instance in Instance::all() {
        if instance.has_keeper()? {
            report::note(format!(
                "{} belongs to a test run that goes on: left alone",
                instance.name()
            ));
        } else {
            instance.down()?;
            report::note(format!("{} is stopped and removed", instance.name()));
        }
    }
    // Servers whose folder is gone, with the way to reach them, still have their name.
    Instance::dev().down()?;
    Ok(ExitCode::SUCCESS)
}

/// Removes what killed test runs left behind. Instances in use stay.
pub(crate) fn sweep() -> Result<()> {
    let _alone = lock()?;
    for instance in Instance::all() {
        if instance.is_of_a_dead_test_run()? {
            report::note(format!(
                "removing {}, left behind by a killed test run",
                instance.name()
            ));
            instance.down()?;
        }
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
        report::line(format!(
            "{} in {}",
            instance.name(),
            project::shown(&state.home)
        ));
        let processes = owned::processes(&instance.tag());
        for (role, name, url) in [
            (owned::Role::Postgres, "PostgreSQL", &state.database_url),
            (owned::Role::RabbitMq, "RabbitMQ", &state.amqp_url),
        ] {
            let pid = processes
                .iter()
                .filter(|(_, is)| *is == role)
                .map(|(pid, _)| pid.as_raw_pid())
                .min();
            let condition = pid.map_or("not running".to_owned(), |pid| format!("process {pid}"));
            report::line(format!(
                "  {name:<10} {condition:<14} {}",
                url.as_deref().unwrap_or_default()
            ));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn env() -> Result<ExitCode> {
    let urls = running(&Instance::dev())?
        .context("no private servers run: start them with `cargo xtask services up`")?;
    print_environment(&urls);
    Ok(ExitCode::SUCCESS)
}

fn rabbitmqctl(arguments: &[String]) -> Result<ExitCode> {
    let dev = Instance::dev();
    let state = dev.state()?.unwrap_or_default();
    let epmd_port = state
        .epmd_port
        .context("no private RabbitMQ runs: start it with `cargo xtask services up`")?;
    let mut command = rabbitmq::control(&state.home, &dev.tag(), epmd_port)?;
    let status = command
        .args(arguments)
        .status()
        .context("could not run rabbitmqctl")?;
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// How to reach the servers of `instance`; `None` unless all that it should have do run.
fn running(instance: &Instance) -> Result<Option<Urls>> {
    let Some(state) = instance.state()? else {
        return Ok(None);
    };
    let (Some(database), Some(amqp)) = (state.database_url, state.amqp_url) else {
        return Ok(None);
    };
    let roles: Vec<owned::Role> = owned::processes(&instance.tag())
        .into_iter()
        .map(|(_, role)| role)
        .collect();
    let reached = |variable: &str, url: &str, needs: &[owned::Role]| match given(variable) {
        Some(given) => given == url,
        None => needs.iter().all(|role| roles.contains(role)),
    };
    let all = reached("DATABASE_URL", &database, &[owned::Role::Postgres])
        && reached(
            "AMQP_URL",
            &amqp,
            &[owned::Role::RabbitMq, owned::Role::Epmd],
        );
    Ok(all.then_some(Urls { database, amqp }))
}

/// The tests' own variables as well, so that a plain `cargo test` finds the servers.
fn print_environment(urls: &Urls) {
    for (name, value) in urls.environment() {
        report::line(format!("export {name}='{value}'"));
    }
}

/// One `up` or `down` in a checkout at a time. The lock is on a folder that is always there.
fn lock() -> Result<std::fs::File> {
    let folder =
        std::fs::File::open(project::root().join("xtask")).context("could not open the lock")?;
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
