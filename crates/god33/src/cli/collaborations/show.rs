//! Collaborations for people.

use god33_proto::v1::{Collaboration, CollaborationState, Participant, ParticipantState, Proposal, SharedValue};
use god33_service::text::open_object_text;
use prost_types::{Struct, Value};

use crate::cli::answer::Answer;
use crate::cli::arguments::word;
use crate::cli::print::{self, one_line, or_dash, shell_word};
use crate::cli::table::{self, Sheet};

/// The answer of a call that changed a collaboration.
pub(super) fn answer(collaboration: &Collaboration, event_ids: &[String], position: u64) -> Answer {
    Answer::default().with("collaboration", &print::message_json(collaboration)).recorded(event_ids, position)
}

/// One collaboration on a line.
pub(super) fn line(collaboration: &Collaboration) -> String {
    format!(
        "{}  {}  {}  {}",
        one_line(&collaboration.collaboration_id),
        table::state(collaboration.state(), 9),
        table::name(&collaboration.goal),
        table::dim(&format!("{}, started {}", joined(collaboration), print::time(collaboration.started_at.as_ref()))),
    )
}

/// One collaboration, whole.
pub(super) fn whole(collaboration: &Collaboration) -> String {
    let (when, by) = (print::time(collaboration.started_at.as_ref()), or_dash(&collaboration.initiator_agent));
    let started = format!("{when} by {by}");
    let strategy = word(collaboration.coordination_strategy());
    let led =
        if collaboration.leader.is_empty() { strategy } else { format!("{strategy}, led by {}", collaboration.leader) };
    Sheet::new(&collaboration.goal, &collaboration.collaboration_id)
        .state("state", collaboration.state())
        .text("strategy", &led)
        .text("deadlock", &word(collaboration.deadlock_policy()))
        .text("started", &started)
        .text("workflow", &collaboration.workflow_id)
        .time("deadline", collaboration.deadline.as_ref())
        .time("ended", collaboration.completed_at.as_ref())
        .text("outcome", &collaboration.outcome)
        .text("summary", &collaboration.summary)
        .text("version", &collaboration.version.to_string())
        .texts("agent", collaboration.participants.iter().flat_map(participant))
        .texts("context", collaboration.shared_context.iter().map(value))
        .texts("proposal", collaboration.proposals.iter().map(proposal))
        .finish()
}

/// One value that a key had, on a line.
pub(super) fn value_line(value: &SharedValue) -> String {
    let (when, by) = (print::time(value.changed_at.as_ref()), table::name(&value.changed_by));
    format!("{}  {by}  {}  {}", table::dim(&when), pair(value), table::dim(&format!("version {}", value.version)))
}

/// How a collaboration stands, in a few words.
pub(super) fn standing(collaboration: &Collaboration) -> String {
    let open = collaboration.proposals.iter().filter(|proposal| !proposal.decided).count();
    let votes = if open == 0 { String::new() } else { format!(", {open} open to vote on") };
    format!("{}, {}{votes}", word(collaboration.state()), joined(collaboration))
}

/// How a vote stands.
pub(super) fn outcome(proposal: &Proposal) -> String {
    match (proposal.decided, proposal.decision.as_str()) {
        (true, "") => "decided: no option reached the quorum".into(),
        (true, decision) => format!("decided: {decision}"),
        (false, _) => format!("{} voted, {} must agree", proposal.votes.len(), proposal.quorum),
    }
}

/// What to do next: the most useful of the commands that the state allows.
pub(super) fn next(collaboration: &Collaboration) -> String {
    let id = shell_word(&collaboration.collaboration_id);
    if !matches!(collaboration.state(), CollaborationState::Active) {
        return format!("what came of it: god33 events descendants {}", shell_word(&collaboration.started_event_id));
    }
    let agents = |state| collaboration.participants.iter().filter(move |agent| agent.state() == state);
    if let Some(vote) = vote(collaboration) {
        return format!("to vote: god33 collaborations vote {id} {vote}");
    }
    if let Some(invited) = agents(ParticipantState::Invited).next() {
        return format!("to take part: god33 collaborations join {id} --agent {}", shell_word(&invited.agent_id));
    }
    if agents(ParticipantState::Joined).next().is_none() && agents(ParticipantState::Delivered).next().is_some() {
        let leader =
            if collaboration.leader.is_empty() { &collaboration.initiator_agent } else { &collaboration.leader };
        return format!("all have delivered: god33 collaborations complete {id} --from {}", shell_word(leader));
    }
    format!("as it goes on: god33 collaborations watch {id}")
}

/// The options of the vote that is missing first.
fn vote(collaboration: &Collaboration) -> Option<String> {
    let open = collaboration.proposals.iter().find(|proposal| !proposal.decided)?;
    let takes_part =
        |agent: &&Participant| matches!(agent.state(), ParticipantState::Joined | ParticipantState::Delivered);
    let mut agents = collaboration.participants.iter().filter(takes_part);
    let missing = agents.find(|agent| !open.votes.contains_key(&agent.agent_id))?;
    let option = open.options.first().map_or("yes", String::as_str);
    Some(format!(
        "--proposal {} --vote {} --agent {}",
        shell_word(&open.proposal_id),
        shell_word(option),
        shell_word(&missing.agent_id)
    ))
}

