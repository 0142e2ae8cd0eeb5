//! Clients that append to a server.

use std::collections::VecDeque;
use std::sync::Arc;

use anyhow::{Context as _, Result, bail};
use futures::FutureExt as _;
use god33_proto::v1::append_stream_response::Outcome;
use god33_proto::v1::event_store_service_client::EventStoreServiceClient;
use god33_proto::v1::{AppendEventsRequest, AppendStreamRequest, AppendStreamResponse};
use tokio::sync::{Mutex, mpsc};
use tokio::time::Instant;
use tokio_stream::wrappers::ReceiverStream;
use tonic::Streaming;
use tonic::transport::Channel;

use crate::load::events::Producer;
use crate::load::{Client, Done};

/// Events of one message on a stream.
const IN_A_MESSAGE: usize = 25;

/// Messages on a stream that wait for their answers.
const UNDER_WAY: usize = 4;

/// A client whose requests carry so many events each.
pub(super) async fn unary(node: Channel, events: usize) -> Result<Client> {
    let producer = Producer::start(node.clone()).await?;
    let client = EventStoreServiceClient::new(node);
    Ok(Box::new(move || {
        let (mut client, producer) = (client.clone(), producer.clone());
        async move {
            let events: Vec<_> = (0..events).map(|_| producer.event()).collect();
            let number = events.len() as u64;
            client.append_events(AppendEventsRequest { events, ..AppendEventsRequest::default() }).await?;
            Ok(Done::now(number))
        }
        .boxed()
    }))
}

/// A client that sends on while earlier messages wait for their answers.
pub(super) async fn streaming(node: Channel) -> Result<Client> {
    let producer = Producer::start(node.clone()).await?;
    let (messages, sent) = mpsc::channel(UNDER_WAY);
    let answers = EventStoreServiceClient::new(node).append_stream(ReceiverStream::new(sent)).await?.into_inner();
    let stream = Stream { producer, messages, answers, sequence: 0, under_way: VecDeque::new() };
    let stream = Arc::new(Mutex::new(stream));
    Ok(Box::new(move || {
        let stream = stream.clone();
        async move { stream.lock().await.step().await }.boxed()
    }))
}

struct Stream {
    producer: Producer,
    messages: mpsc::Sender<AppendStreamRequest>,
    answers: Streaming<AppendStreamResponse>,
    sequence: u64,
    /// When the messages were sent that have no answer yet.
    under_way: VecDeque<Instant>,
}

impl Stream {
    /// Sends until enough is under way, and waits for the next answer.
    async fn step(&mut self) -> Result<Done> {
        while self.under_way.len() < UNDER_WAY {
            self.sequence += 1;
            let events = (0..IN_A_MESSAGE).map(|_| self.producer.event()).collect();
            self.under_way.push_back(Instant::now());
            let message = AppendStreamRequest { sequence: self.sequence, events, ..AppendStreamRequest::default() };
            self.messages.send(message).await.context("the server has closed the stream")?;
        }
        let answer = self.answers.message().await?.context("the server has ended the stream")?;
        if let Some(Outcome::Error(error)) = answer.outcome {
            bail!("a message was refused: {error:?}");
        }
        let sent = self.under_way.pop_front().context("an answer to nothing")?;
        Ok(Done::since(sent, IN_A_MESSAGE as u64))
    }
}
