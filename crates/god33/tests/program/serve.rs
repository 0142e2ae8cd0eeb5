//! `god33 serve` and `god33 migrate`

use god33_conformance::database::TestDatabase;

use crate::process::God33;

/// A broker's address at which nobody is.
const NO_BROKER: &str = "amqp://god33:hush@127.0.0.1:1/%2f";

fn on(database: &TestDatabase, arguments: &[&str]) -> God33 {
    let god33 = God33::new(arguments).env("GOD33_STORE__POSTGRES_URL", database.url());
    god33.env("GOD33_BUS__AMQP_URL", NO_BROKER).env("GOD33_SERVER__ADDRESS", "127.0.0.1:0")
}

#[tokio::test]
async fn a_database_is_prepared_before_it_is_served() {
    let database = TestDatabase::create().await;
    for command in [&["serve"][..], &["migrate", "--check"]] {
        let error = on(&database, command).run().failed_with(1);
        assert!(error.contains("run `god33 migrate`"), "{error}");
    }
    on(&database, &["migrate"]).run().succeeded();
    on(&database, &["migrate", "--check"]).run().succeeded();
    on(&database, &["serve"]).serve().stop();
}

#[tokio::test]
async fn it_serves_while_the_broker_is_away_and_says_so() {
    let database = TestDatabase::create().await;
    let server = on(&database, &["serve", "--migrate"]).serve();
    let health = server.health().succeeded();
    assert!(health.contains("serves; the bus is down"), "{health}");
    server.stop();
}

#[test]
fn what_it_needs_is_named_when_it_is_missing() {
    let error = God33::new(&["serve"]).run().failed_with(2);
    assert!(error.contains("store.postgres_url is not set") && error.contains("GOD33_STORE__POSTGRES_URL"), "{error}");
    let error = God33::new(&["serve"]).env("GOD33_STORE__POSTGRES_URL", "postgres://h/d").run().failed_with(2);
    assert!(error.contains("bus.amqp_url is not set") && error.contains("GOD33_BUS__AMQP_URL"), "{error}");
}
