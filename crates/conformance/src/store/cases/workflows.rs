//! The states of workflows, as the store keeps and lists them.

use god33_domain::Workflow;
use god33_domain::WorkflowId;
use god33_domain::ports::{WorkflowFilter, WorkflowQuery};
use god33_domain::workflow::WorkflowStatus;

use crate::history::history;
use crate::store::World;
use crate::{EventStory, event, proposal};

async fn list(world: &World, filter: WorkflowFilter) -> Vec<Workflow> {
    let page = world.store.list_workflows(&WorkflowQuery { filter, after: None, limit: 1_000 }).await.unwrap();
    assert!(!page.has_more);
    page.workflows
}

fn names(workflows: &[Workflow]) -> Vec<&str> {
    workflows.iter().map(|workflow| workflow.workflow_id.as_str()).collect()
}

pub async fn a_state_follows_its_events_and_comes_back_whole(world: &World) {
    let by = |event_type: &str, agent: &str| event(event_type).of_workflow("w-1").saying("from_agent", agent);
    let started = by("bmad.workflow.started", "bmad-analyst").saying("project_name", "user-authentication");
    let analysed = by("bmad.workflow.phase.completed", "bmad-analyst").saying("phase", "analysis").caused_by(&started);
    let handed =
        by("bmad.workflow.handoff.requested", "bmad-analyst").saying("to_agent", "bmad-pm").caused_by(&analysed);
    let accepted = by("agent.handoff.accepted", "bmad-pm").caused_by(&handed);
    world.record_one_by_one([&started, &analysed, &handed]).await;
    world.record([&accepted]).await;
    let state = world.workflow("w-1").await;
    assert_eq!(state.project_name.as_deref(), Some("user-authentication"));
    assert_eq!(state.current_phase.as_deref(), Some("planning"));
    assert_eq!(state.current_agent.as_deref(), Some("bmad-pm"));
    assert_eq!((state.version, state.anomalies, state.agents.len()), (4, 0, 2));
    assert_eq!(state.agent_handoffs.len(), 1);
    assert_eq!(
        list(world, WorkflowFilter::default()).await,
        std::slice::from_ref(&state),
        "a list holds whole states, too"
    );
    world.record([&event("a.b").caused_by(&accepted)]).await;
    assert_eq!(world.workflow("w-1").await.version, 5, "every event moves it");
    let unknown = WorkflowId::parse("w-2").unwrap();
    assert_eq!(world.store.workflow(&unknown).await.unwrap(), None);
}

pub async fn a_refused_proposal_moves_no_state(world: &World) {
    let story = event("bmad.workflow.started").of_workflow("w-1");
    world.record([&story]).await;
    let before = world.workflow("w-1").await;
    let batch = [event("bmad.workflow.completed").of_workflow("w-1"), story.saying("project_name", "other")];
    assert!(world.propose([proposal(&batch)]).await[0].is_err());
    assert_eq!(world.workflow("w-1").await, before);
}

