//! Following causes.
//!
//! Parents can be late, missing, or (since clients choose ids) part of a cycle, and a graph of few events can have more paths
//! than could ever be listed. So everything here reads edges level by level, looks at each event once, and has limits that it reports.

mod common;
mod paths;
mod summary;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod testing;
mod walk;

pub use common::{CommonAncestors, common_ancestors};
pub use paths::{PathLimits, Paths, paths};
pub use summary::{DescendantsSummary, summarize_descendants};
pub use walk::{Direction, Reached, Walk, WalkLimits, walk};
