//! The messages in quarantine, the newest first.

use god33_domain::QuarantinedMessage;
use god33_proto::v1::{ErrorReason, ListQuarantinedMessagesRequest, ListQuarantinedMessagesResponse};
use tonic::{Request, Response};

use super::quarantine;
use crate::wire::page;
use crate::wire::page_token::{self, List, PageToken};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::{Action, App, AppError, Principal, Reader};

/// How many messages are read at once: they come with their bodies.
const CHUNK: usize = 50;

pub(super) async fn list_quarantined_messages(
    app: &App,
    request: Request<ListQuarantinedMessagesRequest>,
) -> Result<Response<ListQuarantinedMessagesResponse>, Failure> {
    let reader = app.reader(Principal::of(request.extensions())?, Action::Administer, 0).await?;
    let request = request.get_ref();
    let wanted = Wanted::parse(request, reader.info().await?.store_id, app.limits.page_size)?;
    // One more than the page holds tells whether another follows.
    let mut messages = wanted.find(&reader, wanted.before, wanted.size + 1).await?;
    let has_more = messages.len() > wanted.size;
    messages.truncate(wanted.size);
    let next_page_token = match messages.last() {
        Some((id, _)) if has_more => wanted.token_after(*id),
        _ => String::new(),
    };
    let total = if request.include_total { Some(wanted.count(&reader).await?) } else { None };
    let messages = messages.iter().map(|(id, message)| quarantine::summary(*id, message)).collect();
    Ok(Response::new(ListQuarantinedMessagesResponse { messages, next_page_token, total }))
}

/// The choice of messages, and the page of it.
struct Wanted<'a> {
    /// Any when unspecified.
    reason: ErrorReason,
    /// Any when empty.
    routing_key: &'a str,
    list: List,
    before: Option<i64>,
    size: usize,
}

impl<'a> Wanted<'a> {
    fn parse(request: &'a ListQuarantinedMessagesRequest, store: uuid::Uuid, limit: usize) -> Result<Self, Failure> {
        let mut found = Violations::default();
        let reason = ErrorReason::try_from(request.reason).unwrap_or_else(|_| {
            let description = format!("is {}, which is no reason: leave it out for any", request.reason);
            found.add(&Path::Request.member("reason"), ErrorReason::InvalidField, description);
            ErrorReason::Unspecified
        });
        let size = page::size(request.page_size, limit, &Path::Request.member("page_size"), &mut found);
        let choice = [&request.reason.to_be_bytes()[..], request.routing_key.as_bytes()];
        let list = List::new(store, "ListQuarantinedMessages", &choice);
        let before = parse_token(&request.page_token, &list, &mut found);
        found.finish()?;
        Ok(Self { reason, routing_key: &request.routing_key, list, before, size })
    }

    fn token_after(&self, id: i64) -> String {
        PageToken { backwards: false, cursor: id.to_be_bytes().to_vec() }.encode(&self.list)
    }

    fn takes(&self, message: &QuarantinedMessage) -> bool {
        let of_reason = self.reason == ErrorReason::Unspecified || quarantine::reason(message.reason) == self.reason;
        of_reason && (self.routing_key.is_empty() || message.routing_key == self.routing_key)
    }

    /// Up to `limit` of the messages before an id. Those that are not wanted are read over: a quarantine is small, or should be made so.
    async fn find(
        &self,
        reader: &Reader<'_>,
        mut before: Option<i64>,
        limit: usize,
    ) -> Result<Vec<(i64, QuarantinedMessage)>, AppError> {
        let mut found = Vec::new();
        loop {
            let chunk = reader.quarantined(before, CHUNK).await?;
            let is_last = chunk.len() < CHUNK;
            before = chunk.last().map(|(id, _)| *id);
            found.extend(chunk.into_iter().filter(|(_, message)| self.takes(message)));
            if is_last || found.len() >= limit {
                found.truncate(limit);
                return Ok(found);
            }
        }
    }

    async fn count(&self, reader: &Reader<'_>) -> Result<u64, AppError> {
        if self.reason == ErrorReason::Unspecified && self.routing_key.is_empty() {
            return reader.count_quarantined().await;
        }
        let (mut count, mut before) = (0, None);
        loop {
            let chunk = self.find(reader, before, CHUNK).await?;
            count += chunk.len() as u64;
            before = chunk.last().map(|(id, _)| *id);
            if chunk.len() < CHUNK {
                return Ok(count);
            }
        }
    }
}

pub(super) fn parse_token(text: &str, list: &List, found: &mut Violations) -> Option<i64> {
    let at = Path::Request.member("page_token");
    let token = PageToken::parse(text, list, &at, found)?;
    let before = token.cursor.try_into().map(i64::from_be_bytes);
    if before.is_err() {
        page_token::refuse(&at, found);
    }
    before.ok()
}
