//! Makes an event of whatever the bus brings.
//!
//! [`families`] is the table of the envelopes that are known, [`family`] says what a row means, [`envelope`] reads a body by
//! its row. Nothing is lost: what no field holds becomes an extension, and the body itself is kept beside the event.

mod envelope;
mod families;
mod family;
mod values;

use god33_domain::{
    BusMetadata, EnvelopeFamily, InvalidJson, JsonText, Limits, NewEvent, QuarantineReason, QuarantinedMessage,
    Timestamp,
};

use crate::members::Members;
use crate::raw_message::{RawMessage, readable};
use envelope::Arrival;
use families::{FAMILIES, WITHOUT_ENVELOPE};

/// Makes an event of a message, whichever family its body belongs to.
///
/// * Id: the body's own when it is a UUID. Else the event says that its id is synthesized: a UUID derived from the text that the
///   body names it by, else AMQP's `message_id` when that is a UUID or a ULID, else derived from routing key and body, so that a
///   redelivery has the same. Causes are read likewise. A text that is no UUID also stays an extension.
/// * Time: the body's own, in RFC 3339, without a zone, or as seconds or milliseconds since the epoch, else `received_at`.
/// * Type: the body's own, else the routing key. The routing key is kept in either case.
///
/// # Errors
/// The message with the reason, when it is no JSON in UTF-8, greater than [`Limits::bus_message_bytes`], nested too deep, or
/// names no event type.
#[expect(clippy::result_large_err, reason = "the event is larger still, and a box would only move one of the two")]
pub fn normalise(
    message: &RawMessage,
    received_at: Timestamp,
    limits: &Limits,
) -> Result<NewEvent, QuarantinedMessage> {
    read(message, received_at, limits)
        .map_err(|Unreadable { reason, detail }| message.quarantined(received_at, reason, detail))
}

struct Unreadable {
    reason: QuarantineReason,
    detail: String,
}

fn read(message: &RawMessage, received_at: Timestamp, limits: &Limits) -> Result<NewEvent, Unreadable> {
    let body = read_body(message, limits)?;
    // A body that is a list, a text or a number is all content.
    let members = Members::parse(body.as_str());
    let family = members.as_ref().map_or(WITHOUT_ENVELOPE, |members| {
        FAMILIES.iter().find(|family| family.fits(members)).unwrap_or(WITHOUT_ENVELOPE)
    });
    let arrival = Arrival { message, received_at, limits };
    let read =
        envelope::read(family, members.unwrap_or(Members::none()), &body, &arrival).ok_or_else(|| Unreadable {
            reason: QuarantineReason::NoEventType,
            detail: format!(
                "neither the body (read as family {}) nor the routing key {:?} names an event type",
                family.letter, message.routing_key
            ),
        })?;
    let bus = BusMetadata {
        exchange: readable(&message.exchange),
        routing_key: readable(&message.routing_key),
        message_id: message.message_id.as_deref().map(readable),
        content_type: message.content_type.as_deref().map(readable),
        headers: message.headers.clone(),
        family: EnvelopeFamily(family.letter),
        id_synthesized: read.id_synthesized,
        timestamp_synthesized: read.timestamp_synthesized,
    };
    Ok(NewEvent::from_bus(read.envelope, bus, message.body.clone()))
}

fn read_body(message: &RawMessage, limits: &Limits) -> Result<JsonText, Unreadable> {
    let malformed = |detail| Unreadable { reason: QuarantineReason::Malformed, detail };
    let size = message.body.len();
    if size > limits.bus_message_bytes {
        let detail = format!("the body is {size} bytes and the limit is {}", limits.bus_message_bytes);
        return Err(Unreadable { reason: QuarantineReason::TooLarge, detail });
    }
    let text =
        std::str::from_utf8(&message.body).map_err(|error| malformed(format!("the body is not UTF-8: {error}")))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    JsonText::parse(text.trim()).map_err(|error| {
        malformed(match error {
            InvalidJson::Malformed(error) => format!("the body is not JSON: {error}"),
            InvalidJson::TooDeep => "the body is nested more than 127 levels deep".to_owned(),
        })
    })
}
