//! The members of a causation chain, kept up as events pass.

use std::collections::HashSet;

use god33_domain::causation::{Direction, WalkLimits, walk};
use god33_domain::ports::{Store, StoreError};
use god33_domain::{EventId, Limits, RecordedEvent};

/// Who belongs to the causation chain of an event.
pub struct ChainMembers {
    chain_id: String,
    /// The event itself and all that came of it: their children belong to the chain.
    downward: HashSet<EventId>,
    /// What led to it, recorded or only named so far: their parents belong to the chain.
    upward: HashSet<EventId>,
}

impl ChainMembers {
    /// Reads who belongs to it so far.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn load(store: &dyn Store, root: EventId, limits: &Limits) -> Result<Self, StoreError> {
        let limits = WalkLimits { depth: limits.walk_depth, events: limits.walk_events };
        let ancestors = walk(store, root, Direction::Ancestors, limits).await?;
        let descendants = walk(store, root, Direction::Descendants, limits).await?;
        let mut downward: HashSet<EventId> = descendants.reached.into_iter().map(|reached| reached.event_id).collect();
        downward.insert(root);
        let mut upward: HashSet<EventId> = ancestors.reached.into_iter().map(|reached| reached.event_id).collect();
        upward.insert(root);
        Ok(Self { chain_id: root.to_string(), downward, upward })
    }

    /// True when the event belongs to the chain. What it brings with it belongs from now on.
    pub fn admit(&mut self, event: &RecordedEvent) -> bool {
        let id = event.id();
        let parents = event.envelope.parents();
        let above = self.upward.contains(&id);
        if above {
            self.upward.extend(parents.iter().copied());
        }
        let below = self.downward.contains(&id) || parents.iter().any(|parent| self.downward.contains(parent));
        if below {
            self.downward.insert(id);
        }
        above || below || event.envelope.chain_id.as_deref() == Some(&self.chain_id)
    }
}
