//! What an agent is given with a piece of work.

use clap::Args;
use god33_proto::v1::TaskContext;
use god33_service::text::message_of;

use super::json;
use crate::cli::Failure;

/// What an agent needs to know about a piece of work.
#[derive(Args, Clone, Debug)]
pub struct TaskContextArgs {
    /// What the agent needs to know, as a JSON object with requirements, architecture, file_references and constraints; `-` reads it
    /// from standard input, `@FILE` from a file.
    #[arg(long, value_name = "JSON")]
    context: Option<String>,

    /// A file to work on, beside those of --context; may be repeated.
    #[arg(long = "file", value_name = "PATH")]
    files: Vec<String>,
}

impl TaskContextArgs {
    /// What is given, where anything is.
    pub(in crate::cli) fn context(&self) -> Result<Option<TaskContext>, Failure> {
        let given: Option<TaskContext> =
            self.context.as_deref().map(|text| json("--context", text, message_of)).transpose()?;
        if given.is_none() && self.files.is_empty() {
            return Ok(None);
        }
        let mut context = given.unwrap_or_default();
        context.file_references.extend_from_slice(&self.files);
        Ok(Some(context))
    }
}
