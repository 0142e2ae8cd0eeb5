//! Reads one event.

use std::collections::HashSet;

use god33_domain::EventId;
use god33_proto::v1::{ErrorReason, GetEventRequest, GetEventResponse};
use tonic::{Request, Response};

use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{id, recorded};
use crate::{Action, App, Principal, Reader};

pub(super) async fn get_event(
    app: &App,
    request: Request<GetEventRequest>,
) -> Result<Response<GetEventResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let request = request.get_ref();
    let event_id = parse(request)?;

    let reader = app.reader(principal, Action::ReadEvents(None), request.min_position).await?;
    let event = reader.event(event_id).await?.ok_or_else(|| not_found(event_id))?;
    let mut response = GetEventResponse { event: Some(recorded::to_proto(&event)), ..GetEventResponse::default() };
    if request.include_original {
        response.original = reader.original(&event).await?.unwrap_or_default();
        response.payload_json = event.envelope.payload.as_str().to_owned();
    }
    Ok(Response::new(response))
}

fn parse(request: &GetEventRequest) -> Result<EventId, Failure> {
    one_id(&request.event_id)
}

/// Reads the one id that a request is about.
pub(super) fn one_id(text: &str) -> Result<EventId, Failure> {
    let mut found = Violations::default();
    let id = id::event_id(text, &Path::Request.member("event_id"), &mut found);
    id.ok_or_else(|| found.into())
}

/// Sees that all of these events are recorded.
pub(super) async fn all_recorded(reader: &Reader<'_>, ids: &[EventId]) -> Result<(), Failure> {
    let recorded: HashSet<EventId> = reader.recorded(ids).await?.into_iter().collect();
    ids.iter().find(|id| !recorded.contains(id)).map_or(Ok(()), |missing| Err(not_found(*missing)))
}

/// No such event is recorded.
pub(super) fn not_found(id: EventId) -> Failure {
    Failure::new(
        ErrorReason::EventNotFound,
        format!("no event {id} is recorded: check the id; it may also not have arrived yet"),
    )
    .with("id", id)
}
