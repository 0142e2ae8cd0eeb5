//! Reads a pattern, by its id or by that of the event that defined it.

use god33_domain::director::MisePattern;
use god33_domain::state::{Kind, StateKey, StateQuery, label};
use god33_proto::v1::{GetMisePatternRequest, GetMisePatternResponse};
use tonic::{Request, Response};

use crate::wire::id;
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::{Action, App, Principal, Reader, show};

pub(super) async fn get_mise_pattern(
    app: &App,
    request: Request<GetMisePatternRequest>,
) -> Result<Response<GetMisePatternResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let request = request.get_ref();
    let id = id::required_uuid(&request.pattern_id, &Path::Request.member("pattern_id"))?;
    let action = Action::ReadStates(MisePattern::KIND, Some(&id));
    let reader = app.reader(principal, action, request.min_position).await?;
    let position = app.tail.head();
    let pattern = match reader.state::<MisePattern>(&id).await? {
        Some(pattern) => pattern,
        None => by_event(&reader, &id).await?,
    };
    Ok(Response::new(GetMisePatternResponse {
        pattern: Some(show::message(&pattern)?),
        position: position.max(pattern.position).get(),
    }))
}

async fn by_event(reader: &Reader<'_>, id: &str) -> Result<MisePattern, Failure> {
    let having = vec![vec![label("event", id)]];
    let query = StateQuery { kind: MisePattern::KIND, having, after: None, limit: 1 };
    let (mut patterns, _) = reader.list_states::<MisePattern>(&query).await?;
    patterns.pop().ok_or_else(|| show::not_found(&StateKey::of::<MisePattern>(id)))
}
