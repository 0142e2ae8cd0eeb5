//! Makes a lease as long as it was at first. Nothing is recorded.

use god33_domain::handoff::{Handoff, under_lease};
use god33_proto::v1::{ExtendLeaseRequest, ExtendLeaseResponse};
use tonic::{Request, Response};

use super::lease;
use crate::wire::id;
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::{Action, App, Principal, show};

pub(super) async fn extend_lease(
    app: &App,
    request: Request<ExtendLeaseRequest>,
) -> Result<Response<ExtendLeaseResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let request = request.get_ref();
    let mut found = Violations::default();
    let id = id::uuid(&request.handoff_id, &Path::Request.member("handoff_id"), &mut found);
    let token = lease::token(request.fencing_token, &mut found).unwrap_or_default();
    found.finish()?;
    let id = id.unwrap_or_default().to_string();
    app.reader(principal, Action::KeepAlive(&id), 0).await?;
    let handoff = newest(app, principal, &id, token).await?;
    under_lease(&handoff, token).map_err(Failure::from)?;
    lease::beat(app, &handoff);
    Ok(Response::new(ExtendLeaseResponse { lease: lease::message(app, &handoff)?.lease }))
}

/// The board tells without a query; where it and the caller disagree, it may be behind.
async fn newest(app: &App, principal: &Principal, id: &str, token: u64) -> Result<Handoff, Failure> {
    match app.board.handoff(id).filter(|handoff| under_lease(handoff, token).is_ok()) {
        Some(handoff) => Ok(handoff.as_ref().clone()),
        None => Ok(show::find::<Handoff>(app, principal, id, 0).await?.state),
    }
}
