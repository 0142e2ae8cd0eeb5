use god33_proto::v1::{
    ListSharedContextHistoryRequest, ListSharedContextHistoryResponse, SetSharedContextRequest, SharedContextChange,
};
use prost_types::Value;
use prost_types::value::Kind as ValueKind;
use tonic::{Code, Status};

use crate::build::*;
use crate::collaborations::{object, start, team, text, together};

fn change(key: &str, value: Value, expected_version: Option<u64>) -> SharedContextChange {
    SharedContextChange { key: key.into(), value: Some(value), expected_version }
}

fn null() -> Value {
    Value { kind: Some(ValueKind::NullValue(0)) }
}

fn set(id: &str, changes: Vec<SharedContextChange>) -> SetSharedContextRequest {
    SetSharedContextRequest {
        collaboration_id: id.into(),
        agent_id: "letta-rust-dev".into(),
        changes,
        ..SetSharedContextRequest::default()
    }
}

fn history(id: &str, key: &str) -> ListSharedContextHistoryRequest {
    ListSharedContextHistoryRequest {
        collaboration_id: id.into(),
        key: key.into(),
        ..ListSharedContextHistoryRequest::default()
    }
}

async fn read(
    client: &mut Collaborations,
    request: ListSharedContextHistoryRequest,
) -> Result<ListSharedContextHistoryResponse, Status> {
    Ok(client.list_shared_context_history(request).await?.into_inner())
}

/// Keys and versions.
fn brief(page: &ListSharedContextHistoryResponse) -> Vec<(String, u64)> {
    page.values.iter().map(|value| (value.key.clone(), value.version)).collect()
}

fn pairs(expected: &[(&str, u64)]) -> Vec<(String, u64)> {
    expected.iter().map(|(key, version)| ((*key).to_owned(), *version)).collect()
}

#[tokio::test]
async fn keys_are_set_all_or_none_against_what_the_caller_read() {
    let (_server, mut events, mut client, id) = together().await;
    let changes = vec![change("owner", text("letta-rust-dev"), Some(1)), change("tasks", text("build"), Some(0))];
    let answer = client.set_shared_context(set(&id, changes)).await.unwrap().into_inner();
    assert_eq!(answer.event_ids.len(), 2);
    let shared = answer.collaboration.unwrap().shared_context;
    assert_eq!((shared[0].value.clone(), shared[0].version), (Some(text("letta-rust-dev")), 2));
    let before = head(&mut events).await;
    let stale = vec![change("new", text("x"), None), change("owner", text("y"), Some(1))];
    let refused = client.set_shared_context(set(&id, stale)).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::Aborted, "CONTEXT_KEY_CONFLICT"));
    let details = ["key", "expected", "actual", "changed_by"].map(|name| detail(&refused, name));
    assert_eq!(details, ["owner", "1", "2", "letta-rust-dev"]);
    assert_eq!(head(&mut events).await, before);
    let removed = client.set_shared_context(set(&id, vec![change("tasks", null(), None)])).await.unwrap().into_inner();
    assert_eq!(removed.collaboration.unwrap().shared_context.len(), 1);
}

#[tokio::test]
async fn a_change_that_cannot_be_is_refused() {
    let (_server, _, mut client, id) = together().await;
    let nothing = client.set_shared_context(set(&id, Vec::new())).await.unwrap_err();
    is_refused(&nothing, Code::InvalidArgument, "INVALID_FIELD", "changes");
    let empty = vec![SharedContextChange { key: "a".into(), ..SharedContextChange::default() }];
    let refused = client.set_shared_context(set(&id, empty)).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_FIELD", "changes[0].value");
    let stranger =
        SetSharedContextRequest { agent_id: "a-stranger".into(), ..set(&id, vec![change("a", text("b"), None)]) };
    let refused = client.set_shared_context(stranger).await.unwrap_err();
    assert_eq!(reason(&refused), "NOT_A_PARTICIPANT");
}

