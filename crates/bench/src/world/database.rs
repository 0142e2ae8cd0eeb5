//! A PostgreSQL database that is gone after its figure.

use std::str::FromStr as _;

use anyhow::{Context as _, Result};
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, PgConnection};
use uuid::Uuid;

use super::process;

/// An empty database. It goes when this value does, whoever is connected to it.
pub(crate) struct Database {
    name: String,
    url: String,
}

impl Database {
    /// Creates it on the server of `DATABASE_URL`.
    pub(crate) async fn create() -> Result<Self> {
        let name = format!("god33_bench_{}", Uuid::new_v4().simple());
        run(&format!("create database {name} template template0 encoding 'UTF8'")).await?;
        let url = server()?.database(&name).to_url_lossy().to_string();
        Ok(Self { name, url })
    }

    /// Its URL.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// A connection to it.
    pub(crate) async fn connect(&self) -> Result<PgConnection> {
        PgConnection::connect(&self.url).await.context("could not connect to the database of the figure")
    }

    /// The time for which the processes that serve this database now have kept a core busy so far, in seconds. `None` when PostgreSQL runs
    /// on another machine.
    pub(crate) async fn cpu_seconds(&self) -> Result<Option<f64>> {
        let processes: Vec<i32> = sqlx::query_scalar(
            "select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
        )
        .fetch_all(&mut self.connect().await?)
        .await?;
        Ok(processes.into_iter().map(|process| process::cpu_seconds(u32::try_from(process).ok()?)).sum())
    }

    /// How many more connections the server takes, with some left for others.
    pub(crate) async fn free_connections(&self) -> Result<usize> {
        const FOR_OTHERS: i64 = 20;
        let free: i64 = sqlx::query_scalar(
            "select current_setting('max_connections')::bigint - (select count(*) from pg_stat_activity)",
        )
        .fetch_one(&mut self.connect().await?)
        .await?;
        Ok(usize::try_from(free - FOR_OTHERS).unwrap_or(0).max(1))
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let statement = format!("drop database if exists {} with (force)", self.name);
        // A runtime cannot wait for another one on its own thread.
        let dropped =
            std::thread::spawn(move || -> Result<()> { tokio::runtime::Runtime::new()?.block_on(run(&statement)) });
        if let Ok(Err(error)) = dropped.join() {
            eprintln!("{error:#}");
        }
    }
}

fn server() -> Result<PgConnectOptions> {
    let url = std::env::var("DATABASE_URL").context(
        "DATABASE_URL is not set, and this figure needs PostgreSQL: run `cargo xtask bench`, which starts one",
    )?;
    PgConnectOptions::from_str(&url).context("DATABASE_URL is not the URL of a PostgreSQL database")
}

async fn run(statement: &str) -> Result<()> {
    let doing = || format!("could not {statement}");
    let mut connection = PgConnection::connect_with(&server()?).await.context("could not connect to DATABASE_URL")?;
    // The name in it is made here.
    sqlx::raw_sql(AssertSqlSafe(statement.to_owned())).execute(&mut connection).await.with_context(doing)?;
    connection.close().await.with_context(doing)
}
