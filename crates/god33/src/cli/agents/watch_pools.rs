//! `god33 agents watch-pools`.

use std::collections::HashMap;
use std::ops::ControlFlow;

use clap::Args;
use god33_proto::v1::{AgentPool, WatchAgentPoolsRequest, WatchAgentPoolsResponse};
use tonic::Streaming;

use super::show;
use crate::cli::answer::Answer;
use crate::cli::connection::Output;
use crate::cli::follow::{self, follow};
use crate::cli::{Failure, Target, print};

/// Follow the pools: first as they are, then each that changes. A lost connection is opened again, until you stop it.
#[derive(Args, Debug)]
pub struct WatchPools {
    /// Types to watch; without them all.
    #[arg(value_name = "TYPE")]
    agent_types: Vec<String>,
}

impl WatchPools {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = WatchAgentPoolsRequest { agent_types: self.agent_types };
        follow(target, &mut Changes { request, printed: HashMap::new() }).await
    }
}

/// What is watched, and each pool as it was printed last.
struct Changes {
    request: WatchAgentPoolsRequest,
    printed: HashMap<String, AgentPool>,
}

impl follow::Watch for Changes {
    type Message = WatchAgentPoolsResponse;

    async fn open(&mut self, target: &Target) -> Result<Streaming<WatchAgentPoolsResponse>, Failure> {
        Ok(target.agents().await?.watch_agent_pools(self.request.clone()).await?.into_inner())
    }

    fn take(&mut self, target: &Target, message: WatchAgentPoolsResponse) -> Result<ControlFlow<()>, Failure> {
        // Without a pool it is a sign of life.
        let Some(pool) = message.pool else { return Ok(ControlFlow::Continue(())) };
        // A stream that is opened again tells first what is known already.
        if self.printed.get(&pool.agent_type) != Some(&pool) {
            print_pool(target, &pool, message.position)?;
            self.printed.insert(pool.agent_type.clone(), pool);
        }
        Ok(ControlFlow::Continue(()))
    }
}

fn print_pool(target: &Target, pool: &AgentPool, position: u64) -> Result<(), Failure> {
    match target.output {
        Output::Json => {
            let answer = Answer::default().with("pool", &print::message_json(pool));
            print::json(&answer.value("position", position).text())
        }
        Output::Text => print::text(&(show::pool(pool) + "\n")),
    }
}
