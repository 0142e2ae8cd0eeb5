//! The replays, the newest first.

use god33_domain::replay::ReplayId;
use god33_proto::v1::{ListReplaysRequest, ListReplaysResponse};
use tonic::{Request, Response};
use uuid::Uuid;

use crate::wire::page_token::{self, List, PageToken};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{page, replay};
use crate::{Action, App, Principal};

pub(crate) async fn list_replays(
    app: &App,
    request: Request<ListReplaysRequest>,
) -> Result<Response<ListReplaysResponse>, Failure> {
    let desk = app.desk(Principal::of(request.extensions())?, Action::ReadReplays).await?;
    let message = request.get_ref();
    let list = List::new(desk.store.info().await?.store_id, "ListReplays", &[]);
    let mut found = Violations::default();
    let size = page::size(message.page_size, app.limits.page_size, &Path::Request.member("page_size"), &mut found);
    let before = before(&message.page_token, &list, &mut found);
    found.finish()?;

    // One more than the page holds tells whether another follows.
    let mut replays = desk.store.replays(before, size + 1).await?;
    let has_more = replays.len() > size;
    replays.truncate(size);
    let next_page_token = match replays.last() {
        Some(last) if has_more => {
            let cursor = last.replay_id.uuid().as_bytes().to_vec();
            PageToken { backwards: false, cursor }.encode(&list)
        }
        _ => String::new(),
    };
    Ok(Response::new(ListReplaysResponse { replays: replays.iter().map(replay::to_proto).collect(), next_page_token }))
}

fn before(text: &str, list: &List, found: &mut Violations) -> Option<ReplayId> {
    let at = Path::Request.member("page_token");
    let token = PageToken::parse(text, list, &at, found)?;
    let before = Uuid::from_slice(&token.cursor);
    if before.is_err() {
        page_token::refuse(&at, found);
    }
    before.ok().map(ReplayId::new)
}
