//! Words of the contract's enums, on the command line and in tables: read from the contract, so that neither can lag behind it.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use god33_proto::POOL;
use god33_proto::schema::{enum_value, enum_word};
use god33_proto::v1;

/// An enum of the contract.
pub(in crate::cli) trait Word: TryFrom<i32> + Into<i32> + Clone + Send + Sync + 'static {
    /// Its full name.
    const NAME: &'static str;
}

/// Names enums of the contract whose words stand on the command line or in tables.
macro_rules! words_of {
    ($($name:ident),+ $(,)?) => {
        $(impl Word for v1::$name {
            const NAME: &'static str = concat!("god33.v1.", stringify!($name));
        })+
    };
}

words_of!(
    AgentState,
    AgentTaskStatus,
    CheckpointType,
    CollaborationState,
    ContextLevel,
    CoordinationStrategy,
    CrossServiceTaskState,
    DeadlockPolicy,
    HandoffState,
    HandoffTargetKind,
    InstructionKind,
    OrderingKey,
    ParkedKeyPolicy,
    ParticipantState,
    Priority,
    QuestionState,
    ReplayState,
    ServiceWorkState,
    SessionStatus,
    WorkflowPhase,
    WorkflowStatus,
);

/// Reads a word of an enum. The unspecified value, which says the same as none, has no word.
pub(in crate::cli) fn words<E: Word>() -> impl TypedValueParser<Value = E> {
    let declared = POOL.get_enum_by_name(E::NAME);
    let words = declared.iter().flat_map(|declared| declared.values()).filter(|value| value.number() != 0);
    PossibleValuesParser::new(words.map(|value| enum_word(&value)).collect::<Vec<_>>()).try_map(|word| {
        let declared = POOL.get_enum_by_name(E::NAME);
        let number = declared.and_then(|declared| enum_value(&declared, &word)).map(|value| value.number());
        number.and_then(|number| E::try_from(number).ok()).ok_or_else(|| format!("{word} is no word of {}", E::NAME))
    })
}

/// The word of a value, for a table; `-` for the unspecified one.
pub(in crate::cli) fn word<E: Word>(value: E) -> String {
    let number = value.into();
    let value = POOL.get_enum_by_name(E::NAME).and_then(|declared| declared.get_value(number));
    value.filter(|_| number != 0).map_or_else(|| "-".into(), |value| enum_word(&value))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use clap::{Arg, Command};
    use god33_proto::v1::{CheckpointType, Priority};

    use super::*;

    #[test]
    fn words_are_those_of_the_contract() {
        let command = Command::new("test").arg(Arg::new("type").value_parser(words::<CheckpointType>()));
        let read = command.clone().try_get_matches_from(["test", "pre-handoff"]).unwrap();
        assert_eq!(read.get_one::<CheckpointType>("type"), Some(&CheckpointType::PreHandoff));
        let refused = command.try_get_matches_from(["test", "unspecified"]).unwrap_err().to_string();
        assert!(refused.contains("progress, milestone, pre-handoff"), "{refused}");
    }

    #[test]
    fn a_value_is_shown_by_its_word() {
        assert_eq!(word(CheckpointType::PreHandoff), "pre-handoff");
        assert_eq!(word(Priority::Background), "background");
        assert_eq!(word(Priority::Unspecified), "-");
    }
}
