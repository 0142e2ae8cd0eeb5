//! What a store writes for a batch.

use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;

use super::Head;
use crate::ledger::{Changes, Entry, Ledger};
use crate::state::{ChangedState, State};
use crate::{Appended, Belonging, EventId, Position, RecordedEvent, Request, SessionLink, Timestamp, Workflow};

/// Everything that one transaction writes. Lists may be empty.
#[derive(Debug)]
pub struct Writes {
    /// The log's new end.
    pub head: Head,
    /// New events by rising position, without gaps from the old head on.
    pub events: Vec<Recording>,
    /// Their edges to their parents.
    pub edges: Vec<Edge>,
    /// Events that arrived now: edges of earlier events that waited for them get their positions.
    pub resolved: Vec<ResolvedParent>,
    /// Earlier events that gained a workflow, session or agent.
    pub late: Vec<LateBelonging>,
    /// Sessions that learned something, whole.
    pub sessions: Vec<SessionLink>,
    /// States that moved, whole, in order of their keys.
    pub states: Vec<ChangedState>,
    /// First answers to keep.
    pub requests: Vec<RecordedRequest>,
    /// Cursors of projectors that moved.
    pub cursors: BTreeMap<String, Position>,
}

/// A new event with what is kept beside it.
#[derive(Clone, Debug)]
pub struct Recording {
    /// The event.
    pub event: Arc<RecordedEvent>,
    /// The bytes of the bus message that it came in.
    pub original: Option<Bytes>,
}

/// One event names another as its cause.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Edge {
    /// The event that was caused.
    pub child: Position,
    /// Its id.
    pub child_id: EventId,
    /// The place of this parent among its parents, from 0.
    pub ordinal: u32,
    /// The cause.
    pub parent_id: EventId,
    /// Where the cause stands; `None` until it is recorded.
    pub parent: Option<Position>,
}

/// An event that earlier ones may wait for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ResolvedParent {
    /// Its id.
    pub event_id: EventId,
    /// Its place.
    pub position: Position,
}

/// Where an earlier event turned out to belong.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LateBelonging {
    /// Its place.
    pub position: Position,
    /// When it was recorded, which names its partition.
    pub recorded_at: Timestamp,
    /// Where it belongs now, whole.
    pub belonging: Belonging,
}

/// The first answer to a request.
#[derive(Clone, PartialEq, Debug)]
pub struct RecordedRequest {
    /// The request.
    pub request: Request,
    /// What it was answered.
    pub answer: Appended,
    /// When.
    pub recorded_at: Timestamp,
}

impl Writes {
    /// States and sessions in place of those that are kept, and nothing new in the log.
    pub fn of_states(head: Head, states: Vec<ChangedState>, sessions: Vec<SessionLink>) -> Self {
        let (events, edges, resolved, late, requests, cursors) = Default::default();
        Self { head, events, edges, resolved, late, sessions, states, requests, cursors }
    }

    /// True when there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.events.is_empty() && self.requests.is_empty() && self.cursors.is_empty()
    }

    /// The workflows among the states that moved.
    pub fn workflows(&self) -> impl Iterator<Item = &Workflow> {
        self.states.iter().filter_map(|changed| match &changed.state {
            State::Workflow(workflow) => Some(&**workflow),
            _ => None,
        })
    }

    /// The states that moved, but for the workflows.
    pub fn other_states(&self) -> impl Iterator<Item = &ChangedState> {
        self.states.iter().filter(|changed| !matches!(changed.state, State::Workflow(_)))
    }

    pub(super) fn of(
        head: Head,
        ledger: Ledger,
        requests: Vec<RecordedRequest>,
        cursors: BTreeMap<String, Position>,
    ) -> Self {
        let edges = new_entries(&ledger).flat_map(|entry| edges_of(entry, &ledger)).collect();
        let resolved = new_entries(&ledger)
            .map(|entry| ResolvedParent { event_id: entry.event.id(), position: entry.event.position })
            .collect();
        let Changes { sessions, states, entries } = ledger.finish();
        let (new, old): (Vec<Entry>, Vec<Entry>) = entries.into_iter().partition(|entry| entry.is_new);
        Self {
            head,
            events: new.into_iter().map(|e| Recording { event: Arc::new(e.event), original: e.original }).collect(),
            edges,
            resolved,
            late: old.into_iter().filter(|entry| entry.filled_in).map(late).collect(),
            sessions,
            states,
            requests,
            cursors,
        }
    }
}

fn new_entries(ledger: &Ledger) -> impl Iterator<Item = &Entry> {
    ledger.entries().iter().filter(|entry| entry.is_new)
}

fn edges_of<'a>(entry: &'a Entry, ledger: &'a Ledger) -> impl Iterator<Item = Edge> + 'a {
    entry.parents.iter().zip(0..).map(move |(parent, ordinal)| Edge {
        child: entry.event.position,
        child_id: entry.event.id(),
        ordinal,
        parent_id: *parent,
        parent: ledger.position_of(*parent),
    })
}

fn late(entry: Entry) -> LateBelonging {
    let RecordedEvent { position, recorded_at, belonging, .. } = entry.event;
    LateBelonging { position, recorded_at, belonging }
}
