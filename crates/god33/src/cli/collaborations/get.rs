//! `god33 collaborations get`.

use clap::Args;
use god33_proto::v1::GetCollaborationRequest;

use super::show;
use crate::cli::arguments::CollaborationArg;
use crate::cli::connection::Output;
use crate::cli::{Failure, Target, print};

/// Show one collaboration.
#[derive(Args, Debug)]
pub struct Get {
    #[command(flatten)]
    collaboration: CollaborationArg,
}

impl Get {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = GetCollaborationRequest { collaboration_id: self.collaboration.id(), min_position: 0 };
        let answer = target.collaborations().await?.get_collaboration(request).await?.into_inner();
        let collaboration = answer.collaboration.unwrap_or_default();
        if target.output == Output::Json {
            return print::json(&print::message_json(&collaboration));
        }
        print::text(&show::whole(&collaboration))?;
        print::hint(&show::next(&collaboration))
    }
}
