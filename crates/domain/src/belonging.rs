//! Which workflow, session and agent an event belongs to.
//!
//! One rule, for each of the three on its own: what the event says; else, for workflow and agent, what the session that the
//! event names says; else the first of its parents, in their order, that is recorded and has one. When a missing parent
//! arrives, the events that wait for it are filled in by the same rule. A field that is set never changes.

use serde::Deserialize;

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
    ///   `agent_id`, `agent_name`, `agent`), else the agent context: its `instance_id` when `type` names a framework, its `type`
    ///   when that names a role (`bmad-architect`).
    pub fn said_by(envelope: &Envelope) -> Self {
        let payload: Words = read(Some(&envelope.payload));
        let context: Words = read(envelope.agent_context.as_ref());
        let beside: Words = read(envelope.extensions.as_ref());
        Self {
            workflow_id: first([payload.workflow_id(), beside.workflow_id()], WorkflowId::parse),
            session_id: first([payload.session(), beside.session(), context.session()], SessionId::parse),
            agent: first([payload.agent(), context.context_agent(), beside.agent()], AgentId::parse),
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

fn first<T, E, const N: usize>(texts: [Option<&str>; N], parse: impl Fn(&str) -> Result<T, E>) -> Option<T> {
    texts.into_iter().flatten().find_map(|text| parse(text).ok())
}

fn read(json: Option<&JsonText>) -> Words {
    json.and_then(|json| json.read().ok()).unwrap_or_default()
}

/// The members that name a workflow, a session or an agent, wherever they stand. A member of another type than text counts as absent.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Words {
    #[serde(deserialize_with = "text")]
    workflow_id: Option<String>,
    #[serde(deserialize_with = "text")]
    session_id: Option<String>,
    #[serde(deserialize_with = "text")]
    new_session_id: Option<String>,
    #[serde(deserialize_with = "text")]
    session_key: Option<String>,
    #[serde(deserialize_with = "text")]
    agent_instance_id: Option<String>,
    #[serde(deserialize_with = "text")]
    from_agent: Option<String>,
    #[serde(deserialize_with = "text")]
    initiator_agent: Option<String>,
    #[serde(deserialize_with = "text")]
    answered_by: Option<String>,
    #[serde(deserialize_with = "text")]
    agent_id: Option<String>,
    #[serde(deserialize_with = "text")]
    agent_name: Option<String>,
    #[serde(deserialize_with = "text")]
    agent: Option<String>,
    #[serde(deserialize_with = "text")]
    instance_id: Option<String>,
    #[serde(deserialize_with = "text")]
    name: Option<String>,
    #[serde(deserialize_with = "text", rename = "type")]
    kind: Option<String>,
}

/// The agent types of upstream's enum: they name what an agent runs on, not who it is.
const FRAMEWORKS: [&str; 9] =
    ["claude-code", "claude-chat", "gemini-cli", "gemini-code", "letta", "agno", "smolagent", "atomic-agent", "custom"];

impl Words {
    fn workflow_id(&self) -> Option<&str> {
        self.workflow_id.as_deref()
    }

    fn session(&self) -> Option<&str> {
        [&self.session_id, &self.new_session_id, &self.session_key].into_iter().find_map(|id| id.as_deref())
    }

    fn agent(&self) -> Option<&str> {
        let by_payload = [
            &self.agent_instance_id,
            &self.from_agent,
            &self.initiator_agent,
            &self.answered_by,
            &self.agent_id,
            &self.agent_name,
            &self.agent,
        ];
        by_payload.into_iter().find_map(|id| id.as_deref())
    }

    fn context_agent(&self) -> Option<&str> {
        let role = self.kind.as_deref().filter(|kind| !FRAMEWORKS.contains(kind));
        role.or(self.instance_id.as_deref()).or(self.agent()).or(self.name.as_deref()).or(self.kind.as_deref())
    }
}

fn text<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    struct TextOrElse;
    impl<'de> serde::de::Visitor<'de> for TextOrElse {
        type Value = Option<String>;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("any value")
        }
        fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
            Ok((!text.is_empty()).then(|| text.to_owned()))
        }
        fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
            Ok(None)
        }
        fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
            Ok(None)
        }
        fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
            Ok(None)
        }
        fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
            Ok(None)
        }
        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            Ok(None)
        }
        fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
            while seq.next_element::<serde::de::IgnoredAny>()?.is_some() {}
            Ok(None)
        }
        fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            while map.next_entry::<serde::de::IgnoredAny, serde::de::IgnoredAny>()?.is_some() {}
            Ok(None)
        }
    }
    deserializer.deserialize_any(TextOrElse)
}
