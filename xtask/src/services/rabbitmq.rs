//! A private RabbitMQ node with an epmd of its own.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::account::{self, Account};
use super::{find, install, log_tail, owned, port, random_password};
use crate::interrupt;

const START_LIMIT: Duration = Duration::from_secs(120);
const POLL: Duration = Duration::from_millis(100);
/// Somebody else may take a free port before the server does.
const ATTEMPTS: u32 = 3;

/// Accounts that may run the server when the caller is root.
pub(crate) const ACCOUNTS: [&str; 2] = ["rabbitmq", "nobody"];

/// How to reach a node that runs.
pub(crate) struct Reached {
    /// Where its clients connect.
    pub(crate) amqp_url: String,
    /// Where `rabbitmqctl` asks for the node.
    pub(crate) epmd_port: u16,
}

/// Starts a new node in `home`.
pub(crate) fn start(home: &Path, tag: &str) -> Result<Reached> {
    let bin = programs()?;
    let account = account::to_run_as(&ACCOUNTS)?;
    for attempt in 1.. {
        let node = Node::create(&bin, home, tag, account)?;
        match node.start() {
            Ok(reached) => return Ok(reached),
            Err(_) if attempt < ATTEMPTS && node.port_was_taken() => {
                owned::end(tag, |role| matches!(role, owned::Role::RabbitMq | owned::Role::Epmd))?;
                std::fs::remove_dir_all(&node.folder)?;
            }
            Err(error) => return Err(error),
        }
    }
    unreachable!("the loop ends by returning")
}

/// `rabbitmqctl` for the node of an instance that runs.
pub(crate) fn control(home: &Path, tag: &str, epmd_port: u16) -> Result<Command> {
    let account = account::to_run_as(&ACCOUNTS)?;
    let folder = home.join("rabbitmq");
    let mut command = account::command(&programs()?.join("rabbitmqctl"), account);
    common_environment(&mut command, &folder, tag, epmd_port);
    Ok(command)
}

/// The folder of RabbitMQ's own scripts, installed first when this machine lets us.
fn programs() -> Result<PathBuf> {
    if let Some(bin) = find_programs() {
        return Ok(bin);
    }
    install::rabbitmq()?;
    find_programs().context("RabbitMQ was installed, but its program `rabbitmq-server` is not found")
}

/// Debian's `/usr/sbin/rabbitmq-server` is a wrapper for the one system-wide server, so the real
/// scripts come first.
fn find_programs() -> Option<PathBuf> {
    let mut folders = find::versioned("/usr/lib/rabbitmq/lib", "rabbitmq_server-", "sbin");
    for homebrew in ["/opt/homebrew/opt", "/usr/local/opt", "/home/linuxbrew/.linuxbrew/opt"] {
        folders.push(Path::new(homebrew).join("rabbitmq/sbin"));
    }
    let on_path = find::program("rabbitmq-server", &[]).and_then(|file| file.canonicalize().ok());
    folders.extend(on_path.and_then(|file| file.parent().map(Path::to_owned)));
    folders.into_iter().find(|bin| bin.join("rabbitmq-server").is_file())
}

fn epmd() -> Result<PathBuf> {
    let folders: Vec<PathBuf> = ["/usr/lib/erlang", "/usr/local/lib/erlang", "/opt/homebrew/lib/erlang"]
        .iter()
        .flat_map(|erlang| find::versioned(erlang, "erts-", "bin"))
        .collect();
    find::program("epmd", &folders)
        .context("Erlang's program `epmd` is not found: it belongs to the package erlang-base")
}

/// What the server and `rabbitmqctl` must agree on. Nothing of the caller's environment gets in.
fn common_environment(command: &mut Command, folder: &Path, tag: &str, epmd_port: u16) {
    command
        .env_clear()
        .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
        .env("LANG", "C.UTF-8")
        // The Erlang cookie is here: without it nobody can control the node.
        .env("HOME", folder)
        .env("ERL_EPMD_PORT", epmd_port.to_string())
        .env("ERL_EPMD_ADDRESS", "127.0.0.1")
        .env("RABBITMQ_NODENAME", format!("{tag}@localhost"))
        .env("RABBITMQ_CONF_ENV_FILE", folder.join("rabbitmq-env.conf"))
        .current_dir(folder);
}

struct Node {
    server: PathBuf,
    folder: PathBuf,
    tag: String,
    account: Option<Account>,
    password: String,
    amqp_port: u16,
    distribution_port: u16,
    epmd_port: u16,
}

impl Node {
    fn create(bin: &Path, home: &Path, tag: &str, account: Option<Account>) -> Result<Self> {
        let [amqp_port, distribution_port, epmd_port] = port::free()?;
        let node = Self {
            server: bin.join("rabbitmq-server"),
            folder: home.join("rabbitmq"),
            tag: tag.to_owned(),
            account,
            password: random_password()?,
            amqp_port,
            distribution_port,
            epmd_port,
        };
        account::make_dir(&node.folder, account)?;
        account::make_dir(&node.folder.join("mnesia"), account)?;
        account::make_dir(&node.folder.join("logs"), account)?;
        for (name, text) in [
            (".erlang.cookie", random_password()?),
            ("rabbitmq.conf", node.settings()),
            ("advanced.config", "[].\n".to_owned()),
            ("enabled_plugins", "[].\n".to_owned()),
            ("rabbitmq-env.conf", String::new()),
        ] {
            account::write_file(&node.folder.join(name), &text, account)?;
        }
        Ok(node)
    }

