//! Which request goes where.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures::StreamExt;
use god33_proto::FILE_DESCRIPTOR_SET;
use god33_proto::v1::admin_service_server::AdminServiceServer;
use god33_proto::v1::agent_service_server::AgentServiceServer;
use god33_proto::v1::collaboration_service_server::CollaborationServiceServer;
use god33_proto::v1::director_service_server::DirectorServiceServer;
use god33_proto::v1::event_store_service_server::EventStoreServiceServer;
use god33_proto::v1::feedback_service_server::FeedbackServiceServer;
use god33_proto::v1::handoff_service_server::HandoffServiceServer;
use god33_proto::v1::session_service_server::SessionServiceServer;
use god33_proto::v1::subscription_service_server::SubscriptionServiceServer;
use god33_proto::v1::workflow_service_server::WorkflowServiceServer;
use http::header;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tonic::Status;
use tonic::codec::CompressionEncoding::Gzip;
use tonic::server::NamedService;
use tonic_reflection::server::Builder as Reflection;
use tonic_web::GrpcWebLayer;
use tower::{Service, ServiceExt};

use super::origins::{self, Origins};
use super::vitals::Vitals;
use super::{ServerConfig, authenticate, cors, delivery, explain, health, offered, page, refusals, survive, trace};
use crate::App;
use crate::admin::Admin;
use crate::agents::Agents;
use crate::collaborations::Collaborations;
use crate::director::Director;
use crate::event_store::EventStore;
use crate::feedback::Feedback;
use crate::handoffs::Handoffs;
use crate::sessions::Sessions;
use crate::subscriptions::Subscriptions;
use crate::wire::status::Failure;
use crate::workflows::Workflows;

/// Everything that the port answers.
pub(super) fn router(
    app: &Arc<App>,
    config: &ServerConfig,
    origins: Origins,
    signs: &watch::Receiver<Vitals>,
) -> Router {
    let grpc = secured(app, config)
        .merge(open(signs, &app.stopping))
        .fallback(not_offered)
        .layer(from_fn(explain::explain))
        .layer(from_fn_with_state(origins.clone(), origins::check))
        .layer(GrpcWebLayer::new());
    Router::new()
        .route("/", get(page::index))
        .fallback(page::not_found)
        .layer(from_fn_with_state(grpc, by_content_type))
        .layer(cors::layer(&origins))
}

/// Calls go to gRPC, all else to pages. This keeps the gRPC-web layer, which refuses whatever is no call, away from pages.
async fn by_content_type(State(grpc): State<Router>, request: Request, pages: Next) -> Response {
    let content_type = request.headers().get(header::CONTENT_TYPE).map(|value| value.as_bytes());
    if content_type.is_some_and(|value| value.starts_with(b"application/grpc")) {
        grpc.oneshot(request).await.into_response()
    } else {
        pages.run(request).await
    }
}

/// Macro rather than a function: what the generated servers can be told is not a trait.
macro_rules! serve {
    ($router:expr, $server:ident, $service:expr, $config:expr) => {{
        let server = $server::new($service).max_decoding_message_size($config.message_bytes).accept_compressed(Gzip);
        add($router, if $config.compress_answers { server.send_compressed(Gzip) } else { server })
    }};
}

/// The services of the contract, behind authentication.
fn secured(app: &Arc<App>, config: &ServerConfig) -> Router {
    let router = serve!(Router::new(), EventStoreServiceServer, EventStore::new(app.clone()), config);
    let router = serve!(router, SubscriptionServiceServer, Subscriptions::new(app.clone()), config);
    let router = serve!(router, WorkflowServiceServer, Workflows::new(app.clone()), config);
    let router = serve!(router, HandoffServiceServer, Handoffs::new(app.clone()), config);
    let router = serve!(router, DirectorServiceServer, Director::new(app.clone()), config);
    let router = serve!(router, AgentServiceServer, Agents::new(app.clone()), config);
    let router = serve!(router, SessionServiceServer, Sessions::new(app.clone()), config);
    let router = serve!(router, CollaborationServiceServer, Collaborations::new(app.clone()), config);
    let router = serve!(router, FeedbackServiceServer, Feedback::new(app.clone()), config);
    let router = serve!(router, AdminServiceServer, Admin::new(app.clone()), config);
    let router = router.layer(from_fn(delivery::follow)).layer(from_fn(survive::survive));
    router.layer(from_fn(trace::trace)).layer(from_fn(authenticate::authenticate))
}

/// Health and reflection, for everybody.
fn open(signs: &watch::Receiver<Vitals>, stopping: &CancellationToken) -> Router {
    let health = health::service(signs.clone(), stopping.clone());
    let router = add(Router::new(), health);
    add_reflection(router).layer(from_fn_with_state(stopping.clone(), end_when_stopping))
}

/// The newest protocol, and the one before it that older tools speak.
fn add_reflection(router: Router) -> Router {
    let describe = || {
        Reflection::configure()
            .register_encoded_file_descriptor_set(FILE_DESCRIPTOR_SET)
            .register_encoded_file_descriptor_set(tonic_health::pb::FILE_DESCRIPTOR_SET)
    };
    let router = match describe().build_v1() {
        Ok(service) => add(router, service),
        Err(error) => without_reflection(router, &error),
    };
    match describe().build_v1alpha() {
        Ok(service) => add(router, service),
        Err(error) => without_reflection(router, &error),
    }
}

/// The descriptors are compiled in, and a test reads them: this does not happen.
fn without_reflection(router: Router, error: &tonic_reflection::server::Error) -> Router {
    tracing::error!(error = error as &dyn std::error::Error, "the contract cannot be reflected");
    router
}

fn add<S>(router: Router, service: S) -> Router
where
    S: Service<Request, Error = Infallible> + NamedService + Clone + Send + Sync + 'static,
    S::Response: IntoResponse,
    S::Future: Send + 'static,
{
    router.route_service(&format!("/{}/{{*call}}", S::NAME), service)
}

/// Calls of the contract that nobody answers yet, and calls that are none.
async fn not_offered(request: Request) -> Response {
    let call = request.uri().path().trim_start_matches('/');
    let offered_later = offered::is_in_contract(call);
    let failure = if offered_later { Failure::not_implemented(call) } else { refusals::no_such_call(call) };
    Status::from(failure).into_http()
}

/// Reflection would go on as long as its caller does: here what the caller sends ends when the server stops.
async fn end_when_stopping(State(stopping): State<CancellationToken>, request: Request, next: Next) -> Response {
    let request = request.map(|body| Body::from_stream(body.into_data_stream().take_until(stopping.cancelled_owned())));
    next.run(request).await
}
