//! Options and values that many commands share.

mod artifact;
mod call;
mod json;
mod page;
mod subject;
mod time;
mod words;

pub(super) use artifact::artifact;
pub(super) use call::{CallArgs, source};
pub(super) use json::{json, read};
pub(super) use page::PageArgs;
pub(super) use subject::{HandoffArg, SessionArg, WorkflowArg};
pub(super) use time::{deadline, duration, lasting};
pub(super) use words::{Word, word, words};
