//! What is proposed and decided.

use crate::collaboration::{Ballot, Collaboration, MOST_PROPOSAL_BYTES, MOST_PROPOSALS};
use crate::members::Members;
use crate::{RecordedEvent, Timestamp};

pub(super) fn proposed(
    collaboration: &mut Collaboration,
    event: &RecordedEvent,
    said: &Members<'_>,
    seat: Option<usize>,
) -> bool {
    let proposal_id = said.name("proposal_id").unwrap_or_else(|| event.id().to_string());
    let is_known = collaboration.proposals.iter().any(|ballot| ballot.proposal_id == proposal_id);
    let (proposal, options) = (said.text("proposal").unwrap_or_default(), options(said));
    let bytes = proposal.len() + options.iter().map(String::len).sum::<usize>();
    if is_known || !make_room(collaboration, bytes) {
        return false;
    }
    let proposer = seat.map(|seat| collaboration.participants[seat].agent_id.clone());
    let quorum: u32 = said.read("quorum").unwrap_or_default();
    collaboration.proposals.push(Ballot {
        proposal_id,
        agent_id: proposer.or_else(|| said.name("agent_id")),
        proposal,
        options,
        quorum,
        votes: Default::default(),
        decided: false,
        decision: None,
        deadline: said.text("deadline").and_then(|text| Timestamp::parse_lenient(&text).ok()),
        created_event_id: event.id(),
        majority: quorum == 0,
        vote_event_ids: Vec::new(),
    });
    true
}

/// Forgets the oldest decisions as long as there is no room for a proposal of so many bytes; false when too many are open.
fn make_room(collaboration: &mut Collaboration, bytes: usize) -> bool {
    let proposals = &mut collaboration.proposals;
    while proposals.len() >= MOST_PROPOSALS || proposal_bytes(proposals) + bytes > MOST_PROPOSAL_BYTES {
        let Some(oldest) = proposals.iter().position(|ballot| ballot.decided) else { return false };
        proposals.remove(oldest);
    }
    true
}

fn proposal_bytes(proposals: &[Ballot]) -> usize {
    proposals.iter().map(Ballot::bytes).sum()
}

fn options(said: &Members<'_>) -> Vec<String> {
    let mut options: Vec<String> = Vec::new();
    for option in said.read::<Vec<String>>("options").unwrap_or_default() {
        if !option.is_empty() && !options.contains(&option) {
            options.push(option);
        }
    }
    if options.is_empty() { vec!["yes".into(), "no".into()] } else { options }
}

/// Only who takes part votes, once, for one of the options.
pub(super) fn voted(
    collaboration: &mut Collaboration,
    event: &RecordedEvent,
    said: &Members<'_>,
    seat: Option<usize>,
) -> bool {
    let voter = seat.map(|seat| &collaboration.participants[seat]).filter(|seat| seat.is_in());
    let (Some(voter), Some(vote)) = (voter.map(|seat| seat.agent_id.clone()), said.text("vote")) else { return false };
    let Some(ballot) = open(collaboration, said) else { return false };
    if ballot.votes.contains_key(&voter) || !ballot.options.contains(&vote) {
        return false;
    }
    ballot.count(&voter, &vote, event.id());
    true
}

pub(super) fn decided(collaboration: &mut Collaboration, said: &Members<'_>) -> bool {
    let Some(ballot) = open(collaboration, said) else { return false };
    ballot.decided = true;
    ballot.decision = said.text("decision");
    true
}

/// The proposal that an event is about, while it is open.
fn open<'c>(collaboration: &'c mut Collaboration, said: &Members<'_>) -> Option<&'c mut Ballot> {
    let proposal_id = said.name("proposal_id")?;
    collaboration.proposals.iter_mut().find(|ballot| ballot.proposal_id == proposal_id && !ballot.decided)
}
