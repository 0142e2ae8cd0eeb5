//! The part of the log that a batch touches, in memory: takes events one by one, gives each its place, works out where it
//! belongs, fills in the events that waited for it, and moves the states.
//!
//! The live path fills a ledger with what the store knows and takes one batch; a rebuild takes the whole log into an empty one.
//! Both go through [`Ledger::record`], so both end with the same states.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

use bytes::Bytes;

use crate::evolve;
use crate::plan::Needs;
use crate::state::{ChangedState, State, StateKey, States};
use crate::{Belonging, EventId, NewEvent, Position, RecordedEvent, SessionId, SessionLink, Timestamp};

/// What is known of an event that may be somebody's parent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KnownParent {
    /// Its place.
    pub position: Position,
    /// Where it belongs.
    pub belonging: Belonging,
}

/// An event in a ledger.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The event.
    pub event: RecordedEvent,
    /// Its parents in order.
    pub parents: Vec<EventId>,
    /// The bytes of the bus message that it came in.
    pub original: Option<Bytes>,
    /// It is new; else it was recorded before and is here since it waited for a parent.
    pub is_new: bool,
    /// Its belonging was filled in after it was recorded.
    pub filled_in: bool,
}

/// See the module's text.
#[derive(Default, Debug)]
pub struct Ledger {
    /// Events that are somebody's parent; `None` for those that are known not to be recorded.
    parents: HashMap<EventId, Option<KnownParent>>,
    sessions: HashMap<SessionId, Option<SessionLink>>,
    states: States,
    changed_sessions: HashSet<SessionId>,
    entries: Vec<Entry>,
    by_id: HashMap<EventId, usize>,
    /// Entries that may still gain something, under each of their parents.
    waiting: HashMap<EventId, Vec<usize>>,
    /// What is not here does not exist.
    whole: bool,
    missing_parents: RefCell<BTreeSet<EventId>>,
    missing_sessions: RefCell<BTreeSet<SessionId>>,
}

impl Ledger {
    /// An empty one for a whole log.
    pub fn whole() -> Self {
        Self { states: States::whole(), whole: true, ..Self::default() }
    }

    /// Adds what the store knows of an event that is somebody's parent.
    pub fn know_parent(&mut self, id: EventId, parent: Option<KnownParent>) {
        self.parents.insert(id, parent);
    }

    /// Adds what the store knows of a session.
    pub fn know_session(&mut self, id: SessionId, session: Option<SessionLink>) {
        self.sessions.insert(id, session);
    }

    /// Adds what the store knows of a state.
    pub fn know_state(&mut self, key: StateKey, state: Option<State>) {
        self.states.know(key, state);
    }

    /// Adds an event that was recorded before and waits for a parent.
    pub fn know_waiting(&mut self, event: RecordedEvent) {
        if self.by_id.contains_key(&event.id()) {
            return;
        }
        let parents = event.envelope.parents();
        self.insert(Entry { event, parents, original: None, is_new: false, filled_in: false });
    }

    /// The events of this ledger in the order in which they came in.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The states after all that was recorded so far.
    pub const fn states(&self) -> &States {
        &self.states
    }

    /// What was looked at and not loaded: what was decided since cannot be relied on.
    pub fn missing(&self) -> Needs {
        Needs {
            parents: self.missing_parents.borrow().iter().copied().collect(),
            sessions: self.missing_sessions.borrow().iter().cloned().collect(),
            states: self.states.missing(),
            ..Needs::default()
        }
    }

    /// Gives an event the next place in the log and draws every consequence.
    pub fn record(&mut self, event: NewEvent, position: Position, recorded_at: Timestamp, principal: String) {
        let belonging = self.resolve(&event);
        let recorded = RecordedEvent {
            envelope: event.envelope,
            position,
            recorded_at,
            belonging,
            digest: event.digest,
            principal,
            bus: event.bus,
        };
        self.learn_session(event.said.session_id.as_ref(), &recorded.belonging);
        evolve::recorded(&mut self.states, &recorded);
        let entry =
            Entry { event: recorded, parents: event.parents, original: event.original, is_new: true, filled_in: false };
        let index = self.insert(entry);
        self.fill_in_waiting(index);
    }

    fn resolve(&self, event: &NewEvent) -> Belonging {
        let mut belonging = event.said.clone();
        if let Some(session) = event.said.session_id.as_ref().and_then(|id| self.session_link(id)) {
            belonging.fill_from_session(session);
        }
        // All of them are looked at, since each edge says where its parent stands.
        for parent in &event.parents {
            if let Some(known) = self.belonging_of(*parent) {
                belonging.fill_from_parent(known);
            }
        }
        belonging
    }

