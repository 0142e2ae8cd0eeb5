//! Whatever happens in whatever order: work has one holder at most, is never forgotten, and obeys the newest token alone.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::rebuild::Rebuild;
use crate::session::Session;

const WORKS: [&str; 3] = ["h-0", "h-1", "h-2"];
const AGENTS: usize = 4;

/// One thing that an agent, a person or time does. `agent` is the number of an agent, `work` that of a piece of work, `token` how far the token that is
/// sent lies behind the newest one.
#[derive(Clone, Debug)]
enum Step {
    Ask { work: usize },
    Accept { agent: usize, work: usize },
    Decline { agent: usize, work: usize },
    Progress { work: usize, token: u64 },
    Block { work: usize, token: u64 },
    Unblock { work: usize },
    Complete { work: usize, token: u64 },
    Fail { work: usize, token: u64, is_final: bool },
    Release { work: usize, token: u64 },
    Cancel { work: usize },
    LoseLease { work: usize, token: u64 },
    Wait { seconds: u8 },
    Save { agent: usize },
    SessionFails { agent: usize },
    SessionEnds { agent: usize },
    Recover { agent: usize },
    Restart { agent: usize },
    BusAccepts { agent: usize, work: usize },
    BusCompletes { agent: usize, work: usize },
}

fn step() -> impl Strategy<Value = Step> {
    use Step::*;
    // Most callers send the newest token, many an old one, and some one that was never given.
    let token = || prop_oneof![6 => Just(0_u64), 2 => 1..4_u64, 1 => Just(u64::MAX)];
    let (agent, work) = (|| 0..AGENTS, || 0..WORKS.len());
    let one = || (work(), token());
    prop_oneof![
        6 => work().prop_map(|work| Ask { work }),
        12 => (agent(), work()).prop_map(|(agent, work)| Accept { agent, work }),
        2 => (agent(), work()).prop_map(|(agent, work)| Decline { agent, work }),
        3 => one().prop_map(|(work, token)| Progress { work, token }),
        2 => one().prop_map(|(work, token)| Block { work, token }),
        2 => work().prop_map(|work| Unblock { work }),
        1 => one().prop_map(|(work, token)| Complete { work, token }),
        3 => (one(), prop::bool::weighted(0.1)).prop_map(|((work, token), is_final)| Fail { work, token, is_final }),
        2 => one().prop_map(|(work, token)| Release { work, token }),
        1 => work().prop_map(|work| Cancel { work }),
        2 => one().prop_map(|(work, token)| LoseLease { work, token }),
        2 => (1..60_u8).prop_map(|seconds| Wait { seconds }),
        2 => agent().prop_map(|agent| Save { agent }),
        3 => agent().prop_map(|agent| SessionFails { agent }),
        1 => agent().prop_map(|agent| SessionEnds { agent }),
        2 => agent().prop_map(|agent| Recover { agent }),
        2 => agent().prop_map(|agent| Restart { agent }),
        1 => (agent(), work()).prop_map(|(agent, work)| BusAccepts { agent, work }),
        1 => (agent(), work()).prop_map(|(agent, work)| BusCompletes { agent, work }),
    ]
}

/// A run of steps, and what was seen on the way.
#[derive(Default)]
struct Run {
    team: Team,
    /// The newest session of each agent; the ones before it have failed or ended.
    runs: [usize; AGENTS],
    /// Every token that was ever given, for each piece of work.
    tokens: BTreeMap<&'static str, BTreeSet<u64>>,
    /// The events by which work was taken last.
    taken: BTreeMap<&'static str, Option<EventId>>,
    ended: BTreeMap<&'static str, (HandoffState, EventId)>,
}

impl Run {
    fn new() -> Self {
        let mut run = Self::default();
        (0..AGENTS).for_each(|agent| run.start(agent));
        run
    }

    fn session(&self, agent: usize) -> String {
        format!("a{agent}-{}", self.runs[agent])
    }

    fn start(&mut self, agent: usize) {
        let session = self.session(agent);
        self.team.start(&session);
    }

