use god33_proto::v1::watch_offers_response::Message;
use god33_proto::v1::{
    AcceptHandoffRequest, ClaimHandoffRequest, Claimant, DeclineHandoffRequest, HandoffRequested, HandoffState,
    HandoffTargetKind, Priority, WatchOffersRequest, WatchOffersResponse,
};
use tonic::{Code, Streaming};

use crate::build::*;
use crate::common::{until, within};
use crate::team::*;

const TYPE: &str = "letta-python-dev";

#[tokio::test]
async fn a_claim_waits_for_work_and_ends_without_any() {
    let (_server, mut events, mut handoffs) = team().await;
    let agent = session(&mut events, TYPE, "one", 60.0).await;
    let nothing = claimed(&mut handoffs, claim(&agent, 0)).await;
    assert_eq!((nothing.handoff, nothing.reserved_ms), (None, 0));

    let mut waiting = handoffs.clone();
    let request = claim(&agent, 30);
    let waits = tokio::spawn(async move { claimed(&mut waiting, request).await });
    let offered = offer(&mut handoffs, to_type(TYPE)).await;
    let came = within(waits).await.unwrap();
    assert_eq!(came.handoff.unwrap().handoff_id, offered.handoff_id);
    assert!(came.reserved_ms > 0);
}

#[tokio::test]
async fn what_is_held_out_to_one_session_is_not_held_out_to_another() {
    let (_server, mut events, mut handoffs) = team().await;
    let first = session(&mut events, TYPE, "one", 60.0).await;
    let second = session(&mut events, TYPE, "two", 60.0).await;
    let handoff_id = offer(&mut handoffs, to_type(TYPE)).await.handoff_id;
    let held_out = claimed(&mut handoffs, claim(&first, 10)).await.handoff.unwrap();
    assert_eq!(held_out.handoff_id, handoff_id);
    assert_eq!(claimed(&mut handoffs, claim(&second, 0)).await.handoff, None);
    // A request with an id is asked for the first time as well.
    for request_id in [String::new(), id()] {
        let request = AcceptHandoffRequest { request_id, ..accept(&handoff_id, &second) };
        let refused = handoffs.accept_handoff(request).await.unwrap_err();
        assert_eq!((refused.code(), reason(&refused).as_str()), (Code::FailedPrecondition, "ALREADY_CLAIMED"));
        assert_eq!(detail(&refused, "holder"), first);
    }

    let decline = DeclineHandoffRequest {
        handoff_id: handoff_id.clone(),
        session_id: first.clone(),
        ..DeclineHandoffRequest::default()
    };
    handoffs.decline_handoff(decline).await.unwrap();
    let next = claimed(&mut handoffs, claim(&second, 10)).await.handoff.unwrap();
    assert_eq!(next.handoff_id, handoff_id, "what one declines the next is asked for");
    assert_eq!(claimed(&mut handoffs, claim(&first, 0)).await.handoff, None);
}

#[tokio::test]
async fn of_many_who_claim_at_once_exactly_one_gets_each_piece_of_work() {
    let (_server, mut events, mut handoffs) = team().await;
    let mut wanted = std::collections::BTreeSet::new();
    for _ in 0..10 {
        wanted.insert(offer(&mut handoffs, to_type(TYPE)).await.handoff_id);
    }
    let mut claims = Vec::new();
    for number in 0..15 {
        let agent = session(&mut events, TYPE, &format!("agent-{number}"), 60.0).await;
        let mut handoffs = handoffs.clone();
        claims.push(tokio::spawn(async move {
            let request = ClaimHandoffRequest { accept: true, ..claim(&agent, 2) };
            claimed(&mut handoffs, request).await.handoff.map(|handoff| handoff.handoff_id)
        }));
    }
    let mut got = Vec::new();
    for claim in claims {
        got.extend(within(claim).await.unwrap());
    }
    assert_eq!(got.len(), 10, "{got:?}");
    assert_eq!(got.into_iter().collect::<std::collections::BTreeSet<_>>(), wanted);
}

