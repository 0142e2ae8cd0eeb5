//! The log writer.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::collections::BTreeSet;
use std::sync::Arc;

use common::{DEADLINE, append, log, reach, store};
use god33_conformance::{event, proposal};
use god33_domain::Refusal;
use god33_domain::ports::SystemClock;
use god33_log::{Log, LogConfig, ProposeError};

#[tokio::test(flavor = "multi_thread")]
async fn many_callers_at_once_get_positions_without_gaps() {
    let log = Arc::new(log(LogConfig::default()).await);
    let callers = (0..200).map(|_| {
        let log = log.clone();
        tokio::spawn(
            async move { log.writer.propose(proposal([&event("a.b")]).build()).await.unwrap().position().get() },
        )
    });
    let mut positions = BTreeSet::new();
    for caller in callers.collect::<Vec<_>>() {
        positions.insert(caller.await.unwrap());
    }
    assert_eq!(positions, (1..=200).collect());
}

#[tokio::test]
async fn a_refused_proposal_fails_alone() {
    let log = log(LogConfig::default()).await;
    let first = event("a.b").saying("n", 1);
    log.writer.propose(proposal([&first]).build()).await.unwrap();
    let other = first.clone().saying("n", 2);
    let (bad, good) = tokio::join!(
        log.writer.propose(proposal([&other]).build()),
        log.writer.propose(proposal([&event("a.b")]).build()),
    );
    assert!(matches!(bad, Err(ProposeError::Refused(Refusal::EventIdConflict { .. }))), "{bad:?}");
    assert_eq!(good.unwrap().position().get(), 2);
}

#[tokio::test]
async fn batches_larger_than_the_limit_are_still_written() {
    let log = log(LogConfig { batch_events: 3, ..LogConfig::default() }).await;
    let events: Vec<_> = (0..10).map(|_| event("a.b")).collect();
    assert_eq!(log.writer.propose(proposal(&events).build()).await.unwrap().position().get(), 10);
    append(&log, "a.b", 5).await;
    reach(&log, 15).await;
}

#[tokio::test]
async fn a_full_queue_refuses_rather_than_grows() {
    let store = store().await;
    // While somebody else holds the head, nothing can be written.
    let blocker = store.begin().await.unwrap();
    let config = LogConfig { queue_proposals: 1, queue_wait_ms: 20, ..LogConfig::default() };
    let log = Log::start(store, Arc::new(SystemClock), &config).await.unwrap();
    let mut waiting = Vec::new();
    let refused = loop {
        match log.writer.submit(proposal([&event("a.b")]).build()).await {
            Ok(answer) => waiting.push(answer),
            Err(error) => break error,
        }
        assert!(waiting.len() < 10, "the queue has one place");
    };
    assert!(matches!(refused, ProposeError::Overloaded), "{refused:?}");
    drop(blocker);
    for answer in waiting {
        tokio::time::timeout(DEADLINE, answer).await.expect("an answer in time").unwrap().unwrap();
    }
}

#[tokio::test]
async fn closing_writes_what_was_accepted() {
    let log = log(LogConfig::default()).await;
    let store = log.store.clone();
    let mut answers = Vec::new();
    for _ in 0..50 {
        answers.push(log.writer.submit(proposal([&event("a.b")]).build()).await.unwrap());
    }
    log.close().await;
    for answer in answers {
        answer.await.unwrap().unwrap();
    }
    assert_eq!(store.info().await.unwrap().head.position.get(), 50);
}

#[tokio::test]
async fn a_closed_store_is_said_to_be_unavailable() {
    let log = log(LogConfig::default()).await;
    log.store.close().await;
    let error = log.writer.propose(proposal([&event("a.b")]).build()).await.unwrap_err();
    assert!(matches!(error, ProposeError::Unavailable(_)), "{error:?}");
}