#[tokio::test]
async fn the_history_of_a_key_is_listed_from_the_newest_value_on() {
    let (_server, mut events, mut client, id) = together().await;
    // Another collaboration whose keys are of no interest, and a change that nobody numbered.
    let other = start(&mut client, team()).await.collaboration_id;
    for value in [text("letta-rust-dev"), null(), text("nobody")] {
        client.set_shared_context(set(&id, vec![change("owner", value, None)])).await.unwrap();
        let said = format!(r#"{{"collaboration_id":"{other}","key":"owner","value":1}}"#);
        record(&mut events, [event("agent.collaboration.context.updated", &said)]).await;
    }
    let said = format!(r#"{{"collaboration_id":"{id}","key":"tasks","value":["build"]}}"#);
    record(&mut events, [event("agent.collaboration.context.updated", &said)]).await;
    let page = read(&mut client, history(&id, "owner")).await.unwrap();
    assert_eq!(brief(&page), pairs(&[("owner", 4), ("owner", 3), ("owner", 2), ("owner", 1)]));
    assert_eq!(page.values[0].changed_by, "letta-rust-dev");
    assert_eq!(
        (page.values[1].value.clone(), page.values[3].value.clone()),
        (Some(null()), Some(text("mise-architect")))
    );
    let all = read(&mut client, history(&id, "")).await.unwrap();
    assert_eq!(brief(&all)[..2], pairs(&[("tasks", 1), ("owner", 4)]));
    let unknown = read(&mut client, history(&id, "unheard-of")).await.unwrap_err();
    assert_eq!((unknown.code(), reason(&unknown).as_str()), (Code::NotFound, "CONTEXT_KEY_NOT_FOUND"));
    let unknown = read(&mut client, history(&crate::build::id(), "")).await.unwrap_err();
    assert_eq!((unknown.code(), reason(&unknown).as_str()), (Code::NotFound, "COLLABORATION_NOT_FOUND"));
}

#[tokio::test]
async fn pages_of_a_history_cover_each_value_once() {
    let (server, mut events) = world().await;
    let mut client = Collaborations::new(server.channel().await);
    let mut shared = object("a", "1");
    shared.fields.extend([("b".to_owned(), text("1")), ("c".to_owned(), text("1"))]);
    let started = god33_proto::v1::CollaborationStarted { shared_context: Some(shared), ..team() };
    let id = start(&mut client, started).await.collaboration_id;
    crate::collaborations::join(&mut client, &id, "letta-rust-dev").await.unwrap();
    for key in ["a", "b"] {
        client.set_shared_context(set(&id, vec![change(key, text("2"), None)])).await.unwrap();
        record(&mut events, (0..60).map(|_| event("agent.collaboration.context.updated", "{}"))).await;
    }
    let whole = brief(&read(&mut client, history(&id, "")).await.unwrap());
    assert_eq!(whole, pairs(&[("b", 2), ("a", 2), ("a", 1), ("b", 1), ("c", 1)]));
    for page_size in 1..=5 {
        let mut seen = Vec::new();
        let mut page_token = String::new();
        loop {
            let request = ListSharedContextHistoryRequest { page_size, page_token, ..history(&id, "") };
            let page = read(&mut client, request).await.unwrap();
            assert!(page.values.len() <= page_size as usize);
            seen.extend(brief(&page));
            page_token = page.next_page_token;
            if page_token.is_empty() {
                break;
            }
        }
        assert_eq!(seen, whole, "pages of {page_size}");
    }
    let foreign = ListSharedContextHistoryRequest { page_token: "x".into(), ..history(&id, "") };
    let refused = read(&mut client, foreign).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_PAGE_TOKEN", "page_token");
}

#[tokio::test]
async fn a_page_of_a_history_ends_before_it_is_larger_than_clients_take() {
    let (_server, _, mut client, id) = together().await;
    let large = "x".repeat(900 << 10);
    for _ in 0..5 {
        client.set_shared_context(set(&id, vec![change("a", text(&large), None)])).await.unwrap();
    }
    let first = read(&mut client, history(&id, "a")).await.unwrap();
    assert_eq!(brief(&first), pairs(&[("a", 5), ("a", 4), ("a", 3)]));
    let rest = ListSharedContextHistoryRequest { page_token: first.next_page_token, ..history(&id, "a") };
    let rest = read(&mut client, rest).await.unwrap();
    assert_eq!((brief(&rest), rest.next_page_token.as_str()), (pairs(&[("a", 2), ("a", 1)]), ""));
}
