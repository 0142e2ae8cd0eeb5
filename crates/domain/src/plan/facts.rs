//! What is known about a batch, gathered until it can be decided.

use std::collections::HashMap;

use super::{Identity, Known, KnownParent, Needs};
use crate::ledger::Ledger;
use crate::state::{State, StateKey};
use crate::{Appended, Digest, EventId, Position, RecordedEvent, RequestId, SessionId, SessionLink};

/// What was asked of the store, and what it answered. What was asked and not answered does not exist.
#[derive(Debug, Default)]
pub struct Facts {
    pub(super) identities: HashMap<EventId, Identity>,
    pub(super) requests: HashMap<RequestId, (Digest, Appended)>,
    pub(super) projectors: HashMap<String, Position>,
    parents: HashMap<EventId, Option<KnownParent>>,
    sessions: HashMap<SessionId, Option<SessionLink>>,
    states: HashMap<StateKey, Option<State>>,
    waiting: Vec<RecordedEvent>,
}

impl Facts {
    /// Adds what the store answered to a question.
    pub fn learn(&mut self, asked: &Needs, known: Known) {
        let Known { identities, mut parents, waiting, sessions, requests, states, projectors } = known;
        self.projectors.extend(projectors);
        self.identities.extend(identities);
        self.requests.extend(requests);
        self.parents.extend(asked.parents.iter().map(|id| (*id, parents.remove(id))));
        self.waiting.extend(waiting);
        let mut sessions: HashMap<SessionId, SessionLink> =
            sessions.into_iter().map(|session| (session.session_id.clone(), session)).collect();
        self.sessions.extend(asked.sessions.iter().map(|id| (id.clone(), sessions.remove(id))));
        let mut states: HashMap<StateKey, State> = states.into_iter().map(|state| (state.key(), state)).collect();
        self.states.extend(asked.states.iter().map(|key| (key.clone(), states.remove(key))));
    }

    /// A ledger that knows all of it.
    pub(super) fn ledger(&self) -> Ledger {
        let mut ledger = Ledger::default();
        self.parents.iter().for_each(|(id, parent)| ledger.know_parent(*id, parent.clone()));
        self.sessions.iter().for_each(|(id, session)| ledger.know_session(id.clone(), session.clone()));
        self.states.iter().for_each(|(key, state)| ledger.know_state(key.clone(), state.clone()));
        self.waiting.iter().for_each(|event| ledger.know_waiting(event.clone()));
        ledger
    }
}
