//! What a command is about: named on the command line, or once and for all in the environment.

use clap::Args;

/// The workflow that a command is about.
#[derive(Args, Clone, Debug)]
pub struct WorkflowArg {
    /// The workflow. Not needed where --workflow or GOD33_WORKFLOW names it.
    #[arg(value_name = "WORKFLOW", required_unless_present = "workflow")]
    workflow_id: Option<String>,

    /// The workflow.
    #[arg(long, env = "GOD33_WORKFLOW", value_name = "ID")]
    workflow: Option<String>,
}

impl WorkflowArg {
    /// Its id.
    pub(in crate::cli) fn id(&self) -> String {
        nearest(self.workflow_id.as_ref(), self.workflow.as_ref())
    }
}

/// The session that a command is about.
#[derive(Args, Clone, Debug)]
pub struct SessionArg {
    /// The session. Not needed where --session or GOD33_SESSION names it.
    #[arg(value_name = "SESSION", required_unless_present = "session")]
    session_id: Option<String>,

    /// The session.
    #[arg(long, env = "GOD33_SESSION", value_name = "ID")]
    session: Option<String>,
}

impl SessionArg {
    /// Its id.
    pub(in crate::cli) fn id(&self) -> String {
        nearest(self.session_id.as_ref(), self.session.as_ref())
    }
}

/// The handoff that a command is about.
#[derive(Args, Clone, Debug)]
pub struct HandoffArg {
    /// The handoff. Not needed where --handoff or GOD33_HANDOFF names it.
    #[arg(value_name = "HANDOFF", required_unless_present = "handoff")]
    handoff_id: Option<String>,

    /// The handoff.
    #[arg(long, env = "GOD33_HANDOFF", value_name = "ID")]
    handoff: Option<String>,
}

impl HandoffArg {
    /// Its id.
    pub(in crate::cli) fn id(&self) -> String {
        nearest(self.handoff_id.as_ref(), self.handoff.as_ref())
    }
}

/// The collaboration that a command is about.
#[derive(Args, Clone, Debug)]
pub struct CollaborationArg {
    /// The collaboration. Not needed where --collaboration or GOD33_COLLABORATION names it.
    #[arg(value_name = "COLLABORATION", required_unless_present = "collaboration")]
    collaboration_id: Option<String>,

    /// The collaboration.
    #[arg(long, env = "GOD33_COLLABORATION", value_name = "ID")]
    collaboration: Option<String>,
}

impl CollaborationArg {
    /// Its id.
    pub(in crate::cli) fn id(&self) -> String {
        nearest(self.collaboration_id.as_ref(), self.collaboration.as_ref())
    }
}

/// The task over several services that a command is about.
#[derive(Args, Clone, Debug)]
pub struct TaskArg {
    /// The task. Not needed where --task or GOD33_TASK names it.
    #[arg(value_name = "TASK", required_unless_present = "task")]
    task_id: Option<String>,

    /// The task.
    #[arg(long, env = "GOD33_TASK", value_name = "ID")]
    task: Option<String>,
}

impl TaskArg {
    /// Its id.
    pub(in crate::cli) fn id(&self) -> String {
        nearest(self.task_id.as_ref(), self.task.as_ref())
    }
}

/// What stands in its place counts before what an option or the environment says.
fn nearest(argument: Option<&String>, option: Option<&String>) -> String {
    argument.or(option).cloned().unwrap_or_default()
}
