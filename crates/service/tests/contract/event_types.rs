use god33_proto::v1::{EventTypeInfo, ListEventTypesRequest};
use tonic::Code;

use crate::build::*;

async fn types(client: &mut Events, request: ListEventTypesRequest) -> Vec<EventTypeInfo> {
    let (mut all, mut request) = (Vec::new(), request);
    loop {
        let page = client.list_event_types(request.clone()).await.unwrap().into_inner();
        all.extend(page.event_types);
        if page.next_page_token.is_empty() {
            return all;
        }
        request.page_token = page.next_page_token;
    }
}

#[tokio::test]
async fn declared_and_recorded_types_are_listed_by_name() {
    let (_server, mut client) = world().await;
    let saved = r#"{"session_id":"s","checkpoint_id":"c"}"#;
    record(
        &mut client,
        [event("git.commit", "1"), event("agent.agno.checkpoint.saved", saved), event("git.commit", "1")],
    )
    .await;
    let all = types(&mut client, ListEventTypesRequest { page_size: 7, ..ListEventTypesRequest::default() }).await;
    let names: Vec<&str> = all.iter().map(|info| info.event_type.as_str()).collect();
    assert!(names.is_sorted() && names.len() > 60, "{names:?}");
    let of = |name: &str| all.iter().find(|info| info.event_type == name);
    let commit = of("git.commit").unwrap();
    assert_eq!((commit.first_position, commit.declared_message.as_str(), commit.json_schema.as_str()), (1, "", ""));
    let agno = of("agent.agno.checkpoint.saved").unwrap();
    assert_eq!((agno.first_position, agno.declared_message.as_str()), (2, "god33.v1.CheckpointSaved"));
    assert!(agno.json_schema.contains("checkpoint_id"));
    assert!(of("agent.*.checkpoint.saved").is_none(), "an event uses it");
    assert_eq!(of("agent.*.session.failed").unwrap().first_position, 0);

    let recorded =
        types(&mut client, ListEventTypesRequest { recorded_only: true, ..ListEventTypesRequest::default() }).await;
    assert_eq!(recorded.len(), 2);
    let some =
        types(&mut client, ListEventTypesRequest { pattern: "bmad.#".into(), ..ListEventTypesRequest::default() })
            .await;
    assert!(some.len() > 5 && some.iter().all(|info| info.event_type.starts_with("bmad.")));
}

#[tokio::test]
async fn a_pattern_or_token_that_means_nothing_is_named() {
    let (_server, mut client) = world().await;
    let refused = client
        .list_event_types(ListEventTypesRequest { pattern: "a*".into(), ..ListEventTypesRequest::default() })
        .await
        .unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_FILTER", "pattern");
    let refused = client
        .list_event_types(ListEventTypesRequest { page_token: "AAAA".into(), ..ListEventTypesRequest::default() })
        .await
        .unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_PAGE_TOKEN", "page_token");
}
