//! Agents that wait for each other.

use super::*;
use crate::state::StateKey;

const CIRCLE: &str = "0198a0c2-0000-7000-8000-0000000000c0";

fn detected(log: &MemoryLog) -> usize {
    log.events
        .iter()
        .filter(|event| event.envelope.event_type.as_str() == "agent.collaboration.deadlock.detected")
        .count()
}

fn wait(agent: &str, waits_for: &str) -> Wait {
    Wait {
        agent_id: agent.into(),
        waits_for: waits_for.into(),
        kind: QUESTION.into(),
        id: format!("{agent}-{waits_for}"),
        since: crate::Timestamp::EPOCH,
        event_id: EventId::generate(),
        collaboration_id: None,
        asked_about: Vec::new(),
    }
}

/// The cycle that a wait closes among others that are there, as the agents in it.
fn closed_by(others: &[(&str, &str)], new: (&str, &str)) -> Option<Vec<String>> {
    let mut ledger = crate::ledger::Ledger::whole();
    for (agent, _) in others {
        let waits = others.iter().filter(|(waiter, _)| waiter == agent).map(|(a, b)| wait(a, b)).collect();
        let state = Waits { agent_id: (*agent).into(), waits, position: Position::START, version: 1 };
        ledger.know_state(StateKey::of::<Waits>(*agent), Some(State::Waits(Box::new(state))));
    }
    let view = crate::command::View::of(&ledger, crate::Timestamp::EPOCH);
    let cycle = cycle_closed_by(&view, &wait(new.0, new.1))?;
    assert!(cycle.windows(2).all(|pair| pair[0].waits_for == pair[1].agent_id));
    assert_eq!(cycle.last().unwrap().waits_for, cycle[0].agent_id);
    Some(cycle.into_iter().map(|wait| wait.agent_id).collect())
}

#[test]
fn a_cycle_is_found_at_its_last_wait_and_told_from_there() {
    assert_eq!(closed_by(&[("b", "a")], ("a", "b")).unwrap(), ["a", "b"]);
    assert_eq!(closed_by(&[("b", "c"), ("c", "a")], ("a", "b")).unwrap(), ["a", "b", "c"]);
    // The shortest of several.
    assert_eq!(closed_by(&[("b", "c"), ("c", "a"), ("b", "a")], ("a", "b")).unwrap(), ["a", "b"]);
}

#[test]
fn waits_that_lead_nowhere_or_round_elsewhere_or_to_oneself_close_none() {
    assert_eq!(closed_by(&[], ("a", "b")), None);
    assert_eq!(closed_by(&[("b", "c"), ("c", "d")], ("a", "b")), None);
    assert_eq!(closed_by(&[("b", "c"), ("c", "b"), ("c", "c")], ("a", "b")), None);
    assert_eq!(closed_by(&[("b", "a")], ("a", "a")), None);
    assert_eq!(closed_by(&[("a", "b")], ("a", "c")), None);
}

#[test]
fn a_long_walk_ends() {
    let names: Vec<String> = (0..200).map(|number| format!("agent-{number}")).collect();
    let line: Vec<(&str, &str)> = names.windows(2).map(|pair| (pair[0].as_str(), pair[1].as_str())).collect();
    let closes = |length: usize| closed_by(&line[..length], (names[length].as_str(), "agent-0"));
    assert_eq!(closes(63).unwrap().len(), 64);
    assert_eq!(closes(64).unwrap().len(), 65);
    assert_eq!(closes(65), None);
}

