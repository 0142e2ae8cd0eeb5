//! Gives messages in quarantine up.

use std::sync::Arc;

use god33_proto::v1::{DiscardQuarantinedMessagesRequest, DiscardQuarantinedMessagesResponse, ErrorReason};
use tonic::{Request, Response};

use super::duty::{Call, once};
use super::messages;
use crate::wire::path::Path;
use crate::wire::plain_text;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::{App, AppError};

/// How long the reason may be.
const REASON_CHARS: usize = 1_000;

pub(super) async fn discard_quarantined_messages(
    app: &Arc<App>,
    request: Request<DiscardQuarantinedMessagesRequest>,
) -> Result<Response<DiscardQuarantinedMessagesResponse>, Failure> {
    let call = Call::new(&request, "DiscardQuarantinedMessages", subject)?;
    let outcome = discarded(app, &call, request.get_ref()).await;
    call.keep_refusal(app, outcome).await.map(Response::new)
}

/// The messages, and why. What cannot be read is refused, and not kept either.
fn subject(request: &DiscardQuarantinedMessagesRequest) -> String {
    let reason: String = request.reason.chars().filter(|c| !c.is_control()).take(REASON_CHARS).collect();
    format!("{}: {reason}", messages::listed(&request.quarantine_ids))
}

async fn discarded(
    app: &Arc<App>,
    call: &Call,
    request: &DiscardQuarantinedMessagesRequest,
) -> Result<DiscardQuarantinedMessagesResponse, Failure> {
    call.authorize(app).await?;
    let mut found = Violations::default();
    let at = Path::Request.member("reason");
    plain_text::required(&request.reason, REASON_CHARS, ErrorReason::InvalidField, &at, &mut found);
    found.finish()?;
    let ids = messages::parse(&request.quarantine_ids)?;
    once(app, &request.request_id, "DiscardQuarantinedMessages", request, async || {
        messages::all_there(app, &ids).await?;
        let discarded = app.store.discard_quarantined(&ids, &call.entry(app)).await.map_err(AppError::from)?;
        Ok(DiscardQuarantinedMessagesResponse { discarded: u32::try_from(discarded).unwrap_or(u32::MAX) })
    })
    .await
}
