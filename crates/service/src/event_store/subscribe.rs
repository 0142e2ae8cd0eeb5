//! Streams events from a place in the log: history, then live.

use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt;
use god33_log::{Delivery, SubscribeError, SubscribeRequest as Wanted};
use god33_proto::v1::subscribe_response::Message;
use god33_proto::v1::{CaughtUp, ErrorReason, FellBehind, StreamCheckpoint, SubscribeRequest, SubscribeResponse};
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Request, Response, Status};

use super::Answers;
use crate::access::Access;
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{filter, recorded, start};
use crate::{Action, App, Principal};

/// How long a stream may stay silent when the client does not say.
const CHECKPOINT_EVERY: Duration = Duration::from_secs(10);
const SHORTEST_INTERVAL: Duration = Duration::from_millis(100);
const LONGEST_INTERVAL: Duration = Duration::from_secs(60);

pub(super) async fn subscribe(
    app: &Arc<App>,
    request: Request<SubscribeRequest>,
) -> Result<Response<Answers<SubscribeResponse>>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let wanted = parse(request.get_ref())?;

    let reader = app.reader(principal, Action::ReadEvents(Some(&wanted.filter)), 0).await?;
    let access = reader.access();
    let deliveries = reader.subscribe(wanted.clone()).await?.into_receiver();
    let answers = ReceiverStream::new(deliveries)
        .filter_map(move |delivery| std::future::ready(answer(delivery, access).transpose()));
    Ok(Response::new(Box::pin(answers)))
}

fn parse(request: &SubscribeRequest) -> Result<Wanted, Failure> {
    let mut found = Violations::default();
    let start = start::parse(request.start.as_ref(), &mut found);
    let filter = filter::parse(request.filter.as_ref(), &mut found);
    let checkpoint_every = interval(request.checkpoint_interval.as_ref(), &mut found);
    found.finish()?;
    Ok(Wanted { start, filter, checkpoint_every })
}

fn interval(interval: Option<&prost_types::Duration>, found: &mut Violations) -> Duration {
    let Some(interval) = interval else { return CHECKPOINT_EVERY };
    match Duration::try_from(*interval) {
        Ok(interval) if (SHORTEST_INTERVAL..=LONGEST_INTERVAL).contains(&interval) => interval,
        _ => {
            let description = "must lie between 0.1 and 60 seconds; leave it out for 10 seconds";
            found.add(&Path::Request.member("checkpoint_interval"), ErrorReason::InvalidField, description);
            CHECKPOINT_EVERY
        }
    }
}

/// One message for the client; nothing for an event that it may not see.
fn answer(delivery: Result<Delivery, SubscribeError>, access: Access) -> Result<Option<SubscribeResponse>, Status> {
    let message = match delivery.map_err(Failure::from)? {
        Delivery::Event(event) if !access.shows(&event) => return Ok(None),
        Delivery::Event(event) => Message::Event(recorded::to_proto(&event)),
        Delivery::Checkpoint { position, head } => {
            Message::Checkpoint(StreamCheckpoint { position: position.get(), head_position: head.get() })
        }
        Delivery::CaughtUp { position } => Message::CaughtUp(CaughtUp { position: position.get() }),
        Delivery::FellBehind { position, head } => Message::FellBehind(FellBehind {
            position: position.get(),
            reason: format!(
                "{} events are waiting, more than the server keeps in memory: they come from the store",
                head.get().saturating_sub(position.get())
            ),
        }),
    };
    Ok(Some(SubscribeResponse { message: Some(message) }))
}
