#![allow(clippy::unwrap_used)]
use serde_json::{Value, json};

use super::*;
use crate::testing::{EventStory, event, recorded};
use crate::{Position, Timestamp};

/// The state after these events, recorded a second apart.
fn after(stories: &[EventStory]) -> Workflow {
    let id = WorkflowId::parse("w-1").unwrap();
    let mut state = None;
    for (number, story) in (1..).zip(stories) {
        let mut event = recorded(story.clone());
        event.position = Position::new(number);
        event.recorded_at = Timestamp::new(1_800_000_000 + number as i64, 0).unwrap();
        state = Some(evolve(state, &id, &event));
    }
    state.unwrap()
}

fn by(agent: &str, event_type: &str, time: &str) -> EventStory {
    event(event_type).at(time).saying("from_agent", agent)
}

fn completed(phase: &str, time: &str) -> EventStory {
    by("bmad-analyst", "bmad.workflow.phase.completed", time).saying("phase", phase)
}

/// The events behind the seed's "Workflow State Projection".
fn seeds_history() -> Vec<EventStory> {
    vec![
        by("bmad-analyst", "bmad.workflow.started", "2026-01-10T09:00:00Z")
            .saying("project_name", "user-authentication"),
        by("bmad-analyst", "bmad.workflow.handoff.requested", "2026-01-10T10:00:00Z").saying("to_agent", "bmad-pm"),
        completed("analysis", "2026-01-10T10:00:00Z"),
        by("bmad-pm", "bmad.workflow.phase.completed", "2026-01-10T12:00:00Z").saying("phase", "planning"),
        by("bmad-architect", "bmad.workflow.phase.completed", "2026-01-10T15:00:00Z").saying("phase", "solutioning"),
        by("bmad-architect", "bmad.workflow.handoff.requested", "2026-01-11T09:00:00Z")
            .saying("to_agent", "letta-python-dev"),
        by("letta-python-dev", "agent.handoff.accepted", "2026-01-11T09:05:00Z")
            .saying("agent_instance_id", "letta-python-dev-001"),
        by("letta-python-dev", "agent.letta.checkpoint.saved", "2026-01-11T14:30:00Z")
            .saying("agent_instance_id", "letta-python-dev-001"),
    ]
}

#[test]
fn the_seeds_projection_comes_of_its_events() {
    let stories = seeds_history();
    let state = after(&stories);
    let time = |time: &str| Timestamp::parse(time).unwrap();
    assert_eq!(state.project_name.as_deref(), Some("user-authentication"));
    assert_eq!(state.current_phase.as_deref(), Some("implementation"));
    assert_eq!(state.current_agent.as_deref(), Some("letta-python-dev-001"));
    assert_eq!((state.started_at, state.completed_at), (time("2026-01-10T09:00:00Z"), None));
    // The seed leaves out when analysis began; that it began with the workflow is all that this adds.
    let phases: Vec<_> = state.phase_history.iter().map(|p| (p.phase.as_str(), p.started_at, p.completed_at)).collect();
    let expected = [
        ("analysis", Some(time("2026-01-10T09:00:00Z")), Some(time("2026-01-10T10:00:00Z"))),
        ("planning", None, Some(time("2026-01-10T12:00:00Z"))),
        ("solutioning", None, Some(time("2026-01-10T15:00:00Z"))),
        ("implementation", Some(time("2026-01-11T09:00:00Z")), None),
    ];
    assert_eq!(phases, expected);
    let handoffs: Vec<_> = state.agent_handoffs.iter().map(|h| (h.from.as_deref(), h.to.as_deref(), h.at)).collect();
    let expected = [
        (Some("bmad-analyst"), Some("bmad-pm"), time("2026-01-10T10:00:00Z")),
        (Some("bmad-architect"), Some("letta-python-dev"), time("2026-01-11T09:00:00Z")),
    ];
    assert_eq!(handoffs, expected);
    let counts = (state.agents.len(), state.agents_of(AgentKind::Bmad), state.agents_of(AgentKind::Letta));
    assert_eq!(counts, (4, 3, 1));
    assert_eq!((state.version, state.anomalies, state.status), (8, 0, WorkflowStatus::Running));
    let moved: Vec<_> = stories[..7].iter().map(|story| story.envelope.event_id).collect();
    assert_eq!(state.correlation_ids, moved, "a checkpoint belongs to it and does not move it");
    assert_eq!(state.updated_at, Timestamp::new(1_800_000_008, 0).unwrap());
}

#[test]
fn a_state_survives_its_stored_form() {
    let mut stories = seeds_history();
    let metadata =
        json!({"floats": [0.1, 1e-7, 123456789.12345679, 2.2250738585072014e-308], "big": u64::MAX, "nul": "\u{0}"});
    stories[0] = stories[0].clone().saying("metadata", metadata.clone()).saying("owner", "jarad");
    let state = after(&stories);
    assert_eq!(Value::Object(state.metadata.clone()), metadata);
    let stored = serde_json::to_string(&state).unwrap();
    let loaded: Workflow = serde_json::from_str(&stored).unwrap();
    assert_eq!(loaded, state);
    assert_eq!(serde_json::to_string(&loaded).unwrap(), stored, "byte for byte");
}

