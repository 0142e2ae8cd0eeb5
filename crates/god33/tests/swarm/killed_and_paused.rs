//! A thousand pieces of work, and agents that die and freeze over them.

use std::time::Duration;

use futures::future::join_all;
use god33_conformance::database::TestDatabase;
use god33_conformance::history::Dice;
use god33_domain::handoff::{Handoff, HandoffState};
use god33_domain::session::Session;
use god33_domain::state::Noun;
use god33_proto::v1::{ErrorReason, Priority};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::Instant;

use crate::broker::Broker;
use crate::holds::Holds;
use crate::nodes::Nodes;
use crate::planner::{Order, Planner};
use crate::process::{self, Process, Report};
use crate::server::{DEADLINE, Place};
use crate::truth::{self, Truth, until_all_ended};

const AGENTS: usize = 20;
const WORKFLOWS: usize = 40;
const HANDOFFS_EACH: usize = 25;
const HANDOFFS: usize = WORKFLOWS * HANDOFFS_EACH;

/// How long the whole may take.
const PATIENCE: Duration = Duration::from_secs(240);

pub(crate) async fn a_thousand_handoffs_are_each_done_once_while_agents_are_killed_and_paused() {
    let began = Instant::now();
    let (database, broker) = (TestDatabase::create().await, Broker::connect().await);
    let server = Place::on_servers(&database, &broker).start().await;
    let store = truth::postgres(&database).await;
    let planning = tokio::spawn(hand_out(Nodes::at(&[&server.address])));
    let mut swarm = Swarm::start(&server.address);
    while !planning.is_finished() || truth::open::<Handoff>(&store).await > 0 {
        assert!(began.elapsed() < PATIENCE, "the work is not done in time");
        swarm.suffer().await;
    }
    planning.await.unwrap();
    let reports = swarm.go_home().await;
    until_all_ended::<Session>(&store).await;
    let truth = Truth::of(&store).await;
    assert_each_done_once(&truth);
    assert_as_reported(&Holds::told_by(&truth.log), &reports);
    println!("{} events in {:?}", truth.log.len(), began.elapsed());
    broker.clean_up().await;
}

/// Work of several workflows, of each priority, under some fairness keys.
async fn hand_out(nodes: Nodes) {
    const PRIORITIES: [Priority; 5] =
        [Priority::Critical, Priority::High, Priority::Medium, Priority::Low, Priority::Background];
    let workflows = (0..WORKFLOWS).map(async |workflow| {
        let planner = Planner::start(nodes.clone(), "swarm").await;
        for number in 0..HANDOFFS_EACH {
            let order = Order {
                to_agent: process::KIND.into(),
                priority: PRIORITIES[number % PRIORITIES.len()],
                fairness_key: format!("key-{}", (workflow + number) % 7),
                lease_seconds: process::SILENCE.as_secs_f64(),
            };
            planner.hand_out(&order).await;
        }
    });
    join_all(workflows).await;
}

/// The agents, and what happens to them.
struct Swarm {
    address: String,
    dice: Dice,
    agents: Vec<Agent>,
    started: usize,
    killed: usize,
    paused: usize,
    tell: UnboundedSender<Report>,
    reports: UnboundedReceiver<Report>,
}

struct Agent {
    process: Process,
    paused_until: Option<Instant>,
}

impl Swarm {
    fn start(address: &str) -> Self {
        let said = std::env::var("GOD33_SWARM_SEED").ok();
        let seed = said.map_or_else(|| uuid::Uuid::new_v4().as_u64_pair().0, |seed| seed.parse().unwrap());
        println!("GOD33_SWARM_SEED={seed}");
        let (tell, reports) = unbounded_channel();
        let (address, dice) = (address.to_owned(), Dice::seeded(seed));
        let mut swarm = Self { address, dice, agents: Vec::new(), started: 0, killed: 0, paused: 0, tell, reports };
        for _ in 0..AGENTS {
            let agent = swarm.new_agent();
            swarm.agents.push(agent);
        }
        swarm
    }

    fn new_agent(&mut self) -> Agent {
        self.started += 1;
        let process = Process::start(&self.address, self.started, &mut self.dice, self.tell.clone());
        Agent { process, paused_until: None }
    }

