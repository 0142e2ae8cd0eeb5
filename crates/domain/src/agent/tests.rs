//! What each verb of agents records, and why it refuses.

mod states;

use serde_json::{Value, json};

use super::*;
use crate::checkpoint::{Checkpoint, key};
use crate::command::Author;
use crate::handoff::{Handoff, HandoffState};
use crate::session::{Session, SessionStatus};
use crate::state::StateKind;
use crate::testing::{EventStory, MemoryLog, event};
use crate::{EventId, Refusal, SessionId};

pub(super) const AGENT: &str = "00000000-0000-4000-8000-0000000000a1";
pub(super) const SESSION: &str = "00000000-0000-4000-8000-0000000000b1";
pub(super) const TYPE: &str = "letta-python-dev";

pub(super) fn runtime() -> Author {
    Author { principal: "letta-runtime".into(), ..Author::server() }
}

pub(super) fn register(described: Value) -> RegisterAgentType {
    RegisterAgentType { author: runtime(), agent_type: JsonText::of(&described).unwrap() }
}

pub(super) fn create() -> CreateAgent {
    CreateAgent {
        author: runtime(),
        agent_id: AGENT.into(),
        agent_type: TYPE.into(),
        instance_id: None,
        session_id: Some(SessionId::parse(SESSION).unwrap()),
        name: Some("Ada".into()),
        system_prompt: Some("You write Python.".into()),
        mcp_servers: vec!["github".into()],
        initial_context: None,
    }
}

pub(super) fn set(state: AgentState) -> SetAgentState {
    SetAgentState { author: runtime(), agent_id: AGENT.into(), state, reason: Some("said so".into()) }
}

