//! Tries to make events of messages in quarantine again.

use std::sync::Arc;

use bytes::Bytes;
use god33_log::{Redriven, redrive};
use god33_proto::v1::redrive_result::Outcome;
use god33_proto::v1::{
    AppendResult, ErrorReason, RedriveQuarantinedMessagesRequest, RedriveQuarantinedMessagesResponse, RedriveResult,
};
use tonic::{Request, Response};

use super::duty::{Call, once};
use super::{messages, quarantine};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::time;
use crate::wire::violations::Violations;
use crate::{App, AppError};

pub(super) async fn redrive_quarantined_messages(
    app: &Arc<App>,
    request: Request<RedriveQuarantinedMessagesRequest>,
) -> Result<Response<RedriveQuarantinedMessagesResponse>, Failure> {
    let call = Call::new(&request, "RedriveQuarantinedMessages", |request| messages::listed(&request.quarantine_ids))?;
    let outcome = redriven(app, &call, request.get_ref()).await;
    call.keep(app, outcome).await.map(Response::new)
}

async fn redriven(
    app: &Arc<App>,
    call: &Call,
    request: &RedriveQuarantinedMessagesRequest,
) -> Result<RedriveQuarantinedMessagesResponse, Failure> {
    call.authorize(app).await?;
    let ids = messages::parse(&request.quarantine_ids)?;
    let corrected = corrected(request)?;
    once(app, &request.request_id, "RedriveQuarantinedMessages", request, async || {
        messages::all_there(app, &ids).await?;
        let results = redrive(&app.writer, app.store.as_ref(), app.bus.as_ref(), &ids, corrected).await;
        Ok(answer(&ids, results.map_err(AppError::from)?))
    })
    .await
}

fn corrected(request: &RedriveQuarantinedMessagesRequest) -> Result<Option<Bytes>, Failure> {
    let mut found = Violations::default();
    if !request.corrected_body.is_empty() && request.quarantine_ids.len() != 1 {
        let description = "corrects one message, and several are named: redrive each corrected message on its own";
        found.add(&Path::Request.member("corrected_body"), ErrorReason::InvalidField, description);
    }
    found.finish()?;
    Ok((!request.corrected_body.is_empty()).then(|| request.corrected_body.clone()))
}

fn answer(ids: &[i64], results: Vec<Redriven>) -> RedriveQuarantinedMessagesResponse {
    let results: Vec<RedriveResult> = ids.iter().zip(results).map(|(id, redriven)| result(*id, redriven)).collect();
    let recorded = results.iter().filter_map(|result| match &result.outcome {
        Some(Outcome::Appended(appended)) => Some(appended.position),
        _ => None,
    });
    RedriveQuarantinedMessagesResponse { position: recorded.max().unwrap_or_default(), results }
}

fn result(id: i64, redriven: Redriven) -> RedriveResult {
    let outcome = match redriven {
        Redriven::Appended(event) => Outcome::Appended(AppendResult {
            event_id: event.event_id.to_string(),
            position: event.position.get(),
            already_recorded: event.already_recorded,
            recorded_at: Some(time::to_proto(event.recorded_at)),
        }),
        Redriven::Stays(reason, detail) => Outcome::Error(Failure::new(quarantine::reason(reason), detail).into()),
        Redriven::Gone => {
            let message = "somebody else has redriven or discarded it meanwhile";
            Outcome::Error(Failure::new(ErrorReason::QuarantinedMessageNotFound, message).into())
        }
    };
    RedriveResult { quarantine_id: id.to_string(), outcome: Some(outcome) }
}
