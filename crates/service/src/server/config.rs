//! How the server listens and what it takes on.

use serde::{Deserialize, Serialize};

/// The settings of the server.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ServerConfig {
    /// Where it listens, `host:port`; port 0 takes any that is free. Default 127.0.0.1:50051.
    pub address: String,
    /// Lets anybody who can reach the port do everything, also from other machines. Without it only an address of this machine alone
    /// is accepted. Default false.
    pub allow_anonymous: bool,
    /// The web pages that may call it, as `scheme://host:port`; `*` as the port stands for every port, and `*` alone for every page.
    /// Default: the pages of this machine.
    pub allowed_origins: Vec<String>,
    /// The greatest message of a request in bytes, compressed and not. Default 16 MiB.
    pub message_bytes: usize,
    /// Compresses answers with gzip for clients that take it, which many do without being asked. Worth its time only where the network is
    /// slow. Compressed requests are always taken. Default false.
    pub compress_answers: bool,
    /// The most calls that one connection has open at once. Default 1,000.
    pub concurrent_streams: u32,
    /// How often a connection on which nothing moves is asked whether it is alive, in milliseconds. Default 30,000.
    pub keep_alive_interval_ms: u64,
    /// How long the answer to that may take before the connection is closed, in milliseconds. Default 10,000.
    pub keep_alive_timeout_ms: u64,
    /// How long a new connection may take to send its first bytes, and an HTTP/1.1 request its headers, in milliseconds. Default 15,000.
    pub header_timeout_ms: u64,
    /// After how long a connection is asked to go, so that callers spread over new nodes, in milliseconds; calls on it are finished.
    /// 0, the default, means never.
    pub connection_age_ms: u64,
    /// How long a stopping server waits for the calls that it accepted, in milliseconds. Default 10,000.
    pub shutdown_grace_ms: u64,
    /// How often the store is asked for a sign of life, in milliseconds. Default 1,000.
    pub health_interval_ms: u64,
    /// How long that may take before the store counts as gone, in milliseconds. Default 3,000.
    pub health_timeout_ms: u64,
    /// How long a read waits for its `min_position`, in milliseconds. Default 5,000.
    pub min_position_wait_ms: u64,
}

impl Default for ServerConfig {
    fn default() -> Self {
        let this_machine = ["http://localhost:*", "http://127.0.0.1:*", "http://[::1]:*"];
        Self {
            address: "127.0.0.1:50051".into(),
            allow_anonymous: false,
            allowed_origins: this_machine.map(String::from).to_vec(),
            message_bytes: 16 << 20,
            compress_answers: false,
            concurrent_streams: 1_000,
            keep_alive_interval_ms: 30_000,
            keep_alive_timeout_ms: 10_000,
            header_timeout_ms: 15_000,
            connection_age_ms: 0,
            shutdown_grace_ms: 10_000,
            health_interval_ms: 1_000,
            health_timeout_ms: 3_000,
            min_position_wait_ms: 5_000,
        }
    }
}
