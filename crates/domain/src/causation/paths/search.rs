//! The search for paths in known edges: best first, by the length that a beginning can still be completed to.
//!
//! Every beginning that is kept can be completed without meeting an event twice, so nothing is followed in vain: so many paths cost
//! so many paths' steps and no more, however many there are.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap, HashMap, HashSet, VecDeque};

use super::Paths;
use crate::{EventId, Position};

/// The edges: the children of each event, by position.
type Children = HashMap<EventId, BTreeSet<(Position, EventId)>>;

/// How many edges may be looked at to find ways around cycles. Forged ids alone make cycles.
const DETOUR_EDGES: usize = 4_000_000;

/// A beginning in the order in which beginnings are followed: by whole length, then the one that lacks least, then the older.
type Candidate = Reverse<(usize, usize, usize)>;

pub(super) struct Search<'a> {
    children: &'a Children,
    from: EventId,
    to: EventId,
    longest: usize,
    /// How many steps lie between an event and the end, and the next event on the shortest way there.
    ways: HashMap<EventId, (usize, EventId)>,
    parents: HashMap<EventId, Vec<EventId>>,
    /// The last steps of all beginnings: an event, and the step before it.
    steps: Vec<(EventId, Option<usize>)>,
    candidates: BinaryHeap<Candidate>,
    effort: usize,
    truncated: bool,
}

impl<'a> Search<'a> {
    /// A search for paths of at most so many steps.
    pub(super) fn new(children: &'a Children, from: EventId, to: EventId, longest: usize) -> Self {
        let mut parents: HashMap<EventId, Vec<EventId>> = HashMap::new();
        for (parent, children) in children {
            children.iter().for_each(|(_, child)| parents.entry(*child).or_default().push(*parent));
        }
        let mut search = Self {
            children,
            from,
            to,
            longest,
            ways: HashMap::new(),
            parents,
            steps: Vec::new(),
            candidates: BinaryHeap::new(),
            effort: DETOUR_EDGES,
            truncated: false,
        };
        search.ways = search.ways_to_the_end();
        search
    }

    /// The first paths, at most `count`.
    pub(super) fn run(mut self, count: usize) -> Paths {
        let mut paths = Vec::new();
        if let Some((length, _)) = self.ways.get(&self.from).copied() {
            self.offer(self.from, None, 0, length);
        }
        while let Some(Reverse((length, lacking, step))) = self.candidates.pop() {
            if paths.len() == count {
                self.truncated = true;
                break;
            }
            if lacking == 0 {
                paths.push(self.path(step));
            } else {
                self.follow(step, length - lacking);
            }
        }
        Paths { paths, truncated: self.truncated }
    }

    fn offer(&mut self, event: EventId, before: Option<usize>, gone: usize, lacking: usize) {
        if gone + lacking > self.longest {
            self.truncated = true;
            return;
        }
        self.candidates.push(Reverse((gone + lacking, lacking, self.steps.len())));
        self.steps.push((event, before));
    }

    /// Goes on from a beginning in every direction that leads to the end.
    fn follow(&mut self, step: usize, gone: usize) {
        let path = self.path(step);
        let taken: HashSet<EventId> = path.iter().copied().collect();
        let Some(children) = path.last().and_then(|last| self.children.get(last)) else { return };
        for (_, child) in children.iter().filter(|(_, child)| !taken.contains(child)) {
            if let Some(lacking) = self.lacking(*child, &taken) {
                self.offer(*child, Some(step), gone + 1, lacking);
            }
        }
    }

    fn path(&self, step: usize) -> Vec<EventId> {
        let mut path = Vec::new();
        let mut at = Some(step);
        while let Some((event, before)) = at.and_then(|step| self.steps.get(step)) {
            path.push(*event);
            at = *before;
        }
        path.reverse();
        path
    }

    /// How many steps lie between an event and the end, on ways that avoid what is taken.
    fn lacking(&mut self, event: EventId, taken: &HashSet<EventId>) -> Option<usize> {
        let (lacking, _) = self.ways.get(&event).copied()?;
        let mut at = event;
        while at != self.to {
            (_, at) = self.ways.get(&at).copied()?;
            if taken.contains(&at) {
                return self.detour(event, taken);
            }
        }
        Some(lacking)
    }

    /// The same where the shortest way is taken, which only a cycle does.
    fn detour(&mut self, event: EventId, taken: &HashSet<EventId>) -> Option<usize> {
        let mut seen = HashSet::from([event]);
        let mut queue = VecDeque::from([(event, 0)]);
        while let Some((at, gone)) = queue.pop_front() {
            if at == self.to {
                return Some(gone);
            }
            let Some(children) = self.children.get(&at) else { continue };
            if self.effort < children.len() {
                self.truncated = true;
                return None;
            }
            self.effort -= children.len();
            let open = children.iter().map(|(_, child)| *child).filter(|child| !taken.contains(child));
            queue.extend(open.filter(|child| seen.insert(*child)).map(|child| (child, gone + 1)));
        }
        None
    }

    fn ways_to_the_end(&self) -> HashMap<EventId, (usize, EventId)> {
        let mut ways = HashMap::from([(self.to, (0, self.to))]);
        let mut queue = VecDeque::from([(self.to, 0)]);
        while let Some((at, length)) = queue.pop_front() {
            for parent in self.parents.get(&at).into_iter().flatten() {
                if !ways.contains_key(parent) {
                    ways.insert(*parent, (length + 1, at));
                    queue.push_back((*parent, length + 1));
                }
            }
        }
        ways
    }
}
