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
    let digest = Digest::of_parts([rpc.as_bytes(), &request.encode_to_vec()]);
    Some(Request { id: RequestId(id), digest })
}
