//! What refusals are made from.

use std::time::Duration;

use god33_domain::ports::StoreError;
use god33_domain::replay::ReplayRefusal;
use god33_domain::{InvalidEvent, Limits, Refusal};
use god33_log::{ConsumeError, NoTarget, ProposeError, ReplayError, StreamEnd, SubscribeError, TailError};
use god33_proto::v1::ErrorReason;

use super::{Failure, refusals};
use crate::wire::envelope;
use crate::wire::path::Path;
use crate::wire::violations::Violations;
use crate::{AppError, Denied};

/// How long to wait for a part of the server that is away or has too much to do.
const SHORT_WAIT: Duration = Duration::from_secs(1);

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        match error {
            AppError::Denied(denied) => denied.into(),
            AppError::Propose(error) => error.into(),
            AppError::Store(error) => error.into(),
            AppError::NotReached(error) => error.into(),
            AppError::Subscribe(error) => error.into(),
            AppError::Consume(error) => error.into(),
            AppError::Replay(error) => error.into(),
        }
    }
}

impl From<Denied> for Failure {
    fn from(denied: Denied) -> Self {
        Self::new(ErrorReason::PermissionDenied, denied.to_string())
    }
}

impl From<ProposeError> for Failure {
    fn from(error: ProposeError) -> Self {
        match error {
            ProposeError::Refused(refusal) => refusal.into(),
            ProposeError::Unavailable(source) => not_written(&source),
            ProposeError::Overloaded => Self::new(ErrorReason::Overloaded, error.to_string()).retry_after(SHORT_WAIT),
            ProposeError::ShuttingDown => {
                Self::new(ErrorReason::ShuttingDown, error.to_string()).retry_after(SHORT_WAIT)
            }
        }
    }
}

/// The log writer has logged the error, once for all whom it hit.
fn not_written(error: &StoreError) -> Failure {
    match error {
        StoreError::Unavailable { .. } | StoreError::Compacted { .. } => Failure::new(
            ErrorReason::StoreUnavailable,
            "the store could not be reached, and the change may or may not stand: send the same request with the same ids, it is recorded once",
        )
        .retry_after(SHORT_WAIT),
        StoreError::Corrupt { .. } => corrupt(),
    }
}

fn corrupt() -> Failure {
    Failure::new(
        ErrorReason::DataCorrupt,
        "the store holds something that cannot be read back: the server's log says what; restore it from a backup",
    )
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        of_store(&error)
    }
}

fn of_store(error: &StoreError) -> Failure {
    match error {
        StoreError::Unavailable { .. } => {
            tracing::error!(error = error as &dyn std::error::Error, "the store could not be read");
            Failure::new(ErrorReason::StoreUnavailable, "the store cannot be reached: try again")
                .retry_after(SHORT_WAIT)
        }
        StoreError::Corrupt { .. } => {
            tracing::error!(error = error as &dyn std::error::Error, "the store holds what cannot be read");
            corrupt()
        }
        StoreError::Compacted { earliest } => Failure::new(
            ErrorReason::PositionCompacted,
            format!("events before position {earliest} are no longer kept: start from there, or read a backup"),
        )
        .with("earliest_position", earliest),
    }
}

impl From<TailError> for Failure {
    fn from(error: TailError) -> Self {
        match error {
            TailError::NotReached { wanted, head } => Self::new(
                ErrorReason::MinPositionTimeout,
                format!("min_position {wanted} was not reached in time, the log stands at {head}: try again, or check that the position belongs to this store"),
            )
            .with("position", head)
            .retry_after(SHORT_WAIT),
        }
    }
}

impl From<SubscribeError> for Failure {
    fn from(error: SubscribeError) -> Self {
        match error {
            SubscribeError::Store { position, source } => Self::from(source).with("position", position),
            SubscribeError::InFuture { wanted, head } => Self::new(
                ErrorReason::PositionInFuture,
                format!("position {wanted} is not recorded yet, the log ends at {head}: check that the position belongs to this store"),
            )
            .with("head", head),
            SubscribeError::ShuttingDown { position } => Self::new(
                ErrorReason::ShuttingDown,
                format!("the server is shutting down: open the stream again after position {position}"),
            )
            .with("position", position)
            .retry_after(SHORT_WAIT),
        }
    }
}

