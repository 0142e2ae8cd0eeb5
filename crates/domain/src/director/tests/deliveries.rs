//! Who may deliver the work on a service: who holds it, and anybody while nobody took it.

use super::*;

fn started(session: &str, instance: &str) -> EventStory {
    let story = event("agent.letta.session.started").in_session(session).saying("agent_type", "letta-api-dev");
    story.saying("agent_instance_id", instance)
}

fn about(event_type: &str, delegation_id: &str) -> EventStory {
    event(event_type).saying("handoff_id", delegation_id)
}

fn takes(session: &str, delegation_id: &str) -> EventStory {
    about("agent.handoff.accepted", delegation_id).in_session(session)
}

fn by(session: &str, delegation_id: &str) -> CompleteDelegation {
    let result = json(json!({"session_id": session}));
    CompleteDelegation { author: director(), delegation_id: delegation_id.into(), result }
}

/// A delegation that nobody took, and two sessions that could.
fn offered() -> (Stage, String) {
    let mut stage = Stage::with(&[("api", &[])]);
    stage.tell(started("s-1", "one"));
    stage.tell(started("s-2", "two"));
    let id = stage.delegate("api");
    (stage, id)
}

#[test]
fn work_that_nobody_took_is_delivered_by_who_did_it() {
    for session in ["s-1", "a-session-that-nobody-saw-begin"] {
        let (mut stage, id) = offered();
        assert_eq!(stage.good(by(session, &id)), ["agent.letta.task.completed"], "{session}");
        assert_eq!(stage.works(), "api completed");
    }
}

#[test]
fn work_that_a_session_holds_is_delivered_by_no_other() {
    let (mut stage, id) = offered();
    stage.tell(takes("s-1", &id));
    let lost = |holder: Option<&str>| Refusal::LeaseLost {
        handoff_id: id.clone(),
        holder: holder.map(str::to_owned),
        fencing_token: 1,
    };
    assert_eq!(stage.refused(by("s-2", &id)), lost(Some("s-1")));
    assert_eq!(stage.refused(by("a-session-that-nobody-saw-begin", &id)), lost(Some("s-1")));
    stage.tell(about("agent.handoff.offered", &id).saying("reason", "released"));
    assert_eq!(stage.refused(by("s-1", &id)), lost(None), "it let go of it");
    stage.tell(takes("s-2", &id));
    stage.good(by("s-2", &id));
    assert_eq!(stage.works(), "api completed");
    stage.rebuilds();
}

#[test]
fn a_delivery_that_names_no_session_is_the_holders() {
    let (mut stage, id) = offered();
    stage.tell(takes("s-1", &id));
    stage.good(deliver(&id));
    assert_eq!(stage.payload(stage.newest())["session_id"], "s-1");
}

#[test]
fn an_agent_that_took_it_over_the_bus_without_a_session_delivers_under_its_name() {
    let (mut stage, id) = offered();
    stage.tell(about("agent.handoff.accepted", &id).saying("agent_instance_id", "one"));
    let refusal = stage.refused(by("s-2", &id));
    assert!(matches!(&refusal, Refusal::LeaseLost { holder: Some(holder), .. } if holder == "one"), "{refusal}");
    stage.good(by("s-1", &id));
}

#[test]
fn a_session_that_another_took_over_from_delivers_nothing() {
    let (mut stage, id) = offered();
    stage.tell(takes("s-1", &id));
    stage.tell(event("agent.letta.session.failed").in_session("s-1").saying("failure_reason", "gone"));
    let takes_over = event("agent.letta.session.recovery.started").saying("new_session_id", "s-2");
    stage.tell(takes_over.saying("failed_session_id", "s-1"));
    let refusal = stage.refused(by("s-1", &id));
    assert_eq!(refusal, Refusal::SessionSuperseded { session_id: "s-1".into(), new_session_id: "s-2".into() });
    let other = stage.good(DelegateService {
        author: director(),
        delegation: json(json!({"service": "docs", "to_agent": "letta-api-dev"})),
    });
    assert_eq!(other, ["director.service.delegation.requested"]);
    let untaken = stage.newest().to_string();
    let refusal = stage.refused(by("s-1", &untaken));
    assert!(matches!(refusal, Refusal::SessionSuperseded { .. }), "nor what nobody took: {refusal}");
    stage.good(by("s-2", &id));
    assert_eq!(stage.works(), "api completed");
}
