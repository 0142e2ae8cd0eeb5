//! Lists the events that were put aside, the oldest first.

use god33_domain::subscription::Unsettled;
use god33_proto::v1::{ListParkedEventsRequest, ListParkedEventsResponse};
use tonic::{Request, Response};

use super::{change, parked, settings};
use crate::wire::page;
use crate::wire::page_token::{List, PageToken, StoreId, refuse};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::{Action, App, Principal};

pub(super) async fn list_parked_events(
    app: &App,
    store_id: &StoreId,
    request: Request<ListParkedEventsRequest>,
) -> Result<Response<ListParkedEventsResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let message = request.get_ref();
    let mut found = Violations::default();
    let group = settings::name(&message.subscription, "subscription", &mut found);
    let size = page::size(message.page_size, app.limits.page_size, &Path::Request.member("page_size"), &mut found);
    found.finish()?;
    let reader = app.reader(principal, Action::ReadSubscriptions(Some(&group)), 0).await?;
    let list = List::new(store_id.get(&reader).await?, "ListParkedEvents", &[group.as_bytes()]);
    let after = after(&message.page_token, &list)?;
    change::read(app, &group).await?;

    // One more than the page holds tells whether another follows.
    let mut found = app.store.parked(&group, after, size + 1).await?;
    let events = parked::events_of(app, &found).await?;
    let may_be_shown =
        |parked: &Unsettled| events.get(&parked.event_id).is_none_or(|event| reader.access().shows(event));
    let fitting = page::that_fit(found.iter().filter_map(|parked| events.get(&parked.event_id)));
    let missing = found.iter().filter(|parked| !events.contains_key(&parked.event_id)).count();
    let kept = size.min(fitting + missing);
    let has_more = found.len() > kept;
    found.truncate(kept);
    let next_page_token = match found.last() {
        Some(last) if has_more => PageToken { backwards: false, cursor: last.id.to_be_bytes().to_vec() }.encode(&list),
        _ => String::new(),
    };
    let shown = found.iter().filter(|parked| may_be_shown(parked));
    let parked_events = shown.map(|one| parked::message(one, events.get(&one.event_id))).collect();
    Ok(Response::new(ListParkedEventsResponse { parked_events, next_page_token }))
}

fn after(text: &str, list: &List) -> Result<u64, Failure> {
    let at = Path::Request.member("page_token");
    let mut found = Violations::default();
    let token = PageToken::parse(text, list, &at, &mut found);
    let after = token.map(|token| token.cursor.try_into().map(u64::from_be_bytes));
    if matches!(after, Some(Err(_))) {
        refuse(&at, &mut found);
    }
    found.finish()?;
    Ok(after.and_then(Result::ok).unwrap_or_default())
}
