//! A log in memory: what a store does around [`plan`], in the plainest way.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{EventStory, Named, ProposalStory, proposal};
use crate::plan::{Edge, Head, Identity, Known, KnownParent, Needs, Plan, plan};
use crate::{
    Appended, Belonging, Digest, EventId, Position, Proposal, RecordedEvent, Refusal, RequestId, SessionId,
    SessionLink, Timestamp, Workflow, WorkflowId,
};

/// See the module's text.
pub struct MemoryLog {
    pub now: Timestamp,
    pub head: Head,
    pub events: Vec<RecordedEvent>,
    pub edges: Vec<Edge>,
    pub sessions: BTreeMap<SessionId, SessionLink>,
    pub workflows: BTreeMap<WorkflowId, Workflow>,
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
            workflows: BTreeMap::new(),
            requests: HashMap::new(),
        }
    }
}

impl MemoryLog {
    /// Decides and writes one batch.
    pub fn write(&mut self, proposals: Vec<Proposal>) -> Vec<Result<Appended, Refusal>> {
        let known = self.load(&Needs::of(&proposals));
        let workflows = known.workflows_needed(&proposals);
        let workflows = workflows.iter().filter_map(|id| self.workflows.get(id).cloned()).collect();
        let Plan { answers, writes } = plan(self.head, known, workflows, proposals, self.now);
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
        // States go through their stored form, as in a real store.
        let stored = |workflow: Workflow| {
            let json = serde_json::to_string(&workflow).unwrap();
            (workflow.workflow_id, serde_json::from_str(&json).unwrap())
        };
        self.workflows.extend(writes.workflows.into_iter().map(stored));
        self.requests.extend(writes.requests.into_iter().map(|r| (r.request.id, (r.request.digest, r.answer))));
        answers
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
        let Belonging { workflow_id, session_id, agent } = self.get(event).belonging.clone();
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
        }
    }

    /// In falling order of positions, to show that no order is relied on.
    fn waiting_for(&self, events: &[EventId]) -> Vec<RecordedEvent> {
        let mut wanted: Vec<EventId> = events.to_vec();
        let mut found: HashSet<EventId> = HashSet::new();
        while let Some(parent) = wanted.pop() {
            for edge in self.edges.iter().filter(|edge| edge.parent_id == parent) {
                let child = &self.events[edge.child.get() as usize - 1];
                if !child.belonging.is_complete() && found.insert(child.id()) {
                    wanted.push(child.id());
                }
            }
        }
        self.events.iter().rev().filter(|event| found.contains(&event.id())).cloned().collect()
    }
}