pub(super) fn assign(task_id: &str) -> AssignTask {
    AssignTask {
        author: runtime(),
        agent_id: AGENT.into(),
        task_id: task_id.into(),
        task_type: Some("refactoring".into()),
        description: "make it simple".into(),
        task_context: Some(JsonText::parse(r#"{"file_references":["a.py"]}"#).unwrap()),
        correlation_id: None,
        workflow_id: None,
    }
}

/// A log that knows the type.
pub(super) fn with_type() -> MemoryLog {
    let mut log = MemoryLog::default();
    log.good(register(json!({"agent_type": TYPE, "framework": "letta", "capabilities": ["python"]})));
    log
}

/// A log with the agent in it.
pub(super) fn with_agent() -> MemoryLog {
    let mut log = with_type();
    log.good(create());
    log
}

pub(super) fn agent(log: &MemoryLog) -> Agent {
    log.state(AGENT)
}

pub(super) fn in_session(event_type: &str) -> EventStory {
    event(event_type).in_session(SESSION)
}

#[test]
fn a_type_is_described_and_described_anew() {
    let mut log = with_type();
    let described: AgentType = log.state(TYPE);
    assert!(described.registered);
    assert_eq!((described.desired_warm, described.max_instances), (DESIRED_WARM, 0));
    assert_eq!(described.labels(), ["capability:python", "registered:true"]);
    let anew =
        json!({"agent_type": TYPE, "framework": "agno", "desired_warm": 2, "max_instances": 3, "metadata": {"n": 1}});
    assert_eq!(log.good(register(anew)), ["agent.registry.type.registered"]);
    let described: AgentType = log.state(TYPE);
    assert_eq!(described.framework.as_deref(), Some("agno"));
    assert_eq!((described.desired_warm, described.max_instances, described.version), (2, 3, 2));
    assert_eq!((described.capabilities, described.position.get()), (Vec::<String>::new(), 2));
}

#[test]
fn a_type_has_a_name_and_a_framework_that_event_types_can_hold() {
    for (described, field) in [
        (json!({}), "agent_type.agent_type"),
        (json!({"agent_type": "a\nb"}), "agent_type.agent_type"),
        (json!({"agent_type": TYPE, "framework": "Letta 2"}), "agent_type.framework"),
        (json!({"agent_type": TYPE, "framework": "registry"}), "agent_type.framework"),
        (json!({"agent_type": TYPE, "framework": "a.b"}), "agent_type.framework"),
    ] {
        let refusal = MemoryLog::default().refused(register(described));
        assert!(matches!(refusal, Refusal::InvalidField { field: of, .. } if of == field), "{refusal}");
    }
}

#[test]
fn an_agent_is_created_with_its_session_and_an_initial_checkpoint() {
    let mut log = with_type();
    let types = log.good(create());
    assert_eq!(types, ["agent.registry.agent.created", "agent.letta.session.started", "agent.letta.checkpoint.saved"]);
    let [created, started, saved]: [EventId; 3] = [1, 2, 3].map(|place| log.events[place].id());
    assert_eq!(log.causes(created), []);
    assert_eq!((log.causes(started), log.causes(saved)), (vec![created], vec![started]));
    let agent = agent(&log);
    assert_eq!((agent.state, agent.name.as_deref()), (AgentState::Idle, Some("Ada")));
    assert_eq!(agent.instance_id.as_deref(), Some("letta-python-dev-001"));
    assert_eq!(agent.session_id.as_deref(), Some(SESSION));
    assert_eq!(agent.checkpoint_id.as_deref(), Some(INITIAL_CHECKPOINT));
    assert_eq!(agent.mcp_servers, ["github"]);
    let session: Session = log.state(SESSION);
    assert_eq!(session.status, Some(SessionStatus::Active));
    assert_eq!(session.agent_id.as_deref(), Some(AGENT));
    assert_eq!(session.agent_instance_id.as_deref(), Some("letta-python-dev-001"));
    let checkpoint: Checkpoint = log.state(&key(SESSION, INITIAL_CHECKPOINT));
    assert_eq!(checkpoint.checkpoint_type, "initial");
    for event in &log.events[1..] {
        assert_eq!(event.agent().unwrap().as_str(), "letta-python-dev-001", "{event:?}");
    }
    let of_type: AgentType = log.state(TYPE);
    assert_eq!((of_type.instances, of_type.created), (1, 1));
    log.rebuilds();
}

#[test]
fn the_answer_shows_the_agent_its_session_and_its_checkpoint() {
    let answer = with_type().command(create()).unwrap();
    let kinds: Vec<StateKind> = answer.states.iter().map(|state| state.key().kind).collect();
    assert_eq!(kinds, [StateKind::Agent, StateKind::Session, StateKind::Checkpoint]);
}

#[test]
fn an_agent_whose_runtime_starts_its_session_starts_until_then() {
    let mut log = with_type();
    assert_eq!(log.good(CreateAgent { session_id: None, ..create() }), ["agent.registry.agent.created"]);
    assert_eq!((agent(&log).state, agent(&log).session_id), (AgentState::Starting, None));
    let started = in_session("agent.letta.session.started").saying("registered_agent_id", AGENT);
    log.tell(started.saying("agent_type", TYPE));
    assert_eq!((agent(&log).state, agent(&log).session_id.as_deref()), (AgentState::Idle, Some(SESSION)));
    log.rebuilds();
}

#[test]
fn instances_are_numbered_past_those_that_were_named_so() {
    let mut log = with_type();
    let other = |number: u32, instance: Option<&str>| CreateAgent {
        agent_id: format!("00000000-0000-4000-8000-00000000010{number}"),
        instance_id: instance.map(str::to_owned),
        session_id: None,
        ..create()
    };
    let name = |log: &MemoryLog, number: u32| {
        log.state::<Agent>(&format!("00000000-0000-4000-8000-00000000010{number}")).instance_id.unwrap()
    };
    log.good(other(1, Some("letta-python-dev-007")));
    log.good(other(2, None));
    log.good(other(3, Some("ada")));
    log.good(other(4, None));
    assert_eq!([2, 4].map(|number| name(&log, number)), ["letta-python-dev-008", "letta-python-dev-010"]);
}

#[test]
fn an_agent_is_refused_that_exists_or_that_its_type_has_no_room_for() {
    let mut log = with_agent();
    let refusal = log.refused(CreateAgent { session_id: None, ..create() });
    assert!(matches!(refusal, Refusal::Exists { kind: StateKind::Agent, .. }), "{refusal}");
    let other = || CreateAgent { agent_id: "00000000-0000-4000-8000-0000000000a2".into(), ..create() };
    let refusal = log.refused(other());
    assert!(matches!(refusal, Refusal::Exists { kind: StateKind::Session, .. }), "{refusal}");
    let named = |instance: &str| CreateAgent { instance_id: Some(instance.into()), session_id: None, ..other() };
    let refusal = log.refused(named("letta-python-dev-001"));
    assert!(matches!(&refusal, Refusal::Exists { id, .. } if id == "letta-python-dev-001"), "{refusal}");
    let refusal = log.refused(CreateAgent { agent_type: "letta-ghost".into(), session_id: None, ..other() });
    assert!(matches!(refusal, Refusal::NotFound { kind: StateKind::AgentType, .. }), "{refusal}");
    log.good(register(json!({"agent_type": TYPE, "max_instances": 1})));
    let refusal = log.refused(CreateAgent { session_id: None, ..other() });
    assert_eq!(refusal, Refusal::PoolExhausted { agent_type: TYPE.into(), limit: 1 });
    // One that has stopped makes room, and its name is free again.
    log.good(set(AgentState::Stopped));
    log.good(named("letta-python-dev-001"));
    // A type of which only agents were seen is not registered.
    log.tell(event("agent.registry.agent.created").saying("agent_id", "x").saying("agent_type", "raw-dev"));
    let refusal =
        log.refused(CreateAgent { agent_id: "y".into(), agent_type: "raw-dev".into(), session_id: None, ..create() });
    assert!(matches!(refusal, Refusal::NotFound { kind: StateKind::AgentType, .. }), "{refusal}");
}

#[test]
fn an_agent_is_tied_to_the_workflow_that_it_starts_with() {
    let mut log = with_type();
    let context = |id: &str| JsonText::of(&json!({"workflow_id": id, "goal": "ship it"})).ok();
    let refusal = log.refused(CreateAgent { initial_context: context("w-1"), ..create() });
    assert!(matches!(refusal, Refusal::NotFound { kind: StateKind::Workflow, .. }), "{refusal}");
    log.tell(event("bmad.workflow.started").of_workflow("w-1"));
    log.good(CreateAgent { initial_context: context("w-1"), ..create() });
    assert_eq!(log.state::<Session>(SESSION).workflow_id.as_deref(), Some("w-1"));
    assert!(agent(&log).initial_context.unwrap().as_str().contains("ship it"));
}

#[test]
fn a_runtime_says_what_its_agent_does() {
    let mut log = with_agent();
    assert_eq!(log.good(set(AgentState::Draining)), ["agent.registry.agent.state.changed"]);
    assert_eq!((agent(&log).state, agent(&log).reason.as_deref()), (AgentState::Draining, Some("said so")));
    log.good(set(AgentState::Stopped));
    assert_eq!(agent(&log).labels(), ["state:stopped", "type:letta-python-dev", "instance:letta-python-dev-001"]);
    let of_type: AgentType = log.state(TYPE);
    assert_eq!((of_type.instances, of_type.created), (0, 1));
    log.rebuilds();
}

#[test]
fn a_task_is_held_by_the_agents_session_at_once() {
    let mut log = with_agent();
    let cause = log.tell(event("bmad.workflow.started").of_workflow("w-1"));
    let task = AssignTask { correlation_id: Some(cause.envelope.event_id), ..assign("t-1") };
    let answer = log.command(task).unwrap();
    assert_eq!(log.types(&answer), ["agent.registry.task.assigned"]);
    assert_eq!(log.causes(log.newest()), [cause.envelope.event_id]);
    let handoff: Handoff = log.state("t-1");
    assert_eq!((handoff.state, handoff.holder()), (HandoffState::Accepted, Some(SESSION)));
    assert_eq!(handoff.task_description.as_deref(), Some("make it simple"));
    assert_eq!(handoff.workflow_id.as_deref(), Some("w-1"));
    assert!(handoff.context.unwrap().as_str().contains("a.py"));
    assert_eq!((agent(&log).state, agent(&log).open_task_ids), (AgentState::Busy, vec!["t-1".to_owned()]));
    let shown: Vec<StateKind> = answer.states.iter().map(|state| state.key().kind).collect();
    assert_eq!(shown, [StateKind::Handoff, StateKind::Agent]);
    log.rebuilds();
}

#[test]
fn a_task_for_an_agent_without_a_session_waits_for_it() {
    let mut log = with_type();
    log.good(CreateAgent { session_id: None, ..create() });
    log.good(assign("t-1"));
    let handoff: Handoff = log.state("t-1");
    assert_eq!((handoff.state, handoff.to_agent.as_str()), (HandoffState::Offered, "letta-python-dev-001"));
    assert_eq!((agent(&log).state, agent(&log).open_task_ids), (AgentState::Starting, vec!["t-1".to_owned()]));
    log.tell(event("agent.handoff.cancelled").saying("handoff_id", "t-1"));
    assert_eq!(agent(&log).open_task_ids, Vec::<String>::new());
    log.rebuilds();
}

#[test]
fn a_task_belongs_to_the_workflow_of_its_cause_before_that_of_the_session() {
    let mut log = with_type();
    log.tell(event("bmad.workflow.started").of_workflow("of-session"));
    let context = JsonText::parse(r#"{"workflow_id":"of-session"}"#).ok();
    log.good(CreateAgent { initial_context: context, ..create() });
    let cause = log.tell(event("bmad.workflow.started").of_workflow("of-cause")).envelope.event_id;
    let nowhere = log.tell(event("fireflies.transcript.ready")).envelope.event_id;
    for (task_id, correlation_id, workflow_id, expected) in [
        ("t-1", None, None, "of-session"),
        ("t-2", Some(cause), None, "of-cause"),
        ("t-3", Some(cause), Some("said".to_owned()), "said"),
        ("t-4", Some(nowhere), None, "of-session"),
    ] {
        log.good(AssignTask { correlation_id, workflow_id, ..assign(task_id) });
        assert_eq!(log.state::<Handoff>(task_id).workflow_id.as_deref(), Some(expected), "{task_id}");
    }
}

#[test]
fn a_task_needs_a_cause_that_is_recorded_and_an_id_of_its_own() {
    let mut log = with_agent();
    let ghost = EventId::generate();
    let refusal = log.refused(AssignTask { correlation_id: Some(ghost), ..assign("t-1") });
    assert_eq!(refusal, Refusal::EventNotFound(ghost));
    log.good(assign("t-1"));
    let refusal = log.refused(assign("t-1"));
    assert!(matches!(refusal, Refusal::Exists { kind: StateKind::Handoff, .. }), "{refusal}");
}

#[test]
fn a_pool_counts_the_agents_of_its_type_by_what_they_do() {
    let mut log = with_agent();
    let one = agent(&log);
    let in_state = |state| Agent { state, ..one.clone() };
    let agents = [
        in_state(AgentState::Starting),
        in_state(AgentState::Idle),
        in_state(AgentState::Busy),
        in_state(AgentState::Busy),
        in_state(AgentState::Draining),
        in_state(AgentState::Failed),
        in_state(AgentState::Stopped),
        Agent { agent_type: "letta-rust-dev".into(), ..one.clone() },
    ];
    log.good(register(json!({"agent_type": TYPE, "desired_warm": 4, "max_instances": 9})));
    let counted = pool(&log.state(TYPE), &agents);
    let expected = Pool {
        agent_type: TYPE.into(),
        desired_warm: 4,
        max_instances: 9,
        starting: 1,
        idle: 1,
        busy: 2,
        draining: 1,
        failed: 1,
    };
    assert_eq!(counted, expected);
}

#[test]
fn work_waits_for_a_type_by_its_name_or_by_what_it_can_do_until_somebody_takes_it() {
    let mut log = with_agent();
    let of_type: AgentType = log.state(TYPE);
    for (to_agent, to_kind, expected) in [
        (TYPE, None, true),
        (TYPE, Some("type"), true),
        ("python", Some("capability"), true),
        ("python", None, false),
        ("rust", Some("capability"), false),
        (TYPE, Some("instance"), false),
    ] {
        let request = event("agent.handoff.requested").saying("to_agent", to_agent).saying("to_kind", to_kind);
        let id = log.tell(request).envelope.event_id.to_string();
        assert_eq!(waits_for(&log.state(&id), &of_type), expected, "{to_agent} {to_kind:?}");
        log.tell(in_session("agent.handoff.accepted").saying("handoff_id", id.as_str()));
        assert!(!waits_for(&log.state(&id), &of_type));
    }
}
