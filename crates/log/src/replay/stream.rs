//! A replay whose target is a stream: whoever reads it runs it.
//!
//! Its position is how far it was handed to the connection. A stream that breaks off goes on after the last save, so it repeats up to a
//! second of what it sent; what lay in the buffers of the network when it broke off and was saved before is not sent again.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use god33_domain::RecordedEvent;
use god33_domain::ports::{Clock, Store};
use god33_domain::replay::{Replay, ReplayId, ReplayState};
use tokio::sync::mpsc::{self, OwnedPermit};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::desk::{Desk, ReplayError};
use super::run::{End, Manner, Run};
use super::target::{Target, Trouble};

/// How many events go into the channel at once.
const BATCH: usize = 64;

/// How often it is looked whether a paused replay goes on.
const LOOK_EVERY: Duration = Duration::from_millis(250);

/// What a reader gets.
#[derive(Clone, Debug)]
pub enum Streamed {
    /// Events, and how the replay stood before them.
    Events(Vec<Arc<RecordedEvent>>, Box<Replay>),
    /// It has ended, as it stands.
    Last(Box<Replay>),
}

/// Why a stream ends before its replay.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StreamEnd {
    /// Somebody opened another stream of the same replay.
    #[error("another stream of replay {0} was opened, and goes on in place of this one")]
    Superseded(ReplayId),
    /// The server stops.
    #[error("the server is shutting down: open the stream again on another node, it goes on from there")]
    ShuttingDown,
}

/// The events of a replay. Dropping it leaves the replay as it is, for the next stream.
pub type ReplayStream = mpsc::Receiver<Result<Streamed, StreamEnd>>;

impl Desk {
    /// Opens a stream of a replay. An older one of the same replay ends.
    ///
    /// # Errors
    /// When there is no such replay, its target is another one, or it has ended; and when the store fails.
    pub async fn stream(&self, id: ReplayId, stop: CancellationToken) -> Result<ReplayStream, ReplayError> {
        let stream = Uuid::new_v4();
        let replay = self.change(id, None, |replay| replay.stream_by(stream)).await?;
        // One batch: that another fits tells that the last one was taken.
        let (sender, receiver) = mpsc::channel(1);
        let (store, clock) = (self.store.clone(), self.clock.clone());
        tokio::spawn(serve(store, clock, replay, sender, stop));
        Ok(receiver)
    }
}

type Sender = mpsc::Sender<Result<Streamed, StreamEnd>>;

async fn serve(
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    mut replay: Replay,
    sender: Sender,
    stop: CancellationToken,
) {
    let manner = Manner { batch: BATCH, patience: Duration::ZERO };
    let last = loop {
        if replay.state == ReplayState::Running {
            let mut run = Run::new(store.clone(), clock.clone(), replay, manner, stop.clone());
            let end = run.run(&mut ToStream { sender: sender.clone(), permit: None }).await;
            replay = run.replay().clone();
            match end {
                End::Left => return,
                End::Superseded => break Err(StreamEnd::Superseded(replay.replay_id)),
                End::Stopped => break Err(StreamEnd::ShuttingDown),
                End::Completed | End::Halted | End::Failed(_) => {}
            }
        }
        if replay.state.has_ended() {
            break Ok(Streamed::Last(Box::new(replay)));
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK_EVERY) => {}
            () = sender.closed() => return,
            () = stop.cancelled() => break Err(StreamEnd::ShuttingDown),
        }
        // A store that is away is asked again.
        if let Ok(Some(found)) = store.replay(replay.replay_id).await {
            if found.streamed_by != replay.streamed_by && !found.state.has_ended() {
                break Err(StreamEnd::Superseded(replay.replay_id));
            }
            replay = found;
        }
    };
    // Whoever has gone does not need to hear it.
    let _ = sender.send(last).await;
}

/// Hands events to a stream.
struct ToStream {
    sender: Sender,
    permit: Option<OwnedPermit<Result<Streamed, StreamEnd>>>,
}

#[async_trait]
impl Target for ToStream {
    async fn ready(&mut self) -> Result<(), Trouble> {
        if self.permit.is_none() {
            self.permit = Some(self.sender.clone().reserve_owned().await.map_err(|_| Trouble::Left)?);
        }
        Ok(())
    }

    async fn deliver(&mut self, events: &[Arc<RecordedEvent>], replay: &Replay) -> Result<usize, Trouble> {
        self.ready().await?;
        if let Some(permit) = self.permit.take() {
            permit.send(Ok(Streamed::Events(events.to_vec(), Box::new(replay.clone()))));
        }
        Ok(events.len())
    }

    async fn left(&self) {
        self.sender.closed().await;
    }
}