impl From<ConsumeError> for Failure {
    fn from(error: ConsumeError) -> Self {
        let message = error.to_string();
        match error {
            ConsumeError::NotFound(name) => Self::new(ErrorReason::SubscriptionNotFound, message).with("id", name),
            ConsumeError::TooMany => Self::new(ErrorReason::TooManyStreams, message),
            ConsumeError::Superseded { consumer_id, token } => Self::new(ErrorReason::SupersededConsumer, message)
                .with("consumer_id", consumer_id)
                .with("fencing_token", token),
            ConsumeError::Forgotten { .. } => Self::new(ErrorReason::StreamClosed, message).retry_after(SHORT_WAIT),
            ConsumeError::Compacted { earliest, .. } => {
                Self::new(ErrorReason::PositionCompacted, message).with("earliest_position", earliest)
            }
            ConsumeError::Store(error) => of_store(&error),
            ConsumeError::Busy => Self::new(ErrorReason::Overloaded, message).retry_after(SHORT_WAIT),
            ConsumeError::ShuttingDown => Self::new(ErrorReason::ShuttingDown, message).retry_after(SHORT_WAIT),
        }
    }
}

impl From<ReplayError> for Failure {
    fn from(error: ReplayError) -> Self {
        match error {
            ReplayError::Refused(refusal) => refusal.into(),
            ReplayError::Target(target) => target.into(),
            ReplayError::Store(error) => error.into(),
        }
    }
}

impl From<ReplayRefusal> for Failure {
    fn from(refusal: ReplayRefusal) -> Self {
        let message = refusal.to_string();
        match refusal {
            ReplayRefusal::NotFound(id) => Self::new(ErrorReason::ReplayNotFound, message).with("id", id),
            ReplayRefusal::WrongState { state, allowed, replay_id, .. } => Self::new(ErrorReason::WrongState, message)
                .with("id", replay_id)
                .with("state", state.as_str())
                .with("allowed", allowed.join(",")),
            ReplayRefusal::NotAStream(id, target) => Self::new(ErrorReason::WrongState, message)
                .with("id", id)
                .with("state", target)
                .with("allowed", "a stream"),
            ReplayRefusal::RequestIdReused(_) => Self::new(ErrorReason::RequestIdReused, message),
        }
    }
}

impl From<NoTarget> for Failure {
    fn from(target: NoTarget) -> Self {
        let message = target.to_string();
        match target {
            NoTarget::Live(name) => Self::new(ErrorReason::ReplayToLiveExchange, message).with("exchange", name),
            NoTarget::NotThere { .. } => {
                let mut found = Violations::default();
                let (spec, description) = (Path::Request.member("spec"), format!("is not there: {message}"));
                found.add(&spec.member("exchange"), ErrorReason::InvalidField, description);
                found.into()
            }
            NoTarget::NoBroker => Self::new(ErrorReason::NotInThisMode, message),
            NoTarget::Away(error) => {
                tracing::warn!(error = &error as &dyn std::error::Error, "a replay could not reach the broker");
                Self::new(ErrorReason::BusUnavailable, message).retry_after(SHORT_WAIT)
            }
            NoTarget::NotOffered => Self::new(ErrorReason::NotImplemented, message),
        }
    }
}

impl From<StreamEnd> for Failure {
    fn from(end: StreamEnd) -> Self {
        let reason = match end {
            StreamEnd::Superseded(_) => ErrorReason::StreamClosed,
            StreamEnd::ShuttingDown => ErrorReason::ShuttingDown,
        };
        Self::new(reason, end.to_string()).retry_after(SHORT_WAIT)
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        refusals::failure(&refusal)
    }
}

impl From<&InvalidEvent> for Failure {
    fn from(invalid: &InvalidEvent) -> Self {
        let mut found = Violations::default();
        invalid
            .0
            .iter()
            .for_each(|violation| envelope::note(violation, &Limits::default(), &Path::Request, &mut found));
        found.into()
    }
}
