//! `god33 events paths`.

use clap::Args;
use god33_proto::v1::{CausationPath, ListPathsRequest};

use crate::cli::{Failure, Target, print, table};

/// Show the ways from a cause to a consequence.
#[derive(Args, Debug)]
pub struct Paths {
    /// Id of the cause.
    from_event_id: String,

    /// Id of the consequence.
    to_event_id: String,

    /// At most this many paths, the shortest first, 1 to 100.
    #[arg(long, default_value_t = 10, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100))]
    limit: u32,

    /// At most this many steps, 1 to 100.
    #[arg(long, default_value_t = 100, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100))]
    depth: u32,
}

impl Paths {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let Self { from_event_id, to_event_id, limit, depth } = self;
        let request =
            ListPathsRequest { from_event_id, to_event_id, max_paths: limit, max_depth: depth, min_position: 0 };
        let answer = target.event_store().await?.list_paths(request).await?.into_inner();
        let none = "the one did not cause the other";
        table::list(target, &answer.paths, print::message_json, line, none, "")?;
        if answer.truncated {
            print::hint("there may be more: raise --limit or --depth")?;
        }
        Ok(())
    }
}

/// How many steps, and the ids in order.
fn line(path: &CausationPath) -> String {
    format!("{:>3}  {}", path.event_ids.len().saturating_sub(1), path.event_ids.join(" → "))
}
