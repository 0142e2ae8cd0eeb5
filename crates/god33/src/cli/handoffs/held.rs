//! What the commands share that change a handoff.

use clap::Args;
use god33_proto::v1::Handoff;

use crate::cli::answer::{Answer, Done};
use crate::cli::arguments::{CallArgs, HandoffArg};
use crate::cli::{Failure, Target, print};

/// Work that the caller holds under a lease.
#[derive(Args, Debug)]
pub(super) struct HeldArgs {
    #[command(flatten)]
    pub(super) handoff: HandoffArg,

    /// Fencing token of the lease, as claim or accept told it.
    #[arg(long, env = "GOD33_TOKEN", value_name = "N")]
    pub(super) token: u64,
}

/// The handoff as an answer of the server.
pub(super) fn answer(handoff: &Handoff, event_ids: &[String], position: u64) -> Answer {
    Answer::default().with("handoff", &print::message_json(handoff)).recorded(event_ids, position)
}

/// Tells what was done to a handoff, and what to do next.
pub(super) fn tell(
    target: &Target,
    call: &CallArgs,
    word: &str,
    handoff: &Handoff,
    answer: &Answer,
    next: String,
) -> Result<(), Failure> {
    let done = Done { word, id: &handoff.handoff_id, next, ..Done::default() };
    done.tell(target, call, answer)
}

/// What to do with work that is held now: the variables for the commands that follow, and how it ends.
pub(super) fn what_to_do(handoff: &Handoff) -> String {
    let lease_ms = handoff.lease.as_ref().map(|lease| lease.duration_ms).unwrap_or_default();
    let seconds = (lease_ms / 3_000).max(1);
    format!(
        "for the commands that follow:   export {}\n\
         keep it, while you work:        god33 handoffs extend --every {seconds}s\n\
         deliver it:                     god33 handoffs complete --summary TEXT",
        variables(handoff)
    )
}

/// The variables for the commands that follow on work that is held.
pub(in crate::cli) fn variables(handoff: &Handoff) -> String {
    let token = handoff.lease.as_ref().map(|lease| lease.fencing_token).unwrap_or_default();
    format!("GOD33_HANDOFF={} GOD33_TOKEN={token}", print::shell_word(&handoff.handoff_id))
}

/// Where to see how a handoff goes on.
pub(super) fn what_comes(handoff: &Handoff) -> String {
    format!("what comes of it: god33 handoffs watch {}", print::shell_word(&handoff.handoff_id))
}

/// How work that is held is delivered.
pub(super) fn how_to_deliver(handoff: &Handoff) -> String {
    let id = print::shell_word(&handoff.handoff_id);
    let token = handoff.lease.as_ref().map(|lease| lease.fencing_token).unwrap_or_default();
    format!("deliver it: god33 handoffs complete {id} --token {token} --summary TEXT")
}
