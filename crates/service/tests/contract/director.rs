//! Work over several services, over the wire.

use god33_proto::v1::director_service_client::DirectorServiceClient;
use god33_proto::v1::handoff_service_client::HandoffServiceClient;
use god33_proto::v1::*;
use prost_types::{Struct, Value, value::Kind};
use tonic::transport::Channel;
use tonic::{Code, Status};

use crate::build::*;
use crate::common::{TestServer, until, within};
use crate::team::{session, taken};

type Director = DirectorServiceClient<Channel>;

async fn stage() -> (TestServer, Director) {
    let server = TestServer::start().await;
    let director = Director::new(server.channel().await);
    (server, director)
}

fn service(name: &str, depends_on: &[&str]) -> ServiceSpec {
    ServiceSpec {
        service: name.into(),
        agent: format!("letta-{name}-dev"),
        depends_on: depends_on.iter().map(|needed| (*needed).to_owned()).collect(),
        ..ServiceSpec::default()
    }
}

async fn create(director: &mut Director, services: Vec<ServiceSpec>) -> CrossServiceTask {
    let task = CrossServiceTaskCreated { goal: "standardize".into(), services, ..Default::default() };
    let request = CreateCrossServiceTaskRequest { task: Some(task), ..Default::default() };
    director.create_cross_service_task(request).await.unwrap().into_inner().task.unwrap()
}

async fn delegate(director: &mut Director, task_id: &str, service: &str) -> Result<Delegation, Status> {
    let delegation = ServiceDelegationRequested {
        from_agent: "director-of-engineering".into(),
        to_agent: format!("letta-{service}-dev"),
        service: service.into(),
        // An id is the same in either spelling.
        task_id: task_id.to_uppercase(),
        ..Default::default()
    };
    let request = DelegateServiceRequest { delegation: Some(delegation), ..Default::default() };
    director.delegate_service(request).await.map(|answer| answer.into_inner().delegation.unwrap())
}

async fn deliver(director: &mut Director, delegation_id: &str) -> CompleteDelegationResponse {
    let artifact = Artifact { path: "mise.toml".into(), status: "created".into(), ..Default::default() };
    let result = TaskCompleted { artifacts: vec![artifact], summary: "done".into(), ..Default::default() };
    let request =
        CompleteDelegationRequest { delegation_id: delegation_id.into(), result: Some(result), ..Default::default() };
    director.complete_delegation(request).await.unwrap().into_inner()
}

async fn read(director: &mut Director, task_id: &str) -> CrossServiceTask {
    let request = GetCrossServiceTaskRequest { task_id: task_id.into(), min_position: 0 };
    director.get_cross_service_task(request).await.unwrap().into_inner().task.unwrap()
}

fn work<'t>(task: &'t CrossServiceTask, service: &str) -> &'t ServiceWork {
    task.services.iter().find(|work| work.service == service).unwrap()
}

fn tasks(names: &[&str]) -> Struct {
    let task = |name: &&str| ((*name).to_owned(), Value { kind: Some(Kind::StringValue(format!("{name} it"))) });
    Struct { fields: names.iter().map(task).collect() }
}

