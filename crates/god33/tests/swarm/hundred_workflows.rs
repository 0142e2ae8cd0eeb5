//! A hundred workflows at once, each with a planner and four agents, from their start to their end.

use std::time::Duration;

use futures::future::join_all;
use god33_conformance::database::TestDatabase;
use god33_domain::Workflow;
use god33_domain::handoff::{Handoff, HandoffState};
use god33_domain::session::{Session, SessionStatus};
use god33_domain::workflow::WorkflowStatus;
use god33_proto::v1::{Priority, WorkflowPhase};
use god33_store_sqlite::{SqliteConfig, SqliteStore};
use tokio::time::Instant;

use crate::agent::Agent;
use crate::broker::Broker;
use crate::holds::Holds;
use crate::nodes::Nodes;
use crate::planner::{Order, Planner};
use crate::server::{Place, Server};
use crate::truth::{self, Truth};

const WORKFLOWS: usize = 100;
const AGENTS_EACH: usize = 4;
const KIND: &str = "letta-python-dev";

/// How many events of each type a workflow has.
const EVENTS: [(&str, usize); 11] = [
    ("bmad.workflow.started", 1),
    ("bmad.workflow.phase.completed", 4),
    ("bmad.workflow.handoff.requested", AGENTS_EACH),
    ("agent.*.session.started", AGENTS_EACH),
    ("agent.handoff.accepted", AGENTS_EACH),
    ("agent.*.checkpoint.saved", AGENTS_EACH),
    ("agent.*.task.completed", AGENTS_EACH),
    ("agent.*.session.completed", AGENTS_EACH),
    ("bmad.workflow.validation.requested", 1),
    ("bmad.workflow.validation.completed", 1),
    ("bmad.workflow.completed", 1),
];

pub(crate) async fn a_hundred_workflows_with_four_agents_each_run_to_completion_on_postgresql() {
    let (database, broker) = (TestDatabase::create().await, Broker::connect().await);
    play(Place::on_servers(&database, &broker).start().await).await;
    assert_complete(&Truth::of(&truth::postgres(&database).await).await);
    broker.clean_up().await;
}

pub(crate) async fn a_hundred_workflows_with_four_agents_each_run_to_completion_on_the_embedded_default() {
    let folder = tempfile::tempdir().unwrap();
    play(Place::embedded(folder.path()).start().await).await;
    let store = SqliteStore::open(&SqliteConfig::file(folder.path().join("god33.db"))).await.unwrap();
    assert_complete(&Truth::of(&store).await);
}

/// Plays all of them, and cuts the server's power when the last is done.
async fn play(server: Server) {
    let began = Instant::now();
    let workflows = (0..WORKFLOWS).map(|number| {
        let nodes = Nodes::at(&[&server.address]);
        tokio::spawn(run(nodes, number))
    });
    for workflow in join_all(workflows).await {
        workflow.unwrap();
    }
    println!("{WORKFLOWS} workflows in {:?}", began.elapsed());
    server.kill().await;
}

async fn run(nodes: Nodes, number: usize) {
    let planner = Planner::start(nodes.clone(), &format!("project-{number}")).await;
    let agents = (0..AGENTS_EACH).map(|agent| {
        let agent = Agent {
            nodes: nodes.clone(),
            kind: KIND.into(),
            name: format!("{KIND}-{number}-{agent}"),
            workflow_id: planner.workflow_id.clone(),
            silence: Duration::from_secs(60),
        };
        tokio::spawn(work(agent))
    });
    let agents: Vec<_> = agents.collect();
    for phase in [WorkflowPhase::Analysis, WorkflowPhase::Planning, WorkflowPhase::Solutioning] {
        planner.complete(phase).await;
    }
    let order = Order {
        to_agent: KIND.into(),
        priority: Priority::Medium,
        fairness_key: planner.workflow_id.clone(),
        lease_seconds: 60.0,
    };
    let handoffs = join_all((0..AGENTS_EACH).map(|_| planner.hand_out(&order))).await;
    for handoff in &handoffs {
        planner.wait_for(handoff).await;
    }
    planner.complete(WorkflowPhase::Implementation).await;
    planner.check(KIND).await;
    for agent in join_all(agents).await {
        agent.unwrap();
    }
    planner.finish().await;
}

/// An agent that does one piece of work.
async fn work(agent: Agent) {
    let session = agent.start().await;
    let held = loop {
        if let Some(held) = session.claim(Duration::from_secs(30)).await.unwrap() {
            break held;
        }
    };
    session.save_checkpoint().await.unwrap();
    session.complete(&held).await.unwrap();
    session.leave().await.unwrap();
}

fn assert_complete(truth: &Truth) {
    for (event_type, each) in EVENTS {
        assert_eq!(truth.count(event_type), each * WORKFLOWS, "{event_type}");
    }
    let events_each: usize = EVENTS.iter().map(|(_, each)| each).sum();
    assert_eq!(truth.log.len(), events_each * WORKFLOWS, "and nothing else was recorded");
    Holds::told_by(&truth.log).assert_all_done(AGENTS_EACH * WORKFLOWS);
    let workflows: Vec<&Workflow> = truth.all().collect();
    assert_eq!(workflows.len(), WORKFLOWS);
    for workflow in workflows {
        assert_eq!((workflow.status, workflow.version), (WorkflowStatus::Completed, events_each as u64));
        assert!(workflow.phase_history.len() == 4 && workflow.phase_history.iter().all(|phase| !phase.skipped));
    }
    let handoffs: Vec<&Handoff> = truth.all().collect();
    assert_eq!(handoffs.len(), AGENTS_EACH * WORKFLOWS);
    for handoff in handoffs {
        // It was asked for, accepted, resumable, and done.
        assert_eq!((handoff.state, handoff.version), (HandoffState::Completed, 4));
        assert_eq!((handoff.fencing_token, handoff.attempt), (1, 1));
    }
    let sessions: Vec<&Session> = truth.all().collect();
    assert_eq!(sessions.len(), AGENTS_EACH * WORKFLOWS);
    for session in sessions {
        // It started, took work, saved a checkpoint, delivered and ended.
        assert_eq!((session.status, session.version), (Some(SessionStatus::Completed), 5));
        assert!(session.handoff_ids.is_empty() && session.checkpoint_count == 1);
    }
}
