use god33_proto::v1::{
    Collaboration, CollaborationStarted, CollaborationState, GetCollaborationRequest, ListCollaborationsRequest,
    ListWaitsRequest, WatchCollaborationRequest,
};
use tonic::Code;

use crate::build::*;
use crate::collaborations::{join, start, team, together};
use crate::common::within;

pub async fn get(client: &mut Collaborations, id: &str) -> Collaboration {
    let request = GetCollaborationRequest { collaboration_id: id.into(), ..GetCollaborationRequest::default() };
    client.get_collaboration(request).await.unwrap().into_inner().collaboration.unwrap()
}

#[tokio::test]
async fn a_collaboration_is_read_as_fresh_as_asked() {
    let (_server, mut events, mut client, id) = together().await;
    let position = head(&mut events).await;
    let request = GetCollaborationRequest { collaboration_id: id.clone(), min_position: position };
    let answer = client.get_collaboration(request).await.unwrap().into_inner();
    assert_eq!((answer.collaboration.unwrap().version, answer.position), (3, position));
    let unknown = GetCollaborationRequest { collaboration_id: crate::build::id(), ..Default::default() };
    let refused = client.get_collaboration(unknown).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::NotFound, "COLLABORATION_NOT_FOUND"));
    let bad = GetCollaborationRequest { collaboration_id: "c".into(), ..Default::default() };
    let refused = client.get_collaboration(bad).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_UUID", "collaboration_id");
}

#[tokio::test]
async fn collaborations_are_listed_newest_first_by_what_is_asked() {
    let (server, mut events) = world().await;
    let mut client = Collaborations::new(server.channel().await);
    let workflow_id = id();
    let first = start(&mut client, CollaborationStarted { workflow_id: workflow_id.clone(), ..team() }).await;
    let second = start(&mut client, CollaborationStarted { participants: Vec::new(), ..team() }).await;
    let third = start(&mut client, team()).await;
    let [first, second, third] = [first, second, third].map(|collaboration| collaboration.collaboration_id);
    let ended = format!(r#"{{"collaboration_id":"{second}"}}"#);
    record(&mut events, [event("agent.collaboration.failed", &ended)]).await;
    let request = ListCollaborationsRequest::default;
    let failed = CollaborationState::Failed.into();
    for (request, wanted) in [
        (request(), vec![&third, &second, &first]),
        (ListCollaborationsRequest { states: vec![failed], ..request() }, vec![&second]),
        (ListCollaborationsRequest { workflow_id, ..request() }, vec![&first]),
        (ListCollaborationsRequest { agent_id: "letta-rust-dev".into(), ..request() }, vec![&third, &first]),
        (ListCollaborationsRequest { agent_id: "nobody".into(), ..request() }, vec![]),
    ] {
        let found = client.list_collaborations(request.clone()).await.unwrap().into_inner().collaborations;
        let found: Vec<&String> = found.iter().map(|collaboration| &collaboration.collaboration_id).collect();
        assert_eq!(found, wanted, "{request:?}");
    }
    let page = ListCollaborationsRequest { page_size: 2, ..request() };
    let one = client.list_collaborations(page.clone()).await.unwrap().into_inner();
    let two = ListCollaborationsRequest { page_token: one.next_page_token, ..page };
    let two = client.list_collaborations(two).await.unwrap().into_inner();
    assert_eq!((two.collaborations[0].collaboration_id.as_str(), two.next_page_token.as_str()), (first.as_str(), ""));
    let odd = ListCollaborationsRequest { states: vec![9], ..request() };
    let refused = client.list_collaborations(odd).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_FIELD", "states[0]");
}

#[tokio::test]
async fn a_watch_begins_with_the_state_and_tells_each_change() {
    let (server, mut events, mut client, id) = together().await;
    let request = WatchCollaborationRequest { collaboration_id: id.clone(), ..Default::default() };
    let mut watch = client.watch_collaboration(request).await.unwrap().into_inner();
    let first = within(watch.message()).await.unwrap().unwrap();
    assert_eq!((first.collaboration.unwrap().version, first.event), (3, None));
    record(&mut events, [event("agent.letta.note", "{}")]).await;
    join(&mut client, &id, "letta-ts-dev").await.unwrap();
    let second = within(watch.message()).await.unwrap().unwrap();
    assert_eq!(second.collaboration.unwrap().participants.len(), 3);
    let told = second.event.unwrap().envelope.unwrap();
    assert_eq!(told.event_type, "agent.collaboration.participant.joined");
    drop(watch);
    server.stop().await;
}

#[tokio::test]
async fn it_is_listed_who_waits_for_whom_and_which_of_them_wait_for_each_other() {
    let (_server, mut events, mut client, id) = together().await;
    let started = |agent: &str| {
        let said = format!(r#"{{"session_id":"{agent}-s","agent_type":"dev","agent_instance_id":"{agent}"}}"#);
        event("agent.letta.session.started", &said)
    };
    let asked = |agent: &str, of: &str| {
        let said = format!(r#"{{"session_id":"{agent}-s","question":"?","assignee":"{of}","blocking":true}}"#);
        event("agent.feedback.requested", &said)
    };
    record(&mut events, ["mise-architect", "letta-rust-dev", "x"].map(started)).await;
    let circle =
        [asked("mise-architect", "letta-rust-dev"), asked("letta-rust-dev", "mise-architect"), asked("x", "jarad")];
    record(&mut events, circle).await;
    let all = client.list_waits(ListWaitsRequest::default()).await.unwrap().into_inner();
    let mut waits: Vec<(&str, &str, &str)> =
        (all.waits.iter()).map(|wait| (wait.agent_id.as_str(), wait.waits_for.as_str(), wait.kind.as_str())).collect();
    waits.sort_unstable();
    let expected = [
        ("letta-rust-dev", "mise-architect", "question"),
        ("mise-architect", "letta-rust-dev", "question"),
        ("x", "jarad", "question"),
    ];
    assert_eq!(waits, expected);
    assert_eq!((all.cycles.len(), all.cycles[0].waits.len()), (1, 2));
    let own = ListWaitsRequest { collaboration_id: id, ..ListWaitsRequest::default() };
    let own = client.list_waits(own).await.unwrap().into_inner();
    assert_eq!((own.waits.len(), own.cycles.len()), (2, 1));
    let other = ListWaitsRequest { collaboration_id: crate::build::id(), ..ListWaitsRequest::default() };
    assert!(client.list_waits(other).await.unwrap().into_inner().waits.is_empty());
    let bad = ListWaitsRequest { collaboration_id: "c".into(), ..ListWaitsRequest::default() };
    let refused = client.list_waits(bad).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_UUID", "collaboration_id");
}
