//! Builds the states anew from the log.

use std::sync::Arc;

use futures::{StreamExt, stream};
use god33_domain::state::StateKind;
use god33_log::{RebuildProgress, rebuild_states as rebuild};
use god33_proto::v1::{ErrorReason, RebuildStatesRequest, RebuildStatesResponse};
use tonic::{Request, Response, Status};

use super::duty::{Call, Memory};
use super::{Answers, progress};
use crate::App;
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;

pub(super) async fn rebuild_states(
    app: &Arc<App>,
    request: Request<RebuildStatesRequest>,
) -> Result<Response<Answers<RebuildStatesResponse>>, Failure> {
    let call = Call::new(&request, "RebuildStates", subject)?;
    let outcome = begun(app, &call, request.get_ref()).await;
    call.keep(app, outcome).await.map(Response::new)
}

fn subject(request: &RebuildStatesRequest) -> String {
    let kinds = request.kinds.iter().take(StateKind::ALL.len()).map(|kind| kind.chars().take(50).collect::<String>());
    let kinds: Vec<String> = kinds.collect();
    let what = if kinds.is_empty() { "all states".to_owned() } else { format!("states of {}", kinds.join(", ")) };
    if request.dry_run { format!("{what}, dry run") } else { what }
}

async fn begun(
    app: &Arc<App>,
    call: &Call,
    request: &RebuildStatesRequest,
) -> Result<Answers<RebuildStatesResponse>, Failure> {
    call.authorize(app).await?;
    let kinds = kinds(&request.kinds)?;
    let memory = Memory::of(&request.request_id, "RebuildStates", request)?;
    if let Some(answer) = memory.answer::<RebuildStatesResponse>(app).await? {
        return Ok(Box::pin(stream::iter([Ok(answer)])));
    }
    let dry_run = request.dry_run;
    let told =
        progress::follow(
            app,
            move |app, sender| async move { rebuild(app.store.as_ref(), &kinds, dry_run, &sender).await },
        );
    let app = app.clone();
    Ok(Box::pin(told.then(move |progress| told_and_kept(app.clone(), memory, progress))))
}

/// The last message is the answer that a repeat gets again.
async fn told_and_kept(
    app: Arc<App>,
    memory: Memory,
    progress: Result<RebuildProgress, Status>,
) -> Result<RebuildStatesResponse, Status> {
    let message = to_proto(progress?);
    if message.done {
        memory.keep(&app, &message).await?;
    }
    Ok(message)
}

fn kinds(words: &[String]) -> Result<Vec<StateKind>, Failure> {
    if words.is_empty() {
        return Ok(StateKind::ALL.to_vec());
    }
    let mut found = Violations::default();
    let mut kinds = Vec::with_capacity(words.len().min(StateKind::ALL.len()));
    for (index, word) in words.iter().enumerate() {
        match StateKind::from_word(word) {
            Some(kind) if kinds.contains(&kind) => {}
            Some(kind) => kinds.push(kind),
            None => {
                let known: Vec<&str> = StateKind::ALL.iter().map(|kind| kind.as_str()).collect();
                let description = format!("is no kind of state: name one of {}, or none for all", known.join(", "));
                found.add(&Path::Request.member("kinds").item(index), ErrorReason::InvalidField, description);
            }
        }
    }
    found.finish()?;
    Ok(kinds)
}

fn to_proto(progress: RebuildProgress) -> RebuildStatesResponse {
    RebuildStatesResponse {
        position: progress.position.get(),
        until_position: progress.until.get(),
        differing: progress.differing as u64,
        done: progress.done,
    }
}
