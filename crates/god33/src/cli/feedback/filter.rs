//! Which questions: the options that list and watch share.

use clap::Args;
use god33_proto::v1::{QuestionFilter, QuestionState};

use crate::cli::arguments::words;

/// A choice of questions; all that is given must hold.
#[derive(Args, Clone, Debug)]
pub(super) struct FilterArgs {
    /// In this state; may be repeated. Without it open ones.
    #[arg(long = "state", value_parser = words::<QuestionState>())]
    states: Vec<QuestionState>,

    /// Of this workflow.
    #[arg(long, value_name = "ID")]
    workflow: Option<String>,

    /// To this person or group, or to anybody.
    #[arg(long, value_name = "NAME")]
    assignee: Option<String>,

    /// Asked by this session.
    #[arg(long, value_name = "ID")]
    session: Option<String>,

    /// Asked by this agent.
    #[arg(long, value_name = "NAME")]
    agent: Option<String>,
}

impl FilterArgs {
    pub(super) fn filter(&self) -> QuestionFilter {
        QuestionFilter {
            states: self.states.iter().copied().map(i32::from).collect(),
            workflow_id: self.workflow.clone().unwrap_or_default(),
            assignee: self.assignee.clone().unwrap_or_default(),
            session_id: self.session.clone().unwrap_or_default(),
            agent_id: self.agent.clone().unwrap_or_default(),
        }
    }
}
