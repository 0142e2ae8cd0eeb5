//! Where events come to belong.

use god33_domain::ports::Store;
use god33_domain::{About, EventFilter, EventId, SessionId, SessionLink, WorkflowId};

use crate::store::World;
use crate::{EventStory, Named, event, from_bus, proposal};

/// Fails unless the event belongs to this workflow, session and agent; `-` stands for none.
async fn assert_belongs(world: &World, story: &impl Named, [workflow, session, agent]: [&str; 3]) {
    let known = |id: &str| (id != "-").then(|| id.to_owned());
    assert_eq!(world.belonging(story).await, [known(workflow), known(session), known(agent)]);
}

async fn of_workflow(world: &World, id: &str) -> Vec<u64> {
    let workflow_id = Some(WorkflowId::parse(id).unwrap());
    world.positions(EventFilter { workflow_id, ..EventFilter::default() }).await
}

async fn all_links(store: &dyn Store) -> Vec<SessionLink> {
    store.session_links(None, 1_000).await.unwrap()
}

pub async fn what_an_event_says_stands_before_its_session_and_its_parents(world: &World) {
    let session = event("a.b").of_workflow("w-session").in_session("s-1").by("agent-session");
    let parent = event("a.b").of_workflow("w-parent").by("agent-parent");
    world.record([&session, &parent]).await;
    let says = event("a.c").of_workflow("w-own").in_session("s-1").by("agent-own").caused_by(&parent);
    let by_session = event("a.c").in_session("s-1").caused_by(&parent);
    let by_parent = event("a.c").caused_by(&EventId::generate()).caused_by(&parent);
    let by_nobody = event("a.c").caused_by(&EventId::generate());
    world.record_one_by_one([&says, &by_session, &by_parent, &by_nobody]).await;
    assert_belongs(world, &says, ["w-own", "s-1", "agent-own"]).await;
    assert_belongs(world, &by_session, ["w-session", "s-1", "agent-session"]).await;
    assert_belongs(world, &by_parent, ["w-parent", "-", "agent-parent"]).await;
    assert_belongs(world, &by_nobody, ["-", "-", "-"]).await;
    assert_eq!(of_workflow(world, "w-session").await, [1, 4]);
}

pub async fn each_field_comes_from_the_first_parent_that_has_it(world: &World) {
    let first = event("a.b").of_workflow("w-1");
    let second = event("a.b").of_workflow("w-2").in_session("s-2").by("agent-2");
    world.record([&second, &first]).await;
    let child = event("a.c").caused_by(&first).caused_by(&second);
    world.record([&child]).await;
    assert_belongs(world, &child, ["w-1", "s-2", "agent-2"]).await;
}

pub async fn a_session_tells_workflow_and_agent_over_batches(world: &World) {
    world.record([&event("a.b").in_session("s-1").by("agent-1")]).await;
    world.record([&event("a.b").in_session("s-1").of_workflow("w-1").by("agent-2")]).await;
    world.record([&event("a.b").in_session("s-1").of_workflow("w-2")]).await;
    let silent = event("a.b").in_session("s-1");
    world.record([&silent]).await;
    assert_belongs(world, &silent, ["w-1", "s-1", "agent-1"]).await;
    let links = all_links(world.store.as_ref()).await;
    assert_eq!(links.len(), 1);
    assert_eq!(
        links[0].workflow_id.as_ref().map(WorkflowId::as_str),
        Some("w-1"),
        "what a session is told first stays"
    );
}

pub async fn session_links_come_in_order_and_in_pages(world: &World) {
    let names = ["s-2", "S-1", "s-10", "s", "ü", "s-1", "~"];
    let stories: Vec<EventStory> = names.iter().map(|name| event("a.b").in_session(name).by("agent-1")).collect();
    world.record(&stories).await;
    let mut seen: Vec<String> = Vec::new();
    loop {
        let page = world.store.session_links(seen.last().map(String::as_str), 2).await.unwrap();
        if page.is_empty() {
            break;
        }
        seen.extend(page.into_iter().map(|link| link.session_id.to_string()));
    }
    let mut expected = names.map(str::to_owned);
    expected.sort();
    assert_eq!(seen, expected, "in order of their bytes, each once");
}

