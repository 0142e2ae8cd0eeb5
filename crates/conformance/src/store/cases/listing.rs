//! Lists of events: filters, orders, pages, counts.

use std::collections::{HashMap, HashSet};

use god33_domain::ports::Clock;
use god33_domain::{
    AgentId, EventFilter, EventId, EventQuery, Order, Position, RecordedEvent, SessionId, TypePattern, WorkflowId,
};

use crate::history::history;
use crate::store::World;
use crate::{Named, event, from_bus, proposal};

fn patterns(texts: &[&str]) -> Vec<TypePattern> {
    texts.iter().map(|text| TypePattern::parse(text).unwrap()).collect()
}

/// Records a history in small batches while the clock goes on. Answers with the log.
async fn told(world: &World) -> Vec<RecordedEvent> {
    for batch in history(33, 150).chunks(7) {
        world.record(batch).await;
        world.clock.step(10);
    }
    world.log().await
}

/// Fails unless the store chooses what the domain chooses, in both orders, and counts as many.
async fn assert_chooses(world: &World, log: &[RecordedEvent], filter: EventFilter) -> usize {
    let chain = filter.chain.map(|id| chain_of(log, id));
    let fits = |event: &&RecordedEvent| {
        filter.matches_but_chain(event) && chain.as_ref().is_none_or(|chain| chain.contains(&event.id()))
    };
    let mut expected: Vec<&RecordedEvent> = log.iter().filter(fits).collect();
    let count = expected.len();
    for order in [Order::OldestFirst, Order::NewestFirst] {
        let query = EventQuery { filter: filter.clone(), order, after: None, limit: 1_000 };
        let page = world.store.list_events(&query).await.unwrap();
        assert_eq!(page.events.iter().collect::<Vec<_>>(), expected, "{query:?}");
        assert!(!page.has_more);
        assert_eq!(world.store.count_events(&query).await.unwrap(), count as u64, "{query:?}");
        expected.reverse();
    }
    count
}

/// The event itself, all that led to it, all that came of it, and the events whose chain id it is.
fn chain_of(log: &[RecordedEvent], id: EventId) -> HashSet<EventId> {
    let parents: HashMap<EventId, Vec<EventId>> =
        log.iter().map(|event| (event.id(), event.envelope.parents())).collect();
    let mut chain: HashSet<EventId> = reach(id, |at| parents.get(&at).cloned().unwrap_or_default());
    let children = |at: EventId| parents.iter().filter(|(_, named)| named.contains(&at)).map(|(id, _)| *id).collect();
    chain.extend(reach(id, children));
    let shares = |event: &&RecordedEvent| event.envelope.chain_id == Some(id.to_string());
    chain.extend(log.iter().filter(shares).map(RecordedEvent::id));
    chain
}

fn reach(from: EventId, next: impl Fn(EventId) -> Vec<EventId>) -> HashSet<EventId> {
    let mut seen = HashSet::from([from]);
    let mut wanted = vec![from];
    while let Some(at) = wanted.pop() {
        wanted.extend(next(at).into_iter().filter(|id| seen.insert(*id)));
    }
    seen
}

fn by_workflow(id: &str) -> EventFilter {
    EventFilter { workflow_id: Some(WorkflowId::parse(id).unwrap()), ..EventFilter::default() }
}

fn by_types(texts: &[&str]) -> EventFilter {
    EventFilter { types: patterns(texts), ..EventFilter::default() }
}

fn by_source(app: &str) -> EventFilter {
    EventFilter { source: Some(app.into()), ..EventFilter::default() }
}

fn by_agent(id: &str) -> EventFilter {
    EventFilter { agent: Some(AgentId::parse(id).unwrap()), ..EventFilter::default() }
}

pub async fn each_filter_alone_chooses_what_it_says(world: &World) {
    let log = told(world).await;
    assert_eq!(assert_chooses(world, &log, EventFilter::default()).await, log.len());
    let session = |id: &str| EventFilter { session_id: Some(SessionId::parse(id).unwrap()), ..EventFilter::default() };
    let middle = log[log.len() / 2].recorded_at;
    let since = EventFilter { since: Some(middle), ..EventFilter::default() };
    let until = EventFilter { until: Some(middle), ..EventFilter::default() };
    for filter in [by_workflow("w-1"), session("s-3"), by_agent("jarad"), by_source("100 %"), since, until] {
        let found = assert_chooses(world, &log, filter.clone()).await;
        assert!(found > 0 && found < log.len(), "{filter:?} tells events apart");
    }
    for nothing in [
        by_workflow("w-99"),
        by_agent("%"),
        by_agent("jara_"),
        by_source("' OR 1=1 --"),
        by_source("nul \0"),
        session("S-3"),
    ] {
        assert_eq!(assert_chooses(world, &log, nothing).await, 0);
    }
}

