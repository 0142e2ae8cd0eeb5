//! Replays, and what they need to know of the log.

use std::collections::BTreeMap;

use god33_domain::ports::Kept;
use god33_domain::replay::{
    Pace, Replay, ReplayId, ReplayProgress, ReplayRange, ReplaySpec, ReplayState, ReplayTarget,
};
use god33_domain::{Digest, EventFilter, Position, Request, RequestId, Timestamp, TypePattern, WorkflowId};
use uuid::Uuid;

use crate::store::World;
use crate::{Named as _, event, from_bus};

fn range(filter: EventFilter, after: u64, until: u64) -> ReplayRange {
    ReplayRange { filter, after: Position::new(after), until: Position::new(until) }
}

fn replay(target: ReplayTarget) -> Replay {
    let filter = EventFilter {
        types: vec![TypePattern::parse("agent.*").unwrap()],
        workflow_id: Some(WorkflowId::parse("wörk \"flow\" 'x'").unwrap()),
        ..EventFilter::default()
    };
    let spec = ReplaySpec { range: range(filter, 3, 90), target, pace: Pace::Speed(0.1), allow_live_exchange: true };
    Replay::begin(ReplayId::generate(), spec, 7, "somebody".into(), Timestamp::from_micros(1_800_000_000_000_000))
}

fn to_exchange() -> Replay {
    replay(ReplayTarget::Exchange("elsewhere".into()))
}

fn request(content: &[u8]) -> Request {
    Request { id: RequestId(Uuid::new_v4()), digest: Digest::of_bytes(content) }
}

async fn keep(world: &World, replay: &Replay) -> Kept {
    world.store.keep_replay(replay, None).await.unwrap()
}

async fn kept(world: &World, id: ReplayId) -> Option<Replay> {
    world.store.replay(id).await.unwrap()
}

pub async fn a_survey_counts_what_a_range_holds_by_type_and_says_where_it_begins_and_ends(world: &World) {
    let types = ["a.one", "a.two", "b.one", "a.one", "a.two", "a.one"];
    for event_type in types {
        world.record([&event(event_type)]).await;
        world.clock.step(5);
    }
    let log = world.log().await;
    for (types, after, until) in [
        (vec![], 0, 6),
        (vec!["a.*"], 0, 6),
        (vec!["a.*"], 1, 5),
        (vec!["a.one"], 1, 100),
        (vec!["#.one", "a.two"], 2, 4),
        (vec!["c.#"], 0, 6),
        (vec![], 3, 3),
    ] {
        let types = types.into_iter().map(|text| TypePattern::parse(text).unwrap()).collect();
        let range = range(EventFilter { types, ..EventFilter::default() }, after, until);
        let survey = world.store.survey(&range).await.unwrap();
        let chosen: Vec<_> = log
            .iter()
            .filter(|event| event.position > range.after && event.position <= range.until)
            .filter(|event| range.filter.matches_but_chain(event))
            .collect();
        let mut by_type = BTreeMap::new();
        chosen.iter().for_each(|event| *by_type.entry(event.envelope.event_type.clone()).or_default() += 1);
        assert_eq!(survey.by_type, by_type.into_iter().collect::<Vec<_>>(), "{range:?}");
        assert_eq!(survey.total(), chosen.len() as u64);
        let end = |event: &&&god33_domain::RecordedEvent| (event.position, event.recorded_at);
        let ends = chosen.first().as_ref().map(end).zip(chosen.last().as_ref().map(end));
        let surveyed =
            survey.ends.map(|(first, last)| ((first.position, first.recorded_at), (last.position, last.recorded_at)));
        assert_eq!(surveyed, ends, "{range:?}");
    }
}

pub async fn a_survey_follows_a_chain(world: &World) {
    let (root, other) = (event("a.root"), event("a.other"));
    let child = event("a.child").caused_by(&root);
    world.record([&root, &other, &child]).await;
    let filter = EventFilter { chain: Some(root.event_id()), ..EventFilter::default() };
    assert_eq!(world.store.survey(&range(filter.clone(), 0, 3)).await.unwrap().total(), 2);
    assert_eq!(world.store.survey(&range(filter, 0, 2)).await.unwrap().total(), 1);
}

pub async fn the_bodies_of_many_messages_come_back_and_events_without_one_are_left_out(world: &World) {
    let (sent, brought, more) = (event("a.sent"), from_bus("a.brought", "{\"a\": 1}"), from_bus("a.more", "[ 2 ]"));
    let unknown = event("a.unknown");
    world.record([&sent, &brought, &more]).await;
    let ids = [&sent, &brought, &more, &unknown].map(|event| event.event_id());
    let mut found = world.store.originals(&ids).await.unwrap();
    found.sort();
    let mut wanted = Vec::new();
    for id in &ids[1..3] {
        wanted.push((*id, world.store.original(*id).await.unwrap().unwrap()));
    }
    wanted.sort();
    assert_eq!(found, wanted);
    assert_eq!(world.store.originals(&[]).await.unwrap(), []);
}

pub async fn only_ids_that_were_recorded_are_known(world: &World) {
    let (one, two, unknown) = (event("a.one"), event("a.two"), event("a.unknown"));
    world.record([&one, &two]).await;
    let ids = [&one, &unknown, &two].map(|event| event.event_id());
    let mut known = world.store.known_ids(&ids).await.unwrap();
    known.sort();
    let mut wanted = vec![ids[0], ids[2]];
    wanted.sort();
    assert_eq!(known, wanted);
    assert_eq!(world.store.known_ids(&[]).await.unwrap(), []);
}

