//! Types of agents, agents, their tasks and pools, over the wire.

use god33_proto::v1::agent_service_client::AgentServiceClient;
use god33_proto::v1::*;
use prost_types::{Struct, Value, value::Kind};
use tonic::transport::Channel;
use tonic::{Code, Status};

use crate::build::*;
use crate::common::{TestServer, within};

type Agents = AgentServiceClient<Channel>;

const TYPE: &str = "letta-python-dev";

async fn stage() -> (TestServer, Agents) {
    let server = TestServer::start().await;
    let mut agents = Agents::new(server.channel().await);
    register(&mut agents, described(TYPE)).await.unwrap();
    (server, agents)
}

fn described(agent_type: &str) -> AgentTypeRegistered {
    AgentTypeRegistered {
        agent_type: agent_type.into(),
        framework: "letta".into(),
        capabilities: vec!["python".into()],
        ..Default::default()
    }
}

async fn register(agents: &mut Agents, agent_type: AgentTypeRegistered) -> Result<AgentType, Status> {
    let request = RegisterAgentTypeRequest { agent_type: Some(agent_type), ..Default::default() };
    agents.register_agent_type(request).await.map(|answer| answer.into_inner().agent_type.unwrap())
}

fn creation() -> CreateAgentRequest {
    CreateAgentRequest { agent_type: TYPE.into(), ..Default::default() }
}

async fn create(agents: &mut Agents) -> CreateAgentResponse {
    agents.create_agent(creation()).await.unwrap().into_inner()
}

async fn read(agents: &mut Agents, name: &str) -> Agent {
    let request = GetAgentRequest { agent_id: name.into(), min_position: 0 };
    agents.get_agent(request).await.unwrap().into_inner().agent.unwrap()
}

async fn set(agents: &mut Agents, agent_id: &str, state: AgentState) -> Result<Agent, Status> {
    let request = SetAgentStateRequest { agent_id: agent_id.into(), state: state.into(), ..Default::default() };
    agents.set_agent_state(request).await.map(|answer| answer.into_inner().agent.unwrap())
}

fn task(agent_id: &str) -> AssignTaskRequest {
    AssignTaskRequest { agent_id: agent_id.into(), description: "make it simple".into(), ..Default::default() }
}

fn refused_with(refused: &Status, code: Code, wanted: &str) {
    assert_eq!((refused.code(), reason(refused).as_str()), (code, wanted), "{refused:?}");
}

