//! Events and requests that come more than once.

use god33_domain::command::Author;
use god33_domain::state::StateKind;
use god33_domain::workflow::StartWorkflow;
use god33_domain::{Change, JsonText, Position, Proposal, Refusal, Workflow, WorkflowId};

use super::log::assert_gapless;
use crate::store::World;
use crate::{Named, event, proposal};

pub async fn a_repeat_gets_the_first_answer(world: &World) {
    let story = event("a.b").saying("x", 1);
    let first = world.record([&event("a.b"), &story]).await[1];
    assert!(!first.already_recorded);
    world.clock.step(60);
    let again = world.record([&event("a.c"), &story]).await[1];
    assert_eq!((again.position, again.recorded_at), (first.position, first.recorded_at));
    assert!(again.already_recorded);
    assert_eq!(assert_gapless(world).await, 3);
}

pub async fn a_repeat_in_one_batch_is_stored_once(world: &World) {
    let story = event("a.b");
    let answers = world.propose([proposal([&story, &story]), proposal([&story])]).await;
    let positions: Vec<_> = answers.iter().flat_map(|answer| &answer.as_ref().unwrap().events).collect();
    assert!(positions.iter().all(|event| event.position == Position::new(1)));
    assert_eq!(assert_gapless(world).await, 1);
}

