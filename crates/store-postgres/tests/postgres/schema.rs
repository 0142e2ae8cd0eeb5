//! Bringing the schema up to date, and refusing what is not.

use futures::future::join_all;
use god33_conformance::database::TestDatabase;
use god33_store_postgres::{OpenError, PostgresConfig, PostgresStore};

use crate::support::{config, make_store, open};
use crate::{ask, run};

#[tokio::test]
async fn migrating_again_and_from_several_places_at_once_changes_nothing() {
    let database = TestDatabase::create().await;
    let config = config(&database);
    for result in join_all((0..4).map(|_| PostgresStore::migrate(&config))).await {
        result.unwrap();
    }
    let mut connection = database.connect().await;
    let tables = "select string_agg(relname || relkind::text, ',' order by relname) from pg_class
                  where relnamespace = 'public'::regnamespace";
    let (before, store_id) =
        (ask(&mut connection, tables).await, ask(&mut connection, "select store_id::text from log").await);
    PostgresStore::migrate(&config).await.unwrap();
    assert_eq!(ask(&mut connection, tables).await, before);
    assert_eq!(ask(&mut connection, "select store_id::text from log").await, store_id);
    assert_eq!(open(&database).await.info().await.unwrap().store_id.to_string(), store_id);
}

#[tokio::test]
async fn a_database_that_was_never_migrated_is_refused_with_the_command_to_run() {
    let database = TestDatabase::create().await;
    let error = PostgresStore::connect(config(&database)).await.unwrap_err();
    assert!(matches!(error, OpenError::NotMigrated));
    assert!(error.to_string().contains("`god33 migrate`"), "{error}");
}

#[tokio::test]
async fn a_database_of_an_older_program_is_refused_until_it_is_migrated() {
    let under_test = make_store().await;
    let mut connection = under_test.database.connect().await;
    run(
        &mut connection,
        "drop table subscriptions, deliveries, projectors, audit, kept_answers, nodes, replays, replay_requests;
         alter table quarantine drop column attempts; alter table log drop column revision;
         delete from _sqlx_migrations where version >= 7",
    )
    .await;
    let config = config(&under_test.database);
    let error = PostgresStore::connect(config.clone()).await.unwrap_err();
    assert!(matches!(error, OpenError::Older { found: 6, .. }), "{error}");
    assert!(error.to_string().contains("`god33 migrate`"), "{error}");
    PostgresStore::migrate(&config).await.unwrap();
    PostgresStore::connect(config).await.unwrap();
}

#[tokio::test]
async fn a_database_of_a_newer_program_is_refused_and_left_alone() {
    let under_test = make_store().await;
    let mut connection = under_test.database.connect().await;
    let newer = "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
                 values (9999, 'from the future', true, '', 0)";
    run(&mut connection, newer).await;
    let config = config(&under_test.database);
    for error in [
        PostgresStore::connect(config.clone()).await.map(|_| ()).unwrap_err(),
        PostgresStore::migrate(&config).await.unwrap_err(),
    ] {
        assert!(matches!(error, OpenError::Newer { found: 9999, .. }), "{error}");
        assert!(error.to_string().contains("use a newer god33"), "{error}");
    }
}

#[tokio::test]
async fn a_database_in_another_encoding_is_refused() {
    let database = TestDatabase::create_with("encoding 'SQL_ASCII' lc_collate 'C' lc_ctype 'C'").await;
    let error = PostgresStore::migrate(&config(&database)).await.unwrap_err();
    assert!(error.to_string().contains("SQL_ASCII") && error.to_string().contains("UTF8"), "{error}");
}

#[tokio::test]
async fn a_server_that_cannot_be_reached_is_named_without_the_password() {
    let config = PostgresConfig::new("postgres://somebody:hush-hush@127.0.0.1:1/god33");
    let error = PostgresStore::connect(config).await.unwrap_err();
    assert_eq!(error.to_string(), "could not connect to PostgreSQL");
    let told = format!("{error:?}");
    assert!(told.to_lowercase().contains("refused"), "the cause is told: {told}");
    assert!(!told.contains("hush"), "{told}");
}
