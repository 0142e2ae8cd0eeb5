//! Deletes checkpoints that nobody needs, of one session or of every session that has ended.

use std::collections::{BTreeMap, BTreeSet};

use futures::future::try_join_all;
use god33_domain::checkpoint::{Checkpoint, PruneCheckpoints};
use god33_domain::command::Author;
use god33_domain::ports::unused_before;
use god33_domain::session::{Session, SessionStatus};
use god33_domain::state::{Kind as _, Noun as _, StateQuery, label};
use god33_domain::{Appended, Change, Digest, EventId, Proposal, RequestId, SessionId};
use god33_proto::v1::{ErrorReason, PruneCheckpointsRequest, PruneCheckpointsResponse};
use tonic::{Request, Response};
use uuid::Uuid;

use super::checkpoint;
use crate::ask::{Asks, Done, asks, author};
use crate::list::any;
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{id, request};
use crate::{Action, App, Principal};

asks!(PruneCheckpointsRequest);

/// How many of a session's newest checkpoints are kept when the request does not say.
const KEEP_LAST: usize = 10;

/// How many sessions are looked at at once.
const SESSIONS_AT_ONCE: usize = 50;

/// From so many checkpoints on, no further session is looked at: the answer names them all.
const ENOUGH: usize = 1_000;

pub(super) async fn prune_checkpoints(
    app: &App,
    request: Request<PruneCheckpointsRequest>,
) -> Result<Response<PruneCheckpointsResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let message = request.get_ref();
    let mut found = Violations::default();
    let asked = request::parse(message.request_id(), PruneCheckpointsRequest::NAME, message, &mut found);
    let author = author(app, principal, &request, &mut found);
    let at = Path::Request.member("session_id");
    let session: Option<SessionId> =
        id::optional_label(&message.session_id, &at, ErrorReason::InvalidField, &mut found);
    found.finish()?;
    let author = author.ok_or_else(|| Failure::defect("a request to prune had no fault and no author"))?;
    let keep_last = if message.keep_last == 0 { KEEP_LAST } else { message.keep_last as usize };
    let prune = Prune { app, principal, author, asked, keep_last, dry_run: message.dry_run };
    let pruned = match session {
        Some(session) => vec![prune.session(session.as_str(), asked).await?],
        None => prune.every_ended_session().await?,
    };
    Ok(Response::new(prune.answer(pruned).await?))
}

/// What is asked, of any session.
struct Prune<'a> {
    app: &'a App,
    principal: &'a Principal,
    author: Author,
    asked: Option<god33_domain::Request>,
    keep_last: usize,
    dry_run: bool,
}

impl Prune<'_> {
    async fn session(&self, id: &str, request: Option<god33_domain::Request>) -> Result<Appended, Failure> {
        let command = PruneCheckpoints {
            author: Author { event_id: EventId::generate(), ..self.author.clone() },
            session_id: id.to_owned(),
            keep_last: self.keep_last,
            dry_run: self.dry_run,
        };
        let change = Change::command(command);
        let proposal = Proposal { request, principal: self.principal.name.clone(), change };
        Ok(self.app.propose(self.principal, proposal).await?)
    }

    /// Page by page, the sessions of a page together, so that they share transactions.
    async fn every_ended_session(&self) -> Result<Vec<Appended>, Failure> {
        let reader = self.app.reader(self.principal, Action::ReadStates(Session::KIND, None), 0).await?;
        let ended = [SessionStatus::Completed, SessionStatus::Failed].map(SessionStatus::as_str);
        let having: Vec<Vec<String>> = any("status", ended).into_iter().collect();
        let (mut pruned, mut after): (Vec<Appended>, _) = (Vec::new(), None);
        loop {
            let query = StateQuery { kind: Session::KIND, having: having.clone(), after, limit: SESSIONS_AT_ONCE };
            let (sessions, has_more) = reader.list_states::<Session>(&query).await?;
            let answers = try_join_all(sessions.iter().map(|session| self.ended_session(session))).await?;
            pruned.extend(answers.into_iter().flatten());
            let count: usize = pruned.iter().map(|answer| answer.states.len()).sum();
            if !has_more || count >= ENOUGH {
                return Ok(pruned);
            }
            after = sessions.last().map(|last| (last.rank(), last.id().to_owned()));
        }
    }

    /// `None` when there is nothing to delete and nothing was.
    async fn ended_session(&self, session: &Session) -> Result<Option<Appended>, Failure> {
        let request = self.asked.map(|asked| of_session(asked, &session.session_id));
        if session.checkpoints.len() > self.keep_last {
            return self.session(&session.session_id, request).await.map(Some);
        }
        let lost_some = session.checkpoint_count as usize > session.checkpoints.len();
        let Some(request) = request.filter(|_| lost_some) else { return Ok(None) };
        let first = self.app.store.first_answer(request.id).await?;
        Ok(first.filter(|(digest, _)| *digest == request.digest).map(|(_, answer)| answer))
    }

    async fn answer(&self, pruned: Vec<Appended>) -> Result<PruneCheckpointsResponse, Failure> {
        let done: Vec<Done> = pruned.into_iter().map(Done).collect();
        let deleted: Vec<Checkpoint> = done.iter().flat_map(Done::nouns::<Checkpoint>).cloned().collect();
        let freed_bytes = self.freed(&deleted).await?;
        if !self.dry_run && !deleted.is_empty() {
            self.collect().await;
        }
        Ok(PruneCheckpointsResponse {
            deleted: checkpoint::show_all(self.app, &deleted).await?,
            freed_bytes,
            event_ids: done.iter().flat_map(Done::event_ids).collect(),
            position: done.iter().map(Done::position).max().unwrap_or_default(),
        })
    }

    /// The bytes of chunks that only the snapshots of these checkpoints have.
    async fn freed(&self, deleted: &[Checkpoint]) -> Result<u64, Failure> {
        let mut named: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for checkpoint in deleted {
            if let Some(digest) = &checkpoint.snapshot_digest {
                named.entry(digest).or_default().insert(&checkpoint.key);
            }
        }
        let mut unneeded = Vec::new();
        for (digest, keys) in &named {
            if !self.is_named_otherwise(digest, keys).await? {
                unneeded.extend(Digest::from_hex(digest));
            }
        }
        Ok(if unneeded.is_empty() { 0 } else { self.app.store.bytes_of_only(&unneeded).await? })
    }

    /// True when a checkpoint that is none of these names the snapshot.
    async fn is_named_otherwise(&self, digest: &str, keys: &BTreeSet<&str>) -> Result<bool, Failure> {
        let query = StateQuery {
            kind: Checkpoint::KIND,
            having: vec![vec![label("snapshot", digest)]],
            after: None,
            limit: keys.len() + 1,
        };
        let named = self.app.store.list_states(&query).await?.states;
        Ok(named.iter().any(|state| !keys.contains(state.key().id.as_str())))
    }

    /// What cannot be dropped now is dropped when the node looks after its store.
    async fn collect(&self) {
        let before = unused_before(self.app.clock.now());
        if let Err(error) = self.app.store.collect_snapshots(before).await {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "snapshots of deleted checkpoints were not dropped yet"
            );
        }
    }
}

/// The part of a request that is about one session, under an id of its own.
fn of_session(asked: god33_domain::Request, session_id: &str) -> god33_domain::Request {
    god33_domain::Request { id: RequestId(Uuid::new_v5(&asked.id.0, session_id.as_bytes())), ..asked }
}
