//! A PostgreSQL database of its own for each test.

use std::str::FromStr;
use std::time::{Duration, Instant};

use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection};
use uuid::Uuid;

/// The variable with the URL of a PostgreSQL database whose user may create databases.
pub const DATABASE_VARIABLE: &str = "GOD33_TEST_DATABASE_URL";

/// An empty database on the server of [`DATABASE_VARIABLE`]. It goes when this value does, whoever is connected to it.
#[derive(Debug)]
pub struct TestDatabase {
    name: String,
    url: String,
}

impl TestDatabase {
    /// Creates it. Fails without a server: a test that cannot run has not passed.
    pub async fn create() -> Self {
        Self::create_with("encoding 'UTF8'").await
    }

    /// The same with other options than UTF-8, in the words of `create database`.
    pub async fn create_with(options: &str) -> Self {
        let name = format!("god33_test_{}", Uuid::new_v4().simple());
        run(&format!("create database {name} template template0 {options}")).await.expect("a database for the test");
        let url = server().database(&name).to_url_lossy().to_string();
        Self { name, url }
    }

    /// Its URL.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// A plain connection to it, to look behind a store's back.
    pub async fn connect(&self) -> PgConnection {
        PgConnection::connect(&self.url).await.expect("a connection to the test's database")
    }
}

impl Drop for TestDatabase {
    /// In a thread of its own, since a test that failed is leaving its runtime.
    fn drop(&mut self) {
        let statement = format!("drop database if exists {} with (force)", self.name);
        let dropped = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(run_until_it_works(&statement))
        });
        let failed = match dropped.join() {
            Ok(Ok(())) => return,
            Ok(Err(error)) => format!("{error:?}"),
            Err(_) => "its thread panicked".to_owned(),
        };
        if !std::thread::panicking() {
            panic!("the test's database {} could not be dropped: {failed}", self.name);
        }
    }
}

/// Autovacuum may be in the database at that moment, and only a superuser may end it by force: it leaves by itself.
async fn run_until_it_works(statement: &str) -> Result<(), sqlx::Error> {
    let deadline = Instant::now() + Duration::from_secs(30);
    loop {
        match run(statement).await {
            Err(_) if Instant::now() < deadline => tokio::time::sleep(Duration::from_millis(200)).await,
            result => return result,
        }
    }
}

fn server() -> PgConnectOptions {
    let url = std::env::var(DATABASE_VARIABLE).unwrap_or_else(|_| {
        panic!(
            "{DATABASE_VARIABLE} is not set, and this test needs a PostgreSQL server: \
             run `cargo xtask services up` and set what it prints"
        )
    });
    PgConnectOptions::from_str(&url).unwrap_or_else(|_| panic!("{DATABASE_VARIABLE} is not a PostgreSQL URL"))
}

async fn run(statement: &str) -> Result<(), sqlx::Error> {
    let mut connection = PgConnection::connect_with(&server()).await?;
    // Nothing in it comes from outside the tests.
    sqlx::raw_sql(AssertSqlSafe(statement.to_owned())).execute(&mut connection).await?;
    connection.close().await
}
