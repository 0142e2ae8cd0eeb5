use god33_domain::plan::Writes;
use god33_domain::ports::Commit;
use god33_domain::state::{ChangedState, State};
use god33_domain::{QuarantineReason, QuarantinedMessage, Timestamp, WorkflowId};
use god33_proto::v1::admin_service_client::AdminServiceClient;
use god33_proto::v1::redrive_result::Outcome;
use god33_proto::v1::{
    AuditEntry, DiscardQuarantinedMessagesRequest, ErrorReason, GetEventRequest, GetQuarantinedMessageRequest,
    ListAuditEntriesRequest, ListNodesRequest, RebuildStatesRequest, RebuildStatesResponse, ReconcileBusRequest,
    RedriveQuarantinedMessagesRequest, RedriveResult, VerifyLogRequest, VerifyLogResponse,
};
use prost_types::Timestamp as Time;
use serde_json::json;
use tonic::transport::Channel;
use tonic::{Code, Status, Streaming};

use crate::build::*;
use crate::common::{TestServer, until, within};

type Admin = AdminServiceClient<Channel>;

async fn admin() -> (TestServer, Events, Admin) {
    let (server, events) = world().await;
    let admin = Admin::new(server.channel().await);
    (server, events, admin)
}

/// Puts messages with these bodies into quarantine and gives their ids, as the store got and could not keep them.
async fn quarantine(server: &TestServer, bodies: &[&str]) -> Vec<String> {
    for body in bodies {
        let message = QuarantinedMessage {
            received_at: Timestamp::now(),
            exchange: "bloodbank.events.v1".into(),
            routing_key: "git.commit.made".into(),
            properties: json!({"message_id": null, "headers": {"x-from": "somebody"}}),
            body: (*body).to_owned().into(),
            reason: QuarantineReason::Unstorable,
            detail: "the store would not".into(),
            attempts: 1,
        };
        server.store.quarantine(&[message]).await.unwrap();
    }
    let all = server.store.quarantined(None, bodies.len()).await.unwrap();
    all.iter().rev().map(|(id, _)| id.to_string()).collect()
}

fn redrive(ids: &[String]) -> RedriveQuarantinedMessagesRequest {
    RedriveQuarantinedMessagesRequest { quarantine_ids: ids.to_vec(), ..Default::default() }
}

fn discard(ids: &[String]) -> DiscardQuarantinedMessagesRequest {
    DiscardQuarantinedMessagesRequest { quarantine_ids: ids.to_vec(), reason: "a test".into(), ..Default::default() }
}

fn appended(result: &RedriveResult) -> (String, u64, bool) {
    match result.outcome.as_ref().unwrap() {
        Outcome::Appended(event) => (event.event_id.clone(), event.position, event.already_recorded),
        Outcome::Error(error) => panic!("{error:?}"),
    }
}

fn refused(result: &RedriveResult) -> ErrorReason {
    match result.outcome.as_ref().unwrap() {
        Outcome::Appended(event) => panic!("{event:?}"),
        Outcome::Error(error) => error.reason(),
    }
}

async fn audit(admin: &mut Admin, request: ListAuditEntriesRequest) -> Vec<AuditEntry> {
    admin.list_audit_entries(request).await.unwrap().into_inner().entries
}

