//! Lists of states.

use super::{State, StateKind};

/// One page of states to read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StateQuery {
    /// Of this kind.
    pub kind: StateKind,
    /// Each of these must hold; one holds when the state has one of its labels. Put first what chooses fewest.
    pub having: Vec<Vec<String>>,
    /// Only those after this rank and id.
    pub after: Option<(String, String)>,
    /// At most this many.
    pub limit: usize,
}

/// One page of states.
#[derive(Clone, PartialEq, Debug)]
pub struct StatePage {
    /// By rank; those of one rank by id.
    pub states: Vec<State>,
    /// More of them follow.
    pub has_more: bool,
}
