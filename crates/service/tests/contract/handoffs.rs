use god33_proto::v1::{
    Artifact, BlockHandoffRequest, CancelHandoffRequest, CompleteHandoffRequest, CreateHandoffRequest,
    DeclineHandoffRequest, ExtendLeaseRequest, FailHandoffRequest, GetHandoffRequest, HandoffRequested, HandoffState,
    HandoffTargetKind, ListHandoffsRequest, Priority, ReleaseHandoffRequest, ReportProgressRequest,
    UnblockHandoffRequest, WatchHandoffRequest,
};
use tonic::Code;

use crate::build::*;
use crate::common::within;
use crate::team::*;

const TYPE: &str = "letta-python-dev";

#[tokio::test]
async fn work_is_offered_taken_reported_and_delivered() {
    let (_server, mut events, mut handoffs) = team().await;
    let agent = session(&mut events, TYPE, "letta-python-dev-001", 60.0).await;
    let deadline = prost_types::Timestamp { seconds: 4_000_000_000, nanos: 0 };
    let offered = HandoffRequested {
        priority: Priority::High.into(),
        deadline: Some(deadline),
        task_description: "Implement user authentication".into(),
        ..to_type(TYPE)
    };
    let offered = offer(&mut handoffs, offered).await;
    assert_eq!((offered.state(), offered.priority(), offered.attempt), (HandoffState::Offered, Priority::High, 1));
    assert_eq!((offered.max_attempts, offered.deadline), (3, Some(deadline)));
    assert_eq!(offered.handoff_id, offered.requested_event_id, "a handoff that is given no id has that of its event");

    let held = taken(&mut handoffs, &offered.handoff_id, &agent).await;
    let lease = held.lease.clone().unwrap();
    assert_eq!(held.state(), HandoffState::Accepted);
    assert_eq!((lease.session_id.as_str(), lease.agent.as_str()), (agent.as_str(), "letta-python-dev-001"));
    assert_eq!((lease.fencing_token, lease.duration_ms), (1, 60_000));
    assert!(lease.remaining_ms > 50_000 && lease.remaining_ms <= 60_000, "{lease:?}");

    let progress = ReportProgressRequest {
        handoff_id: held.handoff_id.clone(),
        fencing_token: 1,
        progress_pct: Some(40.0),
        summary: "models done".into(),
        details: Some(prost_types::Struct::default()),
        ..ReportProgressRequest::default()
    };
    let reported = handoffs.report_progress(progress).await.unwrap().into_inner().handoff.unwrap();
    assert_eq!((reported.progress_pct, reported.version > held.version), (Some(40.0), true));

    let extend = ExtendLeaseRequest { handoff_id: held.handoff_id.clone(), fencing_token: 1 };
    let lease = handoffs.extend_lease(extend).await.unwrap().into_inner().lease.unwrap();
    assert_eq!((lease.fencing_token, lease.duration_ms), (1, 60_000));

    let artifact = Artifact { r#type: "code".into(), path: "src/auth.py".into(), ..Artifact::default() };
    let complete = CompleteHandoffRequest {
        handoff_id: held.handoff_id.clone(),
        fencing_token: 1,
        artifacts: vec![artifact.clone()],
        next_action: "qa_review".into(),
        summary: "done".into(),
        ..CompleteHandoffRequest::default()
    };
    let done = handoffs.complete_handoff(complete).await.unwrap().into_inner();
    let handoff = done.handoff.unwrap();
    assert_eq!((handoff.state(), handoff.next_action.as_str()), (HandoffState::Completed, "qa_review"));
    assert_eq!(handoff.artifacts, [artifact]);
    let get = GetHandoffRequest { handoff_id: held.handoff_id, min_position: done.position };
    assert_eq!(handoffs.get_handoff(get).await.unwrap().into_inner().handoff.unwrap(), handoff);
}

#[tokio::test]
async fn a_late_call_is_refused_and_told_who_holds_the_work() {
    let (_server, mut events, mut handoffs) = team().await;
    let first = session(&mut events, TYPE, "one", 60.0).await;
    let second = session(&mut events, TYPE, "two", 60.0).await;
    let handoff_id = offer(&mut handoffs, to_type(TYPE)).await.handoff_id;
    let old = token(&taken(&mut handoffs, &handoff_id, &first).await);
    let release = ReleaseHandoffRequest {
        handoff_id: handoff_id.clone(),
        fencing_token: old,
        reason: "out of context".into(),
        ..ReleaseHandoffRequest::default()
    };
    let released = handoffs.release_handoff(release).await.unwrap().into_inner().handoff.unwrap();
    assert_eq!((released.state(), released.attempt, released.lease.clone()), (HandoffState::Offered, 1, None));
    let new = token(&taken(&mut handoffs, &handoff_id, &second).await);
    assert!(new > old);

    let complete = CompleteHandoffRequest {
        handoff_id: handoff_id.clone(),
        fencing_token: old,
        ..CompleteHandoffRequest::default()
    };
    let before = head(&mut events).await;
    let refused = handoffs.complete_handoff(complete).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::FailedPrecondition, "LEASE_LOST"));
    assert_eq!((detail(&refused, "holder"), detail(&refused, "fencing_token")), (second, new.to_string()));
    let extend = ExtendLeaseRequest { handoff_id, fencing_token: old };
    assert_eq!(reason(&handoffs.extend_lease(extend).await.unwrap_err()), "LEASE_LOST");
    assert_eq!(head(&mut events).await, before, "a refusal changes nothing");
}

