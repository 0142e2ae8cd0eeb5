//! A running server.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use rustix::process::{Pid, Signal, kill_process};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};
use tonic::transport::{Channel, Endpoint};
use uuid::Uuid;

use super::broker::Broker;
use super::{Database, Usage, process};

/// How long a server may take to start or to stop.
const PATIENCE: Duration = Duration::from_secs(60);

/// Where a server keeps its log.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Place {
    /// `god33 serve`, on PostgreSQL and RabbitMQ.
    Postgres,
    /// `god33 dev`, in a file.
    Sqlite,
}

impl Place {
    /// Both.
    pub(crate) const ALL: [Self; 2] = [Self::Postgres, Self::Sqlite];
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Postgres => "PostgreSQL",
            Self::Sqlite => "SQLite",
        })
    }
}

/// A server on a log of its own. When this value goes, the server is killed and its log removed.
pub(crate) struct Node {
    process: Child,
    address: String,
    folder: PathBuf,
    /// When it is on PostgreSQL.
    servers: Option<(Database, Broker)>,
    /// From the start of the process until it said where it is.
    pub(crate) started_in: Duration,
}

impl Node {
    /// Starts a server on an empty log and waits until it says where it is.
    pub(crate) async fn start(program: &Path, scratch: &Path, place: Place) -> Result<Self> {
        let folder = scratch.join(Uuid::new_v4().simple().to_string());
        std::fs::create_dir_all(&folder).with_context(|| format!("could not make {}", folder.display()))?;
        let mut command = Command::new(program);
        let servers = match place {
            Place::Postgres => Some((Database::create().await?, Broker::find()?)),
            Place::Sqlite => None,
        };
        match &servers {
            Some((database, broker)) => command
                .args(["serve", "--migrate"])
                .env("GOD33_STORE__POSTGRES_URL", database.url())
                .envs(broker.environment()),
            None => command.args(["dev", "--data"]).arg(folder.join("god33.db")),
        };
        let began = Instant::now();
        let (process, address) = launch(command.current_dir(&folder)).await?;
        Ok(Self { process, address, folder, servers, started_in: began.elapsed() })
    }

    /// A connection to it of one's own.
    pub(crate) async fn connect(&self) -> Result<Channel> {
        let endpoint = Endpoint::from_shared(self.address.clone())?.tcp_nodelay(true);
        endpoint.connect().await.context("could not connect to the server")
    }

    /// Several.
    pub(crate) async fn connections(&self, number: usize) -> Result<Vec<Channel>> {
        let mut all = Vec::new();
        for _ in 0..number {
            all.push(self.connect().await?);
        }
        Ok(all)
    }

    /// Its database, when it is on PostgreSQL.
    pub(crate) fn database(&self) -> Option<&Database> {
        self.servers.as_ref().map(|(database, _)| database)
    }

    /// What it has used so far.
    pub(crate) fn usage(&self) -> Usage {
        Usage::of(self.id())
    }

    /// The seconds for which it, and PostgreSQL for it, have kept a core busy so far.
    pub(crate) async fn cpu_seconds(&self) -> Result<[Option<f64>; 2]> {
        let database = match self.database() {
            Some(database) => database.cpu_seconds().await?,
            None => None,
        };
        Ok([process::cpu_seconds(self.id()), database])
    }

    /// The memory that it has in use now, in bytes.
    pub(crate) fn memory_bytes(&self) -> Option<f64> {
        process::memory_bytes(self.id())
    }

    fn id(&self) -> u32 {
        self.process.id().unwrap_or(0)
    }

    /// Stops it in an orderly way.
    pub(crate) async fn stop(mut self) -> Result<()> {
        let id = self.process.id().and_then(|id| Pid::from_raw(i32::try_from(id).ok()?));
        kill_process(id.context("the server has ended by itself")?, Signal::TERM)?;
        let ended = tokio::time::timeout(PATIENCE, self.process.wait()).await.context("the server does not stop")??;
        if let Some((_, broker)) = &self.servers {
            broker.clear().await?;
        }
        ensure!(ended.success(), "the server ended with {ended}");
        Ok(())
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        // It may have ended already; its files must not be in use when they are removed.
        let _ = self.process.start_kill();
        if let Err(error) = std::fs::remove_dir_all(&self.folder) {
            eprintln!("could not remove {}: {error}", self.folder.display());
        }
    }
}

async fn launch(command: &mut Command) -> Result<(Child, String)> {
    // A setting of the caller's own god33 must not change what is measured.
    let own: Vec<_> = command.as_std().get_envs().map(|(name, _)| name.to_owned()).collect();
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("GOD33_") && !own.contains(&name) {
            command.env_remove(name);
        }
    }
    command.env("GOD33_SERVER__ADDRESS", "127.0.0.1:0").stdin(Stdio::null()).stdout(Stdio::piped()).kill_on_drop(true);
    let mut process = command.spawn().context("could not start the server")?;
    let mut lines = BufReader::new(process.stdout.take().context("the server has no output")?).lines();
    let address = tokio::time::timeout(PATIENCE, async {
        while let Some(line) = lines.next_line().await? {
            if let Some(start) = line.find("http://") {
                return Ok(line[start..].split_whitespace().next().unwrap_or_default().to_owned());
            }
        }
        bail!("the server ended before it said where it is: its messages are above")
    });
    let address = address.await.context("the server does not say where it is")??;
    // Whatever else it prints must not fill the pipe.
    tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
    Ok((process, address))
}
