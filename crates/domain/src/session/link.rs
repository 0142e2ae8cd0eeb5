//! What a session is known to belong to.

use serde::{Deserialize, Serialize};

use crate::{AgentId, Belonging, SessionId, WorkflowId};

/// The workflow and agent of a session, as the first events that named it told. They never change once set.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SessionLink {
    /// The session.
    pub session_id: SessionId,
    /// Its workflow, once known.
    pub workflow_id: Option<WorkflowId>,
    /// Its agent, once known.
    pub agent: Option<AgentId>,
}

impl SessionLink {
    /// A session of which nothing is known yet.
    pub const fn new(session_id: SessionId) -> Self {
        Self { session_id, workflow_id: None, agent: None }
    }

    /// Learns from an event that names the session. True when there was something to learn.
    pub fn learn(&mut self, belonging: &Belonging) -> bool {
        let mut known = Belonging {
            workflow_id: self.workflow_id.take(),
            session_id: Some(self.session_id.clone()),
            agent: self.agent.take(),
            ..Belonging::default()
        };
        let of_session = Belonging { about: crate::belonging::About::default(), ..belonging.clone() };
        let learned = known.fill_from_parent(&of_session);
        self.workflow_id = known.workflow_id;
        self.agent = known.agent;
        learned
    }
}