#[tokio::test]
async fn types_are_registered_read_and_listed_by_name() {
    let (server, mut agents) = stage().await;
    let rust =
        AgentTypeRegistered { capabilities: vec!["rust".into()], max_instances: Some(3), ..described("agno-rust-dev") };
    let rust = register(&mut agents, rust).await.unwrap();
    assert_eq!((rust.desired_warm, rust.max_instances), (10, 3));
    let lister = agents.clone();
    let listed = async |request: ListAgentTypesRequest| {
        let answer = lister.clone().list_agent_types(request).await.unwrap().into_inner();
        answer.agent_types.into_iter().map(|agent_type| agent_type.agent_type).collect::<Vec<_>>()
    };
    assert_eq!(listed(ListAgentTypesRequest::default()).await, ["agno-rust-dev", TYPE]);
    assert_eq!(listed(ListAgentTypesRequest { capability: "python".into(), ..Default::default() }).await, [TYPE]);
    let request = GetAgentTypeRequest { agent_type: "agno-rust-dev".into(), min_position: 0 };
    assert_eq!(agents.get_agent_type(request).await.unwrap().into_inner().agent_type.unwrap(), rust);

    // One of which only agents were seen is no type that was registered.
    let mut events = Events::new(server.channel().await);
    record(&mut events, [event("agent.registry.agent.created", r#"{"agent_id":"x","agent_type":"raw-dev"}"#)]).await;
    for name in ["raw-dev", "nothing"] {
        let request = GetAgentTypeRequest { agent_type: name.into(), min_position: 0 };
        refused_with(&agents.get_agent_type(request).await.unwrap_err(), Code::NotFound, "AGENT_TYPE_NOT_FOUND");
    }
    assert_eq!(listed(ListAgentTypesRequest::default()).await.len(), 2);
    let refused =
        register(&mut agents, AgentTypeRegistered { framework: "A b".into(), ..described("x") }).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_FIELD", "agent_type.framework");
    server.stop().await;
}

#[tokio::test]
async fn an_agent_comes_with_its_session_and_an_initial_checkpoint() {
    let (server, mut agents) = stage().await;
    let mut workflows = Workflows::new(server.channel().await);
    let workflow = crate::workflows::start(&mut workflows, "p").await.workflow.unwrap().workflow_id;
    let tied = |id: &str| {
        let id = Value { kind: Some(Kind::StringValue(id.to_owned())) };
        Some(Struct { fields: [("workflow_id".to_owned(), id)].into() })
    };
    let request = CreateAgentRequest {
        name: "Ada".into(),
        system_prompt: "You write Python.\nNothing else.".into(),
        mcp_servers: vec!["github".into()],
        initial_context: tied(&workflow),
        request_id: id(),
        ..creation()
    };
    let created = agents.create_agent(request.clone()).await.unwrap().into_inner();
    assert_eq!((created.instance_id.as_str(), created.status()), ("letta-python-dev-001", SessionStatus::Active));
    assert_eq!((created.checkpoint_id.as_str(), created.event_ids.len()), ("initial-checkpoint", 3));
    let session = created.session.clone().unwrap();
    assert_eq!((session.workflow_id.as_str(), session.fencing_token), (workflow.as_str(), 1));
    assert_eq!(session.agent_id, created.agent_id);
    let agent = created.agent.clone().unwrap();
    assert_eq!((agent.state(), agent.session_id.as_str()), (AgentState::Idle, session.session_id.as_str()));
    assert_eq!((agent.name.as_str(), agent.mcp_servers.as_slice()), ("Ada", &["github".to_owned()][..]));
    assert_eq!(agents.create_agent(request).await.unwrap().into_inner(), created, "a repeat gets the first answer");

    for checkpoint_id in ["", "initial-checkpoint"] {
        let request = GetAgentCheckpointRequest {
            agent_id: created.agent_id.clone(),
            checkpoint_id: checkpoint_id.into(),
            min_position: 0,
        };
        let read = agents.get_agent_checkpoint(request).await.unwrap().into_inner();
        let checkpoint = read.checkpoint.unwrap();
        assert_eq!(read.checkpoint_id, "initial-checkpoint");
        assert_eq!(checkpoint.checkpoint_type(), CheckpointType::Initial);
        assert_eq!((read.created_at, read.memory_snapshot), (checkpoint.created_at, None));
    }
    let request =
        GetAgentCheckpointRequest { agent_id: created.agent_id.clone(), checkpoint_id: "x".into(), min_position: 0 };
    let refused = agents.get_agent_checkpoint(request).await.unwrap_err();
    refused_with(&refused, Code::NotFound, "CHECKPOINT_NOT_FOUND");
    let refused =
        agents.create_agent(CreateAgentRequest { initial_context: tied("w-2"), ..creation() }).await.unwrap_err();
    refused_with(&refused, Code::NotFound, "WORKFLOW_NOT_FOUND");
    server.stop().await;
}

#[tokio::test]
async fn agents_are_found_by_id_and_by_instance_and_listed() {
    let (server, mut agents) = stage().await;
    let first = create(&mut agents).await;
    let second =
        agents.create_agent(CreateAgentRequest { without_session: true, ..creation() }).await.unwrap().into_inner();
    assert_eq!(
        (second.status(), second.session, second.checkpoint_id.as_str()),
        (SessionStatus::Unspecified, None, "")
    );
    for name in [first.agent_id.as_str(), &first.agent_id.to_uppercase(), "letta-python-dev-001"] {
        assert_eq!(read(&mut agents, name).await.agent_id, first.agent_id);
    }
    let listed = async |request: ListAgentsRequest| {
        let answer = agents.clone().list_agents(request).await.unwrap().into_inner();
        answer.agents.into_iter().map(|agent| agent.instance_id).collect::<Vec<_>>()
    };
    let both = ["letta-python-dev-002", "letta-python-dev-001"];
    assert_eq!(listed(ListAgentsRequest::default()).await, both);
    assert_eq!(listed(ListAgentsRequest { agent_type: TYPE.into(), ..Default::default() }).await, both);
    let starting = ListAgentsRequest { states: vec![AgentState::Starting.into()], ..Default::default() };
    assert_eq!(listed(starting).await, both[..1]);

    let stopped = set(&mut agents.clone(), &first.agent_id, AgentState::Stopped).await.unwrap();
    assert_eq!(stopped.state(), AgentState::Stopped);
    assert_eq!(listed(ListAgentsRequest::default()).await, both[..1]);
    let gone = ListAgentsRequest { states: vec![AgentState::Stopped.into()], ..Default::default() };
    assert_eq!(listed(gone).await, both[1..]);
    // Its name is free, and goes to the one that takes it.
    let again = CreateAgentRequest { instance_id: "letta-python-dev-001".into(), ..creation() };
    let again = agents.create_agent(again).await.unwrap().into_inner();
    assert_eq!(read(&mut agents, "letta-python-dev-001").await.agent_id, again.agent_id);
    server.stop().await;
}

#[tokio::test]
async fn a_task_makes_an_agent_busy_until_it_is_done() {
    let (server, mut agents) = stage().await;
    let mut events = Events::new(server.channel().await);
    let created = create(&mut agents).await;
    let cause = event("a.idea", "1");
    record(&mut events, [cause.clone()]).await;
    let assigned = AssignTaskRequest { correlation_id: cause.event_id.clone(), ..task(&created.agent_id) };
    let assigned = agents.assign_task(assigned).await.unwrap().into_inner();
    assert_eq!(assigned.status(), AgentTaskStatus::Accepted);
    let busy = read(&mut agents, &created.agent_id).await;
    assert_eq!((busy.state(), busy.open_task_ids), (AgentState::Busy, vec![assigned.task_id.clone()]));
    let done = format!(r#"{{"session_id":"{}","handoff_id":"{}"}}"#, busy.session_id, assigned.task_id);
    record(&mut events, [event("agent.letta.task.completed", &done)]).await;
    let idle = read(&mut agents, &created.agent_id).await;
    assert_eq!((idle.state(), idle.open_task_ids), (AgentState::Idle, Vec::<String>::new()));

    let refused = agents.assign_task(AssignTaskRequest { correlation_id: id(), ..task(&created.agent_id) }).await;
    refused_with(&refused.unwrap_err(), Code::NotFound, "EVENT_NOT_FOUND");
    refused_with(&agents.assign_task(task(&id())).await.unwrap_err(), Code::NotFound, "AGENT_NOT_FOUND");
    set(&mut agents, &created.agent_id, AgentState::Draining).await.unwrap();
    let refused = agents.assign_task(task(&created.agent_id)).await.unwrap_err();
    refused_with(&refused, Code::FailedPrecondition, "WRONG_STATE");
    server.stop().await;
}

#[tokio::test]
async fn a_task_for_an_agent_without_a_session_is_pending() {
    let (server, mut agents) = stage().await;
    let created =
        agents.create_agent(CreateAgentRequest { without_session: true, ..creation() }).await.unwrap().into_inner();
    let assigned = agents.assign_task(task(&created.agent_id)).await.unwrap().into_inner();
    assert_eq!(assigned.status(), AgentTaskStatus::Pending);
    server.stop().await;
}

#[tokio::test]
async fn pools_are_counted_and_watched() {
    let (server, mut agents) = stage().await;
    let mut events = Events::new(server.channel().await);
    register(
        &mut agents,
        AgentTypeRegistered { desired_warm: Some(2), max_instances: Some(1), ..described("agno-rust-dev") },
    )
    .await
    .unwrap();
    let request = WatchAgentPoolsRequest { agent_types: vec![TYPE.into()] };
    let mut changes = agents.watch_agent_pools(request).await.unwrap().into_inner();
    let first = within(changes.message()).await.unwrap().unwrap().pool.unwrap();
    assert_eq!((first.agent_type.as_str(), first.idle, first.desired_warm), (TYPE, 0, 10));
    let created = create(&mut agents).await;
    let change = within(changes.message()).await.unwrap().unwrap();
    assert_eq!(change.pool.unwrap().idle, 1);
    assert!(change.position >= created.position);
    record(&mut events, [event("agent.handoff.requested", r#"{"to_agent":"letta-python-dev"}"#)]).await;
    let waiting = within(changes.message()).await.unwrap().unwrap().pool.unwrap();
    assert_eq!((waiting.waiting_handoffs, waiting.oldest_waiting.is_some()), (1, true));

    let pools = agents.list_agent_pools(ListAgentPoolsRequest::default()).await.unwrap().into_inner().pools;
    let named: Vec<&str> = pools.iter().map(|pool| pool.agent_type.as_str()).collect();
    assert_eq!(named, ["agno-rust-dev", TYPE]);
    assert_eq!((pools[0].max_instances, pools[0].desired_warm, pools[0].waiting_handoffs), (1, 2, 0));
    assert_eq!((pools[1].idle, pools[1].waiting_handoffs), (1, 1));

    let rust = || CreateAgentRequest { agent_type: "agno-rust-dev".into(), ..Default::default() };
    agents.create_agent(rust()).await.unwrap();
    refused_with(&agents.create_agent(rust()).await.unwrap_err(), Code::FailedPrecondition, "POOL_EXHAUSTED");
    let request = WatchAgentPoolsRequest { agent_types: vec!["ghost".into()] };
    refused_with(&agents.watch_agent_pools(request).await.unwrap_err(), Code::NotFound, "AGENT_TYPE_NOT_FOUND");
    server.stop().await;
}

#[tokio::test]
async fn what_is_refused_says_why_and_names_every_field() {
    let (server, mut agents) = stage().await;
    let created = create(&mut agents).await;
    let same = CreateAgentRequest { agent_id: created.agent_id.clone(), ..creation() };
    refused_with(&agents.create_agent(same).await.unwrap_err(), Code::AlreadyExists, "AGENT_EXISTS");
    let same = CreateAgentRequest { instance_id: created.instance_id.clone(), ..creation() };
    refused_with(&agents.create_agent(same).await.unwrap_err(), Code::AlreadyExists, "AGENT_EXISTS");
    let unknown = CreateAgentRequest { agent_type: "ghost".into(), ..Default::default() };
    refused_with(&agents.create_agent(unknown).await.unwrap_err(), Code::NotFound, "AGENT_TYPE_NOT_FOUND");
    let request = GetAgentRequest { agent_id: "ghost".into(), min_position: 0 };
    refused_with(&agents.get_agent(request).await.unwrap_err(), Code::NotFound, "AGENT_NOT_FOUND");
    set(&mut agents, &created.agent_id, AgentState::Stopped).await.unwrap();
    let refused = set(&mut agents, &created.agent_id, AgentState::Idle).await.unwrap_err();
    refused_with(&refused, Code::FailedPrecondition, "WRONG_STATE");

    let named = |refused: &Status| fields(refused).into_iter().map(|(field, _)| field).collect::<Vec<_>>();
    let bad = CreateAgentRequest { agent_id: "x".into(), instance_id: "\n".into(), ..Default::default() };
    let refused = agents.create_agent(bad).await.unwrap_err();
    assert_eq!(named(&refused), ["instance_id", "agent_type", "agent_id"]);
    let refused = agents.set_agent_state(SetAgentStateRequest::default()).await.unwrap_err();
    assert_eq!(named(&refused), ["agent_id", "state"]);
    let refused = agents.assign_task(AssignTaskRequest::default()).await.unwrap_err();
    assert_eq!(named(&refused), ["agent_id", "description"]);
    let refused = agents.register_agent_type(RegisterAgentTypeRequest::default()).await.unwrap_err();
    assert_eq!(named(&refused), ["agent_type"]);
    let refused = agents.get_agent(GetAgentRequest::default()).await.unwrap_err();
    assert_eq!(named(&refused), ["agent_id"]);
    let refused = agents.get_agent_type(GetAgentTypeRequest::default()).await.unwrap_err();
    assert_eq!(named(&refused), ["agent_type"]);
    let refused =
        agents.list_agents(ListAgentsRequest { states: vec![2, 77], ..Default::default() }).await.unwrap_err();
    assert_eq!(named(&refused), ["states[1]"]);
    server.stop().await;
}
