//! What a case has at hand.

use std::sync::Arc;

use god33_domain::ports::{Store, StoreError};
use god33_domain::{
    Appended, AppendedEvent, Belonging, EventFilter, EventQuery, Order, Position, Proposal, RecordedEvent, Refusal,
    Workflow, WorkflowId,
};

use super::{StoreUnderTest, TestClock};
use crate::{EventStory, Named, ProposalStory, proposal};

/// An empty log, a clock, and short words for what most cases do with them.
pub struct World {
    /// The store.
    pub store: Arc<dyn Store>,
    /// The server's clock.
    pub clock: TestClock,
    under_test: Box<dyn StoreUnderTest>,
}

impl World {
    /// The world of a store.
    pub fn of(under_test: impl StoreUnderTest + 'static) -> Self {
        Self { store: under_test.store(), clock: TestClock::default(), under_test: Box::new(under_test) }
    }

    /// Opens the same log once more. See [`StoreUnderTest::open_again`].
    pub async fn open_again(&self) -> Arc<dyn Store> {
        self.under_test.open_again().await
    }

    /// Takes down what was set up.
    pub async fn finish(self) {
        self.store.close().await;
        self.under_test.finish().await;
    }

    /// Puts proposals through the write path as one batch.
    pub async fn propose(&self, proposals: impl IntoIterator<Item = ProposalStory>) -> Vec<Result<Appended, Refusal>> {
        self.try_propose(proposals).await.expect("the store writes the batch")
    }

    /// The same, where the store may fail.
    pub async fn try_propose(
        &self,
        proposals: impl IntoIterator<Item = ProposalStory>,
    ) -> Result<Vec<Result<Appended, Refusal>>, StoreError> {
        self.write(proposals.into_iter().map(ProposalStory::build).collect()).await
    }

    /// Puts proposals of any kind through the write path as one batch.
    pub async fn write(&self, proposals: Vec<Proposal>) -> Result<Vec<Result<Appended, Refusal>>, StoreError> {
        Ok(god33_log::write_batch(self.store.as_ref(), &self.clock, &proposals).await?.answers)
    }

    /// Records events in one proposal, which nothing refuses.
    pub async fn record<'a>(&self, events: impl IntoIterator<Item = &'a EventStory>) -> Vec<AppendedEvent> {
        let answers = self.propose([proposal(events)]).await;
        answers.into_iter().next().expect("one answer").expect("nothing refuses these events").events
    }

    /// Records each event in a batch of its own.
    pub async fn record_one_by_one<'a>(&self, events: impl IntoIterator<Item = &'a EventStory>) {
        for event in events {
            self.record([event]).await;
        }
    }

    /// The recorded event; fails when it is not recorded.
    pub async fn get(&self, event: &impl Named) -> RecordedEvent {
        self.find(event).await.expect("the event is recorded")
    }

    /// The recorded event, if it is.
    pub async fn find(&self, event: &impl Named) -> Option<RecordedEvent> {
        let mut found = self.store.events(&[event.event_id()]).await.expect("the store reads events");
        assert!(found.len() <= 1, "one id, one event");
        found.pop()
    }

    /// Where an event belongs, as `[workflow, session, agent]`.
    pub async fn belonging(&self, event: &impl Named) -> [Option<String>; 3] {
        let Belonging { workflow_id, session_id, agent, .. } = self.get(event).await.belonging;
        [workflow_id.map(|id| id.to_string()), session_id.map(|id| id.to_string()), agent.map(|id| id.to_string())]
    }

    /// The whole log, read in small pages.
    pub async fn log(&self) -> Vec<RecordedEvent> {
        let mut events: Vec<RecordedEvent> = Vec::new();
        loop {
            let after = events.last().map_or(Position::START, |event| event.position);
            let page = self.store.read_after(after, 97).await.expect("the store reads the log");
            if page.is_empty() {
                return events;
            }
            events.extend(page);
        }
    }

    /// The state of a workflow; fails when there is none.
    pub async fn workflow(&self, id: &str) -> Workflow {
        let id = WorkflowId::parse(id).expect("a workflow id");
        self.store.workflow(&id).await.expect("the store reads the state").expect("the workflow is known")
    }

    /// The positions of all events that a filter chooses, oldest first.
    pub async fn positions(&self, filter: EventFilter) -> Vec<u64> {
        let query = EventQuery { filter, order: Order::OldestFirst, after: None, limit: 1_000 };
        let page = self.store.list_events(&query).await.expect("the store lists events");
        assert!(!page.has_more, "a case lists fewer than 1,000 events this way");
        page.events.iter().map(|event| event.position.get()).collect()
    }
}
