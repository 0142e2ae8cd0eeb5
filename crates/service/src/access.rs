//! Who asks, and whether they may.
//!
//! Handlers never decide this: whatever they write goes through [`crate::App::propose`] and whatever they read through
//! [`crate::App::reader`], and both ask the [`Authorizer`]. So other rules are another `Authorizer`, and no handler changes.

use async_trait::async_trait;
use god33_domain::replay::{ReplayId, ReplaySpec};
use god33_domain::state::StateKind;
use god33_domain::{EventFilter, Proposal, RecordedEvent, WorkflowId};

/// Who asks, as the server authenticated them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Principal {
    /// Their name, which is recorded with every event that they append.
    pub name: String,
}

impl Principal {
    /// Somebody who gave no credentials.
    pub fn anonymous() -> Self {
        Self { name: "anonymous".into() }
    }

    /// The one whom the server put beside a request.
    ///
    /// # Errors
    /// When the request did not come through the server, which would be a defect: nobody may do anything then.
    pub fn of(extensions: &http::Extensions) -> Result<&Self, Denied> {
        extensions.get().ok_or_else(|| Denied {
            principal: "an unauthenticated caller".into(),
            why: "the server did not authenticate the request, which is a defect of it: please report it".into(),
        })
    }
}

/// What somebody wants to do.
#[derive(Debug)]
pub enum Action<'a> {
    /// Propose a change.
    Propose(&'a Proposal),
    /// Read events, by a filter or, with none, by their ids or causes.
    ReadEvents(Option<&'a EventFilter>),
    /// Read the state of a workflow, or list workflows.
    ReadWorkflows(Option<&'a WorkflowId>),
    /// Read the state of a thing, or list things of its kind.
    ReadStates(StateKind, Option<&'a str>),
    /// Say that a session lives, and what it has received.
    KeepAlive(&'a str),
    /// Send a snapshot of the agent of a session.
    SendSnapshot(&'a str),
    /// Read a durable subscription, or list them.
    ReadSubscriptions(Option<&'a str>),
    /// Create, change or delete a durable subscription, or decide about its parked events.
    ChangeSubscription(&'a str),
    /// Take deliveries of a durable subscription, and settle them.
    Consume(&'a str),
    /// Plan replays, and read how they stand.
    ReadReplays,
    /// Deliver events once more.
    StartReplay(&'a ReplaySpec),
    /// Pause, resume, cancel or stream a replay.
    ControlReplay(ReplayId),
    /// Read or change how the server runs.
    Administer,
}

/// What somebody may see of what they may read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Access {
    /// Everything.
    All,
}

impl Access {
    /// True when the event may be shown.
    pub const fn shows(self, _event: &RecordedEvent) -> bool {
        match self {
            Self::All => true,
        }
    }
}

/// The action is not allowed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{principal} may not do this: {why}")]
pub struct Denied {
    /// Who asked.
    pub principal: String,
    /// Why not, and what to do about it.
    pub why: String,
}

/// Says who may do what.
#[async_trait]
pub trait Authorizer: Send + Sync + 'static {
    /// Allows an action, and says what of its results may be seen.
    async fn authorize(&self, principal: &Principal, action: Action<'_>) -> Result<Access, Denied>;
}

/// Everybody may do everything. Right where only this machine can connect, which the server sees to.
#[derive(Clone, Copy, Debug, Default)]
pub struct LoopbackIsTrusted;

#[async_trait]
impl Authorizer for LoopbackIsTrusted {
    async fn authorize(&self, _principal: &Principal, _action: Action<'_>) -> Result<Access, Denied> {
        Ok(Access::All)
    }
}
