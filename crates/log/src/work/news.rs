//! Who wants to hear of what on the board, and is woken only by that.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use god33_domain::handoff::Lane;
use tokio::sync::Notify;

/// What there may be news of.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Concern {
    /// Work came to wait in a lane, or changed there, or is held out to somebody no more. That work left a lane is no news.
    Offers(Lane),
    /// A handoff changed, by its id.
    Handoff(String),
    /// A session changed, by its id.
    Session(String),
    /// What is known of a type of agent changed, by its name.
    AgentType(String),
}

/// All who listen.
#[derive(Clone, Default)]
pub(super) struct News(Arc<Mutex<Listeners>>);

#[derive(Default)]
struct Listeners {
    next: u64,
    bells: HashMap<u64, Arc<Notify>>,
    of: HashMap<Concern, HashSet<u64>>,
}

/// One who listens, until it is dropped. News that come while it does something else are not lost: it hears of them as soon as it listens again.
pub struct Listener {
    news: News,
    id: u64,
    concerns: HashSet<Concern>,
    bell: Arc<Notify>,
}

impl News {
    fn listeners(&self) -> MutexGuard<'_, Listeners> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Somebody who listens, for nothing yet.
    pub(super) fn listener(&self) -> Listener {
        let bell = Arc::new(Notify::new());
        let mut listeners = self.listeners();
        listeners.next += 1;
        let id = listeners.next;
        listeners.bells.insert(id, bell.clone());
        drop(listeners);
        Listener { news: self.clone(), id, concerns: HashSet::new(), bell }
    }

    /// Tells everybody whom any of this concerns.
    pub(super) fn tell<'a>(&self, news: impl IntoIterator<Item = &'a Concern>) {
        let listeners = self.listeners();
        let concerned: HashSet<u64> =
            news.into_iter().filter_map(|about| listeners.of.get(about)).flatten().copied().collect();
        concerned.iter().filter_map(|id| listeners.bells.get(id)).for_each(|bell| bell.notify_one());
    }

    /// Tells everybody: it is not known what changed.
    pub(super) fn tell_all(&self) {
        self.listeners().bells.values().for_each(|bell| bell.notify_one());
    }
}

impl Listener {
    /// Listens for this from now on, and for nothing else. True when anything of it is new to the listener: what happened before is not told, so
    /// that is to be looked at once.
    pub fn listen_for(&mut self, concerns: impl IntoIterator<Item = Concern>) -> bool {
        let wanted: HashSet<Concern> = concerns.into_iter().collect();
        let mut listeners = self.news.listeners();
        for concern in self.concerns.difference(&wanted) {
            listeners.forget(concern, self.id);
        }
        let mut any_new = false;
        for concern in wanted.difference(&self.concerns) {
            listeners.of.entry(concern.clone()).or_default().insert(self.id);
            any_new = true;
        }
        drop(listeners);
        self.concerns = wanted;
        any_new
    }

    /// Waits for news. Several that came since it last waited are told as one.
    pub async fn heard(&self) {
        self.bell.notified().await;
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let mut listeners = self.news.listeners();
        listeners.bells.remove(&self.id);
        self.concerns.iter().for_each(|concern| listeners.forget(concern, self.id));
    }
}

impl Listeners {
    fn forget(&mut self, concern: &Concern, id: u64) {
        if let Some(who) = self.of.get_mut(concern) {
            who.remove(&id);
            if who.is_empty() {
                self.of.remove(concern);
            }
        }
    }
}