    fn known(&self, id: &str) -> Option<Handoff> {
        self.team
            .log
            .states
            .get(&crate::state::StateKey::of::<Handoff>(id))
            .and_then(crate::state::Kind::in_state)
            .cloned()
    }

    /// The token that lies so far behind the newest one.
    fn behind(&self, id: &str, by: u64) -> u64 {
        self.known(id).map_or(by, |work| work.fencing_token.wrapping_sub(by))
    }

    fn take(&mut self, step: &Step) {
        let before = self.team.log.states.clone();
        let held = WORKS.map(|id| self.known(id).and_then(|work| work.lease));
        let answer = self.act(step);
        if let Step::BusAccepts { work, .. } = *step
            && held[work].is_some()
        {
            assert_eq!(self.known(WORKS[work]).unwrap().lease, held[work], "whoever says so, what is held is held");
        }
        if let Some(Err(refusal)) = &answer {
            assert_eq!(self.team.log.states, before, "a refusal changed something: {step:?}");
            self.check_refusal(refusal);
        }
        WORKS.iter().for_each(|id| self.check(id));
    }

    fn act(&mut self, step: &Step) -> Option<Result<Appended, Refusal>> {
        let token = |run: &Self, work: usize, by: u64| (WORKS[work], run.behind(WORKS[work], by));
        Some(match *step {
            Step::Ask { work } => {
                if self.known(WORKS[work]).is_none() {
                    let story = requested(WORKS[work]).saying("stall_seconds", 90).saying("max_attempts", work + 2);
                    self.team.log.record([&story.saying("deadline", "2026-01-11T14:45:00Z")]);
                }
                return None;
            }
            Step::Accept { agent, work } => self.team.ask(accept(&self.session(agent), WORKS[work])),
            Step::Decline { agent, work } => self.team.ask(decline(&self.session(agent), WORKS[work])),
            Step::Progress { work, token: by } => {
                let (id, token) = token(self, work, by);
                self.team.ask(progress(id, token))
            }
            Step::Block { work, token: by } => {
                let (id, token) = token(self, work, by);
                self.team.ask(block(id, token))
            }
            Step::Unblock { work } => self.team.ask(unblock(WORKS[work])),
            Step::Complete { work, token: by } => {
                let (id, token) = token(self, work, by);
                self.team.ask(complete(id, token))
            }
            Step::Fail { work, token: by, is_final } => {
                let (id, token) = token(self, work, by);
                self.team.ask(fail(id, token, is_final))
            }
            Step::Release { work, token: by } => {
                let (id, token) = token(self, work, by);
                self.team.ask(release(id, token))
            }
            Step::Cancel { work } => self.team.ask(cancel(WORKS[work])),
            Step::LoseLease { work, token: by } => {
                let (id, token) = token(self, work, by);
                self.team.ask(lose_lease(id, token))
            }
            Step::Wait { seconds } => {
                self.team.wait(f64::from(seconds));
                WORKS.iter().for_each(|id| drop(self.team.ask(tick(id))));
                return None;
            }
            _ => {
                self.say(step);
                return None;
            }
        })
    }

    /// What only events say, as the sessions' own commands and producers on the bus record them.
    fn say(&mut self, step: &Step) {
        let of = |kind: &str, session: &str| event(&format!("agent.letta.{kind}")).in_session(session);
        let stories = match *step {
            Step::Save { agent } => {
                let name = format!("c-{}", self.team.log.events.len());
                vec![of("checkpoint.saved", &self.session(agent)).saying("checkpoint_id", name)]
            }
            Step::SessionFails { agent } => vec![of("session.failed", &self.session(agent))],
            Step::SessionEnds { agent } => vec![of("session.completed", &self.session(agent))],
            Step::Recover { agent } => {
                let failed = self.session(agent);
                self.runs[agent] += 1;
                let over = event("agent.letta.session.recovery.started").saying("failed_session_id", failed);
                vec![over.saying("new_session_id", self.session(agent)).saying("agent_type", "letta-python-dev")]
            }
            Step::Restart { agent } => {
                self.runs[agent] += 1;
                vec![started(&self.session(agent))]
            }
            Step::BusAccepts { agent, work } => {
                let story = event("agent.handoff.accepted").saying("handoff_id", WORKS[work]);
                vec![story.in_session(&self.session(agent))]
            }
            Step::BusCompletes { agent, work } => {
                vec![of("task.completed", &self.session(agent)).saying("handoff_id", WORKS[work])]
            }
            _ => Vec::new(),
        };
        self.team.log.record(&stories);
    }

