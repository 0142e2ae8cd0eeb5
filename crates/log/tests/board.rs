//! The board of open work: what it shows, and whom it wakes by what.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{DEADLINE, log};
use futures::FutureExt as _;
use god33_conformance::{EventStory, event, proposal};
use god33_domain::handoff::Lane;
use god33_log::{Board, Concern, Listener, Log, LogConfig};
use tokio_util::sync::CancellationToken;

const TYPE: &str = "letta-python-dev";
const WORKFLOW: &str = "w-1";

/// A log, and the board over it.
struct World {
    log: Log,
    board: Board,
    stop: CancellationToken,
}

/// Everybody who may wait for something here.
struct Waiters {
    any: Listener,
    of_workflow: Listener,
    of_other_workflow: Listener,
    of_other_type: Listener,
    of_handoff: Listener,
    of_session: Listener,
    of_type: Listener,
}

impl World {
    async fn new() -> Self {
        let log = log(LogConfig::default()).await;
        let stop = CancellationToken::new();
        let (board, _) = Board::start(log.store.clone(), log.tail.clone(), stop.clone()).await.unwrap();
        Self { log, board, stop }
    }

    /// Records events, and waits until the board knows them.
    async fn tell(&self, stories: &[EventStory]) {
        let answer = self.log.writer.propose(proposal(stories).build()).await.unwrap();
        self.board.wait_for(answer.position(), DEADLINE).await.unwrap();
    }

    fn waits(&self, concern: Concern) -> Listener {
        let mut listener = self.board.listener();
        listener.listen_for([concern]);
        listener
    }

    fn waiters(&self) -> Waiters {
        let offers = |to: &str, workflow: Option<&str>| self.waits(Concern::Offers(lane(to, workflow)));
        Waiters {
            any: offers(TYPE, None),
            of_workflow: offers(TYPE, Some(WORKFLOW)),
            of_other_workflow: offers(TYPE, Some("w-2")),
            of_other_type: offers("agno-reviewer", None),
            of_handoff: self.waits(Concern::Handoff("h-1".into())),
            of_session: self.waits(Concern::Session("s-1".into())),
            of_type: self.waits(Concern::AgentType(TYPE.into())),
        }
    }

    async fn end(self) {
        self.stop.cancel();
        self.log.close().await;
    }
}

impl Waiters {
    /// Who was woken since this was last asked.
    fn woken(&self) -> Vec<&'static str> {
        let all = [
            ("any", &self.any),
            ("of workflow", &self.of_workflow),
            ("of other workflow", &self.of_other_workflow),
            ("of other type", &self.of_other_type),
            ("of handoff", &self.of_handoff),
            ("of session", &self.of_session),
            ("of type", &self.of_type),
        ];
        all.into_iter().filter(|(_, listener)| listener.heard().now_or_never().is_some()).map(|(who, _)| who).collect()
    }
}

fn lane(to: &str, workflow: Option<&str>) -> Lane {
    Lane { kind: None, to: to.into(), workflow_id: workflow.map(str::to_owned) }
}

fn started(session: &str) -> EventStory {
    event("agent.letta.session.started").in_session(session).saying("agent_type", TYPE)
}

fn requested(id: &str) -> EventStory {
    let request = event("bmad.workflow.handoff.requested").of_workflow(WORKFLOW).saying("handoff_id", id);
    request.saying("to_agent", TYPE).saying("max_attempts", 9)
}

fn about(event_type: &str) -> EventStory {
    event(event_type).saying("handoff_id", "h-1")
}

fn accepted() -> EventStory {
    about("agent.handoff.accepted").in_session("s-1")
}

const IN_LANE: [&str; 3] = ["any", "of workflow", "of handoff"];

#[tokio::test]
async fn an_offer_wakes_who_waits_for_its_like_and_nobody_else() {
    let world = World::new().await;
    world.tell(&[started("s-1")]).await;
    let waiters = world.waiters();
    world.tell(&[requested("h-1")]).await;
    assert_eq!(waiters.woken(), IN_LANE);
    assert_eq!(world.board.offers(|offers| offers.in_order(&[lane(TYPE, None)]).count()), 1);
    world.tell(&[accepted()]).await;
    assert_eq!(waiters.woken(), ["of handoff", "of session"], "who waits for work waits for none that is gone");
    assert_eq!(world.board.offers(|offers| offers.in_order(&[lane(TYPE, None)]).count()), 0);
    world.tell(&[about("agent.handoff.cancelled")]).await;
    assert_eq!(waiters.woken(), ["of handoff", "of session"]);
    world.end().await;
}

#[tokio::test]
async fn work_that_is_declined_lost_or_given_back_wakes_who_waits_for_its_like() {
    let world = World::new().await;
    world.tell(&[started("s-1"), started("s-2"), requested("h-1")]).await;
    let waiters = world.waiters();
    world.tell(&[about("agent.handoff.declined").in_session("s-2")]).await;
    assert_eq!(waiters.woken(), IN_LANE);
    let and_session: Vec<&str> = IN_LANE.into_iter().chain(["of session"]).collect();
    for end in [
        about("agent.handoff.offered").saying("reason", "lease_expired"),
        about("agent.handoff.failed").in_session("s-1"),
        event("agent.letta.session.failed").in_session("s-1").saying("failure_reason", "connection_timeout"),
    ] {
        world.tell(&[accepted()]).await;
        waiters.woken();
        world.tell(std::slice::from_ref(&end)).await;
        assert_eq!(waiters.woken(), and_session, "{end:?}");
    }
    world.end().await;
}

#[tokio::test]
async fn what_makes_an_agent_able_to_more_wakes_it() {
    let world = World::new().await;
    world.tell(&[started("s-1")]).await;
    let waiters = world.waiters();
    world.tell(&[event("agent.registry.type.registered").saying("agent_type", TYPE)]).await;
    assert_eq!(waiters.woken(), ["of type"]);
    world.tell(&[event("agent.registry.type.registered").saying("agent_type", "agno-reviewer")]).await;
    assert_eq!(waiters.woken(), [""; 0]);
    world.tell(&[event("agent.letta.session.paused").in_session("s-1").saying("reason", "lunch")]).await;
    assert_eq!(waiters.woken(), ["of session"]);
    world.end().await;
}

#[tokio::test]
async fn what_is_held_out_to_nobody_any_more_wakes_who_waits_for_its_like() {
    let world = World::new().await;
    world.tell(&[requested("h-1")]).await;
    let waiters = world.waiters();
    world.board.is_free(&world.board.handoff("h-1").unwrap());
    assert_eq!(waiters.woken(), ["any", "of workflow"]);
    world.end().await;
}

#[tokio::test]
async fn an_event_that_changes_nothing_wakes_nobody() {
    let world = World::new().await;
    world.tell(&[started("s-1"), requested("h-1"), accepted()]).await;
    let waiters = world.waiters();
    world.tell(&[started("s-2"), event("agent.letta.session.paused").in_session("s-2")]).await;
    world.tell(&[event("bmad.workflow.started").of_workflow(WORKFLOW)]).await;
    assert_eq!(waiters.woken(), [""; 0]);
    world.end().await;
}
