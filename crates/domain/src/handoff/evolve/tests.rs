#![allow(clippy::unwrap_used)]
//! Events from anywhere: producers on the bus say less than commands do, repeat themselves, and come in any order.

use serde_json::json;

use super::super::RecoveredWork;
use super::*;
use crate::Timestamp;
use crate::agent::Agent;
use crate::state::{Kind, StateKey};
use crate::testing::{EventStory, MemoryLog, event};

const WORK: &str = "h-1";

fn after(stories: &[&EventStory]) -> MemoryLog {
    let mut log = MemoryLog::default();
    for story in stories {
        log.record([*story]);
    }
    log
}

fn work(stories: &[&EventStory]) -> Handoff {
    after(stories).state(WORK)
}

fn asked() -> EventStory {
    event("bmad.workflow.handoff.requested").saying("to_agent", "letta-dev").saying("handoff_id", WORK)
}

fn said(kind: &str) -> EventStory {
    event(&format!("agent.handoff.{kind}")).saying("handoff_id", WORK)
}

fn task(kind: &str) -> EventStory {
    event(&format!("agent.letta.task.{kind}")).saying("handoff_id", WORK)
}

fn session(kind: &str, id: &str) -> EventStory {
    event(&format!("agent.letta.session.{kind}")).in_session(id)
}

#[test]
fn an_agent_that_only_speaks_over_the_bus_needs_no_ids() {
    let asked = event("bmad.workflow.handoff.requested").saying("to_agent", "letta-dev").in_session("asking");
    let id = asked.envelope.event_id.to_string();
    let accepted = event("agent.handoff.accepted").saying("from_agent", "letta-dev").caused_by(&asked);
    let saved = event("agent.letta.checkpoint.saved").saying("checkpoint_id", "c-1").caused_by(&accepted);
    let done = event("agent.letta.task.completed").caused_by(&accepted).caused_by(&saved);
    let mut log = after(&[&asked, &accepted]);
    let lease = log.state::<Handoff>(&id).lease.unwrap();
    assert_eq!(
        (lease.session_id, lease.agent.as_deref()),
        (None, Some("letta-dev")),
        "the asking session holds nothing"
    );
    log.record([&saved, &done]);
    let work: Handoff = log.state(&id);
    assert_eq!((work.state, work.checkpoint_id.as_deref()), (HandoffState::Completed, Some("c-1")));
    assert_eq!((work.anomalies, work.fencing_token, work.version), (0, 1, 4));
}

#[test]
fn work_can_be_done_without_ever_being_taken() {
    assert_eq!(work(&[&asked(), &task("completed")]).state, HandoffState::Completed);
    assert_eq!(work(&[&asked(), &task("failed").saying("retryable", true)]).attempt, 2);
    let lost = work(&[&asked(), &said("accepted"), &said("offered"), &said("failed")]);
    assert_eq!((lost.state, lost.attempt, lost.anomalies), (HandoffState::Offered, 2, 1), "it was taken away before");
}

#[test]
fn of_two_that_take_it_the_first_holds_it() {
    let first = said("accepted").in_session("s-1");
    let held = work(&[&asked(), &first, &said("accepted").in_session("s-2"), &said("accepted")]);
    assert_eq!((held.holder(), held.fencing_token, held.anomalies), (Some("s-1"), 1, 2));
    assert_eq!(held.accepted_event_id, Some(first.envelope.event_id));
    let again = work(&[&asked(), &first, &said("accepted").in_session("s-1")]);
    assert_eq!((again.fencing_token, again.anomalies), (1, 0), "it says so twice");
}

#[test]
fn another_session_than_the_holder_moves_nothing() {
    let own = said("accepted").in_session("s-1");
    for other in ["progress", "blocked", "completed", "failed", "declined"].map(said) {
        let held = work(&[&asked(), &own, &other.in_session("s-2")]);
        assert_eq!((held.state, held.holder(), held.anomalies), (HandoffState::Accepted, Some("s-1"), 1));
        assert_eq!((held.progress, held.declined_by.len()), (None, 0));
    }
}

#[test]
fn what_fits_no_state_is_counted_and_changes_nothing_else() {
    for story in [said("progress"), said("blocked"), said("unblocked"), task("resumed"), said("failed").in_session("s")]
    {
        let taken = story.clone();
        let stories = [asked(), said("accepted").in_session("h"), said("offered").saying("reason", "released"), taken];
        let idle = work(&stories.each_ref());
        assert_eq!((idle.state, idle.attempt, idle.anomalies), (HandoffState::Offered, 1, 1), "{story:?}");
    }
    for end in ["completed", "expired", "cancelled"].map(said).iter().chain([&said("failed").saying("final", true)]) {
        let before = work(&[&asked(), end]);
        for kind in ["offered", "accepted", "declined", "progress", "completed", "failed", "expired", "cancelled"] {
            let late = said(kind);
            let ended = work(&[&asked(), end, &late]);
            assert_eq!((ended.state, ended.outcome_event_id), (before.state, Some(end.envelope.event_id)), "{kind}");
            assert_eq!((ended.anomalies, ended.version, ended.lease), (1, before.version + 1, None), "{kind}");
        }
    }
    assert_eq!(work(&[&asked(), &asked()]).anomalies, 1, "asked for twice");
}

