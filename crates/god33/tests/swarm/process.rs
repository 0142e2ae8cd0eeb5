//! Agents as processes of their own: this very program, started once more for each of them, with variables that tell it who it is.
//!
//! An agent tells what happens to it line by line, and goes when its input ends. A session that is lost is followed by a new one.

use std::fmt;
use std::io::{Read, Write};
use std::process::Stdio;
use std::str::FromStr;
use std::time::Duration;

use god33_conformance::history::Dice;
use god33_proto::v1::ErrorReason;
use rustix::process::{Pid, Signal, kill_process};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::mpsc::UnboundedSender;
use tokio_util::sync::CancellationToken;

use crate::agent::{Agent, Held, Session};
use crate::nodes::Nodes;

/// The type of the agents.
pub(crate) const KIND: &str = "letta-swarm";

/// How long an agent may be silent.
pub(crate) const SILENCE: Duration = Duration::from_secs(2);

/// How long a claim waits: an agent that is to go, goes after that.
const WAIT: Duration = Duration::from_secs(1);

/// With these an agent is told who it is and where its server is.
const NAME: &str = "GOD33_SWARM_NAME";
const ADDRESS: &str = "GOD33_SWARM_ADDRESS";
const SEED: &str = "GOD33_SWARM_AGENT_SEED";

/// What an agent tells.
#[derive(Debug)]
pub(crate) enum Report {
    /// A session took work.
    Took { session: String, held: Held },
    /// The server took the session's delivery.
    Done { session: String, held: Held },
    /// The server refused what the session said about its work.
    Refused { session: String, held: Held, reason: ErrorReason },
    /// The session may work no more.
    Lost { session: String, reason: ErrorReason },
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Took { session, held } => write!(f, "took {session} {held}"),
            Self::Done { session, held } => write!(f, "done {session} {held}"),
            Self::Refused { session, held, reason } => write!(f, "refused {session} {held} {}", reason.reason()),
            Self::Lost { session, reason } => write!(f, "lost {session} {}", reason.reason()),
        }
    }
}

impl fmt::Display for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.handoff_id, self.fencing_token)
    }
}

impl FromStr for Report {
    type Err = String;

    fn from_str(line: &str) -> Result<Self, String> {
        let words: Vec<&str> = line.split_whitespace().collect();
        let held = |id: &str, token: &str| Held { handoff_id: id.into(), fencing_token: token.parse().unwrap() };
        let reason = |reason| ErrorReason::from_reason(reason).unwrap();
        Ok(match words.as_slice() {
            ["took", session, id, token] => Self::Took { session: (*session).into(), held: held(id, token) },
            ["done", session, id, token] => Self::Done { session: (*session).into(), held: held(id, token) },
            ["refused", session, id, token, why] => {
                Self::Refused { session: (*session).into(), held: held(id, token), reason: reason(why) }
            }
            ["lost", session, why] => Self::Lost { session: (*session).into(), reason: reason(why) },
            _ => return Err(line.to_owned()),
        })
    }
}

/// True in a process that a swarm started as an agent.
pub(crate) fn is_agent() -> bool {
    std::env::var_os(ADDRESS).is_some()
}

/// Is an agent until its input ends.
pub(crate) fn live() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(work_in_sessions());
}

async fn work_in_sessions() {
    let variable = |name| std::env::var(name).unwrap();
    let mut dice = Dice::seeded(variable(SEED).parse().unwrap());
    let agent = Agent {
        nodes: Nodes::at(&[&variable(ADDRESS)]),
        kind: KIND.into(),
        name: variable(NAME),
        workflow_id: String::new(),
        silence: SILENCE,
    };
    let stop = CancellationToken::new();
    let input_ends = stop.clone();
    std::thread::spawn(move || {
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        input_ends.cancel();
    });
    while !stop.is_cancelled() {
        let session = agent.start().await;
        let id = session.id.clone();
        if let Err(reason) = work_until(&stop, session, &mut dice).await {
            tell(&Report::Lost { session: id, reason });
        }
    }
}

async fn work_until(stop: &CancellationToken, session: Session, dice: &mut Dice) -> Result<(), ErrorReason> {
    while !stop.is_cancelled() {
        if let Some(held) = session.claim(WAIT).await? {
            tell(&Report::Took { session: session.id.clone(), held: held.clone() });
            work(&session, held, dice).await;
        }
    }
    session.leave().await
}

/// An agent that was paused does not know it: it goes on under the token that it has.
async fn work(session: &Session, held: Held, dice: &mut Dice) {
    let mut think = async || tokio::time::sleep(Duration::from_millis(20 + dice.roll(100) as u64)).await;
    think().await;
    let refused = |reason| Report::Refused { session: session.id.clone(), held: held.clone(), reason };
    if let Err(reason) = session.progress(&held).await {
        tell(&refused(reason));
    }
    think().await;
    match session.complete(&held).await {
        Ok(()) => tell(&Report::Done { session: session.id.clone(), held }),
        Err(reason) => tell(&refused(reason)),
    }
}

fn tell(report: &Report) {
    let mut out = std::io::stdout().lock();
    // Nobody listens when the swarm is gone, and then the input has ended too.
    let _ = writeln!(out, "{report}").and_then(|()| out.flush());
}

/// A running agent. It is killed when this value goes.
pub(crate) struct Process {
    child: Child,
}

impl Process {
    /// Starts an agent, whose reports go to `reports` until it ends.
    pub(crate) fn start(address: &str, number: usize, dice: &mut Dice, reports: UnboundedSender<Report>) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .env(ADDRESS, address)
            .env(NAME, format!("letta-swarm-{number}"))
            .env(SEED, dice.roll(usize::MAX).to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("an agent starts");
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        tokio::spawn(async move {
            while let Ok(Some(line)) = lines.next_line().await {
                let _ = reports.send(line.parse().expect("a report"));
            }
        });
        Self { child }
    }

    /// Kills it as a power cut would.
    pub(crate) async fn kill(&mut self) {
        self.child.kill().await.unwrap();
    }

    /// Stops it where it stands. It knows nothing of it.
    pub(crate) fn pause(&self) {
        self.signal(Signal::STOP);
    }

    /// Lets it go on.
    pub(crate) fn go_on(&self) {
        self.signal(Signal::CONT);
    }

    fn signal(&self, signal: Signal) {
        let id = self.child.id().expect("it runs");
        kill_process(Pid::from_raw(id.try_into().unwrap()).unwrap(), signal).unwrap();
    }

    /// Ends its input, so that it goes by itself.
    pub(crate) fn let_go(&mut self) {
        drop(self.child.stdin.take());
    }

    /// Waits until it has gone.
    pub(crate) async fn gone(&mut self) {
        let status = self.child.wait().await.unwrap();
        assert!(status.success(), "an agent failed: {status}");
    }
}
