//! Edges and walks over them.

use god33_domain::causation::{Direction, Reached, Walk, WalkLimits, walk};
use god33_domain::ports::CausalEdge;
use god33_domain::{EventId, Position};

use crate::history::ladder;
use crate::store::World;
use crate::{EventStory, Named, event, from_bus};

const WIDE: WalkLimits = WalkLimits { depth: 100, events: 10_000 };

async fn ancestors(world: &World, of: &impl Named, limits: WalkLimits) -> Walk {
    walk(world.store.as_ref(), of.event_id(), Direction::Ancestors, limits).await.unwrap()
}

async fn descendants(world: &World, of: &impl Named, limits: WalkLimits) -> Walk {
    walk(world.store.as_ref(), of.event_id(), Direction::Descendants, limits).await.unwrap()
}

fn ids(walk: &Walk) -> Vec<EventId> {
    walk.reached.iter().map(|reached| reached.event_id).collect()
}

fn depths(walk: &Walk) -> Vec<usize> {
    walk.reached.iter().map(|reached| reached.depth).collect()
}

pub async fn edges_to_parents_come_by_child_and_in_the_order_in_which_they_were_named(world: &World) {
    let (one, two, missing) = (event("a.b"), event("a.b"), EventId::generate());
    let first = event("a.c").caused_by(&two).caused_by(&missing).caused_by(&one);
    let second = event("a.c").caused_by(&first).with(|envelope| envelope.causation_id = Some(two.event_id()));
    world.record([&one, &two, &first, &second]).await;
    let edges = world.store.edges_to_parents(&[second.event_id(), first.event_id(), missing]).await.unwrap();
    let edge = |child: &EventStory, at: u64, ordinal, parent_id, parent: Option<u64>| CausalEdge {
        child_id: child.event_id(),
        child: Position::new(at),
        ordinal,
        parent_id,
        parent: parent.map(Position::new),
    };
    let expected = [
        edge(&first, 3, 0, two.event_id(), Some(2)),
        edge(&first, 3, 1, missing, None),
        edge(&first, 3, 2, one.event_id(), Some(1)),
        edge(&second, 4, 0, first.event_id(), Some(3)),
        edge(&second, 4, 1, two.event_id(), Some(2)),
    ];
    assert_eq!(edges, expected);
    assert!(world.store.edges_to_parents(&[]).await.unwrap().is_empty());
}

pub async fn edges_to_children_come_by_position_and_stop_at_the_limit(world: &World) {
    let (one, two) = (event("a.b"), event("a.b"));
    let children: Vec<EventStory> =
        (0..10).map(|n| if n % 2 == 0 { event("a.c").caused_by(&one) } else { event("a.c").caused_by(&two) }).collect();
    world.record([&one, &two]).await;
    world.record(&children).await;
    let parents = [two.event_id(), one.event_id()];
    for limit in [1, 4, 10, 11] {
        let edges = world.store.edges_to_children(&parents, limit).await.unwrap();
        let expected: Vec<u64> = (3..13).take(limit).collect();
        assert_eq!(edges.iter().map(|edge| edge.child.get()).collect::<Vec<_>>(), expected);
        assert!(edges.iter().all(|edge| edge.parent_id == parents[edge.child.get() as usize % 2]));
    }
    let waiting = EventId::generate();
    world.record([&event("a.d").caused_by(&waiting)]).await;
    let edges = world.store.edges_to_children(&[waiting], 10).await.unwrap();
    assert_eq!((edges.len(), edges[0].parent), (1, None), "children of an event that is not recorded");
}

pub async fn walks_go_both_ways_with_depth_and_path(world: &World) {
    let root = event("bmad.workflow.handoff.requested");
    let accepted = event("agent.handoff.accepted").caused_by(&root);
    let saved = event("agent.letta.checkpoint.saved").caused_by(&accepted);
    let completed = event("agent.letta.task.completed").caused_by(&accepted).caused_by(&saved);
    let validation = event("bmad.workflow.validation.requested").caused_by(&completed);
    let line = [&root, &accepted, &saved, &completed, &validation];
    world.record(line).await;
    world.record([&event("a.b")]).await;
    let id = line.map(Named::event_id);
    let up = ancestors(world, &validation, WIDE).await;
    assert_eq!(ids(&up), [id[3], id[1], id[2], id[0]]);
    assert_eq!(depths(&up), [1, 2, 2, 3]);
    assert_eq!(up.reached[3].path, [id[4], id[3], id[1], id[0]]);
    let down = descendants(world, &root, WIDE).await;
    assert_eq!(ids(&down), [id[1], id[2], id[3], id[4]]);
    assert_eq!(depths(&down), [1, 2, 2, 3]);
    assert_eq!(down.reached[3].path, [id[0], id[1], id[3], id[4]]);
    assert!(!up.truncated && !down.truncated);
    assert!(ancestors(world, &root, WIDE).await.reached.is_empty());
    assert!(descendants(world, &EventId::generate(), WIDE).await.reached.is_empty());
}

