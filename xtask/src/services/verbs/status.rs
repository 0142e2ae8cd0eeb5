//! Says which servers run.

use std::process::ExitCode;

use anyhow::Result;

use crate::services::instance::Instance;
use crate::services::owned::{self, Role};
use crate::{project, report};

pub(super) fn status() -> Result<ExitCode> {
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
            let pid = processes.iter().find(|(_, is)| *is == role).map(|(pid, _)| pid.as_raw_pid());
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