#[tokio::test]
async fn work_that_fails_is_offered_again_until_no_attempt_is_left() {
    let (_server, mut events, mut handoffs) = team().await;
    let offered = HandoffRequested { max_attempts: Some(2), ..to_type(TYPE) };
    let handoff_id = offer(&mut handoffs, offered).await.handoff_id;
    let mut states = Vec::new();
    for number in 1..=2 {
        let agent = session(&mut events, TYPE, &format!("agent-{number}"), 60.0).await;
        let fail = FailHandoffRequest {
            handoff_id: handoff_id.clone(),
            fencing_token: token(&taken(&mut handoffs, &handoff_id, &agent).await),
            failure_reason: "tests do not pass".into(),
            ..FailHandoffRequest::default()
        };
        let failed = handoffs.fail_handoff(fail).await.unwrap().into_inner().handoff.unwrap();
        states.push((failed.state(), failed.attempt));
    }
    assert_eq!(states, [(HandoffState::Offered, 2), (HandoffState::Failed, 2)]);
}

#[tokio::test]
async fn blocked_work_stays_with_its_holder_until_help_comes() {
    let (_server, mut events, mut handoffs) = team().await;
    let agent = session(&mut events, TYPE, "one", 60.0).await;
    let handoff_id = offer(&mut handoffs, to_type(TYPE)).await.handoff_id;
    let fencing_token = token(&taken(&mut handoffs, &handoff_id, &agent).await);
    let block = BlockHandoffRequest {
        handoff_id: handoff_id.clone(),
        fencing_token,
        reason: "no access".into(),
        needs: "an administrator".into(),
        ..BlockHandoffRequest::default()
    };
    let blocked = handoffs.block_handoff(block).await.unwrap().into_inner().handoff.unwrap();
    assert_eq!((blocked.state(), blocked.reason.as_str()), (HandoffState::Blocked, "no access"));
    let unblock = UnblockHandoffRequest {
        handoff_id,
        unblocked_by: "jarad".into(),
        resolution: "access granted".into(),
        ..UnblockHandoffRequest::default()
    };
    let unblocked = handoffs.unblock_handoff(unblock.clone()).await.unwrap().into_inner().handoff.unwrap();
    assert_eq!((unblocked.state(), token(&unblocked)), (HandoffState::Accepted, fencing_token));
    let refused = handoffs.unblock_handoff(unblock).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::FailedPrecondition, "WRONG_STATE"));
    assert_eq!((detail(&refused, "state"), detail(&refused, "allowed")), ("accepted".into(), "blocked".into()));
}

#[tokio::test]
async fn who_declines_is_not_asked_again_and_an_instance_that_declines_ends_it() {
    let (_server, mut events, mut handoffs) = team().await;
    let agent = session(&mut events, TYPE, "one", 60.0).await;
    let decline = |handoff_id: &str| DeclineHandoffRequest {
        handoff_id: handoff_id.into(),
        session_id: agent.clone(),
        reason: "too much to do".into(),
        ..DeclineHandoffRequest::default()
    };
    let to_any = offer(&mut handoffs, to_type(TYPE)).await.handoff_id;
    let declined = handoffs.decline_handoff(decline(&to_any)).await.unwrap().into_inner().handoff.unwrap();
    assert_eq!(declined.state(), HandoffState::Offered);
    let refused = handoffs.accept_handoff(accept(&to_any, &agent)).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::FailedPrecondition, "NOT_THE_TARGET"));

    let instance =
        HandoffRequested { to_agent: "one".into(), to_kind: HandoffTargetKind::Instance.into(), ..to_type("") };
    let to_one = offer(&mut handoffs, instance).await.handoff_id;
    let declined = handoffs.decline_handoff(decline(&to_one)).await.unwrap().into_inner().handoff.unwrap();
    assert_eq!((declined.state(), declined.reason.as_str()), (HandoffState::Declined, "too much to do"));
}

