//! What browsers are told.

use std::time::Duration;

use http::header::HeaderName;
use http::{HeaderValue, Method};
use tower_http::cors::{AllowHeaders, AllowOrigin, CorsLayer};

use super::origins::Origins;

/// Lets pages of the allowed origins call and read how it went. Their headers are mirrored, because `*` would not cover `authorization`.
pub(super) fn layer(origins: &Origins) -> CorsLayer {
    let origins = origins.clone();
    let expose = ["grpc-status", "grpc-message", "grpc-status-details-bin"].map(HeaderName::from_static);
    CorsLayer::new()
        .allow_origin(AllowOrigin::predicate(move |origin: &HeaderValue, _| origins.allow(origin)))
        .allow_methods([Method::GET, Method::POST])
        .allow_headers(AllowHeaders::mirror_request())
        .expose_headers(expose)
        .max_age(Duration::from_secs(2 * 60 * 60))
}
