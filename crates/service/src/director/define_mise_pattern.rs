//! Defines a pattern of tasks.

use god33_domain::command::Author;
use god33_domain::director::{DefineMisePattern, MisePattern};
use god33_proto::v1::{DefineMisePatternRequest, DefineMisePatternResponse};
use tonic::{Request, Response};

use super::said::draft;
use crate::App;
use crate::ask::{ask, asks};
use crate::wire::status::Failure;
use crate::wire::violations::Violations;

asks!(DefineMisePatternRequest);

pub(super) async fn define_mise_pattern(
    app: &App,
    request: Request<DefineMisePatternRequest>,
) -> Result<Response<DefineMisePatternResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    Ok(Response::new(DefineMisePatternResponse {
        pattern: Some(done.state::<MisePattern, _>()?),
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

fn command(request: &DefineMisePatternRequest, author: Author, found: &mut Violations) -> Option<DefineMisePattern> {
    let pattern = draft(request.pattern.as_ref(), "pattern", found, |_| {});
    Some(DefineMisePattern { author, pattern: pattern?.into_json() })
}
