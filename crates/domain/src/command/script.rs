//! Writes a decision down, event by event.

use super::{Author, Payload, View};
use crate::belonging::FRAMEWORKS;
use crate::limits::Limits;
use crate::session::Session;
use crate::state::{Noun, StateKey};
use crate::{Envelope, EventId, EventType, JsonText, NewEvent, Refusal};

/// What a command comes to.
#[derive(Clone, Debug)]
pub struct Decision {
    /// Its events, in order.
    pub events: Vec<NewEvent>,
    /// The states that the answer shows as they are after the command, the one that it is about first.
    pub subjects: Vec<StateKey>,
}

/// A decision in the making.
pub struct Script<'a> {
    author: &'a Author,
    view: &'a View<'a>,
    speaker: Option<JsonText>,
    events: Vec<NewEvent>,
}

impl<'a> Script<'a> {
    /// Begins a decision.
    pub fn new(author: &'a Author, view: &'a View<'a>) -> Self {
        Self { author, view, speaker: author.agent_context.clone(), events: Vec::new() }
    }

    /// The agent of a session is behind the events that follow, where the author did not say who is.
    pub fn speaking_for(&mut self, session: &Session) {
        let (instance, checkpoint) = (session.agent_instance_id.as_deref(), session.checkpoint_id.as_deref());
        self.speak(&session.framework, &session.agent_type, instance, checkpoint);
    }

    /// An agent of a type is behind the events that follow, where the author did not say who is.
    pub fn speaking_as(&mut self, agent_type: &str, instance_id: Option<&str>, checkpoint_id: Option<&str>) {
        let framework = agent_type.split('-').next().unwrap_or_default();
        self.speak(framework, agent_type, instance_id, checkpoint_id);
    }

    /// What an agent runs on stands as its type where everybody knows the word, as upstream has it: it is then known by its instance.
    fn speak(&mut self, framework: &str, agent_type: &str, instance_id: Option<&str>, checkpoint_id: Option<&str>) {
        if self.author.agent_context.is_some() || agent_type.is_empty() {
            return;
        }
        let runs_on = if FRAMEWORKS.contains(&framework) { framework } else { agent_type };
        let context = Payload::new()
            .with("type", runs_on)
            .with("name", agent_type)
            .with_some("instance_id", instance_id)
            .with_some("checkpoint_id", checkpoint_id);
        self.speaker = Some(context.into_json());
    }

    /// The server is behind the events that follow, whoever asked.
    pub fn speaking_for_the_server(&mut self) {
        self.speaker = None;
    }

    /// The id that the next event will have.
    pub fn next_event_id(&self) -> EventId {
        self.author.nth_event_id(self.events.len())
    }

    /// Adds an event. The first one also names the causes that the author named.
    ///
    /// # Errors
    /// When what was asked comes to no valid event, such as one that is too large.
    pub fn record(
        &mut self,
        event_type: &str,
        causes: impl IntoIterator<Item = EventId>,
        payload: Payload,
    ) -> Result<EventId, Refusal> {
        let event_id = self.next_event_id();
        let further = if self.events.is_empty() { self.author.correlation_ids.as_slice() } else { &[] };
        let mut correlation_ids: Vec<EventId> = Vec::new();
        for cause in causes.into_iter().chain(further.iter().copied()) {
            if !correlation_ids.contains(&cause) {
                correlation_ids.push(cause);
            }
        }
        let author = self.author;
        let envelope = Envelope {
            event_id,
            event_type: EventType::from_trusted(event_type.into()),
            timestamp: author.timestamp.unwrap_or(self.view.now),
            version: "1.0.0".into(),
            source: author.source.clone(),
            correlation_ids,
            causation_id: None,
            chain_id: author.chain_id.clone(),
            traceparent: author.traceparent.clone(),
            agent_context: self.speaker.clone(),
            payload: payload.into_json(),
            custom: false,
            extensions: None,
        };
        let server_time = author.timestamp.is_none();
        let event = NewEvent::from_client(envelope, server_time, &Limits::default()).map_err(Refusal::Invalid)?;
        self.events.push(event);
        Ok(event_id)
    }

    /// Ends the decision. The answer shows these states.
    pub fn showing(self, subjects: impl IntoIterator<Item = StateKey>) -> Decision {
        Decision { events: self.events, subjects: subjects.into_iter().collect() }
    }

    /// Ends the decision. The answer shows this state.
    pub fn about<N: Noun>(self, id: &str) -> Decision {
        self.showing([StateKey::of::<N>(id)])
    }
}