pub async fn a_late_parent_fills_in_every_level_below_it(world: &World) {
    let root = event("a.b").of_workflow("w-1").in_session("s-1").by("agent-1");
    let mut line = vec![root];
    for _ in 0..12 {
        line.push(event("a.c").caused_by(line.last().unwrap()));
    }
    world.record_one_by_one(line.iter().skip(1).rev()).await;
    assert_belongs(world, &line[12], ["-", "-", "-"]).await;
    assert!(of_workflow(world, "w-1").await.is_empty());
    world.record([&line[0]]).await;
    for story in &line {
        assert_belongs(world, story, ["w-1", "s-1", "agent-1"]).await;
    }
    assert_eq!(of_workflow(world, "w-1").await, (1..=13).collect::<Vec<_>>(), "filters find them, too");
    assert_eq!(world.workflow("w-1").await.version, 13);
    let log = world.log().await;
    assert!(log.iter().all(|event| event.belonging.is_complete()));
}

pub async fn a_late_parent_fills_in_only_what_is_missing(world: &World) {
    let (one, two) = (event("a.b").of_workflow("w-1").by("agent-1"), event("a.b").of_workflow("w-2").in_session("s-2"));
    let child = event("a.c").caused_by(&one).caused_by(&two).in_chain("x");
    let grandchild = event("a.d").caused_by(&child).of_workflow("w-own");
    world.record_one_by_one([&grandchild, &child, &two, &one]).await;
    assert_belongs(world, &child, ["w-2", "s-2", "agent-1"]).await;
    assert_belongs(world, &grandchild, ["w-own", "s-2", "agent-1"]).await;
}

pub async fn a_child_and_its_parent_in_one_batch_may_come_in_the_wrong_order(world: &World) {
    let parent = event("a.b").of_workflow("w-1").by("agent-1");
    let child = event("a.c").caused_by(&parent).in_session("s-1");
    let grandchild = event("a.d").caused_by(&child);
    world.propose([proposal([&grandchild]), proposal([&child, &parent])]).await;
    for story in [&child, &grandchild] {
        assert_belongs(world, story, ["w-1", "s-1", "agent-1"]).await;
    }
    let edges = world.store.edges_to_parents(&[child.event_id(), grandchild.event_id()]).await.unwrap();
    let ends: Vec<_> = edges.iter().map(|edge| (edge.child.get(), edge.parent.map(|p| p.get()))).collect();
    assert_eq!(ends, [(1, Some(2)), (2, Some(3))]);
}

pub async fn a_batch_meets_events_that_wait_for_it_and_children_of_those(world: &World) {
    let root = event("a.b").of_workflow("w-1").in_session("s-1");
    let waiting = event("a.c").caused_by(&root);
    world.record([&waiting]).await;
    let child_of_waiting = event("a.d").caused_by(&waiting).by("agent-1");
    world.record([&child_of_waiting, &root]).await;
    assert_belongs(world, &child_of_waiting, ["w-1", "s-1", "agent-1"]).await;
    assert_belongs(world, &waiting, ["w-1", "s-1", "-"]).await;
}

pub async fn hundreds_of_events_can_wait_for_one(world: &World) {
    let root = event("a.b").of_workflow("w-1").in_session("s-1").by("agent-1");
    let children: Vec<EventStory> = (0..400).map(|_| event("a.c").caused_by(&root)).collect();
    let grandchildren: Vec<EventStory> = children.iter().map(|child| event("a.d").caused_by(child)).collect();
    world.record(&children).await;
    world.record(&grandchildren).await;
    world.record([&root]).await;
    assert_eq!(of_workflow(world, "w-1").await.len(), 801);
    assert_eq!(world.workflow("w-1").await.version, 801);
}

