//! Signs of life, as many ask for them at once.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::sync::Arc;

use futures::FutureExt as _;
use futures::future::join_all;
use god33_domain::Timestamp;
use god33_domain::ports::{SignOfLife, Store, SystemClock};
use god33_domain::session::Session;
use god33_domain::state::StateKey;
use god33_log::Pulse;

use common::{DEADLINE, store};

fn key(number: usize) -> StateKey {
    StateKey::of::<Session>(format!("session-{number}"))
}

/// A pulse that has heard nothing itself, and a store that knows this many sessions.
async fn pulse(sessions: usize) -> (Arc<dyn Store>, Pulse) {
    let store = store().await;
    let at = Timestamp::parse("2026-01-11T14:30:00Z").unwrap();
    let signs: Vec<SignOfLife> = (0..sessions).map(|number| SignOfLife { key: key(number), at, said: None }).collect();
    store.keep_signs(&signs).await.unwrap();
    (store.clone(), Pulse::new(store, Arc::new(SystemClock)))
}

#[tokio::test]
async fn each_of_many_who_ask_at_once_is_told_what_it_asked_for() {
    let (_, pulse) = pulse(1_000).await;
    let asked = (0..1_000).map(|number| {
        let keys = [key(number), key(number + 500)];
        let pulse = &pulse;
        async move { (number, pulse.newest(&keys).await.unwrap()) }
    });
    for (number, found) in tokio::time::timeout(DEADLINE, join_all(asked)).await.unwrap() {
        assert!(found.contains_key(&key(number)));
        assert_eq!(found.contains_key(&key(number + 500)), number < 500);
        assert!(found.len() <= 2);
    }
}

#[tokio::test]
async fn who_gives_up_while_it_asks_for_all_leaves_nobody_without_an_answer() {
    let (_, pulse) = pulse(3).await;
    let keys = [0, 1, 2].map(key);
    let [mut first, mut second, mut third] = [0, 1, 2].map(|at| Box::pin(pulse.newest(&keys[at..=at])));
    // The first asks the store for itself alone, and the others wait for their turn.
    for asks in [&mut first, &mut second, &mut third] {
        assert!(asks.as_mut().now_or_never().is_none());
    }
    drop(first);
    // Now the second asks for the third as well.
    assert!(second.as_mut().now_or_never().is_none());
    drop(second);
    let found = tokio::time::timeout(DEADLINE, third).await.unwrap().unwrap();
    assert!(found.contains_key(&keys[2]));
}

#[tokio::test]
async fn a_store_that_fails_fails_all_who_ask() {
    let (store, pulse) = pulse(1).await;
    store.close().await;
    let asked = (0..10).map(|_| async { pulse.newest(&[key(0)]).await });
    let answers = tokio::time::timeout(DEADLINE, join_all(asked)).await.unwrap();
    assert!(answers.iter().all(Result::is_err));
}
