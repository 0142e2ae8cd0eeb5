//! Passwords stay where they are.

use god33_conformance::database::TestDatabase;

use crate::process::{God33, Running};

const SECRET: &str = "hush-4711";
const POSTGRES: &str = "postgres://god33:hush-4711@127.0.0.1:1/god33";
const AMQP: &str = "amqp://god33:hush-4711@127.0.0.1:1/%2f";

fn with_secrets(arguments: &[&str]) -> God33 {
    let god33 = God33::new(arguments).env("GOD33_STORE__POSTGRES_URL", POSTGRES).env("GOD33_BUS__AMQP_URL", AMQP);
    god33.env("GOD33_LOGGING__LEVEL", "trace").env("GOD33_SERVER__ADDRESS", "127.0.0.1:0")
}

#[test]
fn no_command_prints_them() {
    for arguments in [&["config"][..], &["serve"], &["serve", "--migrate"], &["migrate"], &["migrate", "--check"]] {
        let said = with_secrets(arguments).run().said();
        assert!(!said.is_empty() && !said.contains(SECRET), "god33 {arguments:?}: {said}");
    }
}

#[test]
fn wrong_urls_are_refused_without_showing_them() {
    for wrong in ["postgres//god33:hush-4711@h/d", "mysql://god33:hush-4711@h/d", "postgres://god33:hush-4711@h:x/d"] {
        let said = with_secrets(&["migrate"]).env("GOD33_STORE__POSTGRES_URL", wrong).run().said();
        assert!(!said.is_empty() && !said.contains(SECRET), "{said}");
    }
    let file = "[bus]\namqp_url = \"http://god33:hush-4711@h\"\n";
    let error = God33::new(&["dev"]).file("god33.toml", file).run().failed_with(2);
    assert!(error.contains("god33.toml sets bus.amqp_url") && !error.contains(SECRET), "{error}");
}

/// A server on a database of its own that looks for this broker, with everything logged.
fn looking_for(database: &TestDatabase, broker: &str) -> Running {
    let god33 = with_secrets(&["serve", "--migrate"]).env("GOD33_STORE__POSTGRES_URL", database.url());
    let mut server = god33.env("GOD33_BUS__AMQP_URL", broker).serve();
    server.until("it has not got to the broker", |server| server.errors.get().contains("the bus is down"));
    server
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_at_the_broker_is_not_logged_byte_by_byte() {
    let broker = std::env::var("GOD33_TEST_AMQP_URL");
    let broker = broker.expect("GOD33_TEST_AMQP_URL is not set: run `cargo xtask services up` and set what it prints");
    let (_account, place) = broker.rsplit_once('@').unwrap();
    let database = TestDatabase::create().await;
    let said = looking_for(&database, &format!("amqp://god33:{SECRET}@{place}")).stop();
    let bytes: Vec<String> = SECRET.bytes().map(|byte| byte.to_string()).collect();
    assert!(!said.contains(SECRET) && !said.contains(&bytes.join(", ")), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_looks_for_its_broker_does_not_log_them() {
    let database = TestDatabase::create().await;
    let said = looking_for(&database, AMQP).stop();
    assert!(!said.contains(SECRET), "{said}");
    // What a server says while it stops is not swallowed by what libraries asked of the log before.
    assert!(said.contains("stopping") && said.contains("stopped"), "{said}");
}
