//! `god33 workflows get`.

use clap::Args;
use god33_proto::v1::GetWorkflowRequest;

use super::show;
use crate::cli::arguments::WorkflowArg;
use crate::cli::connection::Output;
use crate::cli::{Failure, Target, print};

/// Show one workflow.
#[derive(Args, Debug)]
pub struct Get {
    #[command(flatten)]
    workflow: WorkflowArg,
}

impl Get {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = GetWorkflowRequest { workflow_id: self.workflow.id(), min_position: 0 };
        let workflow = target.workflows().await?.get_workflow(request).await?.into_inner().workflow.unwrap_or_default();
        if target.output == Output::Json {
            return print::json(&print::message_json(&workflow));
        }
        print::text(&show::whole(&workflow))?;
        print::hint(&format!("its history: god33 workflows timeline {}", print::shell_word(&workflow.workflow_id)))
    }
}
