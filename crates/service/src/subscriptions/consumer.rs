//! A consumer that connects, and what it is sent.

use std::time::Duration;

use god33_log::{ConsumerStream, Delivered};
use god33_proto::v1::{ConsumerHello, ConsumerWelcome, Delivery, ErrorReason};
use uuid::Uuid;

use super::settings;
use crate::access::Access;
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{plain_text, recorded};
use crate::{App, Principal};

/// How often a silent stream says that it lives.
pub(super) const ALIVE_EVERY: Duration = Duration::from_secs(10);

/// Deliveries that a consumer keeps at once: unless it says otherwise, and at most.
const IN_FLIGHT: u32 = 100;
const MOST_IN_FLIGHT: u32 = 1_000;

/// A connected consumer.
pub(super) struct Connected {
    /// The group.
    pub(super) group: String,
    /// What it gets.
    pub(super) stream: ConsumerStream,
    /// What of the events it may see.
    pub(super) access: Access,
    /// The first message.
    pub(super) welcome: ConsumerWelcome,
}

/// Connects a consumer.
pub(super) async fn connect(
    app: &App,
    principal: &Principal,
    hello: Option<&ConsumerHello>,
) -> Result<Connected, Failure> {
    let (group, consumer_id, max_in_flight) = parse(hello)?;
    let (consumers, access) = app.consumers(principal, &group).await?;
    let (stream, position) = consumers.connect(&group, consumer_id.clone(), max_in_flight).await?;
    Ok(Connected { group, stream, access, welcome: ConsumerWelcome { consumer_id, position: position.get() } })
}

fn parse(hello: Option<&ConsumerHello>) -> Result<(String, String, usize), Failure> {
    let mut found = Violations::default();
    let at = Path::Request.member("hello");
    let Some(hello) = hello else {
        found.add(&at, ErrorReason::InvalidField, "is required: say first who consumes, and what");
        return Err(found.into());
    };
    let name = &at.member("subscription");
    let group = plain_text::required(&hello.subscription, 255, ErrorReason::InvalidField, name, &mut found);
    let id = &at.member("consumer_id");
    let consumer_id = plain_text::optional(&hello.consumer_id, 255, ErrorReason::InvalidField, id, &mut found);
    let most = &at.member("max_in_flight");
    let max_in_flight = settings::number(hello.max_in_flight, IN_FLIGHT, MOST_IN_FLIGHT, most, &mut found);
    found.finish()?;
    let consumer_id = consumer_id.unwrap_or_else(|| Uuid::now_v7().to_string());
    Ok((group.unwrap_or_default(), consumer_id, max_in_flight as usize))
}

impl Connected {
    /// The next delivery that the consumer may see.
    ///
    /// # Errors
    /// The last word of the stream.
    pub(super) async fn next(&mut self) -> Result<Delivery, Failure> {
        loop {
            match self.stream.next().await {
                Some(Ok(delivered)) if self.access.shows(&delivered.event) => return Ok(message(&delivered)),
                Some(Ok(_)) => {}
                Some(Err(error)) => return Err(error.into()),
                None => return Err(closed()),
            }
        }
    }
}

fn closed() -> Failure {
    Failure::new(ErrorReason::StreamClosed, "the server ended the stream: consume anew")
        .retry_after(Duration::from_secs(1))
}

fn message(delivered: &Delivered) -> Delivery {
    let Delivered { hand_out, event, ack_timeout_ms } = delivered;
    Delivery {
        delivery_id: hand_out.id.to_string(),
        event: Some(recorded::to_proto(event)),
        attempt: hand_out.attempt,
        fencing_token: hand_out.token,
        remaining_ms: *ack_timeout_ms,
        replay_id: String::new(),
    }
}
