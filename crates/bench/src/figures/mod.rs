//! What can be measured, each in a file of its own.

mod appends;
mod footprint;
mod heartbeats;

use crate::figure::Figure;

/// All figures, in the order in which they are taken.
pub(crate) const ALL: [Figure; 3] = [appends::FIGURE, heartbeats::FIGURE, footprint::FIGURE];
