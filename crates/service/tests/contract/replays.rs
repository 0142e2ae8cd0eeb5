//! Replays over a real connection. Those to an exchange are tested with RabbitMQ, end to end.

use god33_proto::v1::replay_spec::{Pace, Target};
use god33_proto::v1::*;
use tonic::{Code, Status, Streaming};

use crate::build::*;
use crate::common::{until, within};

fn to_stream() -> ReplaySpec {
    ReplaySpec { target: Some(Target::Stream(true)), ..ReplaySpec::default() }
}

fn of_types(types: &[&str]) -> ReplaySpec {
    let event_types = types.iter().map(|name| (*name).to_owned()).collect();
    ReplaySpec { filter: Some(EventFilter { event_types, ..EventFilter::default() }), ..to_stream() }
}

async fn plan(client: &mut Events, spec: ReplaySpec) -> PlanReplayResponse {
    client.plan_replay(PlanReplayRequest { spec: Some(spec), min_position: 0 }).await.unwrap().into_inner()
}

async fn try_start(client: &mut Events, spec: ReplaySpec) -> Result<Replay, Status> {
    let request = StartReplayRequest { request_id: String::new(), spec: Some(spec) };
    Ok(client.start_replay(request).await?.into_inner().replay.unwrap())
}

async fn start(client: &mut Events, spec: ReplaySpec) -> Replay {
    try_start(client, spec).await.unwrap()
}

async fn get(client: &mut Events, id: &str) -> Replay {
    let request = GetReplayRequest { replay_id: id.into() };
    client.get_replay(request).await.unwrap().into_inner().replay.unwrap()
}

async fn pause(client: &mut Events, id: &str) -> Result<Replay, Status> {
    let request = PauseReplayRequest { request_id: String::new(), replay_id: id.into() };
    Ok(client.pause_replay(request).await?.into_inner().replay.unwrap())
}

async fn resume(client: &mut Events, id: &str) -> Result<Replay, Status> {
    let request = ResumeReplayRequest { request_id: String::new(), replay_id: id.into() };
    Ok(client.resume_replay(request).await?.into_inner().replay.unwrap())
}

async fn cancel(client: &mut Events, id: &str) -> Result<Replay, Status> {
    let request = CancelReplayRequest { request_id: String::new(), replay_id: id.into() };
    Ok(client.cancel_replay(request).await?.into_inner().replay.unwrap())
}

async fn stream(client: &mut Events, id: &str) -> Streaming<StreamReplayResponse> {
    let request = StreamReplayRequest { replay_id: id.into() };
    client.stream_replay(request).await.unwrap().into_inner()
}

async fn next(stream: &mut Streaming<StreamReplayResponse>) -> StreamReplayResponse {
    within(stream.message()).await.unwrap().expect("a message")
}

/// The events up to the last message, and that.
async fn all(stream: &mut Streaming<StreamReplayResponse>) -> (Vec<RecordedEvent>, Replay) {
    let mut events = Vec::new();
    loop {
        let message = next(stream).await;
        match message.event {
            Some(event) => events.push(event),
            None => {
                let ended = message.replay.unwrap();
                assert!(within(stream.message()).await.unwrap().is_none(), "nothing follows the last message");
                return (events, ended);
            }
        }
    }
}

