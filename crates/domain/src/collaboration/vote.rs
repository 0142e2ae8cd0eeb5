//! Voting.

use super::active::{active, participant};
use super::participants::Actor;
use super::{Ballot, Collaboration};
use crate::command::{Author, Command, Decision, Payload, Script, View};
use crate::state::Kind;
use crate::{JsonText, Refusal};

/// Votes. With the vote that settles it the vote ends, in the same decision.
#[derive(Clone, Debug)]
pub struct Vote {
    /// Who asks.
    pub author: Author,
    /// The collaboration.
    pub collaboration_id: String,
    /// The proposal.
    pub proposal_id: String,
    /// The vote, as its event will say: a JSON object.
    pub vote: JsonText,
}

impl Command for Vote {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let collaboration = active(view, &self.collaboration_id)?;
        let ballot = collaboration.proposals.iter().find(|ballot| ballot.proposal_id == self.proposal_id);
        let ballot = ballot.ok_or_else(|| Refusal::ProposalNotFound(self.proposal_id.clone()))?;
        let payload = Payload::of(&self.vote)
            .with("collaboration_id", &self.collaboration_id)
            .with("proposal_id", &self.proposal_id);
        let actor = Actor::of_command(payload.text("agent_id").as_deref(), None, &self.author);
        let voter = &participant(collaboration, &actor, view)?.agent_id;
        let chosen = payload.text("vote").unwrap_or_default();
        self.check(ballot, voter, &chosen, view)?;
        let mut script = Script::new(&self.author, view);
        let voted = script.record("agent.collaboration.proposal.voted", [ballot.created_event_id], payload)?;
        let mut ballot = ballot.clone();
        ballot.count(voter, &chosen, voted);
        if ballot.is_settled(collaboration) {
            script.speaking_for_the_server();
            ballot.decide(collaboration, &mut script)?;
        }
        Ok(script.about::<Collaboration>(&self.collaboration_id))
    }
}

impl Vote {
    fn check(&self, ballot: &Ballot, voter: &str, chosen: &str, view: &View<'_>) -> Result<(), Refusal> {
        if ballot.votes.contains_key(voter) {
            return Err(Refusal::AlreadyVoted { proposal_id: self.proposal_id.clone(), agent_id: voter.to_owned() });
        }
        if ballot.decided || ballot.deadline.is_some_and(|deadline| deadline <= view.now) {
            return Err(Refusal::WrongState {
                kind: <Collaboration as Kind>::KIND,
                id: self.collaboration_id.clone(),
                state: "past this vote",
                allowed: &["before its end"],
                cure: "what was decided stands, make another proposal",
            });
        }
        if ballot.options.iter().any(|option| option == chosen) {
            return Ok(());
        }
        let (chosen, options) = (chosen.to_owned(), ballot.options.clone());
        Err(Refusal::InvalidOption { field: "vote.vote", chosen, options })
    }
}
