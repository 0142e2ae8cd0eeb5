//! Work that is held out to a session, until it is answered or the caller is gone.

use std::sync::Arc;

use god33_domain::Timestamp;
use god33_domain::handoff::Handoff;
use god33_domain::ports::{Reservation, StoreError};

use super::claims::Claims;
use crate::App;

/// Work that is held out to a session. Dropped while nobody knows of it, it is for others again.
pub(super) struct HeldOut {
    pub(super) app: Arc<App>,
    claims: Arc<Claims>,
    pub(super) handoff: Arc<Handoff>,
    session_id: String,
    pub(super) until: Timestamp,
    /// The session has it held out already, through an earlier call.
    was_held_out: bool,
    is_over: bool,
}

impl HeldOut {
    /// Work that is marked, and not reserved yet.
    pub(super) const fn new(
        app: Arc<App>,
        claims: Arc<Claims>,
        handoff: Arc<Handoff>,
        session_id: String,
        until: Timestamp,
        was_held_out: bool,
    ) -> Self {
        Self { app, claims, handoff, session_id, until, was_held_out, is_over: false }
    }

    /// Reserves it in the store. `None` when another session has it.
    pub(super) async fn reserve(mut self) -> Result<Option<Self>, StoreError> {
        let now = self.app.clock.now();
        let id = &self.handoff.handoff_id;
        let Reservation { session_id, until } = self.app.store.reserve(id, &self.session_id, now, self.until).await?;
        if session_id == self.session_id {
            return Ok(Some(self));
        }
        self.claims.is_with(&self.handoff, session_id, until, now);
        self.is_over = true;
        Ok(None)
    }

    /// The session knows of it: it stays held out until it is answered or its time is over.
    pub(super) fn keep(mut self) {
        self.is_over = true;
        self.claims.arrived(&self.handoff.handoff_id, &self.session_id);
    }

    /// The session has taken it, or somebody was faster: what the board shows of it is no offer any more.
    pub(super) async fn close(mut self) {
        self.is_over = true;
        let after = Handoff { version: self.handoff.version + 1, ..self.handoff.as_ref().clone() };
        self.claims.answered(&self.app, &after, &self.session_id).await;
    }

    /// It is for others.
    pub(super) async fn end(mut self) {
        self.is_over = true;
        self.claims.end(&self.app, &self.handoff, &self.session_id).await;
    }
}

impl Drop for HeldOut {
    fn drop(&mut self) {
        if self.is_over {
            return;
        }
        if self.was_held_out {
            return self.claims.arrived(&self.handoff.handoff_id, &self.session_id);
        }
        // Where no runtime is left, neither is the server: the time passes.
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        let (app, claims) = (self.app.clone(), self.claims.clone());
        let (handoff, session_id) = (self.handoff.clone(), std::mem::take(&mut self.session_id));
        runtime.spawn(async move { claims.end(&app, &handoff, &session_id).await });
    }
}