#[tokio::test]
async fn services_are_standardised_checked_and_done() {
    let (server, mut director) = stage().await;
    let task = create(&mut director, vec![service("ui", &["api"]), service("api", &[])]).await;
    assert_eq!(task.state(), CrossServiceTaskState::Active);
    let named: Vec<&str> = task.services.iter().map(|work| work.service.as_str()).collect();
    assert_eq!(named, ["api", "ui"]);
    let task_id = task.task_id.clone();

    let standardization = MiseStandardizationRequested {
        orchestrator: "mise-architect".into(),
        target_services: vec!["api".into(), "ui".into()],
        task_id: task_id.clone(),
        ..Default::default()
    };
    let request = RequestMiseStandardizationRequest { standardization: Some(standardization), ..Default::default() };
    let asked = director.request_mise_standardization(request).await.unwrap().into_inner();
    let pattern = MisePatternDefined {
        standard_tasks: Some(tasks(&["build", "test", "deploy", "lint"])),
        from_agent: "mise-architect".into(),
        ..Default::default()
    };
    let context = EventContext { correlation_ids: asked.event_ids, ..Default::default() };
    let request = DefineMisePatternRequest { pattern: Some(pattern), context: Some(context), ..Default::default() };
    let pattern = director.define_mise_pattern(request).await.unwrap().into_inner().pattern.unwrap();
    assert_eq!(pattern.standard_tasks.unwrap().fields.len(), 4);
    assert_eq!(read(&mut director, &task_id).await.pattern_id, pattern.pattern_id);

    let delegation = delegate(&mut director, &task_id, "api").await.unwrap();
    assert_eq!((delegation.state(), delegation.task_id.as_str()), (ServiceWorkState::Delegated, task_id.as_str()));
    assert_eq!(delegation.pattern_reference, pattern.event_id);
    let done = deliver(&mut director, &delegation.delegation_id).await;
    assert_eq!(done.delegation.unwrap().artifacts[0].path, "mise.toml");
    assert_eq!(done.event_ids.len(), 2, "what waited for it is given out at once");
    let task = read(&mut director, &task_id).await;
    assert_eq!(
        (work(&task, "api").state(), work(&task, "ui").state()),
        (ServiceWorkState::Completed, ServiceWorkState::Delegated)
    );
    deliver(&mut director, &work(&task, "ui").delegation_id).await;

    let validation = MiseValidationRequested { task_id: task_id.clone(), ..Default::default() };
    let request = RequestMiseValidationRequest { validation: Some(validation), ..Default::default() };
    let validating = director.request_mise_validation(request).await.unwrap().into_inner().task.unwrap();
    assert_eq!(validating.state(), CrossServiceTaskState::Validating);
    let validation = MiseValidationCompleted { task_id: task_id.clone(), passed: Some(true), ..Default::default() };
    let request = RecordMiseValidationRequest { validation: Some(validation), ..Default::default() };
    let checked = director.record_mise_validation(request).await.unwrap().into_inner().task.unwrap();
    assert_eq!(checked.validation.unwrap().passed, Some(true));
    let request =
        CompleteCrossServiceTaskRequest { task_id: task_id.clone(), summary: "all".into(), ..Default::default() };
    let completed = director.complete_cross_service_task(request).await.unwrap().into_inner();
    let task = completed.task.unwrap();
    assert_eq!(
        (task.state(), task.outcome.as_str(), task.summary.as_str()),
        (CrossServiceTaskState::Completed, "success", "all")
    );
    assert!(task.completed_at.is_some());
    let request = GetCrossServiceTaskRequest { task_id, min_position: completed.position };
    let read = director.get_cross_service_task(request).await.unwrap().into_inner();
    assert_eq!((read.task.unwrap(), read.position), (task, completed.position));
    server.stop().await;
}

