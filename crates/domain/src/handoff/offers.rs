//! The work on offer, in the order in which it is held out.
//!
//! The most urgent goes first; of equally urgent work that of the fairness key which was served longest ago, and of that the oldest. A key that
//! was never served comes before all others.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashMap, HashSet, btree_map};
use std::iter::Peekable;
use std::sync::Arc;

use super::{Handoff, HandoffState, Lane, Priority};
use crate::{Position, Timestamp};

/// How many fairness keys are remembered; past that all are forgotten, and served as if for the first time.
const KEYS: usize = 10_000;

/// Work on offer. Whoever looks for the next piece sees little more of it than that piece, however much there is.
#[derive(Default, Debug)]
pub struct Offers {
    handoffs: HashMap<String, Arc<Handoff>>,
    lanes: HashMap<Lane, Turns>,
    /// Where the work of each fairness key waits.
    places: HashMap<String, HashSet<(Lane, Priority)>>,
    /// When each fairness key was last served, counted.
    served: HashMap<String, u64>,
    count: u64,
}

/// The queues of one lane, in the order of their turns.
#[derive(Default, Debug)]
struct Turns {
    queues: BTreeMap<Turn, Queue>,
    turns: HashMap<(Priority, String), Turn>,
}

/// Whose turn it is: the members in the order in which they decide. No two queues of a lane have the same key and priority.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Turn {
    priority: Priority,
    served: Option<u64>,
    /// Position and id of the first of the queue.
    first: Age,
    fairness_key: String,
}

/// Work of one fairness key and one priority, the oldest first.
type Queue = BTreeMap<Age, Arc<Handoff>>;
type Age = (Position, String);

impl Handoff {
    /// True while it is offered and its deadline has not passed. Work whose deadline passed is left to expire.
    pub fn is_on_offer(&self, now: Timestamp) -> bool {
        self.state == HandoffState::Offered && self.deadline.is_none_or(|deadline| deadline > now)
    }

    /// Until when it is held out to nobody, since it failed a moment ago.
    pub fn rests_until(&self, now: Timestamp) -> Option<Timestamp> {
        self.offer_after.filter(|time| *time > now)
    }

    fn age(&self) -> Age {
        (self.began, self.handoff_id.clone())
    }
}

impl Offers {
    /// Takes a handoff as it is now. Only one that is on offer is kept.
    pub fn put(&mut self, handoff: Arc<Handoff>) {
        self.remove(&handoff.handoff_id);
        if handoff.state != HandoffState::Offered {
            return;
        }
        self.handoffs.insert(handoff.handoff_id.clone(), handoff.clone());
        let (priority, key) = (handoff.priority, &handoff.fairness_key);
        let served = self.served.get(key).copied();
        let places = self.places.entry(key.clone()).or_default();
        for lane in handoff.lanes() {
            let turns = self.lanes.entry(lane.clone()).or_default();
            let mut queue = turns.take(priority, key);
            queue.insert(handoff.age(), handoff.clone());
            turns.give(priority, key, served, queue);
            places.insert((lane, priority));
        }
    }

    /// Forgets a handoff.
    pub fn remove(&mut self, id: &str) {
        let Some(handoff) = self.handoffs.remove(id) else { return };
        let (priority, key) = (handoff.priority, &handoff.fairness_key);
        let served = self.served.get(key).copied();
        for lane in handoff.lanes() {
            let Some(turns) = self.lanes.get_mut(&lane) else { continue };
            let mut queue = turns.take(priority, key);
            queue.remove(&handoff.age());
            let is_empty = queue.is_empty();
            turns.give(priority, key, served, queue);
            if turns.queues.is_empty() {
                self.lanes.remove(&lane);
            }
            if is_empty && let Some(places) = self.places.get_mut(key) {
                places.remove(&(lane, priority));
            }
        }
        if self.places.get(key).is_some_and(HashSet::is_empty) {
            self.places.remove(key);
        }
    }

