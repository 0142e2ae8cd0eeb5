//! A private PostgreSQL cluster.

use std::net::TcpStream;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::account::{self, Account};
use super::{find, install, log_tail, owned, port, random_password};
use crate::{interrupt, process};

const START_LIMIT: Duration = Duration::from_secs(60);
const POLL: Duration = Duration::from_millis(25);
/// Somebody else may take the free port before the server does.
const ATTEMPTS: u32 = 3;

/// Accounts that may run the server when the caller is root.
pub(crate) const ACCOUNTS: [&str; 2] = ["postgres", "nobody"];

/// The servers' settings. Everything that makes PostgreSQL durable stays on: tests rely on it.
const SETTINGS: [&str; 7] = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=200",
    "fsync=on",
    "synchronous_commit=on",
    "timezone=UTC",
    "log_timezone=UTC",
];

/// Starts a new cluster in `home` and returns its URL: the role of the URL is a plain one that may
/// create databases, not a superuser, as the product's role should be.
pub(crate) fn start(home: &Path, tag: &str) -> Result<String> {
    let bin = programs()?;
    let account = account::to_run_as(&ACCOUNTS)?;
    let cluster = Cluster::create(bin, home.join("postgres"), account)?;
    for attempt in 1.. {
        let [port] = port::free()?;
        match cluster.start(port, tag) {
            Ok(()) => return cluster.make_role(port),
            Err(_) if attempt < ATTEMPTS && cluster.port_was_taken() => {}
            Err(error) => return Err(error),
        }
    }
    unreachable!("the loop ends by returning")
}

/// The folder of PostgreSQL's programs, installed first when this machine lets us.
fn programs() -> Result<PathBuf> {
    if let Some(bin) = find_programs() {
        return Ok(bin);
    }
    install::postgres()?;
    find_programs().context("PostgreSQL was installed, but its programs `initdb`, `postgres` and `psql` are not found")
}

fn find_programs() -> Option<PathBuf> {
    let mut folders = find::versioned("/usr/lib/postgresql", "", "bin");
    for homebrew in ["/opt/homebrew/opt", "/usr/local/opt", "/home/linuxbrew/.linuxbrew/opt"] {
        folders.extend(find::versioned(homebrew, "postgresql", "bin"));
    }
    let all = |bin: &PathBuf| ["initdb", "postgres", "psql"].iter().all(|name| bin.join(name).is_file());
    // The folder of `initdb` on the PATH may be a folder of links: what counts is where it really is.
    let on_path = find::program("initdb", &[]).and_then(|file| file.canonicalize().ok());
    let on_path = on_path.and_then(|file| file.parent().map(Path::to_owned));
    on_path.into_iter().chain(folders).find(all)
}

struct Cluster {
    bin: PathBuf,
    folder: PathBuf,
    account: Option<Account>,
    superuser_password: String,
}

impl Cluster {
    fn create(bin: PathBuf, folder: PathBuf, account: Option<Account>) -> Result<Self> {
        account::make_dir(&folder, account)?;
        let superuser_password = random_password()?;
        let cluster = Self { bin, folder, account, superuser_password };
        let password_file = cluster.folder.join("password");
        account::write_file(&password_file, &cluster.superuser_password, account)?;
        let mut initdb = cluster.command("initdb");
        initdb
            .arg("--pgdata")
            .arg(cluster.data())
            .arg("--pwfile")
            .arg(&password_file)
            // Plain passwords on loopback: hashing on every connection would only slow down the tests.
            .args(["--username=postgres", "--auth=password", "--encoding=UTF8", "--locale=C", "--no-sync"]);
        process::output(&mut initdb).context("could not make a PostgreSQL cluster")?;
        Ok(cluster)
    }

    fn start(&self, port: u16, tag: &str) -> Result<()> {
        let log = std::fs::OpenOptions::new().create(true).append(true).open(self.log())?;
        let mut postgres = self.command("postgres");
        postgres.arg("-D").arg(self.data()).arg("-p").arg(port.to_string());
        for setting in SETTINGS {
            postgres.arg("-c").arg(setting);
        }
        postgres
            .arg("-c")
            .arg(owned::postgres_setting(tag))
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log);
        let server = postgres.spawn().context("could not run postgres")?;
        self.wait(server, port)
    }

    fn wait(&self, mut server: Child, port: u16) -> Result<()> {
        let deadline = Instant::now() + START_LIMIT;
        while !(self.says_ready() && TcpStream::connect(("127.0.0.1", port)).is_ok()) {
            interrupt::check()?;
            if let Some(status) = server.try_wait()? {
                bail!("PostgreSQL ended while it started ({status}); {}", log_tail(&self.log()));
            }
            if Instant::now() >= deadline {
                let limit = START_LIMIT.as_secs();
                bail!("PostgreSQL was not ready after {limit} s; {}", log_tail(&self.log()));
            }
            std::thread::sleep(POLL);
        }
        Ok(())
    }

    /// The postmaster keeps its condition in the eighth line of this file.
    fn says_ready(&self) -> bool {
        std::fs::read_to_string(self.data().join("postmaster.pid"))
            .is_ok_and(|text| text.lines().nth(7).map(str::trim) == Some("ready"))
    }

    fn port_was_taken(&self) -> bool {
        std::fs::read_to_string(self.log()).is_ok_and(|log| log.contains("Address already in use"))
    }

    fn make_role(&self, port: u16) -> Result<String> {
        let password = random_password()?;
        let superuser = format!("postgres://postgres@127.0.0.1:{port}/postgres");
        let mut psql = self.command("psql");
        psql.env("PGPASSWORD", &self.superuser_password)
            .args(["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--dbname", &superuser])
            .args(["--command", &format!("CREATE ROLE god33 LOGIN CREATEDB PASSWORD '{password}'")])
            .args(["--command", "CREATE DATABASE god33 OWNER god33"]);
        process::output(&mut psql).context("could not make the role and database god33")?;
        Ok(format!("postgres://god33:{password}@127.0.0.1:{port}/god33"))
    }

    /// One of PostgreSQL's programs, not led astray by the caller's PG* variables.
    fn command(&self, program: &str) -> Command {
        let mut command = account::command(&self.bin.join(program), self.account);
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("PG") {
                command.env_remove(name);
            }
        }
        command.env("LC_ALL", "C").current_dir(&self.folder);
        command
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn log(&self) -> PathBuf {
        self.folder.join("log")
    }
}
