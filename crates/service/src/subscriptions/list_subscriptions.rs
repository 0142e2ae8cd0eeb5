//! Lists durable subscriptions, by name.

use god33_proto::v1::{ListSubscriptionsRequest, ListSubscriptionsResponse};
use tonic::{Request, Response};

use super::shown;
use crate::wire::page;
use crate::wire::page_token::{List, PageToken, StoreId, refuse};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::{Action, App, Principal};

pub(super) async fn list_subscriptions(
    app: &App,
    store_id: &StoreId,
    request: Request<ListSubscriptionsRequest>,
) -> Result<Response<ListSubscriptionsResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let reader = app.reader(principal, Action::ReadSubscriptions(None), 0).await?;
    let list = List::new(store_id.get(&reader).await?, "ListSubscriptions", &[]);
    let message = request.get_ref();
    let mut found = Violations::default();
    let size = page::size(message.page_size, app.limits.page_size, &Path::Request.member("page_size"), &mut found);
    let after = after(&message.page_token, &list, &mut found);
    found.finish()?;

    // One more than the page holds tells whether another follows.
    let mut names = app.store.subscription_names(&after, size + 1).await?;
    let has_more = names.len() > size;
    names.truncate(size);
    let mut subscriptions = Vec::with_capacity(names.len());
    for name in &names {
        // One that was deleted meanwhile is left out.
        if let Some(work) = app.store.subscription(name).await? {
            subscriptions.push(shown::message(app, &work).await?);
        }
    }
    let next_page_token = match names.last() {
        Some(last) if has_more => PageToken { backwards: false, cursor: last.clone().into_bytes() }.encode(&list),
        _ => String::new(),
    };
    Ok(Response::new(ListSubscriptionsResponse { subscriptions, next_page_token }))
}

fn after(text: &str, list: &List, found: &mut Violations) -> String {
    let at = Path::Request.member("page_token");
    let Some(token) = PageToken::parse(text, list, &at, found) else { return String::new() };
    String::from_utf8(token.cursor).unwrap_or_else(|_| {
        refuse(&at, found);
        String::new()
    })
}