#[tokio::test]
async fn an_agent_takes_a_delegation_as_a_handoff_and_the_server_starts_what_waited_for_it() {
    let (server, mut director) = stage().await;
    let mut events = Events::new(server.channel().await);
    let mut handoffs = HandoffServiceClient::new(server.channel().await);
    let task = create(&mut director, vec![service("api", &[]), service("ui", &["api"])]).await;
    let delegation = delegate(&mut director, &task.task_id, "api").await.unwrap();
    let request = GetHandoffRequest { handoff_id: delegation.delegation_id.clone(), min_position: 0 };
    let handoff = handoffs.get_handoff(request).await.unwrap().into_inner().handoff.unwrap();
    assert_eq!((handoff.state(), handoff.to_agent.as_str()), (HandoffState::Offered, "letta-api-dev"));
    // An agent that only speaks over the bus delivers.
    let completed = EventEnvelope {
        correlation_ids: vec![delegation.requested_event_id.clone()],
        ..event("agent.letta.task.completed", r#"{"summary":"done"}"#)
    };
    record(&mut events, [completed.clone()]).await;
    until("the next service is given out", || async {
        work(&read(&mut director.clone(), &task.task_id).await, "ui").state() == ServiceWorkState::Delegated
    })
    .await;
    let task = read(&mut director, &task.task_id).await;
    assert_eq!(work(&task, "api").completed_event_id, completed.event_id);
    let request = GetHandoffRequest { handoff_id: work(&task, "ui").delegation_id.clone(), min_position: 0 };
    let handoff = handoffs.get_handoff(request).await.unwrap().into_inner().handoff.unwrap();
    assert_eq!(handoff.to_agent, "letta-ui-dev");
    server.stop().await;
}

#[tokio::test]
async fn a_task_fails_at_its_deadline() {
    let (server, mut director) = stage().await;
    let soon = std::time::SystemTime::now() + std::time::Duration::from_millis(300);
    let task = CrossServiceTaskCreated {
        services: vec![service("api", &[])],
        deadline: Some(soon.into()),
        ..Default::default()
    };
    let request = CreateCrossServiceTaskRequest { task: Some(task), ..Default::default() };
    let task = director.create_cross_service_task(request).await.unwrap().into_inner().task.unwrap();
    until("the task fails", || async {
        read(&mut director.clone(), &task.task_id).await.state() == CrossServiceTaskState::Failed
    })
    .await;
    assert_eq!(read(&mut director, &task.task_id).await.summary, "deadline");
    server.stop().await;
}

#[tokio::test]
async fn a_watch_shows_a_task_after_each_change() {
    let (server, mut director) = stage().await;
    let task = create(&mut director, vec![service("api", &[])]).await;
    let request = WatchCrossServiceTaskRequest { task_id: task.task_id.clone(), min_position: 0 };
    let mut changes = director.watch_cross_service_task(request).await.unwrap().into_inner();
    let first = within(changes.message()).await.unwrap().unwrap();
    assert_eq!((first.task.unwrap(), first.event), (task.clone(), None));
    let delegation = delegate(&mut director, &task.task_id, "api").await.unwrap();
    let change = within(changes.message()).await.unwrap().unwrap();
    assert_eq!(work(&change.task.unwrap(), "api").state(), ServiceWorkState::Delegated);
    let request = FailDelegationRequest {
        delegation_id: delegation.delegation_id.clone(),
        failure_reason: "no idea".into(),
        ..Default::default()
    };
    let failed = director.fail_delegation(request).await.unwrap().into_inner().delegation.unwrap();
    assert_eq!((failed.state(), failed.summary.as_str()), (ServiceWorkState::Failed, "no idea"));
    let change = within(changes.message()).await.unwrap().unwrap();
    assert_eq!(work(&change.task.unwrap(), "api").state(), ServiceWorkState::Failed);
    let event = change.event.unwrap();
    assert_eq!(event.position, change.position);
    assert_eq!(event.envelope.unwrap().event_type, "director.service.delegation.failed");
    let unknown = WatchCrossServiceTaskRequest { task_id: id(), min_position: 0 };
    let refused = director.watch_cross_service_task(unknown).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::NotFound, "TASK_NOT_FOUND"));
    server.stop().await;
}

