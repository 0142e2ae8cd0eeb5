//! What sessions and work do to agents, in whatever order events come.

use serde_json::json;

use crate::agent::tests::{AGENT, SESSION, TYPE, agent, assign, in_session, set, with_agent, with_type};
use crate::agent::{Agent, AgentState, AgentType};
use crate::handoff::Handoff;
use crate::testing::{EventStory, MemoryLog, Named, event};

fn requested(log: &mut MemoryLog, to: &str) -> String {
    log.tell(event("agent.handoff.requested").saying("to_agent", to)).event_id().to_string()
}

fn about(event_type: &str, handoff: &str) -> EventStory {
    event(event_type).saying("handoff_id", handoff)
}

fn accepted(log: &mut MemoryLog, handoff: &str) {
    log.tell(about("agent.handoff.accepted", handoff).in_session(SESSION));
    assert_eq!(log.state::<Handoff>(handoff).holder(), Some(SESSION));
}

#[test]
fn an_agent_is_busy_from_its_first_work_to_its_last() {
    let mut log = with_agent();
    let (first, second) = (requested(&mut log, TYPE), requested(&mut log, TYPE));
    accepted(&mut log, &first);
    assert_eq!(agent(&log).state, AgentState::Busy);
    accepted(&mut log, &second);
    log.tell(about("agent.handoff.completed", &first).in_session(SESSION));
    assert_eq!(agent(&log).state, AgentState::Busy);
    log.tell(in_session("agent.letta.task.completed"));
    assert_eq!(agent(&log).state, AgentState::Idle);
    log.rebuilds();
}

#[test]
fn an_agent_whose_work_is_taken_away_is_idle_again() {
    let ends = ["agent.handoff.cancelled", "agent.handoff.expired", "agent.handoff.offered"];
    for end in ends {
        let mut log = with_agent();
        let work = requested(&mut log, TYPE);
        accepted(&mut log, &work);
        log.tell(about(end, &work).saying("reason", "lease_expired"));
        assert_eq!(agent(&log).state, AgentState::Idle, "{end}");
        log.rebuilds();
    }
}

#[test]
fn an_agent_fails_with_its_session_and_is_back_with_the_one_that_recovers_it() {
    let mut log = with_agent();
    let work = requested(&mut log, TYPE);
    accepted(&mut log, &work);
    log.tell(in_session("agent.letta.session.failed").saying("failure_reason", "connection_timeout"));
    assert_eq!(agent(&log).state, AgentState::Failed);
    assert_eq!(agent(&log).reason.as_deref(), Some("connection_timeout"));
    let recovery = event("agent.letta.session.recovery.started").saying("failed_session_id", SESSION);
    log.tell(recovery.saying("new_session_id", "s-2").saying("agent_instance_id", "letta-python-dev-001"));
    assert_eq!(log.state::<Handoff>(&work).holder(), Some("s-2"));
    let back = agent(&log);
    assert_eq!((back.state, back.session_id.as_deref(), back.reason), (AgentState::Busy, Some("s-2"), None));
    // The old session says nothing about it any more.
    log.tell(in_session("agent.letta.checkpoint.saved").saying("checkpoint_id", "late"));
    assert_eq!(agent(&log).checkpoint_id.as_deref(), Some("initial-checkpoint"));
    log.rebuilds();
}

#[test]
fn a_session_that_ends_leaves_an_idle_agent() {
    let mut log = with_agent();
    let work = requested(&mut log, TYPE);
    accepted(&mut log, &work);
    log.tell(in_session("agent.letta.session.completed"));
    assert_eq!(agent(&log).state, AgentState::Idle);
    log.rebuilds();
}

#[test]
fn the_newest_checkpoint_of_its_session_is_the_agents() {
    let mut log = with_agent();
    log.tell(in_session("agent.letta.checkpoint.saved").saying("checkpoint_id", "c-2"));
    assert_eq!(agent(&log).checkpoint_id.as_deref(), Some("c-2"));
    assert_eq!(agent(&log).position, log.head.position);
}

