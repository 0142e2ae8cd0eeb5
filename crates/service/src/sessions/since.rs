//! What happened to the work of a session since a checkpoint.

use god33_domain::session::Session;
use god33_domain::summary::summary;
use god33_domain::{EventFilter, EventQuery, JsonText, Order, Position, RecordedEvent, SessionId, WorkflowId};
use serde_json::json;

use crate::wire::page;
use crate::wire::status::Failure;
use crate::{Action, App, Principal};

/// The most events that are told.
const MOST: usize = 1_000;

/// The most events that one event tells: it stays far below the limit of payloads.
const TOLD: usize = 500;

/// How many events are read at once: large ones must not fill the memory before it is seen that they do not fit.
const AT_ONCE: usize = 200;

/// What happened, the oldest first.
#[derive(Debug)]
pub(super) struct Since {
    /// The events; no more than one answer holds.
    pub(super) events: Vec<RecordedEvent>,
    /// There are more.
    pub(super) truncated: bool,
}

/// The events between two positions that belong to the workflow of a session, or to the session itself when it has none.
pub(super) async fn since(
    app: &App,
    principal: &Principal,
    session: &Session,
    after: Position,
    before: Position,
) -> Result<Since, Failure> {
    let filter = filter(session);
    let reader = app.reader(principal, Action::ReadEvents(Some(&filter)), 0).await?;
    let mut query = EventQuery { filter, order: Order::OldestFirst, after: Some(after), limit: AT_ONCE };
    let mut events: Vec<RecordedEvent> = Vec::new();
    loop {
        let read = reader.list_events(&query).await?;
        query.after = read.events.last().map(|event| event.position).or(query.after);
        let ends = !read.has_more || query.after.is_some_and(|at| at >= before);
        events.extend(read.events.into_iter().filter(|event| event.position < before));
        let fitting = page::that_fit(&events).min(MOST);
        let truncated = fitting < events.len() || (events.len() == MOST && !ends);
        if ends || truncated {
            events.truncate(fitting);
            return Ok(Since { events, truncated });
        }
    }
}

fn filter(session: &Session) -> EventFilter {
    let workflow_id = session.workflow_id.as_deref().and_then(|id| WorkflowId::parse(id).ok());
    let session_id = SessionId::parse(&session.session_id).ok().filter(|_| workflow_id.is_none());
    EventFilter { workflow_id, session_id, ..EventFilter::default() }
}

impl Since {
    /// As an event tells it: each event in a line.
    pub(super) fn told(&self) -> Result<JsonText, Failure> {
        let events = self.events.iter().take(TOLD).map(|event| {
            json!({
                "event_id": event.id().to_string(),
                "event_type": event.envelope.event_type.as_str(),
                "summary": summary(event),
            })
        });
        let told =
            json!({"events": events.collect::<Vec<_>>(), "truncated": self.truncated || self.events.len() > TOLD});
        JsonText::of(&told).map_err(|error| Failure::defect(&format!("what happened cannot be told: it {error}")))
    }
}