#[test]
fn events_may_come_before_their_request() {
    let accepted = said("accepted").in_session("s-1");
    let unknown = work(&[&accepted]);
    assert_eq!(
        (unknown.origin, unknown.state, unknown.to_agent.as_str()),
        (Origin::Unknown, HandoffState::Accepted, "")
    );
    let known = work(&[&accepted, &asked().of_workflow("w-1").saying("max_attempts", 1)]);
    assert_eq!(
        (known.origin, known.state, known.to_agent.as_str()),
        (Origin::Workflow, HandoffState::Accepted, "letta-dev")
    );
    assert_eq!((known.holder(), known.workflow_id.as_deref(), known.max_attempts), (Some("s-1"), Some("w-1"), 1));
    assert_eq!((known.began, known.anomalies), (crate::Position::new(1), 0));
}

#[test]
fn causes_that_arrive_late_move_the_work_once_and_in_order() {
    let asked = event("agent.handoff.requested").saying("to_agent", "letta-dev");
    let id = asked.envelope.event_id.to_string();
    let accepted = event("agent.handoff.accepted").saying("from_agent", "letta-dev").caused_by(&asked);
    let saved =
        event("agent.letta.checkpoint.saved").saying("checkpoint_id", "c-1").in_session("s").caused_by(&accepted);
    let question = event("agent.feedback.requested").saying("question_id", "q");
    let done = event("agent.letta.task.completed").caused_by(&accepted).caused_by(&saved).caused_by(&question);
    let ended: Handoff = after(&[&accepted, &saved, &done, &asked]).state(&id);
    assert_eq!((ended.state, ended.fencing_token, ended.anomalies), (HandoffState::Completed, 1, 0));
    assert_eq!((ended.checkpoint_id.as_deref(), ended.version), (Some("c-1"), 4));
    let more: Handoff = after(&[&accepted, &saved, &done, &asked, &question]).state(&id);
    assert_eq!(more, ended, "that it is about a question too is no news to the handoff");
}

#[test]
fn a_late_word_undoes_no_newer_one() {
    let question = event("agent.feedback.requested").saying("question_id", "q");
    let accepted = said("accepted").in_session("s-1").caused_by(&question);
    let mut log = after(&[&asked(), &accepted, &said("offered").saying("reason", "released")]);
    let before: Handoff = log.state(WORK);
    log.record([&question]);
    assert_eq!(log.state::<Handoff>(WORK), before, "it is not taken again by the old word");
}

#[test]
fn a_session_that_fails_gives_its_work_to_the_next_attempt() {
    let saved = event("agent.letta.checkpoint.saved").in_session("s-1").saying("checkpoint_id", "c-1");
    let failed = session("failed", "s-1").saying("failure_reason", "connection_timeout");
    let lost = work(&[&asked(), &said("accepted").in_session("s-1"), &saved, &failed]);
    assert_eq!((lost.state, lost.attempt, lost.fencing_token), (HandoffState::Offered, 2, 1));
    assert_eq!((lost.lease, lost.failed_session.as_deref()), (None, Some("s-1")));
    assert_eq!((lost.checkpoint_id.as_deref(), lost.reason.as_deref()), (Some("c-1"), Some("connection_timeout")));
    assert_eq!(lost.offered_event_id, Some(failed.envelope.event_id));
    let stories = [&asked().saying("max_attempts", 1), &said("accepted").in_session("s-1"), &failed];
    let over = work(&stories);
    let reason = Some("attempts exhausted: connection_timeout");
    assert_eq!((over.state, over.attempt, over.reason.as_deref()), (HandoffState::Failed, 1, reason));
    assert_eq!(over.outcome_event_id, Some(failed.envelope.event_id));
}

#[test]
fn a_session_that_ends_lets_go_of_its_work() {
    let left = work(&[&asked(), &said("accepted").in_session("s-1"), &session("completed", "s-1")]);
    assert_eq!((left.state, left.attempt, left.lease), (HandoffState::Offered, 1, None));
    assert_eq!((left.reason.as_deref(), left.failed_session), (Some("session completed"), None));
}