#[tokio::test]
async fn tasks_delegations_and_patterns_are_listed() {
    let (server, mut director) = stage().await;
    let first = create(&mut director, vec![service("api", &[])]).await;
    let second = create(&mut director, vec![service("ui", &[])]).await;
    let delegation = delegate(&mut director, &second.task_id, "ui").await.unwrap();
    let cancelled = CancelCrossServiceTaskRequest { task_id: first.task_id.clone(), ..Default::default() };
    let cancelled = director.cancel_cross_service_task(cancelled).await.unwrap().into_inner().task.unwrap();
    assert_eq!(cancelled.state(), CrossServiceTaskState::Cancelled);

    let listed = async |request: ListCrossServiceTasksRequest| {
        let answer = director.clone().list_cross_service_tasks(request).await.unwrap().into_inner();
        let ids: Vec<String> = answer.tasks.into_iter().map(|task| task.task_id).collect();
        (ids, answer.next_page_token)
    };
    let (all, _) = listed(ListCrossServiceTasksRequest::default()).await;
    assert_eq!(all, [second.task_id.clone(), first.task_id.clone()]);
    let active = vec![CrossServiceTaskState::Active.into()];
    let (active, _) = listed(ListCrossServiceTasksRequest { states: active, ..Default::default() }).await;
    assert_eq!(active, std::slice::from_ref(&second.task_id));
    let (of_api, _) = listed(ListCrossServiceTasksRequest { service: "api".into(), ..Default::default() }).await;
    assert_eq!(of_api, std::slice::from_ref(&first.task_id));
    let (page, token) = listed(ListCrossServiceTasksRequest { page_size: 1, ..Default::default() }).await;
    assert_eq!(page, std::slice::from_ref(&second.task_id));
    let (page, token) =
        listed(ListCrossServiceTasksRequest { page_size: 1, page_token: token, ..Default::default() }).await;
    assert_eq!((page, token.as_str()), (vec![first.task_id.clone()], ""));

    for (request, expected) in [
        (ListDelegationsRequest { task_id: second.task_id.clone(), ..Default::default() }, 1),
        (ListDelegationsRequest { to_agent: "letta-ui-dev".into(), ..Default::default() }, 1),
        (ListDelegationsRequest { service: "api".into(), ..Default::default() }, 0),
        (ListDelegationsRequest { states: vec![ServiceWorkState::Completed.into()], ..Default::default() }, 0),
        (ListDelegationsRequest { states: vec![ServiceWorkState::Delegated.into()], ..Default::default() }, 1),
    ] {
        let found = director.list_delegations(request.clone()).await.unwrap().into_inner().delegations;
        assert_eq!(found.len(), expected, "{request:?}");
        assert!(found.iter().all(|found| *found == delegation));
    }

    let request = GetDelegationRequest { delegation_id: delegation.delegation_id.to_uppercase(), min_position: 0 };
    let read = director.get_delegation(request).await.unwrap().into_inner();
    assert!(read.position >= delegation.position);
    assert_eq!(read.delegation.unwrap(), delegation);

    let pattern_id = id();
    let pattern = MisePatternDefined {
        pattern_id: pattern_id.clone(),
        standard_tasks: Some(tasks(&["build"])),
        ..Default::default()
    };
    let request = DefineMisePatternRequest { pattern: Some(pattern), ..Default::default() };
    let pattern = director.define_mise_pattern(request).await.unwrap().into_inner().pattern.unwrap();
    for name in [pattern_id, pattern.event_id.clone()] {
        let request = GetMisePatternRequest { pattern_id: name, min_position: 0 };
        assert_eq!(director.get_mise_pattern(request).await.unwrap().into_inner().pattern.unwrap(), pattern);
    }
    let patterns = director.list_mise_patterns(ListMisePatternsRequest::default()).await.unwrap().into_inner();
    assert_eq!(patterns.patterns, [pattern]);
    server.stop().await;
}

#[tokio::test]
async fn a_repeat_gets_the_first_answer() {
    let (server, mut director) = stage().await;
    let task = CrossServiceTaskCreated { services: vec![service("api", &[])], ..Default::default() };
    let request = CreateCrossServiceTaskRequest { request_id: id(), task: Some(task), ..Default::default() };
    let first = director.create_cross_service_task(request.clone()).await.unwrap().into_inner();
    assert_eq!(director.create_cross_service_task(request).await.unwrap().into_inner(), first);
    server.stop().await;
}

#[tokio::test]
async fn what_is_refused_says_why() {
    let (server, mut director) = stage().await;
    let task = create(&mut director, vec![service("api", &[]), service("ui", &["api"])]).await;
    let refused = delegate(&mut director, &task.task_id, "ui").await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::FailedPrecondition, "DEPENDENCY_NOT_DONE"));
    let refused = delegate(&mut director, &id(), "ui").await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::NotFound, "TASK_NOT_FOUND"));

    let again = CrossServiceTaskCreated {
        task_id: task.task_id.clone(),
        services: vec![service("api", &[])],
        ..Default::default()
    };
    let cycle =
        CrossServiceTaskCreated { services: vec![service("a", &["b"]), service("b", &["a"])], ..Default::default() };
    let nothing = CrossServiceTaskCreated::default();
    let late = CrossServiceTaskCreated {
        services: vec![service("a", &[])],
        deadline: Some(prost_types::Timestamp { seconds: 1, nanos: 0 }),
        ..Default::default()
    };
    for (task, code, wanted) in [
        (again, Code::AlreadyExists, "TASK_EXISTS"),
        (cycle, Code::InvalidArgument, "INVALID_DEPENDENCY"),
        (nothing, Code::InvalidArgument, "INVALID_FIELD"),
        (late, Code::InvalidArgument, "DEADLINE_IN_PAST"),
    ] {
        let request = CreateCrossServiceTaskRequest { task: Some(task), ..Default::default() };
        let refused = director.create_cross_service_task(request).await.unwrap_err();
        assert_eq!((refused.code(), reason(&refused).as_str()), (code, wanted), "{refused:?}");
    }

    let validation = MiseValidationRequested { task_id: task.task_id.clone(), ..Default::default() };
    let request = RequestMiseValidationRequest { validation: Some(validation), ..Default::default() };
    let refused = director.request_mise_validation(request).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::FailedPrecondition, "RESULTS_MISSING"));
    let request =
        CompleteDelegationRequest { delegation_id: id(), result: Some(TaskCompleted::default()), ..Default::default() };
    let refused = director.complete_delegation(request).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::NotFound, "DELEGATION_NOT_FOUND"));
    let request = GetDelegationRequest { delegation_id: id(), min_position: 0 };
    let refused = director.get_delegation(request).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::NotFound, "DELEGATION_NOT_FOUND"));
    let request = GetMisePatternRequest { pattern_id: id(), min_position: 0 };
    let refused = director.get_mise_pattern(request).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::NotFound, "PATTERN_NOT_FOUND"));
    let request = FailCrossServiceTaskRequest {
        task_id: task.task_id.clone(),
        failure_reason: "out of money".into(),
        ..Default::default()
    };
    let failed = director.fail_cross_service_task(request.clone()).await.unwrap().into_inner().task.unwrap();
    assert_eq!((failed.state(), failed.summary.as_str()), (CrossServiceTaskState::Failed, "out of money"));
    let refused = director.fail_cross_service_task(request).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::FailedPrecondition, "WRONG_STATE"));
    server.stop().await;
}

