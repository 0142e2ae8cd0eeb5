//! `god33 events ancestors`.

use clap::Args;
use god33_proto::v1::ListAncestorsRequest;

use super::walk::{WalkArgs, print_walk};
use crate::cli::connection::Output;
use crate::cli::{Failure, Target, print};

/// Show what led to an event.
#[derive(Args, Debug)]
pub struct Ancestors {
    #[command(flatten)]
    walk: WalkArgs,
}

impl Ancestors {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let WalkArgs { event_id, depth, limit } = self.walk;
        let request =
            ListAncestorsRequest { event_id, max_depth: depth, page_size: limit, ..ListAncestorsRequest::default() };
        let answer = target.event_store().await?.list_ancestors(request).await?.into_inner();
        print_walk(target, &answer.events, answer.total, answer.truncated)?;
        if target.output == Output::Text {
            for missing in &answer.missing_parents {
                print::hint(&format!("not recorded (yet): {}, named by {}", missing.event_id, missing.named_by))?;
            }
            if answer.events.is_empty() && answer.missing_parents.is_empty() {
                print::hint("nothing led to it: it names no parents")?;
            }
        }
        Ok(())
    }
}