pub async fn a_parent_that_never_arrives_is_shown(world: &World) {
    let missing = EventId::generate();
    let child = event("a.b").caused_by(&missing);
    world.record([&child]).await;
    let up = ancestors(world, &child, WIDE).await;
    let expected = Reached { event_id: missing, depth: 1, path: vec![child.event_id(), missing], recorded: false };
    assert_eq!(up.reached, [expected]);
    let down = descendants(world, &missing, WIDE).await;
    assert_eq!(ids(&down), [child.event_id()], "and can itself be asked for");
    world.record([&event("a.b").with_id(missing)]).await;
    assert!(ancestors(world, &child, WIDE).await.reached[0].recorded, "until it does arrive");
}

pub async fn cycles_end_every_walk(world: &World) {
    let ids = [EventId::generate(), EventId::generate(), EventId::generate()];
    let ring = [0, 1, 2].map(|n| event("a.b").with_id(ids[n]).caused_by(&ids[(n + 1) % 3]));
    let itself = from_bus("a.b", "{}");
    let itself = itself.clone().caused_by(&itself).caused_by(&ids[0]);
    world.record_one_by_one(&ring).await;
    world.record([&itself]).await;
    for story in &ring {
        assert_eq!(ancestors(world, story, WIDE).await.reached.len(), 2);
    }
    let up = ancestors(world, &itself, WIDE).await;
    assert_eq!((up.reached.len(), up.truncated), (3, false));
    assert_eq!(descendants(world, &ids[1], WIDE).await.reached.len(), 3);
}

pub async fn a_ladder_of_diamonds_has_each_event_once(world: &World) {
    let stories = ladder(40);
    world.record(&stories).await;
    let up = ancestors(world, &stories[80], WIDE).await;
    assert_eq!((up.reached.len(), up.truncated), (79, false));
    assert_eq!(up.reached.last().unwrap().depth, 40);
    let down = descendants(world, &stories[0], WIDE).await;
    assert_eq!((down.reached.len(), down.truncated), (80, false));
    assert_eq!(down.reached.last().unwrap().path.len(), 41);
}

pub async fn limits_cut_a_walk_and_say_so_exactly(world: &World) {
    let root = event("a.b");
    let children: Vec<EventStory> = (0..5).map(|_| event("a.c").caused_by(&root)).collect();
    let grandchild = children.iter().fold(event("a.d"), |story, child| story.caused_by(child));
    world.record([&root]).await;
    world.record(&children).await;
    world.record([&grandchild]).await;
    for (depth, events, found, truncated) in [
        (2, 6, 6, false),
        (2, 5, 5, true),
        (2, 3, 3, true),
        (1, 6, 5, true),
        (1, 5, 5, true),
        (0, 6, 0, true),
        (2, 0, 0, true),
        (3, 100, 6, false),
    ] {
        let limits = WalkLimits { depth, events };
        let down = descendants(world, &root, limits).await;
        assert_eq!((down.reached.len(), down.truncated), (found, truncated), "down {limits:?}");
        let up = ancestors(world, &grandchild, limits).await;
        assert_eq!((up.reached.len(), up.truncated), (found, truncated), "up {limits:?}");
    }
    let leaf = descendants(world, &grandchild, WalkLimits { depth: 0, events: 0 }).await;
    assert!(!leaf.truncated, "there is nothing to cut");
}

pub async fn many_edges_to_few_events_do_not_cut_a_walk(world: &World) {
    let root = event("a.b");
    let parents: Vec<EventStory> = (0..60).map(|_| event("a.c").caused_by(&root)).collect();
    let family = |_| parents.iter().fold(event("a.d"), |story, parent| story.caused_by(parent));
    let children: Vec<EventStory> = (0..40).map(family).collect();
    world.record([&root]).await;
    world.record(&parents).await;
    world.record(&children).await;
    let exact = WalkLimits { depth: 2, events: 100 };
    let down = descendants(world, &root, exact).await;
    assert_eq!((down.reached.len(), down.truncated), (100, false), "2,460 edges lead to 100 events");
    let down = descendants(world, &root, WalkLimits { depth: 2, events: 99 }).await;
    assert_eq!((down.reached.len(), down.truncated), (99, true));
}

pub async fn a_level_of_thousands_is_walked(world: &World) {
    let root = event("a.b");
    let children: Vec<EventStory> = (0..2_000).map(|_| event("a.c").caused_by(&root)).collect();
    world.record([&root]).await;
    for batch in children.chunks(500) {
        world.record(batch).await;
    }
    let leaf = event("a.d").caused_by(&children[1_999]).caused_by(&children[0]);
    world.record([&leaf]).await;
    let down = descendants(world, &root, WIDE).await;
    assert_eq!((down.reached.len(), down.truncated), (2_001, false));
    assert_eq!(down.reached[2_000].path, [root.event_id(), children[1_999].event_id(), leaf.event_id()]);
    let limits = WalkLimits { depth: 5, events: 1_000 };
    let down = descendants(world, &root, limits).await;
    assert_eq!((down.reached.len(), down.truncated), (1_000, true));
}
