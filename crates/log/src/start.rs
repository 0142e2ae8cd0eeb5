//! The log of one node: its parts put together.

use std::sync::Arc;

use god33_domain::ports::{Clock, Store, StoreError};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::{LogConfig, LogWriter, Tail};

/// The log of one node.
pub struct Log {
    /// Writes to it.
    pub writer: LogWriter,
    /// Follows it.
    pub tail: Tail,
    /// Where it is kept.
    pub store: Arc<dyn Store>,
    tasks: Vec<JoinHandle<()>>,
    stop: CancellationToken,
}

impl Log {
    /// Starts the writer and the tail over a store.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn start(store: Arc<dyn Store>, clock: Arc<dyn Clock>, config: &LogConfig) -> Result<Self, StoreError> {
        // Enough for the batches that commit while the tail is busy; past that the writer waits for it.
        let (committed, batches) = tokio::sync::mpsc::channel(64);
        let stop = CancellationToken::new();
        let (tail, tail_task) = Tail::start(store.clone(), config, batches, stop.clone()).await?;
        let (writer, writer_task) = LogWriter::start(store.clone(), clock, config, committed);
        Ok(Self { writer, tail, store, tasks: vec![writer_task, tail_task], stop })
    }

    /// Ends the log when everybody who writes has dropped their handle: what was accepted is written first, and the tail passes it on.
    pub async fn close(self) {
        let Self { writer, tasks, stop, .. } = self;
        drop(writer);
        for task in tasks {
            if task.await.is_err() {
                tracing::error!("a task of the log has panicked");
            }
        }
        stop.cancel();
    }
}
