//! Says what an append would refuse, all of it at once, and records nothing.

use std::collections::HashMap;

use god33_domain::{Digest, EventId, JsonText, Position, Timestamp};
use god33_proto::schema::payload_kind;
use god33_proto::v1::{
    ErrorReason, EventEnvelope, EventValidation, PayloadText, ValidateEventsRequest, ValidateEventsResponse,
};
use tonic::{Request, Response};

use super::append_events;
use super::batch_get_events::check_count;
use super::fetch::AT_ONCE;
use crate::wire::path::Path;
use crate::wire::status::{self, Failure};
use crate::wire::violations::Violations;
use crate::wire::{envelope, payload};
use crate::{Action, App, AppError, Principal, Reader};

/// What is recorded of the events that a request names.
type Recorded = HashMap<EventId, (Position, Digest)>;

pub(super) async fn validate_events(
    app: &App,
    request: Request<ValidateEventsRequest>,
) -> Result<Response<ValidateEventsResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let request = request.get_ref();
    check(request, app.limits.batch_events)?;
    let mut found = Violations::default();
    let context = envelope::Context { principal, limits: &app.limits, now: Timestamp::now() };
    let parsed = match request.events.as_slice() {
        [] => Vec::new(),
        events => append_events::events(events, context, &mut found),
    };

    let reader = app.reader(principal, Action::ReadEvents(None), 0).await?;
    let recorded = recorded(&reader, &named(&parsed)).await?;
    let events = request.events.iter().enumerate().map(|(index, sent)| {
        let parsed = parsed.get(index).and_then(Option::as_ref);
        of_event(index, sent, parsed, &recorded, &mut found)
    });
    let mut validations: Vec<EventValidation> = events.collect();
    let payloads = request.payloads.iter().enumerate();
    validations.extend(payloads.map(|(index, text)| of_payload(index, text, app.limits.payload_bytes, &mut found)));
    Ok(Response::new(ValidateEventsResponse {
        field_violations: found.into_vec().into_iter().map(status::to_proto).collect(),
        events: validations,
    }))
}

/// The request itself must be one that can be answered.
fn check(request: &ValidateEventsRequest, limit: usize) -> Result<(), Failure> {
    let mut found = Violations::default();
    if request.events.is_empty() && request.payloads.is_empty() {
        found.add(&Path::Request.member("events"), ErrorReason::EmptyRequest, "is empty: send an event or a payload");
    }
    check_count(request.events.len(), limit, &Path::Request.member("events"), &mut found);
    check_count(request.payloads.len(), limit, &Path::Request.member("payloads"), &mut found);
    Ok(found.finish()?)
}

/// Every event that the valid ones are, or name as a parent.
fn named(parsed: &[Option<envelope::Parsed>]) -> Vec<EventId> {
    let events = parsed.iter().flatten().map(|parsed| &parsed.event);
    let mut ids: Vec<EventId> = events.flat_map(|e| e.parents.iter().copied().chain([e.envelope.event_id])).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

async fn recorded(reader: &Reader<'_>, ids: &[EventId]) -> Result<Recorded, AppError> {
    let mut recorded = Recorded::new();
    for chunk in ids.chunks(AT_ONCE) {
        let events = reader.events(chunk).await?;
        recorded.extend(events.iter().map(|event| (event.id(), (event.position, event.digest))));
    }
    Ok(recorded)
}

fn of_event(
    index: usize,
    sent: &EventEnvelope,
    parsed: Option<&envelope::Parsed>,
    recorded: &Recorded,
    found: &mut Violations,
) -> EventValidation {
    let mut validation = EventValidation { declared_message: declared(&sent.event_type), ..EventValidation::default() };
    let Some(envelope::Parsed { event, has_own_id }) = parsed else { return validation };
    if event.envelope.custom {
        validation.untyped_reason = untyped_reason(&sent.event_type, &event.envelope.payload);
    }
    let missing = event.parents.iter().filter(|parent| !recorded.contains_key(parent));
    validation.missing_parents = missing.map(ToString::to_string).collect();
    if *has_own_id {
        validation.digest = event.digest.as_bytes().to_vec().into();
        let known = recorded.get(&event.envelope.event_id);
        validation.already_recorded = known.is_some_and(|(_, digest)| *digest == event.digest);
        if let Some((position, _)) = known.filter(|(_, digest)| *digest != event.digest) {
            let description = format!("is recorded at position {position} with other content: use a new id");
            let events = Path::Request.member("events");
            found.add(&events.item(index).member("event_id"), ErrorReason::EventIdConflict, description);
        }
    }
    validation
}

fn declared(event_type: &str) -> String {
    payload_kind(event_type).map(|kind| kind.message().full_name().to_owned()).unwrap_or_default()
}

fn untyped_reason(event_type: &str, json: &JsonText) -> String {
    payload::misfit(event_type, json).map_or_else(|| "it was sent as custom".into(), |misfit| misfit.to_string())
}

fn of_payload(index: usize, text: &PayloadText, limit: usize, found: &mut Violations) -> EventValidation {
    let payloads = Path::Request.member("payloads");
    let at = payloads.item(index);
    let at = at.member("json");
    let mut validation = EventValidation { declared_message: declared(&text.event_type), ..EventValidation::default() };
    let Some(json) = payload::json_text(&text.json, &at, found) else { return validation };
    if text.json.len() > limit {
        let description = format!("is {} bytes and the limit is {limit}", text.json.len());
        found.add_with(&at, ErrorReason::PayloadTooLarge, description, vec![("limit", limit.to_string())]);
    }
    if let Some(misfit) = payload::misfit(&text.event_type, &json) {
        validation.untyped_reason = misfit.to_string();
    }
    validation
}
