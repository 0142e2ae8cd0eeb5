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

#[cfg(test)]
mod tests {
    use futures::FutureExt as _;

    use super::*;

    fn session(id: &str) -> Concern {
        Concern::Session(id.into())
    }

    fn is_woken(listener: &Listener) -> bool {
        listener.heard().now_or_never().is_some()
    }

    #[test]
    fn only_who_is_concerned_is_woken() {
        let news = News::default();
        let (mut one, mut both, silent) = (news.listener(), news.listener(), news.listener());
        assert!(one.listen_for([session("a")]));
        assert!(both.listen_for([session("a"), session("b")]));
        news.tell(&[session("b"), session("c")]);
        assert_eq!([&one, &both, &silent].map(is_woken), [false, true, false]);
        news.tell(&[session("a")]);
        assert_eq!([&one, &both, &silent].map(is_woken), [true, true, false]);
        news.tell_all();
        assert_eq!([&one, &both, &silent].map(is_woken), [true; 3], "it is not known what changed");
    }

    #[test]
    fn news_that_come_while_nobody_waits_are_heard_later_and_once() {
        let news = News::default();
        let mut listener = news.listener();
        listener.listen_for([session("a")]);
        news.tell(&[session("a")]);
        news.tell(&[session("a")]);
        assert!(is_woken(&listener));
        assert!(!is_woken(&listener));
    }

    #[test]
    fn who_listens_for_something_else_hears_no_more_of_what_it_was() {
        let news = News::default();
        let mut listener = news.listener();
        listener.listen_for([session("a"), session("b")]);
        assert!(!listener.listen_for([session("b")]), "nothing of it is new");
        news.tell(&[session("a")]);
        assert!(!is_woken(&listener));
        assert!(listener.listen_for([session("b"), session("c")]));
        news.tell(&[session("b")]);
        assert!(is_woken(&listener));
    }

    #[test]
    fn nothing_is_left_of_who_went() {
        let news = News::default();
        let mut listener = news.listener();
        listener.listen_for([session("a")]);
        drop(listener);
        let listeners = news.listeners();
        assert!(listeners.bells.is_empty() && listeners.of.is_empty());
    }
}
