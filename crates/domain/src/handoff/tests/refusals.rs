//! What each state allows, and what a refusal says.

use super::*;
use HandoffState::{Accepted, Blocked, Cancelled, Completed, Declined, Expired, Failed, Offered};
use Refusal::{AlreadyClaimed, LeaseLost, NotFound, WrongState};

const VERBS: [&str; 11] = [
    "accept",
    "decline",
    "progress",
    "block",
    "unblock",
    "complete",
    "fail",
    "release",
    "cancel",
    "lose_lease",
    "tick",
];

/// For each state what each verb is answered, in the order of [`VERBS`]: `+` it is done, `S` the state is wrong, `L` the lease is lost, `C`
/// somebody else has claimed it. All of them are asked by who would have the right to.
const TABLE: [(HandoffState, &str); 8] = [
    (Offered, "++LLSLLL+L+"),
    (Accepted, "CS++S++++++"),
    (Blocked, "CS+++++++++"),
    (Completed, "SSSSSSSSSS+"),
    (Failed, "SSSSSSSSSS+"),
    (Declined, "SSSSSSSSSS+"),
    (Expired, "SSSSSSSSSS+"),
    (Cancelled, "SSSSSSSSSS+"),
];

/// A team with one piece of work in this state, and the token of who holds it or held it last.
fn team_in(state: HandoffState) -> (Team, u64) {
    let mut team = Team::of(&["s-1", "s-2"]);
    let instance = (state == Declined).then(|| instance("s-1"));
    let story = requested(WORK).saying("to_agent", instance.unwrap_or("letta-python-dev".into()));
    team.log.record([&story.saying("deadline", "2026-01-11T15:30:00Z")]);
    if !matches!(state, Offered | Declined) {
        team.accept("s-1", WORK).unwrap();
    }
    let token = team.token(WORK);
    match state {
        Offered | Accepted => None,
        Blocked => Some(team.ask(block(WORK, token))),
        Completed => Some(team.ask(complete(WORK, token))),
        Failed => Some(team.ask(fail(WORK, token, true))),
        Declined => Some(team.ask(decline("s-1", WORK))),
        Expired => {
            team.wait(3600.0);
            Some(team.ask(tick(WORK)))
        }
        Cancelled => Some(team.ask(cancel(WORK))),
    }
    .transpose()
    .unwrap();
    assert_eq!(team.work(WORK).state, state);
    (team, token)
}

fn ask(team: &mut Team, verb: &str, token: u64) -> Result<Appended, Refusal> {
    match verb {
        "accept" => team.accept("s-2", WORK),
        "decline" => team.ask(decline("s-2", WORK)),
        "progress" => team.ask(progress(WORK, token)),
        "block" => team.ask(block(WORK, token)),
        "unblock" => team.ask(unblock(WORK)),
        "complete" => team.ask(complete(WORK, token)),
        "fail" => team.ask(fail(WORK, token, false)),
        "release" => team.ask(release(WORK, token)),
        "cancel" => team.ask(cancel(WORK)),
        "lose_lease" => team.ask(lose_lease(WORK, token)),
        _ => team.ask(tick(WORK)),
    }
}

#[test]
fn every_state_answers_every_verb_as_the_table_says() {
    for (state, expected) in TABLE {
        for (verb, expected) in VERBS.into_iter().zip(expected.chars()) {
            let (mut team, token) = team_in(state);
            let (states, events) = (team.log.states.clone(), team.log.events.len());
            let answer = ask(&mut team, verb, token);
            let found = match &answer {
                Ok(_) => '+',
                Err(WrongState { state: found, allowed, .. }) => {
                    assert!(*found == state.as_str() && !allowed.contains(found), "{verb} {answer:?}");
                    'S'
                }
                Err(LeaseLost { holder, .. }) => {
                    assert_eq!(holder.is_some(), state.is_held());
                    'L'
                }
                Err(AlreadyClaimed { holder, .. }) => {
                    assert_eq!(holder, "s-1");
                    'C'
                }
                Err(other) => unreachable!("{verb} in {state:?}: {other}"),
            };
            assert_eq!(found, expected, "{verb} in {state:?}: {answer:?}");
            let now = (&team.log.states, team.log.events.len());
            match answer {
                Ok(answer) if verb != "tick" => {
                    let work = team.work(WORK);
                    assert!(now.1 > events && work.anomalies == 0, "{verb} in {state:?}: the command's events fit");
                    assert_eq!(answer.state(), Some(&work), "{verb} in {state:?}");
                }
                _ => assert_eq!(now, (&states, events), "{verb} in {state:?}"),
            }
        }
    }
}

#[test]
fn what_is_not_known_is_said_to_be_unknown() {
    for verb in VERBS {
        let mut team = Team::of(&["s-1", "s-2"]);
        let answer = ask(&mut team, verb, 1);
        assert!(matches!(&answer, Err(NotFound { id, .. }) if id == WORK), "{verb}: {answer:?}");
    }
    let (mut team, _) = team_in(Offered);
    assert!(matches!(team.accept("s-9", WORK), Err(NotFound { id, .. }) if id == "s-9"));
}

#[test]
fn an_old_token_changes_nothing_and_learns_who_holds_the_work() {
    let (mut team, old) = team_in(Accepted);
    team.ask(lose_lease(WORK, old)).unwrap();
    team.accept("s-2", WORK).unwrap();
    let states = team.log.states.clone();
    for verb in ["progress", "block", "complete", "fail", "release", "lose_lease"] {
        for token in [old, 0, old + 2] {
            let lost = LeaseLost { handoff_id: WORK.into(), holder: Some("s-2".into()), fencing_token: old + 1 };
            assert_eq!(ask(&mut team, verb, token), Err(lost), "{verb}");
        }
    }
    assert_eq!(team.log.states, states);
    assert_eq!(under_lease(&team.work(WORK), old + 1), Ok(()));
}

#[test]
fn only_a_session_that_works_takes_work() {
    let (mut team, _) = team_in(Offered);
    let of = |kind: &str| event(&format!("agent.letta.session.{kind}")).in_session("s-1");
    let states = [("paused", of("paused").saying("reason", "lunch")), ("completed", of("completed"))];
    for (state, story) in states {
        team.log.record([&story]);
        let refused = team.accept("s-1", WORK);
        assert!(matches!(refused, Err(WrongState { state: found, .. }) if found == state), "{refused:?}");
    }
    let failed = event("agent.letta.session.failed").in_session("s-2");
    let heir = event("agent.letta.session.recovery.started").saying("failed_session_id", "s-2");
    team.log.record([&failed, &heir.saying("new_session_id", "s-3").caused_by(&failed)]);
    let superseded = Refusal::SessionSuperseded { session_id: "s-2".into(), new_session_id: "s-3".into() };
    assert_eq!(team.accept("s-2", WORK), Err(superseded));
}

#[test]
fn progress_is_at_most_all_of_it() {
    let (mut team, token) = team_in(Accepted);
    for percent in [-0.1, 100.1, f64::NAN] {
        let report = ReportProgress { progress_pct: Some(percent), ..progress(WORK, token) };
        assert!(matches!(team.ask(report), Err(Refusal::InvalidField { field: "progress_pct", .. })));
    }
}
