//! Two nodes on one database: they share the work, and when one dies its agents go on with the other.

use std::collections::BTreeSet;
use std::time::Duration;

use futures::future::join_all;
use god33_conformance::database::TestDatabase;
use god33_domain::handoff::{Handoff, HandoffState};
use god33_domain::ports::Store;
use god33_domain::session::{Session as SessionState, SessionStatus};
use god33_domain::state::{Kind, Noun, StateKey};
use god33_proto::v1::{ErrorReason, Priority};
use tokio::time::Instant;

use crate::agent::{Agent, Held, Session};
use crate::broker::Broker;
use crate::holds::Holds;
use crate::nodes::Nodes;
use crate::planner::{Order, Planner};
use crate::server::{DEADLINE, Place};
use crate::truth::{self, Truth, until_all_ended};

const KIND: &str = "letta-pair";
const AGENTS_EACH: usize = 10;
const AGENTS: usize = 2 * AGENTS_EACH;

/// How many are held out before all agents have work.
const OFFERS: usize = 12;

/// How much there is in all.
const HANDOFFS: usize = 60;

/// How long an agent may be silent.
const SILENCE: Duration = Duration::from_secs(3);

pub(crate) async fn two_nodes_share_the_work_and_a_killed_node_s_agents_go_on_with_the_other() {
    let (database, broker) = (TestDatabase::create().await, Broker::connect().await);
    let place = Place::on_servers(&database, &broker);
    // The one that is there first oversees.
    let (doomed, other) = (place.start().await, place.start().await);
    let store = truth::postgres(&database).await;
    let planner = Planner::start(Nodes::at(&[&other.address]), "pair").await;
    let sessions = join_all((0..AGENTS).map(|number| start(number, &doomed.address, &other.address))).await;

    hand_out(&planner, OFFERS).await;
    let held = take_what_is_held_out(&sessions, &doomed.address, &other.address).await;
    hand_out(&planner, AGENTS - OFFERS).await;
    let held = join_all(sessions.iter().zip(held).map(async |(session, held)| take(session, held).await)).await;
    hand_out(&planner, HANDOFFS - AGENTS).await;

    doomed.kill().await;
    let killed_at = Instant::now();
    let agents = sessions.into_iter().zip(held).enumerate();
    let (silent, living): (Vec<_>, Vec<_>) = agents.partition(|(number, _)| falls_silent(*number));
    silent.iter().for_each(|(_, (session, _))| session.fall_silent());
    for (_, (session, _)) in &silent {
        until_failed(&store, &session.id).await;
    }
    println!("the silent were missed {:?} after their node was killed", killed_at.elapsed());
    join_all(living.into_iter().map(async |(_, (session, held))| finish(session, held).await)).await;
    until_all_ended::<Handoff>(&store).await;
    for (_, (session, held)) in &silent {
        assert_eq!(session.progress(held).await, Err(ErrorReason::WrongState), "others did the work");
        assert_eq!(session.claim(Duration::ZERO).await, Err(ErrorReason::SessionSuperseded));
    }
    until_all_ended::<SessionState>(&store).await;
    assert_shared(&Truth::of(&store).await, silent.len());
    broker.clean_up().await;
}

/// Every second agent is at home on the node that is killed; half of these are never heard of again.
const fn falls_silent(number: usize) -> bool {
    number.is_multiple_of(4)
}

async fn start(number: usize, doomed: &str, other: &str) -> Session {
    let homes = if number.is_multiple_of(2) { [doomed, other] } else { [other, doomed] };
    let agent = Agent {
        nodes: Nodes::at(&homes),
        kind: KIND.into(),
        name: format!("{KIND}-{number}"),
        workflow_id: String::new(),
        silence: SILENCE,
    };
    agent.start().await
}

async fn hand_out(planner: &Planner, count: usize) {
    let order = Order {
        to_agent: KIND.into(),
        priority: Priority::Medium,
        fairness_key: "pair".into(),
        lease_seconds: SILENCE.as_secs_f64(),
    };
    join_all((0..count).map(|_| planner.hand_out(&order))).await;
}

/// All ask at once, on both nodes, for less work than they are: each piece is held out to one of them, who takes it from the other node.
async fn take_what_is_held_out(sessions: &[Session], one: &str, two: &str) -> Vec<Option<Held>> {
    let wait = Duration::from_secs(3);
    let offers = join_all(sessions.iter().map(async |session| session.offer(wait).await.unwrap())).await;
    let offered: BTreeSet<&str> = offers.iter().flatten().map(|handoff| handoff.handoff_id.as_str()).collect();
    assert_eq!((offered.len(), offers.iter().flatten().count()), (OFFERS, OFFERS), "each is held out to one");

    let empty_handed = &sessions[offers.iter().position(Option::is_none).unwrap()];
    for (node, handoff_id) in [one, two].iter().zip(&offered) {
        let taken = empty_handed.accept(handoff_id, &Nodes::at(&[*node])).await;
        assert_eq!(taken, Err(ErrorReason::AlreadyClaimed), "it is held out to another");
    }
    let taken = sessions.iter().zip(&offers).enumerate().map(async |(number, (session, offer))| {
        let away = if number.is_multiple_of(2) { two } else { one };
        let handoff_id = &offer.as_ref()?.handoff_id;
        Some(session.accept(handoff_id, &Nodes::at(&[away])).await.unwrap())
    });
    join_all(taken).await
}

/// Whoever has no work yet takes some.
async fn take(session: &Session, held: Option<Held>) -> Held {
    match held {
        Some(held) => held,
        None => session.claim(Duration::from_secs(30)).await.unwrap().expect("there is enough for all"),
    }
}

async fn until_failed(store: &dyn Store, session_id: &str) {
    let deadline = Instant::now() + DEADLINE;
    loop {
        let states = store.states(&[StateKey::of::<SessionState>(session_id)]).await.unwrap();
        let session = states.iter().find_map(SessionState::in_state).unwrap();
        if session.status == Some(SessionStatus::Failed) {
            return;
        }
        assert!(Instant::now() < deadline, "nobody misses session {session_id}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// What an agent holds, it still holds after its node was killed. Then it does what else there is.
async fn finish(session: Session, held: Held) {
    session.progress(&held).await.unwrap();
    session.complete(&held).await.unwrap();
    while let Some(held) = session.claim(Duration::from_secs(1)).await.unwrap() {
        session.complete(&held).await.unwrap();
    }
    session.leave().await.unwrap();
}

fn assert_shared(truth: &Truth, silent: usize) {
    assert_eq!(truth.count("agent.*.task.completed"), HANDOFFS);
    assert_eq!(truth.count("agent.handoff.accepted"), HANDOFFS, "nobody lost work but the silent");
    assert_eq!(truth.count("agent.*.session.recovery.started"), silent);
    assert_eq!(truth.count("agent.*.session.failed"), silent);
    assert_eq!(truth.count("agent.*.session.completed"), AGENTS - silent);
    assert_eq!(truth.count("agent.handoff.offered"), 0);
    let holds = Holds::told_by(&truth.log);
    holds.assert_all_done(HANDOFFS);
    for handoff in truth.all::<Handoff>() {
        assert_eq!(handoff.state, HandoffState::Completed);
        assert_eq!(handoff.fencing_token, holds.work[handoff.id()].holders.len() as u64);
    }
    let mut failed = truth.all::<SessionState>().filter(|session| session.status == Some(SessionStatus::Failed));
    assert!(failed.all(|session| session.reason.as_deref() == Some("connection_timeout")));
}