#[tokio::test]
async fn a_plan_says_what_would_be_delivered_and_delivers_nothing() {
    let (_server, mut client) = world().await;
    let types = ["a.one", "a.two", "b.one", "a.one"];
    record(&mut client, types.map(|name| event(name, "1"))).await;
    let everything = plan(&mut client, to_stream()).await;
    assert_eq!((everything.total, everything.first_position, everything.last_position), (4, 1, 4));
    assert_eq!(
        everything.count_by_event_type,
        [("a.one", 2), ("a.two", 1), ("b.one", 1)].map(|(n, c)| (n.into(), c)).into()
    );
    assert_eq!(everything.estimated_duration, None, "the stream says how fast");
    let spec = ReplaySpec { after_position: 1, pace: Some(Pace::EventsPerSecond(0.5)), ..of_types(&["a.*"]) };
    let some = plan(&mut client, spec).await;
    assert_eq!((some.total, some.first_position, some.last_position), (2, 2, 4));
    assert_eq!(some.estimated_duration.unwrap().seconds, 2, "one gap of two seconds");
    let none = plan(&mut client, ReplaySpec { pace: Some(Pace::Speed(1.0)), ..of_types(&["c.#"]) }).await;
    assert_eq!((none.total, none.first_position, none.last_position), (0, 0, 0));
    assert_eq!(none.estimated_duration, Some(prost_types::Duration::default()));
    let list = client.list_replays(ListReplaysRequest::default()).await.unwrap().into_inner();
    assert!(list.replays.is_empty());
    let late = PlanReplayRequest { spec: Some(to_stream()), min_position: 5 };
    let refused = client.plan_replay(late).await.unwrap_err();
    assert_eq!(reason(&refused), "MIN_POSITION_TIMEOUT");
}

#[tokio::test]
async fn a_stream_gets_the_range_once_in_order_and_then_how_it_ended() {
    let (_server, mut client) = world().await;
    record(&mut client, (0..300).map(|n| event(if n % 3 == 0 { "a.b" } else { "x.y" }, &n.to_string()))).await;
    let spec = ReplaySpec { after_position: 10, until_position: 290, ..of_types(&["x.*"]) };
    let replay = start(&mut client, spec.clone()).await;
    // What is recorded after the start is not part of it.
    record(&mut client, [event("x.y", "1")]).await;
    assert_eq!((replay.state(), replay.delivered, replay.started_by.as_str()), (ReplayState::Running, 0, "anonymous"));
    assert_eq!(replay.spec.clone().unwrap(), spec);
    let mut stream = stream(&mut client, &replay.replay_id).await;
    let first = next(&mut stream).await;
    let (event, standing) = (first.event.unwrap(), first.replay.unwrap());
    assert_eq!((standing.position, standing.delivered, standing.total), (event.position, 1, replay.total));
    let (events, ended) = all(&mut stream).await;
    let wanted: Vec<u64> = (11..=290).filter(|position| (position - 1) % 3 != 0).collect();
    assert_eq!([vec![event.position], positions(&events)].concat(), wanted);
    assert_eq!(
        (ended.state(), ended.delivered, ended.total, ended.position),
        (ReplayState::Completed, wanted.len() as u64, wanted.len() as u64, 290)
    );
    assert!(ended.ended_at.is_some());
    assert_eq!(get(&mut client, &replay.replay_id).await, ended);
    let read = client.get_event(GetEventRequest {
        event_id: event.envelope.clone().unwrap().event_id,
        ..GetEventRequest::default()
    });
    assert_eq!(read.await.unwrap().into_inner().event.unwrap(), event, "the envelope is as it was recorded");
}

#[tokio::test]
async fn a_replay_of_nothing_completes() {
    let (_server, mut client) = world().await;
    let replay = start(&mut client, to_stream()).await;
    assert_eq!(replay.total, 0);
    let (events, ended) = all(&mut stream(&mut client, &replay.replay_id).await).await;
    assert_eq!((events.len(), ended.state()), (0, ReplayState::Completed));
}

#[tokio::test]
async fn a_paused_stream_halts_and_goes_on_without_a_gap() {
    let (_server, mut client) = world().await;
    record(&mut client, (0..60).map(|_| event("a.b", "1"))).await;
    let spec = ReplaySpec { pace: Some(Pace::EventsPerSecond(50.0)), ..to_stream() };
    let id = start(&mut client, spec).await.replay_id;
    let mut events = stream(&mut client, &id).await;
    let first = next(&mut events).await.event.unwrap();
    assert_eq!(first.position, 1);
    assert_eq!(pause(&mut client, &id).await.unwrap().state(), ReplayState::Paused);
    // What is on its way when it halts still arrives; then it stands where it is.
    until("it halts", || {
        let (mut client, id) = (client.clone(), id.clone());
        async move { get(&mut client, &id).await.delivered > 0 }
    })
    .await;
    let halted = get(&mut client, &id).await;
    assert!(halted.delivered < 60, "{halted:?}");
    assert_eq!(resume(&mut client, &id).await.unwrap().state(), ReplayState::Running);
    let (rest, ended) = all(&mut events).await;
    assert_eq!(positions(&rest), (2..=60).collect::<Vec<_>>());
    assert_eq!(ended.delivered, 60);
}

