//! Streams offers as they come, each held out to this caller alone for a while.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt as _;
use god33_domain::Timestamp;
use god33_domain::handoff::HandoffState;
use god33_proto::v1::watch_offers_response::Message;
use god33_proto::v1::{ErrorReason, Offer, OfferWithdrawn, StreamAlive, WatchOffersRequest, WatchOffersResponse};
use tokio::sync::mpsc;
use tokio::time::Instant;
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Request, Response, Status};

use super::claimant::{self, Able};
use super::claims::{Claims, HeldOut, RESERVED_FOR, something_new};
use super::lease;
use crate::event_store::Answers;
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::{App, Principal};

/// The most offers that one caller may have before it answers.
const MOST: u32 = 100;

/// How often a silent stream says that it lives.
const ALIVE_EVERY: Duration = Duration::from_secs(10);

/// How long work that a caller did not answer is not held out to it again.
const REST: Duration = Duration::from_secs(30);

pub(super) async fn watch_offers(
    app: &Arc<App>,
    claims: &Arc<Claims>,
    request: Request<WatchOffersRequest>,
) -> Result<Response<Answers<WatchOffersResponse>>, Failure> {
    let principal = Principal::of(request.extensions())?.clone();
    let message = request.get_ref();
    let mut found = Violations::default();
    let claimant = claimant::parse(message.claimant.as_ref(), &mut found);
    if message.max_offers > MOST {
        let why = format!("is {} and must be at most {MOST}, or 0 for one", message.max_offers);
        found.add(&Path::Request.member("max_offers"), ErrorReason::InvalidField, why);
    }
    found.finish()?;
    let claimant = claimant.ok_or_else(|| Failure::defect("a watch of offers had no fault and names nobody"))?;
    let able = claimant::find(app, &principal, claimant).await?;
    let (sender, answers) = mpsc::channel(1);
    let watch = Watch {
        app: app.clone(),
        claims: claims.clone(),
        principal,
        able,
        most: message.max_offers.max(1) as usize,
        open: BTreeMap::new(),
        resting: BTreeMap::new(),
        sender,
        told: Instant::now(),
    };
    tokio::spawn(watch.run());
    Ok(Response::new(ReceiverStream::new(answers).boxed()))
}

/// An open watch.
struct Watch {
    app: Arc<App>,
    claims: Arc<Claims>,
    principal: Principal,
    able: Able,
    most: usize,
    /// What is held out to the caller, and until when.
    open: BTreeMap<String, Timestamp>,
    /// What it did not answer, and until when it is left in peace.
    resting: BTreeMap<String, Instant>,
    sender: mpsc::Sender<Result<WatchOffersResponse, Status>>,
    told: Instant,
}

/// The caller is gone.
struct Gone;

impl Watch {
    async fn run(mut self) {
        let mut changes = self.app.board.changes();
        loop {
            changes.mark_unchanged();
            match self.round().await {
                Ok(()) => {}
                Err(Ended::Gone(Gone)) => break,
                Err(Ended::Failed(failure)) => {
                    let _ = self.sender.send(Err(failure.into())).await;
                    break;
                }
            }
            let goes_on = tokio::select! {
                () = self.sender.closed() => false,
                goes_on = something_new(&mut changes, &self.app, ALIVE_EVERY) => goes_on,
            };
            if !goes_on {
                break;
            }
        }
        // What the caller was shown and did not answer is for others now.
        for handoff in std::mem::take(&mut self.open).into_keys() {
            self.claims.end(&self.app, &handoff, &self.able.session.session_id).await;
        }
    }

    async fn round(&mut self) -> Result<(), Ended> {
        self.withdraw().await?;
        self.resting.retain(|_, until| *until > Instant::now());
        if self.open.len() < self.most {
            // Whether the session still may have work is looked at anew.
            self.able = claimant::find(&self.app, &self.principal, self.able.claimant.clone()).await?;
        }
        while self.open.len() < self.most {
            let except: HashSet<String> = self.open.keys().chain(self.resting.keys()).cloned().collect();
            let next = self.claims.next(&self.app, &self.able, &except).await.map_err(Failure::from)?;
            let Some(HeldOut { handoff, until }) = next else { break };
            self.open.insert(handoff.handoff_id.clone(), until);
            let reserved_ms = RESERVED_FOR.as_millis() as u64;
            let handoff = Some(lease::message(&self.app, &handoff)?);
            self.send(Message::Offer(Offer { handoff, reserved_ms })).await?;
        }
        if self.told.elapsed() >= ALIVE_EVERY {
            let head_position = self.app.tail.head().get();
            self.send(Message::Alive(StreamAlive { head_position })).await?;
        }
        Ok(())
    }

    /// Takes back what the caller did not answer in time, and what is not on offer any more.
    async fn withdraw(&mut self) -> Result<(), Ended> {
        let now = self.app.clock.now();
        let open = std::mem::take(&mut self.open);
        for (id, until) in open {
            let session = self.able.session.session_id.as_str();
            let reason = match self.app.board.handoff(&id) {
                Some(handoff) if handoff.holder() == Some(session) => continue,
                Some(handoff) if handoff.declined_by.iter().any(|who| who == session) => continue,
                Some(handoff) if handoff.state != HandoffState::Offered => "another session took it",
                None => "it ended",
                Some(_) if until <= now => "it was not answered in time",
                Some(_) => {
                    self.open.insert(id, until);
                    continue;
                }
            };
            self.claims.end(&self.app, &id, session).await;
            self.resting.insert(id.clone(), Instant::now() + REST);
            self.send(Message::Withdrawn(OfferWithdrawn { handoff_id: id, reason: reason.into() })).await?;
        }
        Ok(())
    }

    async fn send(&mut self, message: Message) -> Result<(), Ended> {
        self.told = Instant::now();
        let response = WatchOffersResponse { message: Some(message) };
        self.sender.send(Ok(response)).await.map_err(|_| Ended::Gone(Gone))
    }
}

/// Why a watch ends.
enum Ended {
    Gone(Gone),
    Failed(Failure),
}

impl From<Failure> for Ended {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}
