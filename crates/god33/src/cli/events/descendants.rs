//! `god33 events descendants`.

use clap::Args;
use god33_proto::v1::ListDescendantsRequest;

use super::walk::{WalkArgs, print_walk};
use crate::cli::connection::Output;
use crate::cli::{Failure, Target, print};

/// Show what came of an event.
#[derive(Args, Debug)]
pub struct Descendants {
    #[command(flatten)]
    walk: WalkArgs,
}

impl Descendants {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let WalkArgs { event_id, depth, limit } = self.walk;
        let request = ListDescendantsRequest {
            event_id,
            max_depth: depth,
            page_size: limit,
            ..ListDescendantsRequest::default()
        };
        let answer = target.event_store().await?.list_descendants(request).await?.into_inner();
        print_walk(target, &answer.events, answer.total, answer.truncated)?;
        if target.output == Output::Text && answer.events.is_empty() {
            print::hint("nothing came of it yet: no event names it as a parent")?;
        }
        Ok(())
    }
}
