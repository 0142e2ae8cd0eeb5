//! What the tests of this crate share: the builders of the conformance suite, and a log in memory.

// The builders are compiled into this crate's tests rather than linked, since a linked copy would build another crate's types.
#[path = "../../conformance/src/story.rs"]
#[allow(dead_code, clippy::expect_used)]
mod story;

#[path = "../../conformance/src/coordination.rs"]
pub mod coordination;

mod memory;
mod play;

pub use memory::MemoryLog;
pub use story::{EventStory, Named, ProposalStory, event, from_bus, proposal};

use crate::{Position, RecordedEvent, Timestamp};

/// The event as the first of a log, belonging where it says.
pub fn recorded(story: EventStory) -> RecordedEvent {
    let event = story.build();
    RecordedEvent {
        envelope: event.envelope,
        position: Position::new(1),
        recorded_at: Timestamp::EPOCH,
        belonging: event.said,
        digest: event.digest,
        principal: "test".into(),
        bus: event.bus,
    }
}
