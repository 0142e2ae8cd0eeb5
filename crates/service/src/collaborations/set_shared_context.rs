//! Sets keys of the shared context.

use god33_domain::collaboration::{Collaboration, ContextChange, SetSharedContext};
use god33_domain::command::Author;
use god33_proto::v1::{ErrorReason, SetSharedContextRequest, SetSharedContextResponse, SharedContextChange};
use tonic::{Request, Response};

use crate::App;
use crate::ask::{ask, asks};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{id, json, plain_text};

asks!(SetSharedContextRequest);

pub(super) async fn set_shared_context(
    app: &App,
    request: Request<SetSharedContextRequest>,
) -> Result<Response<SetSharedContextResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    Ok(Response::new(SetSharedContextResponse {
        collaboration: Some(done.state::<Collaboration, _>()?),
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

fn command(request: &SetSharedContextRequest, author: Author, found: &mut Violations) -> Option<SetSharedContext> {
    let at = |name| Path::Member(&Path::Request, name);
    let collaboration_id = id::uuid(&request.collaboration_id, &at("collaboration_id"), found);
    let agent_id = plain_text::required(&request.agent_id, 255, ErrorReason::InvalidField, &at("agent_id"), found);
    let changes = request.changes.iter().enumerate();
    let changes = changes.filter_map(|(index, said)| change(said, &at("changes").item(index), found)).collect();
    let (collaboration_id, agent_id) = (collaboration_id?.to_string(), agent_id?);
    Some(SetSharedContext { author, collaboration_id, agent_id, changes })
}

fn change(said: &SharedContextChange, at: &Path<'_>, found: &mut Violations) -> Option<ContextChange> {
    let Some(value) = &said.value else {
        found.add(&at.member("value"), ErrorReason::InvalidField, "is required: null to remove the key");
        return None;
    };
    let value = json::write_open_value(value, &at.member("value"), found);
    Some(ContextChange { key: said.key.clone(), value, expected_version: said.expected_version })
}