#[tokio::test]
async fn a_claim_takes_what_fits_the_claimant_and_the_most_urgent_first() {
    let (_server, mut events, mut handoffs) = team().await;
    let agent = session(&mut events, TYPE, "one", 60.0).await;
    let workflow = id();
    let with = |priority: Priority, task_type: &str| HandoffRequested {
        priority: priority.into(),
        task_type: task_type.into(),
        ..to_type(TYPE)
    };
    let low = offer(&mut handoffs, with(Priority::Low, "write_docs")).await.handoff_id;
    let high = offer(&mut handoffs, with(Priority::High, "fix_bug")).await.handoff_id;
    let other = HandoffRequested { workflow_id: workflow.clone(), ..with(Priority::Background, "fix_bug") };
    let other = offer(&mut handoffs, other).await.handoff_id;
    let able = HandoffRequested {
        to_agent: "knows-kubernetes".into(),
        to_kind: HandoffTargetKind::Capability.into(),
        ..to_type("")
    };
    let able = offer(&mut handoffs, able).await.handoff_id;
    let mut got = Vec::new();
    for claimant in [
        Claimant { workflow_id: workflow, ..claimant(&agent) },
        Claimant { task_types: vec!["write_docs".into()], ..claimant(&agent) },
        Claimant { capabilities: vec!["knows-kubernetes".into()], ..claimant(&agent) },
        Claimant { capabilities: vec!["knows-kubernetes".into()], ..claimant(&agent) },
    ] {
        let request = ClaimHandoffRequest { claimant: Some(claimant), accept: true, ..claim(&agent, 10) };
        got.push(claimed(&mut handoffs, request).await.handoff.unwrap().handoff_id);
    }
    assert_eq!(got, [other, low, high, able]);
}

#[tokio::test]
async fn a_repeated_claim_gets_the_first_answer() {
    let (_server, mut events, mut handoffs) = team().await;
    let agent = session(&mut events, TYPE, "one", 60.0).await;
    offer(&mut handoffs, to_type(TYPE)).await;
    offer(&mut handoffs, to_type(TYPE)).await;
    let request = ClaimHandoffRequest { accept: true, request_id: id(), ..claim(&agent, 10) };
    let first = claimed(&mut handoffs, request.clone()).await;
    let again = claimed(&mut handoffs, request.clone()).await;
    assert_eq!(first.event_ids, again.event_ids);
    assert_eq!(first.handoff.unwrap().handoff_id, again.handoff.unwrap().handoff_id);
    let other = ClaimHandoffRequest { claimant: Some(claimant(&id())), ..request };
    let refused = handoffs.claim_handoff(other).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::AlreadyExists, "REQUEST_ID_REUSED"));
}

#[tokio::test]
async fn who_cannot_work_cannot_claim() {
    let (_server, mut events, mut handoffs) = team().await;
    let refused = handoffs.claim_handoff(claim(&id(), 0)).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::NotFound, "SESSION_NOT_FOUND"));
    let agent = session(&mut events, TYPE, "one", 60.0).await;
    let paused = format!(r#"{{"session_id":"{agent}","reason":"lunch"}}"#);
    record(&mut events, [event("agent.letta.session.paused", &paused)]).await;
    let refused = handoffs.claim_handoff(claim(&agent, 0)).await;
    let refused = match refused {
        Err(refused) => refused,
        // The board of open work may not have heard of the pause yet.
        Ok(_) => {
            let again = || async { handoffs.clone().claim_handoff(claim(&agent, 0)).await.is_err() };
            until("the pause is known", again).await;
            handoffs.claim_handoff(claim(&agent, 0)).await.unwrap_err()
        }
    };
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::FailedPrecondition, "WRONG_STATE"));
    let nobody = handoffs.claim_handoff(ClaimHandoffRequest::default()).await.unwrap_err();
    is_refused(&nobody, Code::InvalidArgument, "INVALID_FIELD", "claimant");
    let long = handoffs.claim_handoff(claim(&agent, 61)).await.unwrap_err();
    is_refused(&long, Code::InvalidArgument, "INVALID_FIELD", "wait");
}

async fn next(offers: &mut Streaming<WatchOffersResponse>) -> Message {
    within(offers.message()).await.unwrap().unwrap().message.unwrap()
}

#[tokio::test]
async fn offers_come_as_they_are_made_and_go_when_another_takes_them() {
    let (_server, mut events, mut handoffs) = team().await;
    let agent = session(&mut events, TYPE, "one", 60.0).await;
    let request = WatchOffersRequest { claimant: Some(claimant(&agent)), max_offers: 2 };
    let mut offers = handoffs.watch_offers(request).await.unwrap().into_inner();
    let mut made = Vec::new();
    for _ in 0..3 {
        made.push(offer(&mut handoffs, to_type(TYPE)).await.handoff_id);
    }
    let mut shown = Vec::new();
    for _ in 0..2 {
        let Message::Offer(offer) = next(&mut offers).await else { panic!("an offer") };
        shown.push(offer.handoff.unwrap().handoff_id);
    }
    assert_eq!(shown, made[..2]);
    let held = taken(&mut handoffs, &shown[0], &agent).await;
    assert_eq!(held.state(), HandoffState::Accepted);
    let Message::Offer(third) = next(&mut offers).await else { panic!("the third in its place") };
    assert_eq!(third.handoff.unwrap().handoff_id, made[2]);
    let cancel = god33_proto::v1::CancelHandoffRequest { handoff_id: made[1].clone(), ..Default::default() };
    handoffs.cancel_handoff(cancel).await.unwrap();
    let Message::Withdrawn(gone) = next(&mut offers).await else { panic!("it is withdrawn") };
    assert_eq!(gone.handoff_id, made[1]);
}
