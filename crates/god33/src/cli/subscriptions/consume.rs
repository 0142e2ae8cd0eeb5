//! `god33 subscriptions consume`.

use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use clap::Args;
use god33_proto::v1::deliver_response::Message;
use god33_proto::v1::{
    AcknowledgeRequest, Acknowledgement, ConsumerHello, DeliverRequest, Delivery, DeliveryRef, GetSubscriptionRequest,
    RejectRequest, Rejection, SettlementReport,
};
use tokio::io::AsyncWriteExt as _;

use super::ask::NameArg;
use crate::cli::again::answered;
use crate::cli::answer::Answer;
use crate::cli::connection::Output;
use crate::cli::follow::is_passing;
use crate::cli::{Failure, Target, print};

/// How long a lost connection is left before it is opened again.
const PAUSE: Duration = Duration::from_secs(1);

/// How often, and how many times, it is looked whether the server knows that this program is gone.
const LOOK: Duration = Duration::from_millis(50);
const LOOKS: u32 = 100;

/// Work on deliveries one after the other: print each and acknowledge it, or run a command for it. A lost connection is opened again, until
/// you stop it.
#[derive(Args, Debug)]
pub struct Consume {
    #[command(flatten)]
    name: NameArg,

    /// Id of the consumer; one that connects under the id of another takes over from it. Without it the server makes one.
    #[arg(long, value_name = "ID", default_value = "", hide_default_value = true)]
    consumer: String,

    /// Run this command for each event, through the shell, with the event as JSON on its standard input: when it succeeds the delivery is
    /// acknowledged, else it is tried again later.
    #[arg(long, value_name = "COMMAND")]
    exec: Option<String>,

    /// Stop after this many deliveries.
    #[arg(long, value_name = "N")]
    limit: Option<u64>,
}

/// Why a stream of deliveries is over.
enum Over {
    /// All that were wanted came.
    Enough,
    /// The connection is gone.
    Lost,
}

impl Consume {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let (mut left, mut opened) = (self.limit.unwrap_or(u64::MAX), false);
        loop {
            match self.consume(target, &mut left, &mut opened).await {
                Ok(Over::Enough) => return Ok(()),
                Ok(Over::Lost) => {}
                Err(failure) if opened && is_passing(&failure) => {}
                Err(failure) => return Err(failure),
            }
            print::hint("the connection was lost: opening it again")?;
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Works on the deliveries of one connection. One at a time: what this program does not work on is for others.
    async fn consume(&self, target: &Target, left: &mut u64, opened: &mut bool) -> Result<Over, Failure> {
        let hello = ConsumerHello {
            subscription: self.name.name.clone(),
            consumer_id: self.consumer.clone(),
            max_in_flight: 1,
        };
        let request = DeliverRequest { hello: Some(hello) };
        let mut stream = target.subscriptions().await?.deliver(request).await?.into_inner();
        *opened = true;
        let mut consumer_id = self.consumer.clone();
        while let Some(answer) = stream.message().await? {
            match answer.message {
                Some(Message::Welcome(welcome)) => consumer_id = welcome.consumer_id,
                Some(Message::Delivery(delivery)) if *left == 1 => {
                    // The last one: disconnect first, or settling it would bring another.
                    drop(stream);
                    self.until_gone(target, &consumer_id).await?;
                    self.work_on(target, &delivery).await?;
                    return Ok(Over::Enough);
                }
                Some(Message::Delivery(delivery)) => {
                    self.work_on(target, &delivery).await?;
                    *left -= 1;
                }
                Some(Message::Alive(_)) | None => {}
            }
        }
        Ok(Over::Lost)
    }

    /// Waits until the server knows that a consumer is disconnected, but not for ever.
    async fn until_gone(&self, target: &Target, consumer_id: &str) -> Result<(), Failure> {
        let mut client = target.subscriptions().await?;
        for _ in 0..LOOKS {
            let request = GetSubscriptionRequest { name: self.name.name.clone() };
            let subscription = client.get_subscription(request).await?.into_inner().subscription.unwrap_or_default();
            if subscription.consumers.iter().all(|consumer| consumer.consumer_id != consumer_id) {
                break;
            }
            tokio::time::sleep(LOOK).await;
        }
        Ok(())
    }

    async fn work_on(&self, target: &Target, delivery: &Delivery) -> Result<(), Failure> {
        let Some(command) = &self.exec else {
            show(target, delivery)?;
            return self.acknowledge(target, delivery).await;
        };
        let status = execute(command, delivery).await?;
        if status.success() {
            self.acknowledge(target, delivery).await
        } else {
            self.reject(target, delivery, status).await
        }
    }

    async fn acknowledge(&self, target: &Target, delivery: &Delivery) -> Result<(), Failure> {
        let request = AcknowledgeRequest {
            subscription: self.name.name.clone(),
            acknowledgement: Some(Acknowledgement { deliveries: vec![reference(delivery)] }),
        };
        let answer =
            answered(async || Ok(target.subscriptions().await?.acknowledge(request.clone()).await?.into_inner()))
                .await?;
        tell(answer.report.as_ref())
    }

    async fn reject(&self, target: &Target, delivery: &Delivery, status: ExitStatus) -> Result<(), Failure> {
        print::hint(&format!("attempt {} of delivery {} failed: {status}", delivery.attempt, delivery.delivery_id))?;
        let rejection = Rejection {
            deliveries: vec![reference(delivery)],
            reason: format!("the command failed: {status}"),
            ..Rejection::default()
        };
        let request = RejectRequest { subscription: self.name.name.clone(), rejection: Some(rejection) };
        let answer =
            answered(async || Ok(target.subscriptions().await?.reject(request.clone()).await?.into_inner())).await?;
        tell(answer.report.as_ref())
    }
}

fn reference(delivery: &Delivery) -> DeliveryRef {
    DeliveryRef { delivery_id: delivery.delivery_id.clone(), fencing_token: delivery.fencing_token }
}

/// What could not be settled is somebody else's now, or was settled before: a repeat after a lost answer is told so too.
fn tell(report: Option<&SettlementReport>) -> Result<(), Failure> {
    let failures = report.map(|report| report.failures.as_slice()).unwrap_or_default();
    failures.iter().try_for_each(|failure| {
        print::hint(&format!("delivery {} could not be settled: {}", failure.delivery_id, failure.message))
    })
}

async fn execute(command: &str, delivery: &Delivery) -> Result<ExitStatus, Failure> {
    let failed = |source| Failure::Io { what: format!("the command {command} could not be run"), source };
    let mut child = tokio::process::Command::new("sh")
        .args(["-c", command])
        .env("GOD33_DELIVERY", &delivery.delivery_id)
        .env("GOD33_ATTEMPT", delivery.attempt.to_string())
        .stdin(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .map_err(failed)?;
    if let Some(mut input) = child.stdin.take() {
        let event = delivery.event.as_ref().map(print::event_json).unwrap_or_default();
        // A command that does not read its input may end before all of it is written.
        let _ = input.write_all((event + "\n").as_bytes()).await;
    }
    child.wait().await.map_err(failed)
}

fn show(target: &Target, delivery: &Delivery) -> Result<(), Failure> {
    let event = delivery.event.clone().unwrap_or_default();
    match target.output {
        Output::Json => print::json(
            &Answer::default()
                .value("delivery_id", delivery.delivery_id.as_str())
                .value("attempt", delivery.attempt)
                .with("event", &print::event_json(&event))
                .text(),
        ),
        Output::Text => print::event_lines(std::slice::from_ref(&event)),
    }
}
