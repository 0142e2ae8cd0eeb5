//! The id with which a client makes a repeat of a request safe.

use god33_domain::{Digest, Request, RequestId};
use prost::Message;

use super::id;
use super::path::Path;
use super::violations::Violations;

/// Reads a request id. The digest is of the whole request as it was sent, so the same id with anything else in the request is told apart.
pub(crate) fn parse<M: Message>(request_id: &str, rpc: &str, request: &M, found: &mut Violations) -> Option<Request> {
    if request_id.is_empty() {
        return None;
    }
    let id = id::uuid(request_id, &Path::Request.member("request_id"), found)?;
    let digest = Digest::of_parts([rpc.as_bytes(), &encoded(request, request_id)]);
    Some(Request { id: RequestId(id), digest })
}

/// The request's bytes with its id in lower case: a UUID is the same in either, and so is a repeat.
fn encoded<M: Message>(request: &M, request_id: &str) -> Vec<u8> {
    let mut bytes = request.encode_to_vec();
    let length = request_id.len();
    if let Some(start) = bytes.windows(length).position(|window| window == request_id.as_bytes()) {
        bytes[start..start + length].make_ascii_lowercase();
    }
    bytes
}
