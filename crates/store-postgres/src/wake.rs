//! Wake-ups from other nodes, by NOTIFY.

use std::time::Duration;

use async_trait::async_trait;
use god33_domain::ports::{StoreError, WakeUps};
use sqlx::postgres::{PgConnectOptions, PgListener};

use crate::connect::listener_pool;
use crate::error::Doing;

/// The channel on which every commit to the log says its last position. The number is for people who listen in: readers
/// ask the log itself.
pub(crate) const CHANNEL: &str = "god33_log";

/// A listener with a connection of its own, which it keeps and renews.
struct Listener {
    listener: PgListener,
    failures: u32,
}

/// Begins to listen. What is committed after it returned is heard, as long as the connection lasts.
pub(crate) async fn listen(options: &PgConnectOptions) -> Result<Box<dyn WakeUps>, StoreError> {
    const OPERATION: &str = "listen for wake-ups";
    let pool = listener_pool(options).await.doing(OPERATION)?;
    let mut listener = PgListener::connect_with(&pool).await.doing(OPERATION)?;
    listener.listen(CHANNEL).await.doing(OPERATION)?;
    Ok(Box::new(Listener { listener, failures: 0 }))
}

#[async_trait]
impl WakeUps for Listener {
    /// A lost connection counts as a wake-up, for what was said meanwhile was not heard. While there is none, a wake-up comes
    /// with every failed attempt to connect, more and more seldom.
    async fn next(&mut self) {
        match self.listener.try_recv().await {
            Ok(_) => {
                self.failures = 0;
                while self.listener.next_buffered().is_some() {}
            }
            Err(error) => {
                tracing::warn!(%error, "no connection for wake-ups; changes by other nodes are found by asking");
                tokio::time::sleep(pause(self.failures)).await;
                self.failures = self.failures.saturating_add(1);
            }
        }
    }
}

/// 100 ms, doubled with every failure up to 5 s.
fn pause(failures: u32) -> Duration {
    Duration::from_millis(100 << failures.min(6)).min(Duration::from_secs(5))
}
