//! Streams offers as they come, each held out to this caller alone for a while.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt as _;
use god33_domain::Timestamp;
use god33_domain::handoff::{Handoff, HandoffState};
use god33_proto::v1::watch_offers_response::Message;
use god33_proto::v1::{ErrorReason, Offer, OfferWithdrawn, StreamAlive, WatchOffersRequest, WatchOffersResponse};
use tokio::sync::mpsc;
use tokio::time::Instant;
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Request, Response, Status};

use super::claimant::{self, Able};
use super::claims::{Claims, Next, RESERVED_FOR};
use super::held_out::HeldOut;
use super::lease;
use super::waiting::{Waiting, Woken};
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
    let mut waiting = Waiting::at(&app.board);
    let able = claimant::find(app, &principal, claimant, &mut waiting.who).await?;
    let (sender, answers) = mpsc::channel(1);
    let watch = Watch {
        app: app.clone(),
        claims: claims.clone(),
        principal,
        able,
        waiting,
        most: message.max_offers.max(1) as usize,
        open: BTreeMap::new(),
        resting: BTreeMap::new(),
        may_be_another: false,
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
    waiting: Waiting,
    most: usize,
    /// What is held out to the caller.
    open: BTreeMap<String, HeldOut>,
    /// What it did not answer, and until when it is left in peace.
    resting: BTreeMap<String, Instant>,
    /// The claimant changed: who it is and whether it still may have work is looked at anew.
    may_be_another: bool,
    sender: mpsc::Sender<Result<WatchOffersResponse, Status>>,
    told: Instant,
}

/// The caller is gone.
struct Gone;

impl Watch {
    async fn run(mut self) {
        loop {
            match self.round().await {
                Ok(again) if self.goes_on(again).await => {}
                Ok(_) | Err(Ended::Gone(Gone)) => break,
                Err(Ended::Failed(failure)) => {
                    let _ = self.sender.send(Err(failure.into())).await;
                    break;
                }
            }
        }
        // What the caller was shown and did not answer is for others now.
        for held_out in std::mem::take(&mut self.open).into_values() {
            held_out.end().await;
        }
    }

    /// Waits until there may be something to tell. False when nothing is any more.
    async fn goes_on(&mut self, again: Option<Timestamp>) -> bool {
        let looks = self.open.len() < self.most;
        if self.waiting.listen(looks.then_some(&self.able), self.open.keys()) {
            return true;
        }
        let rested = self.resting.values().map(|until| until.saturating_duration_since(Instant::now())).min();
        let silent = ALIVE_EVERY.saturating_sub(self.told.elapsed());
        let at_most = rested.map_or(silent, |rested| rested.min(silent));
        tokio::select! {
            () = self.sender.closed() => false,
            woken = self.waiting.something_new(&self.app, at_most, again) => {
                self.may_be_another |= matches!(woken, Woken::Claimant);
                !matches!(woken, Woken::Stopping)
            }
        }
    }

    /// Tells what there is to tell. Says when there may be more without any news of it.
    async fn round(&mut self) -> Result<Option<Timestamp>, Ended> {
        self.withdraw().await?;
        self.resting.retain(|_, until| *until > Instant::now());
        if std::mem::take(&mut self.may_be_another) {
            let claimant = self.able.claimant.clone();
            self.able = claimant::find(&self.app, &self.principal, claimant, &mut self.waiting.who).await?;
        }
        let mut again = None;
        while self.open.len() < self.most {
            let skips = |handoff: &Handoff| {
                self.open.contains_key(&handoff.handoff_id) || self.resting.contains_key(&handoff.handoff_id)
            };
            match self.claims.next(&self.app, &self.able, skips).await? {
                Next::HeldOut(held_out) => self.offer(held_out).await?,
                Next::Nothing(time) => {
                    again = time;
                    break;
                }
            }
        }
        if self.told.elapsed() >= ALIVE_EVERY {
            let head_position = self.app.tail.head().get();
            self.send(Message::Alive(StreamAlive { head_position })).await?;
        }
        Ok(self.open.values().map(|held_out| held_out.until).chain(again).min())
    }

    async fn offer(&mut self, held_out: HeldOut) -> Result<(), Ended> {
        let reserved_ms = RESERVED_FOR.as_millis() as u64;
        let handoff = Some(lease::message(&self.app, &held_out.handoff)?);
        self.open.insert(held_out.handoff.handoff_id.clone(), held_out);
        self.send(Message::Offer(Offer { handoff, reserved_ms })).await
    }

    /// Takes back what the caller did not answer in time, and what is not on offer any more.
    async fn withdraw(&mut self) -> Result<(), Ended> {
        let now = self.app.clock.now();
        let session = self.able.session.session_id.clone();
        for (id, held_out) in std::mem::take(&mut self.open) {
            let handoff = self.app.board.handoff(&id);
            let is_answered = handoff
                .as_ref()
                .is_some_and(|handoff| handoff.holder() == Some(&session) || handoff.declined_by.contains(&session));
            let reason = match handoff {
                Some(_) if is_answered => {
                    held_out.keep();
                    continue;
                }
                Some(handoff) if handoff.state != HandoffState::Offered => "another session took it",
                None => "it ended",
                Some(_) if held_out.until <= now => "it was not answered in time",
                Some(_) => {
                    self.open.insert(id, held_out);
                    continue;
                }
            };
            held_out.end().await;
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