pub async fn causes_that_form_a_cycle_share_what_they_have(world: &World) {
    let ids = [EventId::generate(), EventId::generate(), EventId::generate()];
    let one = event("a.b").with_id(ids[0]).caused_by(&ids[2]).of_workflow("w-1");
    let two = event("a.b").with_id(ids[1]).caused_by(&ids[0]).in_session("s-1");
    let three = event("a.b").with_id(ids[2]).caused_by(&ids[1]).by("agent-1");
    world.record_one_by_one([&two, &three, &one]).await;
    for story in [&one, &two, &three] {
        assert_belongs(world, story, ["w-1", "s-1", "agent-1"]).await;
    }
    let silent = [EventId::generate(), EventId::generate()];
    let stories = [0, 1].map(|n| event("a.b").with_id(silent[n]).caused_by(&silent[1 - n]));
    world.record_one_by_one(&stories).await;
    let child = event("a.c").caused_by(&silent[0]).by("agent-2");
    world.record([&child]).await;
    assert_belongs(world, &stories[1], ["-", "-", "-"]).await;
}

pub async fn a_session_that_told_nothing_is_nothing_to_keep(world: &World) {
    world.record([&event("a.b").in_session("s-1")]).await;
    assert!(all_links(world.store.as_ref()).await.is_empty());
    world.record([&event("a.b").in_session("s-1").by("agent-1")]).await;
    let id = SessionId::parse("s-1").unwrap();
    assert_eq!(all_links(world.store.as_ref()).await[0].session_id, id);
}

/// Fails unless the event is about this handoff and this question; `-` stands for none.
async fn assert_about(world: &World, story: &impl Named, [handoff, question]: [&str; 2]) {
    let known = |id: &str| (id != "-").then(|| id.to_owned());
    let About { handoff: found_handoff, question: found_question, .. } = world.get(story).await.belonging.about;
    assert_eq!([found_handoff, found_question], [known(handoff), known(question)]);
}

/// An event that belongs to a workflow, a session and an agent, so that nothing but what it is about can be missing.
fn complete(event_type: &str) -> EventStory {
    event(event_type).of_workflow("w-1").in_session("s-1").by("agent-1")
}

pub async fn what_an_event_is_about_comes_from_itself_then_from_its_parents(world: &World) {
    let all = event("director.x").saying("handoff_id", "h-1").saying("question_id", "\"ü\"");
    let all = all.saying("collaboration_id", "c-1").saying("task_id", "t-1");
    let requested = event("agent.handoff.requested");
    let child = event("agent.handoff.accepted").caused_by(&EventId::generate()).caused_by(&requested).caused_by(&all);
    world.record([&all, &requested]).await;
    world.record([&child]).await;
    let [about, inherited] = [world.get(&all).await.belonging.about, world.get(&child).await.belonging.about];
    let known = |id: &str| Some(id.to_owned());
    let expected =
        About { handoff: known("h-1"), question: known("\"ü\""), collaboration: known("c-1"), task: known("t-1") };
    assert_eq!(about, expected);
    let handoff = known(&requested.event_id().to_string());
    assert_eq!(inherited, About { handoff, ..expected }, "each from the first parent that has it");
}

pub async fn a_late_parent_tells_an_event_that_belongs_what_it_is_about(world: &World) {
    let asked = complete("agent.feedback.requested").saying("question_id", "q-1");
    let answered = complete("agent.feedback.response").caused_by(&asked);
    let between = complete("mise.x").saying("handoff_id", "h-1").caused_by(&answered);
    let last = complete("director.x").caused_by(&between);
    world.record_one_by_one([&last, &between, &answered]).await;
    assert_about(world, &last, ["h-1", "-"]).await;
    world.record([&asked]).await;
    assert_about(world, &answered, ["-", "q-1"]).await;
    assert_about(world, &between, ["h-1", "q-1"]).await;
    assert_about(world, &last, ["h-1", "q-1"]).await;
}

pub async fn an_event_that_belongs_and_coordinates_nothing_gains_nothing(world: &World) {
    let asked = event("agent.feedback.requested").saying("question_id", "q-1");
    let types = ["a.b", "agent", "agents.b", "director", "bmad.workflow.started", "Agent.b"];
    let stories = types.map(|event_type| {
        let story = from_bus(event_type, "{}").of_workflow("w-1").in_session("s-1").by("agent-1");
        story.caused_by(&asked)
    });
    world.record(&stories).await;
    world.record([&asked]).await;
    for story in &stories {
        assert_about(world, story, ["-", "-"]).await;
    }
}
