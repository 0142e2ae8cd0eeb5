//! Options and values that many commands share.

mod artifact;
mod call;
mod json;
mod outcome;
mod page;
mod subject;
mod task_context;
mod time;
mod words;

pub(super) use artifact::artifact;
pub(super) use call::{CallArgs, ExportArgs, source};
pub(super) use json::{json, read};
pub(super) use outcome::{MetricsArgs, ValidationArgs};
pub(super) use page::PageArgs;
pub(super) use subject::{CollaborationArg, HandoffArg, SessionArg, TaskArg, WorkflowArg};
pub(super) use task_context::TaskContextArgs;
pub(super) use time::{deadline, duration, interval, lasting};
pub(super) use words::{Word, word, words};
