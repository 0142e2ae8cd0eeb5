//! Replays: what is asked for, and how one stands.

use god33_domain::Position;
use god33_domain::replay::pace::is_pace;
use god33_domain::replay::{Pace, Replay, ReplayId, ReplayRange, ReplayRefusal, ReplaySpec, ReplayState, ReplayTarget};
use god33_proto::v1::replay_spec::{Pace as WirePace, Target};
use god33_proto::v1::{self, ErrorReason};
use uuid::Uuid;

use super::path::Path;
use super::status::Failure;
use super::violations::Violations;
use super::{filter, plain_text, time};

/// Reads the id of a replay. A text that is none names no replay.
pub(crate) fn id(text: &str) -> Result<ReplayId, Failure> {
    if text.is_empty() {
        let mut found = Violations::default();
        let description = "is required: the id that StartReplay answered, or one out of ListReplays";
        found.add(&Path::Request.member("replay_id"), ErrorReason::InvalidField, description);
        return Err(found.into());
    }
    match Uuid::try_parse(text) {
        Ok(id) => Ok(ReplayId::new(id)),
        Err(_) => Err(ReplayRefusal::NotFound(text.chars().take(255).collect()).into()),
    }
}

/// Reads what is to be replayed; `None` only when something is wrong with it, which is noted.
pub(crate) fn parse(spec: Option<&v1::ReplaySpec>, found: &mut Violations) -> Option<ReplaySpec> {
    let at = Path::Request.member("spec");
    let Some(spec) = spec else {
        found.add(&at, ErrorReason::InvalidField, "is required: say at least where to replay");
        return None;
    };
    let filter = filter::parse_at(spec.filter.as_ref(), &at.member("filter"), found);
    if spec.until_position > 0 && spec.until_position <= spec.after_position {
        let description = format!(
            "is {} and must be greater than after_position, which is {}: leave it out for the head of the log",
            spec.until_position, spec.after_position
        );
        found.add(&at.member("until_position"), ErrorReason::InvalidField, description);
    }
    let (after, until) = (Position::new(spec.after_position), Position::new(spec.until_position));
    let target = target(spec.target.as_ref(), &at, found);
    let pace = pace(spec.pace.as_ref(), &at, found);
    let range = ReplayRange { filter, after, until };
    Some(ReplaySpec { range, target: target?, pace, allow_live_exchange: spec.allow_live_exchange })
}

fn target(target: Option<&Target>, at: &Path<'_>, found: &mut Violations) -> Option<ReplayTarget> {
    let mut name = |member: &str, name: &str| {
        let read = plain_text::optional(name, 255, ErrorReason::InvalidField, &at.member(member), found);
        if name.is_empty() {
            found.add(&at.member(member), ErrorReason::InvalidField, "is empty: name one, or set another target");
        }
        read
    };
    match target {
        Some(Target::Exchange(exchange)) => name("exchange", exchange).map(ReplayTarget::Exchange),
        Some(Target::Subscription(subscription)) => name("subscription", subscription).map(ReplayTarget::Subscription),
        Some(Target::Stream(true)) => Some(ReplayTarget::Stream),
        Some(Target::Stream(false)) => {
            let description = "must be true when it is set: set it to true, or set another target";
            found.add(&at.member("stream"), ErrorReason::InvalidField, description);
            None
        }
        None => {
            let description = "has no target: set one of exchange, subscription and stream";
            found.add(at, ErrorReason::InvalidField, description);
            None
        }
    }
}

fn pace(pace: Option<&WirePace>, at: &Path<'_>, found: &mut Violations) -> Pace {
    let (member, number, pace) = match pace {
        None => return Pace::Unlimited,
        Some(WirePace::Speed(speed)) => ("speed", *speed, Pace::Speed(*speed)),
        Some(WirePace::EventsPerSecond(rate)) => ("events_per_second", *rate, Pace::Rate(*rate)),
    };
    if !is_pace(number) {
        let description = format!("is {number} and must be a number above 0: leave it out for as fast as possible");
        found.add(&at.member(member), ErrorReason::InvalidField, description);
    }
    pace
}

/// A replay for a client.
pub(crate) fn to_proto(replay: &Replay) -> v1::Replay {
    v1::Replay {
        replay_id: replay.replay_id.to_string(),
        spec: Some(spec_to_proto(&replay.spec)),
        state: state(replay.state).into(),
        position: replay.position.get(),
        delivered: replay.delivered,
        total: replay.total,
        started_at: Some(time::to_proto(replay.started_at)),
        ended_at: replay.ended_at.map(time::to_proto),
        started_by: replay.started_by.clone(),
        failure: replay.failure.clone().unwrap_or_default(),
    }
}

fn spec_to_proto(spec: &ReplaySpec) -> v1::ReplaySpec {
    let target = match &spec.target {
        ReplayTarget::Exchange(name) => Target::Exchange(name.clone()),
        ReplayTarget::Subscription(name) => Target::Subscription(name.clone()),
        ReplayTarget::Stream => Target::Stream(true),
    };
    let pace = match spec.pace {
        Pace::Unlimited => None,
        Pace::Speed(speed) => Some(WirePace::Speed(speed)),
        Pace::Rate(rate) => Some(WirePace::EventsPerSecond(rate)),
    };
    v1::ReplaySpec {
        filter: filter::to_proto(&spec.range.filter),
        after_position: spec.range.after.get(),
        until_position: spec.range.until.get(),
        target: Some(target),
        pace,
        allow_live_exchange: spec.allow_live_exchange,
    }
}

const fn state(state: ReplayState) -> v1::ReplayState {
    match state {
        ReplayState::Running => v1::ReplayState::Running,
        ReplayState::Paused => v1::ReplayState::Paused,
        ReplayState::Completed => v1::ReplayState::Completed,
        ReplayState::Cancelled => v1::ReplayState::Cancelled,
        ReplayState::Failed => v1::ReplayState::Failed,
    }
}
