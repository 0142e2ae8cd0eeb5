//! Every state in which a collaboration can be, and every command in each of them.

use super::*;

type Case = (&'static str, fn() -> MemoryLog);

const STATES: [Case; 7] = [
    ("absent", MemoryLog::default),
    ("seen by its events alone", seen),
    ("active, and who asks is invited", || started_with(json!({})).0),
    ("active, and who asks takes part", voting),
    ("active, and who asks left", left),
    ("completed", || ended("completed")),
    ("failed", || ended("failed")),
];

/// Who asks in all of them.
const WHO: &str = "letta-rust-dev";

fn seen() -> MemoryLog {
    let mut log = MemoryLog::default();
    log.record([&told("update").saying("agent_id", "a-stranger")]);
    log
}

fn voting() -> MemoryLog {
    let (mut log, _) = joined_with(json!({}));
    log.command(propose("mise-architect", json!({}))).unwrap();
    log
}

fn left() -> MemoryLog {
    let mut log = voting();
    log.command(leave(WHO)).unwrap();
    log
}

fn ended(end: &str) -> MemoryLog {
    let mut log = voting();
    log.record([&told(end)]);
    log
}

type Ask = (&'static str, fn(&mut MemoryLog) -> Result<Appended, Refusal>);

const COMMANDS: [Ask; 12] = [
    ("start", |log| log.command(start_with(json!({})))),
    ("join", |log| log.command(join(WHO))),
    ("leave", |log| log.command(leave(WHO))),
    ("update", |log| log.command(update(WHO, json!({"summary": "builds"})))),
    ("set_context", |log| log.command(set(WHO, &[("a", json!(1), None)]))),
    ("propose", |log| log.command(propose(WHO, json!({"proposal_id": ""})))),
    ("vote", |log| log.command(vote(WHO, "yes"))),
    ("complete as who asks", |log| log.command(complete(WHO))),
    ("complete as the leader", |log| log.command(complete("mise-architect"))),
    ("complete by force", |log| log.command(CompleteCollaboration { force: true, ..complete(DIRECTOR) })),
    ("fail as who asks", |log| log.command(fail(WHO))),
    ("fail as the leader", |log| log.command(fail("mise-architect"))),
];

/// What each command comes to, in the order of [`COMMANDS`]. Where no start was seen nobody leads, so only who takes part has a say.
const TABLE: [[&str; 12]; 7] = [
    ["ok", "gone", "gone", "gone", "gone", "gone", "gone", "gone", "gone", "gone", "gone", "gone"],
    ["ok", "ok", "no", "no", "no", "no", "no vote", "no", "no", "no", "no", "no"],
    ["exists", "ok", "no", "no", "no", "no", "no vote", "leader", "missing", "ok", "leader", "ok"],
    ["exists", "joined", "ok", "ok", "ok", "ok", "ok", "leader", "missing", "ok", "leader", "ok"],
    ["exists", "ok", "no", "no", "no", "no", "no", "leader", "missing", "ok", "leader", "ok"],
    ["exists", "over", "over", "over", "over", "over", "over", "over", "over", "over", "over", "over"],
    ["exists", "over", "over", "over", "over", "over", "over", "over", "over", "over", "over", "over"],
];

fn word(answer: &Result<Appended, Refusal>) -> &'static str {
    match answer {
        Ok(_) => "ok",
        Err(Refusal::NotFound { kind: StateKind::Collaboration, .. }) => "gone",
        Err(Refusal::Exists { kind: StateKind::Collaboration, .. }) => "exists",
        Err(Refusal::WrongState { kind: StateKind::Collaboration, .. }) => "over",
        Err(Refusal::NotAParticipant { .. }) => "no",
        Err(Refusal::ProposalNotFound(_)) => "no vote",
        Err(Refusal::AlreadyJoined { .. }) => "joined",
        Err(Refusal::NotTheLeader { .. }) => "leader",
        Err(Refusal::ResultsMissing { .. }) => "missing",
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn every_command_is_answered_in_every_state() {
    for ((name_of_state, make), row) in STATES.into_iter().zip(TABLE) {
        for ((name, ask), expected) in COMMANDS.into_iter().zip(row) {
            let mut log = make();
            let before = (log.head, log.states.clone());
            let answer = ask(&mut log);
            assert_eq!(word(&answer), expected, "{name} of a collaboration that is {name_of_state}: {answer:?}");
            match answer {
                Ok(answer) => {
                    assert_eq!(*answer.state::<Collaboration>().unwrap(), state(&log), "{name}");
                    assert_eq!(state(&log).anomalies, anomalies_of(&before.1), "{name}: what is taken fits");
                }
                Err(_) => assert_eq!((log.head, log.states.clone()), before, "{name}: a refusal changes nothing"),
            }
        }
    }
}

fn anomalies_of(states: &BTreeMap<crate::state::StateKey, crate::state::State>) -> u64 {
    let key = crate::state::StateKey::of::<Collaboration>(ID);
    states.get(&key).and_then(crate::state::Kind::in_state).map_or(0, |known: &Collaboration| known.anomalies)
}