#[test]
fn two_agents_that_ask_each_other_are_told_to_people() {
    let mut log = agents(&["a", "b"]);
    let first = log.command(asks("a", "q-a", "b")).unwrap();
    assert_eq!(first.events.len(), 1);
    let second = log.command(asks("b", "q-b", "a")).unwrap();
    let (asked, detected, notified) = (&second.events[0], &second.events[1], &second.events[2]);
    assert_eq!(causes(&log, &second, 1), [asked.event_id, first.events[0].event_id]);
    assert_eq!(causes(&log, &second, 2), [detected.event_id]);

    let now = log.now;
    let cycle = json!([
        {"agent_id": "b", "waits_for": "a", "kind": "question", "id": "q-b", "since": now},
        {"agent_id": "a", "waits_for": "b", "kind": "question", "id": "q-a", "since": now},
    ]);
    let told = told(&log, &second);
    assert_eq!(told[1].0, "agent.collaboration.deadlock.detected");
    assert_eq!(told[1].1, json!({"cycle": cycle, "policy": "notify-person"}));
    assert_eq!(told[2].0, "agent.feedback.requested");
    assert_eq!(told[2].1["context"], json!({"cycle": cycle}));

    // The answer shows what was asked for; the server's own question stands beside it and blocks nobody.
    assert_eq!(second.state::<Question>().unwrap().question_id, "q-b");
    let question: Question = log.state(&notified.event_id.to_string());
    assert!(question.deadlock && !question.blocking);
    assert_eq!((question.from_agent.as_deref(), question.session_id), (Some("god33"), None));
    assert_eq!(question.options, ["q-b", "q-a"]);
    assert!(
        question.question.contains("b waits for a (question q-b), a waits for b (question q-a)"),
        "{}",
        question.question
    );
    assert_eq!(edges(&log), ["a question q-a b", "b question q-b a"]);
}

fn choose(log: &mut MemoryLog, wait: &str) -> Appended {
    let deadlock = log.states.values().find_map(|state| match state {
        State::Question(question) if question.deadlock => Some(question.question_id.clone()),
        _ => None,
    });
    let chosen = AnswerFeedback {
        author: author(),
        question_id: deadlock.unwrap(),
        decision: wait.into(),
        rationale: None,
        answered_by: Some("anna".into()),
        answer_context: None,
    };
    log.command(chosen).unwrap()
}

#[test]
fn the_question_that_people_choose_is_withdrawn_and_its_session_goes_on() {
    let mut log = agents(&["a", "b"]);
    log.command(asks("a", "q-a", "b")).unwrap();
    log.record([&event("agent.letta.session.paused").in_session(&session("a")).saying("reason", "awaiting_feedback")]);
    log.command(asks("b", "q-b", "a")).unwrap();
    let answer = choose(&mut log, "q-a");
    let told = told(&log, &answer);
    let types: Vec<&str> = told.iter().map(|(event_type, _)| event_type.as_str()).collect();
    assert_eq!(types, ["agent.feedback.response", "agent.feedback.cancelled", "agent.letta.session.resumed"]);
    assert_eq!(told[1].1, json!({"question_id": "q-a", "cancelled_by": "anna", "reason": "deadlock"}));
    assert_eq!(causes(&log, &answer, 1), [answer.events[0].event_id]);
    assert_eq!(causes(&log, &answer, 2), [answer.events[1].event_id]);
    assert_eq!(edges(&log), ["b question q-b a"]);
}

#[test]
fn the_handoff_that_people_choose_is_cancelled_unless_it_ended_meanwhile() {
    for ended in [false, true] {
        let mut log = agents(&["a", "b"]);
        log.record([&hands_over("a", "h", "b"), &accepts("b", "h")]);
        log.command(asks("b", "q-b", "a")).unwrap();
        assert_eq!(detected(&log), 1);
        if ended {
            log.record([&about("agent.handoff.completed", "h").in_session(&session("b"))]);
        }
        let answer = choose(&mut log, "h");
        let told = told(&log, &answer);
        if ended {
            assert_eq!(told.len(), 1);
            continue;
        }
        assert_eq!(told[1].0, "agent.handoff.cancelled");
        assert_eq!(told[1].1, json!({"handoff_id": "h", "cancelled_by": "anna", "reason": "deadlock"}));
        assert_eq!(edges(&log), ["b question q-b a"]);
    }
}

