//! Lists workflows, the one with the newest event first.

use god33_domain::ports::{WorkflowFilter, WorkflowQuery};
use god33_domain::workflow::{WorkflowStatus as Status, search_words};
use god33_domain::{Timestamp, Workflow, WorkflowId};
use god33_proto::v1::{ErrorReason, ListWorkflowsRequest, ListWorkflowsResponse, WorkflowStatus};
use prost::Message as _;
use tonic::{Request, Response};

use crate::wire::filter::check_span;
use crate::wire::page_token::{List, PageToken, StoreId, refuse};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{page, plain_text, time, workflow};
use crate::{Action, App, Principal, Reader};

pub(super) async fn list_workflows(
    app: &App,
    store_id: &StoreId,
    request: Request<ListWorkflowsRequest>,
) -> Result<Response<ListWorkflowsResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let request = request.get_ref();
    let (filter, limit) = parse(request, app.limits.page_size)?;

    let reader = app.reader(principal, Action::ReadWorkflows(None), request.min_position).await?;
    let list = list(&reader, store_id, request).await?;
    let after = after(&request.page_token, &list)?;
    let total = if request.include_total { Some(reader.count_workflows(&filter).await?) } else { None };
    let page = reader.list_workflows(&WorkflowQuery { filter, after, limit }).await?;
    let last = page.workflows.last().filter(|_| page.has_more);
    Ok(Response::new(ListWorkflowsResponse {
        next_page_token: last.map(|last| token(last, &list)).unwrap_or_default(),
        workflows: page.workflows.iter().map(workflow::to_proto).collect(),
        total,
    }))
}

fn parse(request: &ListWorkflowsRequest, limit: usize) -> Result<(WorkflowFilter, usize), Failure> {
    let mut found = Violations::default();
    let at = |name| Path::Member(&Path::Request, name);
    let query = plain_text::optional(&request.query, 255, ErrorReason::InvalidFilter, &at("query"), &mut found);
    let since = time::parse(request.since.as_ref(), &at("since"), &mut found);
    let until = time::parse(request.until.as_ref(), &at("until"), &mut found);
    check_span(since, until, &at("until"), &mut found);
    let filter = WorkflowFilter {
        project_name: plain_text::optional(
            &request.project_name,
            255,
            ErrorReason::InvalidFilter,
            &at("project_name"),
            &mut found,
        ),
        current_phase: workflow::parse_phase(request.phase, &at("phase"), &mut found),
        current_agent: plain_text::optional(
            &request.agent_id,
            255,
            ErrorReason::InvalidFilter,
            &at("agent_id"),
            &mut found,
        ),
        status: status(request.status, &at("status"), &mut found),
        started_since: since,
        started_until: until,
        words: query.map(|query| search_words(&query)).unwrap_or_default(),
    };
    let size = page::size(request.page_size, limit, &at("page_size"), &mut found);
    found.finish()?;
    Ok((filter, size))
}

fn status(number: i32, at: &Path<'_>, found: &mut Violations) -> Option<Status> {
    match WorkflowStatus::try_from(number) {
        Ok(WorkflowStatus::Unspecified) => None,
        Ok(WorkflowStatus::Active) => Some(Status::Running),
        Ok(WorkflowStatus::Completed) => Some(Status::Completed),
        Ok(WorkflowStatus::Failed) => Some(Status::Failed),
        Ok(WorkflowStatus::Cancelled) => Some(Status::Cancelled),
        Err(_) => {
            let description = format!("has the number {number}, which WorkflowStatus does not declare");
            found.add(at, ErrorReason::InvalidField, description);
            None
        }
    }
}

/// The list is the request without its page.
async fn list(reader: &Reader<'_>, store_id: &StoreId, request: &ListWorkflowsRequest) -> Result<List, Failure> {
    let request = ListWorkflowsRequest { page_size: 0, page_token: String::new(), min_position: 0, ..request.clone() };
    Ok(List::new(store_id.get(reader).await?, "ListWorkflows", &[&request.encode_to_vec()]))
}

fn token(last: &Workflow, list: &List) -> String {
    let mut cursor = last.updated_at.seconds().to_be_bytes().to_vec();
    cursor.extend_from_slice(&last.updated_at.nanos().to_be_bytes());
    cursor.extend_from_slice(last.workflow_id.as_str().as_bytes());
    PageToken { backwards: false, cursor }.encode(list)
}

fn after(token: &str, list: &List) -> Result<Option<(Timestamp, WorkflowId)>, Failure> {
    let at = Path::Request.member("page_token");
    let mut found = Violations::default();
    let token = PageToken::parse(token, list, &at, &mut found);
    let after = token.as_ref().map(|token| read_cursor(&token.cursor));
    if after == Some(None) {
        refuse(&at, &mut found);
    }
    found.finish()?;
    Ok(after.flatten())
}

fn read_cursor(cursor: &[u8]) -> Option<(Timestamp, WorkflowId)> {
    let (seconds, rest) = cursor.split_first_chunk()?;
    let (nanos, id) = rest.split_first_chunk()?;
    let updated_at = Timestamp::new(i64::from_be_bytes(*seconds), u32::from_be_bytes(*nanos)).ok()?;
    Some((updated_at, WorkflowId::parse(std::str::from_utf8(id).ok()?).ok()?))
}
