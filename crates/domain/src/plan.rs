//! Decides a whole batch of proposals: what each is answered, and what the store has to write.
//!
//! The log writer calls it inside the one transaction that holds the log's head:
//!
//! 1. [`Needs::of`] says what to load for the batch;
//! 2. the store loads it as [`Known`];
//! 3. [`Known::workflows_needed`] says which states may move, and the store loads these too;
//! 4. [`plan`] decides each proposal in turn, against what was loaded and what earlier proposals of the batch changed.

mod writes;

use std::collections::{HashMap, HashSet};

pub use crate::ledger::KnownParent;
use crate::ledger::Ledger;
use crate::{
    Appended, AppendedEvent, Change, Digest, EventId, InvalidEvent, NewEvent, Position, Proposal, RecordedEvent,
    Refusal, Request, RequestId, SessionId, SessionLink, Timestamp, Violation, ViolationKind, Workflow, WorkflowId,
};
pub use writes::{Edge, LateBelonging, RecordedRequest, Recording, ResolvedParent, Writes};

/// The end of the log.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Head {
    /// The position of the newest event; [`Position::START`] for an empty log.
    pub position: Position,
    /// When it was recorded.
    pub recorded_at: Timestamp,
}

/// What a batch needs to know before it can be decided. Each list is free of repeats.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Needs {
    /// Events that the batch wants to record: whether they are known, and which recorded events wait for them.
    pub events: Vec<EventId>,
    /// Events that it names as parents: where they stand and belong.
    pub parents: Vec<EventId>,
    /// Sessions that its events name.
    pub sessions: Vec<SessionId>,
    /// Requests whose first answer may be there.
    pub requests: Vec<RequestId>,
}

impl Needs {
    /// What the proposals need.
    pub fn of(proposals: &[Proposal]) -> Self {
        Self {
            events: distinct(proposals.iter().flat_map(|p| p.change.event_ids())),
            parents: distinct(proposals.iter().flat_map(|p| p.change.parents())),
            sessions: distinct(proposals.iter().flat_map(|p| p.change.sessions().cloned())),
            requests: distinct(proposals.iter().filter_map(|p| p.request.map(|request| request.id))),
        }
    }
}

fn distinct<T: Clone + Eq + std::hash::Hash>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut seen = HashSet::new();
    items.filter(|item| seen.insert(item.clone())).collect()
}

/// Where a recorded event stands and what it amounts to. Kept for ever, also past the event itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Identity {
    /// Its place.
    pub position: Position,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// What was sent.
    pub digest: Digest,
}

/// What the store knows of a batch's needs. What is absent is not recorded.
#[derive(Debug, Default)]
pub struct Known {
    /// Those of [`Needs::events`] that are recorded.
    pub identities: HashMap<EventId, Identity>,
    /// Those of [`Needs::parents`] that are recorded. A parent whose partition was dropped has an empty belonging.
    pub parents: HashMap<EventId, KnownParent>,
    /// Recorded events that miss a workflow, session or agent and wait, directly or through others that also miss something,
    /// for one of [`Needs::events`].
    pub waiting: Vec<RecordedEvent>,
    /// Those of [`Needs::sessions`] of which something is known.
    pub sessions: Vec<SessionLink>,
    /// First answers to those of [`Needs::requests`] that were seen before.
    pub requests: HashMap<RequestId, (Digest, Appended)>,
}

impl Known {
    /// The workflows whose states may move or be asked for, in order of their ids. A superset: nothing is decided yet.
    pub fn workflows_needed(&self, proposals: &[Proposal]) -> Vec<WorkflowId> {
        let parents = self.parents.values().filter_map(|parent| parent.belonging.workflow_id.as_ref());
        let sessions = self.sessions.iter().filter_map(|session| session.workflow_id.as_ref());
        let waiting = self.waiting.iter().filter_map(|event| event.workflow_id());
        let named = proposals.iter().filter_map(|p| p.change.workflows());
        let said = proposals.iter().flat_map(|p| p.change.events()).filter_map(|event| event.said.workflow_id.as_ref());
        let mut ids: Vec<WorkflowId> =
            parents.chain(sessions).chain(waiting).chain(named).chain(said).cloned().collect();
        ids.sort();
        ids.dedup();
        ids
    }
}

/// A decided batch.
#[derive(Debug)]
pub struct Plan {
    /// One answer for each proposal, in their order.
    pub answers: Vec<Result<Appended, Refusal>>,
    /// What to write; nothing when every proposal was refused or a repeat.
    pub writes: Writes,
}

