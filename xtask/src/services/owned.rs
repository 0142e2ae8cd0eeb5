//! Knows which processes of the machine belong to an instance, and ends those and no others.
//!
//! Every server is started with the instance's tag in its command line, so its processes are found
//! by what they are, not by a remembered process id that may belong to somebody else by now. This
//! also finds them after xtask itself was killed.

use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use rustix::process::{Pid, Signal, kill_process};

use crate::process;

/// How long servers get to end by themselves before they are killed, and then to be gone.
const GRACE: Duration = Duration::from_secs(15);
const POLL: Duration = Duration::from_millis(25);

/// The Erlang flag that carries the tag; the Erlang VM passes over flags it does not know.
pub(crate) const ERLANG_FLAG: &str = "-god33_instance";

/// What a process of an instance is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// PostgreSQL's first process, the postmaster.
    Postgres,
    /// A process of PostgreSQL's under the postmaster.
    PostgresChild,
    /// The Erlang VM that is RabbitMQ.
    RabbitMq,
    /// Erlang's port mapper.
    Epmd,
}

/// The `argv[0]` under which epmd is started, which takes no flag that could carry the tag.
pub(crate) fn epmd_name(tag: &str) -> String {
    format!("epmd-{tag}")
}

/// The PostgreSQL setting that carries the tag, also into the titles of the postmaster's children.
pub(crate) fn postgres_setting(tag: &str) -> String {
    format!("cluster_name={tag}")
}

/// What a process with this command line is to the instance `tag`, if anything.
fn role(words: &[String], tag: &str) -> Option<Role> {
    let (first, rest) = words.split_first()?;
    let program = first.rsplit('/').next().unwrap_or(first);
    if *first == epmd_name(tag) {
        return Some(Role::Epmd);
    }
    // A child's title is one word on Linux and several on systems where ps splits it.
    let title = words.join(" ");
    if title.starts_with(&format!("postgres: {tag}: ")) {
        return Some(Role::PostgresChild);
    }
    if program == "postgres" && rest.contains(&postgres_setting(tag)) {
        return Some(Role::Postgres);
    }
    let has_flag = rest.windows(2).any(|pair| pair[0] == ERLANG_FLAG && pair[1] == tag);
    // "sh" and "erl" are what becomes the VM, in the first moments.
    let is_vm = program.starts_with("beam") || ["erl", "erlexec", "sh"].contains(&program);
    (is_vm && has_flag).then_some(Role::RabbitMq)
}

/// The living processes of the instance `tag`.
pub(crate) fn processes(tag: &str) -> Vec<(Pid, Role)> {
    command_lines().into_iter().filter_map(|(pid, words)| Some((Pid::from_raw(pid)?, role(&words, tag)?))).collect()
}

/// Whether the process `pid` is an xtask: the keeper of an instance that must be left alone.
pub(crate) fn is_xtask(pid: i32) -> bool {
    command_lines().iter().any(|(other, words)| {
        let program = words.first().and_then(|word| word.rsplit('/').next());
        *other == pid && program == Some("xtask")
    })
}

/// Ends every process of the instance `tag` that `which` chooses and waits until it is gone.
pub(crate) fn end(tag: &str, which: impl Fn(Role) -> bool) -> Result<()> {
    let left = || -> Vec<(Pid, Role)> {
        let all = processes(tag).into_iter();
        all.filter(|(_, role)| which(*role)).collect()
    };
    for (pid, role) in left() {
        let _ = kill_process(pid, gentle(role));
    }
    if within(GRACE, || left().is_empty()) {
        return Ok(());
    }
    for (pid, _) in left() {
        let _ = kill_process(pid, Signal::KILL);
    }
    if within(GRACE, || left().is_empty()) {
        return Ok(());
    }
    bail!("these processes of {tag} could not be ended: {:?}", left())
}

/// The data go away with the server, so PostgreSQL may skip its last checkpoint (SIGQUIT).
fn gentle(role: Role) -> Signal {
    match role {
        Role::Postgres | Role::PostgresChild => Signal::QUIT,
        Role::RabbitMq | Role::Epmd => Signal::TERM,
    }
}

