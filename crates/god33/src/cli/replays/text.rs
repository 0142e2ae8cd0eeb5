//! Replays, for people.

use god33_proto::v1::replay_spec::{Pace, Target};
use god33_proto::v1::{EventFilter, Replay, ReplaySpec, ReplayState};

use crate::cli::print::{self, one_line, time};
use crate::cli::table::{Sheet, dim, state};

/// One replay on a line.
pub(super) fn line(replay: &Replay) -> String {
    let spec = replay.spec.clone().unwrap_or_default();
    let started = format!("started {} by {}", time(replay.started_at.as_ref()), print::or_dash(&replay.started_by));
    format!(
        "{}  {}  {:>15}  {}  {}",
        one_line(&replay.replay_id),
        state(replay.state(), 9),
        format!("{} of {}", replay.delivered, replay.total),
        one_line(&target(&spec)),
        dim(&started),
    )
}

/// One replay, whole.
pub(super) fn whole(replay: &Replay) -> String {
    let spec = replay.spec.clone().unwrap_or_default();
    let filter = spec.filter.clone().unwrap_or_default();
    let EventFilter { event_types, workflow_id, session_id, agent_id, source, correlation_id, since, until, .. } =
        filter;
    Sheet::new(&target(&spec), &replay.replay_id)
        .state("state", replay.state())
        .text("why", &replay.failure)
        .text("events", &format!("{} of {} delivered", replay.delivered, replay.total))
        .text("position", &format!("{}, from {} to {}", replay.position, spec.after_position, spec.until_position))
        .text("pace", &pace(&spec))
        .texts("type", event_types)
        .text("workflow", &workflow_id)
        .text("session", &session_id)
        .text("agent", &agent_id)
        .text("source", &source)
        .text("chain", &correlation_id)
        .time("since", since.as_ref())
        .time("until", until.as_ref())
        .text("live", if spec.allow_live_exchange { "the live exchange is allowed" } else { "" })
        .text("by", &replay.started_by)
        .time("started", replay.started_at.as_ref())
        .time("ended", replay.ended_at.as_ref())
        .finish()
}

/// What to do next about a replay.
pub(super) fn next(replay: &Replay) -> String {
    let id = print::shell_word(&replay.replay_id);
    let streams = matches!(replay.spec.as_ref().and_then(|spec| spec.target.as_ref()), Some(Target::Stream(_)));
    match replay.state() {
        ReplayState::Running if streams => format!("receive it: god33 replays stream {id}"),
        ReplayState::Running => {
            format!("see how far it is: god33 replays show {id}\nhalt it: god33 replays pause {id}")
        }
        ReplayState::Paused => format!("let it go on: god33 replays resume {id}\nend it: god33 replays cancel {id}"),
        ReplayState::Failed | ReplayState::Cancelled => {
            format!("start another for the rest: god33 replays start --after {} …", replay.position)
        }
        ReplayState::Completed | ReplayState::Unspecified => "all replays: god33 replays list".into(),
    }
}

fn target(spec: &ReplaySpec) -> String {
    match &spec.target {
        Some(Target::Exchange(name)) => format!("to exchange {name}"),
        Some(Target::Subscription(name)) => format!("to subscription {name}"),
        Some(Target::Stream(_)) | None => "to a stream".into(),
    }
}

fn pace(spec: &ReplaySpec) -> String {
    match spec.pace {
        None => "as fast as possible".into(),
        Some(Pace::Speed(1.0)) => "the original spacing".into(),
        Some(Pace::Speed(speed)) => format!("{speed} times the original speed"),
        Some(Pace::EventsPerSecond(rate)) => format!("{rate} events per second"),
    }
}