#[tokio::test]
async fn a_cancelled_stream_ends_with_what_became_of_it() {
    let (_server, mut client) = world().await;
    record(&mut client, (0..10).map(|_| event("a.b", "1"))).await;
    let spec = ReplaySpec { pace: Some(Pace::EventsPerSecond(0.01)), ..to_stream() };
    let id = start(&mut client, spec).await.replay_id;
    let mut events = stream(&mut client, &id).await;
    next(&mut events).await.event.unwrap();
    let cancelled = cancel(&mut client, &id).await.unwrap();
    assert_eq!(cancelled.state(), ReplayState::Cancelled);
    let (rest, ended) = all(&mut events).await;
    assert_eq!((rest.len(), ended.state()), (0, ReplayState::Cancelled));
    assert_eq!((ended.delivered, ended.position), (1, 1), "what was delivered is kept");
}

#[tokio::test]
async fn a_replay_that_was_dropped_goes_on_in_the_next_stream_and_the_newest_stream_is_served() {
    let (_server, mut client) = world().await;
    record(&mut client, (0..20).map(|_| event("a.b", "1"))).await;
    let spec = ReplaySpec { pace: Some(Pace::EventsPerSecond(20.0)), ..to_stream() };
    let id = start(&mut client, spec).await.replay_id;
    let mut first = stream(&mut client, &id).await;
    assert_eq!(next(&mut first).await.event.unwrap().position, 1);
    drop(first);
    let mut second = stream(&mut client, &id).await;
    let seen = next(&mut second).await.event.unwrap().position;
    assert!(seen <= 2, "nothing is missing: {seen}");
    let mut third = stream(&mut client, &id).await;
    let closed = loop {
        match within(second.message()).await {
            Ok(message) => assert!(message.is_some(), "it ended without a reason"),
            Err(closed) => break closed,
        }
    };
    assert_eq!((closed.code(), reason(&closed).as_str()), (Code::Unavailable, "STREAM_CLOSED"));
    let (rest, ended) = all(&mut third).await;
    assert_eq!((ended.state(), rest.last().unwrap().position), (ReplayState::Completed, 20));
}

#[tokio::test]
async fn a_stream_of_a_server_that_stops_says_so_and_the_replay_goes_on_on_the_next() {
    let (server, mut client) = world().await;
    record(&mut client, (0..3).map(|_| event("a.b", "1"))).await;
    let spec = ReplaySpec { pace: Some(Pace::EventsPerSecond(0.01)), ..to_stream() };
    let id = start(&mut client, spec).await.replay_id;
    let mut events = stream(&mut client, &id).await;
    assert_eq!(next(&mut events).await.event.unwrap().position, 1);
    server.tell_to_stop();
    let ended = within(events.message()).await.unwrap_err();
    assert_eq!((ended.code(), reason(&ended).as_str()), (Code::Unavailable, "SHUTTING_DOWN"));
    let kept = server.store.replays(None, 1).await.unwrap();
    assert_eq!((kept[0].state.as_str(), kept[0].delivered), ("running", 1));
    server.stop().await;
}

