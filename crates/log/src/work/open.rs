//! What is open, and the ways in which it is found.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use god33_domain::handoff::{Handoff, HandoffState, Offers};
use god33_domain::session::Session;
use god33_domain::state::State;

use super::news::Concern;

/// The open work of the whole system.
#[derive(Default)]
pub(super) struct Open {
    pub(super) handoffs: BTreeMap<String, Arc<Handoff>>,
    pub(super) sessions: BTreeMap<String, Arc<Session>>,
    /// Those of the handoffs that are on offer.
    pub(super) offers: Offers,
    /// The handoffs that each session holds, or held when it failed.
    of_sessions: HashMap<String, BTreeSet<String>>,
}

impl Open {
    /// Takes a state as it is now. Says what there is news of.
    pub(super) fn put(&mut self, state: State) -> Vec<Concern> {
        match state {
            State::Handoff(handoff) => self.put_handoff(*handoff),
            State::Session(session) => self.put_session(*session),
            _ => Vec::new(),
        }
    }

    fn put_handoff(&mut self, handoff: Handoff) -> Vec<Concern> {
        let known = self.handoffs.get(&handoff.handoff_id);
        if known.map_or(!handoff.state.is_open(), |known| **known == handoff) {
            return Vec::new();
        }
        self.remove_handoff(&handoff.handoff_id);
        let mut news = vec![Concern::Handoff(handoff.handoff_id.clone())];
        if handoff.state.is_open() {
            if handoff.state == HandoffState::Offered {
                news.extend(handoff.lanes().map(Concern::Offers));
            }
            for session in sessions_of(&handoff) {
                self.of_sessions.entry(session.to_owned()).or_default().insert(handoff.handoff_id.clone());
            }
            let handoff = Arc::new(handoff);
            self.offers.put(handoff.clone());
            self.handoffs.insert(handoff.handoff_id.clone(), handoff);
        }
        news
    }

    fn remove_handoff(&mut self, id: &str) {
        let Some(handoff) = self.handoffs.remove(id) else { return };
        self.offers.remove(id);
        for session in sessions_of(&handoff) {
            if let Some(theirs) = self.of_sessions.get_mut(session) {
                theirs.remove(id);
                if theirs.is_empty() {
                    self.of_sessions.remove(session);
                }
            }
        }
    }

    fn put_session(&mut self, session: Session) -> Vec<Concern> {
        let known = self.sessions.get(&session.session_id);
        if known.map_or(!session.is_open(), |known| **known == session) {
            return Vec::new();
        }
        let news = vec![Concern::Session(session.session_id.clone())];
        if session.is_open() {
            self.sessions.insert(session.session_id.clone(), Arc::new(session));
        } else {
            self.sessions.remove(&session.session_id);
        }
        news
    }

    /// Forgets all that is open, but not whose turn it is.
    pub(super) fn clear(&mut self) {
        self.handoffs.clear();
        self.sessions.clear();
        self.offers.clear();
        self.of_sessions.clear();
    }

    /// The handoffs that a session holds, or held when it failed.
    pub(super) fn handoffs_of(&self, session: &str) -> impl Iterator<Item = &String> {
        self.of_sessions.get(session).into_iter().flatten()
    }
}

/// The session that holds a handoff, and the one that held it when it failed.
fn sessions_of(handoff: &Handoff) -> impl Iterator<Item = &str> {
    [handoff.holder(), handoff.failed_session.as_deref()].into_iter().flatten()
}
