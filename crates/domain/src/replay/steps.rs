//! What becomes of a replay. Each step is taken from the states in which it makes sense, and raises the version by one.

use uuid::Uuid;

use super::{Replay, ReplayId, ReplayProgress, ReplayRefusal, ReplaySpec, ReplayState, ReplayTarget};
use crate::Timestamp;

impl Replay {
    /// A replay that begins now.
    pub fn begin(replay_id: ReplayId, spec: ReplaySpec, total: u64, started_by: String, now: Timestamp) -> Self {
        Self {
            replay_id,
            version: 1,
            position: spec.range.after,
            spec,
            state: ReplayState::Running,
            delivered: 0,
            total,
            reached: None,
            streamed_by: None,
            started_at: now,
            ended_at: None,
            started_by,
            failure: None,
        }
    }

    /// Halts it.
    ///
    /// # Errors
    /// When it does not run.
    pub fn pause(self) -> Result<Self, ReplayRefusal> {
        match self.state {
            ReplayState::Running => Ok(self.changed(|replay| replay.state = ReplayState::Paused)),
            _ => Err(self.refuse(&["running"], "only what runs can be paused")),
        }
    }

    /// Lets it go on.
    ///
    /// # Errors
    /// When it is not paused.
    pub fn resume(self) -> Result<Self, ReplayRefusal> {
        match self.state {
            ReplayState::Paused => Ok(self.changed(|replay| replay.state = ReplayState::Running)),
            _ => Err(self.refuse(&["paused"], "start a new replay after its position when it has ended")),
        }
    }

    /// Ends it.
    ///
    /// # Errors
    /// When it has ended.
    pub fn cancel(self, now: Timestamp) -> Result<Self, ReplayRefusal> {
        if self.state.has_ended() {
            return Err(self.refuse(&["running", "paused"], "nothing is left to cancel"));
        }
        Ok(self.ended(ReplayState::Cancelled, now))
    }

    /// Gives it to a stream.
    ///
    /// # Errors
    /// When its target is another one, or it has ended.
    pub fn stream_by(self, stream: Uuid) -> Result<Self, ReplayRefusal> {
        let target = match self.spec.target {
            ReplayTarget::Stream => None,
            ReplayTarget::Exchange(_) => Some("an exchange"),
            ReplayTarget::Subscription(_) => Some("a durable subscription"),
        };
        if let Some(target) = target {
            return Err(ReplayRefusal::NotAStream(self.replay_id, target));
        }
        if self.state.has_ended() {
            return Err(self.refuse(&["running", "paused"], "start a new replay for what you have not received"));
        }
        Ok(self.changed(|replay| replay.streamed_by = Some(stream)))
    }

    /// Notes how far it has come. What comes late, after somebody else has brought it further, changes nothing.
    #[must_use]
    pub fn progressed(self, progress: ReplayProgress) -> Self {
        if progress.position < self.position {
            return self;
        }
        self.changed(|replay| {
            replay.position = progress.position;
            replay.delivered = progress.delivered;
            // Events can come to belong to what the filter names while it runs.
            replay.total = replay.total.max(progress.delivered);
            replay.reached = progress.reached;
        })
    }

    /// Everything was delivered.
    #[must_use]
    pub fn complete(self, now: Timestamp) -> Self {
        let mut replay = self.ended(ReplayState::Completed, now);
        replay.position = replay.spec.range.until;
        replay
    }

    /// It gives up.
    #[must_use]
    pub fn fail(self, why: String, now: Timestamp) -> Self {
        let mut replay = self.ended(ReplayState::Failed, now);
        replay.failure = Some(why);
        replay
    }

    /// How far it has come.
    pub const fn progress(&self) -> ReplayProgress {
        ReplayProgress { position: self.position, delivered: self.delivered, reached: self.reached }
    }

    fn ended(self, state: ReplayState, now: Timestamp) -> Self {
        self.changed(|replay| {
            replay.state = state;
            replay.ended_at = Some(now);
            replay.streamed_by = None;
        })
    }

    fn changed(mut self, change: impl FnOnce(&mut Self)) -> Self {
        self.version += 1;
        change(&mut self);
        self
    }

    const fn refuse(&self, allowed: &'static [&'static str], cure: &'static str) -> ReplayRefusal {
        ReplayRefusal::WrongState { replay_id: self.replay_id, state: self.state, allowed, cure }
    }
}
