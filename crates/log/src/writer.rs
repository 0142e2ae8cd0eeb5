//! The log writer: the one task through which everything is written on this node.
//!
//! While one transaction commits, proposals queue up; the next transaction takes them all (group commit). Nobody waits for a timer.

use std::sync::Arc;
use std::time::Duration;

use god33_domain::ports::{Clock, Store, StoreError};
use god33_domain::{Appended, Proposal, RecordedEvent, Refusal};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot};
use tokio::task::JoinHandle;

use crate::{LogConfig, write_batch};

/// Why a proposal got no answer.
#[derive(Debug, Clone, thiserror::Error)]
pub enum ProposeError {
    /// The rules refuse it. It changed nothing.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The store could not write it. Proposing it again is safe, also when it was written after all.
    #[error("the change could not be written")]
    Unavailable(#[source] Arc<StoreError>),
    /// Too much is waiting. It changed nothing.
    #[error("too many changes are waiting to be written: try again later")]
    Overloaded,
    /// The server is stopping. It changed nothing.
    #[error("the server is shutting down: try again on another node")]
    ShuttingDown,
}

struct Job {
    proposal: Proposal,
    answer: Place,
}

impl Job {
    fn split(self) -> (Proposal, Place) {
        (self.proposal, self.answer)
    }
}

/// Where an answer goes, and the place in the queue that is free when it has gone.
struct Place {
    caller: oneshot::Sender<Result<Appended, ProposeError>>,
    _bytes: OwnedSemaphorePermit,
}

/// A handle to the log writer. Cheap to clone.
#[derive(Clone)]
pub struct LogWriter {
    queue: mpsc::Sender<Job>,
    bytes: Arc<Semaphore>,
    byte_limit: usize,
    wait: Duration,
}

impl LogWriter {
    /// Starts the writer. It ends, with everything that was accepted written, when every handle is dropped. What it committed goes to
    /// `committed` in order of position.
    pub(crate) fn start(
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
        config: &LogConfig,
        committed: mpsc::Sender<Vec<Arc<RecordedEvent>>>,
    ) -> (Self, JoinHandle<()>) {
        let (queue, jobs) = mpsc::channel(config.queue_proposals.max(1));
        let byte_limit = config.queue_bytes.clamp(1, Semaphore::MAX_PERMITS);
        let loop_ = WriterLoop { store, clock, committed, jobs, batch_events: config.batch_events.max(1) };
        let writer = Self {
            queue,
            bytes: Arc::new(Semaphore::new(byte_limit)),
            byte_limit,
            wait: Duration::from_millis(config.queue_wait_ms),
        };
        (writer, tokio::spawn(loop_.run()))
    }

    /// Proposes a change and waits until it is committed or refused. A caller that stops waiting does not undo it.
    ///
    /// # Errors
    /// See [`ProposeError`]; all but a refusal may be proposed again.
    pub async fn propose(&self, proposal: Proposal) -> Result<Appended, ProposeError> {
        self.submit(proposal).await?.await.unwrap_or(Err(ProposeError::ShuttingDown))
    }

