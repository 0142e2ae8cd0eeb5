//! The binary as a process.

use std::process::Stdio;
use std::time::Duration;

use god33_conformance::database::TestDatabase;
use god33_proto::v1::event_store_service_client::EventStoreServiceClient;
use god33_proto::v1::workflow_service_client::WorkflowServiceClient;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tonic::transport::Channel;

use crate::broker::Broker;

/// How long anything may take before a test fails.
pub(crate) const DEADLINE: Duration = Duration::from_secs(60);

/// What a server is started with: it can be killed and started again on the same log.
pub(crate) struct Place {
    arguments: Vec<String>,
    environment: Vec<(String, String)>,
}

impl Place {
    /// PostgreSQL and RabbitMQ, each test with a database and an exchange of its own.
    pub(crate) fn on_servers(database: &TestDatabase, broker: &Broker) -> Self {
        Self::on_servers_through(database, broker, &broker.url)
    }

    /// The same, with the broker under another URL.
    pub(crate) fn on_servers_through(database: &TestDatabase, broker: &Broker, amqp_url: &str) -> Self {
        let environment = [
            ("GOD33_STORE__POSTGRES_URL", database.url()),
            ("GOD33_BUS__AMQP_URL", amqp_url),
            ("GOD33_BUS__EXCHANGE", &broker.exchange),
            ("GOD33_BUS__QUEUE", &broker.queue),
            ("GOD33_BUS__DEAD_LETTER", &broker.dead_letter),
        ];
        let environment = environment.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        Self { arguments: vec!["serve".into(), "--migrate".into()], environment }
    }

    /// The embedded default, in a file.
    pub(crate) fn embedded(folder: &std::path::Path) -> Self {
        let file = folder.join("god33.db").display().to_string();
        Self { arguments: vec!["dev".into(), "--data".into(), file], environment: Vec::new() }
    }

    /// Starts a server and waits until it says where it is.
    pub(crate) async fn start(&self) -> Server {
        let mut process = Command::new(env!("CARGO_BIN_EXE_god33"))
            .args(&self.arguments)
            .env("GOD33_SERVER__ADDRESS", "127.0.0.1:0")
            .envs(self.environment.iter().cloned())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("the binary starts");
        let mut lines = BufReader::new(process.stdout.take().expect("its output")).lines();
        let address = tokio::time::timeout(DEADLINE, async {
            loop {
                let line = lines.next_line().await.unwrap().expect("the server says where it is before it ends");
                if let Some(start) = line.find("http://") {
                    break line[start..].split_whitespace().next().unwrap().to_owned();
                }
            }
        });
        let address = address.await.expect("the server says where it is in time");
        // Whatever else it prints must not fill the pipe.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        Server { process, address }
    }
}

/// A running server.
pub(crate) struct Server {
    process: Child,
    pub(crate) address: String,
}

impl Server {
    pub(crate) async fn event_store(&self) -> EventStoreServiceClient<Channel> {
        EventStoreServiceClient::connect(self.address.clone()).await.expect("the server answers")
    }

    pub(crate) async fn workflows(&self) -> WorkflowServiceClient<Channel> {
        WorkflowServiceClient::connect(self.address.clone()).await.expect("the server answers")
    }

    /// Runs a client command of the binary and gives back what it prints to standard output.
    pub(crate) async fn cli(&self, arguments: &[&str]) -> String {
        let output = self.command(arguments).output().await.expect("the binary runs");
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "god33 {arguments:?} failed: {errors}");
        String::from_utf8(output.stdout).expect("text")
    }

    /// A client command of the binary, to be started.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_god33"));
        command.args(arguments).env("GOD33_ADDRESS", &self.address).kill_on_drop(true);
        command
    }

    /// Kills it as a power cut would.
    pub(crate) async fn kill(mut self) {
        self.process.kill().await.expect("it is killed");
    }
}
