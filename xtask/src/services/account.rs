//! Which account runs a server. PostgreSQL refuses to run as root, and RabbitMQ has no need to.

use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process;

/// An account of the operating system.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Account {
    uid: u32,
    gid: u32,
}

/// Whether this program runs as root.
pub(crate) fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// `None` when the server simply runs as whoever calls; as root, the first account of `names` that exists.
pub(crate) fn to_run_as(names: &[&str]) -> Result<Option<Account>> {
    if !is_root() {
        return Ok(None);
    }
    match names.iter().find_map(|name| look_up(name)) {
        Some(account) => Ok(Some(account)),
        None => bail!(
            "running as root, and none of the accounts {} exists to run the server: add one, or run as another user",
            names.join(", ")
        ),
    }
}

fn look_up(name: &str) -> Option<Account> {
    Some(Account { uid: id_of("-u", name)?, gid: id_of("-g", name)? })
}

fn id_of(which: &str, name: &str) -> Option<u32> {
    let printed = process::output(Command::new("id").args([which, name])).ok()?;
    printed.trim().parse().ok()
}

/// `program` to be run by `account`.
pub(crate) fn command(program: &Path, account: Option<Account>) -> Command {
    let mut command = Command::new(program);
    if let Some(Account { uid, gid }) = account {
        // The standard library drops the supplementary groups of root as well.
        command.uid(uid).gid(gid);
    }
    command
}

/// Makes `dir`, which `account` alone may enter.
pub(crate) fn make_dir(dir: &Path, account: Option<Account>) -> Result<()> {
    use std::os::unix::fs::{DirBuilderExt, chown};
    let doing = || format!("could not make {}", dir.display());
    std::fs::DirBuilder::new().mode(0o700).create(dir).with_context(doing)?;
    if let Some(Account { uid, gid }) = account {
        chown(dir, Some(uid), Some(gid)).with_context(doing)?;
    }
    Ok(())
}

/// Writes a file that `account` alone may read.
pub(crate) fn write_file(file: &Path, text: &str, account: Option<Account>) -> Result<()> {
    use std::io::Write as _;
    use std::os::unix::fs::{OpenOptionsExt, fchown};
    let doing = || format!("could not write {}", file.display());
    let mut opened =
        std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(file).with_context(doing)?;
    opened.write_all(text.as_bytes()).with_context(doing)?;
    if let Some(Account { uid, gid }) = account {
        fchown(&opened, Some(uid), Some(gid)).with_context(doing)?;
    }
    Ok(())
}

/// Whether `account` can reach `dir`: a checkout under root's home, say, is closed to everybody else.
pub(crate) fn can_enter(dir: &Path, account: Option<Account>) -> bool {
    let mut test = command(Path::new("test"), account);
    process::succeeds(test.arg("-x").arg(dir).current_dir("/"))
}
