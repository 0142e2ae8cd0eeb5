//! One pair of servers: its name, its folder, its beginning and its end.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::owned::Role;
use super::shared_memory::Segment;
use super::state::State;
use super::{account, given, owned, postgres, rabbitmq};
use crate::{project, report};

/// How to reach the two servers.
#[derive(Clone, Debug)]
pub(crate) struct Urls {
    /// PostgreSQL.
    pub(crate) database: String,
    /// RabbitMQ.
    pub(crate) amqp: String,
}

impl Urls {
    /// The variables that the server's settings, other programs and the tests take them from.
    pub(crate) fn environment(&self) -> [(&'static str, &str); 4] {
        [
            ("DATABASE_URL", &self.database),
            ("AMQP_URL", &self.amqp),
            ("GOD33_TEST_DATABASE_URL", &self.database),
            ("GOD33_TEST_AMQP_URL", &self.amqp),
        ]
    }
}

/// A pair of servers of this checkout, running or not.
#[derive(Clone, Debug)]
pub(crate) struct Instance {
    name: String,
    folder: PathBuf,
}

impl Instance {
    /// The instance that `services up` keeps.
    pub(crate) fn dev() -> Self {
        Self::named("dev")
    }

    /// The instance of this very `cargo xtask test`.
    pub(crate) fn of_this_test_run() -> Self {
        Self::named(&format!("test-{}", std::process::id()))
    }

    /// Every instance that has a folder.
    pub(crate) fn all() -> Vec<Self> {
        let entries = std::fs::read_dir(parent_folder()).into_iter().flatten().flatten();
        let folders = entries.filter(|entry| entry.path().is_dir());
        folders.map(|entry| Self::named(&entry.file_name().to_string_lossy())).collect()
    }

    fn named(name: &str) -> Self {
        Self { name: name.to_owned(), folder: parent_folder().join(name) }
    }

    /// "dev", or "test-" and a process id.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// What the command lines of this instance's processes carry: no other checkout on this machine has the same.
    pub(crate) fn tag(&self) -> String {
        let root = project::root();
        let path = root.canonicalize().unwrap_or(root);
        format!("god33-{:08x}-{}", fingerprint(path.as_os_str().as_encoded_bytes()), self.name)
    }

    /// What is known of it; `None` when it is not there.
    pub(crate) fn state(&self) -> Result<Option<State>> {
        State::load(&self.state_file())
    }

    /// Whether a test run that goes on will take it down.
    pub(crate) fn has_keeper(&self) -> Result<bool> {
        Ok(self.keeper()?.is_some_and(owned::is_xtask))
    }

    /// Whether its test run was killed before it could take it down.
    pub(crate) fn is_of_a_dead_test_run(&self) -> Result<bool> {
        Ok(self.keeper()?.is_some_and(|pid| !owned::is_xtask(pid)))
    }

    /// Before the first state is written, the name tells.
    fn keeper(&self) -> Result<Option<i32>> {
        Ok(match self.state()? {
            Some(state) => state.keeper,
            None => self.name.strip_prefix("test-").and_then(|pid| pid.parse().ok()),
        })
    }

    /// How to reach its servers; `None` unless all that it should have do run.
    pub(crate) fn running(&self) -> Result<Option<Urls>> {
        let Some(state) = self.state()? else {
            return Ok(None);
        };
        let roles: Vec<Role> = owned::processes(&self.tag()).into_iter().map(|(_, role)| role).collect();
        let run = |own: &Option<String>, needs: &[Role]| own.is_none() || needs.iter().all(|role| roles.contains(role));
        let all = run(&state.own_database, &[Role::Postgres]) && run(&state.own_amqp, &[Role::RabbitMq, Role::Epmd]);
        Ok(state.urls().filter(|_| all))
    }

    /// Starts the servers that `DATABASE_URL` and `AMQP_URL` do not already give. `before` is what ran
    /// here until now. On failure nothing is left.
    pub(crate) fn up(&self, keeper: Option<i32>, before: &State) -> Result<Urls> {
        let started = self.start_servers(keeper, before);
        if started.is_err() {
            self.down().context("could not clean up after a failed start")?;
        }
        started?.urls().context("the servers started, but not both")
    }