#[test]
fn a_session_takes_over_also_when_nobody_said_that_the_other_failed() {
    let accepted = said("accepted").in_session("s-1");
    let saved = event("agent.letta.checkpoint.saved").in_session("s-1").saying("checkpoint_id", "c-1");
    let newer = event("agent.letta.checkpoint.saved").in_session("s-1").saying("checkpoint_id", "c-2");
    let over = event("agent.letta.session.recovery.started").saying("new_session_id", "s-2");
    let over = over.saying("failed_session_id", "s-1").saying("recovering_from_checkpoint", "c-1");
    let resumed = event("agent.letta.task.resumed").in_session("s-2");
    let late = session("failed", "s-1");
    let held = work(&[&asked(), &accepted, &saved, &newer, &over, &resumed, &late]);
    assert_eq!((held.holder(), held.fencing_token, held.attempt, held.anomalies), (Some("s-2"), 2, 2, 0));
    let expected = RecoveredWork {
        started_event_id: over.envelope.event_id,
        checkpoint_event_id: Some(saved.envelope.event_id),
        resumed_event_id: Some(resumed.envelope.event_id),
    };
    assert_eq!(held.recovery, Some(expected), "from the checkpoint that it names");
}

#[test]
fn attempts_are_counted_as_the_offer_says_and_never_past_the_last() {
    let held = [asked(), said("accepted").in_session("s-1")];
    for (offer, attempt, reason) in [
        (said("offered"), 2, None),
        (said("offered").saying("reason", "stalled"), 2, Some("stalled")),
        (said("offered").saying("reason", "released"), 1, Some("released")),
        (said("offered").saying("reason", "declined").saying("previous_session_id", "s-1"), 1, Some("declined")),
        (said("offered").saying("attempt", 3), 3, None),
        (said("offered").saying("attempt", 99), 3, None),
        (said("offered").saying("attempt", 0), 1, None),
    ] {
        let again = work(&[&held[0], &held[1], &offer]);
        assert_eq!((again.attempt, again.reason.as_deref()), (attempt, reason), "{offer:?}");
        assert_eq!(again.declined_by, if reason == Some("declined") { vec!["s-1"] } else { vec![] });
    }
    let offered_twice = work(&[&held[0], &said("offered"), &said("offered").saying("to_agent", "letta-qa")]);
    assert_eq!((offered_twice.attempt, offered_twice.to_agent.as_str()), (1, "letta-qa"), "nobody had it");
}

#[test]
fn what_failed_waits_longer_each_time_up_to_a_minute() {
    let pauses: Vec<f64> = [1, 2, 3, 4, 7, 8, 9, 40, u32::MAX].map(offered::pause_before).to_vec();
    assert_eq!(pauses, [1.0, 1.0, 2.0, 4.0, 32.0, 60.0, 60.0, 60.0, 60.0]);
    let failed = work(&[&asked(), &said("accepted"), &said("failed")]);
    assert_eq!(failed.offer_after, Some(MemoryLog::default().now.after_seconds(1.0)));
    assert_eq!(work(&[&asked(), &said("accepted"), &said("failed"), &said("accepted")]).offer_after, None);
}

#[test]
fn a_holder_that_declines_gives_it_back() {
    let own = said("accepted").in_session("s-1").saying("agent_instance_id", "letta-dev-1");
    let declined = said("declined").in_session("s-1").saying("agent_instance_id", "letta-dev-1");
    let back = work(&[&asked(), &own, &declined]);
    assert_eq!((back.state, back.attempt, back.declines), (HandoffState::Offered, 1, 1));
    assert_eq!(back.declined_by, ["s-1", "letta-dev-1"]);
    let by_name = said("declined").saying("from_agent", "letta-dev");
    assert_eq!(work(&[&asked(), &by_name]).state, HandoffState::Declined, "the one that it was offered to");
}

#[test]
fn an_assigned_task_waits_for_its_agent() {
    let task = event("agent.registry.task.assigned").saying("task_id", WORK).saying("agent_id", "a-1");
    let waiting = work(&[&task.clone().saying("description", "look at it").of_workflow("w-1")]);
    assert_eq!(
        (waiting.origin, waiting.state, waiting.to_agent.as_str()),
        (Origin::Task, HandoffState::Offered, "a-1")
    );
    assert_eq!(waiting.to_kind, Some(super::super::TargetKind::Instance));
    assert_eq!((waiting.task_description.as_deref(), waiting.task_id.as_str()), (Some("look at it"), WORK));
    let nameless = event("agent.registry.task.assigned").saying("agent_id", "a-1").caused_by(&task);
    assert_eq!(work(&[&task, &nameless]).anomalies, 0, "it is about no handoff of its own");
}

