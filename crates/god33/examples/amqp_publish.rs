//! Publishes a file to the Bloodbank exchange as any program of the estate would: with a plain AMQP client that knows nothing of god33.
//!
//! `AMQP_URL=… cargo run --example amqp_publish -- ROUTING_KEY FILE`

use std::error::Error;

use lapin::options::{BasicPublishOptions, ConfirmSelectOptions};
use lapin::{BasicProperties, Connection, ConnectionProperties};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(routing_key), Some(file)) = (arguments.next(), arguments.next()) else {
        return Err("usage: AMQP_URL=amqp://… amqp_publish ROUTING_KEY FILE".into());
    };
    let url = std::env::var("AMQP_URL").map_err(|_| "set AMQP_URL to the broker's address")?;
    let body = std::fs::read(&file)?;

    let connection = Connection::connect(&url, ConnectionProperties::default()).await?;
    let channel = connection.create_channel().await?;
    channel.confirm_select(ConfirmSelectOptions::default()).await?;
    let properties = BasicProperties::default().with_content_type("application/json".into()).with_delivery_mode(2);
    // Mandatory: a message that no queue takes comes back, instead of vanishing.
    let options = BasicPublishOptions { mandatory: true, ..BasicPublishOptions::default() };
    let exchange = "bloodbank.events.v1".into();
    let confirm =
        channel.basic_publish(exchange, routing_key.as_str().into(), options, &body, properties).await?.await?;
    if confirm.take_message().is_some() {
        return Err("no queue is bound to the exchange: start `god33 serve` first".into());
    }
    connection.close(200, "done".into()).await?;
    let mut out = std::io::stdout().lock();
    std::io::Write::write_fmt(&mut out, format_args!("{} bytes as {routing_key}: confirmed\n", body.len()))?;
    Ok(())
}
