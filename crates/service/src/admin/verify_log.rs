//! Proves that the log is whole.

use std::sync::Arc;

use futures::{StreamExt, TryStreamExt, stream};
use god33_domain::Position;
use god33_domain::verify::Finding;
use god33_log::{VerifyProgress, verify_log as verify};
use god33_proto::v1::{LogFinding, VerifyLogRequest, VerifyLogResponse};
use tonic::{Request, Response};

use super::{Answers, progress};
use crate::wire::status::Failure;
use crate::{Action, App, Principal};

/// The most findings of one message.
const AT_ONCE: usize = 1_000;

pub(super) async fn verify_log(
    app: &Arc<App>,
    request: Request<VerifyLogRequest>,
) -> Result<Response<Answers<VerifyLogResponse>>, Failure> {
    app.reader(Principal::of(request.extensions())?, Action::Administer, 0).await?;
    let VerifyLogRequest { after_position, compare_states } = *request.get_ref();
    let told = progress::follow(app, move |app, sender| async move {
        verify(app.store.as_ref(), Position::new(after_position), compare_states, &sender).await
    });
    let messages = told.map_ok(|progress| stream::iter(messages(progress)).map(Ok)).try_flatten();
    Ok(Response::new(Box::pin(messages)))
}

/// One message, or several when there are more findings than one should hold.
fn messages(progress: VerifyProgress) -> Vec<VerifyLogResponse> {
    let VerifyProgress { position, until, findings, done } = progress;
    let message = |findings: &[Finding]| VerifyLogResponse {
        position: position.get(),
        until_position: until.get(),
        findings: findings.iter().map(to_proto).collect(),
        done: false,
    };
    let mut messages: Vec<VerifyLogResponse> = findings.chunks(AT_ONCE).map(message).collect();
    if messages.is_empty() {
        messages.push(message(&[]));
    }
    if let Some(last) = messages.last_mut() {
        last.done = done;
    }
    messages
}

fn to_proto(finding: &Finding) -> LogFinding {
    LogFinding {
        kind: finding.kind.as_str().into(),
        position: finding.position.get(),
        message: finding.message.clone(),
    }
}
