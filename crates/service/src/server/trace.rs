//! A trace of every call.

use std::time::Instant;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use tonic::{Code, Status};
use tracing::Instrument;

use crate::Principal;

/// Opens a span around a call and says how it went. The status is the one known when the answer begins: a stream can still fail later.
pub(super) async fn trace(request: Request, next: Next) -> Response {
    let method = request.uri().path().trim_start_matches('/').to_owned();
    let principal = request.extensions().get::<Principal>().map_or("", |principal| &principal.name);
    let span = tracing::info_span!("call", method, principal);
    let started = Instant::now();
    let answer = next.run(request).instrument(span.clone()).await;
    let status = Status::from_header_map(answer.headers()).map_or(Code::Ok, |status| status.code());
    let millis = started.elapsed().as_secs_f64() * 1_000.0;
    span.in_scope(|| tracing::debug!(?status, millis, "answered"));
    answer
}