pub async fn a_repeat_that_spells_its_json_otherwise_is_a_repeat(world: &World) {
    let story = event("a.b").raw_payload(r#"{"a": 1, "b": [2, 3]}"#);
    world.record([&story]).await;
    let again = story.clone().raw_payload(r#"{"b":[2,3],"a":1}"#);
    assert!(world.record([&again]).await[0].already_recorded);
    assert_eq!(world.get(&story).await.envelope.payload.as_str(), r#"{"a": 1, "b": [2, 3]}"#, "the first stays");
}

pub async fn the_same_id_with_other_content_is_refused_alone_and_with_both_digests(world: &World) {
    let story = event("a.b").saying("x", 1);
    world.record([&story]).await;
    let other = story.clone().saying("x", 2);
    let (before, beside, after) = (event("a.c"), event("a.d"), event("a.e"));
    let batch = [proposal([&before]), proposal([&beside, &other]), proposal([&after])];
    let answers = world.propose(batch).await;
    let expected = Refusal::EventIdConflict {
        event_id: story.event_id(),
        position: Position::new(1),
        recorded: story.build().digest,
        sent: other.build().digest,
    };
    assert_eq!(answers[1], Err(expected));
    assert_eq!(world.find(&beside).await, None, "nothing of the refused request is there");
    assert_eq!(world.get(&before).await.position.get(), 2);
    assert_eq!(world.get(&after).await.position.get(), 3);
    assert_eq!(world.get(&story).await.envelope, story.envelope);
    assert_eq!(assert_gapless(world).await, 3);
}

pub async fn a_repeated_request_gets_the_first_answer_word_for_word(world: &World) {
    let stories = [event("a.b"), event("a.c")];
    let request = || proposal(&stories).under_request("r-1");
    let answers = world.propose([request(), request()]).await;
    assert_eq!(answers[0], answers[1]);
    world.clock.step(60);
    world.record([&event("a.d")]).await;
    assert_eq!(world.propose([request()]).await, [answers[0].clone()]);
}

pub async fn a_request_id_that_is_used_for_something_else_is_refused(world: &World) {
    world.propose([proposal([&event("a.b")]).under_request("r-1")]).await;
    let other = event("a.c");
    let answers = world.propose([proposal([&other]).under_request("r-1"), proposal([&event("a.d")])]).await;
    assert!(matches!(answers[0], Err(Refusal::RequestIdReused(_))), "{answers:?}");
    assert!(answers[1].is_ok());
    assert_eq!(world.find(&other).await, None);
}

pub async fn a_request_over_known_events_is_kept_though_it_writes_no_event(world: &World) {
    let story = event("a.b");
    world.record([&story]).await;
    let first = world.propose([proposal([&story]).under_request("r-1")]).await;
    assert!(first[0].as_ref().unwrap().events[0].already_recorded);
    assert_eq!(world.propose([proposal([&story]).under_request("r-1")]).await, first);
    let answers = world.propose([proposal([&event("a.c")]).under_request("r-1")]).await;
    assert!(matches!(answers[0], Err(Refusal::RequestIdReused(_))), "{answers:?}");
    assert_eq!(assert_gapless(world).await, 1);
}

pub async fn the_first_answer_to_a_request_can_be_looked_up(world: &World) {
    let id = |proposal: &Proposal| proposal.request.expect("a request").id;
    let asked = proposal([&event("a.b"), &event("a.c").of_workflow("w-1")]).under_request("r-1");
    let (request, digest) = (id(&asked.clone().build()), asked.clone().build().request.unwrap().digest);
    assert_eq!(world.store.first_answer(request).await.unwrap(), None, "it was not seen yet");
    let known = event("a.b");
    world.record([&known]).await;
    let refused = proposal([&known.saying("x", 1)]).under_request("r-2");
    let answers = world.propose([asked, refused.clone()]).await;
    assert_eq!(world.store.first_answer(request).await.unwrap(), Some((digest, answers[0].clone().unwrap())));
    assert_eq!(world.store.first_answer(id(&refused.build())).await.unwrap(), None, "a refusal is no answer to keep");
    let later = world.clock.step(60);
    world.store.maintain(later, later).await.unwrap();
    assert_eq!(world.store.first_answer(request).await.unwrap(), None, "it was forgotten");
}

pub async fn old_answers_are_forgotten_and_ids_never(world: &World) {
    let old = event("a.b");
    world.propose([proposal([&old]).under_request("r-old")]).await;
    let between = world.clock.step(60);
    let new = event("a.b");
    let first = world.propose([proposal([&new]).under_request("r-new")]).await;
    world.store.maintain(between, between).await.unwrap();
    assert_eq!(world.propose([proposal([&new]).under_request("r-new")]).await, first, "not yet old");
    let answers = world.propose([proposal([&old]).under_request("r-old")]).await;
    let again = answers[0].as_ref().unwrap().events[0];
    assert!(again.already_recorded, "decided anew, from the event's id");
    assert_eq!(again.position, Position::new(1));
    let reused = world.propose([proposal([&old.clone().saying("x", 2)])]).await;
    assert!(matches!(reused[0], Err(Refusal::EventIdConflict { .. })));
}

pub async fn a_workflow_is_started_once_by_command(world: &World) {
    let cause = event("a.b").in_session("s-1");
    world.record([&cause]).await;
    let start = |event_id| {
        let correlation_ids = vec![cause.event_id()];
        let start = StartWorkflow {
            author: Author { principal: "jarad".into(), event_id, correlation_ids, ..Author::server() },
            workflow_id: WorkflowId::parse("w-1").unwrap(),
            project_name: "user-authentication".into(),
            phase: None,
            description: None,
            agent: Some("bmad-analyst".into()),
            metadata: JsonText::parse(r#"{"ticket":"GOD-5"}"#).unwrap(),
        };
        Proposal { request: None, principal: "jarad".into(), change: Change::command(start) }
    };
    let (first, second) = (event("a.c").event_id(), event("a.c").event_id());
    let answers = world.write(vec![start(first), start(second)]).await.unwrap();
    let exists = Refusal::Exists { kind: StateKind::Workflow, id: "w-1".into() };
    assert_eq!(answers[1], Err(exists.clone()));
    let shown = answers[0].as_ref().unwrap().state::<Workflow>();
    assert_eq!(shown, Some(&world.workflow("w-1").await), "the answer shows the state");
    assert_eq!(world.write(vec![start(second)]).await.unwrap(), [Err(exists)], "also in the next batch");
    let answers = world.write(vec![start(cause.event_id())]).await.unwrap();
    assert!(answers[0].is_err(), "an id that another event has is no failure of the store");
    let state = world.workflow("w-1").await;
    assert_eq!((state.started, state.owner.as_deref(), state.version), (true, Some("jarad"), 1));
    assert_eq!(world.get(&first).await.session_id().map(|id| id.as_str()), Some("s-1"), "inherited from its cause");
    let edges = world.store.edges_to_parents(&[first]).await.unwrap();
    assert_eq!(edges[0].parent, Some(Position::new(1)));
}
