//! Parked events: which ones are meant, and how they are shown.

use std::collections::HashMap;

use god33_domain::subscription::Unsettled;
use god33_domain::{EventFilter, EventId, RecordedEvent};
use god33_log::ChainMembers;
use god33_proto::v1::{ErrorReason, ParkedEvent, ParkedSelection};

use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{filter, recorded, time};
use crate::{App, AppError};

/// The most parked events that can be named.
const AT_ONCE: usize = 1_000;

/// The most that a filter means at once: the oldest ones.
const BY_FILTER: usize = 10_000;

const PAGE: usize = 500;

/// Which parked events are meant.
pub(super) struct Selection {
    ids: Vec<u64>,
    texts: Vec<String>,
    filter: EventFilter,
}

impl Selection {
    /// Reads which ones are meant.
    pub(super) fn parse(selection: Option<&ParkedSelection>, found: &mut Violations) -> Self {
        let at = Path::Request.member("selection");
        let Some(selection) = selection else {
            found.add(&at, ErrorReason::InvalidField, "is required: leave it empty for all parked events");
            return Self { ids: Vec::new(), texts: Vec::new(), filter: EventFilter::default() };
        };
        let count = selection.parked_ids.len();
        if count > AT_ONCE {
            let why = format!("has {count} items and must have at most {AT_ONCE}: name the rest in another call");
            found.add(&at.member("parked_ids"), ErrorReason::TooManyItems, why);
        }
        Self {
            // No delivery has the id 0: what is no number was never one.
            ids: selection.parked_ids.iter().map(|id| id.parse().unwrap_or_default()).collect(),
            texts: selection.parked_ids.clone(),
            filter: filter::parse_at(selection.filter.as_ref(), &at.member("filter"), found),
        }
    }

    /// The parked deliveries that are meant. All that are named must be there.
    pub(super) async fn find(&self, app: &App, group: &str) -> Result<Vec<Unsettled>, Failure> {
        if self.ids.is_empty() {
            return self.find_by_filter(app, group).await;
        }
        let named = app.store.parked_among(group, &self.ids).await?;
        let is_there = |id: &u64| named.iter().any(|parked| parked.id == *id);
        if let Some((_, text)) = self.ids.iter().zip(&self.texts).find(|(id, _)| !is_there(id)) {
            let why =
                format!("no parked event {text} is in durable subscription {group}: list the parked events again");
            return Err(Failure::new(ErrorReason::DeliveryNotFound, why).with("id", text));
        }
        Ok(self.that_fit(app, named).await?)
    }

    async fn find_by_filter(&self, app: &App, group: &str) -> Result<Vec<Unsettled>, Failure> {
        let (mut chosen, mut after) = (Vec::new(), 0);
        loop {
            let page = app.store.parked(group, after, PAGE).await?;
            let Some(last) = page.last() else { return Ok(chosen) };
            after = last.id;
            chosen.extend(self.that_fit(app, page).await?);
            if chosen.len() >= BY_FILTER {
                chosen.truncate(BY_FILTER);
                return Ok(chosen);
            }
        }
    }

    async fn that_fit(&self, app: &App, parked: Vec<Unsettled>) -> Result<Vec<Unsettled>, AppError> {
        if self.filter == EventFilter::default() {
            return Ok(parked);
        }
        let mut chain = match self.filter.chain {
            Some(root) => Some(ChainMembers::load(app.store.as_ref(), root, &app.limits).await?),
            None => None,
        };
        let events = events_of(app, &parked).await?;
        let fits = |parked: &Unsettled| {
            events.get(&parked.event_id).is_some_and(|event| {
                self.filter.matches_but_chain(event) && chain.as_mut().is_none_or(|chain| chain.admit(event))
            })
        };
        Ok(parked.into_iter().filter(fits).collect())
    }
}

/// The events of deliveries, as far as they are kept.
pub(super) async fn events_of(app: &App, parked: &[Unsettled]) -> Result<HashMap<EventId, RecordedEvent>, AppError> {
    let ids: Vec<EventId> = parked.iter().map(|parked| parked.event_id).collect();
    let events = app.store.events(&ids).await?;
    Ok(events.into_iter().map(|event| (event.id(), event)).collect())
}

/// A parked delivery as its message.
pub(super) fn message(parked: &Unsettled, event: Option<&RecordedEvent>) -> ParkedEvent {
    let failure = parked.failure.as_ref();
    ParkedEvent {
        parked_id: parked.id.to_string(),
        event: event.map(recorded::to_proto),
        attempts: parked.attempt,
        reason: failure.map(|failure| failure.reason.clone()).unwrap_or_default(),
        first_failed_at: failure.map(|failure| time::to_proto(failure.first_at)),
        last_failed_at: failure.map(|failure| time::to_proto(failure.last_at)),
    }
}
