//! Streams the pools of agents: first as they are, then each that changes.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt as _;
use god33_domain::Position;
use god33_domain::agent::AgentType;
use god33_domain::state::{Kind, StateKey};
use god33_log::{Delivery, Subscription};
use god33_proto::v1::{AgentPool, WatchAgentPoolsRequest, WatchAgentPoolsResponse};
use tokio::sync::mpsc;
use tokio::time::Instant;
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Request, Response, Status};

use super::pools;
use crate::event_store::Answers;
use crate::wire::status::Failure;
use crate::{Action, App, AppError, Principal, Reader, show, watch};

/// How often a silent stream says that it lives.
const ALIVE_EVERY: Duration = Duration::from_secs(8);

/// How long changes are gathered before the pools are counted again.
const GATHER: Duration = Duration::from_millis(100);

pub(super) async fn watch_agent_pools(
    app: &Arc<App>,
    request: Request<WatchAgentPoolsRequest>,
) -> Result<Response<Answers<WatchAgentPoolsResponse>>, Failure> {
    let principal = Principal::of(request.extensions())?.clone();
    let wanted = request.into_inner().agent_types;
    let reader = app.reader(&principal, action(), 0).await?;
    let position = app.tail.head();
    refuse_unknown(&reader, &wanted).await?;
    let changes = watch::changes(&reader, position).await?;
    let (sender, answers) = mpsc::channel(1);
    let watch = Watch { app: app.clone(), principal, wanted, shown: BTreeMap::new(), position, sender };
    tokio::spawn(watch.run(changes));
    Ok(Response::new(ReceiverStream::new(answers).boxed()))
}

const fn action() -> Action<'static> {
    Action::ReadStates(AgentType::KIND, None)
}

async fn refuse_unknown(reader: &Reader<'_>, wanted: &[String]) -> Result<(), Failure> {
    let known: Vec<AgentType> = reader.states(wanted).await?;
    let is_registered = |name: &String| known.iter().any(|known| known.agent_type == *name && known.registered);
    match wanted.iter().find(|name| !is_registered(name)) {
        Some(unknown) => Err(show::not_found(&StateKey::of::<AgentType>(unknown))),
        None => Ok(()),
    }
}

/// An open watch.
struct Watch {
    app: Arc<App>,
    principal: Principal,
    /// Types to watch; all when there are none.
    wanted: Vec<String>,
    /// The pools as they were told last.
    shown: BTreeMap<String, AgentPool>,
    /// Up to here everything was told.
    position: Position,
    sender: mpsc::Sender<Result<WatchAgentPoolsResponse, Status>>,
}

/// Why a watch ends.
enum Ended {
    Gone,
    Failed(Failure),
}

impl From<AppError> for Ended {
    fn from(error: AppError) -> Self {
        Self::Failed(error.into())
    }
}

impl Watch {
    async fn run(mut self, changes: Subscription) {
        if let Err(Ended::Failed(failure)) = self.follow(changes).await {
            // Whoever listened is told why; that nobody does any more is no fault.
            let _ = self.sender.send(Err(failure.into())).await;
        }
    }

    async fn follow(&mut self, mut changes: Subscription) -> Result<(), Ended> {
        self.tell().await?;
        let mut told = Instant::now();
        loop {
            let gone = self.sender.clone();
            let news = tokio::select! {
                () = gone.closed() => return Ok(()),
                delivery = changes.next() => Some(delivery),
                () = tokio::time::sleep_until(told + ALIVE_EVERY) => None,
            };
            match news {
                None => self.send(None).await?,
                Some(None) => return Ok(()),
                Some(Some(delivery)) => {
                    if !self.take(delivery.map_err(AppError::from)?) {
                        continue;
                    }
                    tokio::time::sleep(GATHER).await;
                    while let Some(delivery) = changes.try_next() {
                        self.take(delivery.map_err(AppError::from)?);
                    }
                    if self.tell().await? == 0 {
                        continue;
                    }
                }
            }
            told = Instant::now();
        }
    }

    /// Notes how far the log was followed. True for an event, after which the pools may have changed.
    fn take(&mut self, delivery: Delivery) -> bool {
        match delivery {
            Delivery::Event(event) => {
                self.position = self.position.max(event.position);
                true
            }
            Delivery::Checkpoint { .. } | Delivery::CaughtUp { .. } | Delivery::FellBehind { .. } => false,
        }
    }

    /// Tells each pool that is not as it was told. Says how many.
    async fn tell(&mut self) -> Result<usize, Ended> {
        let app = self.app.clone();
        pools::catch_up(&app, self.position).await;
        let reader = app.reader(&self.principal, action(), self.position.get()).await?;
        let mut told = 0;
        for agent_type in pools::types(&reader).await? {
            if !self.wanted.is_empty() && !self.wanted.contains(&agent_type.agent_type) {
                continue;
            }
            let pool = pools::of_type(&app, &reader, &agent_type).await?;
            let known = self.shown.get(&pool.agent_type);
            if known.is_none_or(|known| differs(known, &pool)) {
                self.shown.insert(pool.agent_type.clone(), pool.clone());
                self.send(Some(pool)).await?;
                told += 1;
            }
        }
        Ok(told)
    }

    async fn send(&self, pool: Option<AgentPool>) -> Result<(), Ended> {
        let response = WatchAgentPoolsResponse { pool, position: self.position.get() };
        self.sender.send(Ok(response)).await.map_err(|_| Ended::Gone)
    }
}

/// That work waits longer from moment to moment is no change.
fn differs(known: &AgentPool, pool: &AgentPool) -> bool {
    let without_age = |pool: &AgentPool| AgentPool { oldest_waiting: None, ..pool.clone() };
    without_age(known) != without_age(pool)
}
