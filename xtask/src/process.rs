//! Runs other programs so that nothing they started outlives the chore.

use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process_group};

use crate::interrupt;

const POLL: Duration = Duration::from_millis(20);
/// How long a program gets to end by itself before it is killed.
const GRACE: Duration = Duration::from_secs(10);

/// Runs a program to its end with its output shown; it must succeed before `deadline`.
pub(crate) fn run(command: &mut Command, deadline: Instant) -> Result<()> {
    let name = shown(command);
    let mut group = Group::spawn(command.stdin(Stdio::null()))?;
    let status = group.wait(deadline).with_context(|| name.clone())?;
    if !status.success() {
        bail!("`{name}` failed ({status})");
    }
    Ok(())
}

/// Runs a short program and returns what it printed; it must succeed.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let name = shown(command);
    let output = captured(command, &name)?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("`{name}` failed ({}): {}", output.status, said.trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a short program ends with success.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    let name = shown(command);
    captured(command, &name).is_ok_and(|output| output.status.success())
}

fn captured(command: &mut Command, name: &str) -> Result<Output> {
    command.process_group(0).stdin(Stdio::null()).output().with_context(|| format!("could not run `{name}`"))
}

/// A program and everything it starts. Whatever is left of it is killed when this is dropped.
struct Group {
    child: Child,
    id: Pid,
}

impl Group {
    fn spawn(command: &mut Command) -> Result<Self> {
        // A group of its own: Ctrl-C at the terminal reaches xtask alone, which then ends the group.
        let child = command.process_group(0).spawn().with_context(|| format!("could not run `{}`", shown(command)))?;
        let id = Pid::from_child(&child);
        Ok(Self { child, id })
    }

    fn wait(&mut self, deadline: Instant) -> Result<ExitStatus> {
        loop {
            if let Some(status) = self.child.try_wait()? {
                return Ok(status);
            }
            if let Err(interrupted) = interrupt::check() {
                self.end();
                return Err(interrupted);
            }
            if Instant::now() >= deadline {
                self.end();
                bail!("took too long and was stopped");
            }
            std::thread::sleep(POLL);
        }
    }

    /// Asks first, so that a test runner can stop what it started.
    fn end(&mut self) {
        let _ = kill_process_group(self.id, Signal::TERM);
        let patience = Instant::now() + GRACE;
        while Instant::now() < patience {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(POLL);
        }
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        let _ = kill_process_group(self.id, Signal::KILL);
        let _ = self.child.wait();
    }
}

/// The command line as one would type it.
fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let program = program.file_name().unwrap_or(program.as_os_str());
    let words = std::iter::once(program).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    fn soon() -> Instant {
        Instant::now() + Duration::from_secs(60)
    }

    #[test]
    fn a_failing_program_is_an_error_that_names_it() {
        let error = run(Command::new("sh").args(["-c", "exit 3"]), soon()).unwrap_err();
        assert!(format!("{error:#}").contains("sh -c exit 3"), "{error:#}");
    }

    #[test]
    fn a_program_that_is_not_there_is_an_error_that_names_it() {
        let error = run(&mut Command::new("god33-no-such-program"), soon()).unwrap_err();
        assert!(format!("{error:#}").contains("god33-no-such-program"));
    }

    #[test]
    fn a_program_past_its_deadline_is_stopped() {
        let error = run(Command::new("sleep").arg("600"), Instant::now()).unwrap_err();
        assert!(format!("{error:#}").contains("too long"));
    }

    #[test]
    fn what_a_program_leaves_behind_is_killed() {
        let dir = tempfile::tempdir().unwrap();
        let pid_file = dir.path().join("pid");
        let script = format!("sleep 600 & echo $! > {}", pid_file.display());
        run(Command::new("sh").args(["-c", &script]), soon()).unwrap();
        let left = std::fs::read_to_string(&pid_file).unwrap();
        let deadline = soon();
        while succeeds(Command::new("kill").args(["-0", left.trim()])) {
            assert!(Instant::now() < deadline, "the left-over process still runs");
            std::thread::sleep(POLL);
        }
    }

    #[test]
    fn output_is_returned() {
        assert_eq!(output(Command::new("echo").arg("hello")).unwrap(), "hello\n");
    }
}
