//! What is heard of sessions and of the holders of work, and what sessions have received.

use god33_domain::handoff::Handoff;
use god33_domain::ports::SignOfLife;
use god33_domain::session::Session;
use god33_domain::state::StateKey;
use god33_domain::{JsonText, Timestamp};

use crate::history::Dice;
use crate::store::World;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_micros(1_800_000_000_000_000 + seconds * 1_000_000 + 123_456)
}

/// A sign of a session.
fn sign(id: &str, seconds: i64, said: &str) -> SignOfLife {
    let said = (!said.is_empty()).then(|| JsonText::parse(said).expect("JSON"));
    SignOfLife { key: StateKey::of::<Session>(id), at: at(seconds), said }
}

/// What is known of these things, in order of their keys.
async fn known(world: &World, keys: &[StateKey]) -> Vec<SignOfLife> {
    let mut signs = world.store.signs(keys).await.unwrap();
    signs.sort_by(|one, other| one.key.cmp(&other.key));
    signs
}

/// What is known of a session.
async fn of(world: &World, id: &str) -> Option<SignOfLife> {
    known(world, &[StateKey::of::<Session>(id)]).await.pop()
}

pub async fn the_newest_sign_stands(world: &World) {
    assert_eq!(of(world, "s-1").await, None);
    world.store.keep_signs(&[]).await.unwrap();
    world.store.keep_signs(&[sign("s-1", 10, "{}"), sign("s-2", 10, "{}")]).await.unwrap();
    world.store.keep_signs(&[sign("s-1", 12, r#"{"n":1}"#)]).await.unwrap();
    assert_eq!(of(world, "s-1").await, Some(sign("s-1", 12, r#"{"n":1}"#)));
    world.store.keep_signs(&[sign("s-1", 11, r#"{"n":2}"#), sign("s-1", 12, r#"{"n":3}"#)]).await.unwrap();
    assert_eq!(of(world, "s-1").await, Some(sign("s-1", 12, r#"{"n":1}"#)), "an older one changes nothing");
    assert_eq!(of(world, "s-2").await, Some(sign("s-2", 10, "{}")), "nor does one of somebody else");
}

pub async fn what_a_sign_said_stands_until_another_says_something(world: &World) {
    let said = r#"{ "context_tokens" : 9007199254740993, "focus": "nul \u0000 ü" }"#;
    for (next, expected) in [
        (sign("s-1", 1, ""), ""),
        (sign("s-1", 2, said), said),
        (sign("s-1", 3, ""), said),
        (sign("s-1", 2, r#"{"late":1}"#), said),
        (sign("s-1", 4, "{}"), "{}"),
    ] {
        world.store.keep_signs(&[next]).await.unwrap();
        let kept = of(world, "s-1").await.unwrap().said;
        assert_eq!(kept.as_ref().map(JsonText::as_str).unwrap_or_default(), expected);
    }
}

pub async fn signs_of_one_thing_in_one_batch_count_in_order_of_their_time(world: &World) {
    let batch = [sign("s-1", 3, ""), sign("s-1", 1, r#"{"n":1}"#), sign("s-1", 2, r#"{"n":2}"#), sign("s-2", 5, "{}")];
    world.store.keep_signs(&batch).await.unwrap();
    assert_eq!(of(world, "s-1").await, Some(sign("s-1", 3, r#"{"n":2}"#)));
    let batch = [sign("s-1", 5, ""), sign("s-1", 1, r#"{"n":3}"#), sign("s-2", 1, r#"{"n":4}"#)];
    world.store.keep_signs(&batch).await.unwrap();
    assert_eq!(of(world, "s-1").await, Some(sign("s-1", 5, r#"{"n":2}"#)), "what is older than is known says nothing");
    assert_eq!(of(world, "s-2").await, Some(sign("s-2", 5, "{}")));
}

pub async fn one_id_may_be_that_of_several_things(world: &World) {
    let name = "it's \"100 %\" \\ _ ﷺ 😀";
    let keys = [StateKey::of::<Session>(name), StateKey::of::<Handoff>(name), StateKey::of::<Session>("other")];
    let held = SignOfLife { key: keys[1].clone(), at: at(7), said: None };
    world.store.keep_signs(&[sign(name, 5, "{}"), held.clone()]).await.unwrap();
    let mut expected = [sign(name, 5, "{}"), held];
    expected.sort_by(|one, other| one.key.cmp(&other.key));
    assert_eq!(known(world, &keys).await, expected);
    assert_eq!(known(world, &keys[2..]).await, []);
    assert_eq!(known(world, &[]).await, []);
    assert_eq!(known(world, &[keys[0].clone(), keys[0].clone()]).await, [sign(name, 5, "{}")], "each once");
}

pub async fn thousands_of_signs_come_at_once(world: &World) {
    let id = |number: i64| format!("s-{number:05}");
    let signs = |seconds: i64| (0..5_000).map(|number| sign(&id(number), seconds + number, "{}")).collect::<Vec<_>>();
    world.store.keep_signs(&signs(0)).await.unwrap();
    world.store.keep_signs(&signs(10_000)).await.unwrap();
    let keys: Vec<StateKey> = (0..5_001).map(|number| StateKey::of::<Session>(id(number))).collect();
    assert_eq!(known(world, &keys).await, signs(10_000));
}

pub async fn signs_of_the_same_things_can_be_written_by_many_at_once(world: &World) {
    let mut dice = Dice::seeded(7);
    let mut batch = |writer: i64| {
        let mut signs: Vec<SignOfLife> =
            (0..200).map(|number| sign(&format!("s-{number}"), writer * 1_000 + number, "{}")).collect();
        (0..signs.len()).for_each(|place| signs.swap(place, dice.roll(200)));
        signs
    };
    let batches: Vec<Vec<SignOfLife>> = (0..8).map(&mut batch).collect();
    let written = batches.iter().map(|batch| world.store.keep_signs(batch));
    futures::future::try_join_all(written).await.expect("nobody stands in another one's way");
    for number in [0, 7, 199] {
        let newest = sign(&format!("s-{number}"), 7_000 + number, "{}");
        assert_eq!(of(world, &format!("s-{number}")).await, Some(newest));
    }
}

fn ids(numbers: impl IntoIterator<Item = usize>) -> Vec<String> {
    numbers.into_iter().map(|number| format!("0198c5a4-6b0e-5f3a-9d51-{number:012}")).collect()
}

/// Those of these instructions that were received, in order.
async fn received(world: &World, instructions: &[String]) -> Vec<String> {
    let mut found = world.store.acknowledged(instructions).await.unwrap();
    found.sort();
    found
}

pub async fn only_what_was_acknowledged_comes_back(world: &World) {
    world.store.acknowledge("s-1", &ids([1, 3]), at(0)).await.unwrap();
    world.store.acknowledge("s-2", &ids([5]), at(1)).await.unwrap();
    world.store.acknowledge("s-2", &[], at(2)).await.unwrap();
    assert_eq!(received(world, &ids(0..9)).await, ids([1, 3, 5]));
    assert_eq!(received(world, &ids([2, 3, 4])).await, ids([3]));
    assert_eq!(received(world, &ids([3, 3])).await, ids([3]), "each once");
    assert_eq!(received(world, &[]).await, [""; 0]);
}

pub async fn an_instruction_can_be_acknowledged_again(world: &World) {
    world.store.acknowledge("s-1", &ids([1, 2]), at(0)).await.unwrap();
    world.store.acknowledge("s-1", &ids([2, 3, 3]), at(1)).await.unwrap();
    world.store.acknowledge("s-1", &ids([1, 2, 3]), at(1)).await.unwrap();
    assert_eq!(received(world, &ids(0..9)).await, ids([1, 2, 3]));
    world.store.acknowledge("s-1", &ids(0..5_000), at(2)).await.unwrap();
    assert_eq!(received(world, &ids(0..5_001)).await, ids(0..5_000), "thousands at once");
}
