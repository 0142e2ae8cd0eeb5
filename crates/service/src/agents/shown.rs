//! Agents as answers show them: with when they were last heard of.

use god33_domain::agent::Agent;
use god33_domain::session::Session;
use god33_domain::state::{Kind, StateKey, StateQuery, label};
use god33_domain::{Position, Timestamp};
use god33_proto::v1;

use crate::wire::status::Failure;
use crate::wire::time;
use crate::{Action, App, Principal, Reader, show};

/// An agent as its message.
pub(super) fn message(app: &App, agent: &Agent) -> Result<v1::Agent, Failure> {
    let mut message: v1::Agent = show::message(agent)?;
    message.last_active_at = Some(time::to_proto(last_heard_of(app, agent)));
    Ok(message)
}

/// As far as this node has heard of its session.
fn last_heard_of(app: &App, agent: &Agent) -> Timestamp {
    let session = agent.session_id.as_ref().map(StateKey::of::<Session>);
    let heard = session.and_then(|session| app.pulse.last(&session)).map(|sign| sign.at);
    heard.map_or(agent.last_active_at, |heard| heard.max(agent.last_active_at))
}

/// An agent by its id or by the name of its instance, and the position up to which it holds.
pub(super) async fn find(
    app: &App,
    principal: &Principal,
    name: &str,
    min_position: u64,
) -> Result<(Agent, Position), Failure> {
    let reader = app.reader(principal, Action::ReadStates(Agent::KIND, Some(name)), min_position).await?;
    let position = app.tail.head();
    let agent = match reader.state::<Agent>(&name.to_ascii_lowercase()).await? {
        Some(agent) => agent,
        None => by_instance(&reader, name).await?,
    };
    let position = position.max(agent.position);
    Ok((agent, position))
}

/// Of several that had the name one after the other, the one that is there, else the newest.
async fn by_instance(reader: &Reader<'_>, name: &str) -> Result<Agent, Failure> {
    let (named, present) = (vec![label("instance", name)], vec![label("present", "true")]);
    for having in [vec![named.clone(), present], vec![named]] {
        let query = StateQuery { kind: Agent::KIND, having, after: None, limit: 1 };
        let (mut found, _) = reader.list_states::<Agent>(&query).await?;
        if let Some(agent) = found.pop() {
            return Ok(agent);
        }
    }
    Err(show::not_found(&StateKey::of::<Agent>(name)))
}
