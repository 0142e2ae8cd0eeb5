//! Pattern 1 as programs tell it that only append events: BMAD plans, a Letta agent builds, BMAD checks.

use god33_proto::v1::event_payload::Kind;
use god33_proto::v1::{
    AgentContext, Artifact, CheckpointSaved, CheckpointType, EventEnvelope, EventPayload, HandoffAccepted, Priority,
    Source, TaskCompleted, WorkflowHandoffRequested, WorkflowPhase, WorkflowPhaseCompleted, WorkflowStarted,
    WorkflowValidationRequested,
};
use uuid::Uuid;

/// The events of the pattern in order, with the ids that connect them.
pub(crate) struct PatternOne {
    pub(crate) workflow_id: String,
    pub(crate) session_id: String,
    pub(crate) events: Vec<EventEnvelope>,
}

impl PatternOne {
    /// A fresh workflow.
    pub(crate) fn new() -> Self {
        let (workflow_id, session_id) = (Uuid::new_v4().to_string(), Uuid::new_v4().to_string());
        let mut pattern = Self { workflow_id, session_id, events: Vec::new() };
        pattern.plan();
        pattern.build();
        pattern
    }

    fn plan(&mut self) {
        let started = self.add("bmad.workflow.started", "bmad-analyst", &[], self.started());
        let analysis = self.phase(WorkflowPhase::Analysis, "bmad-analyst", &started);
        let planning = self.phase(WorkflowPhase::Planning, "bmad-pm", &analysis);
        let solutioning = self.completed_phase(WorkflowPhase::Solutioning, "bmad-architect");
        let solutioning =
            self.add("bmad.workflow.phase.completed", "bmad-architect", &[&analysis, &planning], solutioning);
        let handoff = self.handoff();
        self.add("bmad.workflow.handoff.requested", "bmad-architect", &[&solutioning], handoff);
    }

    fn build(&mut self) {
        let handoff = self.id_of("bmad.workflow.handoff.requested");
        let accepted = self.accepted();
        let accepted = self.add("agent.handoff.accepted", "letta", &[&handoff], accepted);
        let mut last = accepted.clone();
        for number in 1..=3 {
            let checkpoint = self.checkpoint(number);
            last = self.add("agent.letta.checkpoint.saved", "letta", &[&last], checkpoint);
        }
        let done = self.task_completed();
        let done = self.add("agent.letta.task.completed", "letta", &[&accepted, &last], done);
        let validation = Kind::WorkflowValidationRequested(Box::new(WorkflowValidationRequested {
            from_agent: "bmad-code-reviewer".into(),
            target_agent: "letta-python-dev".into(),
            ..WorkflowValidationRequested::default()
        }));
        self.add("bmad.workflow.validation.requested", "bmad-code-reviewer", &[&done], validation);
    }

    /// The id of the last event of a type.
    pub(crate) fn id_of(&self, event_type: &str) -> String {
        self.events.iter().rfind(|event| event.event_type == event_type).unwrap().event_id.clone()
    }

    /// The id of the event that completed the analysis: the first phase to be completed.
    pub(crate) fn analysis(&self) -> String {
        self.events.iter().find(|event| event.event_type == "bmad.workflow.phase.completed").unwrap().event_id.clone()
    }

    fn add(&mut self, event_type: &str, agent: &str, parents: &[&String], kind: Kind) -> String {
        let event_id = Uuid::new_v4().to_string();
        let instance = (agent == "letta").then(|| "letta-python-dev-001".to_owned());
        self.events.push(EventEnvelope {
            event_id: event_id.clone(),
            event_type: event_type.into(),
            source: Some(Source {
                host: "big-chungus".into(),
                r#type: "agent".into(),
                app: Some("pattern-one".into()),
                ..Source::default()
            }),
            correlation_ids: parents.iter().map(|id| (*id).clone()).collect(),
            agent_context: Some(Box::new(AgentContext {
                r#type: agent.into(),
                instance_id: instance,
                ..AgentContext::default()
            })),
            payload: Some(EventPayload { kind: Some(kind), ..EventPayload::default() }),
            ..EventEnvelope::default()
        });
        event_id
    }

    fn phase(&mut self, phase: WorkflowPhase, agent: &str, parent: &String) -> String {
        let completed = self.completed_phase(phase, agent);
        self.add("bmad.workflow.phase.completed", agent, &[parent], completed)
    }

    fn started(&self) -> Kind {
        Kind::WorkflowStarted(Box::new(WorkflowStarted {
            workflow_id: self.workflow_id.clone(),
            project_name: "user-authentication".into(),
            ..WorkflowStarted::default()
        }))
    }

    fn completed_phase(&self, phase: WorkflowPhase, agent: &str) -> Kind {
        Kind::WorkflowPhaseCompleted(Box::new(WorkflowPhaseCompleted {
            workflow_id: self.workflow_id.clone(),
            phase: phase.into(),
            from_agent: agent.into(),
            ..WorkflowPhaseCompleted::default()
        }))
    }

    fn handoff(&self) -> Kind {
        Kind::WorkflowHandoffRequested(Box::new(WorkflowHandoffRequested {
            workflow_id: self.workflow_id.clone(),
            from_agent: "bmad-architect".into(),
            to_agent: "letta-python-dev".into(),
            task_type: "implement_feature".into(),
            task_description: "Implement user authentication feature".into(),
            priority: Priority::High.into(),
            ..WorkflowHandoffRequested::default()
        }))
    }

    fn accepted(&self) -> Kind {
        Kind::HandoffAccepted(Box::new(HandoffAccepted {
            workflow_id: self.workflow_id.clone(),
            session_id: self.session_id.clone(),
            agent_instance_id: "letta-python-dev-001".into(),
            checkpoint_id: "initial-checkpoint".into(),
            ..HandoffAccepted::default()
        }))
    }

    /// Names its session and not its workflow: the server knows.
    fn checkpoint(&self, number: u32) -> Kind {
        Kind::CheckpointSaved(Box::new(CheckpointSaved {
            session_id: self.session_id.clone(),
            checkpoint_id: format!("letta-checkpoint-{number}"),
            agent_instance_id: "letta-python-dev-001".into(),
            checkpoint_type: CheckpointType::Progress.into(),
            summary: format!("Step {number} of 3"),
            ..CheckpointSaved::default()
        }))
    }

    fn task_completed(&self) -> Kind {
        Kind::TaskCompleted(Box::new(TaskCompleted {
            session_id: self.session_id.clone(),
            workflow_id: self.workflow_id.clone(),
            agent_instance_id: "letta-python-dev-001".into(),
            final_checkpoint_id: "letta-checkpoint-3".into(),
            artifacts: vec![Artifact {
                r#type: "code".into(),
                path: "src/auth/module.py".into(),
                status: "modified".into(),
                ..Artifact::default()
            }],
            next_action: "qa_review".into(),
            summary: "User authentication feature implemented with tests".into(),
            ..TaskCompleted::default()
        }))
    }
}
