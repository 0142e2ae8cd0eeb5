//! Which parked events a command is about.

use clap::Args;
use god33_proto::v1::{EventFilter, ParkedSelection};

use crate::cli::Failure;
use crate::cli::filter::FilterArgs;

/// Which parked events: by their ids, by a filter, or all of them.
#[derive(Args, Clone, Debug)]
pub(super) struct SelectionArgs {
    /// Their ids, as `parked` lists them.
    #[arg(value_name = "ID")]
    ids: Vec<String>,

    /// All of them; the oldest 10,000 at once.
    #[arg(long, conflicts_with = "ids")]
    all: bool,

    #[command(flatten)]
    filter: FilterArgs,
}

impl SelectionArgs {
    /// The selection. One that would mean all without saying so is refused.
    pub(super) fn selection(&self) -> Result<ParkedSelection, Failure> {
        let filter = self.filter.filter()?;
        let says_which = !self.ids.is_empty() || self.all || filter != EventFilter::default();
        if !says_which {
            let cure = "say which parked events are meant: their ids, a filter such as --workflow ID, or --all";
            return Err(Failure::Usage(cure.to_owned()));
        }
        Ok(ParkedSelection { parked_ids: self.ids.clone(), filter: Some(filter) })
    }
}
