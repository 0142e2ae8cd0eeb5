//! States as the contract's messages.
//!
//! A state's JSON has the names of the contract's fields, so one table-driven reader shows them all. What is kept beside the log is added by
//! the handlers of the noun.

use god33_domain::Position;
use god33_domain::state::{Noun, StateKey};
use prost::Message;
use prost_reflect::ReflectMessage;

use crate::wire::json;
use crate::wire::status::Failure;
use crate::{Action, App, Principal};

/// A state as its message.
pub(crate) fn message<N: Noun, M: Message + ReflectMessage + Default>(state: &N) -> Result<M, Failure> {
    let text = serde_json::to_string(state).map_err(|error| defect(&error))?;
    json::state(&text).map_err(|misfit| defect(&misfit))
}

fn defect(error: &dyn std::fmt::Display) -> Failure {
    Failure::defect(&format!("a state cannot be shown: it {error}"))
}

/// A state that was read, and the position up to which it holds.
pub(crate) struct Shown<N> {
    /// The state.
    pub(crate) state: N,
    /// Up to here nothing of it is missing.
    pub(crate) position: Position,
}

/// Reads a state that must be there.
pub(crate) async fn find<N: Noun>(
    app: &App,
    principal: &Principal,
    id: &str,
    min_position: u64,
) -> Result<Shown<N>, Failure> {
    let reader = app.reader(principal, Action::ReadStates(N::KIND, Some(id)), min_position).await?;
    // Asked for before the state is read, so the state holds at least up to here.
    let position = app.tail.head();
    let state = reader.state::<N>(id).await?.ok_or_else(|| not_found(&StateKey::of::<N>(id)))?;
    Ok(Shown { state, position })
}

/// Nothing of this key is known.
pub(crate) fn not_found(key: &StateKey) -> Failure {
    god33_domain::Refusal::NotFound { kind: key.kind, id: key.id.clone() }.into()
}