pub async fn filters_together_choose_what_fits_them_all(world: &World) {
    let log = told(world).await;
    let mut found = 0;
    for workflow in 0..6 {
        for types in [&["agent.*"][..], &["bmad.#", "fireflies.transcriptReady"], &[]] {
            for source in [None, Some("letta-runtime")] {
                let filter = EventFilter {
                    types: patterns(types),
                    source: source.map(str::to_owned),
                    since: Some(log[20].recorded_at),
                    until: Some(log[100].recorded_at),
                    ..by_workflow(&format!("w-{workflow}"))
                };
                found += assert_chooses(world, &log, filter.clone()).await;
                let agent = AgentId::parse("letta-python-dev-001").ok();
                found += assert_chooses(world, &log, EventFilter { agent, ..filter.clone() }).await;
                let session_id = SessionId::parse("s-1").ok();
                found += assert_chooses(world, &log, EventFilter { session_id, ..filter }).await;
            }
        }
    }
    assert!(found > 0, "the history has such events");
}

pub async fn type_patterns_know_their_wildcards(world: &World) {
    let types = [
        "agent",
        "agent.letta",
        "agent.letta.checkpoint.saved",
        "agent.agno.checkpoint.saved",
        "agent.letta.task.completed",
        "bmad.workflow.started",
        "fireflies.transcriptReady",
        "a_b.c",
        "axb.c",
        "a%.c",
        "Agent.letta",
    ];
    for event_type in types {
        world.record([&from_bus(event_type, "{}")]).await;
    }
    let log = world.log().await;
    for (texts, found) in [
        (&["agent"][..], 1),
        (&["agent.letta.*"], 2),
        (&["agent.*.checkpoint.saved"], 2),
        (&["agent.#"], 5),
        (&["#"], 11),
        (&["*"], 1),
        (&["#.saved"], 2),
        (&["a_b.c"], 1),
        (&["a%.c"], 1),
        (&["fireflies.transcriptready"], 0),
        (&["agent.letta", "agent.letta", "bmad.*"], 2),
        (&["never.was", "agent"], 1),
        (&["never.was"], 0),
    ] {
        assert_eq!(assert_chooses(world, &log, by_types(texts)).await, found, "{texts:?}");
    }
    world.record([&from_bus("agent.new", "{}")]).await;
    let log = world.log().await;
    assert_eq!(assert_chooses(world, &log, by_types(&["agent.#"])).await, 6, "a type that was not there before");
}

pub async fn the_chain_of_an_event_is_what_led_to_it_what_came_of_it_and_what_shares_its_id(world: &World) {
    let log = told(world).await;
    let mut sizes = HashSet::new();
    for event in log.iter().step_by(9) {
        let filter = EventFilter { chain: Some(event.id()), ..EventFilter::default() };
        sizes.insert(assert_chooses(world, &log, filter.clone()).await);
        assert_chooses(world, &log, EventFilter { types: patterns(&["agent.#"]), ..filter }).await;
    }
    assert!(sizes.len() > 3, "chains of many sizes");
    let missing = EventId::generate();
    let (child, sharing) = (event("a.b").caused_by(&missing), event("a.b").in_chain(&missing.to_string()));
    world.record([&child, &sharing]).await;
    let filter = EventFilter { chain: Some(missing), ..EventFilter::default() };
    assert_eq!(assert_chooses(world, &world.log().await, filter).await, 2, "of an event that is not recorded");
    let unknown = EventFilter { chain: Some(EventId::generate()), ..EventFilter::default() };
    assert_eq!(assert_chooses(world, &world.log().await, unknown).await, 0);
}

pub async fn times_of_a_filter_count_to_the_nanosecond(world: &World) {
    let story = event("a.b");
    world.record([&story]).await;
    let at = world.get(&story).await.recorded_at;
    assert_eq!(at, world.clock.now());
    let after = god33_domain::Timestamp::new(at.seconds(), at.nanos() + 1).unwrap();
    for (since, until, found) in [
        (Some(at), None, 1),
        (Some(after), None, 0),
        (None, Some(at), 0),
        (None, Some(after), 1),
        (Some(at), Some(after), 1),
        (Some(after), Some(at), 0),
    ] {
        let filter = EventFilter { since, until, ..EventFilter::default() };
        assert_eq!(world.positions(filter).await.len(), found, "{since:?} to {until:?}");
    }
}

/// Reads all pages of a query; after each, one more event is recorded that the filter chooses.
async fn read_while_appending(world: &World, order: Order, limit: usize) -> Vec<u64> {
    let mut query = EventQuery { filter: by_types(&["page.*"]), order, after: None, limit };
    let mut seen = Vec::new();
    for _ in 0..1_000 {
        let page = world.store.list_events(&query).await.unwrap();
        assert!(page.events.len() <= limit);
        assert_eq!(page.has_more, left(world, &query).await > page.events.len());
        seen.extend(page.events.iter().map(|event| event.position.get()));
        if order == Order::NewestFirst || seen.len() < 40 {
            world.record([&event("page.appended"), &event("other.type")]).await;
        }
        if !page.has_more {
            return seen;
        }
        query.after = page.events.last().map(|event| event.position);
    }
    panic!("the pages never end");
}