    /// What an event that is recorded belongs to.
    pub fn belonging_of(&self, id: EventId) -> Option<&Belonging> {
        let here = self.by_id.get(&id).map(|index| &self.entries[*index].event.belonging);
        here.or_else(|| self.parent(id).map(|parent| &parent.belonging))
    }

    fn parent(&self, id: EventId) -> Option<&KnownParent> {
        let known = self.parents.get(&id);
        if known.is_none() && !self.whole {
            self.missing_parents.borrow_mut().insert(id);
        }
        known?.as_ref()
    }

    /// What is known of where a session belongs.
    pub fn session_link(&self, id: &SessionId) -> Option<&SessionLink> {
        let known = self.sessions.get(id);
        if known.is_none() && !self.whole {
            self.missing_sessions.borrow_mut().insert(id.clone());
        }
        known?.as_ref()
    }

    /// The place of an event that is recorded, here or before.
    pub fn position_of(&self, id: EventId) -> Option<Position> {
        let here = self.by_id.get(&id).map(|index| self.entries[*index].event.position);
        here.or_else(|| self.parent(id).map(|parent| parent.position))
    }

    fn insert(&mut self, entry: Entry) -> usize {
        let index = self.entries.len();
        if entry.event.may_gain() {
            for parent in &entry.parents {
                self.waiting.entry(*parent).or_default().push(index);
            }
        }
        self.by_id.insert(entry.event.id(), index);
        self.entries.push(entry);
        index
    }

    fn learn_session(&mut self, said: Option<&SessionId>, belonging: &Belonging) {
        let Some(id) = said else { return };
        let mut session = self.session_link(id).cloned().unwrap_or_else(|| SessionLink::new(id.clone()));
        // A session of which nothing is known is not kept, or a rebuild would hold more of them than the store.
        if session.learn(belonging) {
            self.changed_sessions.insert(id.clone());
            self.sessions.insert(id.clone(), Some(session));
        }
    }

    /// Passes what a new event has to the events that waited for it, and on from each that gained something. Ends even where
    /// causes form a cycle, since a field is filled at most once.
    fn fill_in_waiting(&mut self, first: usize) {
        let mut queue = VecDeque::from([first]);
        while let Some(index) = queue.pop_front() {
            let (id, from) = (self.entries[index].event.id(), self.entries[index].event.belonging.clone());
            let mut children = self.waiting.get(&id).cloned().unwrap_or_default();
            children.sort_by_key(|child| self.entries[*child].event.position);
            for child in children {
                if self.fill_in(child, &from) {
                    queue.push_back(child);
                }
            }
        }
    }

    fn fill_in(&mut self, child: usize, from: &Belonging) -> bool {
        let entry = &mut self.entries[child];
        let before = entry.event.belonging.clone();
        // One that came to miss nothing in this batch is not among those that wait in the next one either.
        if !entry.event.may_gain() || !entry.event.belonging.fill_from_parent(from) {
            return false;
        }
        entry.filled_in = true;
        let event = entry.event.clone();
        evolve::gained(&mut self.states, &event, &before);
        true
    }

    /// Ends the ledger and gives out what changed.
    pub fn finish(self) -> Changes {
        let Self { sessions, states, changed_sessions, entries, .. } = self;
        let changed: BTreeMap<SessionId, Option<SessionLink>> =
            sessions.into_iter().filter(|(id, _)| changed_sessions.contains(id)).collect();
        Changes { sessions: changed.into_values().flatten().collect(), states: states.changed(), entries }
    }

    /// Forgets the events that miss nothing and so can never change, but remembers where they belong. Keeps a rebuild's memory small.
    pub fn forget_complete(&mut self) {
        let entries = std::mem::take(&mut self.entries);
        self.by_id.clear();
        self.waiting.clear();
        for entry in entries {
            let Entry { event, .. } = &entry;
            let known = KnownParent { position: event.position, belonging: event.belonging.clone() };
            self.parents.insert(event.id(), Some(known));
            if event.may_gain() {
                self.insert(entry);
            }
        }
    }

    /// What is known of all sessions, in order of their ids.
    pub fn session_links(&self) -> BTreeMap<SessionId, SessionLink> {
        self.sessions.iter().filter_map(|(id, session)| Some((id.clone(), session.clone()?))).collect()
    }
}

/// What a ledger changed, in order of keys, so that two writers lock rows in one order.
#[derive(Debug)]
pub struct Changes {
    /// Sessions that learned something.
    pub sessions: Vec<SessionLink>,
    /// States that moved.
    pub states: Vec<ChangedState>,
    /// New events, and waiting ones that gained something or not.
    pub entries: Vec<Entry>,
}
