use std::time::Duration;

use proptest::prelude::*;

use super::pace::{Pace, Pacer, is_pace, least_duration};
use super::*;
use crate::TypePattern;

fn at(micros: i64) -> Timestamp {
    Timestamp::from_micros(1_800_000_000_000_000 + micros)
}

fn spec(target: ReplayTarget) -> ReplaySpec {
    let types = vec![TypePattern::parse("agent.*").unwrap()];
    let filter = EventFilter { types, since: Some(at(0)), ..EventFilter::default() };
    let range = ReplayRange { filter, after: Position::new(3), until: Position::new(9) };
    ReplaySpec { range, target, pace: Pace::Speed(2.5), allow_live_exchange: false }
}

fn replay(state: ReplayState) -> Replay {
    let begun = Replay::begin(ReplayId::generate(), spec(ReplayTarget::Stream), 4, "me".into(), at(0));
    Replay { state, ..begun }
}

const STATES: [ReplayState; 5] =
    [ReplayState::Running, ReplayState::Paused, ReplayState::Completed, ReplayState::Cancelled, ReplayState::Failed];

/// What a step makes of a replay in each of the states; `None` where it is refused.
fn table(step: impl Fn(Replay) -> Result<Replay, ReplayRefusal>) -> [Option<ReplayState>; 5] {
    STATES.map(|state| match step(replay(state)) {
        Ok(changed) => {
            assert_eq!(changed.version, 2);
            Some(changed.state)
        }
        Err(refusal) => {
            let in_turn = matches!(&refusal, ReplayRefusal::WrongState { state: found, allowed, .. }
                if *found == state && !allowed.contains(&state.as_str()));
            assert!(in_turn, "{refusal}");
            None
        }
    })
}

#[test]
fn every_step_is_taken_from_its_states_and_refused_in_the_others() {
    use ReplayState::{Cancelled, Paused, Running};
    assert_eq!(table(Replay::pause), [Some(Paused), None, None, None, None]);
    assert_eq!(table(Replay::resume), [None, Some(Running), None, None, None]);
    assert_eq!(table(|replay| replay.cancel(at(1))), [Some(Cancelled), Some(Cancelled), None, None, None]);
    assert_eq!(
        table(|replay| replay.stream_by(Uuid::new_v4())),
        [Some(Running), Some(Paused), None, None, None],
        "a paused one can be opened, and waits"
    );
}

#[test]
fn only_a_stream_is_streamed() {
    for target in [ReplayTarget::Exchange("e".into()), ReplayTarget::Subscription("s".into())] {
        let replay = Replay { spec: spec(target), ..replay(ReplayState::Running) };
        assert!(matches!(replay.stream_by(Uuid::new_v4()), Err(ReplayRefusal::NotAStream(..))));
    }
}

#[test]
fn progress_goes_forward_only_and_the_total_is_never_less_than_what_was_delivered() {
    let progress = |position, delivered| ReplayProgress {
        position: Position::new(position),
        delivered,
        reached: Some(at(position as i64)),
    };
    let replay = replay(ReplayState::Running).progressed(progress(6, 5));
    assert_eq!((replay.position, replay.delivered, replay.total, replay.version), (Position::new(6), 5, 5, 2));
    assert_eq!(replay.clone().progressed(progress(5, 1)), replay);
    let done = replay.complete(at(7));
    assert_eq!((done.position, done.state, done.ended_at), (Position::new(9), ReplayState::Completed, Some(at(7))));
}

#[test]
fn a_replay_comes_back_whole_from_json() {
    let mut replay = replay(ReplayState::Running).fail("why".into(), at(5));
    for pace in [Pace::Unlimited, Pace::Rate(0.1), Pace::Speed(1e-9)] {
        replay.spec.pace = pace;
        let json = serde_json::to_string(&replay).unwrap();
        assert_eq!(serde_json::from_str::<Replay>(&json).unwrap(), replay);
    }
}

#[test]
fn the_original_spacing_is_kept_and_a_factor_divides_it() {
    for (speed, second, third) in [(1.0, 2_000, 5_000), (10.0, 200, 500), (0.5, 4_000, 10_000)] {
        let mut pacer = Pacer::new(Pace::Speed(speed), None);
        let mut due = |micros| {
            let due = pacer.due(at(micros));
            pacer.delivered(at(micros), due);
            due.as_millis()
        };
        assert_eq!((due(0), due(2_000_000), due(5_000_000)), (0, second, third));
    }
}

