//! Votes, and when they are over.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Collaboration;
use crate::command::{Payload, Script};
use crate::{EventId, Refusal, Timestamp};

/// How many votes the event of a decision names as its causes: the newest.
const CAUSES: usize = 128;

/// Something to vote on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Ballot {
    /// Its id.
    pub proposal_id: String,
    /// Who proposed it.
    pub agent_id: Option<String>,
    /// What is proposed.
    pub proposal: String,
    /// What to choose from.
    pub options: Vec<String>,
    /// Votes that must agree.
    pub quorum: u32,
    /// Who voted what.
    pub votes: BTreeMap<String, String>,
    /// The vote ended.
    pub decided: bool,
    /// The option that won.
    pub decision: Option<String>,
    /// When the vote ends.
    pub deadline: Option<Timestamp>,
    /// Event that proposed it.
    pub created_event_id: EventId,

    /// The quorum is more than half of those who take part, however many these are.
    pub majority: bool,
    /// Events by which was voted, oldest first.
    pub vote_event_ids: Vec<EventId>,
}

impl Ballot {
    /// How many bytes its words have.
    pub(super) fn bytes(&self) -> usize {
        self.proposal.len() + self.options.iter().map(String::len).sum::<usize>()
    }

    /// Votes for each option.
    fn tally(&self) -> BTreeMap<&str, u32> {
        let mut tally: BTreeMap<&str, u32> = self.options.iter().map(|option| (option.as_str(), 0)).collect();
        for vote in self.votes.values() {
            *tally.entry(vote).or_default() += 1;
        }
        tally
    }

    /// The option that has the quorum, and of several the one with most votes; of equal ones the first.
    fn winner(&self) -> Option<&str> {
        let tally = self.tally();
        let votes = |option: &String| tally.get(option.as_str()).copied().unwrap_or_default();
        let has_quorum = |option: &&String| votes(option) >= self.quorum.max(1);
        self.options.iter().rev().filter(has_quorum).max_by_key(|option| votes(option)).map(String::as_str)
    }

    /// True when nobody's vote can change it any more: an option has the quorum, or all who take part have voted.
    pub(super) fn is_settled(&self, collaboration: &Collaboration) -> bool {
        let mut voters = collaboration.joined().peekable();
        self.winner().is_some()
            || (voters.peek().is_some() && voters.all(|voter| self.votes.contains_key(&voter.agent_id)))
    }

    /// When the vote ends. One that is settled should have ended: its last vote came from the bus, where nobody counts.
    pub(super) fn ends_at(&self, collaboration: &Collaboration) -> Option<Timestamp> {
        if self.decided {
            return None;
        }
        if self.is_settled(collaboration) { Some(Timestamp::EPOCH) } else { self.deadline }
    }

    /// Takes another vote in.
    pub(super) fn count(&mut self, agent_id: &str, vote: &str, event_id: EventId) {
        self.votes.insert(agent_id.to_owned(), vote.to_owned());
        self.vote_event_ids.push(event_id);
    }

    /// Records how the vote ended.
    pub(super) fn decide(&self, collaboration: &Collaboration, script: &mut Script<'_>) -> Result<(), Refusal> {
        let newest = self.vote_event_ids.len().saturating_sub(CAUSES);
        let votes = &self.vote_event_ids[newest..];
        let causes = if votes.is_empty() { vec![self.created_event_id] } else { votes.to_vec() };
        let payload = Payload::new()
            .with("collaboration_id", &collaboration.collaboration_id)
            .with("proposal_id", &self.proposal_id)
            .with_some("decision", self.winner())
            .with("votes", self.tally());
        script.record("agent.collaboration.proposal.decided", causes, payload)?;
        Ok(())
    }
}