#[test]
fn an_agent_that_drains_or_has_stopped_does_so_whatever_its_session_does() {
    for state in [AgentState::Draining, AgentState::Stopped] {
        let mut log = with_agent();
        let work = requested(&mut log, TYPE);
        log.good(set(state));
        accepted(&mut log, &work);
        log.tell(in_session("agent.letta.task.completed"));
        let started = event("agent.letta.session.started").in_session("s-2").saying("registered_agent_id", AGENT);
        log.tell(started.saying("agent_type", TYPE));
        assert_eq!(agent(&log).state, state);
        log.rebuilds();
    }
}

#[test]
fn a_task_is_open_until_its_handoff_ends() {
    let mut log = with_agent();
    log.good(assign("t-1"));
    log.good(assign("t-2"));
    log.tell(in_session("agent.letta.task.completed").saying("handoff_id", "t-1"));
    assert_eq!((agent(&log).open_task_ids, agent(&log).state), (vec!["t-2".to_owned()], AgentState::Busy));
    log.tell(in_session("agent.letta.task.failed").saying("handoff_id", "t-2"));
    assert_eq!((agent(&log).open_task_ids, agent(&log).state), (Vec::<String>::new(), AgentState::Idle));
    log.rebuilds();
}

#[test]
fn what_is_seen_again_since_it_belongs_to_more_counts_once() {
    let mut log = with_type();
    let late = event("agent.collaboration.started").saying("collaboration_id", "c-1");
    let created = event("agent.registry.agent.created").saying("agent_id", AGENT).saying("agent_type", TYPE);
    log.tell(created.caused_by(&late));
    let changed =
        |state: &str| event("agent.registry.agent.state.changed").saying("agent_id", AGENT).saying("state", state);
    log.tell(changed("draining").caused_by(&late));
    log.tell(changed("idle"));
    let described =
        |warm: u32| event("agent.registry.type.registered").saying("agent_type", TYPE).saying("desired_warm", warm);
    log.tell(described(1).caused_by(&late));
    log.tell(described(2));
    log.tell(late);
    let of_type: AgentType = log.state(TYPE);
    assert_eq!((of_type.created, of_type.instances, of_type.desired_warm), (1, 1, 2));
    assert_eq!((agent(&log).state, agent(&log).version), (AgentState::Idle, 3));
    log.rebuilds();
}

#[test]
fn an_agent_that_stops_twice_leaves_its_pool_once() {
    let mut log = with_agent();
    for state in ["stopped", "stopped", "idle"] {
        log.tell(event("agent.registry.agent.state.changed").saying("agent_id", AGENT).saying("state", state));
    }
    assert_eq!(agent(&log).state, AgentState::Stopped);
    assert_eq!(log.state::<AgentType>(TYPE).instances, 0);
}

#[test]
fn what_says_too_little_changes_nothing() {
    let mut log = with_agent();
    let states = log.states.clone();
    for event in [
        event("agent.registry.type.registered"),
        event("agent.registry.agent.created").saying("agent_id", "x"),
        event("agent.registry.agent.state.changed").saying("agent_id", AGENT).saying("state", "asleep"),
        event("agent.registry.agent.state.changed").saying("agent_id", "ghost").saying("state", "idle"),
    ] {
        log.tell(event);
        assert_eq!(log.states, states);
    }
}

#[test]
fn a_type_of_which_only_agents_were_seen_counts_them_and_is_not_registered() {
    let mut log = MemoryLog::default();
    let created = event("agent.registry.agent.created").saying("agent_id", "x").saying("agent_type", "raw-dev");
    log.tell(created.saying("initial_context", json!("no object")));
    let of_type: AgentType = log.state("raw-dev");
    assert_eq!((of_type.registered, of_type.instances, of_type.created), (false, 1, 1));
    assert_eq!(log.state::<Agent>("x").initial_context, None);
}