#[test]
fn a_pause_in_a_long_gap_leaves_the_rest_of_it() {
    let mut pacer = Pacer::new(Pace::Speed(10.0), None);
    pacer.delivered(at(0), Duration::ZERO);
    let next = at(3_600_000_000);
    assert_eq!(pacer.due(next), Duration::from_secs(360));
    let reached = pacer.reached(Duration::from_secs(100), Some(next));
    let pacer = Pacer::new(Pace::Speed(10.0), reached);
    assert_eq!(pacer.due(next), Duration::from_secs(260));
}

#[test]
fn a_target_that_was_away_does_not_get_what_it_missed_at_once() {
    for pace in [Pace::Rate(100.0), Pace::Speed(1.0)] {
        let mut pacer = Pacer::new(pace, None);
        let away = Duration::from_secs(3_600);
        pacer.delivered(at(0), Duration::ZERO);
        let reached = pacer.reached(away, Some(at(10_000)));
        assert!(reached <= Some(at(10_000)), "what has not gone out is not behind it: {reached:?}");
        pacer.delivered(at(10_000), away);
        let burst = (2..).take_while(|n| {
            let due = pacer.due(at(n * 10_000));
            pacer.delivered(at(n * 10_000), away.max(due));
            due <= away
        });
        assert!(burst.count() <= 11, "a tenth of a second's worth at most");
    }
}

#[test]
fn the_least_duration_is_that_of_the_gaps() {
    let end = |position, micros| ReplayEnd { position: Position::new(position), recorded_at: at(micros) };
    let survey = ReplaySurvey {
        by_type: vec![(EventType::parse("a.b", 255).unwrap(), 11)],
        ends: Some((end(1, 0), end(20, 30_000_000))),
    };
    assert_eq!(least_duration(Pace::Unlimited, &survey), None);
    assert_eq!(least_duration(Pace::Speed(3.0), &survey), Some(Duration::from_secs(10)));
    assert_eq!(least_duration(Pace::Rate(5.0), &survey), Some(Duration::from_secs(2)));
    for pace in [Pace::Speed(1.0), Pace::Rate(1.0)] {
        assert_eq!(least_duration(pace, &ReplaySurvey::default()), Some(Duration::ZERO));
    }
}

#[test]
fn a_pace_is_a_finite_number_above_0() {
    assert!(is_pace(0.001) && is_pace(f64::MAX) && is_pace(f64::MIN_POSITIVE));
    for number in [0.0, -0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert!(!is_pace(number), "{number}");
    }
}

proptest! {
    #[test]
    fn no_numbers_make_the_pacer_panic_or_go_back(
        number in prop_oneof![any::<f64>().prop_filter("a pace", |n| is_pace(*n)), 1e-3..1e6],
        by_rate: bool,
        gaps in proptest::collection::vec(0..400_000_000_000_000_000_i64, 1..20),
        late in proptest::collection::vec(0..u64::MAX / 4, 20),
    ) {
        let mut pacer = Pacer::new(if by_rate { Pace::Rate(number) } else { Pace::Speed(number) }, None);
        let (mut time, mut last, mut now) = (-200_000_000_000_000_000, Duration::ZERO, Duration::ZERO);
        for (gap, late) in gaps.into_iter().zip(late) {
            time += gap;
            let recorded_at = Timestamp::from_micros(time);
            let due = pacer.due(recorded_at);
            prop_assert!(due >= last);
            now = now.max(due).saturating_add(Duration::from_micros(late));
            let before = pacer.reached(now, Some(recorded_at));
            prop_assert!(before <= Some(recorded_at));
            pacer.delivered(recorded_at, now);
            last = due;
        }
    }

    #[test]
    fn a_run_in_two_parts_takes_as_long_as_in_one(gaps in proptest::collection::vec(0..5_000_000_i64, 2..20), cut in 0..20_usize, wait in 0..5_000_000_u64) {
        let times: Vec<i64> = gaps.iter().scan(0, |sum, gap| { *sum += gap; Some(*sum) }).collect();
        let cut = cut % (times.len() - 1);
        let whole = Duration::from_micros((times[times.len() - 1] - times[0]).unsigned_abs());
        let mut first = Pacer::new(Pace::Speed(1.0), None);
        let mut now = Duration::ZERO;
        for time in &times[..=cut] {
            now = first.due(at(*time));
            first.delivered(at(*time), now);
        }
        // It is interrupted somewhere in the next gap.
        now = (now + Duration::from_micros(wait)).min(first.due(at(times[cut + 1])));
        let mut second = Pacer::new(Pace::Speed(1.0), first.reached(now, Some(at(times[cut + 1]))));
        let mut rest = Duration::ZERO;
        for time in &times[cut + 1..] {
            rest = second.due(at(*time));
            second.delivered(at(*time), rest);
        }
        let taken = now + rest;
        prop_assert!(taken.abs_diff(whole) <= Duration::from_micros(times.len() as u64), "{taken:?} {whole:?}");
    }
}
