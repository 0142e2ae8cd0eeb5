//! Records events, all of a request or none.

use std::collections::HashMap;

use god33_domain::{Appended, Change, CursorMove, Limits, NewEvent, Position, Proposal, Timestamp};
use god33_proto::v1::{
    AppendEventsRequest, AppendEventsResponse, AppendResult, ErrorReason, EventEnvelope, ProjectorCursor,
};
use tonic::{Request, Response};

use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{envelope, plain_text, request, time};
use crate::{App, Principal};

pub(super) async fn append_events(
    app: &App,
    request: Request<AppendEventsRequest>,
) -> Result<Response<AppendEventsResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let proposal = proposal(app, principal, request.get_ref())?;
    let appended = app.propose(principal, proposal).await?;
    Ok(Response::new(answer(&appended)))
}

/// Reads a request. Everything that is wrong with it is named at once.
pub(super) fn proposal(app: &App, principal: &Principal, request: &AppendEventsRequest) -> Result<Proposal, Failure> {
    let mut found = Violations::default();
    let id = request::parse(&request.request_id, "AppendEvents", request, &mut found);
    let context = envelope::Context { principal, limits: &app.limits, now: Timestamp::now() };
    let events = events(&request.events, context, &mut found);
    let cursor = request.cursor.as_ref().and_then(|cursor| parse_cursor(cursor, &mut found));
    found.finish()?;
    let events = events.into_iter().flatten().map(|parsed| parsed.event).collect();
    let change = match cursor {
        Some(cursor) => Change::Project(events, cursor),
        None => Change::Append(events),
    };
    Ok(Proposal { request: id, principal: principal.name.clone(), change })
}

fn parse_cursor(cursor: &ProjectorCursor, found: &mut Violations) -> Option<CursorMove> {
    let at = Path::Request.member("cursor");
    let name = plain_text::required(&cursor.name, 255, ErrorReason::InvalidField, &at.member("name"), found)?;
    if cursor.position < cursor.expected_position {
        let why = format!(
            "is {} and must not be below expected_position, which is {}",
            cursor.position, cursor.expected_position
        );
        found.add(&at.member("position"), ErrorReason::InvalidField, why);
    }
    Some(CursorMove { name, from: Position::new(cursor.expected_position), to: Position::new(cursor.position) })
}

/// Reads a batch of events; what is wrong with them is noted, and those it is wrong with are `None`.
pub(super) fn events(
    envelopes: &[EventEnvelope],
    context: envelope::Context<'_>,
    found: &mut Violations,
) -> Vec<Option<envelope::Parsed>> {
    let at = Path::Request.member("events");
    if let Err((reason, description)) = check_count(envelopes.len(), context.limits) {
        let details = vec![("limit", context.limits.batch_events.to_string()), ("actual", envelopes.len().to_string())];
        found.add_with(&at, reason, description, details);
        return Vec::new();
    }
    let parsed: Vec<Option<envelope::Parsed>> = envelopes
        .iter()
        .enumerate()
        .map(|(index, envelope)| envelope::parse(envelope, context, &at.item(index), found))
        .collect();
    check_bytes(&parsed, context.limits, &at, found);
    check_ids(&parsed, &at, found);
    parsed
}

fn check_count(count: usize, limits: &Limits) -> Result<(), (ErrorReason, String)> {
    match count {
        0 => Err((ErrorReason::EmptyRequest, "is empty: send at least one event".into())),
        count if count > limits.batch_events => {
            let limit = limits.batch_events;
            Err((
                ErrorReason::BatchTooLarge,
                format!("has {count} events and the limit is {limit}: send smaller batches"),
            ))
        }
        _ => Ok(()),
    }
}

fn check_bytes(parsed: &[Option<envelope::Parsed>], limits: &Limits, at: &Path<'_>, found: &mut Violations) {
    let bytes: usize = parsed.iter().flatten().map(|parsed| bytes_of(&parsed.event)).sum();
    let limit = limits.batch_bytes;
    if bytes > limit {
        let details = vec![("limit", limit.to_string()), ("actual", bytes.to_string())];
        let description = format!("hold {bytes} bytes of JSON and the limit is {limit}: send smaller batches");
        found.add_with(at, ErrorReason::BatchTooLarge, description, details);
    }
}

fn bytes_of(event: &NewEvent) -> usize {
    let envelope = &event.envelope;
    let beside = [Some(&envelope.source), envelope.agent_context.as_ref(), envelope.extensions.as_ref()];
    envelope.payload.as_str().len() + beside.into_iter().flatten().map(|text| text.as_str().len()).sum::<usize>()
}

/// One id with two contents is a mistake of the request, whatever the log holds.
fn check_ids(parsed: &[Option<envelope::Parsed>], at: &Path<'_>, found: &mut Violations) {
    let mut known = HashMap::new();
    for (index, event) in parsed.iter().enumerate().filter_map(|(index, p)| Some((index, &p.as_ref()?.event))) {
        let id = event.envelope.event_id;
        let (first, digest) = *known.entry(id).or_insert((index, event.digest));
        if digest != event.digest {
            let description =
                format!("is the id of events[{first}] too, which has other content: give each event an id of its own");
            found.add(&at.item(index).member("event_id"), ErrorReason::DuplicateEventId, description);
        }
    }
}

/// What became of the events.
pub(super) fn answer(appended: &Appended) -> AppendEventsResponse {
    let results = appended.events.iter().map(|event| AppendResult {
        event_id: event.event_id.to_string(),
        position: event.position.get(),
        already_recorded: event.already_recorded,
        recorded_at: Some(time::to_proto(event.recorded_at)),
    });
    AppendEventsResponse { results: results.collect(), position: appended.position().get() }
}