#[test]
fn completions_that_arrive_out_of_order_never_move_a_workflow_back() {
    let state = after(&[
        completed("solutioning", "2026-01-10T15:00:00Z"),
        completed("analysis", "2026-01-10T10:00:00Z"),
        by("bmad-analyst", "bmad.workflow.started", "2026-01-10T09:00:00Z"),
        completed("planning", "2026-01-10T12:00:00Z"),
    ]);
    assert_eq!(state.current_phase.as_deref(), Some("implementation"));
    assert_eq!(state.started_at, Timestamp::parse("2026-01-10T09:00:00Z").unwrap());
    assert_eq!(state.anomalies, 0, "late is not wrong");
    assert!(state.phase_history.iter().all(|phase| phase.completed_at.is_some()));
}

#[test]
fn a_workflow_without_a_start_begins_with_its_earliest_event() {
    let state = after(&[event("a.b").at("2026-01-10T09:00:00Z"), event("a.b").at("2026-01-10T08:00:00Z")]);
    assert_eq!((state.started, state.current_phase.as_deref()), (false, None));
    assert_eq!(state.started_at, Timestamp::parse("2026-01-10T08:00:00Z").unwrap());
}

#[test]
fn what_a_state_machine_would_refuse_is_counted_and_overwrites_nothing() {
    let start = |project: &str| {
        by("bmad-analyst", "bmad.workflow.started", "2026-01-10T09:00:00Z").saying("project_name", project)
    };
    let end = |event_type: &str, time: &str| event(event_type).at(time);
    let state = after(&[
        start("first"),
        start("second"),
        completed("analysis", "2026-01-10T10:00:00Z"),
        completed("analysis", "2026-01-10T11:00:00Z"),
        event("bmad.workflow.phase.completed"),
        end("bmad.workflow.completed", "2026-01-10T12:00:00Z"),
        end("bmad.workflow.failed", "2026-01-10T13:00:00Z"),
    ]);
    assert_eq!(state.anomalies, 4);
    assert_eq!(state.project_name.as_deref(), Some("first"));
    assert_eq!(state.phase_history[0].completed_at, Some(Timestamp::parse("2026-01-10T10:00:00Z").unwrap()));
    assert_eq!(state.status, WorkflowStatus::Completed, "the first end stands");
    assert_eq!(state.completed_at, Some(Timestamp::parse("2026-01-10T12:00:00Z").unwrap()));
    assert_eq!(state.version, 7, "every event counts all the same");
}

#[test]
fn what_comes_after_the_end_is_kept_and_counted() {
    let end = by("bmad-analyst", "bmad.workflow.cancelled", "2026-01-10T12:00:00Z");
    let handoff = by("bmad-pm", "agent.handoff.requested", "2026-01-10T13:00:00Z").saying("to_agent", "x");
    let state = after(&[end, handoff, event("agent.letta.checkpoint.saved")]);
    assert_eq!((state.status, state.agent_handoffs.len(), state.anomalies), (WorkflowStatus::Cancelled, 1, 1));
}

#[test]
fn the_last_phase_ends_with_the_workflow_and_unknown_phases_are_taken_as_they_come() {
    let state = after(&[
        completed("implementation", "2026-01-10T10:00:00Z").saying("next_phase", "retrospective"),
        event("bmad.workflow.completed").at("2026-01-10T12:00:00Z"),
    ]);
    assert_eq!(state.current_phase.as_deref(), Some("retrospective"));
    let last = state.phase_history.last().unwrap();
    assert_eq!((last.phase.as_str(), last.completed_at.is_some()), ("retrospective", true));
}

#[test]
fn a_phase_that_is_skipped_is_passed_and_marked() {
    let skipped = completed("analysis", "2026-01-10T10:00:00Z");
    let skipped = skipped.with(|e| e.event_type = crate::EventType::from_bus("bmad.workflow.phase.skipped").unwrap());
    let state = after(&[skipped, completed("planning", "2026-01-10T11:00:00Z")]);
    assert_eq!(state.phase_history.iter().map(|phase| phase.skipped).collect::<Vec<_>>(), [true, false]);
    assert_eq!((state.current_phase.as_deref(), state.anomalies), (Some("solutioning"), 0));
}

#[test]
fn an_end_says_why() {
    let failed = event("bmad.workflow.failed").saying("failure_reason", "no budget");
    let cancelled = event("bmad.workflow.cancelled").saying("reason", "no need");
    assert_eq!(after(&[failed]).reason.as_deref(), Some("no budget"));
    assert_eq!(after(&[cancelled]).reason.as_deref(), Some("no need"));
}