#[tokio::test]
async fn a_session_delivers_only_what_it_holds() {
    let (server, mut director) = stage().await;
    let mut events = Events::new(server.channel().await);
    let mut handoffs = HandoffServiceClient::new(server.channel().await);
    let holder = session(&mut events, "letta-api-dev", "one", 60.0).await;
    let other = session(&mut events, "letta-api-dev", "two", 60.0).await;
    let task = create(&mut director, vec![service("api", &[])]).await;
    let delegation_id = delegate(&mut director, &task.task_id, "api").await.unwrap().delegation_id;
    taken(&mut handoffs, &delegation_id, &holder).await;
    let by = |session: &str| {
        let result = TaskCompleted { session_id: session.into(), ..Default::default() };
        CompleteDelegationRequest { delegation_id: delegation_id.clone(), result: Some(result), ..Default::default() }
    };
    let before = head(&mut events).await;
    let refused = director.complete_delegation(by(&other)).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::FailedPrecondition, "LEASE_LOST"));
    assert_eq!((detail(&refused, "holder"), detail(&refused, "fencing_token")), (holder.clone(), "1".into()));
    assert_eq!(head(&mut events).await, before, "a refusal changes nothing");
    let done = director.complete_delegation(by(&holder)).await.unwrap().into_inner().delegation.unwrap();
    assert_eq!(done.state(), ServiceWorkState::Completed);
    server.stop().await;
}

#[tokio::test]
async fn everything_that_is_wrong_with_a_request_is_named() {
    let (server, mut director) = stage().await;
    let delegation = ServiceDelegationRequested { task_id: "t".into(), ..Default::default() };
    let request = DelegateServiceRequest { request_id: "r".into(), delegation: Some(delegation), ..Default::default() };
    let refused = director.delegate_service(request).await.unwrap_err();
    let mut named: Vec<String> = fields(&refused).into_iter().map(|(field, _)| field).collect();
    named.sort();
    assert_eq!(named, ["delegation.service", "delegation.task_id", "delegation.to_agent", "request_id"]);

    let refused = director.create_cross_service_task(CreateCrossServiceTaskRequest::default()).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_FIELD", "task");
    let refused = director.define_mise_pattern(DefineMisePatternRequest::default()).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_FIELD", "pattern");
    let refused = director.fail_delegation(FailDelegationRequest::default()).await.unwrap_err();
    let named: Vec<String> = fields(&refused).into_iter().map(|(field, _)| field).collect();
    assert_eq!(named, ["delegation_id", "failure_reason"]);
    let request = ListDelegationsRequest { states: vec![0, 99], ..Default::default() };
    let refused = director.list_delegations(request).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_FIELD", "states[1]");
    let validation = MiseValidationCompleted::default();
    let request = RecordMiseValidationRequest { validation: Some(validation), ..Default::default() };
    let refused = director.record_mise_validation(request).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_FIELD", "validation.passed");
    server.stop().await;
}