#[test]
fn three_agents_that_wait_by_handoffs_and_questions_are_found() {
    let mut log = agents(&["a", "b", "c"]);
    log.record([&hands_over("a", "h-1", "letta-qa"), &accepts("b", "h-1"), &hands_over("b", "h-2", "c")]);
    let answer = log.command(asks("c", "q", "a")).unwrap();
    let cycle = told(&log, &answer)[1].1["cycle"].as_array().unwrap().clone();
    let ids: Vec<&str> = cycle.iter().map(|wait| wait["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["q", "h-1", "h-2"]);
}

#[test]
fn a_type_that_nobody_holds_work_for_is_no_agent_that_waits() {
    let mut log = agents(&["a", "b"]);
    // Both are of the type `letta-dev`, and each waits for some agent of that type.
    log.record([&hands_over("a", "h-1", "letta-dev"), &hands_over("b", "h-2", "letta-dev")]);
    log.command(asks("a", "q", "letta-dev")).unwrap();
    assert_eq!(detected(&log), 0);
}

#[test]
fn a_question_that_is_passed_on_to_who_waits_for_the_asker_closes_a_cycle() {
    let mut log = agents(&["a", "b"]);
    log.command(asks("a", "q-a", "b")).unwrap();
    log.command(asks("b", "q-b", "jarad")).unwrap();
    assert_eq!(detected(&log), 0);
    let by = DelegateFeedback {
        author: author(),
        question_id: "q-b".into(),
        assignee: "a".into(),
        delegated_by: None,
        reason: None,
    };
    let answer = log.command(by).unwrap();
    assert_eq!(told(&log, &answer)[1].0, "agent.collaboration.deadlock.detected");
}

/// Two agents that collaborate under a policy, the first of which waits for the second.
fn collaboration(policy: &str) -> MemoryLog {
    let mut log = agents(&["a", "b"]);
    let started = event("agent.collaboration.started").saying("collaboration_id", CIRCLE);
    log.record([&started.saying("coordination_strategy", "peer").saying("deadlock_policy", policy)]);
    log.command(together(asks("a", "q-a", "b"))).unwrap();
    log
}

/// The same, as part of the collaboration.
fn together(asks: RequestFeedback) -> RequestFeedback {
    let mut feedback: Value = asks.feedback.read().unwrap();
    feedback["collaboration_id"] = json!(CIRCLE);
    RequestFeedback { feedback: JsonText::of(&feedback).unwrap(), ..asks }
}

#[test]
fn a_collaboration_may_want_the_wait_given_up_that_closed_the_cycle() {
    let mut log = collaboration("release-youngest");
    let answer = log.command(together(asks("b", "q-b", "a"))).unwrap();
    let told = told(&log, &answer);
    assert_eq!(told.len(), 3);
    let detected = &told[1].1;
    assert_eq!((&detected["collaboration_id"], &detected["policy"]), (&json!(CIRCLE), &json!("release-youngest")));
    assert_eq!(detected["released_id"], "q-b");
    assert_eq!(told[2].0, "agent.feedback.cancelled");
    let released = json!({"question_id": "q-b", "cancelled_by": "god33", "reason": "deadlock: b -> a -> b"});
    assert_eq!(told[2].1, released);
    assert_eq!(causes(&log, &answer, 2), [answer.events[1].event_id]);
    // The call succeeds, and shows what came of it.
    assert_eq!(answer.state::<Question>().unwrap().state, QuestionState::Cancelled);
    assert_eq!(edges(&log), ["a question q-a b"]);
}

#[test]
fn a_collaboration_decides_only_about_waits_that_are_all_its_own() {
    let mut log = collaboration("release-youngest");
    let answer = log.command(asks("b", "q-b", "a")).unwrap();
    let told = told(&log, &answer);
    assert_eq!((&told[1].1["policy"], told[1].1.get("collaboration_id")), (&json!("notify-person"), None));
    let mut log = collaboration("notify-person");
    let answer = log.command(together(asks("b", "q-b", "a"))).unwrap();
    assert_eq!(self::told(&log, &answer)[1].1["policy"], "notify-person");
    // A withdrawal opens the cycle, and it closes anew.
    log.command(CancelFeedback { author: author(), question_id: "q-a".into(), cancelled_by: None, reason: None })
        .unwrap();
    assert_eq!(log.command(asks("b", "q-c", "a")).unwrap().events.len(), 1);
}

fn hand_over(agent: &str, handoff: &str, to: &str) -> CreateHandoff {
    let asked = json!({"handoff_id": handoff, "session_id": session(agent), "to_agent": to, "to_kind": "instance"});
    CreateHandoff { author: author(), handoff: JsonText::of(&asked).unwrap() }
}

#[test]
fn work_for_a_peer_that_waits_for_the_asker_closes_a_cycle() {
    let mut log = agents(&["a", "b"]);
    log.command(asks("a", "q", "b")).unwrap();
    let answer = log.command(hand_over("b", "h", "a")).unwrap();
    let told = told(&log, &answer);
    assert_eq!(told[1].0, "agent.collaboration.deadlock.detected");
    let waits: Vec<&str> =
        told[1].1["cycle"].as_array().unwrap().iter().map(|wait| wait["id"].as_str().unwrap()).collect();
    assert_eq!(waits, ["h", "q"]);
    assert_eq!(answer.state::<Handoff>().unwrap().state, HandoffState::Offered);
    // Asked again, it is the same work, and waits no more than before.
    assert!(log.command(hand_over("b", "h", "a")).unwrap().events.is_empty());
    // The wait that the command told is the one that its event made.
    assert_eq!(edges(&log), ["a question q b", "b handoff h a"]);
}

#[test]
fn work_for_any_agent_of_a_type_closes_none() {
    let mut log = agents(&["a", "b"]);
    log.command(asks("a", "q", "b")).unwrap();
    let asked = json!({"handoff_id": "h", "session_id": session("b"), "to_agent": "letta-dev"});
    let any = CreateHandoff { author: author(), handoff: JsonText::of(&asked).unwrap() };
    assert_eq!(log.command(any).unwrap().events.len(), 1);
}

#[test]
fn help_from_whoever_waits_for_the_work_closes_a_cycle() {
    let mut log = agents(&["a", "b"]);
    log.command(hand_over("a", "h", "b")).unwrap();
    log.record([&accepts("b", "h")]);
    let block = BlockHandoff {
        author: author(),
        handoff_id: "h".into(),
        fencing_token: 1,
        reason: "?".into(),
        needs: Some("a".into()),
    };
    let answer = log.command(block).unwrap();
    let told = told(&log, &answer);
    assert_eq!(
        (told[0].0.as_str(), told[1].0.as_str()),
        ("agent.handoff.blocked", "agent.collaboration.deadlock.detected")
    );
    assert_eq!(edges(&log), ["a handoff h b", "b task h a"]);
    // Both wait with the same work, which people can choose once.
    assert_eq!(told[2].1["options"], json!(["h"]));
    choose(&mut log, "h");
    assert_eq!(log.state::<Handoff>("h").state, HandoffState::Cancelled);
    assert_eq!(edges(&log), NOBODY);
}

#[test]
fn who_asks_in_the_course_of_a_collaborations_work_asks_in_the_collaboration() {
    let mut log = agents(&["a"]);
    let work = hands_over("b", "h", "a").saying("collaboration_id", CIRCLE);
    log.record([&work, &accepts("a", "h").caused_by(&work)]);
    log.command(asks("a", "q", "jarad")).unwrap();
    for agent in ["a", "letta-dev"] {
        assert_eq!(log.state::<Waits>(agent).waits[0].collaboration_id.as_deref(), Some(CIRCLE), "{agent}");
    }
}

#[test]
fn work_that_closed_a_cycle_is_given_up_where_the_collaboration_of_its_causes_wants_it() {
    let mut log = collaboration("release-youngest");
    let started = log.events[2].id();
    let author = Author { correlation_ids: vec![started], ..author() };
    let answer = log.command(CreateHandoff { author, ..hand_over("b", "h", "a") }).unwrap();
    let told = told(&log, &answer);
    assert_eq!((told[1].1["released_id"].as_str(), told[2].0.as_str()), (Some("h"), "agent.handoff.cancelled"));
    assert_eq!(told[2].1, json!({"handoff_id": "h", "cancelled_by": "god33", "reason": "deadlock: b -> a -> b"}));
    assert_eq!(answer.state::<Handoff>().unwrap().state, HandoffState::Cancelled);
    assert_eq!(edges(&log), ["a question q-a b"]);
}

#[test]
fn a_rebuild_of_cycles_that_were_told_and_opened_ends_as_the_live_path_did() {
    let mut log = agents(&["a", "b", "c"]);
    log.command(hand_over("a", "h", "b")).unwrap();
    log.record([&accepts("b", "h")]);
    log.command(asks("b", "q-b", "c")).unwrap();
    log.command(asks("c", "q-c", "a")).unwrap();
    choose(&mut log, "q-c");
    let failed = event("agent.letta.session.failed").in_session(&session("b"));
    let recovery = event("agent.letta.session.recovery.started").saying("failed_session_id", session("b"));
    log.record([&failed, &recovery.saying("new_session_id", "s-2").saying("agent_instance_id", "b-2")]);
    assert_eq!(edges(&log), ["a handoff h b-2", "b-2 question q-b c"]);

    let mut rebuild = crate::rebuild::Rebuild::default();
    log.events.iter().for_each(|event| rebuild.take(event.clone()));
    let (_, states) = rebuild.states();
    assert_eq!(states, log.states);
}
