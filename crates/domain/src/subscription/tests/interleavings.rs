//! Whatever happens in whatever order: nothing is lost, nothing is with two at once, and each key keeps its order.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

use proptest::prelude::*;

use super::*;

/// Something that happens to a group.
#[derive(Clone, Debug)]
enum Step {
    Take { room: Vec<usize> },
    Settle { which: usize, verdict: u8 },
    SettleOld { which: usize },
    TakeOver { consumer: usize },
    GiveBack { which: usize },
    Wait { seconds: u64 },
    ReadAgain,
    Replay,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => proptest::collection::vec(0_usize..4, 3).prop_map(|room| Step::Take { room }),
        6 => (any::<usize>(), 0_u8..6).prop_map(|(which, verdict)| Step::Settle { which, verdict }),
        1 => any::<usize>().prop_map(|which| Step::SettleOld { which }),
        1 => (0_usize..3).prop_map(|consumer| Step::TakeOver { consumer }),
        1 => any::<usize>().prop_map(|which| Step::GiveBack { which }),
        2 => (0_u64..40).prop_map(|seconds| Step::Wait { seconds }),
        1 => Just(Step::ReadAgain),
        1 => Just(Step::Replay),
    ]
}

/// A group with the log that it reads, and what an outsider knows of it.
struct World {
    work: Work,
    ahead: VecDeque<Candidate>,
    keys: HashMap<u64, Option<String>>,
    parked: BTreeMap<u64, Unsettled>,
    now: u64,
    connections: u128,
    /// What consumers believe to have.
    held: Vec<HandOut>,
    /// Hand-outs that were replaced.
    old: Vec<HandOut>,
    /// Positions that were acknowledged or given up.
    done: HashSet<u64>,
}

const CONSUMERS: [&str; 3] = ["one", "two", "three"];

impl World {
    fn new(settings: GroupSettings, keys: Vec<Option<String>>) -> Self {
        let ahead = keys.iter().zip(1..).map(|(key, position)| candidate(position, key.as_deref())).collect();
        let keys = (1..).zip(keys).collect();
        let mut work = work(settings);
        for (consumer, number) in CONSUMERS.into_iter().zip(0..) {
            work.connect(consumer, Uuid::from_u128(number), at(0));
        }
        Self {
            work,
            ahead,
            keys,
            parked: BTreeMap::new(),
            now: 0,
            connections: 100,
            held: Vec::new(),
            old: Vec::new(),
            done: HashSet::new(),
        }
    }

    fn play(&mut self, step: Step) {
        match step {
            Step::Take { room } => self.take(&room),
            Step::Settle { which, verdict } if !self.held.is_empty() => self.settle(which % self.held.len(), verdict),
            Step::SettleOld { which } if !self.old.is_empty() => self.settle_old(which % self.old.len()),
            Step::GiveBack { which } if !self.held.is_empty() => {
                let hand_out = self.held.remove(which % self.held.len());
                self.work.give_back(hand_out.id, hand_out.token, at(self.now));
                self.old.push(hand_out);
            }
            Step::TakeOver { consumer } => {
                self.connections += 1;
                self.work.connect(CONSUMERS[consumer], Uuid::from_u128(self.connections), at(self.now));
            }
            Step::Wait { seconds } => self.now += seconds,
            Step::ReadAgain => self.read_again(),
            Step::Replay => {
                self.read_again();
                self.work.replay(std::mem::take(&mut self.parked).into_values().collect(), at(self.now));
                self.read_again();
            }
            Step::Settle { .. } | Step::SettleOld { .. } | Step::GiveBack { .. } => {}
        }
        self.note_parked();
    }

    fn take(&mut self, room: &[usize]) {
        self.work.expire(at(self.now));
        let mut seats: Vec<Seat> = CONSUMERS.iter().zip(room).map(|(consumer, room)| seat(consumer, *room)).collect();
        for given in self.work.take(&mut seats, &mut self.ahead, at(self.now)) {
            let position = given.position.get();
            assert!(!self.done.contains(&position), "{position} was settled");
            // Whoever had it before has it no more.
            let (same, others) = std::mem::take(&mut self.held).into_iter().partition(|held| held.id == given.id);
            self.held = others;
            self.old.extend::<Vec<HandOut>>(same);
            self.held.push(given);
        }
    }

    fn settle(&mut self, which: usize, verdict: u8) {
        let hand_out = self.held.remove(which);
        let verdict = match verdict {
            0 => Verdict::Park { reason: "poison".into() },
            1 => Verdict::Skip,
            2 => retry(),
            _ => Verdict::Acknowledge,
        };
        let ends = matches!(verdict, Verdict::Acknowledge | Verdict::Skip);
        let outcome = settle(&mut self.work, &hand_out, verdict, self.now);
        if ends && outcome == Outcome::Settled {
            assert!(self.done.insert(hand_out.position.get()), "settled twice");
        }
        self.old.push(hand_out);
    }

