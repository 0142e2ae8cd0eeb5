//! Partitions, one a month.

use futures::future::join_all;
use god33_conformance::{event, proposal};
use god33_domain::ports::StoreError;
use god33_domain::{EventFilter, EventQuery, Order, Position, Timestamp};
use sqlx::{Connection, PgConnection};

use crate::support::open;
use crate::{ask, run, world};

async fn months(connection: &mut PgConnection) -> Vec<String> {
    let names = ask(
        connection,
        "select string_agg(c.relname, ' ' order by c.relname) from pg_inherits i join pg_class c on c.oid = i.inhrelid
         where i.inhparent = 'events'::regclass",
    );
    names.await.split(' ').map(str::to_owned).collect()
}

fn time(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

#[tokio::test]
async fn this_month_and_the_next_three_are_made_ahead_and_maintenance_goes_on_with_them() {
    let (world, database) = world().await;
    let mut connection = database.connect().await;
    assert_eq!(months(&mut connection).await.len(), 4);
    let long_ago = Timestamp::EPOCH;
    world.store.maintain(time("2071-11-05T00:00:00Z"), long_ago).await.unwrap();
    let made = months(&mut connection).await;
    assert_eq!(made.len(), 8);
    assert_eq!(made[4..], ["events_2071_11", "events_2071_12", "events_2072_01", "events_2072_02"]);
    world.store.maintain(time("2071-12-05T00:00:00Z"), long_ago).await.unwrap();
    assert_eq!(months(&mut connection).await.len(), 9);
}

#[tokio::test]
async fn every_event_is_in_the_partition_of_its_month() {
    let (world, database) = world().await;
    for (month, seconds) in
        [("2071-01-31T23:59:59.999999Z", 0), ("2071-02-01T00:00:00Z", 0), ("2071-02-28T00:00:00Z", 5)]
    {
        world.clock.set(time(month));
        world.clock.step(seconds);
        world.record([&event("a.b")]).await;
    }
    let mut connection = database.connect().await;
    let kept =
        ask(&mut connection, "select string_agg(tableoid::regclass::text, ' ' order by position) from events").await;
    assert_eq!(kept, "events_2071_01 events_2071_02 events_2071_02");
}

#[tokio::test]
async fn a_month_is_made_while_others_read() {
    let (world, database) = world().await;
    world.record([&event("a.b")]).await;
    let mut reader = database.connect().await;
    let mut transaction = reader.begin().await.unwrap();
    assert_eq!(ask(&mut transaction, "select count(*)::text from events").await, "1");
    world.clock.set(time("2071-01-01T00:00:00Z"));
    world.record([&event("a.b")]).await;
    // A transaction that had begun to read may see a log that ends earlier, but never one with a hole.
    let seen = ask(&mut transaction, "select string_agg(position::text, ' ' order by position) from events").await;
    assert!(["1", "1 2"].contains(&seen.as_str()), "{seen}");
    assert_eq!(world.log().await.len(), 2);
}

#[tokio::test]
async fn nodes_that_make_the_same_months_at_once_do_not_get_in_each_others_way() {
    let (world, database) = world().await;
    let nodes = join_all((0..4).map(|_| open(&database))).await;
    let now = time("2071-01-01T00:00:00Z");
    for result in join_all(nodes.iter().map(|node| node.maintain(now, Timestamp::EPOCH))).await {
        result.unwrap();
    }
    // A node that knows nothing of the month comes upon it in the middle of a batch.
    world.clock.set(now);
    world.record([&event("a.b")]).await;
    assert_eq!(months(&mut database.connect().await).await.len(), 8);
}

#[tokio::test]
async fn reading_over_months_gives_every_event_once_in_every_node() {
    let (world, database) = world().await;
    for month in 1..=12 {
        world.clock.set(time(&format!("2071-{month:02}-15T00:00:00Z")));
        world.record([&event("a.b"), &event("a.c")]).await;
    }
    let fresh = open(&database).await;
    for after in 0..=24 {
        for store in [&world.store, &fresh] {
            let page = store.read_after(Position::new(after), 5).await.unwrap();
            let positions: Vec<u64> = page.iter().map(|event| event.position.get()).collect();
            assert_eq!(positions, (after + 1..=(after + 5).min(24)).collect::<Vec<_>>());
        }
    }
    let middle = EventFilter {
        since: Some(time("2071-03-15T00:00:00Z")),
        until: Some(time("2071-05-01T00:00:00Z")),
        ..EventFilter::default()
    };
    assert_eq!(world.positions(middle).await, [5, 6, 7, 8]);
}

#[tokio::test]
async fn what_was_dropped_with_its_month_is_compacted_and_its_ids_stay_taken() {
    let (world, database) = world().await;
    let (old, new) = (event("a.b").of_workflow("w"), event("a.b"));
    world.clock.set(time("2071-01-15T00:00:00Z"));
    world.record([&old, &event("a.b")]).await;
    world.clock.set(time("2071-02-15T00:00:00Z"));
    world.record([&new]).await;
    run(&mut database.connect().await, "drop table events_2071_01; update log set earliest = 3").await;

    for after in [0, 1] {
        let error = world.store.read_after(Position::new(after), 10).await.unwrap_err();
        assert!(matches!(error, StoreError::Compacted { earliest } if earliest == Position::new(3)), "{error}");
    }
    assert_eq!(world.store.read_after(Position::new(2), 10).await.unwrap().len(), 1);
    assert!(world.store.read_after(Position::new(3), 10).await.unwrap().is_empty());
    assert_eq!(world.store.info().await.unwrap().earliest, Position::new(3));
    assert_eq!(world.store.position_before(time("2071-01-20T00:00:00Z")).await.unwrap(), Position::new(2));
    assert_eq!(world.store.position_before(time("2071-03-01T00:00:00Z")).await.unwrap(), Position::new(3));

    let answers = world.record([&old]).await;
    assert!(answers[0].already_recorded);
    assert_eq!(answers[0].position, Position::new(1));
    let conflict = world.propose([proposal([&old.clone().saying("other", 1)])]).await;
    assert!(conflict[0].is_err());
    let child = event("a.c").caused_by(&old).caused_by(&new);
    assert_eq!(world.record([&child]).await[0].position, Position::new(4));
    let edges = world.store.edges_to_parents(&[child.envelope.event_id]).await.unwrap();
    assert_eq!(
        edges.iter().map(|edge| edge.parent).collect::<Vec<_>>(),
        [Some(Position::new(1)), Some(Position::new(3))]
    );
}

#[tokio::test]
async fn a_page_of_a_pattern_never_skips_an_event_of_a_type_that_was_just_new() {
    let (world, database) = world().await;
    let writer = open(&database).await;
    let mut after = None;
    let mut seen = Vec::new();
    let write = tokio::spawn(async move {
        for number in 0..200 {
            let events = [event(&format!("a.new-{number}")), event("a.known")];
            let batch: Vec<_> = events.iter().map(|event| proposal([event]).build()).collect();
            god33_log::write_batch(writer.as_ref(), &god33_domain::ports::SystemClock, &batch).await.unwrap();
        }
    });
    while seen.len() < 400 {
        let all_written = write.is_finished();
        let types = vec![god33_domain::TypePattern::parse("a.*").unwrap()];
        let filter = EventFilter { types, ..EventFilter::default() };
        let query = EventQuery { filter, order: Order::OldestFirst, after, limit: 7 };
        let page = world.store.list_events(&query).await.unwrap();
        after = page.events.last().map(|event| event.position).or(after);
        seen.extend(page.events.iter().map(|event| event.position.get()));
        assert_eq!(seen, (1..=seen.len() as u64).collect::<Vec<_>>());
        assert!(!all_written || !page.events.is_empty(), "all is written and not all is listed");
    }
    write.await.unwrap();
}