    fn start_servers(&self, keeper: Option<i32>, before: &State) -> Result<State> {
        make_open_dir(&self.folder)?;
        let mut state = State { home: self.choose_home()?, keeper, ..State::default() };
        state.given_database = given::url("DATABASE_URL", before.own_database.as_deref());
        state.given_amqp = given::url("AMQP_URL", before.own_amqp.as_deref());
        state.save(&self.state_file())?;
        self.postgres(&mut state)?;
        self.rabbitmq(&mut state)?;
        Ok(state)
    }

    fn postgres(&self, state: &mut State) -> Result<()> {
        if let Some(url) = &state.given_database {
            report::note("using the PostgreSQL of DATABASE_URL");
            return given::check("DATABASE_URL", url, 5432);
        }
        report::note("starting PostgreSQL");
        state.own_database = Some(postgres::start(&state.home, &self.tag())?);
        state.save(&self.state_file())
    }

    fn rabbitmq(&self, state: &mut State) -> Result<()> {
        if let Some(url) = &state.given_amqp {
            report::note("using the RabbitMQ of AMQP_URL");
            return given::check("AMQP_URL", url, 5672);
        }
        report::note("starting RabbitMQ");
        let reached = rabbitmq::start(&state.home, &self.tag())?;
        state.own_amqp = Some(reached.amqp_url);
        state.epmd_port = Some(reached.epmd_port);
        state.save(&self.state_file())
    }

    /// Ends the servers and removes every file, whatever condition they are in.
    pub(crate) fn down(&self) -> Result<()> {
        let state = self.state().unwrap_or_default().unwrap_or_default();
        let segment = Segment::of_cluster(&state.home.join("postgres/data"));
        owned::end(&self.tag(), |_| true)?;
        if let Some(segment) = segment {
            segment.remove();
        }
        if is_elsewhere(&state.home, &self.folder) {
            remove_dir(&state.home)?;
        }
        remove_dir(&self.folder)
    }

    /// Makes it an instance that stays when its test run ends.
    pub(crate) fn release(&self) -> Result<Urls> {
        let mut state = self.state()?.context("the instance is gone")?;
        state.keeper = None;
        state.save(&self.state_file())?;
        state.urls().context("the instance does not run")
    }

    /// The instance's own folder, or a temporary one when the checkout is closed to the servers' accounts.
    fn choose_home(&self) -> Result<PathBuf> {
        for names in [postgres::ACCOUNTS, rabbitmq::ACCOUNTS] {
            // Without any such account the server's own start says so, if it is needed at all.
            let account = account::to_run_as(&names).unwrap_or_default();
            if !account::can_enter(&self.folder, account) {
                let home = tempfile::Builder::new().prefix(&format!("{}.", self.tag())).tempdir()?.keep();
                open_to_all(&home)?;
                return Ok(home);
            }
        }
        Ok(self.folder.clone())
    }

    fn state_file(&self) -> PathBuf {
        self.folder.join("state")
    }
}

/// Removes the folders above the instances when nothing is left in them.
pub(crate) fn remove_empty_parents() {
    let _ = std::fs::remove_dir(parent_folder());
    let _ = std::fs::remove_dir(project::scratch());
}

fn parent_folder() -> PathBuf {
    project::scratch().join("services")
}

/// The home in the state file is removed, so it must be one that `choose_home` could have made.
fn is_elsewhere(home: &Path, folder: &Path) -> bool {
    let name = home.file_name().unwrap_or_default().to_string_lossy();
    home != folder && home.parent() == Some(&std::env::temp_dir()) && name.starts_with("god33-")
}

fn make_open_dir(dir: &Path) -> Result<()> {
    std::fs::create_dir_all(dir).with_context(|| format!("could not make {}", dir.display()))?;
    open_to_all(dir)
}

/// Others may pass through, on the way to the folders of their own in it, but not look around.
fn open_to_all(dir: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(dir, std::fs::Permissions::from_mode(0o711))
        .with_context(|| format!("could not set the permissions of {}", dir.display()))
}

fn remove_dir(dir: &Path) -> Result<()> {
    match std::fs::remove_dir_all(dir) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("could not remove {}", dir.display()))
        }
        _ => Ok(()),
    }
}

/// FNV-1a: short, and the same with every compiler.
fn fingerprint(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}
