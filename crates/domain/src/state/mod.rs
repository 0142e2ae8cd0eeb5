//! States: what the log amounts to, noun by noun.
//!
//! Each noun (a handoff, a session, a question …) has a module of its own with the same parts: its state, `evolve`, which is the
//! only way in which the state changes, and a file for each verb that decides something. This module holds what they share: how a
//! state is named, kept and listed.
//!
//! *Architecture invariant:* a state is a function of the log alone. What the log does not hold (a heartbeat, an extended lease) is kept
//! beside the states and never in them, so a rebuild gives byte for byte what the live path kept.

mod label;
mod query;
mod states;

use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

pub use label::{label, newest_first};
pub use query::{StatePage, StateQuery};
pub use states::{ChangedState, States};

use crate::agent::{Agent, AgentType};
use crate::checkpoint::Checkpoint;
use crate::collaboration::Collaboration;
use crate::director::{CrossServiceTask, Delegation, MisePattern};
use crate::feedback::Question;
use crate::handoff::Handoff;
use crate::session::Session;
use crate::waits::Waits;
use crate::{Timestamp, Workflow};

/// Names a state: its kind and its id within the kind.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct StateKey {
    /// What kind of thing it is the state of.
    pub kind: StateKind,
    /// Which one.
    pub id: String,
}

impl StateKey {
    /// The key of a state of a noun.
    pub fn of<N: Noun>(id: impl Into<String>) -> Self {
        Self { kind: N::KIND, id: id.into() }
    }
}

impl fmt::Display for StateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind.noun(), self.id)
    }
}

/// What ties a noun to its place in [`State`]. Made for each noun by the list below.
pub trait Kind: Sized {
    /// Its kind.
    const KIND: StateKind;

    /// Wraps it.
    fn into_state(self) -> State;

    /// Unwraps it; `None` when it is of another kind.
    fn from_state(state: State) -> Option<Self>;

    /// Looks into it; `None` when it is of another kind.
    fn in_state(state: &State) -> Option<&Self>;
}

/// A thing that has a state.
pub trait Noun: Kind + Clone + PartialEq + fmt::Debug + Serialize + DeserializeOwned + Send + Sync + 'static {
    /// Its id, unique within the kind.
    fn id(&self) -> &str;

    /// Under which labels lists find it. Each is made by [`label`].
    fn labels(&self) -> Vec<String>;

    /// Its place in lists, smallest first. It never changes, so that pages stay in order while states move.
    fn rank(&self) -> String;

    /// When the passing of time alone next changes something about it: a deadline, for one. `None`: never.
    fn due(&self) -> Option<Timestamp> {
        None
    }
}

macro_rules! nouns {
    ($($(#[$doc:meta])* $name:ident: $word:literal, $noun:literal;)*) => {
        /// Kinds of states.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum StateKind {
            $($(#[$doc])* $name,)*
        }

        impl StateKind {
            /// All kinds.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The word under which stores keep it.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }

            /// What a person calls it.
            pub const fn noun(self) -> &'static str {
                match self { $(Self::$name => $noun,)* }
            }
        }

        /// The state of one thing.
        #[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum State {
            $($(#[$doc])* $name(Box<$name>),)*
        }

        impl State {
            /// Its key.
            pub fn key(&self) -> StateKey {
                match self { $(Self::$name(state) => StateKey::of::<$name>(Noun::id(&**state)),)* }
            }

            /// See [`Noun::labels`].
            pub fn labels(&self) -> Vec<String> {
                match self { $(Self::$name(state) => Noun::labels(&**state),)* }
            }

            /// See [`Noun::rank`].
            pub fn rank(&self) -> String {
                match self { $(Self::$name(state) => Noun::rank(&**state),)* }
            }

            /// See [`Noun::due`].
            pub fn due(&self) -> Option<Timestamp> {
                match self { $(Self::$name(state) => Noun::due(&**state),)* }
            }

            /// The state as the text of a JSON object.
            ///
            /// # Errors
            /// None for what [`States`] gives out; stores report one all the same.
            pub fn to_json(&self) -> Result<String, serde_json::Error> {
                match self { $(Self::$name(state) => serde_json::to_string(&**state),)* }
            }

            /// Reads what [`State::to_json`] wrote.
            ///
            /// # Errors
            /// The text holds no state of the kind.
            pub fn from_json(kind: StateKind, json: &str) -> Result<Self, serde_json::Error> {
                match kind { $(StateKind::$name => serde_json::from_str(json).map(|state| Self::$name(Box::new(state))),)* }
            }
        }

        $(impl Kind for $name {
            const KIND: StateKind = StateKind::$name;

            fn into_state(self) -> State {
                State::$name(Box::new(self))
            }

            fn from_state(state: State) -> Option<Self> {
                match state { State::$name(state) => Some(*state), _ => None }
            }

            fn in_state(state: &State) -> Option<&Self> {
                match state { State::$name(state) => Some(state), _ => None }
            }
        })*
    };
}

nouns! {
    /// A workflow.
    Workflow: "workflow", "workflow";
    /// A piece of work on its way from one agent to another.
    Handoff: "handoff", "handoff";
    /// One run of an agent.
    Session: "session", "session";
    /// A checkpoint of an agent.
    Checkpoint: "checkpoint", "checkpoint";
    /// A question of an agent to people.
    Question: "question", "question";
    /// Agents that work on one goal.
    Collaboration: "collaboration", "collaboration";
    /// What one agent waits for.
    Waits: "waits", "waiting agent";
    /// A task over several services.
    CrossServiceTask: "cross_service_task", "cross-service task";
    /// The work on one service, given to one agent.
    Delegation: "delegation", "delegation";
    /// A pattern of tasks that services share.
    MisePattern: "mise_pattern", "mise pattern";
    /// A type of agent.
    AgentType: "agent_type", "agent type";
    /// An agent.
    Agent: "agent", "agent";
}

impl StateKind {
    /// The kind for a word that [`StateKind::as_str`] gave.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == word)
    }
}