/// Decides the proposals in turn. `now` is the server's clock, of which the microseconds count; events are never recorded at an
/// earlier time than those before them.
pub fn plan(head: Head, known: Known, workflows: Vec<Workflow>, proposals: Vec<Proposal>, now: Timestamp) -> Plan {
    let mut planner = Planner::new(head, known, workflows, now);
    let answers = proposals.into_iter().map(|proposal| planner.decide(proposal)).collect();
    Plan { answers, writes: planner.finish() }
}

struct Planner {
    head: Head,
    now: Timestamp,
    ledger: Ledger,
    identities: HashMap<EventId, Identity>,
    requests: HashMap<RequestId, (Digest, Appended)>,
    new_requests: Vec<RecordedRequest>,
}

impl Planner {
    fn new(head: Head, known: Known, workflows: Vec<Workflow>, now: Timestamp) -> Self {
        let mut ledger = Ledger::default();
        known.parents.into_iter().for_each(|(id, parent)| ledger.know_parent(id, parent));
        known.sessions.into_iter().for_each(|session| ledger.know_session(session));
        workflows.into_iter().for_each(|workflow| ledger.know_workflow(workflow));
        known.waiting.into_iter().for_each(|event| ledger.know_waiting(event));
        Self {
            head,
            now: Timestamp::from_micros(now.micros()).max(head.recorded_at),
            ledger,
            identities: known.identities,
            requests: known.requests,
            new_requests: Vec::new(),
        }
    }

    fn decide(&mut self, proposal: Proposal) -> Result<Appended, Refusal> {
        if let Some(request) = proposal.request
            && let Some(answer) = self.first_answer(request)
        {
            return answer;
        }
        let events = match proposal.change {
            Change::Append(events) => events,
            Change::Workflow(command) => command.decide(self.ledger.workflow(command.workflow_id()), self.now)?,
        };
        self.check_identities(&events)?;
        let answer = Appended { events: events.into_iter().map(|e| self.record(e, &proposal.principal)).collect() };
        if let Some(request) = proposal.request {
            self.keep_answer(request, &answer);
        }
        Ok(answer)
    }

    fn first_answer(&self, request: Request) -> Option<Result<Appended, Refusal>> {
        let (digest, answer) = self.requests.get(&request.id)?;
        let same = *digest == request.digest;
        Some(if same { Ok(answer.clone()) } else { Err(Refusal::RequestIdReused(request.id)) })
    }

    fn keep_answer(&mut self, request: Request, answer: &Appended) {
        self.requests.insert(request.id, (request.digest, answer.clone()));
        self.new_requests.push(RecordedRequest { request, answer: answer.clone(), recorded_at: self.now });
    }

    /// A change is taken as a whole, so every id is checked before the first event is recorded: against the log, the batch so
    /// far, and the change itself.
    fn check_identities(&self, events: &[NewEvent]) -> Result<(), Refusal> {
        let mut own: HashMap<EventId, Digest> = HashMap::new();
        for event in events {
            let (event_id, sent) = (event.envelope.event_id, event.digest);
            if let Some(Identity { position, digest, .. }) = self.identities.get(&event_id).copied()
                && digest != sent
            {
                return Err(Refusal::EventIdConflict { event_id, position, recorded: digest, sent });
            }
            let first = *own.entry(event_id).or_insert(sent);
            if first != sent {
                return Err(contradiction(event_id, first, sent));
            }
        }
        Ok(())
    }

    fn record(&mut self, event: NewEvent, principal: &str) -> AppendedEvent {
        let event_id = event.envelope.event_id;
        if let Some(Identity { position, recorded_at, .. }) = self.identities.get(&event_id).copied() {
            return AppendedEvent { event_id, position, recorded_at, already_recorded: true };
        }
        self.head = Head { position: self.head.position.next(), recorded_at: self.now };
        let Head { position, recorded_at } = self.head;
        self.identities.insert(event_id, Identity { position, recorded_at, digest: event.digest });
        self.ledger.record(event, position, recorded_at, principal.to_owned());
        AppendedEvent { event_id, position, recorded_at, already_recorded: false }
    }

    fn finish(self) -> Writes {
        Writes::of(self.head, self.ledger, self.new_requests)
    }
}

/// One change that holds two contents under one id: neither is recorded, so there is no position to name.
fn contradiction(event_id: EventId, first: Digest, second: Digest) -> Refusal {
    let message = format!(
        "{event_id} stands in the request with two contents (digests {first} and {second}): use an id of its own for each event"
    );
    Refusal::Invalid(InvalidEvent(vec![Violation { field: "event_id".into(), kind: ViolationKind::Field, message }]))
}

#[cfg(test)]
mod tests;