#[tokio::test]
async fn every_step_is_refused_in_the_states_that_do_not_allow_it() {
    let (_server, mut client) = world().await;
    record(&mut client, [event("a.b", "1")]).await;
    let running = start(&mut client, to_stream()).await.replay_id;
    let paused = start(&mut client, to_stream()).await.replay_id;
    pause(&mut client, &paused).await.unwrap();
    let cancelled = start(&mut client, to_stream()).await.replay_id;
    cancel(&mut client, &cancelled).await.unwrap();
    let completed = start(&mut client, to_stream()).await.replay_id;
    all(&mut stream(&mut client, &completed).await).await;
    let open = |id: &str| StreamReplayRequest { replay_id: id.into() };
    let table = [
        (resume(&mut client, &running).await, "running", "paused"),
        (pause(&mut client, &paused).await, "paused", "running"),
        (pause(&mut client, &cancelled).await, "cancelled", "running"),
        (resume(&mut client, &cancelled).await, "cancelled", "paused"),
        (cancel(&mut client, &cancelled).await, "cancelled", "running,paused"),
        (client.stream_replay(open(&cancelled)).await.map(|_| Replay::default()), "cancelled", "running,paused"),
        (pause(&mut client, &completed).await, "completed", "running"),
        (resume(&mut client, &completed).await, "completed", "paused"),
        (cancel(&mut client, &completed).await, "completed", "running,paused"),
        (client.stream_replay(open(&completed)).await.map(|_| Replay::default()), "completed", "running,paused"),
    ];
    for (answer, state, allowed) in table {
        let refused = answer.unwrap_err();
        assert_eq!((refused.code(), reason(&refused).as_str()), (Code::FailedPrecondition, "WRONG_STATE"));
        assert_eq!((detail(&refused, "state").as_str(), detail(&refused, "allowed").as_str()), (state, allowed));
    }
}

#[tokio::test]
async fn a_replay_that_is_not_there_is_refused() {
    let (_server, mut client) = world().await;
    for unknown in [id(), "no-uuid".to_owned()] {
        let open = StreamReplayRequest { replay_id: unknown.clone() };
        let refusals = [
            client.get_replay(GetReplayRequest { replay_id: unknown.clone() }).await.map(drop).unwrap_err(),
            pause(&mut client, &unknown).await.unwrap_err(),
            resume(&mut client, &unknown).await.unwrap_err(),
            cancel(&mut client, &unknown).await.unwrap_err(),
            client.stream_replay(open).await.map(drop).unwrap_err(),
        ];
        for refused in refusals {
            assert_eq!((refused.code(), reason(&refused).as_str()), (Code::NotFound, "REPLAY_NOT_FOUND"));
            assert_eq!(detail(&refused, "id"), unknown);
        }
    }
    let refused = client.get_replay(GetReplayRequest::default()).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_FIELD", "replay_id");
}

#[tokio::test]
async fn what_cannot_be_replayed_is_refused_with_the_field_and_the_reason() {
    let (_server, mut client) = world().await;
    record(&mut client, [event("a.b", "1")]).await;
    let with = |target| ReplaySpec { target, ..ReplaySpec::default() };
    let paced = |pace| ReplaySpec { pace: Some(pace), ..to_stream() };
    let between = |after_position, until_position| ReplaySpec { after_position, until_position, ..to_stream() };
    let table = [
        (with(None), "INVALID_FIELD", "spec"),
        (with(Some(Target::Stream(false))), "INVALID_FIELD", "spec.stream"),
        (with(Some(Target::Exchange(String::new()))), "INVALID_FIELD", "spec.exchange"),
        (with(Some(Target::Exchange("a\nb".into()))), "INVALID_FIELD", "spec.exchange"),
        (with(Some(Target::Subscription(String::new()))), "INVALID_FIELD", "spec.subscription"),
        (paced(Pace::Speed(0.0)), "INVALID_FIELD", "spec.speed"),
        (paced(Pace::Speed(f64::NAN)), "INVALID_FIELD", "spec.speed"),
        (paced(Pace::EventsPerSecond(-1.0)), "INVALID_FIELD", "spec.events_per_second"),
        (paced(Pace::EventsPerSecond(f64::INFINITY)), "INVALID_FIELD", "spec.events_per_second"),
        (between(3, 3), "INVALID_FIELD", "spec.until_position"),
        (between(3, 2), "INVALID_FIELD", "spec.until_position"),
        (of_types(&["a*"]), "INVALID_FILTER", "spec.filter.event_types[0]"),
    ];
    for (spec, wanted, field) in table {
        let refused = try_start(&mut client, spec.clone()).await.unwrap_err();
        is_refused(&refused, Code::InvalidArgument, wanted, field);
        let plan = PlanReplayRequest { spec: Some(spec), min_position: 0 };
        let refused = client.plan_replay(plan).await.unwrap_err();
        is_refused(&refused, Code::InvalidArgument, wanted, field);
    }
    let nothing = client.start_replay(StartReplayRequest::default()).await.unwrap_err();
    is_refused(&nothing, Code::InvalidArgument, "INVALID_FIELD", "spec");
    let elsewhere = [
        (Target::Exchange("elsewhere".into()), "NOT_IN_THIS_MODE"),
        (Target::Exchange("bloodbank.events.v1".into()), "NOT_IN_THIS_MODE"),
        (Target::Subscription("s".into()), "NOT_IMPLEMENTED"),
    ];
    for (target, wanted) in elsewhere {
        let refused = try_start(&mut client, with(Some(target))).await.unwrap_err();
        assert_eq!((refused.code(), reason(&refused).as_str()), (Code::Unimplemented, wanted));
    }
    let list = client.list_replays(ListReplaysRequest::default()).await.unwrap().into_inner();
    assert!(list.replays.is_empty(), "what was refused is not kept");
}

