//! What the commands share that change a session.

use clap::Args;
use god33_proto::v1::Session;

use crate::cli::answer::{Answer, Done};
use crate::cli::arguments::{CallArgs, SessionArg};
use crate::cli::{Failure, Target, print};

/// Which session is to be changed.
#[derive(Args, Debug)]
pub(super) struct StepArgs {
    #[command(flatten)]
    pub(super) session: SessionArg,

    #[command(flatten)]
    pub(super) call: CallArgs,
}

/// The session as an answer of the server.
pub(super) fn answer(session: &Session, event_ids: &[String], position: u64) -> Answer {
    Answer::default().with("session", &print::message_json(session)).recorded(event_ids, position)
}

/// Tells what was done to a session, and what to do next.
pub(super) fn tell(
    target: &Target,
    call: &CallArgs,
    word: &str,
    session: &Session,
    answer: &Answer,
    next: String,
) -> Result<(), Failure> {
    let done = Done { word, id: &session.session_id, more: session.agent_type.clone(), next, ..Done::default() };
    done.tell(target, call, answer)
}

/// The variables for the commands that follow in a session.
pub(super) fn variables(session: &Session) -> String {
    let id = print::shell_word(&session.session_id);
    format!("GOD33_SESSION={id} GOD33_SESSION_TOKEN={}", session.fencing_token)
}

/// Where to see how a session stands.
pub(super) fn how_it_stands(session: &Session) -> String {
    format!("how it stands: god33 sessions get {}", print::shell_word(&session.session_id))
}
