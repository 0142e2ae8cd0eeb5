//! A server that is frozen or cut off: connections stay, and nothing comes.

use std::time::Duration;

use god33_conformance::chaos_proxy::ChaosProxy;
use god33_conformance::store::World;
use god33_conformance::{event, proposal};
use god33_domain::plan::{Facts, Needs, plan};
use god33_domain::ports::StoreError;
use god33_domain::state::StateKey;
use god33_domain::{Position, Timestamp, Workflow};
use god33_store_postgres::PostgresConfig;

use crate::ask;
use crate::support::{Postgres, config, make_store, open_with};

const DEADLINE: Duration = Duration::from_secs(30);

/// More often than a pool has connections.
const OFTEN: usize = 6;

/// A store whose way to the database can stall, on a node that waits for a second only.
async fn behind_proxy() -> (Postgres, ChaosProxy) {
    let database = make_store().await.database;
    let (account, rest) = database.url().rsplit_once('@').unwrap();
    let (server, name) = rest.split_once('/').unwrap();
    let proxy = ChaosProxy::start(server).await;
    let url = format!("{account}@127.0.0.1:{}/{name}", proxy.port());
    let impatient = PostgresConfig { url, acquire_timeout_seconds: 1, answer_timeout_seconds: 1, ..config(&database) };
    (Postgres { store: open_with(impatient).await, database }, proxy)
}

async fn world_behind_proxy() -> (World, ChaosProxy) {
    let (postgres, proxy) = behind_proxy().await;
    (World::of(postgres), proxy)
}

async fn within<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(DEADLINE, future).await.expect("an end")
}

async fn append(world: &World) -> Result<(), StoreError> {
    world.try_propose([proposal([&event("a.b")])]).await.map(drop)
}

async fn list(world: &World) -> Result<(), StoreError> {
    world.store.read_after(Position::START, 10).await.map(drop)
}

/// Writes and reads until both go well.
async fn recover(world: &World) {
    within(async { while append(world).await.is_err() || list(world).await.is_err() {} }).await;
}

#[track_caller]
fn assert_unavailable<T>(result: Result<T, StoreError>) {
    match result {
        Ok(_) => panic!("a server that stalls answered"),
        Err(error) => assert!(matches!(error, StoreError::Unavailable { .. }), "{error:?}"),
    }
}

#[tokio::test]
async fn calls_to_a_server_that_stalls_end_and_the_node_goes_on_when_it_answers_again() {
    let (world, proxy) = world_behind_proxy().await;
    for _ in 0..OFTEN {
        recover(&world).await;
        proxy.stall();
        let (written, read) = within(async { tokio::join!(append(&world), list(&world)) }).await;
        assert_unavailable(written);
        assert_unavailable(read);
        proxy.heal();
    }
    recover(&world).await;
    proxy.stall();
    assert_unavailable(within(world.store.ping()).await);
    let now = Timestamp::now();
    assert_unavailable(within(world.store.maintain(now, now)).await);
    assert_unavailable(within(world.store.wake_ups()).await);
}

#[tokio::test]
async fn a_transaction_under_way_when_the_server_stalls_is_lost_and_its_connection_with_it() {
    let (world, proxy) = world_behind_proxy().await;
    let states = vec![StateKey::of::<Workflow>("w")];
    let needs = Needs { states, ..Needs::default() };
    for _ in 0..OFTEN {
        recover(&world).await;
        let mut transaction = within(world.store.begin()).await.unwrap();
        proxy.stall();
        assert_unavailable(within(transaction.load(&needs)).await);
        // Nothing more is asked on it, also when the server answers again.
        proxy.heal();
        assert_unavailable(within(transaction.load(&needs)).await);
        within(transaction.load(&Needs::default())).await.unwrap_err();
    }
    recover(&world).await;
}

#[tokio::test]
async fn a_commit_that_gets_no_answer_may_be_proposed_again() {
    let (world, proxy) = world_behind_proxy().await;
    let story = event("a.b");
    let proposals = vec![proposal([&story]).build()];
    let mut transaction = world.store.begin().await.unwrap();
    let needs = Needs::of(&proposals);
    let known = transaction.load(&needs).await.unwrap();
    let mut facts = Facts::default();
    facts.learn(&needs, known);
    let plan = plan(transaction.head(), &facts, &proposals, Timestamp::now()).unwrap();
    proxy.stall();
    assert_unavailable(within(transaction.commit(&plan.writes)).await);
    proxy.heal();
    recover(&world).await;
    world.record([&story]).await;
    assert!(world.find(&story).await.is_some());
}

#[tokio::test]
async fn callers_who_do_not_wait_for_a_server_that_stalls_take_no_connection_away() {
    let (world, proxy) = world_behind_proxy().await;
    for _ in 0..OFTEN {
        recover(&world).await;
        proxy.stall();
        let both = async { tokio::join!(append(&world), list(&world)) };
        tokio::time::timeout(Duration::from_millis(50), both).await.unwrap_err();
        proxy.heal();
    }
    recover(&world).await;
}

#[tokio::test]
async fn a_listener_finds_out_that_its_connection_leads_nowhere_and_listens_again() {
    let (postgres, proxy) = behind_proxy().await;
    let mut connection = postgres.database.connect().await;
    let mut wake_ups = postgres.store.wake_ups().await.unwrap();
    let stalled_at = ask(&mut connection, "select clock_timestamp()::text").await;
    proxy.stall();
    // Nobody writes: it is the loss that wakes.
    within(wake_ups.next()).await;
    proxy.heal();
    let listening = format!(
        "select count(*)::text from pg_stat_activity
         where datname = current_database() and query ilike 'listen%' and backend_start > '{stalled_at}'"
    );
    within(async { while ask(&mut connection, &listening).await == "0" {} }).await;
    World::of(postgres).record([&event("a.b")]).await;
    within(wake_ups.next()).await;
}

#[tokio::test]
async fn a_node_that_closes_does_not_wait_for_a_server_that_stalls() {
    let (world, proxy) = world_behind_proxy().await;
    recover(&world).await;
    proxy.stall();
    within(world.store.close()).await;
}
