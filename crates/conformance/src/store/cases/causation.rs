//! What is asked of causes beyond walks: paths, common causes, sums. And crowds.

use god33_domain::causation::{
    Direction, PathLimits, Paths, WalkLimits, common_ancestors, paths, summarize_descendants, walk,
};
use god33_domain::ports::Outline;
use god33_domain::{AgentId, EventId};
use serde_json::json;

use crate::history::ladder;
use crate::store::World;
use crate::{EventStory, Named, event};

const WIDE: WalkLimits = WalkLimits { depth: 100, events: 10_000 };

async fn ways(world: &World, from: &impl Named, to: &impl Named, paths_wanted: usize) -> Paths {
    let limits = PathLimits { paths: paths_wanted, depth: 100, events: 10_000 };
    paths(world.store.as_ref(), from.event_id(), to.event_id(), limits).await.unwrap()
}

async fn nearest(world: &World, of: [&EventStory; 2]) -> Vec<EventId> {
    let of = of.map(Named::event_id);
    let found = common_ancestors(world.store.as_ref(), &of, WIDE).await.unwrap();
    assert!(!found.truncated);
    found.events
}

pub async fn paths_lead_from_cause_to_consequence_the_shortest_first(world: &World) {
    let root = event("a.b");
    let left = event("a.c").caused_by(&root);
    let right = event("a.c").caused_by(&root).caused_by(&left);
    let end = event("a.d").caused_by(&right).caused_by(&left);
    let aside = event("a.d").caused_by(&root);
    world.record([&root, &left, &right, &end, &aside]).await;
    let [root, left, right, end, aside] = [root, left, right, end, aside].map(|story| story.event_id());
    let found = ways(world, &root, &end, 10).await;
    let expected = [vec![root, left, end], vec![root, right, end], vec![root, left, right, end]];
    assert_eq!((found.paths, found.truncated), (expected.to_vec(), false));
    let found = ways(world, &root, &end, 2).await;
    assert_eq!((found.paths, found.truncated), (expected[..2].to_vec(), true));
    assert!(ways(world, &end, &root, 10).await.paths.is_empty());
    assert!(ways(world, &left, &aside, 10).await.paths.is_empty());
}

pub async fn the_nearest_common_causes_are_found_the_newest_first(world: &World) {
    let root = event("a.b");
    let [one, two] = [event("a.c").caused_by(&root), event("a.c").caused_by(&root)];
    let left = event("a.d").caused_by(&one).caused_by(&two);
    let right = event("a.d").caused_by(&root).caused_by(&two).caused_by(&one);
    let missing = EventId::generate();
    let lone = [event("a.e").caused_by(&missing), event("a.e").caused_by(&missing)];
    world.record([&root, &one, &two, &left, &right, &lone[0], &lone[1]]).await;
    assert_eq!(nearest(world, [&left, &right]).await, [two.event_id(), one.event_id()]);
    assert_eq!(nearest(world, [&left, &two]).await, [root.event_id()]);
    assert!(nearest(world, [&left, &root]).await.is_empty());
    assert!(nearest(world, [&lone[0], &lone[1]]).await.is_empty(), "a cause that is not recorded");
    world.record([&event("a.b").with_id(missing)]).await;
    assert_eq!(nearest(world, [&lone[0], &lone[1]]).await, [missing], "until it is");
}

pub async fn what_came_of_an_event_is_summed_up(world: &World) {
    let metrics = |tokens: u32, seconds: f64| json!({"tokens_used": tokens, "duration_seconds": seconds});
    let root = event("a.b").saying("metrics", metrics(1_000_000, 1.0));
    let first = event("a.c").caused_by(&root).by("letta-1").saying("metrics", metrics(1_500, 2.5));
    let second = event("a.c").caused_by(&root).by("letta-2").saying("metrics", "none");
    let last = event("a.d").caused_by(&first).caused_by(&second).saying("metrics", metrics(500, 0.25));
    world.record([&root, &first]).await;
    world.clock.step(7);
    world.record([&second, &last, &event("a.b")]).await;
    let found = summarize_descendants(world.store.as_ref(), root.event_id(), 100).await.unwrap();
    assert_eq!((found.total, found.tokens_used, found.duration_seconds, found.truncated), (3, 2_000, 2.75, false));
    assert_eq!(found.by_type.into_iter().collect::<Vec<_>>(), [("a.c".into(), 2), ("a.d".into(), 1)]);
    let agents: Vec<(Option<String>, usize)> =
        found.by_agent.into_iter().map(|(agent, count)| (agent.map(|agent| agent.to_string()), count)).collect();
    assert_eq!(agents, [(Some("letta-1".into()), 2), (Some("letta-2".into()), 1)], "the last one by its first cause");
    let (from, to) = found.span.unwrap();
    assert_eq!((from, to), (world.get(&first).await.recorded_at, world.get(&last).await.recorded_at));
    assert_eq!(found.critical_path, [&root, &second, &last].map(Named::event_id));
    let cut = summarize_descendants(world.store.as_ref(), root.event_id(), 2).await.unwrap();
    assert_eq!((cut.total, cut.truncated), (2, true));
    let none = summarize_descendants(world.store.as_ref(), last.event_id(), 2).await.unwrap();
    assert_eq!((none.total, none.span, none.critical_path.len(), none.truncated), (0, None, 0, false));
}

