//! The states of everything but workflows, as the store keeps and lists them.

use std::collections::BTreeSet;

use god33_domain::agent::AgentType;
use god33_domain::checkpoint::{self, Checkpoint};
use god33_domain::feedback::{Question, QuestionState};
use god33_domain::plan::{Needs, Writes};
use god33_domain::ports::{Commit, LogTransaction};
use god33_domain::state::{Noun, State, StateKey, StateKind, StatePage, StateQuery, States, label};
use god33_domain::waits::Waits;
use god33_domain::{JsonText, Position, Timestamp, Workflow};
use serde_json::json;

use crate::event;
use crate::store::World;

fn at(micros: i64) -> Timestamp {
    Timestamp::from_micros(1_800_000_000_000_000 + micros)
}

/// An open question to anybody, the one with this number.
fn question(number: u64) -> Question {
    let question = json!({
        "question_id": format!("q-{number}"), "state": "open", "question": "JWT or sessions?", "options": [],
        "blocking": true, "priority": "medium", "created_at": at(0), "delegated_by": [], "version": 1,
        "position": number, "began": number, "place": format!("{number:020}"), "escalated": false, "deadlock": false, "anomalies": 0,
    });
    serde_json::from_value(question).expect("a question")
}

/// An agent that waits for nothing.
fn waits(agent: &str) -> Waits {
    Waits { agent_id: agent.into(), waits: Vec::new(), position: Position::new(1), version: 1 }
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// A transaction that will keep these states, as a batch of events would that moved them so. It keeps states and no event.
async fn moving<N: Noun>(world: &World, nouns: Vec<N>) -> (Box<dyn LogTransaction>, Writes) {
    let mut transaction = world.store.begin().await.unwrap();
    let keys: Vec<StateKey> = nouns.iter().map(|noun| StateKey::of::<N>(noun.id())).collect();
    let known = transaction.load(&Needs { states: keys.clone(), ..Needs::default() }).await.unwrap().states;
    let mut states = States::default();
    for key in keys {
        let state = known.iter().find(|state| state.key() == key).cloned();
        states.know(key, state);
    }
    for noun in nouns {
        let id = noun.id().to_owned();
        states.change(&id, |_| Some(noun));
    }
    let writes = Writes {
        head: transaction.head(),
        events: Vec::new(),
        edges: Vec::new(),
        resolved: Vec::new(),
        late: Vec::new(),
        sessions: Vec::new(),
        states: states.changed(),
        cursors: std::collections::BTreeMap::new(),
        requests: Vec::new(),
    };
    (transaction, writes)
}

async fn keep<N: Noun>(world: &World, nouns: Vec<N>) {
    let (transaction, writes) = moving(world, nouns).await;
    assert_eq!(transaction.commit(&writes).await.unwrap(), Commit::Done);
}

async fn page(world: &World, query: &StateQuery) -> StatePage {
    world.store.list_states(query).await.unwrap()
}

fn ids(states: &[State]) -> Vec<String> {
    states.iter().map(|state| state.key().id).collect()
}

/// The ids of all questions that have these labels.
async fn having(world: &World, labels: &[&[&str]]) -> Vec<String> {
    let having = labels.iter().map(|labels| texts(labels)).collect();
    let page = page(world, &StateQuery { kind: StateKind::Question, having, after: None, limit: 1_000 }).await;
    assert!(!page.has_more, "{labels:?}");
    ids(&page.states)
}

/// The ids of the states that are due, the longest due first.
async fn due(world: &World, time: Timestamp, limit: usize) -> Vec<String> {
    world.store.due_states(time, limit).await.unwrap().into_iter().map(|key| key.id).collect()
}

pub async fn a_state_comes_back_whole_by_its_key(world: &World) {
    let strange = Question {
        question: "nul \0, quote \" and half of a 😀".into(),
        context: JsonText::parse(r#"{"n": 9007199254740993, "nul": "\u0000", "half": "\ud800", "big": 1e400}"#).ok(),
        options: texts(&["", "' OR 1=1 --", "ü"]),
        deadline: Timestamp::new(1_800_000_000, 123_456_789).ok(),
        ..question(1)
    };
    keep(world, vec![strange.clone(), question(2)]).await;
    keep(world, vec![waits("q-1")]).await;
    world.record([&event("a.b").of_workflow("q-1")]).await;
    let keys = [
        StateKey::of::<Question>("q-1"),
        StateKey::of::<Waits>("q-1"),
        StateKey::of::<Workflow>("q-1"),
        StateKey::of::<Question>("q-3"),
        StateKey::of::<Checkpoint>("q-1"),
        StateKey::of::<Workflow>("q-3"),
    ];
    let mut found = world.store.states(&keys).await.unwrap();
    found.sort_by_key(State::key);
    let mut expected = vec![
        State::Question(Box::new(strange)),
        State::Waits(Box::new(waits("q-1"))),
        State::Workflow(Box::new(world.workflow("q-1").await)),
    ];
    expected.sort_by_key(State::key);
    assert_eq!(found, expected, "what is not there is left out, and one id may be that of several kinds");
    assert_eq!(world.store.states(&[]).await.unwrap(), []);
    let mut transaction = world.store.begin().await.unwrap();
    let mut known = transaction.load(&Needs { states: keys.to_vec(), ..Needs::default() }).await.unwrap().states;
    known.sort_by_key(State::key);
    assert_eq!(known, expected, "a transaction sees the same");
}

pub async fn a_state_that_moved_stands_in_place_of_what_it_was(world: &World) {
    keep(world, vec![question(1), question(2)]).await;
    let answered = Question { state: QuestionState::Answered, decision: Some("JWT".into()), version: 2, ..question(1) };
    keep(world, vec![answered.clone()]).await;
    let all = StateQuery { kind: StateKind::Question, having: Vec::new(), after: None, limit: 10 };
    let expected = [answered, question(2)].map(|question| State::Question(Box::new(question)));
    assert_eq!(page(world, &all).await, StatePage { states: expected.to_vec(), has_more: false });
}

pub async fn a_dropped_transaction_moves_no_state(world: &World) {
    keep(world, vec![question(1)]).await;
    let (transaction, writes) = moving(world, vec![Question { version: 2, ..question(1) }, question(2)]).await;
    assert_eq!(writes.states.len(), 2);
    drop(transaction);
    assert_eq!(having(world, &[]).await, ["q-1"]);
    let found = world.store.states(&[StateKey::of::<Question>("q-1")]).await.unwrap();
    assert_eq!(found, [State::Question(Box::new(question(1)))]);
}

/// Six questions of two workflows, in the order of their numbers; the odd ones are jarad's, every third is answered.
async fn six_questions(world: &World) {
    let told = |number: u64| Question {
        workflow_id: Some(format!("w-{}", number % 2)),
        assignee: (number % 2 == 1).then(|| "jarad".into()),
        from_agent: Some(["100 %", "a_b"][usize::from(number > 3)].into()),
        state: if number.is_multiple_of(3) { QuestionState::Answered } else { QuestionState::Open },
        ..question(number)
    };
    keep(world, (1..=6).map(told).collect()).await;
    keep(world, vec![waits("q-1"), waits("open")]).await;
}

pub async fn states_are_listed_by_each_label_alone(world: &World) {
    six_questions(world).await;
    for (label, expected) in [
        ("state:open", &["q-1", "q-2", "q-4", "q-5"][..]),
        ("state:answered", &["q-3", "q-6"]),
        ("assignee:jarad", &["q-1", "q-3", "q-5"]),
        ("anybody:true", &["q-2", "q-4", "q-6"]),
        ("workflow:w-0", &["q-2", "q-4", "q-6"]),
        ("agent:100 %", &["q-1", "q-2", "q-3"]),
        ("agent:a_b", &["q-4", "q-5", "q-6"]),
        ("agent:a%", &[]),
        ("agent:A_B", &[]),
        ("agent", &[]),
        ("open:true", &[]),
        ("' OR 1=1 --", &[]),
        ("", &[]),
    ] {
        assert_eq!(having(world, &[&[label]]).await, expected, "{label:?}");
    }
    assert_eq!(having(world, &[]).await, ["q-1", "q-2", "q-3", "q-4", "q-5", "q-6"], "all of the kind, and no other");
}

pub async fn labels_of_one_list_are_alternatives_and_every_list_must_hold(world: &World) {
    six_questions(world).await;
    for (labels, expected) in [
        (&[&["state:open", "state:answered"][..]][..], &["q-1", "q-2", "q-3", "q-4", "q-5", "q-6"][..]),
        (&[&["workflow:w-1", "assignee:jarad", "workflow:w-1"]], &["q-1", "q-3", "q-5"]),
        (&[&["state:answered", "assignee:jarad", "agent:100 %"]], &["q-1", "q-2", "q-3", "q-5", "q-6"]),
        (&[&["state:open"], &["workflow:w-1"]], &["q-1", "q-5"]),
        (&[&["workflow:w-1"], &["state:open"]], &["q-1", "q-5"]),
        (&[&["state:open"], &["assignee:jarad", "anybody:true"], &["agent:a_b"]], &["q-4", "q-5"]),
        (&[&["state:open"], &["state:answered"]], &[]),
        (&[&["state:open"], &["assignee:nobody"]], &[]),
        (&[&["assignee:nobody", "assignee:jarad"], &["state:cancelled", "state:answered"]], &["q-3"]),
        (&[&[]], &[]),
        (&[&["state:open"], &[]], &[]),
    ] {
        assert_eq!(having(world, labels).await, expected, "{labels:?}");
    }
}

/// Pages from the first to the last, of this size.
async fn leaf_through(world: &World, having: &[&[&str]], limit: usize) -> Vec<String> {
    let having: Vec<Vec<String>> = having.iter().map(|labels| texts(labels)).collect();
    let mut seen: Vec<State> = Vec::new();
    loop {
        let after = seen.last().map(|last| (last.rank(), last.key().id));
        let query = StateQuery { kind: StateKind::Question, having: having.clone(), after, limit };
        let page = page(world, &query).await;
        assert!(page.states.len() == limit || !page.has_more, "{query:?}");
        seen.extend(page.states);
        if !page.has_more {
            return ids(&seen);
        }
    }
}

pub async fn pages_of_states_cover_each_once_in_order_of_rank(world: &World) {
    let named = |id: &str, place: u64| Question { question_id: id.into(), ..question(place) };
    let questions = vec![
        named("medium", 8),
        named("low", 9),
        named("later", 3),
        named("soon", 2),
        named("ü", 7),
        named("b", 7),
        named("a-1", 7),
        named("Z", 7),
        named("a", 7),
    ];
    keep(world, questions).await;
    keep(world, vec![waits("medium")]).await;
    let expected = ["soon", "later", "Z", "a", "a-1", "b", "ü", "medium", "low"];
    for limit in [1, 2, 3, 8, 9, 10] {
        for labels in [&[][..], &[&["state:open"][..]], &[&["anybody:true", "state:open"], &["state:open"]]] {
            assert_eq!(leaf_through(world, labels, limit).await, expected, "pages of {limit}, {labels:?}");
        }
    }
}

pub async fn pages_stay_in_order_while_states_move(world: &World) {
    keep(world, (1..=9).map(question).collect()).await;
    let first = StateQuery { kind: StateKind::Question, having: vec![texts(&["state:open"])], after: None, limit: 3 };
    let read = page(world, &first).await;
    assert_eq!(ids(&read.states), ["q-1", "q-2", "q-3"]);
    let answered = |number| Question { state: QuestionState::Answered, ..question(number) };
    keep(world, vec![answered(1), answered(3), answered(5), question(10)]).await;
    let after = read.states.last().map(|last| (last.rank(), last.key().id));
    let rest = page(world, &StateQuery { after, limit: 9, ..first }).await;
    assert_eq!(ids(&rest.states), ["q-4", "q-6", "q-7", "q-8", "q-9", "q-10"]);
}

pub async fn labels_that_a_state_lost_do_not_find_it_any_more(world: &World) {
    let asked = Question { assignee: Some("jarad".into()), workflow_id: Some("w-1".into()), ..question(1) };
    keep(world, vec![asked.clone(), Question { assignee: Some("jarad".into()), ..question(2) }]).await;
    let passed_on = Question { assignee: Some("pm".into()), ..asked };
    keep(world, vec![passed_on.clone()]).await;
    assert_eq!(having(world, &[&["assignee:jarad"]]).await, ["q-2"]);
    assert_eq!(having(world, &[&["assignee:pm"], &["state:open"], &["workflow:w-1"]]).await, ["q-1"], "others stay");
    keep(world, vec![Question { state: QuestionState::Cancelled, assignee: None, ..passed_on }]).await;
    assert_eq!(having(world, &[&["assignee:pm", "state:open"]]).await, ["q-2"]);
    assert_eq!(having(world, &[&["anybody:true"], &["state:cancelled"]]).await, ["q-1"]);
    assert_eq!(having(world, &[&["workflow:w-1"]]).await, ["q-1"]);
}

pub async fn states_are_due_when_their_time_has_come_the_longest_due_first(world: &World) {
    let until = |number: u64, micros: i64| Question { deadline: Some(at(micros)), ..question(number) };
    keep(world, vec![until(1, 30), until(2, 10), until(3, 20), question(4), until(5, 40)]).await;
    assert_eq!(due(world, at(9), 10).await, [""; 0]);
    assert_eq!(due(world, at(10), 10).await, ["q-2"], "at its time it is due");
    assert_eq!(due(world, at(30), 10).await, ["q-2", "q-3", "q-1"]);
    assert_eq!(due(world, at(1_000), 2).await, ["q-2", "q-3"]);
    assert_eq!(world.store.due_states(at(10), 1).await.unwrap(), [StateKey::of::<Question>("q-2")]);
    keep(world, vec![Question { state: QuestionState::Answered, ..until(2, 10) }, until(3, 50), until(4, 5)]).await;
    assert_eq!(due(world, at(1_000), 10).await, ["q-4", "q-1", "q-5", "q-3"], "as they stand now");
}

pub async fn times_of_any_year_can_be_due(world: &World) {
    // The first second that a time can name, one of the year 9999 and the last of all.
    let years = [-210_863_520_000, 253_402_300_799, 8_210_266_876_799].map(|s| Timestamp::new(s, 999_999_999).unwrap());
    let until = |number: u64| Question { deadline: Some(years[number as usize]), ..question(number) };
    keep(world, vec![until(2), until(0), until(1)]).await;
    assert_eq!(due(world, years[0], 9).await, ["q-0"]);
    assert_eq!(due(world, years[2], 9).await, ["q-0", "q-1", "q-2"]);
    keep(world, vec![Question { version: 2, ..until(2) }]).await;
    assert_eq!(due(world, years[1], 9).await, ["q-0", "q-1"]);
}

/// As many characters as a name may have, of four bytes each, in an order that no compression makes shorter.
fn longest_name(seed: u64) -> String {
    let mut dice = crate::history::Dice::seeded(seed);
    (0..255).map(|_| char::from_u32(0x2_0000 + dice.roll(0xa6df) as u32).expect("a character")).collect()
}

pub async fn names_of_any_script_and_length_stop_no_state(world: &World) {
    let names: Vec<String> = (0..6).map(longest_name).chain(["it's \"100 %\" \\ _".into(), "ﷺ مرحبا".into()]).collect();
    for name in &names {
        let asked = Question {
            question_id: name.clone(),
            assignee: Some(name.clone()),
            workflow_id: Some(name.clone()),
            from_agent: Some("no \0 label".into()),
            ..question(1)
        };
        keep(world, vec![asked]).await;
        assert_eq!(having(world, &[&[&label("assignee", name)], &["state:open"]]).await, [name.as_str()]);
    }
    assert_eq!(having(world, &[&[&label("agent", "no \0 label")]]).await, [""; 0]);
    let [one, two, three] = [&names[0], &names[1], &names[2]];
    let agents = json!({
        "agent_type": one, "capabilities": [two, three], "payload_versions": [], "checkpoint_schema_versions": [],
        "desired_warm": 1, "max_instances": 0, "position": 1, "instances": 0, "created": 0, "instance_ids": [],
        "registered": true, "version": 1,
    });
    keep(world, vec![serde_json::from_value::<AgentType>(agents).expect("an agent type")]).await;
    let saved = json!({
        "checkpoint_id": two, "session_id": one, "checkpoint_type": "progress", "event_id": event("a.b").envelope.event_id,
        "position": 1, "created_at": at(0), "pinned": false, "deleted": false, "ordinal": 1,
        "key": checkpoint::key(one, two), "snapshot_size": 0, "used_by": [], "version": 1,
    });
    keep(world, vec![serde_json::from_value::<Checkpoint>(saved).expect("a checkpoint")]).await;
    for (kind, label, id) in [
        (StateKind::AgentType, label("capability", three), one.clone()),
        (StateKind::Checkpoint, label("name", two), checkpoint::key(one, two)),
    ] {
        let query = StateQuery { kind, having: vec![vec![label]], after: None, limit: 9 };
        assert_eq!(ids(&page(world, &query).await.states), [id], "{kind:?}");
    }
}

pub async fn hundreds_of_states_move_in_one_batch(world: &World) {
    let asked = |number| Question { assignee: Some(format!("person-{}", number % 7)), ..question(number) };
    keep(world, (1..=700).map(asked).collect()).await;
    assert_eq!(having(world, &[&["assignee:person-3"]]).await.len(), 100);
    let answered = |number| Question { state: QuestionState::Answered, ..asked(number) };
    keep(world, (1..=700).map(answered).collect()).await;
    assert_eq!(having(world, &[&["state:open"]]).await, [""; 0]);
    let keys: Vec<StateKey> = (0..=701).map(|number| StateKey::of::<Question>(format!("q-{number}"))).collect();
    let found = world.store.states(&keys).await.unwrap();
    assert_eq!(found.iter().map(State::key).collect::<BTreeSet<_>>().len(), 700);
    assert_eq!(found.len(), 700, "each once");
}
