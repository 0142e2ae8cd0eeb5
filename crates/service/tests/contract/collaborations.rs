use god33_proto::v1::event_payload::Kind;
use god33_proto::v1::{
    Collaboration, CollaborationParticipantJoined, CollaborationProposalCreated, CollaborationProposalVoted,
    CollaborationStarted, CollaborationState, CollaborationUpdate, CompleteCollaborationRequest, CreateProposalRequest,
    FailCollaborationRequest, GetEventRequest, JoinCollaborationRequest, LeaveCollaborationRequest, ParticipantSpec,
    ParticipantState, StartCollaborationRequest, UpdateCollaborationRequest, VoteRequest,
};
use prost_types::value::Kind as ValueKind;
use prost_types::{Struct, Value};
use tonic::{Code, Status};

use crate::build::*;
use crate::common::{TestServer, until};

pub const DIRECTOR: &str = "director-of-engineering";

pub fn text(text: &str) -> Value {
    Value { kind: Some(ValueKind::StringValue(text.into())) }
}

pub fn object(name: &str, value: &str) -> Struct {
    Struct { fields: [(name.to_owned(), text(value))].into() }
}

/// A collaboration of an architect who leads and an agent that implements, as a request says it.
pub fn team() -> CollaborationStarted {
    let agent = |agent_id: &str, role: &str| ParticipantSpec {
        agent_id: agent_id.into(),
        role: role.into(),
        ..ParticipantSpec::default()
    };
    CollaborationStarted {
        collaboration_id: id(),
        initiator_agent: DIRECTOR.into(),
        goal: "Standardize mise tasks".into(),
        participants: vec![agent("mise-architect", "orchestrator"), agent("letta-rust-dev", "implementer")],
        shared_context: Some(object("owner", "mise-architect")),
        ..CollaborationStarted::default()
    }
}

pub async fn start(client: &mut Collaborations, collaboration: CollaborationStarted) -> Collaboration {
    let request = StartCollaborationRequest { collaboration: Some(collaboration), ..Default::default() };
    client.start_collaboration(request).await.unwrap().into_inner().collaboration.unwrap()
}

pub async fn join(client: &mut Collaborations, id: &str, agent: &str) -> Result<Collaboration, Status> {
    let participant = CollaborationParticipantJoined {
        collaboration_id: id.into(),
        agent_id: agent.into(),
        ..CollaborationParticipantJoined::default()
    };
    let request = JoinCollaborationRequest { participant: Some(participant), ..JoinCollaborationRequest::default() };
    Ok(client.join_collaboration(request).await?.into_inner().collaboration.unwrap())
}

/// A server, clients of its log and its collaborations, and a collaboration in which both take part.
pub async fn together() -> (TestServer, Events, Collaborations, String) {
    let (server, events) = world().await;
    let mut client = Collaborations::new(server.channel().await);
    let id = start(&mut client, team()).await.collaboration_id;
    for agent in ["mise-architect", "letta-rust-dev"] {
        join(&mut client, &id, agent).await.unwrap();
    }
    (server, events, client, id)
}

fn update(id: &str, agent: &str) -> CollaborationUpdate {
    CollaborationUpdate { collaboration_id: id.into(), agent_id: agent.into(), ..CollaborationUpdate::default() }
}

async fn report(client: &mut Collaborations, update: CollaborationUpdate) -> Result<Collaboration, Status> {
    let request = UpdateCollaborationRequest { update: Some(update), ..UpdateCollaborationRequest::default() };
    Ok(client.update_collaboration(request).await?.into_inner().collaboration.unwrap())
}

fn propose(id: &str, agent: &str) -> CreateProposalRequest {
    let proposal = CollaborationProposalCreated {
        collaboration_id: id.into(),
        agent_id: agent.into(),
        proposal: "Use just instead?".into(),
        ..CollaborationProposalCreated::default()
    };
    CreateProposalRequest { proposal: Some(proposal), ..CreateProposalRequest::default() }
}

