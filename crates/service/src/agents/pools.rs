//! The pools of agents: counted when they are asked for.

use std::time::Duration;

use god33_domain::Position;
use god33_domain::agent::{Agent, AgentType, pool, waits_for};
use god33_domain::state::{Noun, StateQuery, label};
use god33_proto::v1::AgentPool;

use super::list_agent_types::registered;
use super::list_agents::present;
use crate::{App, AppError, Reader};

/// How many states are read at once.
const PAGE: usize = 1_000;

/// The pool of a type, as it is now.
pub(super) async fn of_type(app: &App, reader: &Reader<'_>, agent_type: &AgentType) -> Result<AgentPool, AppError> {
    let having = vec![vec![label("type", &agent_type.agent_type)], present()];
    let counted = pool(agent_type, &all::<Agent>(reader, having).await?);
    let handoffs = app.board.handoffs();
    let waiting: Vec<_> = handoffs.iter().filter(|handoff| waits_for(handoff, agent_type)).collect();
    let oldest = waiting.iter().map(|handoff| handoff.created_at).min();
    Ok(AgentPool {
        agent_type: counted.agent_type,
        desired_warm: counted.desired_warm,
        starting: counted.starting,
        idle: counted.idle,
        busy: counted.busy,
        draining: counted.draining,
        failed: counted.failed,
        waiting_handoffs: u32::try_from(waiting.len()).unwrap_or(u32::MAX),
        oldest_waiting: oldest.and_then(|since| age(app.clock.now().seconds_since(since))),
        max_instances: counted.max_instances,
    })
}

fn age(seconds: f64) -> Option<prost_types::Duration> {
    Duration::try_from_secs_f64(seconds).ok()?.try_into().ok()
}

/// The types that were registered, by name.
pub(super) async fn types(reader: &Reader<'_>) -> Result<Vec<AgentType>, AppError> {
    all::<AgentType>(reader, vec![registered()]).await
}

/// Lets what is known of open work catch up. Where it does not in time, the pools are counted with what is known.
pub(super) async fn catch_up(app: &App, position: Position) {
    if let Err(error) = app.board.wait_for(position, app.min_position_wait).await {
        tracing::debug!(error = &error as &dyn std::error::Error, "pools are counted before all open work is known");
    }
}

async fn all<N: Noun>(reader: &Reader<'_>, having: Vec<Vec<String>>) -> Result<Vec<N>, AppError> {
    let mut all: Vec<N> = Vec::new();
    loop {
        let after = all.last().map(|last| (last.rank(), last.id().to_owned()));
        let query = StateQuery { kind: N::KIND, having: having.clone(), after, limit: PAGE };
        let (page, has_more) = reader.list_states::<N>(&query).await?;
        all.extend(page);
        if !has_more {
            return Ok(all);
        }
    }
}