    /// A small node: it shares the machine with builds and tests.
    fn settings(&self) -> String {
        let (port, password) = (self.amqp_port, &self.password);
        format!(
            "listeners.tcp.1 = 127.0.0.1:{port}\n\
             default_user = god33\n\
             default_pass = {password}\n\
             vm_memory_high_watermark.absolute = 512MiB\n\
             disk_free_limit.absolute = 50MB\n\
             raft.wal_max_size_bytes = 67108864\n\
             log.console = false\n\
             log.file.level = info\n"
        )
    }

    fn start(&self) -> Result<Reached> {
        self.start_epmd()?;
        let server = self.server()?.spawn().context("could not run rabbitmq-server")?;
        self.wait(server)?;
        let Self { password, amqp_port, epmd_port, .. } = self;
        let amqp_url = format!("amqp://god33:{password}@127.0.0.1:{amqp_port}/%2f");
        Ok(Reached { amqp_url, epmd_port: *epmd_port })
    }

    /// Erlang would start a daemon of its own that outlives the node; this one is ours to end.
    fn start_epmd(&self) -> Result<()> {
        let mut epmd = account::command(&epmd()?, self.account);
        epmd.arg0(owned::epmd_name(&self.tag))
            .args(["-address", "127.0.0.1", "-port", &self.epmd_port.to_string()])
            .current_dir(&self.folder);
        let mut child = in_background(&mut epmd, self.output_file()?)?.spawn().context("could not run epmd")?;
        let deadline = Instant::now() + START_LIMIT;
        while TcpStream::connect(("127.0.0.1", self.epmd_port)).is_err() {
            interrupt::check()?;
            if let Some(status) = child.try_wait()? {
                bail!("epmd ended while it started ({status}); {}", log_tail(&self.output_path()));
            }
            if Instant::now() >= deadline {
                bail!("epmd does not listen on port {}", self.epmd_port);
            }
            std::thread::sleep(POLL);
        }
        Ok(())
    }

    fn server(&self) -> Result<Command> {
        let mut server = account::command(&self.server, self.account);
        common_environment(&mut server, &self.folder, &self.tag, self.epmd_port);
        let file = |name: &str| self.folder.join(name);
        let erlang =
            format!("{} {} +S 2:2 -kernel inet_dist_use_interface {{127,0,0,1}}", owned::ERLANG_FLAG, self.tag);
        server
            .env("RABBITMQ_CONFIG_FILE", file("rabbitmq.conf"))
            .env("RABBITMQ_ADVANCED_CONFIG_FILE", file("advanced.config"))
            .env("RABBITMQ_ENABLED_PLUGINS_FILE", file("enabled_plugins"))
            .env("RABBITMQ_MNESIA_BASE", file("mnesia"))
            .env("RABBITMQ_LOG_BASE", file("logs"))
            .env("RABBITMQ_LOGS", self.log())
            .env("RABBITMQ_PID_FILE", file("pid"))
            .env("RABBITMQ_DIST_PORT", self.distribution_port.to_string())
            .env("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", erlang)
            .env("ERL_CRASH_DUMP", file("erl_crash.dump"))
            // With this the script becomes the Erlang VM instead of waiting for it, so that the
            // process we start is the server itself; -noinput undoes the rest of its meaning.
            .env("RABBITMQ_ALLOW_INPUT", "1")
            .arg("-noinput");
        in_background(&mut server, self.output_file()?)?;
        Ok(server)
    }

    fn wait(&self, mut server: Child) -> Result<()> {
        let deadline = Instant::now() + START_LIMIT;
        while !speaks_amqp(self.amqp_port) {
            interrupt::check()?;
            if let Some(status) = server.try_wait()? {
                bail!("RabbitMQ ended while it started ({status}); {}", self.tails());
            }
            if Instant::now() >= deadline {
                let limit = START_LIMIT.as_secs();
                bail!("RabbitMQ was not ready after {limit} s; {}", self.tails());
            }
            std::thread::sleep(POLL);
        }
        Ok(())
    }

    fn tails(&self) -> String {
        format!("{}\n{}", log_tail(&self.log()), log_tail(&self.output_path()))
    }

    /// As the node says it for its own port, for that of the distribution, and when epmd is another's.
    fn port_was_taken(&self) -> bool {
        const SIGNS: [&str; 3] = ["eaddrinuse", "dist_port_already_used", "nodistribution"];
        let logs = [self.log(), self.output_path()].map(|log| std::fs::read_to_string(log).unwrap_or_default());
        SIGNS.iter().any(|sign| logs.iter().any(|log| log.contains(sign)))
    }

    fn log(&self) -> PathBuf {
        self.folder.join("logs/rabbitmq.log")
    }

    /// What the programs print before their log is open.
    fn output_path(&self) -> PathBuf {
        self.folder.join("output")
    }

    fn output_file(&self) -> Result<std::fs::File> {
        let path = self.output_path();
        let opened = std::fs::OpenOptions::new().create(true).append(true).open(&path);
        opened.with_context(|| format!("could not write {}", path.display()))
    }
}

fn in_background(command: &mut Command, output: std::fs::File) -> Result<&mut Command> {
    Ok(command.process_group(0).stdin(Stdio::null()).stdout(output.try_clone()?).stderr(output))
}

/// Whether a broker that has finished booting answers the first bytes of AMQP 0-9-1 with a method frame.
fn speaks_amqp(port: u16) -> bool {
    let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port)) else {
        return false;
    };
    let limit = Some(Duration::from_secs(5));
    let mut frame_type = [0];
    stream.set_read_timeout(limit).is_ok()
        && stream.write_all(b"AMQP\x00\x00\x09\x01").is_ok()
        && stream.read_exact(&mut frame_type).is_ok()
        && frame_type == [1]
}
