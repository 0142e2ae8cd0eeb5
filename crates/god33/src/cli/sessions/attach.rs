//! `god33 sessions attach`.

use std::collections::HashSet;
use std::ops::ControlFlow;
use std::time::Duration;

use clap::Args;
use futures::channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use god33_proto::v1::attach_response::Message;
use god33_proto::v1::{AttachRequest, AttachResponse, HeartbeatRequest, Instruction, Session, SessionStatus};
use tonic::Streaming;

use super::beat::BeatArgs;
use super::show;
use crate::cli::answer::Answer;
use crate::cli::arguments::interval;
use crate::cli::connection::Output;
use crate::cli::follow::{Watch, follow};
use crate::cli::{Failure, Target, print};

/// Connect a session: send signs of life, and print each instruction on a line and acknowledge it. A lost connection is opened again,
/// until you stop it or the session ends.
#[derive(Args, Debug)]
pub struct Attach {
    #[command(flatten)]
    beat: BeatArgs,

    /// Time between two signs of life: a third of the silence that the session may keep, or less.
    #[arg(long, default_value = "20s", value_name = "TIME", value_parser = interval)]
    every: Duration,
}

impl Attach {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let first = Some(self.beat.first());
        follow(target, &mut Link { attach: self, first, printed: HashSet::new(), up: None }).await
    }
}

/// The link between the session and the server.
struct Link {
    attach: Attach,
    /// What was measured, until it is sent.
    first: Option<HeartbeatRequest>,
    /// Instructions that were printed.
    printed: HashSet<String>,
    /// The way to the server; `None` before the first connection.
    up: Option<UnboundedSender<AttachRequest>>,
}

impl Watch for Link {
    type Message = AttachResponse;

    async fn open(&mut self, target: &Target) -> Result<Streaming<AttachResponse>, Failure> {
        let requests = self.way_up();
        let stream = target.sessions().await?.attach(requests).await?.into_inner();
        self.first = None;
        Ok(stream)
    }

    fn take(&mut self, target: &Target, message: AttachResponse) -> Result<ControlFlow<()>, Failure> {
        let status = match message.message {
            Some(Message::Session(session)) => {
                print_session(target, &session)?;
                session.status()
            }
            Some(Message::Instruction(wanted)) => {
                self.instruct(target, &wanted)?;
                SessionStatus::Unspecified
            }
            Some(Message::Heartbeat(answer)) => {
                answer.instructions.iter().try_for_each(|wanted| self.instruct(target, wanted))?;
                answer.status()
            }
            None => SessionStatus::Unspecified,
        };
        let has_ended = matches!(status, SessionStatus::Completed | SessionStatus::Failed);
        Ok(if has_ended { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    }
}

impl Link {
    /// Opens the way to the server, with a sign of life at once and one after each span of time.
    fn way_up(&mut self) -> UnboundedReceiver<AttachRequest> {
        let (up, requests) = unbounded();
        let later = self.attach.beat.later();
        let first = self.first.clone().unwrap_or_else(|| later.clone());
        // Nobody has dropped the other end yet.
        let _ = up.unbounded_send(AttachRequest { heartbeat: Some(first) });
        tokio::spawn(beat(up.clone(), later, self.attach.every));
        self.up = Some(up);
        requests
    }

    /// Prints an instruction once, and acknowledges it as often as it comes.
    fn instruct(&mut self, target: &Target, wanted: &Instruction) -> Result<(), Failure> {
        let mut beat = self.attach.beat.later();
        if self.printed.insert(wanted.instruction_id.clone()) {
            print_instruction(target, &beat.session_id, wanted)?;
        }
        beat.acknowledged_instruction_ids.push(wanted.instruction_id.clone());
        // A connection that is lost is opened again; the server then sends the instruction again.
        let _ = self.up.as_ref().map(|up| up.unbounded_send(AttachRequest { heartbeat: Some(beat) }));
        Ok(())
    }
}

/// Sends a sign of life after each span of time, until the connection is gone.
async fn beat(up: UnboundedSender<AttachRequest>, later: HeartbeatRequest, every: Duration) {
    loop {
        tokio::time::sleep(every).await;
        if up.unbounded_send(AttachRequest { heartbeat: Some(later.clone()) }).is_err() {
            return;
        }
    }
}

fn print_session(target: &Target, session: &Session) -> Result<(), Failure> {
    match target.output {
        Output::Json => print::json(&Answer::default().with("session", &print::message_json(session)).text()),
        Output::Text => print::text(&(show::line(session) + "\n")),
    }
}

fn print_instruction(target: &Target, session_id: &str, wanted: &Instruction) -> Result<(), Failure> {
    if target.output == Output::Json {
        return print::json(&Answer::default().with("instruction", &print::message_json(wanted)).text());
    }
    print::text(&(show::instruction(wanted) + "\n"))?;
    print::hint(&show::what_to_do(session_id, wanted))
}
