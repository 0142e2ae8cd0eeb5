//! Agents that have a session each and say from time to time that they live.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use futures::{StreamExt as _, TryStreamExt as _, stream};
use god33_proto::v1::attach_response::Message;
use god33_proto::v1::session_service_client::SessionServiceClient;
use god33_proto::v1::{AttachRequest, HeartbeatRequest};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::{Instant, MissedTickBehavior, interval};
use tokio_stream::wrappers::ReceiverStream;
use tokio_util::sync::CancellationToken;
use tonic::transport::Channel;

use crate::load::events::start_session;
use crate::world::Node;

/// How often an agent says that it lives.
pub(super) const INTERVAL: Duration = Duration::from_secs(10);

/// How long it may be silent, in seconds: what the server gives to those who do not say.
const MAY_BE_SILENT: i64 = 60;

/// How often it is looked for agents whose turn it is.
const STEP: Duration = Duration::from_millis(10);

/// The most calls to start sessions, or to attach them, at once.
const AT_ONCE: usize = 256;

/// Connections of all agents together. Runtimes with many agents share theirs, and a connection takes a thousand streams.
const CONNECTIONS: usize = 16;

/// Agents with open sessions.
pub(super) struct Agents {
    channels: Vec<Channel>,
    /// What each of them says.
    signs: Vec<HeartbeatRequest>,
}

/// In which way agents speak.
#[derive(Clone, Copy)]
pub(super) enum How {
    /// A call of its own for each sign of life.
    Unary,
    /// A stream for each agent.
    Attached,
}

impl Agents {
    /// Starts their sessions.
    pub(super) async fn start(node: &Node, number: usize) -> Result<Self> {
        let channels = node.connections(CONNECTIONS).await?;
        let began = Instant::now();
        let starts = stream::iter(0..number).map(|at| {
            let channel = channels[at % CONNECTIONS].clone();
            async move { start_session(channel, MAY_BE_SILENT).await }
        });
        let signs: Vec<HeartbeatRequest> = starts
            .buffer_unordered(AT_ONCE)
            .map_ok(|started| HeartbeatRequest {
                session_id: started.session_id,
                fencing_token: started.fencing_token,
                ..HeartbeatRequest::default()
            })
            .try_collect()
            .await
            .context("could not start the sessions")?;
        eprintln!("{number} sessions started in {:.1} s", began.elapsed().as_secs_f64());
        Ok(Self { channels, signs })
    }

    /// What one of several clients says when they share the agents among themselves.
    pub(super) fn of(&self, client: usize, clients: usize) -> Vec<HeartbeatRequest> {
        self.signs.iter().skip(client).step_by(clients).cloned().collect()
    }

    /// Lets all of them say that they live, evenly spread over time, until [`Beating::stop`].
    pub(super) async fn beat(&self, how: How) -> Result<Beating> {
        let state = Arc::new(State::default());
        let voices = match how {
            How::Unary => self.signs.iter().enumerate().map(|(at, sign)| self.unary(at, sign)).collect(),
            How::Attached => self.attach_all(&state).await?,
        };
        let beating = tokio::spawn(speak(voices, state.clone()));
        Ok(Beating { state, beating })
    }

    fn unary(&self, at: usize, sign: &HeartbeatRequest) -> Voice {
        Voice::Unary(SessionServiceClient::new(self.channels[at % CONNECTIONS].clone()), sign.clone())
    }

    async fn attach_all(&self, state: &Arc<State>) -> Result<Vec<Voice>> {
        let attached = stream::iter(self.signs.iter().enumerate()).map(|(at, sign)| {
            let channel = self.channels[at % CONNECTIONS].clone();
            attach(channel, sign.clone(), state.clone())
        });
        attached.buffered(AT_ONCE).try_collect().await.context("could not attach the sessions")
    }
}

/// The way in which one agent speaks.
enum Voice {
    Unary(SessionServiceClient<Channel>, HeartbeatRequest),
    Attached(mpsc::Sender<AttachRequest>, HeartbeatRequest),
}

/// Opens a stream and counts the answers that come on it.
async fn attach(channel: Channel, sign: HeartbeatRequest, state: Arc<State>) -> Result<Voice> {
    let (voice, said) = mpsc::channel(4);
    voice.send(AttachRequest { heartbeat: Some(sign.clone()) }).await?;
    let mut answers = SessionServiceClient::new(channel).attach(ReceiverStream::new(said)).await?.into_inner();
    tokio::spawn(async move {
        loop {
            match answers.message().await {
                Ok(Some(answer)) if matches!(answer.message, Some(Message::Heartbeat(_))) => state.hear(),
                Ok(Some(_)) => {}
                Ok(None) => return,
                Err(status) => return state.fail(&status),
            }
        }
    });
    Ok(Voice::Attached(voice, sign))
}

/// What is known of agents that speak.
#[derive(Default)]
struct State {
    heard: AtomicU64,
    failed: AtomicU64,
    paused: AtomicBool,
    stop: CancellationToken,
}

impl State {
    fn hear(&self) {
        self.heard.fetch_add(1, Ordering::Relaxed);
    }

    fn fail(&self, status: &tonic::Status) {
        // The first reason is enough.
        if !self.stop.is_cancelled() && self.failed.fetch_add(1, Ordering::Relaxed) == 0 {
            eprintln!("a heartbeat failed: {status}");
        }
    }
}

/// Speaks for each agent in its turn.
async fn speak(voices: Vec<Voice>, state: Arc<State>) {
    let (mut steps, began, mut next) = (interval(STEP), Instant::now(), 0);
    steps.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = state.stop.cancelled() => return,
            _ = steps.tick() => {}
        }
        let due = (began.elapsed().as_secs_f64() / INTERVAL.as_secs_f64() * voices.len() as f64) as usize;
        for turn in next..due {
            if !state.paused.load(Ordering::Relaxed) {
                voices[turn % voices.len()].speak(&state);
            }
        }
        next = due;
    }
}

impl Voice {
    fn speak(&self, state: &Arc<State>) {
        match self {
            Self::Unary(client, sign) => {
                let (mut client, sign, state) = (client.clone(), sign.clone(), state.clone());
                tokio::spawn(async move {
                    match client.heartbeat(sign).await {
                        Ok(_) => state.hear(),
                        Err(status) => state.fail(&status),
                    }
                });
            }
            // When its last words were not taken yet, there is no need for more.
            Self::Attached(voice, sign) => drop(voice.try_send(AttachRequest { heartbeat: Some(sign.clone()) })),
        }
    }
}

/// Agents that speak.
pub(super) struct Beating {
    state: Arc<State>,
    beating: JoinHandle<()>,
}

impl Beating {
    /// How many heartbeats were answered so far.
    pub(super) fn heard(&self) -> u64 {
        self.state.heard.load(Ordering::Relaxed)
    }

    /// Silences all of them.
    pub(super) fn pause(&self) {
        self.state.paused.store(true, Ordering::Relaxed);
    }

    /// Lets them speak again.
    pub(super) fn go_on(&self) {
        self.state.paused.store(false, Ordering::Relaxed);
    }

    /// Ends it.
    ///
    /// # Errors
    /// A heartbeat had failed.
    pub(super) async fn stop(self) -> Result<()> {
        self.state.stop.cancel();
        self.beating.await.context("the agents have panicked")?;
        let failed = self.state.failed.load(Ordering::Relaxed);
        ensure!(failed == 0, "{failed} heartbeats failed");
        Ok(())
    }
}