fn vote(id: &str, proposal: &str, agent: &str, vote: &str) -> VoteRequest {
    let vote = CollaborationProposalVoted {
        collaboration_id: id.into(),
        proposal_id: proposal.into(),
        agent_id: agent.into(),
        vote: vote.into(),
        ..CollaborationProposalVoted::default()
    };
    VoteRequest { vote: Some(vote), ..VoteRequest::default() }
}

fn complete(id: &str, agent: &str) -> CompleteCollaborationRequest {
    CompleteCollaborationRequest {
        collaboration_id: id.into(),
        from_agent: agent.into(),
        ..CompleteCollaborationRequest::default()
    }
}

/// Code and reason of a refusal.
fn told<T>(answer: Result<T, Status>) -> (Code, String) {
    let refused = answer.map(drop).unwrap_err();
    (refused.code(), reason(&refused))
}

fn precondition(reason: &str) -> (Code, String) {
    (Code::FailedPrecondition, reason.to_owned())
}

#[tokio::test]
async fn a_collaboration_starts_with_all_that_its_request_says() {
    let (server, mut events) = world().await;
    let mut client = Collaborations::new(server.channel().await);
    let request = StartCollaborationRequest { collaboration: Some(team()), ..Default::default() };
    let started = client.start_collaboration(request).await.unwrap().into_inner();
    let collaboration = started.collaboration.unwrap();
    assert_eq!(collaboration.state(), CollaborationState::Active);
    assert_eq!((collaboration.leader.as_str(), collaboration.initiator_agent.as_str()), ("mise-architect", DIRECTOR));
    assert_eq!((collaboration.started_event_id.as_str(), collaboration.version), (started.event_ids[0].as_str(), 1));
    assert_eq!(collaboration.participants[1].state(), ParticipantState::Invited);
    let shared = &collaboration.shared_context[0];
    assert_eq!((shared.key.as_str(), shared.value.clone(), shared.version), ("owner", Some(text("mise-architect")), 1));
    let request = GetEventRequest { event_id: started.event_ids[0].clone(), ..GetEventRequest::default() };
    let envelope = events.get_event(request).await.unwrap().into_inner().event.unwrap().envelope.unwrap();
    let Some(Kind::CollaborationStarted(said)) = envelope.payload.unwrap().kind else { panic!("untyped") };
    assert_eq!(said.collaboration_id, collaboration.collaboration_id);
    assert_eq!(started.position, 1);

    let nameless = CollaborationStarted { collaboration_id: String::new(), ..team() };
    assert_eq!(start(&mut client, nameless).await.collaboration_id.len(), 36);
    let again = CollaborationStarted { collaboration_id: collaboration.collaboration_id, ..team() };
    let request = StartCollaborationRequest { collaboration: Some(again), ..Default::default() };
    let refused = client.start_collaboration(request).await;
    assert_eq!(told(refused), (Code::AlreadyExists, "COLLABORATION_EXISTS".into()));
}

