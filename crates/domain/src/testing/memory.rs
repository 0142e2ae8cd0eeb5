//! A log in memory: what a store does around [`plan`], in the plainest way.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::{EventStory, Named, ProposalStory, proposal};
use crate::plan::{Edge, Facts, Head, Identity, Known, KnownParent, Needs, Plan, plan};
use crate::state::{Noun, State, StateKey};
use crate::{
    Appended, Belonging, Digest, EventId, Position, Proposal, RecordedEvent, Refusal, RequestId, SessionId,
    SessionLink, Timestamp, Workflow,
};

/// See the module's text.
pub struct MemoryLog {
    pub now: Timestamp,
    pub head: Head,
    pub events: Vec<RecordedEvent>,
    pub edges: Vec<Edge>,
    pub sessions: BTreeMap<SessionId, SessionLink>,
    pub states: BTreeMap<StateKey, State>,
    labels: BTreeMap<StateKey, BTreeSet<String>>,
    requests: HashMap<RequestId, (Digest, Appended)>,
}

impl Default for MemoryLog {
    fn default() -> Self {
        let now = Timestamp::from_micros(1_768_141_800_000_000);
        Self {
            now,
            head: Head { position: Position::START, recorded_at: Timestamp::EPOCH },
            events: Vec::new(),
            edges: Vec::new(),
            sessions: BTreeMap::new(),
            states: BTreeMap::new(),
            labels: BTreeMap::new(),
            requests: HashMap::new(),
        }
    }
}

impl MemoryLog {
    /// Decides and writes one batch.
    pub fn write(&mut self, proposals: Vec<Proposal>) -> Vec<Result<Appended, Refusal>> {
        let Plan { answers, writes } = self.decide(&proposals);
        self.head = writes.head;
        self.events.extend(writes.events.into_iter().map(|recording| (*recording.event).clone()));
        self.edges.extend(writes.edges);
        for resolved in writes.resolved {
            let waiting = self.edges.iter_mut().filter(|edge| edge.parent_id == resolved.event_id);
            waiting.for_each(|edge| edge.parent = Some(resolved.position));
        }
        for late in writes.late {
            let event = &mut self.events[late.position.get() as usize - 1];
            assert_eq!(event.recorded_at, late.recorded_at);
            event.belonging = late.belonging;
        }
        self.sessions.extend(writes.sessions.into_iter().map(|session| (session.session_id.clone(), session)));
        for changed in writes.states {
            let key = changed.state.key();
            let labels = self.labels.entry(key.clone()).or_default();
            changed.lost.iter().for_each(|label| assert!(labels.remove(label), "{key} had no {label}"));
            changed.gained.iter().for_each(|label| assert!(labels.insert(label.clone()), "{key} had {label}"));
            let all: BTreeSet<String> = changed.state.labels().into_iter().filter(|l| !l.is_empty()).collect();
            assert_eq!(*labels, all, "{key}");
            // States go through their stored form, as in a real store.
            let stored = State::from_json(key.kind, &changed.state.to_json().unwrap()).unwrap();
            assert_eq!(stored, changed.state);
            let rank = stored.rank();
            if let Some(before) = self.states.insert(key, stored) {
                assert_eq!(before.rank(), rank, "a rank never changes");
            }
        }
        self.requests.extend(writes.requests.into_iter().map(|r| (r.request.id, (r.request.digest, r.answer))));
        answers
    }

    /// Asks the rules, and loads what they look at until they have all of it.
    fn decide(&self, proposals: &[Proposal]) -> Plan {
        let (mut facts, mut needs) = (Facts::default(), Needs::of(proposals));
        loop {
            facts.learn(&needs, self.load(&needs));
            match plan(self.head, &facts, proposals, self.now) {
                Ok(plan) => return plan,
                Err(missing) => needs = *missing,
            }
        }
    }

    /// Decides and writes one command.
    pub fn command(&mut self, command: impl crate::command::Command) -> Result<Appended, Refusal> {
        let principal = command.author().principal.clone();
        self.write(vec![Proposal { request: None, principal, change: crate::Change::command(command) }]).pop().unwrap()
    }

    /// The state of a thing; fails when there is none.
    pub fn state<N: Noun>(&self, id: &str) -> N {
        self.states.get(&StateKey::of::<N>(id)).and_then(N::in_state).cloned().unwrap()
    }

    /// The state of a workflow; fails when there is none.
    pub fn workflow(&self, id: &str) -> Workflow {
        self.state(id)
    }

    /// The same with stories.
    pub fn propose(&mut self, proposals: impl IntoIterator<Item = ProposalStory>) -> Vec<Result<Appended, Refusal>> {
        self.write(proposals.into_iter().map(ProposalStory::build).collect())
    }

    /// Records events in one proposal, which nothing refuses.
    pub fn record<'a>(&mut self, events: impl IntoIterator<Item = &'a EventStory>) -> Appended {
        self.propose([proposal(events)]).pop().unwrap().unwrap()
    }

    /// The recorded event.
    pub fn get(&self, event: &impl Named) -> &RecordedEvent {
        self.find(event.event_id()).unwrap()
    }

    /// Where an event belongs, as `[workflow, session, agent]`, `-` where unknown.
    pub fn belonging(&self, event: &impl Named) -> [String; 3] {
        let Belonging { workflow_id, session_id, agent, .. } = self.get(event).belonging.clone();
        [workflow_id.map(|id| id.to_string()), session_id.map(|id| id.to_string()), agent.map(|id| id.to_string())]
            .map(|id| id.unwrap_or_else(|| "-".into()))
    }

    fn find(&self, id: EventId) -> Option<&RecordedEvent> {
        self.events.iter().find(|event| event.id() == id)
    }

    fn load(&self, needs: &Needs) -> Known {
        let recorded = |ids: &[EventId]| ids.iter().filter_map(|id| self.find(*id)).cloned().collect::<Vec<_>>();
        let identity = |event: RecordedEvent| {
            let RecordedEvent { position, recorded_at, digest, .. } = event;
            (event.envelope.event_id, Identity { position, recorded_at, digest })
        };
        let parent =
            |event: RecordedEvent| (event.id(), KnownParent { position: event.position, belonging: event.belonging });
        Known {
            identities: recorded(&needs.events).into_iter().map(identity).collect(),
            parents: recorded(&needs.parents).into_iter().map(parent).collect(),
            waiting: self.waiting_for(&needs.events),
            sessions: needs.sessions.iter().filter_map(|id| self.sessions.get(id).cloned()).collect(),
            requests: needs.requests.iter().filter_map(|id| Some((*id, self.requests.get(id)?.clone()))).collect(),
            states: needs.states.iter().filter_map(|key| self.states.get(key).cloned()).collect(),
            projectors: HashMap::new(),
        }
    }

    /// In falling order of positions, to show that no order is relied on.
    fn waiting_for(&self, events: &[EventId]) -> Vec<RecordedEvent> {
        let mut wanted: Vec<EventId> = events.to_vec();
        let mut found: HashSet<EventId> = HashSet::new();
        while let Some(parent) = wanted.pop() {
            for edge in self.edges.iter().filter(|edge| edge.parent_id == parent) {
                let child = &self.events[edge.child.get() as usize - 1];
                if child.may_gain() && found.insert(child.id()) {
                    wanted.push(child.id());
                }
            }
        }
        self.events.iter().rev().filter(|event| found.contains(&event.id())).cloned().collect()
    }
}