/// Whether `happens` does, in this time.
fn within(time: Duration, happens: impl Fn() -> bool) -> bool {
    let deadline = Instant::now() + time;
    loop {
        if happens() {
            return true;
        }
        if Instant::now() >= deadline {
            return false;
        }
        std::thread::sleep(POLL);
    }
}

/// Process id and command line of every process.
fn command_lines() -> Vec<(i32, Vec<String>)> {
    from_proc().unwrap_or_else(from_ps)
}

fn from_proc() -> Option<Vec<(i32, Vec<String>)>> {
    if !cfg!(target_os = "linux") {
        return None;
    }
    let mut lines = Vec::new();
    for entry in std::fs::read_dir("/proc").ok()?.flatten() {
        let Some(pid) = entry.file_name().to_str().and_then(|name| name.parse().ok()) else {
            continue;
        };
        // A process may end while we look; a zombie has an empty command line and is as good as gone.
        let bytes = std::fs::read(entry.path().join("cmdline")).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        let words: Vec<String> = text.trim_end_matches('\0').split('\0').map(str::to_owned).collect();
        lines.push((pid, words));
    }
    Some(lines)
}

fn from_ps() -> Vec<(i32, Vec<String>)> {
    let printed = process::output(Command::new("ps").args(["-axww", "-o", "pid=,command="]));
    let parse = |line: &str| {
        let mut words = line.split_whitespace();
        let pid = words.next()?.parse().ok()?;
        Some((pid, words.map(str::to_owned).collect()))
    };
    printed.unwrap_or_default().lines().filter_map(parse).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;
    use std::os::unix::process::CommandExt;

    const TAG: &str = "god33-0123-dev";

    fn role_of(words: &[&str]) -> Option<Role> {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        role(&words, TAG)
    }

    #[test]
    fn the_servers_of_an_instance_are_recognised() {
        let postmaster = ["/usr/lib/postgresql/15/bin/postgres", "-D", "/x", "-c", "cluster_name=god33-0123-dev"];
        assert_eq!(role_of(&postmaster), Some(Role::Postgres));
        assert_eq!(role_of(&["postgres: god33-0123-dev: walwriter "]), Some(Role::PostgresChild));
        let vm =
            ["/usr/lib/erlang/erts-13.1.5/bin/beam.smp", "-W", "w", "-god33_instance", "god33-0123-dev", "-noinput"];
        assert_eq!(role_of(&vm), Some(Role::RabbitMq));
        assert_eq!(role_of(&["epmd-god33-0123-dev", "-port", "4370"]), Some(Role::Epmd));
    }

    #[test]
    fn whoever_only_mentions_an_instance_is_not_of_it() {
        for words in [
            &["grep", "cluster_name=god33-0123-dev"][..],
            &["tail", "-f", "/home/me/.god33/services/god33-0123-dev/log"],
            &["vim", "-god33_instance", "god33-0123-dev"],
            &["postgres", "-D", "/x", "-c", "cluster_name=god33-0123-dev2"],
            &["postgres: god33-0123-dev2: walwriter"],
            &["postgres: 15/main: god33-0123-dev: idle"],
            &["epmd", "-daemon"],
            &[""],
            &[],
        ] {
            assert_eq!(role_of(words), None, "{words:?}");
        }
    }

    #[test]
    fn a_process_of_another_instance_survives_the_end_of_this_one() {
        let ours = format!("god33-test-{}-ours", std::process::id());
        let other = format!("god33-test-{}-other", std::process::id());
        let start = |tag: &str| {
            let mut sleep = Command::new("sleep");
            sleep.arg0(epmd_name(tag)).arg("600").spawn().unwrap()
        };
        let mut mine = start(&ours);
        let mut theirs = start(&other);
        // The name is there once the child has become `sleep`.
        assert!(within(GRACE, || !processes(&ours).is_empty() && !processes(&other).is_empty()));
        let reaper = std::thread::spawn(move || mine.wait().unwrap());
        end(&ours, |_| true).unwrap();
        assert!(!reaper.join().unwrap().success());
        assert!(theirs.try_wait().unwrap().is_none(), "the other instance's process ended");
        theirs.kill().unwrap();
        theirs.wait().unwrap();
    }
}