    /// Forgets all handoffs, but not which fairness keys were served.
    pub fn clear(&mut self) {
        self.handoffs.clear();
        self.lanes.clear();
        self.places.clear();
    }

    /// Notes that a fairness key has had its turn.
    pub fn serve(&mut self, fairness_key: &str) {
        if self.served.len() >= KEYS && !self.served.contains_key(fairness_key) {
            for key in std::mem::take(&mut self.served).into_keys() {
                self.reorder(&key);
            }
        }
        self.count += 1;
        self.served.insert(fairness_key.to_owned(), self.count);
        self.reorder(fairness_key);
    }

    fn reorder(&mut self, key: &str) {
        let served = self.served.get(key).copied();
        for (lane, priority) in self.places.get(key).into_iter().flatten() {
            if let Some(turns) = self.lanes.get_mut(lane) {
                let queue = turns.take(*priority, key);
                turns.give(*priority, key, served, queue);
            }
        }
    }

    /// The work that waits in these lanes, in its order. The lanes have nothing in common, as those of a claimant.
    pub fn in_order<'a>(&'a self, lanes: &[Lane]) -> InOrder<'a> {
        let queues = lanes.iter().filter_map(|lane| self.lanes.get(lane));
        InOrder { lanes: queues.map(|turns| turns.queues.iter().peekable()).collect(), heads: BinaryHeap::new() }
    }
}

impl Turns {
    fn take(&mut self, priority: Priority, key: &str) -> Queue {
        let turn = self.turns.remove(&(priority, key.to_owned()));
        turn.and_then(|turn| self.queues.remove(&turn)).unwrap_or_default()
    }

    fn give(&mut self, priority: Priority, key: &str, served: Option<u64>, queue: Queue) {
        let Some(first) = queue.keys().next().cloned() else { return };
        let turn = Turn { priority, served, first, fairness_key: key.to_owned() };
        self.turns.insert((priority, key.to_owned()), turn.clone());
        self.queues.insert(turn, queue);
    }
}

/// Work in the order in which it is held out. Queues are merged as far as they are looked at.
pub struct InOrder<'a> {
    lanes: Vec<Peekable<btree_map::Iter<'a, Turn, Queue>>>,
    heads: BinaryHeap<Reverse<Head<'a>>>,
}

/// The next of a queue, and what follows it.
struct Head<'a> {
    turn: &'a Turn,
    age: &'a Age,
    handoff: &'a Arc<Handoff>,
    rest: btree_map::Iter<'a, Age, Arc<Handoff>>,
}

impl<'a> Head<'a> {
    fn of(turn: &'a Turn, mut rest: btree_map::Iter<'a, Age, Arc<Handoff>>) -> Option<Self> {
        let (age, handoff) = rest.next()?;
        Some(Self { turn, age, handoff, rest })
    }

    fn rank(&self) -> (Priority, Option<u64>, &Age) {
        (self.turn.priority, self.turn.served, self.age)
    }
}

impl PartialEq for Head<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.rank() == other.rank()
    }
}

impl Eq for Head<'_> {}

impl PartialOrd for Head<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Head<'_> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.rank().cmp(&other.rank())
    }
}

impl InOrder<'_> {
    /// Opens the queues that may have something before what is at hand.
    fn open_queues(&mut self) {
        for lane in &mut self.lanes {
            while let Some((turn, _)) = lane.peek()
                && self.heads.peek().is_none_or(|Reverse(head)| (turn.priority, turn.served, &turn.first) < head.rank())
                && let Some((turn, queue)) = lane.next()
            {
                self.heads.extend(Head::of(turn, queue.iter()).map(Reverse));
            }
        }
    }
}

impl<'a> Iterator for InOrder<'a> {
    type Item = &'a Arc<Handoff>;

    fn next(&mut self) -> Option<Self::Item> {
        self.open_queues();
        let Reverse(head) = self.heads.pop()?;
        self.heads.extend(Head::of(head.turn, head.rest).map(Reverse));
        Some(head.handoff)
    }
}
