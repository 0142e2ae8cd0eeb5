//! What ancestors and descendants share.

use clap::Args;
use god33_proto::v1::CausalEvent;

use crate::cli::connection::Output;
use crate::cli::{Failure, Target, print};

/// An event and how far to walk from it.
#[derive(Args, Debug)]
pub(super) struct WalkArgs {
    /// Id of the event.
    pub(super) event_id: String,

    /// At most this many steps, 1 to 100.
    #[arg(long, default_value_t = 100, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100))]
    pub(super) depth: u32,

    /// At most this many events, 1 to 1,000.
    #[arg(long, default_value_t = 100, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000))]
    pub(super) limit: u32,
}

/// Prints what a walk found, nearest first.
pub(super) fn print_walk(target: &Target, events: &[CausalEvent], total: u32, truncated: bool) -> Result<(), Failure> {
    if target.output == Output::Json {
        return events.iter().try_for_each(|found| print::json(&print::causal_json(found)));
    }
    print::causal_lines(events)?;
    let shown = events.len();
    if truncated || (total as usize) > shown {
        print::hint(&format!(
            "{shown} of {total}{} shown: raise --limit or --depth",
            if truncated { " or more" } else { "" }
        ))?;
    }
    Ok(())
}