    /// Lets something happen to an agent, and a moment pass.
    async fn suffer(&mut self) {
        for agent in &mut self.agents {
            agent.wake(Instant::now());
        }
        let victim = self.dice.roll(AGENTS);
        match self.dice.roll(10) {
            0 => {
                self.agents[victim].process.kill().await;
                self.agents[victim] = self.new_agent();
                self.killed += 1;
            }
            // Not long enough to be missed.
            1 | 2 => self.pause(victim, 100 + self.dice.clone().roll(900)),
            // Long enough that its session failed and others have its work when it wakes up.
            3 | 4 => self.pause(victim, 2_800 + self.dice.clone().roll(1_500)),
            _ => {}
        }
        tokio::time::sleep(Duration::from_millis(50 + self.dice.roll(250) as u64)).await;
    }

    fn pause(&mut self, victim: usize, milliseconds: usize) {
        let agent = &mut self.agents[victim];
        if agent.paused_until.is_none() {
            agent.process.pause();
            agent.paused_until = Some(Instant::now() + Duration::from_millis(milliseconds as u64));
            self.paused += 1;
        }
    }

    /// Wakes all up, lets them go, and gives back what they told.
    async fn go_home(self) -> Vec<Report> {
        let Self { mut agents, tell, mut reports, started, killed, paused, .. } = self;
        drop(tell);
        let gone = agents.iter_mut().map(async |agent| {
            agent.wake(Instant::now() + PATIENCE);
            agent.process.let_go();
            agent.process.gone().await;
        });
        tokio::time::timeout(DEADLINE, join_all(gone)).await.expect("the agents go");
        println!("{started} agents, {killed} killed, {paused} pauses");
        let mut told = Vec::new();
        while let Some(report) = reports.recv().await {
            told.push(report);
        }
        told
    }
}

impl Agent {
    fn wake(&mut self, now: Instant) {
        if self.paused_until.is_some_and(|until| until <= now) {
            self.paused_until = None;
            self.process.go_on();
        }
    }
}

fn assert_each_done_once(truth: &Truth) {
    assert_eq!(truth.count("agent.*.task.completed"), HANDOFFS);
    let holds = Holds::told_by(&truth.log);
    holds.assert_all_done(HANDOFFS);
    let mut count = 0;
    for handoff in truth.all::<Handoff>() {
        let work = &holds.work[handoff.id()];
        assert_eq!((handoff.state, &handoff.lease), (HandoffState::Completed, &None));
        assert_eq!(handoff.fencing_token, work.holders.len() as u64, "a token for each that held it");
        assert_eq!(work.holders.last(), work.completed_by.as_ref());
        let worker = truth.all::<Session>().find(|session| Some(session.id()) == work.completed_by.as_deref());
        let name = worker.unwrap().agent_instance_id.as_deref().unwrap();
        assert_eq!(work.artifact, format!("results/{name}"));
        assert!(handoff.artifacts.as_ref().unwrap().as_str().contains(&work.artifact));
        count += 1;
    }
    assert_eq!(count, HANDOFFS);
}

/// What agents were told is what the log says: who took work, who delivered it, and who came too late.
fn assert_as_reported(holds: &Holds, reports: &[Report]) {
    let (mut late, mut lost) = (0, 0);
    for report in reports {
        match report {
            Report::Took { session, held } => {
                let holder = &holds.work[&held.handoff_id].holders[held.fencing_token as usize - 1];
                assert_eq!(holder, session, "{held} is its token");
            }
            Report::Done { session, held } => {
                let work = &holds.work[&held.handoff_id];
                assert_eq!(
                    (work.completed_by.as_ref(), work.holders.len() as u64),
                    (Some(session), held.fencing_token)
                );
            }
            Report::Refused { session, held, reason } => {
                late += 1;
                assert!(matches!(reason, ErrorReason::LeaseLost | ErrorReason::WrongState), "{reason:?}");
                assert_ne!(holds.work[&held.handoff_id].completed_by.as_ref(), Some(session), "{held}");
            }
            Report::Lost { reason, .. } => {
                lost += 1;
                assert!(matches!(reason, ErrorReason::SessionSuperseded | ErrorReason::WrongState), "{reason:?}");
            }
        }
    }
    println!("{late} late words refused, {lost} sessions lost by living agents");
    assert!(late > 0 && lost > 0, "somebody woke up too late");
}
