//! Questions to the store for signs of life that share queries: while one query is under way the next questions gather, and go together.
//!
//! When a node comes back, all its agents attach to it at once. A query for each would take the store's connections away from everything
//! else, until calls fail.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use god33_domain::ports::{SignOfLife, Store, StoreError};
use god33_domain::state::StateKey;
use tokio::sync::oneshot;

/// What one query found for all who shared it.
type Found = Result<Arc<HashMap<StateKey, SignOfLife>>, Arc<StoreError>>;

/// Who asks next, and what.
#[derive(Default)]
pub(super) struct Questions {
    waiting: Mutex<Vec<Question>>,
    /// Held by whoever asks for all.
    turn: tokio::sync::Mutex<()>,
}

struct Question {
    keys: Vec<StateKey>,
    answer: oneshot::Sender<Found>,
}

impl Questions {
    /// The signs of these keys that the store knows now.
    pub(super) async fn ask(&self, store: &dyn Store, keys: &[StateKey]) -> Result<Vec<SignOfLife>, StoreError> {
        loop {
            let (answer, mut answered) = oneshot::channel();
            self.waiting().push(Question { keys: keys.to_vec(), answer });
            let turn = self.turn.lock().await;
            if answered.is_empty() {
                self.answer_all(store).await;
            }
            drop(turn);
            match answered.try_recv() {
                Ok(Ok(found)) => return Ok(keys.iter().filter_map(|key| found.get(key).cloned()).collect()),
                Ok(Err(error)) => return Err(copy(&error)),
                // Whoever asked for this one too went away before the answer came.
                Err(_) => {}
            }
        }
    }

    /// Asks what everybody who waits wants to know.
    async fn answer_all(&self, store: &dyn Store) {
        let questions = std::mem::take(&mut *self.waiting());
        let keys: Vec<StateKey> = questions.iter().flat_map(|question| question.keys.iter().cloned()).collect();
        let found = store.signs(&keys).await;
        let found = found.map(|signs| Arc::new(signs.into_iter().map(|sign| (sign.key.clone(), sign)).collect()));
        let found: Found = found.map_err(Arc::new);
        for question in questions {
            // Whoever waits no more has no use for it.
            let _ = question.answer.send(found.clone());
        }
    }

    fn waiting(&self) -> std::sync::MutexGuard<'_, Vec<Question>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The failure of a query for each who shared it.
fn copy(error: &Arc<StoreError>) -> StoreError {
    match error.as_ref() {
        StoreError::Unavailable { operation, .. } => {
            StoreError::Unavailable { operation, source: Box::new(error.clone()) }
        }
        StoreError::Corrupt { operation, detail } => StoreError::Corrupt { operation, detail: detail.clone() },
        StoreError::Compacted { earliest } => StoreError::Compacted { earliest: *earliest },
    }
}
