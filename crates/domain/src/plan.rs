//! Decides a whole batch of proposals: what each is answered, and what the store has to write.
//!
//! The log writer calls it inside the one transaction that holds the log's head:
//!
//! 1. [`Needs::of`] says what the batch is known to need;
//! 2. the store loads it, and [`Facts`] learn it;
//! 3. [`plan`] decides each proposal in turn, against what was loaded and what earlier proposals of the batch changed. Where a decision
//!    looked at something that was not loaded, it says what, and is made anew when that is there. Only a state says which further states
//!    matter (a session names the handoffs that it holds), so nobody can know all of it before.

mod writes;

mod facts;

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::command::{Decision, View};
pub use crate::ledger::KnownParent;
use crate::ledger::Ledger;
use crate::state::{State, StateKey};
use crate::{
    Appended, AppendedEvent, Change, CursorMove, Digest, EventId, InvalidEvent, NewEvent, Position, Proposal,
    RecordedEvent, Refusal, Request, RequestId, SessionId, SessionLink, Timestamp, Violation, ViolationKind, Workflow,
    WorkflowId,
};
pub use facts::Facts;
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
    /// States that its events may move, or that its commands look at.
    pub states: Vec<StateKey>,
    /// Projectors whose cursors move.
    pub projectors: Vec<String>,
}

impl Needs {
    /// What the proposals need.
    pub fn of(proposals: &[Proposal]) -> Self {
        Self {
            events: distinct(proposals.iter().flat_map(|p| p.change.event_ids())),
            parents: distinct(proposals.iter().flat_map(|p| p.change.parents())),
            sessions: distinct(proposals.iter().flat_map(|p| p.change.sessions().cloned())),
            requests: distinct(proposals.iter().filter_map(|p| p.request.map(|request| request.id))),
            states: distinct(workflows_said(proposals).map(|id| StateKey::of::<Workflow>(id.as_str()))),
            projectors: distinct(proposals.iter().filter_map(|p| p.change.cursor()).map(|cursor| cursor.name.clone())),
        }
    }

    /// True when there is nothing to load.
    pub fn is_empty(&self) -> bool {
        let Self { events, parents, sessions, requests, states, projectors } = self;
        let no_events = events.is_empty() && parents.is_empty() && sessions.is_empty();
        no_events && requests.is_empty() && states.is_empty() && projectors.is_empty()
    }
}

/// The workflows that events name themselves: nearly all that move.
fn workflows_said(proposals: &[Proposal]) -> impl Iterator<Item = &WorkflowId> {
    proposals.iter().flat_map(|p| p.change.events()).filter_map(|event| event.said.workflow_id.as_ref())
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
    /// Recorded events that may gain something by one of [`Needs::events`]: they wait for it, directly or through others that wait.
    pub waiting: Vec<RecordedEvent>,
    /// Those of [`Needs::sessions`] of which something is known.
    pub sessions: Vec<SessionLink>,
    /// First answers to those of [`Needs::requests`] that were seen before.
    pub requests: HashMap<RequestId, (Digest, Appended)>,
    /// Those of [`Needs::states`] that exist.
    pub states: Vec<State>,
    /// Where those of [`Needs::projectors`] stand that stored a cursor.
    pub projectors: HashMap<String, Position>,
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
///
/// # Errors
/// What else has to be loaded before the batch can be decided.
pub fn plan(head: Head, facts: &Facts, proposals: &[Proposal], now: Timestamp) -> Result<Plan, Box<Needs>> {
    let mut planner = Planner::new(head, facts, now);
    let answers = proposals.iter().map(|proposal| planner.decide(proposal)).collect();
    let missing = planner.ledger.missing();
    if missing.is_empty() { Ok(Plan { answers, writes: planner.finish() }) } else { Err(Box::new(missing)) }
}

struct Planner<'a> {
    head: Head,
    now: Timestamp,
    ledger: Ledger,
    facts: &'a Facts,
    /// Events of this batch.
    identities: HashMap<EventId, Identity>,
    /// Requests of this batch.
    requests: HashMap<RequestId, (Digest, Appended)>,
    new_requests: Vec<RecordedRequest>,
    /// Cursors that moved in this batch.
    cursors: BTreeMap<String, Position>,
}

impl<'a> Planner<'a> {
    fn new(head: Head, facts: &'a Facts, now: Timestamp) -> Self {
        Self {
            head,
            now: Timestamp::from_micros(now.micros()).max(head.recorded_at),
            ledger: facts.ledger(),
            facts,
            identities: HashMap::new(),
            requests: HashMap::new(),
            new_requests: Vec::new(),
            cursors: BTreeMap::new(),
        }
    }

    fn decide(&mut self, proposal: &Proposal) -> Result<Appended, Refusal> {
        if let Some(request) = proposal.request
            && let Some(answer) = self.first_answer(request)
        {
            return answer;
        }
        let Decision { events, subjects } = match &proposal.change {
            Change::Append(events) | Change::Project(events, _) => {
                Decision { events: events.clone(), subjects: Vec::new() }
            }
            Change::Command(command) => command.decide(&View::of(&self.ledger, self.now))?,
        };
        self.check_identities(&events)?;
        self.move_cursor(proposal.change.cursor())?;
        let events = events.into_iter().map(|event| self.record(event, &proposal.principal)).collect();
        let states = subjects.iter().filter_map(|key| self.ledger.states().state(key).cloned()).collect();
        let answer = Appended { events, states };
        if let Some(request) = proposal.request {
            self.keep_answer(request, &answer);
        }
        Ok(answer)
    }

    fn identity(&self, id: EventId) -> Option<Identity> {
        self.identities.get(&id).or_else(|| self.facts.identities.get(&id)).copied()
    }

    fn first_answer(&self, request: Request) -> Option<Result<Appended, Refusal>> {
        let (digest, answer) = self.requests.get(&request.id).or_else(|| self.facts.requests.get(&request.id))?;
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
            if let Some(Identity { position, digest, .. }) = self.identity(event_id)
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

    /// A projector that is not where its caller believes has seen what the caller is about to project.
    fn move_cursor(&mut self, cursor: Option<&CursorMove>) -> Result<(), Refusal> {
        let Some(CursorMove { name, from, to }) = cursor else { return Ok(()) };
        let known = self.cursors.get(name).or_else(|| self.facts.projectors.get(name));
        let actual = known.copied().unwrap_or_default();
        if actual != *from {
            return Err(Refusal::CursorMoved { name: name.clone(), expected: *from, actual });
        }
        if *to > self.head.position {
            return Err(Refusal::PositionInFuture { position: *to, head: self.head.position });
        }
        self.cursors.insert(name.clone(), *to);
        Ok(())
    }

    fn record(&mut self, event: NewEvent, principal: &str) -> AppendedEvent {
        let event_id = event.envelope.event_id;
        if let Some(Identity { position, recorded_at, .. }) = self.identity(event_id) {
            return AppendedEvent { event_id, position, recorded_at, already_recorded: true };
        }
        self.head = Head { position: self.head.position.next(), recorded_at: self.now };
        let Head { position, recorded_at } = self.head;
        self.identities.insert(event_id, Identity { position, recorded_at, digest: event.digest });
        self.ledger.record(event, position, recorded_at, principal.to_owned());
        AppendedEvent { event_id, position, recorded_at, already_recorded: false }
    }

    fn finish(self) -> Writes {
        Writes::of(self.head, self.ledger, self.new_requests, self.cursors)
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
