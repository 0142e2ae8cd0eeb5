//! Streams the inbox: first the questions that are meant, then each change.

use std::sync::Arc;

use futures::stream;
use god33_domain::state::StateKind;
use god33_proto::v1::{WatchQuestionsRequest, WatchQuestionsResponse};
use tonic::{Request, Response};

use super::filter;
use super::inbox::Inbox;
use crate::event_store::Answers;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::{Action, App, Principal, watch};

/// What can change a question: its own events, and a session that takes over from the one that asked.
const TYPES: [&str; 2] = ["agent.feedback.#", "agent.*.session.recovery.started"];

pub(super) async fn watch_questions(
    app: &Arc<App>,
    request: Request<WatchQuestionsRequest>,
) -> Result<Response<Answers<WatchQuestionsResponse>>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let message = request.get_ref();
    let mut found = Violations::default();
    let having = filter::parse(message.filter.as_ref(), &mut found);
    found.finish()?;
    let reader = app.reader(principal, Action::ReadStates(StateKind::Question, None), message.min_position).await?;
    // Asked for before any question is read, so all of them hold at least up to here.
    let head = app.tail.head();
    let changes = watch::follow(&reader, &TYPES, head).await?;
    let inbox = Inbox::new(app.clone(), principal.clone(), having, head, changes);
    Ok(Response::new(Box::pin(stream::unfold(Some(inbox), |inbox| async {
        let mut inbox = inbox?;
        match inbox.next().await {
            Ok(Some(answer)) => Some((Ok(answer), Some(inbox))),
            Ok(None) => None,
            Err(failure) => Some((Err(failure.into()), None)),
        }
    }))))
}
