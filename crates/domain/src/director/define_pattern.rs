//! Defining a pattern.

use super::MisePattern;
use crate::collaboration::Collaboration;
use crate::command::{Author, Command, Decision, Payload, Script, View};
use crate::{EventId, JsonText, Refusal};

/// Defines a pattern of tasks.
#[derive(Clone, Debug)]
pub struct DefineMisePattern {
    /// Who defines it.
    pub author: Author,
    /// The pattern, as its event will say: a JSON object.
    pub pattern: JsonText,
}

impl Command for DefineMisePattern {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let pattern = Payload::of(&self.pattern);
        let mut script = Script::new(&self.author, view);
        let id = pattern.text("pattern_id").unwrap_or_else(|| script.next_event_id().to_string());
        if view.get::<MisePattern>(&id).is_some() {
            let why = format!(
                "{id} is defined already: leave it out, or choose another, since what follows a pattern relies on it"
            );
            return Err(Refusal::InvalidField { field: "pattern.pattern_id", why });
        }
        let causes = causes(view, &pattern);
        script.record("mise.pattern.defined", causes, pattern.with("pattern_id", &id))?;
        Ok(script.about::<MisePattern>(&id))
    }
}

fn causes(view: &View<'_>, pattern: &Payload) -> Vec<EventId> {
    let collaboration = pattern.text("collaboration_id").and_then(|id| view.get::<Collaboration>(&id));
    let known = collaboration.map(|known| [known.started_event_id, known.standardization_event_id]);
    known.into_iter().flatten().flatten().collect()
}
