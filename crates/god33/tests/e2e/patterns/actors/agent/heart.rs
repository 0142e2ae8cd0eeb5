//! Signs of life.

use std::time::Duration;

use god33_proto::v1::HeartbeatRequest;
use tokio::task::JoinHandle;

use super::sessions;
use crate::patterns::line::Line;

/// How an agent shows that it lives.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::patterns) enum Pulse {
    /// Not at all: by the server's default it may be silent for longer than a test takes.
    None,
    /// So often that its silence is noticed soon.
    Fast,
}

impl Pulse {
    /// How long the session may be silent.
    pub(super) fn silence(self) -> Option<prost_types::Duration> {
        (self == Self::Fast).then_some(prost_types::Duration { seconds: 2, nanos: 0 })
    }
}

/// What sends signs of life, until it is dropped.
pub(super) struct Heart(JoinHandle<()>);

impl Heart {
    /// For a session with a pulse.
    pub(super) fn of(line: &Line, session_id: &str, fencing_token: u64, pulse: Pulse) -> Option<Self> {
        let request = HeartbeatRequest { session_id: session_id.into(), fencing_token, ..HeartbeatRequest::default() };
        (pulse == Pulse::Fast).then(|| Self(tokio::spawn(beat(line.clone(), request))))
    }
}

async fn beat(line: Line, request: HeartbeatRequest) {
    let mut beats = tokio::time::interval(Duration::from_millis(300));
    loop {
        beats.tick().await;
        // While the node is away there is nobody to hear it, and the next beat may be heard again.
        let _ = sessions(line.channel()).heartbeat(request.clone()).await;
    }
}

impl Drop for Heart {
    fn drop(&mut self) {
        self.0.abort();
    }
}
