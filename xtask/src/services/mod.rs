//! Private, real PostgreSQL and RabbitMQ servers for one checkout: on free ports of 127.0.0.1, with
//! all their files in one scratch folder, and gone without a trace after `down`.
//!
//! An [`Instance`] is one such pair. `services up` keeps the instance "dev"; each `cargo xtask test`
//! has an instance of its own, so that both may run at once, also in several checkouts.

mod account;
mod find;
mod given;
mod install;
mod instance;
mod lock;
mod owned;
mod port;
mod postgres;
mod rabbitmq;
mod running;
mod shared_memory;
mod state;
mod verbs;

pub(crate) use instance::{Instance, Urls};
pub(crate) use running::Running;
pub(crate) use verbs::{Verb, run};

use std::fmt::Write as _;
use std::path::Path;

/// The last lines of a log, for a message about what went wrong.
fn log_tail(log: &Path) -> String {
    const LINES: usize = 30;
    let Ok(bytes) = std::fs::read(log) else {
        return format!("(no log at {})", log.display());
    };
    let text = String::from_utf8_lossy(&bytes);
    let lines: Vec<&str> = text.lines().collect();
    let mut tail = format!("last lines of {}:", log.display());
    for line in &lines[lines.len().saturating_sub(LINES)..] {
        let _ = write!(tail, "\n  {line}");
    }
    tail
}

/// 128 random bits in hexadecimal: a password for a server that lives as long as a test run.
fn random_password() -> anyhow::Result<String> {
    use std::io::Read as _;
    let mut bytes = [0_u8; 16];
    std::fs::File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
