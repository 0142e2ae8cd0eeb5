//! Whose turn it is: which of the work on offer is held out next.

use std::collections::BTreeMap;

use super::{Handoff, HandoffState};
use crate::Timestamp;

/// The work that is to be held out next. The most urgent goes first; of equally urgent work that of the fairness key which was served longest ago, and
/// of that the oldest. `recently_served` has a number for each key, which grows whenever the key is served; a key that it does not have was never
/// served. Work that failed a moment ago waits, and work whose deadline passed is left to expire.
pub fn next_offer<'a>(
    offers: impl Iterator<Item = &'a Handoff>,
    recently_served: &BTreeMap<String, u64>,
    now: Timestamp,
) -> Option<&'a Handoff> {
    let is_ready = |offer: &&Handoff| {
        offer.state == HandoffState::Offered
            && offer.offer_after.is_none_or(|time| time <= now)
            && offer.deadline.is_none_or(|deadline| deadline > now)
    };
    let served = |offer: &Handoff| recently_served.get(&offer.fairness_key).copied();
    offers.filter(is_ready).min_by_key(|offer| (offer.priority, served(offer), offer.began))
}