pub async fn an_outline_has_the_payload_only_where_it_can_have_metrics(world: &World) {
    let plain = event("a.b").by("letta-1").saying("text", "x".repeat(100_000));
    let metrics = event("a.b").saying("metrics", 1);
    let escaped = event("a.b").saying("nul", "a\u{0}b");
    world.record([&plain, &metrics, &escaped]).await;
    let ids = [&plain, &metrics, &escaped].map(Named::event_id);
    let mut found = world.store.outlines(&[ids[0], EventId::generate(), ids[2], ids[1]]).await.unwrap();
    found.sort_by_key(|outline| outline.position);
    let mut expected = Vec::new();
    for (story, payload) in [(&plain, false), (&metrics, true), (&escaped, true)] {
        let event = world.get(story).await;
        expected.push(Outline {
            event_id: event.id(),
            position: event.position,
            recorded_at: event.recorded_at,
            event_type: event.envelope.event_type.clone(),
            agent: event.agent().cloned(),
            payload: payload.then(|| event.envelope.payload.clone()),
        });
    }
    assert_eq!(found, expected);
    assert_eq!(found[0].agent, Some(AgentId::parse("letta-1").unwrap()));
    assert!(world.store.outlines(&[]).await.unwrap().is_empty());
}

pub async fn a_ladder_of_diamonds_has_a_few_shortest_paths_and_one_sum(world: &World) {
    let stories = ladder(40);
    world.record(&stories).await;
    let found = ways(world, &stories[0], &stories[80], 100).await;
    assert_eq!((found.paths.len(), found.truncated), (100, true), "of 2^39");
    assert!(found.paths.iter().all(|path| path.len() == 41));
    let common = nearest(world, [&stories[79], &stories[80]]).await;
    assert_eq!(common, [stories[78].event_id(), stories[77].event_id()]);
    let sum = summarize_descendants(world.store.as_ref(), stories[0].event_id(), 10_000).await.unwrap();
    assert_eq!((sum.total, sum.critical_path.len(), sum.truncated), (80, 41, false));
}

pub async fn cycles_end_every_question(world: &World) {
    let ids = [EventId::generate(), EventId::generate(), EventId::generate()];
    let ring = [0, 1, 2].map(|n| event("a.b").with_id(ids[n]).caused_by(&ids[(n + 2) % 3]));
    let [left, right] = [event("a.c").caused_by(&ids[0]), event("a.c").caused_by(&ids[1])];
    world.record_one_by_one(&ring).await;
    world.record([&left, &right]).await;
    let found = ways(world, &ids[1], &left, 10).await;
    let around = vec![ids[1], ids[2], ids[0], left.event_id()];
    assert_eq!((found.paths, found.truncated), (vec![around], false));
    assert_eq!(nearest(world, [&left, &right]).await.len(), 1, "one stands for the ring");
    let sum = summarize_descendants(world.store.as_ref(), ids[0], 100).await.unwrap();
    assert_eq!((sum.total, sum.critical_path.len()), (4, 3), "the way to the event on the right");
}

/// One event that caused a hundred thousand.
pub async fn a_crowd_of_children_is_never_read_whole(world: &World) {
    const CHILDREN: usize = 100_000;
    let (grandparent, root) = (event("a.a"), event("a.b"));
    let root = root.caused_by(&grandparent);
    world.record([&grandparent, &root]).await;
    let child = event("a.c").caused_by(&root);
    let children: Vec<EventStory> = (0..CHILDREN).map(|_| child.clone().with_id(EventId::generate())).collect();
    for batch in children.chunks(10_000) {
        world.record(batch).await;
    }
    let [first, last] = [&children[0], &children[CHILDREN - 1]];
    let leaf = event("a.d").caused_by(last);
    world.record([&leaf]).await;

    let limits = WalkLimits { depth: 100, events: 1_000 };
    let down = walk(world.store.as_ref(), root.event_id(), Direction::Descendants, limits).await.unwrap();
    assert_eq!((down.reached.len(), down.truncated), (1_000, true));
    assert!(down.reached.iter().map(|reached| reached.event_id).eq(children[..1_000].iter().map(Named::event_id)));
    let edges = world.store.edges_to_children(&[root.event_id(), last.event_id()], 5).await.unwrap();
    assert!(edges.iter().map(|edge| edge.child_id).eq(children[..5].iter().map(Named::event_id)));

    let found = ways(world, &grandparent, &leaf, 10).await;
    let way = [&grandparent, &root, last, &leaf].map(Named::event_id).to_vec();
    assert_eq!((found.paths, found.truncated), (vec![way], false));
    assert_eq!(nearest(world, [first, &leaf]).await, [root.event_id()]);
    let sum = summarize_descendants(world.store.as_ref(), grandparent.event_id(), 10_000).await.unwrap();
    assert_eq!((sum.total, sum.truncated), (10_000, true));
}
