//! What has to be loaded before a batch can be decided.

use super::*;
use crate::Belonging;
use crate::command::{Command, Payload, Script};

fn workflow_key(id: &str) -> StateKey {
    StateKey::of::<Workflow>(id)
}

fn of_workflow(id: &str) -> Belonging {
    Belonging { workflow_id: WorkflowId::parse(id).ok(), ..Default::default() }
}

/// A plan that must not be made yet: what it says is missing.
fn missing(facts: &Facts, proposals: &[Proposal]) -> Needs {
    *plan(MemoryLog::default().head, facts, proposals, Timestamp::now()).unwrap_err()
}

#[test]
fn needs_name_each_thing_once() {
    let parent = event("a.b");
    let child = event("a.c").in_session("s-1").caused_by(&parent);
    let mut start = start("w-1");
    start.author.correlation_ids = vec![parent.envelope.event_id];
    let request = || proposal([&child, &parent]).under_request("r").build();
    let needs = Needs::of(&[request(), request(), command(&start)]);
    let ids = [child.envelope.event_id, parent.envelope.event_id];
    assert_eq!(needs.events, [ids[0], ids[1], start.author.event_id]);
    assert_eq!(needs.parents, [ids[1]]);
    assert_eq!((needs.sessions.len(), needs.requests.len()), (1, 1));
    assert!(!needs.is_empty() && Needs::of(&[]).is_empty());
}

#[test]
fn needs_name_the_workflows_that_events_say() {
    let says = |workflow: &str| event("a.b").of_workflow(workflow);
    let needs = Needs::of(&[
        proposal([&says("w-2"), &says("w-1"), &event("a.b")]).build(),
        command(&start("w-3")),
        proposal([&says("w-1")]).build(),
    ]);
    assert_eq!(needs.states, [workflow_key("w-2"), workflow_key("w-1")], "what a command looks at, only it can tell");
}

#[test]
fn what_a_plan_looked_at_and_was_not_loaded_is_exactly_what_is_missing() {
    let parent = event("a.b");
    let arrives = event("a.b").of_workflow("w-1");
    let waits = |event: EventStory| recorded(event.caused_by(&arrives));
    let batch = [
        proposal([&event("a.b").in_session("s-2"), &event("a.b").caused_by(&parent), &arrives]).build(),
        command(&start("w-4")),
    ];
    let session = SessionLink { workflow_id: WorkflowId::parse("w-2").ok(), ..session_link("s-2") };
    let known_parent = KnownParent { position: Position::new(1), belonging: of_workflow("w-3") };
    let known = Known {
        parents: HashMap::from([(parent.envelope.event_id, known_parent)]),
        // Of those that wait, one moves the workflow that it gains and the other stays where it belongs.
        waiting: vec![waits(event("a.c").by("agent-1")), waits(event("a.c").of_workflow("w-9"))],
        sessions: vec![session],
        ..Known::default()
    };
    let (mut facts, needs) = (Facts::default(), Needs::of(&batch));
    assert_eq!(needs.states, [workflow_key("w-1")]);
    facts.learn(&needs, known);
    let more = missing(&facts, &batch);
    let states = ["w-2", "w-3", "w-4"].map(workflow_key).to_vec();
    assert_eq!(more, Needs { states, ..Needs::default() });
    facts.learn(&more, Known::default());
    let plan = plan(MemoryLog::default().head, &facts, &batch, Timestamp::now()).unwrap();
    let moved: Vec<_> = plan.writes.workflows().map(|state| (state.workflow_id.as_str(), state.version)).collect();
    assert_eq!(moved, [("w-1", 2), ("w-2", 1), ("w-3", 1), ("w-4", 1)]);
}

#[test]
fn nothing_is_missing_where_a_proposal_is_refused_before_it_looks_at_anything() {
    let story = event("a.b").of_workflow("w-1");
    let other = story.clone().saying("x", 2);
    let batch = [proposal([&story, &other]).build()];
    let plan = plan(MemoryLog::default().head, &Facts::default(), &batch, Timestamp::now()).unwrap();
    assert!(plan.answers[0].is_err() && plan.writes.is_empty());
}

/// A command that follows a trail: from a workflow to the one that its project is named after, and so on. In the end it names a cause
/// and a session of which nobody could know before.
#[derive(Clone, Debug)]
struct Follow {
    author: Author,
    from: &'static str,
    cause: EventId,
}

impl Command for Follow {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let mut state: &Workflow = view.find(self.from)?;
        while let Some(next) = &state.project_name {
            state = view.find(next)?;
        }
        view.session_link(&SessionId::parse("s-1").unwrap());
        let mut script = Script::new(&self.author, view);
        script.record("a.b", [self.cause], Payload::new().with("workflow_id", state.workflow_id.as_str()))?;
        Ok(script.about::<Workflow>(state.workflow_id.as_str()))
    }
}

#[test]
fn a_command_is_decided_again_until_nothing_that_it_looks_at_is_missing() {
    let mut log = MemoryLog::default();
    let names = |workflow: &str| event("bmad.workflow.started").of_workflow(workflow);
    let cause = event("a.b");
    log.record([&names("w-1").saying("project_name", "w-2"), &names("w-2"), &cause]);
    let follow = Follow { author: Author::server(), from: "w-1", cause: cause.envelope.event_id };
    let batch = [Proposal { request: None, principal: "god33".into(), change: Change::command(follow.clone()) }];
    let (mut facts, needs) = (Facts::default(), Needs::of(&batch));
    assert_eq!(needs, Needs { events: vec![follow.author.event_id], ..Needs::default() });
    facts.learn(&needs, Known::default());
    let state = |id: &str| State::Workflow(Box::new(log.workflow(id)));
    for id in ["w-1", "w-2"] {
        let more = missing(&facts, &batch);
        assert_eq!(more, Needs { states: vec![workflow_key(id)], ..Needs::default() });
        facts.learn(&more, Known { states: vec![state(id)], ..Known::default() });
    }
    let more = missing(&facts, &batch);
    let (parents, sessions) = (vec![follow.cause], vec![SessionId::parse("s-1").unwrap()]);
    assert_eq!(more, Needs { parents, sessions, ..Needs::default() });
    facts.learn(&more, Known::default());
    let plan = plan(log.head, &facts, &batch, log.now).unwrap();
    let shown = plan.answers[0].as_ref().unwrap().state::<Workflow>().unwrap();
    assert_eq!((shown.workflow_id.as_str(), shown.version), ("w-2", 2));
    assert_eq!(log.command(follow).unwrap().state::<Workflow>(), Some(shown), "the log in memory does the same");
}

#[test]
fn what_was_asked_and_is_not_there_is_not_asked_again() {
    let lost = Follow { author: Author::server(), from: "w-1", cause: EventId::generate() };
    let batch = [Proposal { request: None, principal: "god33".into(), change: Change::command(lost) }];
    let mut facts = Facts::default();
    let more = missing(&facts, &batch);
    facts.learn(&more, Known::default());
    let plan = plan(MemoryLog::default().head, &facts, &batch, Timestamp::now()).unwrap();
    assert_eq!(plan.answers, [Err(Refusal::NotFound { kind: StateKind::Workflow, id: "w-1".into() })]);
    assert!(plan.writes.is_empty());
}