#[tokio::test]
async fn redriven_messages_become_events_or_stay_with_their_new_reason() {
    let (server, mut events, mut admin) = admin().await;
    let ids = quarantine(&server, &[r#"{"sha":"abc"}"#, "no json", r#"{"sha":"def"}"#]).await;
    let answer = admin.redrive_quarantined_messages(redrive(&ids)).await.unwrap().into_inner();
    let answered: Vec<&String> = answer.results.iter().map(|result| &result.quarantine_id).collect();
    assert_eq!(answered, ids.iter().collect::<Vec<_>>());
    let (first, _, _) = appended(&answer.results[0]);
    assert_eq!((appended(&answer.results[2]).1, answer.position), (2, 2));
    assert_eq!(refused(&answer.results[1]), ErrorReason::InvalidJson);

    let request = GetEventRequest { event_id: first, min_position: answer.position, include_original: true };
    let event = events.get_event(request).await.unwrap().into_inner();
    assert_eq!(&event.original[..], br#"{"sha":"abc"}"#);
    let envelope = event.event.unwrap().envelope.unwrap();
    let bus = envelope.bus.unwrap();
    assert_eq!((bus.routing_key.as_str(), bus.headers.as_str()), ("git.commit.made", r#"{"x-from":"somebody"}"#));
    assert_eq!(envelope.event_type, "git.commit.made");

    assert_eq!(server.store.count_quarantined().await.unwrap(), 1);
    let request = GetQuarantinedMessageRequest { quarantine_id: ids[1].clone() };
    let stays = admin.get_quarantined_message(request).await.unwrap().into_inner().message.unwrap();
    assert_eq!((stays.attempts, stays.reason()), (2, ErrorReason::InvalidJson));
    assert!(stays.message.starts_with("the body is not JSON"), "{}", stays.message);
    assert_eq!(&stays.body[..], b"no json");
}

#[tokio::test]
async fn a_message_that_is_recorded_already_only_leaves_the_quarantine() {
    let (server, mut events, mut admin) = admin().await;
    let ids = quarantine(&server, &[r#"{"sha":"abc"}"#]).await;
    let first = admin.redrive_quarantined_messages(redrive(&ids)).await.unwrap().into_inner();
    let again = quarantine(&server, &[r#"{"sha":"abc"}"#]).await;
    let again = admin.redrive_quarantined_messages(redrive(&again)).await.unwrap().into_inner();
    let (id, position, already_recorded) = appended(&again.results[0]);
    assert_eq!((id, position, already_recorded), (appended(&first.results[0]).0, 1, true));
    assert_eq!((head(&mut events).await, server.store.count_quarantined().await.unwrap()), (1, 0));
}

#[tokio::test]
async fn a_corrected_body_takes_the_place_of_the_broken_one() {
    let (server, mut events, mut admin) = admin().await;
    let ids = quarantine(&server, &["{broken"]).await;
    let still_broken = RedriveQuarantinedMessagesRequest { corrected_body: "{worse".into(), ..redrive(&ids) };
    let answer = admin.redrive_quarantined_messages(still_broken).await.unwrap().into_inner();
    assert_eq!(refused(&answer.results[0]), ErrorReason::InvalidJson);
    let (_, kept) = server.store.quarantined(None, 1).await.unwrap().remove(0);
    assert_eq!((kept.attempts, kept.reason), (1, QuarantineReason::Unstorable), "the message itself was not tried");
    let corrected = RedriveQuarantinedMessagesRequest { corrected_body: r#"{"sha":"abc"}"#.into(), ..redrive(&ids) };
    let answer = admin.redrive_quarantined_messages(corrected).await.unwrap().into_inner();
    assert_eq!(appended(&answer.results[0]).1, 1);
    assert_eq!((head(&mut events).await, server.store.count_quarantined().await.unwrap()), (1, 0));
}

#[tokio::test]
async fn a_repeat_with_the_same_request_id_gets_the_first_answer() {
    let (server, mut events, mut admin) = admin().await;
    let ids = quarantine(&server, &[r#"{"sha":"abc"}"#, r#"{"sha":"def"}"#]).await;
    let request = RedriveQuarantinedMessagesRequest { request_id: id(), ..redrive(&ids[..1]) };
    let first = admin.redrive_quarantined_messages(request.clone()).await.unwrap().into_inner();
    let again = admin.redrive_quarantined_messages(request.clone()).await.unwrap().into_inner();
    assert_eq!((first, head(&mut events).await), (again, 1));
    let other = RedriveQuarantinedMessagesRequest { quarantine_ids: ids[1..].to_vec(), ..request };
    let reused = admin.redrive_quarantined_messages(other).await.unwrap_err();
    assert_eq!((reused.code(), reason(&reused).as_str()), (Code::AlreadyExists, "REQUEST_ID_REUSED"));
    let request = DiscardQuarantinedMessagesRequest { request_id: id(), ..discard(&ids[1..]) };
    for _ in 0..2 {
        let answer = admin.discard_quarantined_messages(request.clone()).await.unwrap().into_inner();
        assert_eq!(answer.discarded, 1);
    }
}

#[tokio::test]
async fn one_unknown_message_stops_a_call_before_anything_is_done() {
    let (server, mut events, mut admin) = admin().await;
    let mut ids = quarantine(&server, &[r#"{"sha":"abc"}"#]).await;
    for unknown in ["99999", "nonsense"] {
        ids.truncate(1);
        ids.push(unknown.into());
        let refused = admin.redrive_quarantined_messages(redrive(&ids)).await.unwrap_err();
        assert_eq!((refused.code(), reason(&refused).as_str()), (Code::NotFound, "QUARANTINED_MESSAGE_NOT_FOUND"));
        let refused = admin.discard_quarantined_messages(discard(&ids)).await.unwrap_err();
        assert_eq!(reason(&refused), "QUARANTINED_MESSAGE_NOT_FOUND");
        assert_eq!(detail(&refused, "id"), unknown);
    }
    assert_eq!((head(&mut events).await, server.store.count_quarantined().await.unwrap()), (0, 1));
}

#[tokio::test]
async fn calls_about_no_too_many_or_the_same_messages_are_refused() {
    let (_server, _events, mut admin) = admin().await;
    let refused = admin.redrive_quarantined_messages(redrive(&[])).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "EMPTY_REQUEST", "quarantine_ids");
    let many: Vec<String> = (0..1_001).map(|id| id.to_string()).collect();
    let refused = admin.discard_quarantined_messages(discard(&many)).await.unwrap_err();
    is_refused(&refused, Code::ResourceExhausted, "TOO_MANY_ITEMS", "quarantine_ids");
    let twice = ["1".to_owned(), "1".to_owned()];
    let refused = admin.redrive_quarantined_messages(redrive(&twice)).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_FIELD", "quarantine_ids[1]");
    let two = ["1".to_owned(), "2".to_owned()];
    let corrected = RedriveQuarantinedMessagesRequest { corrected_body: "{}".into(), ..redrive(&two) };
    let refused = admin.redrive_quarantined_messages(corrected).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_FIELD", "corrected_body");
    let silent = DiscardQuarantinedMessagesRequest { reason: String::new(), ..discard(&two) };
    let refused = admin.discard_quarantined_messages(silent).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_FIELD", "reason");
    let bad = RedriveQuarantinedMessagesRequest { request_id: "x".into(), ..redrive(&two) };
    let refused = admin.redrive_quarantined_messages(bad).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_UUID", "request_id");
}

#[tokio::test]
async fn who_discarded_what_and_why_is_kept_and_so_are_refusals() {
    let (server, _events, mut admin) = admin().await;
    let ids = quarantine(&server, &["a", "b"]).await;
    let request = DiscardQuarantinedMessagesRequest { reason: "a broken producer".into(), ..discard(&ids) };
    assert_eq!(admin.discard_quarantined_messages(request).await.unwrap().into_inner().discarded, 2);
    admin.discard_quarantined_messages(discard(&ids)).await.unwrap_err();
    admin.redrive_quarantined_messages(redrive(&[])).await.unwrap_err();

    let all = audit(&mut admin, ListAuditEntriesRequest::default()).await;
    let told: Vec<(&str, ErrorReason)> = all.iter().map(|entry| (entry.method.as_str(), entry.refused())).collect();
    let (discarding, redriving) =
        ("god33.v1.AdminService/DiscardQuarantinedMessages", "god33.v1.AdminService/RedriveQuarantinedMessages");
    let expected = [
        (redriving, ErrorReason::EmptyRequest),
        (discarding, ErrorReason::QuarantinedMessageNotFound),
        (discarding, ErrorReason::Unspecified),
    ];
    assert_eq!(told, expected);
    let done = &all[2];
    assert_eq!(done.subject, format!("quarantined messages {}: a broken producer", ids.join(", ")));
    assert_eq!(done.principal, "anonymous");
    assert!(!done.node_id.is_empty() && done.at.is_some());

    let choose = |method: &str, refused_only| ListAuditEntriesRequest {
        method: method.into(),
        refused_only,
        ..ListAuditEntriesRequest::default()
    };
    assert_eq!(audit(&mut admin, choose(discarding, false)).await.len(), 2);
    assert_eq!(audit(&mut admin, choose(discarding, true)).await.len(), 1);
    let nobody = ListAuditEntriesRequest { principal: "nobody".into(), ..ListAuditEntriesRequest::default() };
    assert!(audit(&mut admin, nobody).await.is_empty());
    let future = ListAuditEntriesRequest {
        since: Some(Time { seconds: 32_503_680_000, nanos: 0 }),
        ..ListAuditEntriesRequest::default()
    };
    assert!(audit(&mut admin, future).await.is_empty());
}

#[tokio::test]
async fn the_audit_is_read_page_by_page() {
    let (_server, _events, mut admin) = admin().await;
    for _ in 0..5 {
        admin.redrive_quarantined_messages(redrive(&[])).await.unwrap_err();
    }
    let mut request = ListAuditEntriesRequest { page_size: 2, ..ListAuditEntriesRequest::default() };
    let mut sizes = Vec::new();
    loop {
        let page = admin.list_audit_entries(request.clone()).await.unwrap().into_inner();
        sizes.push(page.entries.len());
        if page.next_page_token.is_empty() {
            break;
        }
        request.page_token = page.next_page_token;
    }
    assert_eq!(sizes, [2, 2, 1]);
    let other = ListAuditEntriesRequest { principal: "a".into(), ..request };
    let refused = admin.list_audit_entries(other).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_PAGE_TOKEN", "page_token");
    let large = ListAuditEntriesRequest { page_size: 1_001, ..ListAuditEntriesRequest::default() };
    let refused = admin.list_audit_entries(large).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_PAGE_SIZE", "page_size");
}

async fn read<T>(stream: Result<tonic::Response<Streaming<T>>, Status>) -> Vec<T> {
    let mut stream = stream.unwrap().into_inner();
    let mut messages = Vec::new();
    while let Some(message) = within(stream.message()).await.unwrap() {
        messages.push(message);
    }
    messages
}

/// A workflow whose state is not what the log makes of it.
async fn spoil_a_workflow(server: &TestServer, events: &mut Events) -> String {
    let workflow = id();
    let start = event("bmad.workflow.started", &format!(r#"{{"workflow_id":"{workflow}","project_name":"right"}}"#));
    record(events, [start.clone(), caused("a.b", &[&start])]).await;
    let id = WorkflowId::parse(&workflow).unwrap();
    let mut state = server.store.workflow(&id).await.unwrap().unwrap();
    state.project_name = Some("wrong".into());
    let transaction = server.store.begin().await.unwrap();
    let (head, state) = (transaction.head(), State::Workflow(Box::new(state)));
    let changed = ChangedState { state, gained: Vec::new(), lost: Vec::new() };
    let committed = transaction.commit(&Writes::of_states(head, vec![changed], Vec::new())).await.unwrap();
    assert_eq!(committed, Commit::Done);
    workflow
}

async fn project_of(server: &TestServer, workflow: &str) -> Option<String> {
    server.store.workflow(&WorkflowId::parse(workflow).unwrap()).await.unwrap().unwrap().project_name
}

#[tokio::test]
async fn a_check_of_the_log_tells_how_far_it_is_and_what_it_found() {
    let (server, mut events, mut admin) = admin().await;
    let workflow = spoil_a_workflow(&server, &mut events).await;
    let whole = read(admin.verify_log(VerifyLogRequest::default()).await).await;
    let end = VerifyLogResponse { position: 2, until_position: 2, findings: vec![], done: true };
    assert_eq!(whole.last(), Some(&end));
    let states = VerifyLogRequest { compare_states: true, ..VerifyLogRequest::default() };
    let told = read(admin.verify_log(states).await).await;
    let findings: Vec<_> = told.iter().flat_map(|message| &message.findings).collect();
    assert_eq!((findings.len(), findings[0].kind.as_str()), (1, "state"));
    assert!(findings[0].message.contains(&workflow), "{}", findings[0].message);
    assert_eq!(told.iter().filter(|message| message.done).count(), 1);
    let nothing = read(admin.verify_log(VerifyLogRequest { after_position: 99, compare_states: false }).await).await;
    assert_eq!((nothing.len(), nothing[0].done), (1, true));
}

#[tokio::test]
async fn a_rebuild_replaces_what_differs_once_for_a_request_id() {
    let (server, mut events, mut admin) = admin().await;
    let workflow = spoil_a_workflow(&server, &mut events).await;
    let ask = |dry_run, kind: &str| RebuildStatesRequest { request_id: id(), kinds: vec![kind.into()], dry_run };
    let last = |told: Vec<RebuildStatesResponse>| {
        let last = *told.last().unwrap();
        (last.differing, last.position, last.done)
    };
    assert_eq!(last(read(admin.rebuild_states(ask(true, "workflow")).await).await), (1, 2, true));
    assert_eq!(last(read(admin.rebuild_states(ask(false, "handoff")).await).await), (0, 2, true));
    assert_eq!(project_of(&server, &workflow).await.as_deref(), Some("wrong"));
    let request = ask(false, "workflow");
    assert_eq!(last(read(admin.rebuild_states(request.clone()).await).await), (1, 2, true));
    assert_eq!(project_of(&server, &workflow).await.as_deref(), Some("right"));
    let again = read(admin.rebuild_states(request).await).await;
    assert_eq!((again.len(), last(again)), (1, (1, 2, true)), "the first answer");
    assert_eq!(last(read(admin.rebuild_states(RebuildStatesRequest::default()).await).await), (0, 2, true));

    let refused = admin.rebuild_states(ask(false, "nonsense")).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_FIELD", "kinds[0]");
    assert_eq!(audit(&mut admin, ListAuditEntriesRequest::default()).await.len(), 6);
}

#[tokio::test]
async fn the_node_that_answers_is_on_the_list() {
    let (_server, _events, admin) = admin().await;
    until("the node gave its sign", || {
        let mut admin = admin.clone();
        async move {
            let nodes = admin.list_nodes(ListNodesRequest {}).await.unwrap().into_inner().nodes;
            nodes.len() == 1 && nodes[0].version == "test" && nodes[0].last_seen_at.is_some()
        }
    })
    .await;
}

#[tokio::test]
async fn without_a_broker_there_is_nothing_to_reconcile() {
    let (_server, _events, mut admin) = admin().await;
    let refused = admin.reconcile_bus(ReconcileBusRequest::default()).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::Unimplemented, "NOT_IN_THIS_MODE"));
}
