//! Lists the event types that are declared or recorded.

use std::collections::BTreeMap;

use god33_domain::ports::TypeInUse;
use god33_domain::{EventType, TypePattern};
use god33_proto::schema::{PayloadKind, payload_kind, payload_kinds};
use god33_proto::v1::{EventTypeInfo, ListEventTypesRequest, ListEventTypesResponse};
use tonic::{Request, Response};

use crate::wire::json::{json_schema, shape_of};
use crate::wire::page_token::{List, PageToken, StoreId, refuse};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{filter, page};
use crate::{Action, App, Principal};

/// A page ends at this size of its schemas.
const PAGE_BYTES: usize = 2 << 20;

pub(super) async fn list_event_types(
    app: &App,
    store_id: &StoreId,
    request: Request<ListEventTypesRequest>,
) -> Result<Response<ListEventTypesResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let request = request.get_ref();
    let (pattern, size) = parse(request, app.limits.page_size)?;

    let reader = app.reader(principal, Action::ReadEvents(None), request.min_position).await?;
    let parameters = [request.pattern.as_bytes(), &[u8::from(request.recorded_only)]];
    let list = List::new(store_id.get(&reader).await?, "ListEventTypes", &parameters);
    let after = after(&request.page_token, &list)?;
    let mut types = types(reader.event_types().await?, request.recorded_only);
    types.retain(|name, _| fits(pattern.as_ref(), name) && after.as_ref().is_none_or(|after| name > after));
    Ok(Response::new(answer(types, size, &list)))
}

fn parse(request: &ListEventTypesRequest, limit: usize) -> Result<(Option<TypePattern>, usize), Failure> {
    let mut found = Violations::default();
    let pattern = match request.pattern.as_str() {
        "" => None,
        text => filter::pattern(text, &Path::Request.member("pattern"), &mut found),
    };
    let size = page::size(request.page_size, limit, &Path::Request.member("page_size"), &mut found);
    found.finish()?;
    Ok((pattern, size))
}

/// The name that the page before ended with.
fn after(token: &str, list: &List) -> Result<Option<String>, Failure> {
    let at = Path::Request.member("page_token");
    let mut found = Violations::default();
    let token = PageToken::parse(token, list, &at, &mut found);
    let name = token.map(|token| String::from_utf8(token.cursor));
    if let Some(Err(_)) = name {
        refuse(&at, &mut found);
    }
    found.finish()?;
    Ok(name.and_then(Result::ok))
}

/// Every type by its name, with the position of its first event: 0 for one that is only declared.
fn types(recorded: Vec<TypeInUse>, recorded_only: bool) -> BTreeMap<String, u64> {
    let mut types: BTreeMap<String, u64> =
        recorded.into_iter().map(|count| (count.event_type.as_str().to_owned(), count.first_position.get())).collect();
    if !recorded_only {
        let declared = payload_kinds().iter().flat_map(PayloadKind::event_types);
        let unused: Vec<String> = declared.filter(|declared| !is_recorded(declared, &types)).cloned().collect();
        types.extend(unused.into_iter().map(|name| (name, 0)));
    }
    types
}

/// In a declared type `*` is one segment, wherever it stands.
fn is_recorded(declared: &str, recorded: &BTreeMap<String, u64>) -> bool {
    let fits = |name: &str| {
        let (declared, name): (Vec<&str>, Vec<&str>) = (declared.split('.').collect(), name.split('.').collect());
        declared.len() == name.len()
            && declared.iter().zip(&name).all(|(wanted, found)| *wanted == "*" || wanted == found)
    };
    recorded.keys().any(|name| fits(name))
}

fn fits(pattern: Option<&TypePattern>, name: &str) -> bool {
    pattern.is_none_or(|pattern| pattern.matches(&EventType::from_trusted(name.to_owned())))
}

fn answer(types: BTreeMap<String, u64>, size: usize, list: &List) -> ListEventTypesResponse {
    let all = types.len();
    let mut bytes = 0;
    let infos = types.into_iter().take(size).map(|(name, position)| info(name, position));
    let infos: Vec<EventTypeInfo> = infos
        .take_while(|info| {
            let is_first = bytes == 0;
            bytes += info.json_schema.len() + info.event_type.len();
            is_first || bytes <= PAGE_BYTES
        })
        .collect();
    let last = infos.last().filter(|_| infos.len() < all);
    let token =
        last.map(|last| PageToken { backwards: false, cursor: last.event_type.clone().into_bytes() }.encode(list));
    ListEventTypesResponse { next_page_token: token.unwrap_or_default(), event_types: infos }
}

fn info(event_type: String, first_position: u64) -> EventTypeInfo {
    let declared = declared(&event_type).map(|kind| kind.message().full_name());
    let schema = declared.and_then(shape_of).map(json_schema);
    EventTypeInfo {
        declared_message: declared.unwrap_or_default().to_owned(),
        event_type,
        first_position,
        json_schema: schema.unwrap_or_default(),
    }
}

/// A declared type with a wildcard stands for itself while no event uses it.
fn declared(event_type: &str) -> Option<&'static PayloadKind> {
    let by_itself = || payload_kinds().iter().find(|kind| kind.event_types().iter().any(|name| name == event_type));
    payload_kind(event_type).or_else(by_itself)
}