#[tokio::test]
async fn agents_join_report_deliver_leave_and_the_leader_completes_it() {
    let (_server, _, mut client, id) = together().await;
    let half = CollaborationUpdate { progress_pct: Some(50.0), ..update(&id, "letta-rust-dev") };
    let seat = report(&mut client, half).await.unwrap().participants[1].clone();
    assert_eq!((seat.state(), seat.progress_pct), (ParticipantState::Joined, Some(50.0)));
    let refused = client.complete_collaboration(complete(&id, "mise-architect")).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::FailedPrecondition, "RESULTS_MISSING"));
    assert_eq!(detail(&refused, "missing"), "letta-rust-dev");
    let refused = client.complete_collaboration(complete(&id, "letta-rust-dev")).await.unwrap_err();
    assert_eq!((reason(&refused).as_str(), detail(&refused, "leader").as_str()), ("NOT_THE_LEADER", "mise-architect"));
    let delivery =
        CollaborationUpdate { result: Some(object("service", "b")), delivered: true, ..update(&id, "letta-rust-dev") };
    let seat = report(&mut client, delivery).await.unwrap().participants[1].clone();
    assert_eq!((seat.state(), seat.result), (ParticipantState::Delivered, Some(object("service", "b"))));
    let left = LeaveCollaborationRequest {
        collaboration_id: id.clone(),
        agent_id: "letta-rust-dev".into(),
        ..LeaveCollaborationRequest::default()
    };
    let left = client.leave_collaboration(left).await.unwrap().into_inner().collaboration.unwrap();
    assert_eq!(left.participants[1].state(), ParticipantState::Left);
    let done = client.complete_collaboration(complete(&id, DIRECTOR)).await.unwrap().into_inner();
    let done = done.collaboration.unwrap();
    assert_eq!((done.state(), done.outcome.as_str()), (CollaborationState::Completed, "success"));
    assert!(done.completed_at.is_some());
}

#[tokio::test]
async fn the_majority_decides_and_the_answer_shows_it() {
    let (_server, _, mut client, id) = together().await;
    let proposed = client.create_proposal(propose(&id, "letta-rust-dev")).await.unwrap().into_inner();
    let proposal = proposed.collaboration.unwrap().proposals[0].clone();
    assert_eq!(proposed.proposal_id, proposal.proposal_id);
    assert_eq!((proposal.options.as_slice(), proposal.quorum), (&["yes".to_owned(), "no".to_owned()][..], 2));
    let open = vote(&id, &proposal.proposal_id, "letta-rust-dev", "yes");
    client.vote(open.clone()).await.unwrap();
    assert_eq!(told(client.vote(open).await), precondition("ALREADY_VOTED"));
    let odd = client.vote(vote(&id, &proposal.proposal_id, "mise-architect", "perhaps")).await.unwrap_err();
    is_refused(&odd, Code::InvalidArgument, "INVALID_OPTION", "vote.vote");
    let unknown = client.vote(vote(&id, &crate::build::id(), "mise-architect", "yes")).await;
    assert_eq!(told(unknown), (Code::NotFound, "PROPOSAL_NOT_FOUND".into()));
    let last = client.vote(vote(&id, &proposal.proposal_id, "mise-architect", "yes")).await.unwrap().into_inner();
    assert_eq!(last.event_ids.len(), 2);
    let proposal = last.collaboration.unwrap().proposals[0].clone();
    assert_eq!((proposal.decided, proposal.decision.as_str(), proposal.votes.len()), (true, "yes", 2));
}

#[tokio::test]
async fn a_proposal_made_again_has_the_id_that_it_got_first() {
    let (_server, _, mut client, id) = together().await;
    let request = CreateProposalRequest { request_id: crate::build::id(), ..propose(&id, "letta-rust-dev") };
    let first = client.create_proposal(request.clone()).await.unwrap().into_inner();
    client.create_proposal(propose(&id, "mise-architect")).await.unwrap();
    assert_eq!(client.create_proposal(request).await.unwrap().into_inner(), first);
    client.vote(vote(&id, &first.proposal_id, "mise-architect", "yes")).await.unwrap();
}

#[tokio::test]
async fn the_server_ends_votes_and_collaborations_when_their_time_is_over() {
    let (server, _) = world().await;
    let mut client = Collaborations::new(server.channel().await);
    let in_millis = |millis: i64| {
        let at = god33_domain::Timestamp::now().after_seconds(millis as f64 / 1e3);
        Some(prost_types::Timestamp { seconds: at.seconds(), nanos: at.nanos() as i32 })
    };
    let started = start(&mut client, CollaborationStarted { deadline: in_millis(1_500), ..team() }).await;
    let id = started.collaboration_id;
    join(&mut client, &id, "letta-rust-dev").await.unwrap();
    let mut proposal = propose(&id, "letta-rust-dev");
    proposal.proposal.as_mut().unwrap().deadline = in_millis(500);
    client.create_proposal(proposal).await.unwrap();
    until("the collaboration failed", || {
        let (mut client, id) = (client.clone(), id.clone());
        async move { crate::collaboration_reads::get(&mut client, &id).await.state() == CollaborationState::Failed }
    })
    .await;
    let failed = crate::collaboration_reads::get(&mut client, &id).await;
    assert!(failed.proposals[0].decided);
    assert_eq!((failed.proposals[0].decision.as_str(), failed.summary.as_str()), ("", "the deadline passed"));
}

