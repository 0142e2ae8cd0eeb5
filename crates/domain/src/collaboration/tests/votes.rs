use super::*;

/// How the vote ended, when it did: decision and votes.
fn outcome(log: &MemoryLog) -> Option<(Option<String>, Value)> {
    let decided = |event: &&RecordedEvent| event.envelope.event_type.as_str() == "agent.collaboration.proposal.decided";
    let event = log.events.iter().find(decided)?;
    let said: Value = event.envelope.payload.read().unwrap();
    Some((said.get("decision").map(|decision| decision.as_str().unwrap().to_owned()), said["votes"].clone()))
}

#[test]
fn the_vote_that_makes_a_majority_decides() {
    let (mut log, started) = joined_with(json!({}));
    let proposed = first(log.command(propose("letta-rust-dev", json!({}))));
    assert_eq!(causes(&log, proposed), [started]);
    assert_eq!(state(&log).proposals[0].quorum, 2, "more than half of three");
    assert_eq!(state(&log).proposals[0].options, ["yes", "no"]);
    let one = first(log.command(vote("letta-rust-dev", "no")));
    assert_eq!(causes(&log, one), [proposed]);
    assert_eq!(outcome(&log), None);
    let answer = log.command(vote("mise-architect", "no")).unwrap();
    let (two, decided) = (answer.events[0].event_id, answer.events[1].event_id);
    assert_eq!(causes(&log, decided), [one, two]);
    assert_eq!(outcome(&log), Some((Some("no".into()), json!({"yes": 0, "no": 2}))));
    let ballot = state(&log).proposals[0].clone();
    assert_eq!((ballot.decided, ballot.decision.as_deref()), (true, Some("no")));
    let shown = answer.state::<Collaboration>().unwrap();
    assert!(shown.proposals[0].decided, "the answer shows what was decided");
}

#[test]
fn a_vote_without_a_quorum_ends_with_the_last_voter_and_decides_nothing() {
    let (mut log, _) = joined_with(json!({}));
    log.command(propose("letta-rust-dev", json!({"options": ["a", "b", "c"]}))).unwrap();
    for (agent, choice) in [("letta-rust-dev", "a"), ("letta-python-dev", "b"), ("mise-architect", "c")] {
        log.command(vote(agent, choice)).unwrap();
    }
    assert_eq!(outcome(&log), Some((None, json!({"a": 1, "b": 1, "c": 1}))));
    let ballot = state(&log).proposals[0].clone();
    assert_eq!((ballot.decided, ballot.decision), (true, None));
}

#[test]
fn a_quorum_that_was_named_counts_and_not_the_majority() {
    let (mut log, _) = joined_with(json!({}));
    log.command(propose("letta-rust-dev", json!({"quorum": 3}))).unwrap();
    log.command(vote("letta-rust-dev", "yes")).unwrap();
    log.command(vote("letta-python-dev", "yes")).unwrap();
    assert_eq!(outcome(&log), None);
    log.command(vote("mise-architect", "yes")).unwrap();
    assert_eq!(outcome(&log).unwrap().0.as_deref(), Some("yes"));
}

#[test]
fn a_majority_follows_those_who_come_and_go() {
    let (mut log, _) = joined_with(json!({}));
    log.command(propose("letta-rust-dev", json!({}))).unwrap();
    log.command(join("letta-ts-dev")).unwrap();
    assert_eq!(state(&log).proposals[0].quorum, 3);
    log.command(vote("letta-rust-dev", "yes")).unwrap();
    log.command(vote("letta-ts-dev", "yes")).unwrap();
    assert_eq!(outcome(&log), None);
    let answer = log.command(leave("mise-architect")).unwrap();
    assert_eq!(answer.events.len(), 2, "two of three is a majority");
    assert_eq!(outcome(&log), Some((Some("yes".into()), json!({"yes": 2, "no": 0}))));
}

