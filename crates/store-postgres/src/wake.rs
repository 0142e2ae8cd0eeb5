//! Wake-ups from other nodes, by NOTIFY.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use god33_domain::ports::{StoreError, WakeUps};
use sqlx::postgres::{PgConnectOptions, PgListener};
use tokio::sync::Notify;
use tokio::task::AbortHandle;

use crate::connect::{listener_pool, timely};
use crate::error::{Doing, DriverError};

/// The channel on which every commit to the log says its last position. The number is for people who listen in: readers
/// ask the log itself.
pub(crate) const CHANNEL: &str = "god33_log";

/// How to listen.
#[derive(Clone)]
pub(crate) struct Ear {
    /// Where, without limits of time: listening has no end.
    pub(crate) options: PgConnectOptions,
    /// How long the server may take for an answer.
    pub(crate) patience: Duration,
}

/// A listener, which works in a task of its own: what it has begun goes on though nobody waits for it at the moment.
struct Listener {
    heard: Arc<Notify>,
    task: AbortHandle,
}

/// Begins to listen. What is committed after it returned is heard, as long as the connection lasts.
pub(crate) async fn listen(ear: &Ear) -> Result<Box<dyn WakeUps>, StoreError> {
    let listener = ear.connect().await.doing("listen for wake-ups")?;
    let heard = Arc::new(Notify::new());
    let task = tokio::spawn(ear.clone().hear(listener, Arc::clone(&heard))).abort_handle();
    Ok(Box::new(Listener { heard, task }))
}

#[async_trait]
impl WakeUps for Listener {
    /// A lost connection counts as a wake-up, for what was said meanwhile was not heard. While there is none, a wake-up comes
    /// with every failed attempt to connect, more and more seldom.
    async fn next(&mut self) {
        self.heard.notified().await;
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Ear {
    async fn connect(&self) -> Result<PgListener, sqlx::Error> {
        let pool = listener_pool(&self.options).await?;
        let mut listener = PgListener::connect_with(&pool).await?;
        listener.eager_reconnect(false);
        timely(self.patience, listener.listen(CHANNEL)).await?;
        Ok(listener)
    }

    async fn hear(self, mut listener: PgListener, heard: Arc<Notify>) {
        loop {
            let lost = self.hear_until_lost(&mut listener, &heard).await;
            listener = self.connect_again(lost, &heard).await;
            heard.notify_one();
        }
    }

    /// Gives back why the connection is lost. One on which nothing was heard for long is asked whether it still leads anywhere.
    async fn hear_until_lost(&self, listener: &mut PgListener, heard: &Notify) -> sqlx::Error {
        loop {
            match tokio::time::timeout(2 * self.patience, listener.try_recv()).await {
                Ok(Ok(Some(_))) => {
                    while listener.next_buffered().is_some() {}
                    heard.notify_one();
                }
                Ok(Ok(None)) => return sqlx::Error::Io(std::io::ErrorKind::ConnectionAborted.into()),
                Ok(Err(error)) => return error,
                Err(_) => {
                    let asked = timely(self.patience, sqlx::query("select 1").execute(&mut *listener)).await;
                    if let Err(error) = asked {
                        return error;
                    }
                }
            }
        }
    }

    async fn connect_again(&self, lost: sqlx::Error, heard: &Notify) -> PgListener {
        let mut error = DriverError::from(lost);
        let mut failures = 0;
        loop {
            tracing::warn!(%error, "no connection for wake-ups; changes by other nodes are found by asking");
            heard.notify_one();
            tokio::time::sleep(pause(failures)).await;
            match self.connect().await {
                Ok(listener) => return listener,
                Err(failure) => error = failure.into(),
            }
            failures = failures.saturating_add(1);
        }
    }
}

/// 100 ms, doubled with every failure up to 5 s.
fn pause(failures: u32) -> Duration {
    Duration::from_millis(100 << failures.min(6)).min(Duration::from_secs(5))
}
