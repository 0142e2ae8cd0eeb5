//! Who called what, the newest first.

use god33_domain::ports::{AuditEntry, AuditQuery};
use god33_proto::v1::{self, ListAuditEntriesRequest, ListAuditEntriesResponse};
use prost::Message;
use tonic::{Request, Response};

use super::duty;
use super::list_quarantined_messages::parse_token;
use crate::wire::page_token::{List, PageToken};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{page, time};
use crate::{Action, App, Principal};

pub(super) async fn list_audit_entries(
    app: &App,
    request: Request<ListAuditEntriesRequest>,
) -> Result<Response<ListAuditEntriesResponse>, Failure> {
    let reader = app.reader(Principal::of(request.extensions())?, Action::Administer, 0).await?;
    let request = request.get_ref();
    let list = list(request, reader.info().await?.store_id);
    let (query, size) = parse(request, &list, app.limits.page_size)?;
    let mut entries = reader.audit_entries(&query).await?;
    let has_more = entries.len() > size;
    entries.truncate(size);
    let token = |id: i64| PageToken { backwards: false, cursor: id.to_be_bytes().to_vec() }.encode(&list);
    let next_page_token = entries.last().filter(|_| has_more).map(|(id, _)| token(*id)).unwrap_or_default();
    let entries = entries.into_iter().map(|(_, entry)| to_proto(entry)).collect();
    Ok(Response::new(ListAuditEntriesResponse { entries, next_page_token }))
}

fn list(request: &ListAuditEntriesRequest, store: uuid::Uuid) -> List {
    let choice = ListAuditEntriesRequest { page_size: 0, page_token: String::new(), ..request.clone() };
    List::new(store, "ListAuditEntries", &[&choice.encode_to_vec()])
}

/// Reads a request. One more than the page holds tells whether another follows.
fn parse(request: &ListAuditEntriesRequest, list: &List, limit: usize) -> Result<(AuditQuery, usize), Failure> {
    let mut found = Violations::default();
    let at = |name| Path::Member(&Path::Request, name);
    let size = page::size(request.page_size, limit, &at("page_size"), &mut found);
    let some = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    let query = AuditQuery {
        principal: some(&request.principal),
        method: some(&request.method),
        refused_only: request.refused_only,
        since: time::parse(request.since.as_ref(), &at("since"), &mut found),
        until: time::parse(request.until.as_ref(), &at("until"), &mut found),
        before: parse_token(&request.page_token, list, &mut found),
        limit: size + 1,
    };
    found.finish()?;
    Ok((query, size))
}

fn to_proto(entry: AuditEntry) -> v1::AuditEntry {
    v1::AuditEntry {
        at: Some(time::to_proto(entry.at)),
        refused: duty::refused(entry.refused.as_deref()).into(),
        principal: entry.principal,
        method: entry.method,
        subject: entry.subject,
        peer: entry.peer,
        node_id: entry.node_id.to_string(),
    }
}
