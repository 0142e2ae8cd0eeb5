//! Where replays are planned, started and changed, on any node.

use std::sync::Arc;

use god33_domain::ports::{Bus, Clock, Kept, Store, StoreError};
use god33_domain::replay::{Replay, ReplayId, ReplayRange, ReplayRefusal, ReplaySpec, ReplaySurvey};
use god33_domain::{Position, Request};

use super::target::{self, NoTarget};

/// How often a change is tried again when somebody else was faster. The one who runs a replay saves once a second.
const TRIES: usize = 20;

/// Why a replay was not started or changed.
#[derive(Debug, thiserror::Error)]
pub enum ReplayError {
    /// It was not asked for in the right way.
    #[error(transparent)]
    Refused(#[from] ReplayRefusal),
    /// Its target cannot take it.
    #[error(transparent)]
    Target(#[from] NoTarget),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Plans, starts and changes replays.
pub struct Desk {
    /// Where replays are kept.
    pub store: Arc<dyn Store>,
    /// What they may go to.
    pub bus: Arc<dyn Bus>,
    /// The server's clock.
    pub clock: Arc<dyn Clock>,
}

impl Desk {
    /// Says what a replay would deliver.
    ///
    /// # Errors
    /// When the range begins before what is kept, or the store fails.
    pub async fn plan(&self, range: ReplayRange) -> Result<ReplaySurvey, StoreError> {
        let range = self.within_the_log(range).await?;
        self.store.survey(&range).await
    }

    /// Starts a replay.
    ///
    /// # Errors
    /// When its target cannot take it, the range begins before what is kept, or the store fails.
    pub async fn start(&self, spec: ReplaySpec, by: &str, request: Option<&Request>) -> Result<Replay, ReplayError> {
        if let Some(first) = self.first_answer(request).await? {
            return Ok(first);
        }
        let range = self.within_the_log(spec.range).await?;
        let spec = ReplaySpec { range, ..spec };
        target::check(self.bus.as_ref(), &spec).await?;
        let total = self.store.survey(&spec.range).await?.total();
        let replay = Replay::begin(ReplayId::generate(), spec, total, by.to_owned(), self.clock.now());
        match self.store.keep_replay(&replay, request).await? {
            Kept::Yes => Ok(replay),
            Kept::Stale => self.first_answer(request).await?.ok_or_else(|| busy("start a replay").into()),
        }
    }

    /// Changes a replay: `step` says what becomes of it as it stands.
    ///
    /// # Errors
    /// When there is none, the step refuses, or the store fails.
    pub async fn change(
        &self,
        id: ReplayId,
        request: Option<&Request>,
        step: impl Fn(Replay) -> Result<Replay, ReplayRefusal> + Send,
    ) -> Result<Replay, ReplayError> {
        for _ in 0..TRIES {
            if let Some(first) = self.first_answer(request).await? {
                return Ok(first);
            }
            let changed = step(self.get(id).await?)?;
            if self.store.keep_replay(&changed, request).await? == Kept::Yes {
                return Ok(changed);
            }
        }
        Err(busy("change a replay that others change all the time").into())
    }

    /// A replay.
    ///
    /// # Errors
    /// When there is none, or the store fails.
    pub async fn get(&self, id: ReplayId) -> Result<Replay, ReplayError> {
        Ok(self.store.replay(id).await?.ok_or_else(|| ReplayRefusal::NotFound(id.to_string()))?)
    }

    async fn first_answer(&self, request: Option<&Request>) -> Result<Option<Replay>, ReplayError> {
        let Some(request) = request else { return Ok(None) };
        match self.store.replay_answer(request.id).await? {
            Some((digest, _)) if digest != request.digest => Err(ReplayRefusal::RequestIdReused(request.id).into()),
            first => Ok(first.map(|(_, replay)| replay)),
        }
    }

    /// The range between the ends that the log has now. 0 stands for an end.
    async fn within_the_log(&self, range: ReplayRange) -> Result<ReplayRange, StoreError> {
        let info = self.store.info().await?;
        let before_earliest = info.earliest.previous();
        if range.after > Position::START && range.after < before_earliest {
            return Err(StoreError::Compacted { earliest: info.earliest });
        }
        let head = info.head.position;
        let until = if range.until == Position::START { head } else { range.until.min(head) };
        let after = range.after.max(before_earliest);
        Ok(ReplayRange { after, until: until.max(after), ..range })
    }
}

fn busy(operation: &'static str) -> StoreError {
    StoreError::Unavailable { operation, source: "somebody else was always faster".into() }
}