#[test]
fn an_agents_name_tells_its_kind_before_the_event_type_does() {
    let state = after(&[
        event("bmad.workflow.validation.requested").by("letta-python-dev-001"),
        event("agent.letta.checkpoint.saved").by("python-dev"),
        event("agent.agno.checkpoint.saved").by("agno-1"),
        event("bmad.workflow.started").by("analyst"),
        event("a.b").by("bmad-pm"),
        event("a.c").by("bmad-pm"),
    ]);
    let kinds: Vec<_> = state.agents.iter().map(|agent| (agent.agent.as_str(), agent.kind)).collect();
    use AgentKind::{Bmad, Letta, Other};
    let expected = [
        ("letta-python-dev-001", Letta),
        ("python-dev", Letta),
        ("agno-1", Other),
        ("analyst", Bmad),
        ("bmad-pm", Bmad),
    ];
    assert_eq!(kinds, expected);
}

#[test]
fn histories_keep_their_newest_entries() {
    let stories: Vec<EventStory> = (0..HISTORY_LIMIT + 10)
        .map(|n| event("agent.handoff.requested").by(&format!("agent-{n}")).saying("to_agent", format!("to-{n}")))
        .collect();
    let state = after(&stories);
    assert_eq!(state.agent_handoffs.len(), HISTORY_LIMIT);
    assert_eq!(state.agent_handoffs[0].to.as_deref(), Some("to-10"));
    assert_eq!(state.correlation_ids.len(), HISTORY_LIMIT);
    assert_eq!(state.agents.len(), HISTORY_LIMIT);
    assert_eq!(state.version, HISTORY_LIMIT as u64 + 10);
    let phases: Vec<EventStory> =
        (0..HISTORY_LIMIT + 3).map(|n| completed(&format!("phase-{n}"), "2026-01-10T10:00:00Z")).collect();
    let state = after(&phases);
    assert_eq!((state.phase_history.len(), state.phase_history[0].phase.as_str()), (HISTORY_LIMIT, "phase-3"));
    assert!(state.phase_history.iter().all(|phase| phase.completed_at.is_some()));
}

#[test]
fn words_that_cannot_be_read_are_left_out_and_spoil_no_others() {
    let odd =
        r#"{"project_name":"a\u0000b","phase":"planning","owner":7,"metadata":{"big":1e400},"from_agent":"\ud800"}"#;
    let state = after(&[event("bmad.workflow.started").raw_payload(odd)]);
    assert_eq!((state.project_name, state.owner, state.metadata.len()), (None, None, 0));
    assert_eq!(state.current_phase.as_deref(), Some("planning"));
    let deep = format!(r#"{{"metadata":{}1{}}}"#, "{\"a\":".repeat(126), "}".repeat(126));
    let state = after(&[event("bmad.workflow.started").raw_payload(&deep)]);
    let stored = serde_json::to_string(&state).unwrap();
    assert_eq!(serde_json::from_str::<Workflow>(&stored).unwrap(), state, "what is kept can be loaded");
}

fn speaking_as(story: EventStory, agent_type: &str, instance_id: &str) -> EventStory {
    let context = json!({"type": agent_type, "instance_id": instance_id}).to_string();
    story.with(|envelope| envelope.agent_context = Some(crate::JsonText::parse(context).unwrap()))
}

#[test]
fn a_type_that_speaks_by_one_of_its_instances_is_no_further_agent() {
    let stories = [
        speaking_as(event("bmad.workflow.started"), "bmad-architect", "session-123"),
        speaking_as(event("agent.handoff.accepted"), "letta-python-dev", "letta-python-dev-001"),
        speaking_as(by("letta-python-dev", "agent.feedback.requested", TIME), "letta", "letta-python-dev-001"),
        speaking_as(by("letta-python-dev", "agent.letta.task.completed", TIME), "letta-python-dev", "other-001"),
    ];
    let state = after(&stories);
    let agents: Vec<&str> = state.agents.iter().map(|agent| agent.agent.as_str()).collect();
    assert_eq!(agents, ["bmad-architect", "letta-python-dev-001", "letta-python-dev"]);
    assert_eq!(state.current_agent.as_deref(), Some("letta-python-dev-001"));
}

#[test]
fn who_takes_over_from_a_failed_session_is_the_current_agent() {
    let taken_over = event("agent.letta.session.recovery.started").saying("agent_instance_id", "letta-python-dev-002");
    let stories = [by("letta-python-dev-001", "agent.handoff.accepted", TIME), taken_over];
    let state = after(&stories);
    assert_eq!(state.current_agent.as_deref(), Some("letta-python-dev-002"));
    assert_eq!(state.correlation_ids.len(), 1, "the workflow has not moved");
}

const TIME: &str = "2026-01-11T14:30:00Z";