    fn settle_old(&mut self, which: usize) {
        let hand_out = self.old[which].clone();
        let outcome = settle(&mut self.work, &hand_out, Verdict::Acknowledge, self.now);
        assert_ne!(outcome, Outcome::Settled, "{hand_out:?} was replaced or settled");
    }

    /// As a store does: what is parked stays with it.
    fn note_parked(&mut self) {
        let parked = self.work.changes(None).put.into_iter().filter(|delivery| delivery.stage == Stage::Parked);
        self.parked.extend(parked.map(|delivery| (delivery.id, delivery)));
        self.work.written();
    }

    fn read_again(&mut self) {
        self.note_parked();
        let mut keys: BTreeMap<String, u64> = BTreeMap::new();
        if self.work.group().settings.parked_keys == ParkedKeyPolicy::Block {
            for parked in self.parked.values().rev() {
                keys.extend(parked.key.clone().map(|key| (key, parked.id)));
            }
        }
        let work = &self.work;
        self.work = Work::new(work.group().clone(), work.revision(), work.unsettled().cloned(), keys);
    }

    fn check(&self) {
        let mut out: HashMap<&str, u64> = HashMap::new();
        let mut first_waiting: HashMap<&str, u64> = HashMap::new();
        for delivery in self.work.unsettled() {
            let Some(key) = delivery.key.as_deref() else { continue };
            match &delivery.stage {
                Stage::Out { .. } => assert!(out.insert(key, delivery.id).is_none(), "two of key {key} are out"),
                Stage::Waiting { .. } => {
                    first_waiting.entry(key).or_insert(delivery.id);
                }
                Stage::Parked => {}
            }
        }
        // Each event that was taken is somewhere, and nowhere twice.
        let taken = self.work.group().cursor.get();
        let mut places: HashMap<u64, usize> = HashMap::new();
        let open = self.work.unsettled().map(|delivery| delivery.position.get());
        let parked = self.parked.values().map(|delivery| delivery.position.get());
        for position in open.chain(parked).chain(self.done.iter().copied()) {
            *places.entry(position).or_default() += 1;
        }
        for position in 1..=taken {
            assert_eq!(places.get(&position), Some(&1), "event {position}");
        }
        assert!(self.work.unsettled().all(|delivery| delivery.position > self.work.position()));
        assert_eq!(self.keys.len() as u64, taken + self.ahead.len() as u64);
    }

    /// With a consumer that does its work, all is done in the end, each key in its order.
    fn finish(&mut self) {
        self.now += 100;
        self.take(&[0, 0, 0]);
        self.held.clear();
        self.play(Step::Replay);
        let mut last: HashMap<String, u64> = HashMap::new();
        for _ in 0..10_000 {
            self.now += 100;
            self.take(&[2, 2, 2]);
            if self.held.is_empty() {
                break;
            }
            for hand_out in std::mem::take(&mut self.held) {
                let position = hand_out.position.get();
                match settle(&mut self.work, &hand_out, Verdict::Acknowledge, self.now) {
                    Outcome::Settled => assert!(self.done.insert(position)),
                    _ => continue,
                }
                if let Some(Some(key)) = self.keys.get(&position) {
                    let before = last.insert(key.clone(), position);
                    assert!(before.is_none_or(|before| before < position), "{key}: {before:?} before {position}");
                }
            }
            self.note_parked();
        }
        assert_eq!(self.done.len(), self.keys.len(), "all is settled");
    }
}

fn settings() -> impl Strategy<Value = GroupSettings> {
    (any::<bool>(), 1_u32..6, 1_u32..5).prop_map(|(block, max_in_flight, max_attempts)| GroupSettings {
        parked_keys: if block { ParkedKeyPolicy::Block } else { ParkedKeyPolicy::Pass },
        max_in_flight,
        max_attempts,
        ..GroupSettings::default()
    })
}

fn key() -> impl Strategy<Value = Option<String>> {
    proptest::option::weighted(0.8, prop_oneof![Just("a".to_owned()), Just("b".to_owned()), Just("c".to_owned())])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn nothing_is_lost_or_doubled_and_keys_keep_their_order(
        settings in settings(),
        keys in proptest::collection::vec(key(), 1..30),
        steps in proptest::collection::vec(step(), 0..120),
    ) {
        let mut world = World::new(settings, keys);
        for step in steps {
            world.play(step);
            world.check();
        }
        world.finish();
    }
}
