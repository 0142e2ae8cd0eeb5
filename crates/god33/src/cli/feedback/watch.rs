//! `god33 feedback watch`.

use std::collections::HashMap;
use std::ops::ControlFlow;

use clap::Args;
use god33_proto::v1::{WatchQuestionsRequest, WatchQuestionsResponse};
use tonic::Streaming;

use super::filter::FilterArgs;
use super::show;
use crate::cli::follow::{self, follow};
use crate::cli::{Failure, Target, answer, print};

/// Follow the inbox until you stop it: first the questions that there are, then each change. A lost connection is opened again.
#[derive(Args, Debug)]
pub struct Watch {
    #[command(flatten)]
    filter: FilterArgs,
}

impl Watch {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = WatchQuestionsRequest { filter: Some(self.filter.filter()), min_position: 0 };
        follow(target, &mut Changes { request, versions: HashMap::new() }).await
    }
}

/// What is watched, and the version of each question that was printed last.
struct Changes {
    request: WatchQuestionsRequest,
    versions: HashMap<String, u64>,
}

impl follow::Watch for Changes {
    type Message = WatchQuestionsResponse;

    async fn open(&mut self, target: &Target) -> Result<Streaming<WatchQuestionsResponse>, Failure> {
        Ok(target.feedback().await?.watch_questions(self.request.clone()).await?.into_inner())
    }

    fn take(&mut self, target: &Target, message: WatchQuestionsResponse) -> Result<ControlFlow<()>, Failure> {
        self.request.min_position = message.position;
        // The message without a question ends the first state.
        let Some(question) = message.question else { return Ok(ControlFlow::Continue(())) };
        // A stream that is opened again begins with what may have been printed already.
        let printed = self.versions.insert(question.question_id.clone(), question.version);
        if printed.is_none_or(|printed| question.version > printed) {
            let json = print::message_json(&question);
            let line = show::line(&question);
            answer::change(target, ("question", &json), message.event.as_ref(), message.position, &line)?;
        }
        Ok(ControlFlow::Continue(()))
    }
}