#[tokio::test]
async fn what_is_wrong_with_a_handoff_is_named_by_its_field() {
    let (_server, mut events, mut handoffs) = team().await;
    let empty = handoffs.create_handoff(CreateHandoffRequest::default()).await.unwrap_err();
    is_refused(&empty, Code::InvalidArgument, "INVALID_FIELD", "handoff");
    let nobody = CreateHandoffRequest { handoff: Some(HandoffRequested::default()), ..CreateHandoffRequest::default() };
    let nobody = handoffs.create_handoff(nobody).await.unwrap_err();
    is_refused(&nobody, Code::InvalidArgument, "INVALID_FIELD", "handoff.to_agent");
    let past =
        HandoffRequested { deadline: Some(prost_types::Timestamp { seconds: 1_000, nanos: 0 }), ..to_type(TYPE) };
    let past = CreateHandoffRequest { handoff: Some(past), ..CreateHandoffRequest::default() };
    let past = handoffs.create_handoff(past).await.unwrap_err();
    is_refused(&past, Code::InvalidArgument, "DEADLINE_IN_PAST", "handoff.deadline");
    let unknown = handoffs.accept_handoff(accept(&id(), &id())).await.unwrap_err();
    assert_eq!((unknown.code(), reason(&unknown).as_str()), (Code::NotFound, "HANDOFF_NOT_FOUND"));
    let nobody = CompleteHandoffRequest { handoff_id: "h".into(), ..CompleteHandoffRequest::default() };
    let refused = handoffs.complete_handoff(nobody).await.unwrap_err();
    let named: Vec<String> = fields(&refused).into_iter().map(|(field, _)| field).collect();
    assert_eq!(named, ["handoff_id", "fencing_token"]);
    assert_eq!(head(&mut events).await, 0);
}

#[tokio::test]
async fn handoffs_are_listed_by_every_filter_and_in_pages() {
    let (_server, mut events, mut handoffs) = team().await;
    let agent = session(&mut events, TYPE, "one", 60.0).await;
    let workflow = id();
    let mut all = Vec::new();
    for number in 0..5 {
        let kind = if number % 2 == 0 { TYPE } else { "letta-rust-dev" };
        let workflow_id = if number < 2 { workflow.clone() } else { String::new() };
        let offered = offer(&mut handoffs, HandoffRequested { workflow_id, ..to_type(kind) }).await;
        all.insert(0, offered.handoff_id);
    }
    taken(&mut handoffs, &all[0], &agent).await;
    let none = ListHandoffsRequest::default;
    let filters = [
        (none(), vec![0, 1, 2, 3, 4]),
        (ListHandoffsRequest { states: vec![HandoffState::Accepted.into()], ..none() }, vec![0]),
        (ListHandoffsRequest { to_agent: "letta-rust-dev".into(), ..none() }, vec![1, 3]),
        (ListHandoffsRequest { to_agent: "one".into(), ..none() }, vec![0]),
        (ListHandoffsRequest { workflow_id: workflow.clone(), ..none() }, vec![3, 4]),
        (ListHandoffsRequest { session_id: agent, ..none() }, vec![0]),
        (ListHandoffsRequest { workflow_id: workflow, to_agent: TYPE.into(), ..none() }, vec![4]),
        (ListHandoffsRequest { from_agent: "nobody".into(), ..none() }, vec![]),
    ];
    for (filter, wanted) in filters {
        let mut found = Vec::new();
        let mut request = ListHandoffsRequest { page_size: 2, ..filter.clone() };
        loop {
            let page = handoffs.list_handoffs(request.clone()).await.unwrap().into_inner();
            found.extend(page.handoffs.into_iter().map(|handoff| handoff.handoff_id));
            request.page_token = page.next_page_token;
            if request.page_token.is_empty() {
                break;
            }
        }
        let wanted: Vec<String> = wanted.into_iter().map(|index: usize| all[index].clone()).collect();
        assert_eq!(found, wanted, "{filter:?}");
    }
    let foreign = ListHandoffsRequest { page_token: "AAAA".into(), ..none() };
    let refused = handoffs.list_handoffs(foreign).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_PAGE_TOKEN", "page_token");
}

#[tokio::test]
async fn a_watch_shows_the_handoff_and_then_each_change() {
    let (_server, mut events, mut handoffs) = team().await;
    let agent = session(&mut events, TYPE, "one", 60.0).await;
    let handoff_id = offer(&mut handoffs, to_type(TYPE)).await.handoff_id;
    let request = WatchHandoffRequest { handoff_id: handoff_id.clone(), ..WatchHandoffRequest::default() };
    let mut watch = handoffs.watch_handoff(request).await.unwrap().into_inner();
    let first = within(watch.message()).await.unwrap().unwrap();
    assert_eq!((first.handoff.unwrap().state(), first.event), (HandoffState::Offered, None));
    taken(&mut handoffs, &handoff_id, &agent).await;
    let next = within(watch.message()).await.unwrap().unwrap();
    assert_eq!(next.handoff.unwrap().state(), HandoffState::Accepted);
    assert_eq!(next.event.unwrap().envelope.unwrap().event_type, "agent.handoff.accepted");
    let cancel = CancelHandoffRequest { handoff_id, reason: "not wanted".into(), ..CancelHandoffRequest::default() };
    handoffs.cancel_handoff(cancel).await.unwrap();
    let last = within(watch.message()).await.unwrap().unwrap().handoff.unwrap();
    assert_eq!((last.state(), last.reason.as_str()), (HandoffState::Cancelled, "not wanted"));
}
