//! What a desk is asked, gathered so that it is decided and committed together.

use god33_domain::Position;
use god33_domain::subscription::{Outcome, Settlement};
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

use super::{ConsumeError, Delivered, Settled};

/// The most commands that are decided together.
const TOGETHER: usize = 256;

/// Where the answer to settlements goes.
type SettledSender = oneshot::Sender<Result<Settled, ConsumeError>>;

/// What a desk is asked to do.
pub(super) enum Command {
    /// A consumer connects.
    Connect(Box<Joining>),
    /// Deliveries were settled.
    Settle { settlements: Vec<Settlement>, answer: SettledSender },
    /// A consumer is gone.
    Leave(Leaving),
    /// Somebody else may have changed the group.
    Look,
    /// A consumer has read what it was given.
    Room,
}

/// A consumer that connects.
pub(super) struct Joining {
    pub(super) consumer_id: String,
    pub(super) connection: Uuid,
    pub(super) max_in_flight: usize,
    pub(super) sender: mpsc::Sender<Result<Delivered, ConsumeError>>,
    /// Is told up to where everything is settled.
    pub(super) answer: oneshot::Sender<Result<Position, ConsumeError>>,
}

/// A consumer that is gone.
pub(super) struct Leaving {
    pub(super) connection: Uuid,
    /// What it did not read: delivery and token.
    pub(super) unread: Vec<(u64, u64)>,
}

/// Commands that are decided together.
#[derive(Default)]
pub(super) struct Batch {
    pub(super) joining: Vec<Joining>,
    pub(super) settlements: Vec<(Vec<Settlement>, SettledSender)>,
    pub(super) leaving: Vec<Leaving>,
    /// The group is to be read again, for somebody else may have changed it.
    pub(super) look: bool,
    count: usize,
}

impl Batch {
    pub(super) fn add(&mut self, command: Command) {
        self.count += 1;
        match command {
            Command::Connect(joining) => self.joining.push(*joining),
            Command::Settle { settlements, answer } => self.settlements.push((settlements, answer)),
            Command::Leave(leaving) => self.leaving.push(leaving),
            Command::Look => self.look = true,
            Command::Room => {}
        }
    }

    /// Takes what waits already.
    pub(super) fn fill(&mut self, commands: &mut mpsc::Receiver<Command>) {
        while self.count < TOGETHER
            && let Ok(command) = commands.try_recv()
        {
            self.add(command);
        }
    }

    /// Refuses consumers for whom there is no place.
    pub(super) fn refuse_unless(&mut self, has_place: impl Fn(&Joining) -> bool) {
        let (taken, refused): (Vec<Joining>, Vec<Joining>) =
            std::mem::take(&mut self.joining).into_iter().partition(has_place);
        self.joining = taken;
        for joining in refused {
            let _ = joining.answer.send(Err(ConsumeError::TooMany));
        }
    }

    /// Answers those who settled something.
    pub(super) fn answer(&mut self, outcomes: Vec<Vec<Outcome>>, position: Position) {
        for ((_, answer), outcomes) in std::mem::take(&mut self.settlements).into_iter().zip(outcomes) {
            // One who does not wait any more has no use for it.
            let _ = answer.send(Ok(Settled { outcomes, position }));
        }
    }

    /// Tells all who wait that it came to nothing.
    pub(super) fn fail(self, error: &ConsumeError) {
        for joining in self.joining {
            let _ = joining.answer.send(Err(error.clone()));
        }
        for (_, answer) in self.settlements {
            let _ = answer.send(Err(error.clone()));
        }
    }
}
