//! What the tests of commands ask of a log in memory.

use serde_json::Value;

use super::{EventStory, MemoryLog, Named};
use crate::command::Command;
use crate::rebuild::Rebuild;
use crate::{Appended, EventId, Refusal};

impl MemoryLog {
    /// Plays a command that nothing refuses, and says which types of events it recorded.
    pub fn good(&mut self, command: impl Command) -> Vec<String> {
        let answer = self.command(command).unwrap();
        self.types(&answer)
    }

    /// The types of the events of an answer.
    pub fn types(&self, answer: &Appended) -> Vec<String> {
        answer.events.iter().map(|event| self.get(&event.event_id).envelope.event_type.to_string()).collect()
    }

    /// Plays a command that is refused, which changes nothing.
    pub fn refused(&mut self, command: impl Command) -> Refusal {
        let (head, states) = (self.head, self.states.clone());
        let refusal = self.command(command).unwrap_err();
        assert_eq!((self.head, &self.states), (head, &states), "{refusal}");
        refusal
    }

    /// Records one event.
    pub fn tell(&mut self, story: EventStory) -> EventStory {
        self.record([&story]);
        story
    }

    /// The newest event.
    pub fn newest(&self) -> EventId {
        self.events.last().unwrap().id()
    }

    /// The causes of an event.
    pub fn causes(&self, event: impl Named) -> Vec<EventId> {
        self.get(&event).envelope.correlation_ids.clone()
    }

    /// What an event says.
    pub fn payload(&self, event: impl Named) -> Value {
        self.get(&event).envelope.payload.read().unwrap()
    }

    /// A rebuild of the log gives what was kept live.
    pub fn rebuilds(&self) {
        let mut rebuild = Rebuild::default();
        self.events.iter().for_each(|event| rebuild.take(event.clone()));
        let (sessions, states) = rebuild.states();
        assert_eq!((sessions, states), (self.sessions.clone(), self.states.clone()));
    }
}
