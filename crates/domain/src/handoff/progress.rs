//! Reporting how far work is.

use super::Handoff;
use super::holder::Holder;
use super::lease::held;
use crate::command::{Author, Command, Decision, Payload, Script, View};
use crate::{JsonText, Refusal};

/// Reports how far work is.
#[derive(Clone, Debug)]
pub struct ReportProgress {
    /// Who asks.
    pub author: Author,
    /// The handoff.
    pub handoff_id: String,
    /// Token under which the caller holds it.
    pub fencing_token: u64,
    /// How far it is, in percent, 0 to 100.
    pub progress_pct: Option<f64>,
    /// How far it is, in a sentence.
    pub summary: Option<String>,
    /// What the next one to take it needs to know: a JSON object.
    pub details: Option<JsonText>,
}

impl Command for ReportProgress {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let handoff = held(view, &self.handoff_id, self.fencing_token)?;
        if let Some(percent) = self.progress_pct.filter(|percent| !(0.0..=100.0).contains(percent)) {
            let why = format!("is {percent}: give 0 to 100");
            return Err(Refusal::InvalidField { field: "progress_pct", why });
        }
        let holder = Holder::of(view, handoff);
        let mut script = Script::new(&self.author, view);
        holder.speak(&mut script);
        let payload = Payload::new()
            .with("handoff_id", &self.handoff_id)
            .with_some("session_id", holder.session_id)
            .with_some("progress_pct", self.progress_pct)
            .with_some("summary", self.summary.as_ref())
            .with_some("details", self.details.as_ref());
        script.record("agent.handoff.progress", handoff.accepted_event_id, payload)?;
        Ok(script.about::<Handoff>(&self.handoff_id))
    }
}
