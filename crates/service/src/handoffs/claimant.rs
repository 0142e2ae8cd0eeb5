//! Who claims work.

use god33_domain::agent::AgentType;
use god33_domain::handoff::{Claimant, Handoff, Lane};
use god33_domain::session::{Session, SessionStatus};
use god33_domain::state::Kind;
use god33_domain::{Refusal, SessionId};
use god33_log::{Concern, Listener};
use god33_proto::v1::{self, ErrorReason};

use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{id, plain_text};
use crate::{Action, App, Principal, show};

/// Reads who claims.
pub(super) fn parse(claimant: Option<&v1::Claimant>, found: &mut Violations) -> Option<Claimant> {
    let at = Path::Request.member("claimant");
    let Some(claimant) = claimant else {
        found.add(&at, ErrorReason::InvalidField, "is required: name at least its session_id");
        return None;
    };
    let session: Option<SessionId> =
        id::label(&claimant.session_id, &at.member("session_id"), ErrorReason::InvalidField, found);
    let mut name =
        |text: &str, field| plain_text::optional(text, 255, ErrorReason::InvalidField, &at.member(field), found);
    Some(Claimant {
        agent_type: name(&claimant.agent_type, "agent_type"),
        agent_instance_id: name(&claimant.agent_instance_id, "agent_instance_id"),
        workflow_id: name(&claimant.workflow_id, "workflow_id"),
        session_id: session?.as_str().to_owned(),
        capabilities: claimant.capabilities.clone(),
        task_types: claimant.task_types.clone(),
        checkpoint_schema_versions: claimant.checkpoint_schema_versions.clone(),
    })
}

/// A claimant that can take work now, with what is known of it.
pub(super) struct Able {
    pub(super) claimant: Claimant,
    pub(super) session: Session,
    agent_type: Option<AgentType>,
    /// Where work for it waits.
    pub(super) lanes: Vec<Lane>,
}

impl Able {
    pub(super) fn may_take(&self, handoff: &Handoff) -> bool {
        self.claimant.may_take(handoff, &self.session, self.agent_type.as_ref()).is_ok()
    }
}

/// Looks up who claims. `who` hears of it when that changes.
///
/// # Errors
/// The session is not known, or is not active.
pub(super) async fn find(
    app: &App,
    principal: &Principal,
    claimant: Claimant,
    who: &mut Listener,
) -> Result<Able, Failure> {
    let reader = app.reader(principal, Action::ReadStates(Session::KIND, Some(&claimant.session_id)), 0).await?;
    let of_session = Concern::Session(claimant.session_id.clone());
    who.listen_for([of_session.clone()]);
    let session = match app.board.session(&claimant.session_id) {
        Some(session) => session.as_ref().clone(),
        None => show::find::<Session>(app, principal, &claimant.session_id, 0).await?.state,
    };
    if let Some(new_session_id) = session.recovered_by.clone() {
        return Err(Refusal::SessionSuperseded { session_id: session.session_id, new_session_id }.into());
    }
    if session.status != Some(SessionStatus::Active) {
        return Err(not_active(&session));
    }
    let name = claimant.type_with(&session);
    who.listen_for([of_session, Concern::AgentType(name.to_owned())]);
    let agent_type = reader.state::<AgentType>(name).await?;
    let lanes = claimant.lanes(&session, agent_type.as_ref());
    Ok(Able { claimant, session, agent_type, lanes })
}

fn not_active(session: &Session) -> Failure {
    let refusal = Refusal::WrongState {
        kind: Session::KIND,
        id: session.session_id.clone(),
        state: session.status.map_or("unknown", SessionStatus::as_str),
        allowed: &["active"],
        cure: "resume it, or claim with another session",
    };
    refusal.into()
}
