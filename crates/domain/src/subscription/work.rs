//! A group with its deliveries, and what changed of it since it was read.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{FirstAnswer, Group, GroupSettings, ParkedKeyPolicy, Stage, Unsettled};
use crate::{Position, Timestamp};

/// All that decisions about a group rest on. The store read it at a revision, and takes the changes only at the same one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Work {
    /// The group.
    pub(super) group: Group,
    revision: u64,
    /// What is not settled, and what was parked since it was read, by delivery id.
    pub(super) unsettled: BTreeMap<u64, Unsettled>,
    /// The first parked delivery of each key, where parked ones hold up their key.
    parked_keys: BTreeMap<String, u64>,
    /// The deliveries that changed or went.
    touched: BTreeSet<u64>,
    /// The group itself changed.
    pub(super) moved: bool,
    /// Parked deliveries after this position go.
    pub(super) drop_parked_after: Option<Position>,
}

/// What a store has to write for a group.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Changes {
    /// The group as it is now.
    pub group: Group,
    /// The revision at which it was read. At any other one nothing may be written.
    pub read_at: u64,
    /// Deliveries that are new or changed.
    pub put: Vec<Unsettled>,
    /// Deliveries that are settled.
    pub settled: Vec<u64>,
    /// Parked deliveries after this position go as well.
    pub drop_parked_after: Option<Position>,
    /// The answer to the request that asked for it.
    pub answer: Option<FirstAnswer>,
}

impl Changes {
    /// The revision after it.
    pub const fn revision(&self) -> u64 {
        self.read_at + 1
    }
}

impl Work {
    /// What a store read: all deliveries that are not parked, and, where parked ones hold up their key, the first of each key.
    pub fn new(
        group: Group,
        revision: u64,
        unsettled: impl IntoIterator<Item = Unsettled>,
        parked_keys: impl IntoIterator<Item = (String, u64)>,
    ) -> Self {
        Self {
            group,
            revision,
            unsettled: unsettled.into_iter().map(|delivery| (delivery.id, delivery)).collect(),
            parked_keys: parked_keys.into_iter().collect(),
            touched: BTreeSet::new(),
            moved: false,
            drop_parked_after: None,
        }
    }

    /// The group.
    pub const fn group(&self) -> &Group {
        &self.group
    }

    /// The revision at which it was read.
    pub const fn revision(&self) -> u64 {
        self.revision
    }

    /// What is not settled and not parked, in the order of delivery ids.
    pub fn unsettled(&self) -> impl Iterator<Item = &Unsettled> {
        self.unsettled.values().filter(|delivery| delivery.stage != Stage::Parked)
    }

    /// Everything up to here is settled: acknowledged, skipped, parked, or not meant.
    pub fn position(&self) -> Position {
        let first = self.unsettled().map(|delivery| delivery.position.previous()).min();
        first.map_or(self.group.cursor, |first| first.min(self.group.cursor))
    }

    /// How many deliveries are out at a time.
    pub fn in_flight(&self, now: Timestamp) -> usize {
        let is_out = |delivery: &&Unsettled| matches!(delivery.stage, Stage::Out { deadline, .. } if deadline > now);
        self.unsettled.values().filter(is_out).count()
    }

    /// How many deliveries each consumer has.
    pub fn in_flight_by_consumer(&self) -> HashMap<&str, usize> {
        let mut counts = HashMap::new();
        for delivery in self.unsettled.values() {
            if let Stage::Out { consumer_id, .. } = &delivery.stage {
                *counts.entry(consumer_id.as_str()).or_default() += 1;
            }
        }
        counts
    }

    /// When the passing of time alone next changes something, after `now`: a delivery is kept too long, or is to be tried again.
    pub fn next_due(&self, now: Timestamp) -> Option<Timestamp> {
        let times = self.unsettled.values().filter_map(|delivery| match &delivery.stage {
            Stage::Waiting { due_at } => Some(*due_at),
            Stage::Out { deadline, .. } => Some(*deadline),
            Stage::Parked => None,
        });
        times.filter(|at| *at > now).min()
    }

    /// Gives it other settings.
    pub fn set_settings(&mut self, settings: GroupSettings) {
        self.group.settings = settings;
        self.group.version += 1;
        self.moved = true;
    }

    /// Stops deliveries, or lets them go on.
    pub const fn set_paused(&mut self, paused: bool) {
        self.moved = self.moved || self.group.paused != paused;
        self.group.paused = paused;
    }

    /// Notes that everything up to a position was looked at.
    pub fn advance(&mut self, to: Position) {
        if to > self.group.cursor {
            self.group.cursor = to;
            self.moved = true;
        }
    }

    /// True when there is something to write.
    pub fn has_changed(&self) -> bool {
        self.moved || !self.touched.is_empty()
    }

    /// What is to be written.
    pub fn changes(&self, answer: Option<FirstAnswer>) -> Changes {
        let (kept, settled): (Vec<u64>, Vec<u64>) = self.touched.iter().partition(|id| self.unsettled.contains_key(id));
        Changes {
            group: self.group.clone(),
            read_at: self.revision,
            put: kept.iter().filter_map(|id| self.unsettled.get(id)).cloned().collect(),
            settled,
            drop_parked_after: self.drop_parked_after,
            answer,
        }
    }

    /// Goes on from what was written.
    pub fn written(&mut self) {
        self.revision += 1;
        self.moved = false;
        self.drop_parked_after = None;
        self.touched.clear();
        self.unsettled.retain(|_, delivery| delivery.stage != Stage::Parked);
    }

    pub(super) fn touch(&mut self, id: u64) {
        self.touched.insert(id);
    }

    pub(super) fn put(&mut self, delivery: Unsettled) {
        self.touched.insert(delivery.id);
        self.unsettled.insert(delivery.id, delivery);
    }

    pub(super) fn settle_for_good(&mut self, id: u64) {
        self.touched.insert(id);
        self.unsettled.remove(&id);
    }

    fn parked_block(&self) -> bool {
        self.group.settings.parked_keys == ParkedKeyPolicy::Block
    }

    /// Notes that a parked delivery holds its key up from now on, where parked ones do.
    pub(super) fn hold_up(&mut self, key: Option<String>, id: u64) {
        if let Some(key) = key.filter(|_| self.parked_block()) {
            let first = self.parked_keys.entry(key).or_insert(id);
            *first = id.min(*first);
        }
    }

    /// True when a parked delivery of the key holds this one up.
    pub(super) fn is_held_up(&self, key: &str, id: u64) -> bool {
        self.parked_block() && self.parked_keys.get(key).is_some_and(|first| *first < id)
    }

    /// True when anything that is parked holds up all that follows.
    pub(super) fn all_held_up(&self) -> bool {
        self.is_held_up("", u64::MAX)
    }
}
