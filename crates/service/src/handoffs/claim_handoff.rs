//! Waits until there is work for a session, and holds it out to it, or takes it at once.

use std::collections::HashSet;
use std::time::Duration;

use god33_domain::command::Author;
use god33_domain::handoff::{AcceptHandoff, Handoff};
use god33_domain::{Appended, Change, EventId, Proposal, Refusal};
use god33_log::ProposeError;
use god33_proto::v1::{ClaimHandoffRequest, ClaimHandoffResponse};
use tokio::time::Instant;
use tonic::{Request, Response};

use super::claimant::{self, Able};
use super::claims::{Claims, HeldOut, RESERVED_FOR, something_new};
use super::lease;
use crate::ask::{Asks, Done, asks, author};
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
    app: &App,
    claims: &Claims,
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
    let able = claimant::find(app, principal, claimant).await?;
    let mut claim = Claim { app, claims, principal, able, except: HashSet::new(), until: Instant::now() + wait };
    match claim.next().await? {
        None => Ok(Response::new(ClaimHandoffResponse::default())),
        Some(held_out) if message.accept => claim.accept(held_out, author, asked).await,
        Some(HeldOut { handoff, .. }) => Ok(Response::new(ClaimHandoffResponse {
            handoff: Some(lease::message(app, &handoff)?),
            reserved_ms: RESERVED_FOR.as_millis() as u64,
            ..ClaimHandoffResponse::default()
        })),
    }
}

/// A claim under way.
struct Claim<'a> {
    app: &'a App,
    claims: &'a Claims,
    principal: &'a Principal,
    able: Able,
    /// Work that was tried, and was no more to be had.
    except: HashSet<String>,
    until: Instant,
}

impl Claim<'_> {
    /// The next work that is held out to the session; `None` when none came in time.
    async fn next(&mut self) -> Result<Option<HeldOut>, Failure> {
        let mut changes = self.app.board.changes();
        loop {
            changes.mark_unchanged();
            if let Some(held_out) = self.claims.next(self.app, &self.able, &self.except).await? {
                return Ok(Some(held_out));
            }
            let left = self.until.saturating_duration_since(Instant::now());
            if left.is_zero() || !something_new(&mut changes, self.app, left).await {
                return Ok(None);
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
        let mut held_out = Some(first);
        while let Some(HeldOut { handoff, .. }) = held_out {
            match self.try_accept(&handoff, &author, asked).await {
                Ok(answer) => return taken(self.app, Done(answer)),
                Err(AppError::Propose(ProposeError::Refused(refusal))) if is_gone(&refusal) => {
                    self.except.insert(handoff.handoff_id.clone());
                }
                Err(error) => return Err(error.into()),
            }
            held_out = self.next().await?;
        }
        Ok(Response::new(ClaimHandoffResponse::default()))
    }

    async fn try_accept(
        &self,
        handoff: &Handoff,
        author: &Author,
        asked: Option<god33_domain::Request>,
    ) -> Result<Appended, AppError> {
        let command = AcceptHandoff {
            author: Author { event_id: EventId::generate(), ..author.clone() },
            handoff_id: handoff.handoff_id.clone(),
            claimant: self.able.claimant.clone(),
            checkpoint_id: None,
            estimated_checkpoints: None,
        };
        let change = Change::command(command);
        let proposal = Proposal { request: asked, principal: self.principal.name.clone(), change };
        let answer = self.app.propose(self.principal, proposal).await;
        self.claims.end(self.app, &handoff.handoff_id, &self.able.session.session_id).await;
        answer
    }
}

/// The work went to another, or is not what it was a moment ago.
const fn is_gone(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::AlreadyClaimed { .. }
            | Refusal::WrongState { .. }
            | Refusal::NotTheTarget { .. }
            | Refusal::NotFound { .. }
    )
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
