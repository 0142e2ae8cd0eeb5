//! Waits until there is work for a session, and holds it out to it, or takes it at once.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use god33_domain::command::Author;
use god33_domain::handoff::{AcceptHandoff, Handoff};
use god33_domain::state::Kind;
use god33_domain::{Appended, Change, EventId, Proposal, Refusal};
use god33_log::ProposeError;
use god33_proto::v1::{ClaimHandoffRequest, ClaimHandoffResponse};
use tokio::time::Instant;
use tonic::{Request, Response};
use tracing::Instrument as _;

use super::claimant::{self, Able};
use super::claims::{Claims, Next, RESERVED_FOR};
use super::held_out::HeldOut;
use super::lease;
use super::waiting::{Waiting, Woken};
use crate::ask::{Asks, Done, asks, author};
use crate::server::OnDelivery;
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{request, wait};
use crate::{App, AppError, Principal};

asks!(ClaimHandoffRequest);

/// How long to wait when the request does not say, and at most.
const WAIT: Duration = Duration::from_secs(30);
const LONGEST_WAIT: Duration = Duration::from_secs(60);

pub(super) async fn claim_handoff(
    app: &Arc<App>,
    claims: &Arc<Claims>,
    request: Request<ClaimHandoffRequest>,
) -> Result<Response<ClaimHandoffResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let message = request.get_ref();
    let mut found = Violations::default();
    let at = Path::Request.member("wait");
    let wait = wait::parse(message.wait.as_ref(), WAIT, LONGEST_WAIT, &at, &mut found);
    let claimant = claimant::parse(message.claimant.as_ref(), &mut found);
    let author = author(app, principal, &request, &mut found);
    let asked = request::parse(message.request_id(), ClaimHandoffRequest::NAME, message, &mut found);
    found.finish()?;
    let (Some(claimant), Some(author)) = (claimant, author) else {
        return Err(Failure::defect("a claim had no fault and names nobody"));
    };
    if let Some(asked) = asked
        && let Some((digest, answer)) = app.store.first_answer(asked.id).await?
    {
        return if digest == asked.digest {
            taken(app, Done(answer))
        } else {
            Err(Refusal::RequestIdReused(asked.id).into())
        };
    }
    let mut waiting = Waiting::at(&app.board);
    let able = claimant::find(app, principal, claimant, &mut waiting.who).await?;
    let until = Instant::now() + wait;
    let mut claim = Claim { app, claims, principal, able, waiting, tried: HashMap::new(), until };
    match claim.next().await? {
        None => Ok(Response::new(ClaimHandoffResponse::default())),
        Some(held_out) if message.accept => claim.accept(held_out, author, asked).await,
        Some(held_out) => offered(app, held_out),
    }
}

/// An answer that holds work out. Where it cannot be delivered, the work is for others.
fn offered(app: &App, held_out: HeldOut) -> Result<Response<ClaimHandoffResponse>, Failure> {
    let mut response = Response::new(ClaimHandoffResponse {
        handoff: Some(lease::message(app, &held_out.handoff)?),
        reserved_ms: RESERVED_FOR.as_millis() as u64,
        ..ClaimHandoffResponse::default()
    });
    response.extensions_mut().insert(OnDelivery::new(|| held_out.keep()));
    Ok(response)
}

/// A claim under way.
struct Claim<'a> {
    app: &'a Arc<App>,
    claims: &'a Arc<Claims>,
    principal: &'a Principal,
    able: Able,
    waiting: Waiting,
    /// Work that was tried and was no more to be had, in this version.
    tried: HashMap<String, u64>,
    until: Instant,
}

impl Claim<'_> {
    /// The next work that is held out to the session; `None` when none came in time.
    async fn next(&mut self) -> Result<Option<HeldOut>, Failure> {
        loop {
            self.waiting.listen(Some(&self.able), []);
            let skips = |handoff: &Handoff| {
                self.tried.get(&handoff.handoff_id).is_some_and(|version| handoff.version <= *version)
            };
            let again = match self.claims.next(self.app, &self.able, skips).await? {
                Next::HeldOut(held_out) => return Ok(Some(held_out)),
                Next::Nothing(again) => again,
            };
            let left = self.until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(None);
            }
            match self.waiting.something_new(self.app, left, again).await {
                Woken::Look => {}
                Woken::Claimant => {
                    let claimant = self.able.claimant.clone();
                    self.able = claimant::find(self.app, self.principal, claimant, &mut self.waiting.who).await?;
                }
                Woken::Stopping => return Ok(None),
            }
        }
    }

    /// Takes work, or the next when somebody was faster.
    async fn accept(
        mut self,
        first: HeldOut,
        author: Author,
        asked: Option<god33_domain::Request>,
    ) -> Result<Response<ClaimHandoffResponse>, Failure> {
        let mut next = Some(first);
        while let Some(held_out) = next {
            let (id, version) = (held_out.handoff.handoff_id.clone(), held_out.handoff.version);
            // What was begun is finished though the caller goes away: its repeat gets this answer.
            let taking = tokio::spawn(
                take(held_out, self.proposal(&id, &author, asked), self.principal.clone()).in_current_span(),
            );
            match taking.await.map_err(|_| Failure::defect("work could not be taken"))? {
                Ok(answer) => return taken(self.app, Done(answer)),
                Err(AppError::Propose(ProposeError::Refused(refusal))) if is_gone(&refusal) => {
                    self.tried.insert(id, version);
                }
                Err(error) => return Err(error.into()),
            }
            next = self.next().await?;
        }
        Ok(Response::new(ClaimHandoffResponse::default()))
    }

    fn proposal(&self, handoff_id: &str, author: &Author, asked: Option<god33_domain::Request>) -> Proposal {
        let command = AcceptHandoff {
            author: Author { event_id: EventId::generate(), ..author.clone() },
            handoff_id: handoff_id.to_owned(),
            claimant: self.able.claimant.clone(),
            checkpoint_id: None,
            estimated_checkpoints: None,
        };
        Proposal { request: asked, principal: self.principal.name.clone(), change: Change::command(command) }
    }
}

/// Takes work that is held out, and holds it out no more.
async fn take(held_out: HeldOut, proposal: Proposal, principal: Principal) -> Result<Appended, AppError> {
    let answer = held_out.app.propose(&principal, proposal).await;
    let is_gone = match &answer {
        // A repeated request may have taken other work when it was asked first.
        Ok(answer) => answer.state::<Handoff>().is_some_and(|taken| taken.handoff_id == held_out.handoff.handoff_id),
        Err(AppError::Propose(ProposeError::Refused(refusal))) => is_on_offer_no_more(refusal),
        Err(_) => false,
    };
    if is_gone {
        held_out.close().await
    } else {
        held_out.end().await
    }
    answer
}

/// The work is not what it was a moment ago.
fn is_gone(refusal: &Refusal) -> bool {
    is_on_offer_no_more(refusal) || matches!(refusal, Refusal::NotTheTarget { .. })
}

/// The work went to another, or ended.
fn is_on_offer_no_more(refusal: &Refusal) -> bool {
    match refusal {
        Refusal::AlreadyClaimed { .. } => true,
        Refusal::WrongState { kind, .. } | Refusal::NotFound { kind, .. } => *kind == Handoff::KIND,
        _ => false,
    }
}

fn taken(app: &App, done: Done) -> Result<Response<ClaimHandoffResponse>, Failure> {
    let handoff = done.noun::<Handoff>()?;
    lease::beat(app, handoff);
    Ok(Response::new(ClaimHandoffResponse {
        handoff: Some(lease::message(app, handoff)?),
        reserved_ms: 0,
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}
