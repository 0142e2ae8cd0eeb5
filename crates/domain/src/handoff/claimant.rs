//! Who claims work, and what it may take.

use super::{Handoff, TargetKind};
use crate::Refusal;
use crate::agent::AgentType;
use crate::session::Session;

/// Who claims work. What is empty is as its session and the type of its agent say.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Claimant {
    /// The session that will do it.
    pub session_id: String,
    /// Type of the agent.
    pub agent_type: Option<String>,
    /// The running instance.
    pub agent_instance_id: Option<String>,
    /// Capabilities, beside those of the agent's type.
    pub capabilities: Vec<String>,
    /// Kinds of task that it takes; any when there are none.
    pub task_types: Vec<String>,
    /// It takes work of this workflow only.
    pub workflow_id: Option<String>,
    /// Versions of checkpoints that it reads; those of the agent's type when there are none.
    pub checkpoint_schema_versions: Vec<String>,
}

impl Claimant {
    /// The type of its agent: its key in the registry.
    pub fn type_with<'a>(&'a self, session: &'a Session) -> &'a str {
        self.agent_type.as_deref().unwrap_or(&session.agent_type)
    }

    /// Whether work is for it, and of a form that it can read. Whether the work is on offer is another question.
    ///
    /// # Errors
    /// [`Refusal::NotTheTarget`], [`Refusal::CheckpointSchemaUnsupported`], [`Refusal::PayloadVersionUnsupported`].
    pub fn may_take(
        &self,
        handoff: &Handoff,
        session: &Session,
        agent_type: Option<&AgentType>,
    ) -> Result<(), Refusal> {
        self.is_target(handoff, session, agent_type)?;
        self.wants(handoff)?;
        self.reads_checkpoint(handoff, agent_type)?;
        reads_payload(handoff, agent_type)
    }

    fn is_target(&self, handoff: &Handoff, session: &Session, agent_type: Option<&AgentType>) -> Result<(), Refusal> {
        let fits = self.names(session, agent_type).any(|name| name == (handoff.to_kind, handoff.to_agent.as_str()));
        if !fits {
            return Err(not_the_target(handoff));
        }
        let declined = |name: &str| handoff.declined_by.iter().any(|who| who == name);
        if declined(&self.session_id) || self.instances(session).any(declined) {
            let target = "agents that have not declined it".to_owned();
            return Err(Refusal::NotTheTarget { handoff_id: handoff.handoff_id.clone(), target });
        }
        Ok(())
    }

    /// By which names work may be meant for it, and what each of them is. A request that does not say what its target is may mean a type or an
    /// instance.
    pub(super) fn names<'a>(
        &'a self,
        session: &'a Session,
        agent_type: Option<&'a AgentType>,
    ) -> impl Iterator<Item = (Option<TargetKind>, &'a str)> {
        let as_type = Some(self.type_with(session)).filter(|name| !name.is_empty()).into_iter();
        let as_type = as_type.flat_map(|name| [(Some(TargetKind::Type), name), (None, name)]);
        let instances = self.instances(session).flat_map(|name| [(Some(TargetKind::Instance), name), (None, name)]);
        let of_type = agent_type.map(|kind| kind.capabilities.as_slice()).unwrap_or_default();
        let able_to = self.capabilities.iter().chain(of_type).map(|what| (Some(TargetKind::Capability), what.as_str()));
        as_type.chain(instances).chain(able_to)
    }

    /// The names of the running agent.
    fn instances<'a>(&'a self, session: &'a Session) -> impl Iterator<Item = &'a str> {
        let instance = self.agent_instance_id.as_deref().or(session.agent_instance_id.as_deref());
        [instance, session.agent_id.as_deref()].into_iter().flatten()
    }

    fn wants(&self, handoff: &Handoff) -> Result<(), Refusal> {
        let kind = handoff.task_type.as_deref();
        let fits_kind =
            self.task_types.is_empty() || self.task_types.iter().any(|wanted| Some(wanted.as_str()) == kind);
        let fits_workflow = self.workflow_id.is_none() || self.workflow_id == handoff.workflow_id;
        if fits_kind && fits_workflow { Ok(()) } else { Err(not_the_target(handoff)) }
    }

    fn reads_checkpoint(&self, handoff: &Handoff, agent_type: Option<&AgentType>) -> Result<(), Refusal> {
        let Some(version) = &handoff.checkpoint_schema else { return Ok(()) };
        let of_type = agent_type.map(|kind| kind.checkpoint_schema_versions.as_slice()).unwrap_or_default();
        let own = self.checkpoint_schema_versions.as_slice();
        let supported = if own.is_empty() { of_type } else { own };
        if supported.is_empty() || supported.contains(version) {
            return Ok(());
        }
        let supported = supported.to_vec();
        Err(Refusal::CheckpointSchemaUnsupported { schema_version: version.clone(), supported })
    }
}

fn reads_payload(handoff: &Handoff, agent_type: Option<&AgentType>) -> Result<(), Refusal> {
    let supported = agent_type.map(|kind| kind.payload_versions.as_slice()).unwrap_or_default();
    match &handoff.payload_version {
        Some(version) if !supported.is_empty() && !supported.contains(version) => {
            Err(Refusal::PayloadVersionUnsupported { version: version.clone(), supported: supported.to_vec() })
        }
        _ => Ok(()),
    }
}

pub(super) fn not_the_target(handoff: &Handoff) -> Refusal {
    let to = &handoff.to_agent;
    let target = match handoff.to_kind {
        Some(TargetKind::Type) => format!("agents of type {to}"),
        Some(TargetKind::Instance) => format!("agent {to}"),
        Some(TargetKind::Capability) => format!("agents that can do {to}"),
        None if to.is_empty() => "nobody, since its request was not seen yet".to_owned(),
        None => to.clone(),
    };
    Refusal::NotTheTarget { handoff_id: handoff.handoff_id.clone(), target }
}

impl Handoff {
    /// True when this session may turn it down: it is offered to it, and it has not declined before. What an agent is able to do, it may say
    /// when it claims; so whoever it is may say that it does not want work that is offered to a capability.
    pub(super) fn may_be_declined_by(&self, session: &Session, agent_type: Option<&AgentType>) -> Result<(), Refusal> {
        let mut claimant = Claimant { session_id: session.session_id.clone(), ..Claimant::default() };
        if self.to_kind == Some(TargetKind::Capability) {
            claimant.capabilities.push(self.to_agent.clone());
        }
        claimant.is_target(self, session, agent_type)
    }
}