pub async fn no_content_of_an_event_stops_its_workflow(world: &World) {
    let long = "x".repeat(10_000);
    let deep = format!("{}{}", "{\"a\":".repeat(100) + "1", "}".repeat(100));
    let strange = [
        r#""project_name":"a\u0000b","phase":"\u0000","owner":"\u0000","description":"\u0000","reason":"\u0000","metadata":{"nul":"\u0000","\u0000":1}"#
            .to_owned(),
        r#""project_name":"\ud800","phase":"\udfff","metadata":{"half":"\ud800"}"#.to_owned(),
        r#""project_name":7,"phase":{},"metadata":{"big":1e400,"number":9007199254740993}"#.to_owned(),
        format!(r#""project_name":"{long}","phase":"{long}","to_agent":"{long}""#),
        format!(r#""metadata":{deep}"#),
        r#""phase":"'; DROP TABLE events; --","project_name":"😀 ü""#.to_owned(),
    ];
    let types = [
        "bmad.workflow.phase.completed",
        "bmad.workflow.started",
        "bmad.workflow.handoff.requested",
        "agent.handoff.accepted",
        "bmad.workflow.completed",
        "bmad.workflow.failed",
    ];
    for (number, members) in strange.iter().enumerate() {
        let id = format!("w-{number}");
        for (version, event_type) in (1..).zip(types) {
            world.record([&event(event_type).raw_payload(&format!(r#"{{"workflow_id":"{id}",{members}}}"#))]).await;
            assert_eq!(world.workflow(&id).await.version, version, "{event_type} {members}");
        }
    }
    assert_eq!(list(world, WorkflowFilter::default()).await.len(), strange.len());
}

async fn six_workflows(world: &World) {
    let story = |number: usize| {
        event("bmad.workflow.started")
            .of_workflow(&format!("w-{number}"))
            .at(&format!("2026-01-{:02}T00:00:00Z", 10 + number))
            .saying("project_name", ["alpha", "beta"][number % 2])
            .saying("phase", ["analysis", "planning", "solutioning"][number % 3])
            .saying("from_agent", if number < 2 { "bmad-analyst" } else { "bmad-pm" })
    };
    let stories: Vec<EventStory> = (0..6).map(story).collect();
    world.record(&stories).await;
    world.clock.step(10);
    world.record([&event("bmad.workflow.completed").of_workflow("w-4")]).await;
    world.clock.step(10);
    world.record([&event("bmad.workflow.cancelled").of_workflow("w-1"), &event("a.b").of_workflow("w-0")]).await;
}

pub async fn workflows_are_listed_by_every_filter_alone_and_together(world: &World) {
    six_workflows(world).await;
    let all = list(world, WorkflowFilter::default()).await;
    assert_eq!(names(&all), ["w-0", "w-1", "w-4", "w-2", "w-3", "w-5"], "the last updated first, then by id");
    let none = WorkflowFilter::default;
    let started =
        |number: usize| Some(all.iter().find(|w| w.workflow_id.as_str() == format!("w-{number}")).unwrap().started_at);
    let text = |text: &str| Some(text.to_owned());
    for (filter, expected) in [
        (WorkflowFilter { project_name: text("alpha"), ..none() }, &["w-0", "w-4", "w-2"][..]),
        (WorkflowFilter { project_name: text("alph_"), ..none() }, &[]),
        (WorkflowFilter { project_name: text("nul \0"), ..none() }, &[]),
        (WorkflowFilter { current_phase: text("solutioning"), ..none() }, &["w-2", "w-5"]),
        (WorkflowFilter { current_agent: text("bmad-analyst"), ..none() }, &["w-0", "w-1"]),
        (WorkflowFilter { status: Some(WorkflowStatus::Completed), ..none() }, &["w-4"]),
        (WorkflowFilter { status: Some(WorkflowStatus::Cancelled), ..none() }, &["w-1"]),
        (WorkflowFilter { status: Some(WorkflowStatus::Failed), ..none() }, &[]),
        (WorkflowFilter { status: Some(WorkflowStatus::Running), ..none() }, &["w-0", "w-2", "w-3", "w-5"]),
        (WorkflowFilter { started_since: started(3), ..none() }, &["w-4", "w-3", "w-5"]),
        (WorkflowFilter { started_until: started(3), ..none() }, &["w-0", "w-1", "w-2"]),
        (
            WorkflowFilter {
                project_name: text("beta"),
                current_agent: text("bmad-pm"),
                status: Some(WorkflowStatus::Running),
                started_since: started(2),
                started_until: started(5),
                ..none()
            },
            &["w-3"],
        ),
    ] {
        assert_eq!(names(&list(world, filter.clone()).await), expected, "{filter:?}");
    }
}

pub async fn workflows_are_found_by_words_in_their_name_or_description(world: &World) {
    let story = |id: &str, name: &str, description: &str| {
        event("bmad.workflow.started").of_workflow(id).saying("project_name", name).saying("description", description)
    };
    world
        .record([
            &story("w-1", "User-Authentication", "Log people in, over OAuth"),
            &story("w-2", "billing", "Rechnungen für ÄRZTE: 100 % digital\u{0}!"),
            &event("a.b").of_workflow("w-3"),
        ])
        .await;
    for (words, expected) in [
        (&[][..], &["w-1", "w-2", "w-3"][..]),
        (&["authentication"], &["w-1"]),
        (&["oauth", "user"], &["w-1"]),
        (&["oauth", "billing"], &[]),
        (&["ärzte"], &["w-2"]),
        (&["100", "%"], &["w-2"]),
        (&["%"], &["w-2"]),
        (&["_"], &[]),
        (&["nul\0"], &[]),
        (&["'; drop table events; --"], &[]),
        (&["i"], &["w-1", "w-2"]),
    ] {
        let words = words.iter().map(|word| (*word).to_owned()).collect();
        let filter = WorkflowFilter { words, ..WorkflowFilter::default() };
        assert_eq!(names(&list(world, filter.clone()).await), expected, "{filter:?}");
        assert_eq!(world.store.count_workflows(&filter).await.unwrap(), expected.len() as u64, "{filter:?}");
    }
    world.record([&event("a.b").of_workflow("w-1")]).await;
    let moved = WorkflowFilter { words: vec!["oauth".into()], ..WorkflowFilter::default() };
    assert_eq!(names(&list(world, moved).await), ["w-1"], "whatever moves it");
}

pub async fn workflows_are_counted_by_the_filters_that_list_them(world: &World) {
    six_workflows(world).await;
    let none = WorkflowFilter::default;
    let alpha = WorkflowFilter { project_name: Some("alpha".into()), ..none() };
    let running = WorkflowFilter { status: Some(WorkflowStatus::Running), ..none() };
    for filter in [none(), alpha, running, WorkflowFilter { project_name: Some("nul \0".into()), ..none() }] {
        let listed = list(world, filter.clone()).await.len() as u64;
        assert_eq!(world.store.count_workflows(&filter).await.unwrap(), listed, "{filter:?}");
    }
}

pub async fn pages_of_workflows_cover_each_once(world: &World) {
    six_workflows(world).await;
    let all = list(world, WorkflowFilter::default()).await;
    for limit in [1, 2, 5, 6, 7] {
        let mut seen: Vec<Workflow> = Vec::new();
        loop {
            let after = seen.last().map(|last| (last.updated_at, last.workflow_id.clone()));
            let query = WorkflowQuery { filter: WorkflowFilter::default(), after, limit };
            let page = world.store.list_workflows(&query).await.unwrap();
            assert!(page.workflows.len() <= limit);
            seen.extend(page.workflows);
            assert_eq!(page.has_more, seen.len() < all.len(), "pages of {limit}");
            if !page.has_more {
                break;
            }
        }
        assert_eq!(seen, all, "pages of {limit}");
    }
}

pub async fn a_version_counts_the_events_of_a_workflow(world: &World) {
    for batch in history(7, 120).chunks(11) {
        world.record(batch).await;
    }
    let log = world.log().await;
    let states = list(world, WorkflowFilter::default()).await;
    assert!(states.len() > 3);
    for state in states {
        let events = log.iter().filter(|event| event.workflow_id() == Some(&state.workflow_id)).count();
        assert_eq!(state.version, events as u64, "{}", state.workflow_id);
    }
}
