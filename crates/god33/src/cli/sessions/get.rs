//! `god33 sessions get`.

use clap::Args;
use god33_proto::v1::GetSessionRequest;

use super::show;
use crate::cli::answer::Answer;
use crate::cli::arguments::SessionArg;
use crate::cli::connection::Output;
use crate::cli::{Failure, Target, checkpoints, print};

/// Show one session and its newest checkpoints.
#[derive(Args, Debug)]
pub struct Get {
    #[command(flatten)]
    session: SessionArg,
}

impl Get {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = GetSessionRequest { session_id: self.session.id(), min_position: 0 };
        let answer = target.sessions().await?.get_session(request).await?.into_inner();
        let session = answer.session.unwrap_or_default();
        if target.output == Output::Json {
            let told = Answer::default()
                .with("session", &print::message_json(&session))
                .list("checkpoints", &answer.checkpoints, print::message_json)
                .value("position", answer.position);
            return print::json(&told.text());
        }
        let saved = answer.checkpoints.iter().map(|checkpoint| checkpoints::show::line(checkpoint) + "\n");
        print::text(&(show::whole(&session) + &saved.collect::<String>()))?;
        let id = print::shell_word(&session.session_id);
        print::hint(&format!("its events: god33 events list --session {id}"))
    }
}
