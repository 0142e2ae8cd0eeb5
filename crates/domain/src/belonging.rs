//! Which workflow, session and agent an event belongs to, and what it is about: which handoff, question, collaboration and task.
//!
//! One rule, for each of them on its own: what the event says; else, for workflow and agent, what the session that the
//! event names says; else the first of its parents, in their order, that is recorded and has one. When a missing parent
//! arrives, the events that wait for it are filled in by the same rule. A field that is set never changes.

use serde::{Deserialize, Serialize};

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
    /// What else it is about.
    pub about: About,
}

/// The things of coordination that an event is about. Only the event and its parents say so, not the session.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct About {
    /// The handoff.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub handoff: Option<String>,
    /// The question.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// The collaboration.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub collaboration: Option<String>,
    /// The cross-service task.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task: Option<String>,
}

impl About {
    /// True when it is about nothing of the kind.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What the event itself says. A request that names no id gives its own: the id of the event.
    fn said_by(envelope: &Envelope, payload: &Members<'_>) -> Self {
        let event_type = envelope.event_type.as_str();
        let own = || envelope.event_id.to_string();
        let handoff = match event_type {
            "bmad.workflow.handoff.requested" | "agent.handoff.requested" => {
                Some(payload.name("handoff_id").unwrap_or_else(own))
            }
            "director.service.delegation.requested" => Some(payload.name("delegation_id").unwrap_or_else(own)),
            "director.service.delegation.failed" => payload.name("delegation_id"),
            "agent.registry.task.assigned" => payload.name("task_id"),
            _ => payload.name("handoff_id"),
        };
        let question = match event_type {
            "agent.feedback.requested" => Some(payload.name("question_id").unwrap_or_else(own)),
            _ => payload.name("question_id"),
        };
        let is_directed = event_type.starts_with("director.") || event_type.starts_with("mise.");
        let task = if is_directed { payload.name("task_id") } else { None };
        Self { handoff, question, collaboration: payload.name("collaboration_id"), task }
    }

    fn fill_from(&mut self, parent: &Self) -> bool {
        let handoff = fill(&mut self.handoff, parent.handoff.as_ref());
        let question = fill(&mut self.question, parent.question.as_ref());
        let collaboration = fill(&mut self.collaboration, parent.collaboration.as_ref());
        let task = fill(&mut self.task, parent.task.as_ref());
        handoff || question || collaboration || task
    }
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
            about: About::said_by(envelope, &payload),
        }
    }

    /// The agent or the person of the agent context, by the same rule: who says it, whatever the payload says of others.
    pub(crate) fn speaker(envelope: &Envelope) -> Option<AgentId> {
        first(agent_in_context(&members(envelope.agent_context.as_ref())), AgentId::parse)
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
        let about = self.about.fill_from(&parent.about);
        workflow || session || agent || about
    }

    /// True when workflow, session and agent are known.
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
pub(crate) const FRAMEWORKS: [&str; 9] =
    ["claude-code", "claude-chat", "gemini-cli", "gemini-code", "letta", "agno", "smolagent", "atomic-agent", "custom"];

fn agent_in_context(context: &Members<'_>) -> impl Iterator<Item = Option<String>> {
    let kind = context.text("type");
    let role = kind.clone().filter(|kind| !FRAMEWORKS.contains(&kind.as_str()));
    let names = AGENT.map(|name| context.text(name));
    names.into_iter().chain([role, context.text("instance_id"), context.text("name"), kind])
}

#[cfg(test)]
mod tests;