#[test]
fn delegated_work_fails_by_the_directors_word() {
    let asked = event("director.service.delegation.requested").saying("delegation_id", WORK).saying("to_agent", "a");
    let failed = event("director.service.delegation.failed").saying("delegation_id", WORK);
    let failed = failed.saying("failure_reason", "wrong pattern");
    let over = work(&[&asked, &said("accepted").in_session("s-1"), &failed]);
    let reason = Some("wrong pattern");
    assert_eq!((over.origin, over.state, over.reason.as_deref()), (Origin::Delegation, HandoffState::Failed, reason));
}

#[test]
fn priorities_are_words_or_numbers_and_strange_members_are_as_if_absent() {
    let strange = asked()
        .saying("priority", 2)
        .saying("deadline", "soon")
        .saying("lease_seconds", "60")
        .saying("max_attempts", -1)
        .saying("context", "all of it")
        .saying("to_kind", "anybody");
    let work = work(&[&strange]);
    assert_eq!((work.priority, work.deadline, work.context, work.to_kind), (Priority::High, None, None, None));
    assert_eq!((work.lease_seconds, work.max_attempts), (LEASE_SECONDS, MAX_ATTEMPTS));
}

#[test]
fn a_handoff_is_found_by_whom_it_concerns() {
    let log = after(&[&asked().of_workflow("w-1"), &said("accepted").in_session("s-1").saying("from_agent", "dev-1")]);
    let labels = log.states[&StateKey::of::<Handoff>(WORK)].labels();
    for label in ["state:accepted", "open:true", "to:letta-dev", "to:dev-1", "session:s-1", "workflow:w-1"] {
        assert!(labels.contains(&label.to_owned()), "{label} in {labels:?}");
    }
}

#[test]
fn the_time_is_that_of_the_log() {
    let mut log = after(&[&asked()]);
    log.now = Timestamp::from_micros(log.now.micros() + 5_000_000);
    log.record([&said("accepted").in_session("s-1").at("2020-01-01T00:00:00Z")]);
    let work: Handoff = log.state(WORK);
    assert_eq!((work.updated_at, work.lease.unwrap().since), (log.now, log.now));
    assert_eq!(work.created_at, MemoryLog::default().now);
}

#[test]
fn an_agent_that_works_holds_what_it_is_assigned_at_once() {
    let task = event("agent.registry.task.assigned").saying("task_id", WORK).saying("agent_id", "a-1");
    let log = after(&[&session("started", "s-1").saying("agent_type", "letta-dev")]);
    let agent: Agent = serde_json::from_value(json!({
        "agent_id": "a-1", "agent_type": "letta-dev", "instance_id": "letta-dev-001", "name": null, "state": "idle",
        "checkpoint_id": null, "session_id": "s-1", "mcp_servers": [], "system_prompt": null, "created_at": log.now,
        "last_active_at": log.now, "open_task_ids": [], "initial_context": null, "version": 1, "position": 1, "began": 1,
        "reason": null,
    }))
    .unwrap();
    let mut states = States::whole();
    log.states.iter().for_each(|(key, state)| states.know(key.clone(), Some(state.clone())));
    states.know(StateKey::of::<Agent>("a-1"), Some(agent.into_state()));
    super::recorded(&mut states, &crate::testing::recorded(task.clone()), None);
    let held: &Handoff = states.get(WORK).unwrap();
    let lease = held.lease.clone().unwrap();
    assert_eq!((held.state, lease.fencing_token), (HandoffState::Accepted, 1));
    assert_eq!((lease.session_id.as_deref(), lease.agent.as_deref()), (Some("s-1"), Some("letta-dev-001")));
    assert_eq!(held.accepted_event_id, Some(task.envelope.event_id));
}

#[test]
fn a_word_that_only_earlier_work_caused_is_about_the_present_one() {
    let first = said("accepted").in_session("s-1");
    let done = task("completed").in_session("s-1");
    let next = event("agent.handoff.accepted").saying("handoff_id", "h-2").in_session("s-1");
    let after_first = event("agent.letta.task.completed").in_session("s-1").caused_by(&first);
    let log = after(&[&asked(), &first, &done, &next, &after_first]);
    assert_eq!(log.state::<Handoff>("h-2").state, HandoffState::Completed);
    assert_eq!(log.state::<Handoff>(WORK).anomalies, 0);
}

#[test]
fn an_event_that_names_no_handoff_is_about_one_only_once() {
    let question = event("agent.feedback.requested").saying("question_id", "q");
    let next = event("agent.handoff.accepted").saying("handoff_id", "h-2").in_session("s-1");
    let done = event("agent.letta.task.completed").in_session("s-1").caused_by(&question);
    let log = after(&[&asked(), &said("accepted").in_session("s-1"), &next, &done, &question]);
    assert_eq!(log.state::<Handoff>("h-2").state, HandoffState::Completed, "the one that it took last");
    assert_eq!(log.state::<Handoff>(WORK).state, HandoffState::Accepted, "and not the other one afterwards");
}
