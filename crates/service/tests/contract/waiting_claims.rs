//! What wakes a claim that waits: each of these would sleep until its time is over if nobody told it.

use god33_proto::v1::agent_service_client::AgentServiceClient;
use god33_proto::v1::watch_offers_response::Message;
use god33_proto::v1::{
    AgentTypeRegistered, ClaimHandoffRequest, DeclineHandoffRequest, FailHandoffRequest, HandoffRequested,
    HandoffTargetKind, RegisterAgentTypeRequest, ReleaseHandoffRequest, WatchOffersRequest,
};
use tokio::task::JoinHandle;

use crate::build::*;
use crate::common::{TestServer, within};
use crate::team::*;

const TYPE: &str = "letta-python-dev";

/// Two agents, one of which waits for work that is not to be had yet.
struct Team {
    server: TestServer,
    events: Events,
    handoffs: Handoffs,
    first: String,
    second: String,
}

impl Team {
    async fn new(heartbeat_seconds: f64) -> Self {
        let (server, mut events, handoffs) = team().await;
        let first = session(&mut events, TYPE, "one", heartbeat_seconds).await;
        let second = session(&mut events, TYPE, "two", 60.0).await;
        Self { server, events, handoffs, first, second }
    }

    /// There is nothing for the second agent, so it waits. Gives the id of what it gets in the end.
    async fn second_waits(&self) -> JoinHandle<Option<String>> {
        assert_eq!(claimed(&mut self.handoffs.clone(), claim(&self.second, 0)).await.handoff, None);
        let (mut handoffs, request) = (self.handoffs.clone(), claim(&self.second, 60));
        tokio::spawn(async move { claimed(&mut handoffs, request).await.handoff.map(|handoff| handoff.handoff_id) })
    }

    async fn gets(waits: JoinHandle<Option<String>>, handoff_id: String) {
        assert_eq!(within(waits).await.unwrap(), Some(handoff_id));
    }
}

#[tokio::test]
async fn work_that_failed_wakes_it_when_its_pause_is_over() {
    let mut team = Team::new(60.0).await;
    let handoff_id = offer(&mut team.handoffs, to_type(TYPE)).await.handoff_id;
    let fencing_token = token(&taken(&mut team.handoffs, &handoff_id, &team.first).await);
    let waits = team.second_waits().await;
    let failure_reason = "tests do not pass".into();
    let fail =
        FailHandoffRequest { handoff_id: handoff_id.clone(), fencing_token, failure_reason, ..Default::default() };
    team.handoffs.fail_handoff(fail).await.unwrap();
    Team::gets(waits, handoff_id).await;
}

#[tokio::test]
async fn work_that_is_given_back_or_declined_wakes_it() {
    let mut team = Team::new(60.0).await;
    let handoff_id = offer(&mut team.handoffs, to_type(TYPE)).await.handoff_id;
    let request = ClaimHandoffRequest { accept: true, ..claim(&team.first, 10) };
    let fencing_token = token(&claimed(&mut team.handoffs, request).await.handoff.unwrap());
    let waits = team.second_waits().await;
    let release = ReleaseHandoffRequest { handoff_id: handoff_id.clone(), fencing_token, ..Default::default() };
    team.handoffs.release_handoff(release).await.unwrap();
    Team::gets(waits, handoff_id.clone()).await;

    let other = session(&mut team.events, TYPE, "three", 60.0).await;
    let (mut handoffs, request) = (team.handoffs.clone(), claim(&other, 60));
    let waits =
        tokio::spawn(async move { claimed(&mut handoffs, request).await.handoff.map(|found| found.handoff_id) });
    let session_id = team.second.clone();
    let decline = DeclineHandoffRequest { handoff_id: handoff_id.clone(), session_id, ..Default::default() };
    team.handoffs.decline_handoff(decline).await.unwrap();
    Team::gets(waits, handoff_id).await;
}

