//! Who takes work.

use clap::Args;
use god33_proto::v1::Claimant;

/// Session that takes work, and what it can do.
#[derive(Args, Clone, Debug)]
pub(super) struct ClaimantArgs {
    /// Session that will do the work.
    #[arg(long, env = "GOD33_SESSION", value_name = "ID")]
    session: String,

    /// Type of the agent; without it the one of the session.
    #[arg(long, env = "GOD33_AGENT", value_name = "TYPE")]
    agent: Option<String>,

    /// The agent's instance; without it the one of the session.
    #[arg(long, value_name = "NAME")]
    instance: Option<String>,

    /// A capability, beside those of the agent's type; may be repeated.
    #[arg(long = "capability", value_name = "WORD")]
    capabilities: Vec<String>,

    /// A version of checkpoints that it reads, instead of those of the agent's type; may be repeated.
    #[arg(long = "schema-version", value_name = "VERSION")]
    schema_versions: Vec<String>,
}

/// Which work is wanted.
#[derive(Args, Clone, Debug)]
pub(super) struct WantedArgs {
    /// A kind of task that it takes; may be repeated. Without it any.
    #[arg(long = "task-type", value_name = "WORD")]
    task_types: Vec<String>,

    /// Only work of this workflow.
    #[arg(long, value_name = "ID")]
    workflow: Option<String>,
}

impl ClaimantArgs {
    pub(super) fn claimant(&self) -> Claimant {
        Claimant {
            session_id: self.session.clone(),
            agent_type: self.agent.clone().unwrap_or_default(),
            agent_instance_id: self.instance.clone().unwrap_or_default(),
            capabilities: self.capabilities.clone(),
            checkpoint_schema_versions: self.schema_versions.clone(),
            ..Claimant::default()
        }
    }

    pub(super) fn claimant_of(&self, wanted: &WantedArgs) -> Claimant {
        Claimant {
            task_types: wanted.task_types.clone(),
            workflow_id: wanted.workflow.clone().unwrap_or_default(),
            ..self.claimant()
        }
    }
}
