//! The overseer: asks for what follows from silence and from the passing of time. One node oversees at a time, under a lease.
//!
//! A session that was not heard of for longer than it may be silent has failed; work whose holder was not heard of for longer than the
//! lease lasts is offered again; deadlines end what they end. A node that becomes the overseer gives everybody their whole time anew,
//! so that a restart does not fail all agents at once.

use std::sync::Arc;
use std::time::Duration;

use god33_domain::command::Command;
use god33_domain::handoff::Handoff;
use god33_domain::ports::{Clock, Store, StoreError};
use god33_domain::session::Session;
use god33_domain::state::StateKey;
use god33_domain::{Change, Proposal, Timestamp, due};
use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::{Board, Pulse};
use crate::duty::{Duty, warn};
use crate::{LogWriter, ProposeError};

/// The name of the overseer's lease.
const OVERSEER: &str = "overseer";

/// The most states that are asked about in one round.
const AT_ONCE: usize = 200;

/// How the overseer goes about its work.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OverseerConfig {
    /// How often it looks for what is due, in milliseconds. Default 250.
    pub tick_ms: u64,
    /// How long a node that died keeps others from overseeing in its place, in milliseconds. Default 3,000.
    pub lease_ms: u64,
}

impl Default for OverseerConfig {
    fn default() -> Self {
        Self { tick_ms: 250, lease_ms: 3_000 }
    }
}

/// The overseer of one node.
pub struct Overseer {
    /// Where the lease and what is due are kept.
    pub store: Arc<dyn Store>,
    /// Through which it asks.
    pub writer: LogWriter,
    /// What is open.
    pub board: Board,
    /// Who lives.
    pub pulse: Arc<Pulse>,
    /// The server's clock.
    pub clock: Arc<dyn Clock>,
    /// How it goes about its work.
    pub config: OverseerConfig,
    /// This node.
    pub node: Uuid,
    /// Ends it.
    pub stop: CancellationToken,
}

/// A thing that may have gone silent.
struct Suspect {
    /// What is heard of when it lives: the session, and the handoff itself where its holder extends it.
    signs: Vec<StateKey>,
    /// When the log last told of it.
    last_event: Timestamp,
    /// How long it may be silent, in seconds.
    patience: f64,
    /// What follows when it is silent.
    command: Arc<dyn Command>,
}

impl Overseer {
    /// Oversees until it is told to stop, whenever this node can get the lease.
    pub async fn run(self) {
        let (store, lease_ms) = (self.store.clone(), self.config.lease_ms);
        let mut duty = Duty::new(store, OVERSEER, self.node, lease_ms, self.stop.clone());
        while let Some(mut tenure) = duty.begin().await {
            let since = self.clock.now();
            while tenure.goes_on().await {
                if let Err(error) = self.round(since).await {
                    warn(&error, "the overseer could not look for what is due");
                }
                tenure.pause(Duration::from_millis(self.config.tick_ms)).await;
            }
        }
    }

    /// Looks once for everything that is due.
    async fn round(&self, since: Timestamp) -> Result<(), StoreError> {
        let now = self.clock.now();
        let due = self.store.due_states(now, AT_ONCE).await?;
        self.ask(due.iter().filter_map(due::command)).await;
        let suspects = self.suspects(now, since);
        let keys: Vec<StateKey> = suspects.iter().flat_map(|suspect| suspect.signs.iter().cloned()).collect();
        if keys.is_empty() {
            return Ok(());
        }
        let signs = self.pulse.newest(&keys).await?;
        let silent = suspects.into_iter().filter(|suspect| {
            let heard = suspect.signs.iter().filter_map(|key| signs.get(key)).map(|sign| sign.at);
            !heard.chain([suspect.last_event]).any(|at| now.seconds_since(at) <= suspect.patience)
        });
        self.ask(silent.map(|suspect| suspect.command)).await;
        Ok(())
    }

    /// Everything that this node has not heard of for too long. Another one may have.
    fn suspects(&self, now: Timestamp, since: Timestamp) -> Vec<Suspect> {
        let sessions = self.board.sessions();
        let handoffs = self.board.handoffs();
        let sessions = sessions.iter().filter_map(|session| suspect_session(session));
        let holders = handoffs.iter().filter_map(|handoff| self.suspect_holder(handoff));
        let all = sessions.chain(holders);
        let quiet = all.filter(|suspect| {
            let heard = suspect.signs.iter().filter_map(|key| self.pulse.last(key)).map(|sign| sign.at);
            !heard.chain([suspect.last_event, since]).any(|at| now.seconds_since(at) <= suspect.patience)
        });
        quiet.take(AT_ONCE).collect()
    }

    fn suspect_holder(&self, handoff: &Handoff) -> Option<Suspect> {
        let lease = handoff.lease.as_ref().filter(|_| handoff.state.is_held())?;
        // Work that was accepted by a plain message of the bus has no session that could be heard of: only its deadlines end it.
        let session =
            self.board.session(lease.session_id.as_ref()?).filter(|session| session.heartbeat_timeout > 0.0)?;
        Some(Suspect {
            signs: vec![StateKey::of::<Handoff>(&handoff.handoff_id), StateKey::of::<Session>(&session.session_id)],
            last_event: handoff.updated_at,
            patience: lease.duration_ms as f64 / 1e3,
            command: due::silent_holder(&handoff.handoff_id, lease.fencing_token),
        })
    }

    /// Proposes commands together and waits for all of them. What is refused was decided otherwise meanwhile.
    async fn ask(&self, commands: impl Iterator<Item = Arc<dyn Command>>) {
        let mut answers = Vec::new();
        for command in commands {
            let principal = command.author().principal.clone();
            let proposal = Proposal { request: None, principal, change: Change::Command(command) };
            match self.writer.submit(proposal).await {
                Ok(answer) => answers.push(answer),
                Err(error) => return refused(&error),
            }
        }
        for answer in answers {
            if let Ok(Err(error)) = answer.await {
                refused(&error);
            }
        }
    }
}

fn suspect_session(session: &Session) -> Option<Suspect> {
    // One that waits for a person says nothing for a long time, but its heartbeat goes on. One that began with a plain message of the bus
    // promised no heartbeat.
    let is_watched = session.is_open() && session.heartbeat_timeout > 0.0;
    is_watched.then(|| Suspect {
        signs: vec![StateKey::of::<Session>(&session.session_id)],
        last_event: session.last_active_at,
        patience: session.heartbeat_timeout,
        command: due::silent_session(&session.session_id),
    })
}

fn refused(error: &ProposeError) {
    match error {
        ProposeError::Refused(refusal) => tracing::debug!(%refusal, "what was due is due no more"),
        error => tracing::warn!(error = error as &dyn std::error::Error, "what is due could not be asked for"),
    }
}