#[tokio::test]
async fn work_of_an_agent_that_fell_silent_wakes_it() {
    let mut team = Team::new(0.2).await;
    let handoff_id = offer(&mut team.handoffs, to_type(TYPE)).await.handoff_id;
    taken(&mut team.handoffs, &handoff_id, &team.first).await;
    let waits = team.second_waits().await;
    Team::gets(waits, handoff_id).await;
}

#[tokio::test]
async fn work_that_was_held_out_to_one_who_did_not_answer_wakes_it() {
    let mut team = Team::new(60.0).await;
    let handoff_id = offer(&mut team.handoffs, to_type(TYPE)).await.handoff_id;
    assert!(claimed(&mut team.handoffs, claim(&team.first, 10)).await.handoff.is_some());
    let waits = team.second_waits().await;
    Team::gets(waits, handoff_id).await;
}

#[tokio::test]
async fn work_that_was_shown_to_one_who_went_away_wakes_it() {
    let mut team = Team::new(60.0).await;
    let handoff_id = offer(&mut team.handoffs, to_type(TYPE)).await.handoff_id;
    let request = WatchOffersRequest { claimant: Some(claimant(&team.first)), max_offers: 1 };
    let mut offers = team.handoffs.watch_offers(request).await.unwrap().into_inner();
    let shown = within(offers.message()).await.unwrap().unwrap().message.unwrap();
    assert!(matches!(shown, Message::Offer(_)));
    let waits = team.second_waits().await;
    drop(offers);
    Team::gets(waits, handoff_id).await;
}

#[tokio::test]
async fn a_type_that_gains_a_capability_wakes_its_agents() {
    let mut team = Team::new(60.0).await;
    let able = HandoffRequested {
        to_agent: "knows-kubernetes".into(),
        to_kind: HandoffTargetKind::Capability.into(),
        ..to_type("")
    };
    let handoff_id = offer(&mut team.handoffs, able).await.handoff_id;
    let waits = team.second_waits().await;
    let described = AgentTypeRegistered {
        agent_type: TYPE.into(),
        framework: "letta".into(),
        capabilities: vec!["knows-kubernetes".into()],
        ..AgentTypeRegistered::default()
    };
    let mut agents = AgentServiceClient::new(team.server.channel().await);
    let register = RegisterAgentTypeRequest { agent_type: Some(described), ..Default::default() };
    agents.register_agent_type(register).await.unwrap();
    Team::gets(waits, handoff_id).await;
}

#[tokio::test]
async fn a_session_that_may_work_no_more_ends_its_claim() {
    let mut team = Team::new(60.0).await;
    let (mut handoffs, request) = (team.handoffs.clone(), claim(&team.second, 60));
    let waits = tokio::spawn(async move { handoffs.claim_handoff(request).await });
    let paused = format!(r#"{{"session_id":"{}","reason":"lunch"}}"#, team.second);
    record(&mut team.events, [event("agent.letta.session.paused", &paused)]).await;
    let refused = within(waits).await.unwrap().unwrap_err();
    assert_eq!(reason(&refused), "WRONG_STATE");
}

#[tokio::test]
async fn many_who_wait_get_each_one_piece_of_the_work_that_comes() {
    let mut team = Team::new(60.0).await;
    let mut waits = Vec::new();
    for number in 0..20 {
        let agent = session(&mut team.events, TYPE, &format!("agent-{number}"), 60.0).await;
        let mut handoffs = team.handoffs.clone();
        let request = ClaimHandoffRequest { accept: number % 2 == 0, ..claim(&agent, 60) };
        waits.push(tokio::spawn(async move { claimed(&mut handoffs, request).await.handoff.unwrap().handoff_id }));
    }
    let mut offered = std::collections::BTreeSet::new();
    for _ in 0..20 {
        offered.insert(offer(&mut team.handoffs, to_type(TYPE)).await.handoff_id);
    }
    let mut got = std::collections::BTreeSet::new();
    for wait in waits {
        got.insert(within(wait).await.unwrap());
    }
    assert_eq!(got, offered);
}
