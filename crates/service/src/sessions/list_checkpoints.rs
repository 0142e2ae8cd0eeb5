//! Lists the checkpoints of a session, the newest first.

use god33_domain::checkpoint::Checkpoint;
use god33_domain::session::Session;
use god33_proto::v1::{ListCheckpointsRequest, ListCheckpointsResponse};
use tonic::{Request, Response};

use super::{checkpoint, link};
use crate::list::{list, one, pages};
use crate::wire::page_token::StoreId;
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::{App, Principal, show};

pages!(ListCheckpointsRequest);

pub(super) async fn list_checkpoints(
    app: &App,
    store_id: &StoreId,
    request: Request<ListCheckpointsRequest>,
) -> Result<Response<ListCheckpointsResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let message = request.get_ref();
    let id = link::session_id(&message.session_id, &Path::Request.member("session_id"))?;
    show::find::<Session>(app, principal, &id, message.min_position).await?;
    let page = list::<_, Checkpoint>(app, store_id, &request, |request, _| {
        let label = if request.include_deleted { "session" } else { "kept" };
        one(label, &id).into_iter().collect()
    });
    let page = page.await?;
    let checkpoints = checkpoint::show_all(app, &page.items).await?;
    Ok(Response::new(ListCheckpointsResponse { checkpoints, next_page_token: page.next }))
}
