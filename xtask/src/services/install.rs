//! Installs a server's Debian package when we are root there, and otherwise says what to install.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::{account, find};
use crate::{process, report};

const LIMIT: Duration = Duration::from_secs(15 * 60);
/// While this script says 101, Debian's packages do not start their services.
const POLICY: &str = "/usr/sbin/policy-rc.d";
const CLUSTER_SETTINGS: &str = "/etc/postgresql-common/createcluster.conf";

/// Installs PostgreSQL, without a cluster of the system's own.
pub(crate) fn postgres() -> Result<()> {
    can_install("PostgreSQL 14 or newer", "postgresql", "postgresql@17", "DATABASE_URL")?;
    let _quiet = NoServices::begin()?;
    refresh()?;
    // The package makes a cluster for the system when the server is installed, unless told not to.
    apt_get(&["install", "postgresql-common"])?;
    let before = std::fs::read_to_string(CLUSTER_SETTINGS).unwrap_or_default();
    std::fs::write(CLUSTER_SETTINGS, format!("{before}\ncreate_main_cluster = false\n"))?;
    let installed = apt_get(&["install", "postgresql"]);
    std::fs::write(CLUSTER_SETTINGS, before)?;
    installed
}

/// Installs RabbitMQ, without the system's own server running afterwards.
pub(crate) fn rabbitmq() -> Result<()> {
    can_install("RabbitMQ 3.10 or newer", "rabbitmq-server", "rabbitmq", "AMQP_URL")?;
    let _quiet = NoServices::begin()?;
    refresh()?;
    apt_get(&["install", "rabbitmq-server"])?;
    if Path::new("/run/systemd/system").exists() {
        // Not after the next boot either.
        let units = ["rabbitmq-server.service", "epmd.service", "epmd.socket"];
        for unit in units {
            process::succeeds(Command::new("systemctl").args(["disable", "--now", unit]));
        }
    }
    Ok(())
}

fn can_install(what: &str, debian: &str, homebrew: &str, variable: &str) -> Result<()> {
    if find::program("apt-get", &[]).is_some() && account::is_root() {
        report::note(format!("{what} is missing: installing the Debian package {debian}"));
        return Ok(());
    }
    bail!(
        "{what} is missing. Install it (Debian, Ubuntu: `sudo apt-get install {debian}`; Fedora: \
         `sudo dnf install {debian}`; macOS: `brew install {homebrew}`), or set {variable} to a server that runs"
    )
}

fn refresh() -> Result<()> {
    apt_get(&["update"])
}

fn apt_get(arguments: &[&str]) -> Result<()> {
    let mut apt = Command::new("apt-get");
    apt.args(["--quiet", "--yes", "--no-install-recommends"])
        .args(arguments)
        .env("DEBIAN_FRONTEND", "noninteractive")
        // Standard output is for the servers' URLs.
        .stdout(std::io::stderr());
    process::run(&mut apt, Instant::now() + LIMIT)
}

/// As long as this lives, packages that are installed start no services.
struct NoServices {
    written: bool,
}

impl NoServices {
    fn begin() -> Result<Self> {
        use std::os::unix::fs::OpenOptionsExt;
        if Path::new(POLICY).exists() {
            return Ok(Self { written: false });
        }
        let mut options = std::fs::OpenOptions::new();
        let mut file = options.write(true).create_new(true).mode(0o755).open(POLICY)?;
        std::io::Write::write_all(&mut file, b"#!/bin/sh\nexit 101\n").context("could not write the policy")?;
        Ok(Self { written: true })
    }
}

impl Drop for NoServices {
    fn drop(&mut self) {
        if self.written {
            let _ = std::fs::remove_file(POLICY);
        }
    }
}