#[tokio::test]
async fn a_repeat_of_a_request_gets_its_first_answer_and_another_request_under_its_id_is_refused() {
    let (_server, mut client) = world().await;
    let request = StartReplayRequest { request_id: id(), spec: Some(to_stream()) };
    let first = client.start_replay(request.clone()).await.unwrap().into_inner();
    let replay_id = first.replay.clone().unwrap().replay_id;
    pause(&mut client, &replay_id).await.unwrap();
    assert_eq!(client.start_replay(request.clone()).await.unwrap().into_inner(), first);
    let list = client.list_replays(ListReplaysRequest::default()).await.unwrap().into_inner();
    assert_eq!(list.replays.len(), 1);
    let other = StartReplayRequest { spec: Some(of_types(&["a.b"])), ..request.clone() };
    let refused = client.start_replay(other).await.unwrap_err();
    assert_eq!(reason(&refused), "REQUEST_ID_REUSED");

    let again = ResumeReplayRequest { request_id: id(), replay_id: replay_id.clone() };
    let resumed = client.resume_replay(again.clone()).await.unwrap().into_inner();
    cancel(&mut client, &replay_id).await.unwrap();
    assert_eq!(client.resume_replay(again).await.unwrap().into_inner(), resumed, "though it has ended since");
    let refused = client.pause_replay(PauseReplayRequest { request_id: request.request_id, replay_id }).await;
    assert_eq!(reason(&refused.unwrap_err()), "REQUEST_ID_REUSED");
    let refused = client.pause_replay(PauseReplayRequest { request_id: "x".into(), replay_id: id() }).await;
    is_refused(&refused.unwrap_err(), Code::InvalidArgument, "INVALID_UUID", "request_id");
}

#[tokio::test]
async fn replays_are_listed_page_by_page_the_newest_first() {
    let (_server, mut client) = world().await;
    let mut started = Vec::new();
    for _ in 0..5 {
        started.insert(0, start(&mut client, to_stream()).await);
    }
    let (mut listed, mut page_token) = (Vec::new(), String::new());
    loop {
        let request = ListReplaysRequest { page_size: 2, page_token };
        let page = client.list_replays(request).await.unwrap().into_inner();
        listed.extend(page.replays);
        page_token = page.next_page_token;
        if page_token.is_empty() {
            break;
        }
    }
    assert_eq!(listed, started);
    let refused = client.list_replays(ListReplaysRequest { page_size: 0, page_token: "x".into() }).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_PAGE_TOKEN", "page_token");
    let refused = client.list_replays(ListReplaysRequest { page_size: 1_001, page_token: String::new() }).await;
    is_refused(&refused.unwrap_err(), Code::InvalidArgument, "INVALID_PAGE_SIZE", "page_size");
}
