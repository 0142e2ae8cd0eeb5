//! What requests of the Director say.

use god33_domain::command::Payload;
use god33_proto::v1::ErrorReason;
use prost::Message;
use prost_reflect::ReflectMessage;

use crate::wire::path::Path;
use crate::wire::violations::Violations;
use crate::wire::{id, payload};

/// The message of a request that says what its event will say, as the payload in the making. `fill` puts what may be left out.
pub(super) fn draft<M: Message + ReflectMessage + Clone>(
    message: Option<&M>,
    name: &'static str,
    found: &mut Violations,
    fill: impl FnOnce(&mut M),
) -> Option<Payload> {
    let at = Path::Request.member(name);
    let Some(message) = message else {
        found.add(&at, ErrorReason::InvalidField, "is required");
        return None;
    };
    let mut message = message.clone();
    fill(&mut message);
    payload::draft(&message, &at, found)
}

/// Reads the id of a task or a delegation that a request is about.
pub(super) fn id_of(text: &str, name: &'static str, found: &mut Violations) -> Option<String> {
    id::uuid(text, &Path::Request.member(name), found).map(|id| id.to_string())
}