    fn check_refusal(&self, refusal: &Refusal) {
        if let Refusal::LeaseLost { handoff_id, holder, fencing_token } = refusal {
            let work = self.known(handoff_id).unwrap();
            assert_eq!((holder.as_deref(), *fencing_token), (work.holder(), work.fencing_token));
        }
    }

    /// No work that was asked for is forgotten: what is held is worked on under its token, what is on offer is taken by the next one that comes.
    fn find_all(&mut self) {
        self.team.start("late");
        for id in WORKS {
            let Some(work) = self.known(id).filter(|work| work.state.is_open() && work.origin != Origin::Unknown)
            else {
                continue;
            };
            let answer = match work.lease {
                Some(lease) => self.team.ask(progress(id, lease.fencing_token)),
                None => self.team.accept("late", id),
            };
            assert!(answer.is_ok(), "{answer:?}: {:?}", self.known(id));
        }
    }

    fn check(&mut self, id: &'static str) {
        let Some(work) = self.known(id) else { return };
        assert_eq!(work.state.is_held(), work.lease.is_some(), "held means a lease: {work:?}");
        assert!(work.attempt >= 1 && work.attempt <= work.max_attempts, "{work:?}");
        self.check_tokens(id, &work);
        self.check_holder(&work);
        let end = (!work.state.is_open()).then(|| (work.state, work.outcome_event_id.unwrap()));
        match (self.ended.get(id), end) {
            (Some(first), end) => assert_eq!(Some(*first), end, "an end is for good: {work:?}"),
            (None, Some(end)) => drop(self.ended.insert(id, end)),
            (None, None) => {}
        }
    }

    /// Of all tokens that were ever given at most the newest opens anything, and each was greater than those before.
    fn check_tokens(&mut self, id: &'static str, work: &Handoff) {
        let given = self.tokens.entry(id).or_default();
        let taken = self.taken.insert(id, work.accepted_event_id).flatten();
        if work.accepted_event_id != taken {
            assert!(given.last().is_none_or(|newest| *newest < work.fencing_token), "tokens grow: {work:?}");
            given.insert(work.fencing_token);
        }
        let open: Vec<u64> = given.iter().copied().filter(|token| under_lease(work, *token).is_ok()).collect();
        assert_eq!(open, work.lease.iter().map(|lease| lease.fencing_token).collect::<Vec<_>>());
    }

    /// Exactly the session that holds it knows that it does; the one that failed with it knows it too until somebody took it.
    fn check_holder(&self, work: &Handoff) {
        let sessions = self.team.log.states.values().filter_map(<Session as crate::state::Kind>::in_state);
        let knowing = sessions.filter(|session| session.handoff_ids.contains(&work.handoff_id));
        let names: Vec<&str> = knowing.map(|session| session.session_id.as_str()).collect();
        let failed = work.failed_session.as_deref().filter(|_| work.state == HandoffState::Offered);
        assert_eq!(names, work.holder().or(failed).into_iter().collect::<Vec<_>>(), "{work:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn work_is_held_by_one_and_never_forgotten(steps in prop::collection::vec(step(), 1..60)) {
        let mut run = Run::new();
        steps.iter().for_each(|step| run.take(step));
        run.find_all();
        let mut rebuild = Rebuild::default();
        run.team.log.events.iter().for_each(|event| rebuild.take(event.clone()));
        prop_assert_eq!(rebuild.states().1, run.team.log.states);
    }
}