#[tokio::test]
async fn what_cannot_be_is_refused_with_its_reason() {
    let (_server, mut events, mut client, id) = together().await;
    let before = head(&mut events).await;
    let unknown = crate::build::id();
    let not_found = (Code::NotFound, "COLLABORATION_NOT_FOUND".to_owned());
    assert_eq!(told(join(&mut client, &unknown, "x").await), not_found);
    assert_eq!(told(client.vote(vote(&unknown, &unknown, "x", "yes")).await), not_found);
    assert_eq!(told(join(&mut client, &id, "letta-rust-dev").await), precondition("ALREADY_JOINED"));
    assert_eq!(told(report(&mut client, update(&id, "a-stranger")).await), precondition("NOT_A_PARTICIPANT"));
    assert_eq!(told(client.create_proposal(propose(&id, "a-stranger")).await), precondition("NOT_A_PARTICIPANT"));
    assert_eq!(head(&mut events).await, before);
    let fail = FailCollaborationRequest {
        collaboration_id: id.clone(),
        from_agent: DIRECTOR.into(),
        failure_reason: "no budget".into(),
        ..FailCollaborationRequest::default()
    };
    let failed = client.fail_collaboration(fail.clone()).await.unwrap().into_inner().collaboration.unwrap();
    assert_eq!((failed.state(), failed.summary.as_str()), (CollaborationState::Failed, "no budget"));
    assert_eq!(told(client.fail_collaboration(fail).await), precondition("WRONG_STATE"));
    assert_eq!(told(join(&mut client, &id, "x").await), precondition("WRONG_STATE"));
}

#[tokio::test]
async fn everything_that_is_wrong_with_a_request_is_named() {
    let (_server, mut events, mut client, id) = together().await;
    let before = head(&mut events).await;
    let none = client.start_collaboration(StartCollaborationRequest::default()).await.unwrap_err();
    is_refused(&none, Code::InvalidArgument, "INVALID_FIELD", "collaboration");
    let bad = CollaborationStarted {
        collaboration_id: "c".into(),
        participants: vec![ParticipantSpec::default()],
        workflow_id: "w".into(),
        ..CollaborationStarted::default()
    };
    let request = StartCollaborationRequest { collaboration: Some(bad), ..Default::default() };
    let refused = client.start_collaboration(request).await.unwrap_err();
    let mut named: Vec<String> = fields(&refused).into_iter().map(|(field, _)| field).collect();
    named.sort();
    let wanted = ["collaboration_id", "goal", "participants[0].agent_id", "workflow_id"];
    assert_eq!(named, wanted.map(|name| format!("collaboration.{name}")));
    let refused = join(&mut client, &id, "").await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_FIELD", "participant.agent_id");
    let mut empty = propose(&id, "letta-rust-dev");
    empty.proposal.as_mut().unwrap().proposal.clear();
    let refused = client.create_proposal(empty).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_FIELD", "proposal.proposal");
    let refused = client.vote(vote("x", "y", "", "")).await.unwrap_err();
    assert_eq!(fields(&refused).len(), 4, "{refused:?}");
    let fail = FailCollaborationRequest { collaboration_id: id, ..FailCollaborationRequest::default() };
    let refused = client.fail_collaboration(fail).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_FIELD", "failure_reason");
    assert_eq!(head(&mut events).await, before);
}