fn joined(collaboration: &Collaboration) -> String {
    let count = |state| collaboration.participants.iter().filter(|agent| agent.state() == state).count();
    let delivered = count(ParticipantState::Delivered);
    let takes_part = count(ParticipantState::Joined) + delivered;
    let all = takes_part + count(ParticipantState::Invited);
    format!("{takes_part} of {all} joined, {delivered} delivered")
}

/// A participant and what it made, a line each.
fn participant(agent: &Participant) -> Vec<String> {
    let mut parts = vec![agent.agent_id.clone(), or_dash(&agent.role), word(agent.state())];
    parts.extend(agent.progress_pct.map(|progress| format!("{progress} %")));
    parts.extend(
        (!agent.responsibilities.is_empty()).then(|| format!("answers for {}", agent.responsibilities.join(", "))),
    );
    parts.extend((!agent.summary.is_empty()).then(|| agent.summary.clone()));
    parts.extend(agent.result.as_ref().map(open_object_text));
    let made = agent.artifacts.iter().map(|made| format!("  made {}  {}  {}", made.r#type, made.path, made.status));
    std::iter::once(parts.join("  ")).chain(made).collect()
}

fn value(value: &SharedValue) -> String {
    format!("{}  version {} by {}", pair(value), value.version, or_dash(&value.changed_by))
}

fn pair(value: &SharedValue) -> String {
    format!("{} = {}", one_line(&value.key), value.value.as_ref().map_or_else(|| "null".into(), open_value_text))
}

fn proposal(proposal: &Proposal) -> String {
    let votes: Vec<_> = proposal.votes.iter().map(|(agent, vote)| format!("{agent}: {vote}")).collect();
    let (id, text) = (&proposal.proposal_id, &proposal.proposal);
    format!("{id}  {text} ({})  {}  {}", proposal.options.join(" or "), outcome(proposal), votes.join(", "))
}

/// Any value as JSON text.
fn open_value_text(value: &Value) -> String {
    let object = Struct { fields: [(String::new(), value.clone())].into() };
    let text = open_object_text(&object);
    text.strip_prefix(r#"{"":"#).and_then(|text| text.strip_suffix('}')).unwrap_or("null").to_owned()
}

#[cfg(test)]
mod tests {
    use god33_service::text::open_object_of;

    use super::*;

    fn agent(name: &str, state: ParticipantState) -> Participant {
        Participant { agent_id: name.into(), state: state.into(), ..Participant::default() }
    }

    fn of(participants: Vec<Participant>) -> Collaboration {
        Collaboration {
            collaboration_id: "c-1".into(),
            state: CollaborationState::Active.into(),
            leader: "director".into(),
            participants,
            ..Collaboration::default()
        }
    }

    #[test]
    fn the_next_command_follows_from_the_state() {
        let mut all = of(vec![agent("a", ParticipantState::Delivered), agent("b c", ParticipantState::Invited)]);
        assert_eq!(next(&all), "to take part: god33 collaborations join c-1 --agent 'b c'");
        all.participants[1].state = ParticipantState::Joined.into();
        assert_eq!(next(&all), "as it goes on: god33 collaborations watch c-1");
        all.participants.push(agent("d", ParticipantState::Invited));
        all.proposals.push(Proposal { proposal_id: "p-1".into(), options: vec!["jwt".into()], ..Proposal::default() });
        all.proposals[0].votes.insert("a".into(), "jwt".into());
        assert_eq!(next(&all), "to vote: god33 collaborations vote c-1 --proposal p-1 --vote jwt --agent 'b c'");
        all.proposals[0].votes.insert("b c".into(), "jwt".into());
        all.participants[1].state = ParticipantState::Delivered.into();
        all.participants[2].state = ParticipantState::Left.into();
        assert_eq!(next(&all), "all have delivered: god33 collaborations complete c-1 --from director");
        all.state = CollaborationState::Completed.into();
        all.started_event_id = "e-1".into();
        assert_eq!(next(&all), "what came of it: god33 events descendants e-1");
    }

    #[test]
    fn a_collaboration_is_shown_with_its_agents_and_what_they_share() {
        let mut shown = of(vec![Participant { progress_pct: Some(40.0), ..agent("a", ParticipantState::Joined) }]);
        let object = open_object_of(r#"{"auth":{"kind":"jwt","tries":3}}"#).unwrap_or_default();
        shown.shared_context.push(SharedValue {
            key: "auth".into(),
            value: object.fields.get("auth").cloned(),
            version: 2,
            changed_by: "a".into(),
            ..SharedValue::default()
        });
        let text = anstream::adapter::strip_str(&whole(&shown)).to_string();
        assert!(text.contains("agent    a  -  joined  40 %\n"), "{text}");
        assert!(text.contains(r#"context  auth = {"kind":"jwt","tries":3}  version 2 by a"#), "{text}");
        assert_eq!(standing(&shown), "active, 1 of 1 joined, 0 delivered");
    }

    #[test]
    fn a_vote_is_told_by_where_it_stands() {
        let mut vote = Proposal { quorum: 2, ..Proposal::default() };
        assert_eq!(outcome(&vote), "0 voted, 2 must agree");
        vote.decided = true;
        assert_eq!(outcome(&vote), "decided: no option reached the quorum");
        vote.decision = "jwt".into();
        assert_eq!(outcome(&vote), "decided: jwt");
    }
}
