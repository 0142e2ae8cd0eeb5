//! Reads ahead of a group's cursor: what its filter chooses of the log, out of the tail's memory or, by pages, out of the store.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use god33_domain::ports::Store;
use god33_domain::subscription::{Candidate, Group, HandOut};
use god33_domain::{EventId, EventQuery, Order, Position, RecordedEvent};

use super::ConsumeError;
use crate::Tail;
use crate::ring::Slice;

/// How many events are read at once.
const PAGE: usize = 256;

/// How many events are kept until they are sent; others are read once more.
const KEPT: usize = 4 * PAGE;

/// How many pages are looked through before consumers are served with what was found.
const PAGES: usize = 16;

/// What was read and not taken yet.
#[derive(Default)]
pub(super) struct Ahead {
    /// The version of the settings by which events were chosen.
    version: u64,
    /// Everything up to here is behind the cursor.
    after: Position,
    /// Everything up to here was looked at.
    up_to: Position,
    /// What was chosen between the two.
    pub(super) candidates: VecDeque<Candidate>,
    events: HashMap<EventId, Arc<RecordedEvent>>,
}

impl Ahead {
    /// Up to where the log was looked at.
    pub(super) const fn up_to(&self) -> Position {
        self.up_to
    }

    /// Reads until there are as many candidates as are wanted, or the log ends. What was read under other settings, or from another place,
    /// is forgotten.
    pub(super) async fn fill(
        &mut self,
        store: &dyn Store,
        tail: &Tail,
        group: &Group,
        wanted: usize,
    ) -> Result<(), ConsumeError> {
        self.align(group);
        for _ in 0..PAGES {
            if self.candidates.len() >= wanted.min(PAGE) || self.up_to >= tail.head() {
                return Ok(());
            }
            // Which events belong to a causation chain only the store can tell.
            let slice =
                if group.settings.filter.chain.is_some() { Slice::TooOld } else { tail.after(self.up_to, PAGE) };
            match slice {
                Slice::AtHead => return Ok(()),
                Slice::Events(events) => self.choose(events, group),
                Slice::TooOld => self.read_page(store, tail, group).await?,
            }
        }
        Ok(())
    }

    /// The event of a delivery, when it was read here; it is needed no more then.
    pub(super) fn event_of(&mut self, hand_out: &HandOut) -> Option<Arc<RecordedEvent>> {
        self.events.remove(&hand_out.event_id)
    }

    /// Goes on from where the group is now.
    pub(super) fn follow(&mut self, group: &Group) {
        self.after = group.cursor;
        self.up_to = self.up_to.max(group.cursor);
    }

    /// Lets go of events that were taken and wait for others of their key, when there are many.
    pub(super) fn tidy(&mut self) {
        if self.candidates.is_empty() && self.events.len() > PAGE {
            self.events.clear();
        }
    }

    fn align(&mut self, group: &Group) {
        let fits = self.version == group.version && (self.after..=self.up_to).contains(&group.cursor);
        if !fits {
            let (version, after) = (group.version, group.cursor);
            *self = Self { version, after, up_to: after, ..Self::default() };
            return;
        }
        while self.candidates.front().is_some_and(|first| first.position <= group.cursor) {
            if let Some(taken) = self.candidates.pop_front() {
                self.events.remove(&taken.event_id);
            }
        }
        self.after = group.cursor;
    }

    fn choose(&mut self, events: Vec<Arc<RecordedEvent>>, group: &Group) {
        for event in events {
            self.up_to = event.position;
            if group.settings.filter.matches_but_chain(&event) {
                self.push(event, group);
            }
        }
    }

    async fn read_page(&mut self, store: &dyn Store, tail: &Tail, group: &Group) -> Result<(), ConsumeError> {
        let head = tail.head();
        let earliest = store.info().await?.earliest;
        if self.up_to.next() < earliest {
            return Err(ConsumeError::Compacted { cursor: group.cursor, earliest });
        }
        let filter = group.settings.filter.clone();
        let query = EventQuery { filter, order: Order::OldestFirst, after: Some(self.up_to), limit: PAGE };
        let page = store.list_events(&query).await?;
        for event in page.events {
            self.up_to = event.position;
            self.push(Arc::new(event), group);
        }
        if !page.has_more {
            // The store was asked after `head` was read, so nothing up to `head` can be missing from the answer.
            self.up_to = self.up_to.max(head);
        }
        Ok(())
    }

    fn push(&mut self, event: Arc<RecordedEvent>, group: &Group) {
        self.candidates.push_back(Candidate::of(&event, &group.settings));
        if self.events.len() < KEPT {
            self.events.insert(event.id(), event);
        }
    }
}
