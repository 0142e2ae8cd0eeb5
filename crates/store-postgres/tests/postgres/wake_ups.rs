//! NOTIFY.

use std::time::Duration;

use god33_conformance::{event, proposal};
use god33_domain::ports::WakeUps;
use sqlx::postgres::PgListener;

use crate::support::open;
use crate::{ask, world};

const DEADLINE: Duration = Duration::from_secs(20);

async fn wait(wake_ups: &mut dyn WakeUps) {
    tokio::time::timeout(DEADLINE, wake_ups.next()).await.expect("a wake-up");
}

#[tokio::test]
async fn only_what_is_new_in_the_log_is_announced_and_by_its_position() {
    let (world, database) = world().await;
    let mut listener = PgListener::connect(database.url()).await.unwrap();
    listener.listen("god33_log").await.unwrap();
    let story = event("a.b");
    world.record([&story, &event("a.b")]).await;
    // A repeat under a new request is kept, but it is not new.
    world.propose([proposal([&story]).under_request("again")]).await;
    world.record([&event("a.b")]).await;
    let mut heard = Vec::new();
    while heard.len() < 2 {
        let notification = tokio::time::timeout(DEADLINE, listener.recv()).await.expect("an announcement").unwrap();
        heard.push(notification.payload().to_owned());
    }
    assert_eq!(heard, ["2", "3"]);
}

#[tokio::test]
async fn a_listener_whose_connection_was_ended_wakes_up_and_listens_again() {
    let (world, database) = world().await;
    let other = open(&database).await;
    let mut wake_ups = other.wake_ups().await.unwrap();
    let end = "select count(pg_terminate_backend(pid))::text from pg_stat_activity
               where datname = current_database() and query ilike 'listen%'";
    assert_eq!(ask(&mut database.connect().await, end).await, "1");
    wait(wake_ups.as_mut()).await;
    let listening =
        "select count(*)::text from pg_stat_activity where datname = current_database() and query ilike 'listen%'";
    let mut connection = database.connect().await;
    let again = async {
        while ask(&mut connection, listening).await != "1" {
            tokio::select! {
                () = wake_ups.next() => {}
                () = tokio::time::sleep(Duration::from_millis(20)) => {}
            }
        }
    };
    tokio::time::timeout(DEADLINE, again).await.expect("it listens again");
    world.record([&event("a.b")]).await;
    wait(wake_ups.as_mut()).await;
}
