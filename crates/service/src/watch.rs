//! The way of every watch: the state as it is, then as it is after each change.

use std::sync::Arc;
use std::time::Duration;

use futures::{Stream, StreamExt, stream};
use god33_domain::state::Noun;
use god33_domain::{EventFilter, Position, RecordedEvent, TypePattern};
use god33_log::{Delivery, Start, SubscribeRequest, Subscription};
use tonic::{Response, Status};

use crate::event_store::Answers;
use crate::wire::status::Failure;
use crate::{Action, App, Principal, Reader, show};

/// How often a silent stream looks whether its caller is still there.
const CHECKPOINT_EVERY: Duration = Duration::from_secs(60);

/// What can change states of coordination.
const TYPES: [&str; 4] = ["agent.#", "director.#", "mise.#", "bmad.workflow.#"];

/// How a noun is watched.
pub(crate) trait Watched: Noun {
    /// False when the event certainly does not change the state. An event that may is followed by a look at the state.
    fn may_change(&self, event: &RecordedEvent) -> bool;

    /// Number of changes.
    fn version(&self) -> u64;
}

/// Watches a state that must be there. `answer` makes the messages: with the event that changed it, and the position up to which it holds.
pub(crate) async fn watch<N: Watched, M: Send + 'static>(
    app: &Arc<App>,
    principal: &Principal,
    id: &str,
    min_position: u64,
    answer: impl Fn(&N, Option<&RecordedEvent>, Position) -> Result<M, Failure> + Send + Sync + 'static,
) -> Result<Response<Answers<M>>, Failure> {
    let reader = app.reader(principal, Action::ReadStates(N::KIND, Some(id)), min_position).await?;
    let head = app.tail.head();
    let shown = show::find::<N>(app, principal, id, min_position).await?;
    let changes = changes(&reader, head).await?;
    let first = answer(&shown.state, None, shown.position)?;
    let watch = Watch { app: app.clone(), principal: principal.clone(), state: shown.state, changes, answer };
    Ok(Response::new(Box::pin(stream::iter([Ok(first)]).chain(watch.stream()))))
}

/// Follows what may change states, from a position on.
pub(crate) async fn changes(reader: &Reader<'_>, from: Position) -> Result<Subscription, Failure> {
    follow(reader, &TYPES, from).await
}

/// Follows events of these types, from a position on.
pub(crate) async fn follow(reader: &Reader<'_>, types: &[&str], from: Position) -> Result<Subscription, Failure> {
    let types = types.iter().filter_map(|pattern| TypePattern::parse(pattern).ok()).collect();
    let filter = EventFilter { types, ..EventFilter::default() };
    let request = SubscribeRequest { start: Start::After(from), filter, checkpoint_every: CHECKPOINT_EVERY };
    Ok(reader.subscribe(request).await?)
}

/// An open watch.
struct Watch<N, A> {
    app: Arc<App>,
    principal: Principal,
    state: N,
    changes: Subscription,
    answer: A,
}

impl<N: Watched, M: Send, A: Fn(&N, Option<&RecordedEvent>, Position) -> Result<M, Failure> + Send + Sync> Watch<N, A> {
    fn stream(self) -> impl Stream<Item = Result<M, Status>> {
        stream::unfold(Some(self), |watch| async {
            let mut watch = watch?;
            match watch.next().await {
                Ok(Some(answer)) => Some((Ok(answer), Some(watch))),
                Ok(None) => None,
                Err(failure) => Some((Err(failure.into()), None)),
            }
        })
    }

    /// The next change. The state is the newest there is: it may hold more than the change that is told, which is then told no more.
    async fn next(&mut self) -> Result<Option<M>, Failure> {
        while let Some(delivery) = self.changes.next().await {
            let event = match delivery? {
                Delivery::Event(event) => event,
                Delivery::Checkpoint { .. } | Delivery::CaughtUp { .. } | Delivery::FellBehind { .. } => continue,
            };
            if !self.state.may_change(&event) {
                continue;
            }
            let id = self.state.id().to_owned();
            let action = Action::ReadStates(N::KIND, Some(&id));
            let reader = self.app.reader(&self.principal, action, event.position.get()).await?;
            let Some(state) = reader.state::<N>(&id).await? else { continue };
            if state.version() == self.state.version() || !reader.access().shows(&event) {
                continue;
            }
            self.state = state;
            return (self.answer)(&self.state, Some(&event), event.position).map(Some);
        }
        Ok(None)
    }
}