pub async fn a_replay_comes_back_whole_with_each_change(world: &World) {
    let replay = to_exchange();
    assert_eq!(kept(world, replay.replay_id).await, None);
    assert_eq!(keep(world, &replay).await, Kept::Yes);
    assert_eq!(kept(world, replay.replay_id).await.as_ref(), Some(&replay));
    let progress = ReplayProgress {
        position: Position::new(50),
        delivered: 9,
        reached: Some(Timestamp::from_micros(1_700_000_000_000_001)),
    };
    let replay = replay.progressed(progress);
    assert_eq!(keep(world, &replay).await, Kept::Yes);
    let replay = replay.fail("ä \"reason\"".into(), Timestamp::from_micros(1_800_000_000_000_002));
    assert_eq!(keep(world, &replay).await, Kept::Yes);
    assert_eq!(kept(world, replay.replay_id).await, Some(replay));
}

pub async fn of_two_who_change_a_replay_at_once_one_is_told(world: &World) {
    let replay = to_exchange();
    keep(world, &replay).await;
    assert_eq!(keep(world, &replay).await, Kept::Stale, "it is there already");
    let (paused, cancelled) = (replay.clone().pause().unwrap(), replay.cancel(Timestamp::EPOCH).unwrap());
    let answers = futures::future::join(keep(world, &paused), keep(world, &cancelled)).await;
    let stands = match answers {
        (Kept::Yes, Kept::Stale) => paused,
        (Kept::Stale, Kept::Yes) => cancelled,
        both => panic!("one of them: {both:?}"),
    };
    assert_eq!(kept(world, stands.replay_id).await, Some(stands));
    let unknown = to_exchange().pause().unwrap();
    assert_eq!(keep(world, &unknown).await, Kept::Stale, "what is not there does not change");
    assert_eq!(kept(world, unknown.replay_id).await, None);
}

pub async fn a_request_about_a_replay_keeps_its_first_answer(world: &World) {
    let (replay, request) = (to_exchange(), request(b"start"));
    assert_eq!(world.store.replay_answer(request.id).await.unwrap(), None);
    assert_eq!(world.store.keep_replay(&replay, Some(&request)).await.unwrap(), Kept::Yes);
    let again = to_exchange();
    assert_eq!(world.store.keep_replay(&again, Some(&request)).await.unwrap(), Kept::Stale);
    assert_eq!(kept(world, again.replay_id).await, None, "a repeat starts nothing");
    let paused = replay.clone().pause().unwrap();
    assert_eq!(keep(world, &paused).await, Kept::Yes);
    assert_eq!(world.store.replay_answer(request.id).await.unwrap(), Some((request.digest, replay.clone())));
    let late = self::request(b"resume");
    assert_eq!(world.store.keep_replay(&paused, Some(&late)).await.unwrap(), Kept::Stale);
    assert_eq!(world.store.replay_answer(late.id).await.unwrap(), None, "what was not done has no answer");
}

pub async fn old_answers_about_replays_are_forgotten(world: &World) {
    let (replay, request) = (to_exchange(), request(b"start"));
    world.store.keep_replay(&replay, Some(&request)).await.unwrap();
    let now = Timestamp::now();
    let day = |days: i64| Timestamp::new(now.seconds() + days * 86_400, 0).unwrap();
    world.store.maintain(now, day(-1)).await.unwrap();
    assert!(world.store.replay_answer(request.id).await.unwrap().is_some());
    world.store.maintain(now, day(1)).await.unwrap();
    assert_eq!(world.store.replay_answer(request.id).await.unwrap(), None);
    assert!(kept(world, replay.replay_id).await.is_some(), "a replay is not forgotten");
}

pub async fn pages_of_replays_cover_each_once_the_newest_first(world: &World) {
    let mut all = Vec::new();
    for _ in 0..7 {
        let replay = to_exchange();
        keep(world, &replay).await;
        all.insert(0, replay);
    }
    let mut seen: Vec<Replay> = Vec::new();
    loop {
        let page = world.store.replays(seen.last().map(|replay| replay.replay_id), 3).await.unwrap();
        if page.is_empty() {
            break;
        }
        seen.extend(page);
    }
    assert_eq!(seen, all);
}

pub async fn only_replays_that_somebody_has_to_run_are_running(world: &World) {
    let (first, second, streamed, ended) = (to_exchange(), to_exchange(), replay(ReplayTarget::Stream), to_exchange());
    for replay in [&second, &first, &streamed, &ended] {
        keep(world, replay).await;
    }
    keep(world, &ended.cancel(Timestamp::EPOCH).unwrap()).await;
    let running = async |limit| world.store.running_replays(limit).await.unwrap();
    assert_eq!(running(10).await, [first.clone(), second.clone()], "the oldest first");
    assert_eq!(running(1).await, std::slice::from_ref(&first));
    let paused = first.pause().unwrap();
    keep(world, &paused).await;
    assert_eq!(running(10).await, std::slice::from_ref(&second));
    let resumed = paused.resume().unwrap();
    keep(world, &resumed).await;
    assert_eq!(running(10).await, [resumed, second.clone()]);
    assert_eq!(second.state, ReplayState::Running);
}
