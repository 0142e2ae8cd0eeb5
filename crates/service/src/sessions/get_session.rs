//! Reads a session with its newest checkpoints.

use god33_domain::checkpoint::Checkpoint;
use god33_domain::session::Session;
use god33_domain::state::{Kind, StateQuery, label};
use god33_proto::v1::{GetSessionRequest, GetSessionResponse};
use tonic::{Request, Response};

use super::{checkpoint, link, session};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::{Action, App, Principal, show};

/// How many of its checkpoints are shown with a session.
const CHECKPOINTS: usize = 100;

pub(super) async fn get_session(
    app: &App,
    request: Request<GetSessionRequest>,
) -> Result<Response<GetSessionResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let request = request.get_ref();
    let id = link::session_id(&request.session_id, &Path::Request.member("session_id"))?;
    let shown = show::find::<Session>(app, principal, &id, request.min_position).await?;
    let reader = app.reader(principal, Action::ReadStates(Checkpoint::KIND, None), 0).await?;
    let query =
        StateQuery { kind: Checkpoint::KIND, having: vec![vec![label("kept", &id)]], after: None, limit: CHECKPOINTS };
    let (checkpoints, _) = reader.list_states::<Checkpoint>(&query).await?;
    Ok(Response::new(GetSessionResponse {
        session: Some(session::message(app, &shown.state).await?),
        checkpoints: checkpoint::show_all(app, &checkpoints).await?,
        position: shown.position.max(shown.state.position).get(),
    }))
}
