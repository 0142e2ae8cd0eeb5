//! Lists which agent waits for which, and the cycles among them.

use std::collections::BTreeSet;

use god33_domain::collaboration::Collaboration;
use god33_domain::session::Session;
use god33_domain::state::{Kind, Noun, StateQuery, label};
use god33_domain::waits::{Wait, Waits, cycles_among};
use god33_proto::v1::{ListWaitsRequest, ListWaitsResponse, WaitCycle, WaitsFor};
use tonic::{Request, Response};

use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::{id, time};
use crate::{Action, App, Principal, Reader};

/// The most waits that are answered.
const MOST: usize = 1_000;

/// How many agents are read at once.
const AT_ONCE: usize = 500;

pub(super) async fn list_waits(
    app: &App,
    request: Request<ListWaitsRequest>,
) -> Result<Response<ListWaitsResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let request = request.get_ref();
    let collaboration_id = match request.collaboration_id.as_str() {
        "" => None,
        text => Some(id::required_uuid(text, &Path::Request.member("collaboration_id"))?),
    };
    let action = Action::ReadStates(<Waits as Kind>::KIND, None);
    let reader = app.reader(principal, action, request.min_position).await?;
    let circle = match &collaboration_id {
        None => None,
        Some(id) => Some(Circle::of(&reader, id).await?),
    };
    let waits = waits(&reader, circle.as_ref()).await?;
    let cycles = cycles_among(&waits);
    Ok(Response::new(ListWaitsResponse {
        waits: waits.iter().map(to_proto).collect(),
        cycles: cycles.iter().map(|cycle| WaitCycle { waits: cycle.iter().map(to_proto).collect() }).collect(),
    }))
}

/// The agents of a collaboration, by all names that they go by.
struct Circle {
    collaboration_id: String,
    names: BTreeSet<String>,
}

impl Circle {
    async fn of(reader: &Reader<'_>, id: &str) -> Result<Self, Failure> {
        let collaboration: Option<Collaboration> = reader.state(id).await?;
        let participants = collaboration.map(|collaboration| collaboration.participants).unwrap_or_default();
        let sessions: Vec<String> = participants.iter().filter_map(|seat| seat.session_id.clone()).collect();
        let sessions: Vec<Session> = if sessions.is_empty() { Vec::new() } else { reader.states(&sessions).await? };
        let of_sessions = sessions.into_iter().flat_map(|session| [session.agent_instance_id, session.agent_id]);
        let names = participants.into_iter().map(|seat| seat.agent_id).chain(of_sessions.flatten()).collect();
        Ok(Self { collaboration_id: id.to_owned(), names })
    }

    fn holds(&self, wait: &Wait) -> bool {
        wait.collaboration_id.as_ref() == Some(&self.collaboration_id) || self.names.contains(&wait.agent_id)
    }
}

/// The waits of all agents, or of those of a circle.
async fn waits(reader: &Reader<'_>, circle: Option<&Circle>) -> Result<Vec<Wait>, Failure> {
    let mut waits: Vec<Wait> = Vec::new();
    let having = vec![vec![label("open", "true")]];
    let mut query = StateQuery { kind: <Waits as Kind>::KIND, having, after: None, limit: AT_ONCE };
    loop {
        let (agents, has_more) = reader.list_states::<Waits>(&query).await?;
        query.after = agents.last().map(|last| (last.rank(), last.id().to_owned()));
        let found = agents.into_iter().flat_map(|agent| agent.waits);
        waits.extend(found.filter(|wait| circle.is_none_or(|circle| circle.holds(wait))));
        if !has_more || query.after.is_none() || waits.len() >= MOST {
            waits.truncate(MOST);
            return Ok(waits);
        }
    }
}

fn to_proto(wait: &Wait) -> WaitsFor {
    WaitsFor {
        agent_id: wait.agent_id.clone(),
        waits_for: wait.waits_for.clone(),
        kind: wait.kind.clone(),
        id: wait.id.clone(),
        since: Some(time::to_proto(wait.since)),
        additional_members: String::new(),
    }
}
