//! Reports how far work is, and extends its lease.

use god33_domain::command::Author;
use god33_domain::handoff::{Handoff, ReportProgress};
use god33_proto::v1::{ReportProgressRequest, ReportProgressResponse};
use tonic::{Request, Response};

use super::lease;
use crate::App;
use crate::ask::{ask, asks};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{id, json, text};

asks!(ReportProgressRequest);

pub(super) async fn report_progress(
    app: &App,
    request: Request<ReportProgressRequest>,
) -> Result<Response<ReportProgressResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    let handoff = done.noun::<Handoff>()?;
    lease::beat(app, handoff);
    Ok(Response::new(ReportProgressResponse {
        handoff: Some(lease::message(app, handoff)?),
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

fn command(request: &ReportProgressRequest, author: Author, found: &mut Violations) -> Option<ReportProgress> {
    let at = |name| Path::Member(&Path::Request, name);
    let handoff_id = id::uuid(&request.handoff_id, &at("handoff_id"), found);
    let fencing_token = lease::token(request.fencing_token, found);
    let summary = text::prose(&request.summary, &at("summary"), found);
    let details = request.details.as_ref().map(|details| json::write_open(details, &at("details"), found));
    Some(ReportProgress {
        author,
        handoff_id: handoff_id?.to_string(),
        fencing_token: fencing_token?,
        progress_pct: request.progress_pct,
        summary,
        details,
    })
}
