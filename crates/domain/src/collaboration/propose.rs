//! Proposing something to vote on.

use std::collections::BTreeSet;

use super::active::{active, participant, room};
use super::participants::Actor;
use super::{Ballot, Collaboration, MOST_PROPOSAL_BYTES, MOST_PROPOSALS};
use crate::command::{Author, Command, Decision, Payload, Script, View};
use crate::refusal::in_future;
use crate::{JsonText, Refusal};

/// Proposes something to vote on.
#[derive(Clone, Debug)]
pub struct CreateProposal {
    /// Who asks.
    pub author: Author,
    /// The collaboration.
    pub collaboration_id: String,
    /// The proposal, as its event will say: a JSON object. Without an id it gets that of the event.
    pub proposal: JsonText,
}

impl Command for CreateProposal {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let collaboration = active(view, &self.collaboration_id)?;
        let said = Payload::of(&self.proposal).with("collaboration_id", &self.collaboration_id);
        let actor = Actor::of_command(said.text("agent_id").as_deref(), None, &self.author);
        participant(collaboration, &actor, view)?;
        let mut script = Script::new(&self.author, view);
        let proposal_id = said.text("proposal_id").unwrap_or_else(|| script.next_event_id().to_string());
        if collaboration.proposals.iter().any(|ballot| ballot.proposal_id == proposal_id) {
            let why = format!("is {proposal_id}, which exists: vote on that one, or use another id");
            return Err(Refusal::InvalidField { field: "proposal.proposal_id", why });
        }
        let options: Vec<String> = said.read("options").unwrap_or_default();
        check_options(&options)?;
        in_future("proposal.deadline", said.read("deadline"), view.now)?;
        let bytes = said.text("proposal").unwrap_or_default().len() + options.iter().map(String::len).sum::<usize>();
        check_room(collaboration, bytes)?;
        let payload = said.with("proposal_id", &proposal_id);
        script.record("agent.collaboration.proposal.created", collaboration.started_event_id, payload)?;
        Ok(script.about::<Collaboration>(&self.collaboration_id))
    }
}

fn check_room(collaboration: &Collaboration, bytes: usize) -> Result<(), Refusal> {
    let open: Vec<&Ballot> = collaboration.proposals.iter().filter(|ballot| !ballot.decided).collect();
    let cure = "decide on those that are open first";
    room("open proposals", open.len() + 1, MOST_PROPOSALS, cure)?;
    let others: usize = open.iter().map(|ballot| ballot.bytes()).sum();
    room("bytes of open proposals", others + bytes, MOST_PROPOSAL_BYTES, cure)
}

fn check_options(options: &[String]) -> Result<(), Refusal> {
    let mut seen = BTreeSet::new();
    let wrong = options.iter().find(|option| option.is_empty() || !seen.insert(*option));
    wrong.map_or(Ok(()), |option| {
        let why = format!("has \"{option}\" twice or empty: name each option once");
        Err(Refusal::InvalidField { field: "proposal.options", why })
    })
}
