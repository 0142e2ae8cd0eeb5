//! What agents do, in the contract's numbers.

use god33_domain::agent::AgentState;
use god33_proto::v1::{self, ErrorReason};

use crate::wire::path::Path;
use crate::wire::violations::Violations;

/// Reads a state that must be one.
pub(super) fn parse(number: i32, at: &Path<'_>, found: &mut Violations) -> Option<AgentState> {
    match v1::AgentState::try_from(number) {
        Ok(v1::AgentState::Starting) => Some(AgentState::Starting),
        Ok(v1::AgentState::Idle) => Some(AgentState::Idle),
        Ok(v1::AgentState::Busy) => Some(AgentState::Busy),
        Ok(v1::AgentState::Draining) => Some(AgentState::Draining),
        Ok(v1::AgentState::Stopped) => Some(AgentState::Stopped),
        Ok(v1::AgentState::Failed) => Some(AgentState::Failed),
        Ok(v1::AgentState::Unspecified) | Err(_) => {
            let why =
                format!("has the number {number}, which names no state: set one of those from starting to failed");
            found.add(at, ErrorReason::InvalidField, why);
            None
        }
    }
}