    /// Hands a change to the writer and gives back where its answer will arrive, so that several can be under way in order.
    ///
    /// # Errors
    /// [`ProposeError::Overloaded`] and [`ProposeError::ShuttingDown`].
    pub async fn submit(
        &self,
        proposal: Proposal,
    ) -> Result<oneshot::Receiver<Result<Appended, ProposeError>>, ProposeError> {
        let weight = weight(&proposal).min(self.byte_limit) as u32;
        let queued = tokio::time::timeout(self.wait, async {
            let bytes = self.bytes.clone().acquire_many_owned(weight).await.map_err(|_| ProposeError::ShuttingDown)?;
            let place = self.queue.reserve().await.map_err(|_| ProposeError::ShuttingDown)?;
            let (answer, receiver) = oneshot::channel();
            place.send(Job { proposal, answer: Place { caller: answer, _bytes: bytes } });
            Ok(receiver)
        });
        queued.await.unwrap_or(Err(ProposeError::Overloaded))
    }
}

/// Roughly the bytes that a proposal occupies while it waits.
fn weight(proposal: &Proposal) -> usize {
    const ENVELOPE: usize = 512;
    let events = proposal.change.events().iter();
    ENVELOPE
        + events
            .map(|e| ENVELOPE + e.envelope.payload.as_str().len() + e.original.as_ref().map_or(0, |b| b.len()))
            .sum::<usize>()
}

struct WriterLoop {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    committed: mpsc::Sender<Vec<Arc<RecordedEvent>>>,
    jobs: mpsc::Receiver<Job>,
    batch_events: usize,
}

impl WriterLoop {
    async fn run(mut self) {
        let mut left_over = None;
        while let Some(first) = next_job(&mut left_over, &mut self.jobs).await {
            let (batch, rest) = self.gather(first);
            left_over = rest;
            self.write(batch).await;
        }
    }

    /// Takes what waits, up to the batch's limit. A job that would exceed it opens the next batch.
    fn gather(&mut self, first: Job) -> (Vec<Job>, Option<Job>) {
        let mut events = first.proposal.change.events().len();
        let mut batch = vec![first];
        while let Ok(job) = self.jobs.try_recv() {
            events += job.proposal.change.events().len().max(1);
            if events > self.batch_events {
                return (batch, Some(job));
            }
            batch.push(job);
        }
        (batch, None)
    }

    async fn write(&self, batch: Vec<Job>) {
        let (proposals, answers): (Vec<Proposal>, Vec<Place>) = batch.into_iter().map(Job::split).unzip();
        match self.try_write(&proposals).await {
            Ok(outcomes) => answers.into_iter().zip(outcomes).for_each(|(answer, outcome)| reply(answer, outcome)),
            Err(error) if proposals.len() > 1 && self.store.ping().await.is_ok() => {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "a batch failed on a healthy store: writing its parts one by one"
                );
                for (proposal, answer) in proposals.into_iter().zip(answers) {
                    self.write_alone(proposal, answer).await;
                }
            }
            Err(error) => fail(answers, error),
        }
    }

    /// One bad proposal must not fail the others again and again.
    async fn write_alone(&self, proposal: Proposal, answer: Place) {
        match self.try_write(std::slice::from_ref(&proposal)).await {
            Ok(mut outcomes) => match outcomes.pop() {
                Some(outcome) => reply(answer, outcome),
                None => drop(answer),
            },
            Err(error) => fail(vec![answer], error),
        }
    }

    async fn try_write(&self, proposals: &[Proposal]) -> Result<Vec<Result<Appended, Refusal>>, StoreError> {
        let plan = write_batch(self.store.as_ref(), self.clock.as_ref(), proposals).await?;
        let events: Vec<Arc<RecordedEvent>> = plan.writes.events.into_iter().map(|recording| recording.event).collect();
        if !events.is_empty() && self.committed.send(events).await.is_err() {
            tracing::debug!("the tail has stopped: subscribers of this node will not see the batch");
        }
        Ok(plan.answers)
    }
}

async fn next_job(left_over: &mut Option<Job>, jobs: &mut mpsc::Receiver<Job>) -> Option<Job> {
    match left_over.take() {
        Some(job) => Some(job),
        None => jobs.recv().await,
    }
}

fn reply(answer: Place, outcome: Result<Appended, Refusal>) {
    // Nobody may be waiting any more; the change stands all the same.
    let _ = answer.caller.send(outcome.map_err(ProposeError::Refused));
}

fn fail(answers: Vec<Place>, error: StoreError) {
    tracing::error!(
        error = &error as &dyn std::error::Error,
        proposals = answers.len(),
        "the log could not be written"
    );
    let error = Arc::new(error);
    for answer in answers {
        let _ = answer.caller.send(Err(ProposeError::Unavailable(error.clone())));
    }
}
