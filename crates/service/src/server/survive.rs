//! Outlives a handler that panics.

use std::panic::AssertUnwindSafe;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use futures::FutureExt;
use tonic::Status;

use super::refusals;

/// Tells the caller of a handler that panics about the defect. Handlers keep nothing between calls, so the others go on.
pub(super) async fn survive(request: Request, next: Next) -> Response {
    let call = request.uri().path().trim_start_matches('/').to_owned();
    match AssertUnwindSafe(next.run(request)).catch_unwind().await {
        Ok(answer) => answer,
        Err(_) => Status::from(refusals::defect(&call)).into_http(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]

    use axum::Router;
    use axum::body::Body;
    use axum::middleware::from_fn;
    use axum::routing::post;
    use tonic::Code;
    use tonic_types::StatusExt;
    use tower::ServiceExt;

    use super::*;

    async fn panics() -> String {
        panic!("a defect")
    }

    #[tokio::test]
    async fn the_caller_of_a_handler_that_panics_is_told() {
        let router = Router::new().route("/call", post(panics)).layer(from_fn(survive));
        let answer = router.oneshot(Request::post("/call").body(Body::empty()).unwrap()).await.unwrap();
        let status = Status::from_header_map(answer.headers()).unwrap();
        assert_eq!(status.code(), Code::Internal);
        assert_eq!(status.get_details_error_info().unwrap().reason, "INTERNAL");
    }
}
