//! Whether a log is whole: no gap, times that never decrease, digests that fit, edges that lead where they say.

use std::collections::HashMap;
use std::fmt;

use crate::ports::CausalEdge;
use crate::{Digest, EventId, Position, RecordedEvent, Timestamp};

/// Something that is wrong with a log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// What kind of thing is wrong.
    pub kind: FindingKind,
    /// Where; [`Position::START`] for nowhere in particular.
    pub position: Position,
    /// What is wrong, for a person.
    pub message: String,
}

/// What can be wrong with a log.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum FindingKind {
    /// Positions are missing.
    Gap,
    /// An edge that leads nowhere, or one that is missing.
    OrphanEdge,
    /// An event was recorded earlier than the one before it.
    TimeDecreases,
    /// An event's content is not that of its digest.
    Digest,
    /// A state is not what the log makes of it.
    State,
}

impl FindingKind {
    /// The contract's word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Gap => "gap",
            Self::OrphanEdge => "orphan_edge",
            Self::TimeDecreases => "time_decreases",
            Self::Digest => "digest",
            Self::State => "state",
        }
    }
}

impl fmt::Display for FindingKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A check of a log, event by event.
#[derive(Debug)]
pub struct LogCheck {
    /// Events up to here are of no interest.
    after: Position,
    /// The check ends here: what was recorded since is another check's.
    until: Position,
    /// Events before this one are no longer kept.
    earliest: Position,
    last: Position,
    last_recorded_at: Option<Timestamp>,
    findings: Vec<Finding>,
}

impl LogCheck {
    /// A check of the events after a position, up to another one.
    pub const fn new(after: Position, until: Position, earliest: Position) -> Self {
        Self { after, until, earliest, last: after, last_recorded_at: None, findings: Vec::new() }
    }

    /// Takes the next events of the log, with the edges from them to their parents, and where those of their parents that are
    /// recorded stand. The parents must have been looked up before the edges were read.
    pub fn take(&mut self, events: &[RecordedEvent], edges: &[CausalEdge], parents: &HashMap<EventId, Position>) {
        let mut by_child: HashMap<EventId, Vec<&CausalEdge>> = HashMap::new();
        edges.iter().for_each(|edge| by_child.entry(edge.child_id).or_default().push(edge));
        let (after, until) = (self.after, self.until);
        for event in events.iter().filter(|event| event.position > after && event.position <= until) {
            self.check_place(event);
            self.check_digest(event);
            self.check_edges(event, by_child.get(&event.id()).map_or(&[], Vec::as_slice), parents);
        }
    }

    /// Says that the log ended. Answers with what was found since the last time.
    pub fn end(&mut self) -> Vec<Finding> {
        if self.last < self.until {
            let (from, to) = (self.last.next(), self.until);
            self.find(
                FindingKind::Gap,
                from,
                format!("the events from {from} to {to} are missing at the end of the log"),
            );
        }
        self.findings()
    }

    /// What was found since the last time.
    pub fn findings(&mut self) -> Vec<Finding> {
        std::mem::take(&mut self.findings)
    }

    fn find(&mut self, kind: FindingKind, position: Position, message: String) {
        self.findings.push(Finding { kind, position, message });
    }

    fn check_place(&mut self, event: &RecordedEvent) {
        let (expected, found) = (self.last.next(), event.position);
        if found != expected {
            self.find(FindingKind::Gap, expected, format!("after {} comes {found}", self.last));
        }
        if let Some(before) = self.last_recorded_at
            && event.recorded_at < before
        {
            let message = format!("was recorded at {}, before its predecessor at {before}", event.recorded_at);
            self.find(FindingKind::TimeDecreases, found, message);
        }
        (self.last, self.last_recorded_at) = (found, Some(event.recorded_at));
    }

    /// Whether the producer or the server set the time is not kept: either digest will do.
    fn check_digest(&mut self, event: &RecordedEvent) {
        let fits = [false, true]
            .into_iter()
            .any(|server_time| Digest::of_envelope(&event.envelope, server_time) == event.digest);
        if !fits {
            self.find(FindingKind::Digest, event.position, format!("the content of {} has another digest", event.id()));
        }
    }

    fn check_edges(&mut self, event: &RecordedEvent, edges: &[&CausalEdge], parents: &HashMap<EventId, Position>) {
        let named = event.envelope.parents();
        let led_to: Vec<EventId> = edges.iter().map(|edge| edge.parent_id).collect();
        if named != led_to {
            let message = format!(
                "{} names {} parents, and {} edges do not lead to just these",
                event.id(),
                named.len(),
                led_to.len()
            );
            self.find(FindingKind::OrphanEdge, event.position, message);
        }
        for edge in edges {
            if let Some(message) = self.wrong_end(edge, parents.get(&edge.parent_id).copied()) {
                self.find(FindingKind::OrphanEdge, event.position, message);
            }
        }
    }

    /// What is wrong with the end of an edge. A parent may have been recorded while it was looked at, or be dropped by retention.
    fn wrong_end(&self, edge: &CausalEdge, recorded: Option<Position>) -> Option<String> {
        let parent = edge.parent_id;
        match (edge.parent, recorded) {
            (None, Some(at)) => Some(format!("the edge to {parent} waits for it, and it is recorded at {at}")),
            (Some(said), Some(at)) if said != at => {
                Some(format!("the edge to {parent} leads to {said}, and it stands at {at}"))
            }
            (Some(said), None) if said <= self.until && said >= self.earliest => {
                Some(format!("the edge to {parent} leads to {said}, where it does not stand"))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
