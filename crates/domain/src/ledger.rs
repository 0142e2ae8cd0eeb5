//! The part of the log that a batch touches, in memory: takes events one by one, gives each its place, works out where it
//! belongs, fills in the events that waited for it, and moves the states.
//!
//! The live path fills a ledger with what the store knows and takes one batch; a rebuild takes the whole log into an empty one.
//! Both go through [`Ledger::record`], so both end with the same states.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

use bytes::Bytes;

use crate::workflow::evolve::evolve;
use crate::{
    Belonging, EventId, NewEvent, Position, RecordedEvent, SessionId, SessionLink, Timestamp, Workflow, WorkflowId,
};

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
    parents: HashMap<EventId, KnownParent>,
    sessions: HashMap<SessionId, SessionLink>,
    workflows: HashMap<WorkflowId, Workflow>,
    changed_sessions: HashSet<SessionId>,
    changed_workflows: HashSet<WorkflowId>,
    entries: Vec<Entry>,
    by_id: HashMap<EventId, usize>,
    /// Entries that still miss something, under each of their parents.
    waiting: HashMap<EventId, Vec<usize>>,
}

impl Ledger {
    /// Adds what the store knows of an event that is somebody's parent.
    pub fn know_parent(&mut self, id: EventId, parent: KnownParent) {
        self.parents.insert(id, parent);
    }

    /// Adds what the store knows of a session.
    pub fn know_session(&mut self, session: SessionLink) {
        self.sessions.insert(session.session_id.clone(), session);
    }

    /// Adds the state of a workflow.
    pub fn know_workflow(&mut self, workflow: Workflow) {
        self.workflows.insert(workflow.workflow_id.clone(), workflow);
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

    /// The state of a workflow after all that was recorded so far.
    pub fn workflow(&self, id: &WorkflowId) -> Option<&Workflow> {
        self.workflows.get(id)
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
        self.move_workflow(&recorded);
        let entry =
            Entry { event: recorded, parents: event.parents, original: event.original, is_new: true, filled_in: false };
        let index = self.insert(entry);
        self.fill_in_waiting(index);
    }

    fn resolve(&self, event: &NewEvent) -> Belonging {
        let mut belonging = event.said.clone();
        if let Some(session) = event.said.session_id.as_ref().and_then(|id| self.sessions.get(id)) {
            belonging.fill_from_session(session);
        }
        for parent in &event.parents {
            if belonging.is_complete() {
                break;
            }
            if let Some(known) = self.belonging_of(*parent) {
                belonging.fill_from_parent(known);
            }
        }
        belonging
    }

    fn belonging_of(&self, id: EventId) -> Option<&Belonging> {
        let here = self.by_id.get(&id).map(|index| &self.entries[*index].event.belonging);
        here.or_else(|| self.parents.get(&id).map(|parent| &parent.belonging))
    }

    /// The place of an event that is recorded, here or before.
    pub fn position_of(&self, id: EventId) -> Option<Position> {
        let here = self.by_id.get(&id).map(|index| self.entries[*index].event.position);
        here.or_else(|| self.parents.get(&id).map(|parent| parent.position))
    }

    fn insert(&mut self, entry: Entry) -> usize {
        let index = self.entries.len();
        if !entry.event.belonging.is_complete() {
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
        let mut session = self.sessions.get(id).cloned().unwrap_or_else(|| SessionLink::new(id.clone()));
        // A session of which nothing is known is not kept, or a rebuild would hold more of them than the store.
        if session.learn(belonging) {
            self.changed_sessions.insert(id.clone());
            self.sessions.insert(id.clone(), session);
        }
    }

    fn move_workflow(&mut self, event: &RecordedEvent) {
        let Some(id) = event.workflow_id() else { return };
        let state = self.workflows.remove(id);
        self.workflows.insert(id.clone(), evolve(state, id, event));
        self.changed_workflows.insert(id.clone());
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
        let had_workflow = entry.event.workflow_id().is_some();
        if !entry.event.belonging.fill_from_parent(from) {
            return false;
        }
        entry.filled_in = true;
        if !had_workflow && entry.event.workflow_id().is_some() {
            let event = entry.event.clone();
            self.move_workflow(&event);
        }
        true
    }

    /// Ends the ledger and gives out what changed.
    pub fn finish(self) -> Changes {
        let Self { sessions, workflows, changed_sessions, changed_workflows, entries, .. } = self;
        Changes {
            sessions: sorted(sessions, &changed_sessions),
            workflows: sorted(workflows, &changed_workflows),
            entries,
        }
    }

    /// Forgets the events that miss nothing and so can never change, but remembers where they belong. Keeps a rebuild's memory small.
    pub fn forget_complete(&mut self) {
        let entries = std::mem::take(&mut self.entries);
        self.by_id.clear();
        self.waiting.clear();
        for entry in entries {
            let Entry { event, .. } = &entry;
            let known = KnownParent { position: event.position, belonging: event.belonging.clone() };
            self.parents.insert(event.id(), known);
            if !event.belonging.is_complete() {
                self.insert(entry);
            }
        }
    }

    /// All sessions and workflows, each in order of their ids.
    pub fn states(&self) -> (BTreeMap<SessionId, SessionLink>, BTreeMap<WorkflowId, Workflow>) {
        let sessions = self.sessions.iter().map(|(id, session)| (id.clone(), session.clone())).collect();
        let workflows = self.workflows.iter().map(|(id, workflow)| (id.clone(), workflow.clone())).collect();
        (sessions, workflows)
    }
}

/// What a ledger changed. Sessions and workflows come in order of their ids, so that two writers lock rows in one order.
#[derive(Debug)]
pub struct Changes {
    /// Sessions that learned something.
    pub sessions: Vec<SessionLink>,
    /// Workflows that moved.
    pub workflows: Vec<Workflow>,
    /// New events, and waiting ones that gained something or not.
    pub entries: Vec<Entry>,
}

fn sorted<K: Ord + std::hash::Hash + Eq, V>(all: HashMap<K, V>, changed: &HashSet<K>) -> Vec<V> {
    let changed: BTreeMap<K, V> = all.into_iter().filter(|(id, _)| changed.contains(id)).collect();
    changed.into_values().collect()
}
