//! `god33 workflows get`.

use clap::Args;
use god33_proto::v1::GetWorkflowRequest;

use crate::cli::connection::Output;
use crate::cli::{Failure, Target, print, tables};

/// Show one workflow.
#[derive(Args, Debug)]
pub struct Get {
    /// Id of the workflow.
    workflow_id: String,
}

impl Get {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = GetWorkflowRequest { workflow_id: self.workflow_id, min_position: 0 };
        let workflow = target.workflows().await?.get_workflow(request).await?.into_inner().workflow.unwrap_or_default();
        match target.output {
            Output::Json => print::json(&print::message_json(&workflow)),
            Output::Text => tables::workflow(&workflow),
        }
    }
}
