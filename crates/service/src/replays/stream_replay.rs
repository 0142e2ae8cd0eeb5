//! Streams the events of a replay, each with how the replay stands after it, and at last how it ended.

use futures::{Stream, StreamExt, stream};
use god33_domain::replay::Replay;
use god33_log::{StreamEnd, Streamed};
use god33_proto::v1::{StreamReplayRequest, StreamReplayResponse};
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Request, Response, Status};

use crate::access::Access;
use crate::event_store::Answers;
use crate::wire::status::Failure;
use crate::wire::{recorded, replay};
use crate::{Action, App, Principal};

pub(crate) async fn stream_replay(
    app: &App,
    request: Request<StreamReplayRequest>,
) -> Result<Response<Answers<StreamReplayResponse>>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let id = replay::id(&request.get_ref().replay_id)?;
    let desk = app.desk(principal, Action::ControlReplay(id)).await?;
    let filter = desk.get(id).await?.spec.range.filter;
    let access = app.reader(principal, Action::ReadEvents(Some(&filter)), 0).await?.access();
    let items = desk.stream(id, app.stopping.clone()).await?;
    Ok(Response::new(Box::pin(ReceiverStream::new(items).flat_map(move |item| answers(item, access)))))
}

/// The messages for what a stream gives; none for an event that the caller may not see.
fn answers(
    item: Result<Streamed, StreamEnd>,
    access: Access,
) -> impl Stream<Item = Result<StreamReplayResponse, Status>> + Send {
    let (events, mut so_far, last) = match item {
        Ok(Streamed::Events(events, before)) => (events, standing(&before), None),
        Ok(Streamed::Last(ended)) => (Vec::new(), standing(&ended), Some(Ok(ended))),
        Err(end) => (Vec::new(), StreamReplayResponse::default(), Some(Err(end))),
    };
    let each = events.into_iter().filter_map(move |event| {
        if let Some(replay) = &mut so_far.replay {
            replay.position = event.position.get();
            replay.delivered += 1;
            replay.total = replay.total.max(replay.delivered);
        }
        access.shows(&event).then(|| {
            Ok(StreamReplayResponse { event: Some(recorded::to_proto(&event)), replay: so_far.replay.clone() })
        })
    });
    let last = last.map(|last| match last {
        Ok(ended) => Ok(standing(&ended)),
        Err(end) => Err(Status::from(Failure::from(end))),
    });
    stream::iter(each.chain(last))
}

fn standing(replay: &Replay) -> StreamReplayResponse {
    StreamReplayResponse { event: None, replay: Some(replay::to_proto(replay)) }
}
