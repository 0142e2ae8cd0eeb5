//! What calls that change how the server runs have in common: they need the right to, a repeat of one gets its first answer, and who
//! made them is kept.

use std::sync::Arc;

use god33_domain::Refusal;
use god33_domain::ports::AuditEntry;
use god33_proto::v1::ErrorReason;
use prost::Message;

use crate::wire::request;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::{Action, App, AppError, Principal};

/// A call, for the audit.
#[derive(Clone, Debug)]
pub(super) struct Call {
    principal: Principal,
    method: &'static str,
    subject: String,
}

impl Call {
    /// A call of `AdminService`, and what it is about.
    pub(super) fn new<R>(
        request: &tonic::Request<R>,
        method: &'static str,
        subject: impl FnOnce(&R) -> String,
    ) -> Result<Self, Failure> {
        let principal = Principal::of(request.extensions())?.clone();
        Ok(Self { principal, method, subject: subject(request.get_ref()) })
    }

    /// Sees that the caller may do it.
    pub(super) async fn authorize(&self, app: &App) -> Result<(), Failure> {
        let allowed = app.authorizer.authorize(&self.principal, Action::Administer).await;
        allowed.map(drop).map_err(|denied| AppError::from(denied).into())
    }

    /// The entry of a call that was not refused.
    pub(super) fn entry(&self, app: &App) -> AuditEntry {
        AuditEntry {
            at: app.clock.now(),
            principal: self.principal.name.clone(),
            method: format!("god33.v1.AdminService/{}", self.method),
            subject: self.subject.clone(),
            refused: None,
            peer: String::new(),
            node_id: app.node.id,
        }
    }

    /// Keeps that the call was made, and whether it was refused.
    pub(super) async fn keep<T>(&self, app: &App, outcome: Result<T, Failure>) -> Result<T, Failure> {
        let refused = outcome.as_ref().err().map(|failure| failure.reason().reason().to_owned());
        let entry = AuditEntry { refused, ..self.entry(app) };
        if let Err(error) = app.store.audit(&entry).await {
            let error: &dyn std::error::Error = &error;
            tracing::error!(error, ?entry, "who called what could not be kept");
        }
        outcome
    }

    /// Keeps the call only when it was refused; the others keep it themselves.
    pub(super) async fn keep_refusal<T>(&self, app: &App, outcome: Result<T, Failure>) -> Result<T, Failure> {
        if outcome.is_ok() { outcome } else { self.keep(app, outcome).await }
    }
}

/// Does something once for each request id.
pub(super) async fn once<M: Message, A: Message + Default>(
    app: &Arc<App>,
    request_id: &str,
    rpc: &str,
    message: &M,
    act: impl AsyncFnOnce() -> Result<A, Failure>,
) -> Result<A, Failure> {
    let memory = Memory::of(request_id, rpc, message)?;
    if let Some(answer) = memory.answer(app).await? {
        return Ok(answer);
    }
    let answer = act().await?;
    memory.keep(app, &answer).await?;
    Ok(answer)
}

/// The answer to a request, as far as it has an id.
#[derive(Clone, Copy, Debug)]
pub(super) struct Memory(Option<god33_domain::Request>);

impl Memory {
    pub(super) fn of<M: Message>(request_id: &str, rpc: &str, message: &M) -> Result<Self, Failure> {
        let mut found = Violations::default();
        let request = request::parse(request_id, rpc, message, &mut found);
        found.finish()?;
        Ok(Self(request))
    }

    /// What was answered before.
    pub(super) async fn answer<A: Message + Default>(&self, app: &App) -> Result<Option<A>, Failure> {
        let Some(request) = self.0 else { return Ok(None) };
        match app.store.kept_answer(request.id).await.map_err(AppError::from)? {
            Some((digest, _)) if digest != request.digest => Err(Refusal::RequestIdReused(request.id).into()),
            Some((_, answer)) => A::decode(answer)
                .map(Some)
                .map_err(|error| Failure::defect(&format!("an answer that was kept cannot be read: {error}"))),
            None => Ok(None),
        }
    }

    pub(super) async fn keep<A: Message>(&self, app: &App, answer: &A) -> Result<(), Failure> {
        let Some(request) = self.0 else { return Ok(()) };
        let kept = app.store.keep_answer(request.id, request.digest, &answer.encode_to_vec(), app.clock.now()).await;
        Ok(kept.map_err(AppError::from)?)
    }
}

/// Reads the reason that was kept of a refusal; one that this server does not know counts as unspecified.
pub(super) fn refused(word: Option<&str>) -> ErrorReason {
    word.and_then(ErrorReason::from_reason).unwrap_or(ErrorReason::Unspecified)
}