/// How many events lie past the query's start.
async fn left(world: &World, query: &EventQuery) -> usize {
    let all = world.positions(query.filter.clone()).await;
    let after = query.after.map(Position::get);
    let past = |position: &&u64| match query.order {
        Order::OldestFirst => after.is_none_or(|after| **position > after),
        Order::NewestFirst => after.is_none_or(|after| **position < after),
    };
    all.iter().filter(past).count()
}

pub async fn pages_cover_everything_once_in_both_directions_while_appends_go_on(world: &World) {
    for number in 0..20 {
        world.record([&event("page.first").saying("number", number), &event("other.type")]).await;
    }
    for limit in [1, 3, 7, 1_000] {
        let before = world.positions(by_types(&["page.*"])).await;
        let newest = read_while_appending(world, Order::NewestFirst, limit).await;
        assert_eq!(newest, before.iter().rev().copied().collect::<Vec<_>>(), "pages of {limit}, newest first");
        let oldest = read_while_appending(world, Order::OldestFirst, limit).await;
        assert!(oldest.is_sorted_by(|one, next| one < next) && oldest.starts_with(&before), "pages of {limit}");
    }
}

pub async fn a_page_that_ends_with_the_last_event_says_that_nothing_follows(world: &World) {
    world.propose((0..4).map(|_| proposal([&event("a.b")]))).await;
    for (limit, has_more) in [(3, true), (4, false), (5, false)] {
        for order in [Order::OldestFirst, Order::NewestFirst] {
            let query = EventQuery { filter: EventFilter::default(), order, after: None, limit };
            assert_eq!(world.store.list_events(&query).await.unwrap().has_more, has_more);
        }
    }
    let past = |order, after| EventQuery { filter: EventFilter::default(), order, after: Some(after), limit: 10 };
    for query in [
        past(Order::OldestFirst, Position::MAX),
        past(Order::NewestFirst, Position::new(1)),
        past(Order::NewestFirst, Position::START),
    ] {
        assert!(world.store.list_events(&query).await.unwrap().events.is_empty());
    }
    let query = past(Order::NewestFirst, Position::MAX);
    assert_eq!(world.store.list_events(&query).await.unwrap().events.len(), 4);
    assert_eq!(
        world.store.count_events(&query).await.unwrap(),
        4,
        "a count is of the filter, wherever the page begins"
    );
    assert_eq!(world.store.count_events(&past(Order::OldestFirst, Position::new(2))).await.unwrap(), 4);
}

pub async fn only_the_recorded_ones_of_many_ids_are_found(world: &World) {
    let stories: Vec<_> = (0..1_500).map(|_| event("a.b")).collect();
    for batch in stories.chunks(500) {
        world.record(batch).await;
    }
    let ids: Vec<EventId> = stories.iter().flat_map(|story| [story.event_id(), EventId::generate()]).collect();
    let found: HashSet<EventId> = world.store.events(&ids).await.unwrap().iter().map(RecordedEvent::id).collect();
    assert_eq!(found, stories.iter().map(Named::event_id).collect());
    assert!(world.store.events(&[]).await.unwrap().is_empty());
    assert_eq!(world.store.events(&[ids[0], ids[0]]).await.unwrap().len(), 1, "an id that is asked for twice");
}

/// A store that looks up the types of a pattern first and the events later must not pass over a type that came in between.
pub async fn a_reader_by_wildcard_misses_no_type_that_appears_while_it_reads(world: &World) {
    const COUNT: usize = 300;
    let stories: Vec<_> = (0..COUNT / 2).map(|number| event(&format!("race.type-{number}"))).collect();
    let write = async {
        for story in &stories {
            world.record([story, &event("race.known")]).await;
        }
    };
    let read = async {
        let mut query = EventQuery { filter: by_types(&["race.#"]), order: Order::OldestFirst, after: None, limit: 10 };
        let mut seen = Vec::new();
        while seen.len() < COUNT {
            let page = world.store.list_events(&query).await.unwrap();
            query.after = page.events.last().map(|event| event.position).or(query.after);
            seen.extend(page.events.iter().map(|event| event.position.get()));
            assert!(seen.iter().copied().eq(1..=seen.len() as u64), "an event was passed over: {seen:?}");
        }
    };
    let both = futures::future::join(write, read);
    tokio::time::timeout(std::time::Duration::from_secs(60), both).await.expect("the reader sees every event");
}
