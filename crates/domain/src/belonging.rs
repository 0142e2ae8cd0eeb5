//! Which workflow, session and agent an event belongs to.
//!
//! One rule, for each of the three on its own: what the event says; else, for workflow and agent, what the session that the
//! event names says; else the first of its parents, in their order, that is recorded and has one. When a missing parent
//! arrives, the events that wait for it are filled in by the same rule. A field that is set never changes.

use crate::members::Members;
use crate::{AgentId, Envelope, JsonText, SessionId, SessionLink, WorkflowId};

/// The workflow, session and agent of an event, each where known.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Belonging {
    /// The workflow.
    pub workflow_id: Option<WorkflowId>,
    /// The session.
    pub session_id: Option<SessionId>,
    /// The agent, a role or a person.
    pub agent: Option<AgentId>,
}

impl Belonging {
    /// What the event itself says.
    ///
    /// * workflow: `payload.workflow_id`;
    /// * session: `payload.session_id`, `new_session_id` (a recovery's) or `session_key`, else `session_id` beside the payload
    ///   or in the agent context;
    /// * agent: who acts by the payload's own words (`agent_instance_id`, `from_agent`, `initiator_agent`, `answered_by`,
    ///   `agent_id`, `agent_name`, `agent`), else the same words of the agent context, else its `type` when that names a role
    ///   (`bmad-architect`), else its `instance_id`, its `name`, its `type`.
    pub fn said_by(envelope: &Envelope) -> Self {
        let payload = Members::of(&envelope.payload);
        let context = members(envelope.agent_context.as_ref());
        let beside = members(envelope.extensions.as_ref());
        let sessions = SESSION.map(|name| payload.text(name)).into_iter();
        let sessions = sessions.chain(SESSION.map(|name| beside.text(name))).chain([context.text("session_id")]);
        let agents = AGENT.map(|name| payload.text(name)).into_iter();
        let agents = agents.chain(agent_in_context(&context)).chain(AGENT.map(|name| beside.text(name)));
        Self {
            workflow_id: first([payload.text("workflow_id"), beside.text("workflow_id")], WorkflowId::parse),
            session_id: first(sessions, SessionId::parse),
            agent: first(agents, AgentId::parse),
        }
    }

    /// Fills in what is missing from the session that the event names. True when something was.
    pub fn fill_from_session(&mut self, session: &SessionLink) -> bool {
        let workflow = fill(&mut self.workflow_id, session.workflow_id.as_ref());
        let agent = fill(&mut self.agent, session.agent.as_ref());
        workflow || agent
    }

    /// Fills in what is missing from a parent. True when something was.
    pub fn fill_from_parent(&mut self, parent: &Self) -> bool {
        let workflow = fill(&mut self.workflow_id, parent.workflow_id.as_ref());
        let session = fill(&mut self.session_id, parent.session_id.as_ref());
        let agent = fill(&mut self.agent, parent.agent.as_ref());
        workflow || session || agent
    }

    /// True when nothing is missing.
    pub const fn is_complete(&self) -> bool {
        self.workflow_id.is_some() && self.session_id.is_some() && self.agent.is_some()
    }
}

fn fill<T: Clone>(target: &mut Option<T>, from: Option<&T>) -> bool {
    let fills = target.is_none() && from.is_some();
    if fills {
        *target = from.cloned();
    }
    fills
}

fn first<T, E>(texts: impl IntoIterator<Item = Option<String>>, parse: impl Fn(&str) -> Result<T, E>) -> Option<T> {
    texts.into_iter().flatten().find_map(|text| parse(&text).ok())
}

fn members(json: Option<&JsonText>) -> Members<'_> {
    json.map(Members::of).unwrap_or_default()
}

/// The members that name a session, the first that does counts.
const SESSION: [&str; 3] = ["session_id", "new_session_id", "session_key"];

/// The members that name who acts, the first that does counts.
const AGENT: [&str; 7] =
    ["agent_instance_id", "from_agent", "initiator_agent", "answered_by", "agent_id", "agent_name", "agent"];

/// The agent types of upstream's enum: they name what an agent runs on, not who it is.
const FRAMEWORKS: [&str; 9] =
    ["claude-code", "claude-chat", "gemini-cli", "gemini-code", "letta", "agno", "smolagent", "atomic-agent", "custom"];

fn agent_in_context(context: &Members<'_>) -> impl Iterator<Item = Option<String>> {
    let kind = context.text("type");
    let role = kind.clone().filter(|kind| !FRAMEWORKS.contains(&kind.as_str()));
    let names = AGENT.map(|name| context.text(name));
    names.into_iter().chain([role, context.text("instance_id"), context.text("name"), kind])
}

#[cfg(test)]
mod tests;
