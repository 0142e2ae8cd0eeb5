//! An exchange that events are replayed to, over a channel of its own: when it is deleted meanwhile, the broker closes that channel, and
//! the relay's goes on.

use std::sync::Arc;

use async_trait::async_trait;
use god33_domain::ports::{BusError, Exchange, NoExchange, ReplayedMessage};
use lapin::options::ExchangeDeclareOptions;
use lapin::types::FieldTable;
use lapin::{Channel, ExchangeKind};

use super::Shared;
use super::confirmed::{self, Outcome};
use super::error::{AmqpError, within};
use super::message::short;
use super::publish::Publisher;
use crate::wire;

/// An exchange that is open.
pub struct OpenExchange {
    shared: Arc<Shared>,
    publisher: Arc<Publisher>,
    channel: Channel,
    name: String,
}

impl OpenExchange {
    /// Looks whether it is there, and opens it.
    pub async fn open(shared: Arc<Shared>, publisher: Arc<Publisher>, name: &str) -> Result<Self, NoExchange> {
        let timeout = shared.config.operation_timeout();
        let channel = publisher.another_channel().await.map_err(away)?;
        let Some(short) = short(name) else {
            return Err(NoExchange::NotThere("its name is longer than 255 bytes".into()));
        };
        // The kind does not matter to a passive declaration.
        let options = ExchangeDeclareOptions { passive: true, ..Default::default() };
        let looking = channel.exchange_declare(short, ExchangeKind::Topic, options, FieldTable::default());
        within("look for the exchange", timeout, looking).await.map_err(|error| match &error {
            AmqpError::Refused { source, .. } if source.is_amqp_soft_error() => NoExchange::NotThere(error.chain()),
            _ => away(error),
        })?;
        confirmed::select(&channel, timeout).await.map_err(away)?;
        Ok(Self { shared, publisher, channel, name: name.to_owned() })
    }
}

fn away(error: AmqpError) -> NoExchange {
    BusError { operation: "open the exchange", source: Box::new(error) }.into()
}

#[async_trait]
impl Exchange for OpenExchange {
    async fn publish(&self, messages: &[ReplayedMessage]) -> Result<usize, BusError> {
        let Outcome { confirmed, failure, .. } = if self.publisher.is_blocked() {
            Outcome { failure: Some(AmqpError::Blocked), ..Outcome::default() }
        } else {
            let raw = messages.iter().map(|message| wire::replayed(message, self.shared.store_id, &self.name));
            confirmed::publish(&self.channel, raw, self.shared.config.operation_timeout()).await
        };
        match failure {
            Some(error) if confirmed == 0 => Err(BusError { operation: "publish", source: Box::new(error) }),
            _ => Ok(confirmed),
        }
    }
}