#[test]
fn a_vote_ends_with_its_deadline() {
    let (mut log, _) = joined_with(json!({}));
    let proposed = first(log.command(propose("letta-rust-dev", json!({"deadline": "2026-01-12T00:00:00Z"}))));
    let deadline = Timestamp::parse("2026-01-12T00:00:00Z").unwrap();
    assert_eq!(state(&log).due(), Some(deadline));
    assert!(log.command(due()).unwrap().events.is_empty(), "nothing is due yet");
    log.now = deadline;
    let late = log.command(vote("letta-rust-dev", "yes"));
    assert!(matches!(late, Err(Refusal::WrongState { state: "past this vote", .. })), "{late:?}");
    let decided = first(log.command(due()));
    assert_eq!(causes(&log, decided), [proposed], "nobody voted");
    assert_eq!(outcome(&log), Some((None, json!({"yes": 0, "no": 0}))));
    assert_eq!(state(&log).due(), None);
}

#[test]
fn votes_of_the_bus_are_counted_and_the_server_ends_the_vote() {
    let (mut log, _) = joined_with(json!({}));
    log.command(propose("letta-rust-dev", json!({}))).unwrap();
    let voted = |agent: &str, choice: &str| {
        told("proposal.voted").saying("proposal_id", PROPOSAL).saying("agent_id", agent).saying("vote", choice)
    };
    log.record([&voted("letta-rust-dev", "yes"), &voted("mise-architect", "yes"), &voted("mise-architect", "no")]);
    log.record([&voted("letta-python-dev", "perhaps"), &voted("a-stranger", "yes")]);
    assert_eq!(state(&log).anomalies, 3, "a second vote, no option, and a stranger");
    assert!(state(&log).due().is_some_and(|due| due < log.now), "it is settled and should have ended");
    log.command(due()).unwrap();
    assert_eq!(outcome(&log).unwrap().0.as_deref(), Some("yes"));
}

#[test]
fn what_cannot_be_voted_is_refused() {
    let (mut log, _) = joined_with(json!({}));
    log.command(propose("letta-rust-dev", json!({}))).unwrap();
    assert_eq!(
        log.command(vote("letta-rust-dev", "perhaps")),
        Err(Refusal::InvalidOption {
            field: "vote.vote",
            chosen: "perhaps".into(),
            options: vec!["yes".into(), "no".into()]
        })
    );
    log.command(vote("letta-rust-dev", "yes")).unwrap();
    let again = Refusal::AlreadyVoted { proposal_id: PROPOSAL.into(), agent_id: "letta-rust-dev".into() };
    assert_eq!(log.command(vote("letta-rust-dev", "no")), Err(again));
    let unknown = Vote { proposal_id: "p-9".into(), ..vote("letta-rust-dev", "no") };
    assert_eq!(log.command(unknown), Err(Refusal::ProposalNotFound("p-9".into())));
    log.command(vote("mise-architect", "yes")).unwrap();
    let over = log.command(vote("letta-python-dev", "yes"));
    assert!(matches!(over, Err(Refusal::WrongState { state: "past this vote", .. })), "{over:?}");
}

#[test]
fn what_cannot_be_proposed_is_refused() {
    let (mut log, _) = joined_with(json!({}));
    let words =
        [(json!({"options": ["a", "a"]}), "proposal.options"), (json!({"options": ["a", ""]}), "proposal.options")];
    for (words, wrong) in words {
        let answer = log.command(propose("letta-rust-dev", words));
        assert!(matches!(answer, Err(Refusal::InvalidField { field, .. }) if field == wrong), "{answer:?}");
    }
    let late = log.command(propose("letta-rust-dev", json!({"deadline": "2026-01-01T00:00:00Z"})));
    assert!(matches!(late, Err(Refusal::DeadlineInPast { field: "proposal.deadline", .. })), "{late:?}");
    log.command(propose("letta-rust-dev", json!({}))).unwrap();
    let twice = log.command(propose("mise-architect", json!({})));
    assert!(matches!(twice, Err(Refusal::InvalidField { field: "proposal.proposal_id", .. })), "{twice:?}");
}

#[test]
fn the_oldest_decision_makes_room_for_a_new_proposal() {
    let (mut log, _) = started_with(json!({}));
    log.command(join("letta-rust-dev")).unwrap();
    for _ in 0..=MOST_PROPOSALS {
        let proposal = first(log.command(propose("letta-rust-dev", json!({"proposal_id": ""})))).to_string();
        log.command(Vote { proposal_id: proposal, ..vote("letta-rust-dev", "yes") }).unwrap();
    }
    assert_eq!((state(&log).proposals.len(), state(&log).anomalies), (MOST_PROPOSALS, 0));
}
