//! `god33 events common`.

use clap::Args;
use god33_proto::v1::ListCommonAncestorsRequest;

use crate::cli::{Failure, Target, print, table};

/// Show the nearest common causes of events.
#[derive(Args, Debug)]
pub struct Common {
    /// Ids of the events, 2 to 100.
    #[arg(required = true, num_args = 2..=100)]
    event_ids: Vec<String>,

    /// At most this many steps back, 1 to 100.
    #[arg(long, default_value_t = 100, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100))]
    depth: u32,
}

impl Common {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let Self { event_ids, depth } = self;
        let request = ListCommonAncestorsRequest { event_ids, max_depth: depth, min_position: 0 };
        let answer = target.event_store().await?.list_common_ancestors(request).await?.into_inner();
        let none = "nothing caused all of them";
        table::list(target, &answer.events, print::event_json, print::event_line, none, "")?;
        if answer.truncated {
            print::hint("there may be more, or nearer ones: a limit ended the walk")?;
        }
        Ok(())
    }
}
