//! Who waits for news of which session. Ten thousand agents that are attached must not be woken by what happens to one of them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

/// A bell for each session that somebody listens for.
#[derive(Default)]
pub(super) struct Bells {
    sessions: Mutex<HashMap<String, watch::Sender<()>>>,
}

impl Bells {
    /// Listens for a session, known or not, from now on.
    pub(super) fn listen(self: &Arc<Self>, session: &str) -> SessionChanges {
        let receiver = self.lock().entry(session.to_owned()).or_insert_with(|| watch::Sender::new(())).subscribe();
        SessionChanges { bells: self.clone(), session: session.to_owned(), receiver }
    }

    /// There is news of these sessions.
    pub(super) fn ring<'a>(&self, sessions: impl Iterator<Item = &'a str>) {
        let bells = self.lock();
        for bell in sessions.filter_map(|session| bells.get(session)) {
            bell.send_replace(());
        }
    }

    /// There may be news of every session.
    pub(super) fn ring_all(&self) {
        for bell in self.lock().values() {
            bell.send_replace(());
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, watch::Sender<()>>> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// News of one session.
pub struct SessionChanges {
    bells: Arc<Bells>,
    session: String,
    receiver: watch::Receiver<()>,
}

impl SessionChanges {
    /// Waits for news since the last time, or since it was listened for.
    pub async fn changed(&mut self) {
        // The bell stays as long as somebody listens.
        let _ = self.receiver.changed().await;
    }
}

impl Drop for SessionChanges {
    fn drop(&mut self) {
        let mut bells = self.bells.lock();
        if bells.get(&self.session).is_some_and(|bell| bell.receiver_count() <= 1) {
            bells.remove(&self.session);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::FutureExt as _;

    fn has_rung(changes: &mut SessionChanges) -> bool {
        changes.changed().now_or_never().is_some()
    }

    #[tokio::test]
    async fn only_those_hear_a_bell_who_listen_for_its_session() {
        let bells = Arc::new(Bells::default());
        let (mut one, mut same, mut other) = (bells.listen("one"), bells.listen("one"), bells.listen("other"));
        bells.ring(["one", "nobody's"].into_iter());
        assert!(has_rung(&mut one) && has_rung(&mut same) && !has_rung(&mut other));
        assert!(!has_rung(&mut one));
        bells.ring_all();
        assert!(has_rung(&mut one) && has_rung(&mut same) && has_rung(&mut other));
    }

    #[tokio::test]
    async fn a_bell_goes_with_the_last_who_listens() {
        let bells = Arc::new(Bells::default());
        let (one, mut same) = (bells.listen("one"), bells.listen("one"));
        drop(one);
        bells.ring(["one"].into_iter());
        assert!(has_rung(&mut same));
        drop(same);
        assert!(bells.lock().is_empty());
    }
}
