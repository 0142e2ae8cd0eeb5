//! What goes wrong between god33 and the broker.

use std::error::Error;
use std::future::Future;
use std::time::Duration;

/// The broker could not do something, or did not in time. Holds no credentials.
#[derive(Debug, thiserror::Error)]
pub enum AmqpError {
    /// The broker or the network refused.
    #[error("could not {operation}")]
    Refused {
        /// What was tried.
        operation: &'static str,
        /// Why it failed.
        #[source]
        source: lapin::Error,
    },
    /// No answer came in time.
    #[error("could not {operation}: no answer within {} ms", limit.as_millis())]
    Deadline {
        /// What was tried.
        operation: &'static str,
        /// How long the answer was waited for.
        limit: Duration,
    },
    /// There is no connection now.
    #[error("not connected: {reason}")]
    NotConnected {
        /// Why, for a person.
        reason: String,
    },
    /// The broker took a message and refused it.
    #[error("the broker refused a message: a queue that it goes to is full, or the broker is in trouble")]
    Nacked,
    /// The broker lets nobody publish.
    #[error("the broker takes no messages: it is short of memory or disk")]
    Blocked,
    /// The broker ended the consumer: the queue was deleted, or its leader moved.
    #[error("the broker ended the consumer of the queue")]
    ConsumerEnded,
    /// Reading a batch failed in a way that it must not.
    #[error("a batch could not be read")]
    Reader(#[source] tokio::task::JoinError),
    /// A setting is wrong.
    #[error(transparent)]
    Config(#[from] super::InvalidAmqpConfig),
}

impl AmqpError {
    /// The error with all its causes in one line, each once: lapin's errors tell their cause themselves, and have it as well.
    pub fn chain(&self) -> String {
        let mut chain = self.to_string();
        for cause in std::iter::successors(self.source(), |error| (*error).source()) {
            let cause = cause.to_string();
            if !chain.ends_with(&cause) {
                chain = format!("{chain}: {cause}");
            }
        }
        chain
    }

    /// True when a message that was delivered broke the connection, so that it must not take others with it.
    pub fn is_poison(&self) -> bool {
        match self {
            Self::Refused { source, .. } => matches!(source.kind(), lapin::ErrorKind::ParsingError(_)),
            Self::Reader(_) => true,
            _ => false,
        }
    }
}

/// Waits for the broker, but not longer than `limit`.
pub async fn within<T>(
    operation: &'static str,
    limit: Duration,
    work: impl Future<Output = lapin::Result<T>>,
) -> Result<T, AmqpError> {
    match tokio::time::timeout(limit, work).await {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(source)) => Err(AmqpError::Refused { operation, source }),
        Err(_) => Err(AmqpError::Deadline { operation, limit }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_tells_every_cause_once() {
        let reset = std::io::Error::other("Connection reset by peer (os error 104)");
        let error = AmqpError::Refused { operation: "publish", source: reset.into() };
        assert_eq!(error.chain(), "could not publish: IO error: Connection reset by peer (os error 104)");
        let missed =
            AmqpError::Refused { operation: "consume", source: lapin::ErrorKind::MissingHeartbeatError.into() };
        assert_eq!(missed.chain(), "could not consume: no heartbeat received from server for too long");
        assert_eq!(AmqpError::Nacked.chain(), AmqpError::Nacked.to_string());
    }
}
