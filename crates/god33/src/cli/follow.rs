//! Streams that are opened again, without a gap, when the connection is lost.

use std::ops::ControlFlow;
use std::time::Duration;

use tonic::{Status, Streaming};

use super::{Failure, Target, print};

/// A stream, and what becomes of its messages.
pub(super) trait Watch {
    /// What comes.
    type Message;

    /// Opens it: at first, and again from where it ended.
    async fn open(&mut self, target: &Target) -> Result<Streaming<Self::Message>, Failure>;

    /// Takes a message, and says whether that was enough.
    fn take(&mut self, target: &Target, message: Self::Message) -> Result<ControlFlow<()>, Failure>;
}

/// How long to wait before a lost connection is opened again.
const PAUSE: Duration = Duration::from_secs(1);

/// Follows a stream until it is enough. The first connection must succeed; later ones are tried until they do.
pub(super) async fn follow(target: &Target, watch: &mut impl Watch) -> Result<(), Failure> {
    let mut opened = false;
    loop {
        match once(target, watch, &mut opened).await {
            Err(failure) if opened && is_passing(&failure) => {}
            ended => return ended,
        }
        print::hint("the connection was lost: opening it again")?;
        tokio::time::sleep(PAUSE).await;
    }
}

/// Opens the stream once and takes what comes.
async fn once(target: &Target, watch: &mut impl Watch, opened: &mut bool) -> Result<(), Failure> {
    let mut stream = watch.open(target).await?;
    *opened = true;
    while let Some(message) = stream.message().await? {
        if watch.take(target, message)?.is_break() {
            return Ok(());
        }
    }
    Err(Status::unavailable("the stream ended").into())
}

/// True for what may be over in a moment.
pub(super) fn is_passing(failure: &Failure) -> bool {
    use tonic::Code;
    match failure {
        Failure::Unreachable { .. } => true,
        Failure::Refused(status) => matches!(
            status.code(),
            Code::Unavailable | Code::Cancelled | Code::Unknown | Code::Internal | Code::Aborted
        ),
        _ => false,
    }
}
