//! Reads a checkpoint of an agent.

use std::collections::HashSet;

use god33_domain::agent::Agent;
use god33_domain::checkpoint::{Checkpoint, key};
use god33_domain::session::Session;
use god33_domain::state::{Kind, StateKey};
use god33_proto::v1::{GetAgentCheckpointRequest, GetAgentCheckpointResponse};
use tonic::{Request, Response};

use super::shown;
use crate::sessions::{checkpoint, snapshots};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::{id, time};
use crate::{Action, App, Principal, Reader, show};

pub(super) async fn get_agent_checkpoint(
    app: &App,
    request: Request<GetAgentCheckpointRequest>,
) -> Result<Response<GetAgentCheckpointResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let request = request.get_ref();
    let id = id::required_uuid(&request.agent_id, &Path::Request.member("agent_id"))?;
    let (agent, position) = shown::find(app, principal, &id, request.min_position).await?;
    let reader = app.reader(principal, Action::ReadStates(Checkpoint::KIND, None), request.min_position).await?;
    let checkpoint = find(&reader, &agent, &request.checkpoint_id).await?;
    let message = checkpoint::show(app, &checkpoint).await?;
    Ok(Response::new(GetAgentCheckpointResponse {
        checkpoint_id: checkpoint.checkpoint_id.clone(),
        created_at: Some(time::to_proto(checkpoint.created_at)),
        memory_snapshot: snapshots::memory(app, &checkpoint).await?,
        context: message.context_snapshot.clone(),
        position: position.max(checkpoint.position).get(),
        checkpoint: Some(message),
    }))
}

/// The checkpoint of this name, or the newest: one of the agent's session, or of those that it took over from.
async fn find(reader: &Reader<'_>, agent: &Agent, name: &str) -> Result<Checkpoint, Failure> {
    let name = if name.is_empty() { agent.checkpoint_id.clone().unwrap_or_default() } else { name.to_owned() };
    let (mut next, mut seen) = (agent.session_id.clone(), HashSet::new());
    while let Some(session_id) = next {
        if let Some(checkpoint) = reader.state::<Checkpoint>(&key(&session_id, &name)).await? {
            return Ok(checkpoint);
        }
        let session = reader.state::<Session>(&session_id).await?;
        seen.insert(session_id);
        next = session.and_then(|session| session.recovered_from).filter(|before| !seen.contains(before));
    }
    Err(show::not_found(&StateKey::of::<Checkpoint>(name)))
}
