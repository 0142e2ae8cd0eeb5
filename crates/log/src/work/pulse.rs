//! Signs of life. Ten thousand agents that say every few seconds that they live must not load the store: signs are kept in memory, and
//! written together, each no more often than a third of the time that its thing may be silent.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use god33_domain::ports::{Clock, SignOfLife, Store, StoreError};
use god33_domain::state::StateKey;
use god33_domain::{JsonText, Timestamp};
use tokio_util::sync::CancellationToken;

use super::shared::Questions;

/// How often it is looked for signs to write.
const TICK: Duration = Duration::from_millis(200);

/// The most signs that are written in one statement.
const TOGETHER: usize = 1_000;

/// How long a sign is remembered that nobody renews.
const FORGET_AFTER_SECONDS: f64 = 3_600.0;

/// The signs of life of one node.
pub struct Pulse {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    signs: Mutex<HashMap<StateKey, Sign>>,
    questions: Questions,
}

/// The newest sign of one thing.
struct Sign {
    at: Timestamp,
    said: Option<JsonText>,
    /// The newest that the store knows.
    written: Option<Timestamp>,
    /// How old what the store knows may become, in seconds.
    every: f64,
}

impl Pulse {
    /// Without any signs yet.
    pub fn new(store: Arc<dyn Store>, clock: Arc<dyn Clock>) -> Self {
        Self { store, clock, signs: Mutex::default(), questions: Questions::default() }
    }

    /// Something was heard of now. `may_be_silent` says for how long it need not be heard of again, in seconds; `said` replaces what it said
    /// before.
    pub fn beat(&self, key: StateKey, may_be_silent: f64, said: Option<JsonText>) {
        let at = self.clock.now();
        let mut signs = self.signs.lock().unwrap_or_else(PoisonError::into_inner);
        let sign = signs.entry(key).or_insert(Sign { at, said: None, written: None, every: 0.0 });
        sign.at = sign.at.max(at);
        sign.every = may_be_silent / 3.0;
        if said.is_some() {
            sign.said = said;
        }
    }

    /// When something was last heard of on this node, and what it said.
    pub fn last(&self, key: &StateKey) -> Option<SignOfLife> {
        let signs = self.signs.lock().unwrap_or_else(PoisonError::into_inner);
        signs.get(key).map(|sign| SignOfLife { key: key.clone(), at: sign.at, said: sign.said.clone() })
    }

    /// The newest signs of things on any node. What another node heard of a moment ago may be missing.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn newest(&self, keys: &[StateKey]) -> Result<HashMap<StateKey, SignOfLife>, StoreError> {
        let mut newest: HashMap<StateKey, SignOfLife> = self
            .questions
            .ask(self.store.as_ref(), keys)
            .await?
            .into_iter()
            .map(|sign| (sign.key.clone(), sign))
            .collect();
        for own in keys.iter().filter_map(|key| self.last(key)) {
            let known = newest.get(&own.key).map(|known| known.at);
            if known.is_none_or(|known| own.at >= known) {
                newest.insert(own.key.clone(), own);
            }
        }
        Ok(newest)
    }

    /// Writes signs until it is told to stop, and then what is left.
    pub async fn run(self: Arc<Self>, stop: CancellationToken) {
        loop {
            let stopping = tokio::select! {
                () = stop.cancelled() => true,
                () = tokio::time::sleep(TICK) => false,
            };
            self.write(stopping).await;
            if stopping {
                return;
            }
        }
    }

    async fn write(&self, all: bool) {
        for signs in self.to_write(all).chunks(TOGETHER) {
            match self.store.keep_signs(signs).await {
                Ok(()) => self.note_written(signs),
                // They stay in memory and are tried again with the next tick.
                Err(error) => {
                    tracing::warn!(error = &error as &dyn std::error::Error, "signs of life could not be written");
                    return;
                }
            }
        }
    }

    fn to_write(&self, all: bool) -> Vec<SignOfLife> {
        let now = self.clock.now();
        let mut signs = self.signs.lock().unwrap_or_else(PoisonError::into_inner);
        signs.retain(|_, sign| now.seconds_since(sign.at) < FORGET_AFTER_SECONDS);
        let due = signs.iter().filter(|(_, sign)| sign.is_to_write(all));
        due.map(|(key, sign)| SignOfLife { key: key.clone(), at: sign.at, said: sign.said.clone() }).collect()
    }

    fn note_written(&self, written: &[SignOfLife]) {
        let mut signs = self.signs.lock().unwrap_or_else(PoisonError::into_inner);
        for SignOfLife { key, at, .. } in written {
            if let Some(sign) = signs.get_mut(key) {
                sign.written = Some(*at);
            }
        }
    }
}

impl Sign {
    fn is_to_write(&self, all: bool) -> bool {
        match self.written {
            None => true,
            Some(written) => self.at > written && (all || self.at.seconds_since(written) >= self.every),
        }
    }
}
