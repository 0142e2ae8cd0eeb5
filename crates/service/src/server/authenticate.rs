//! Finds out who asks.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;

use crate::Principal;

/// Puts the principal beside the request. Nobody is asked for credentials yet, and what a proxy or a caller says about somebody
/// (`x-forwarded-user` and the like) is not believed: everybody is anonymous.
pub(super) async fn authenticate(mut request: Request, next: Next) -> Response {
    request.extensions_mut().insert(Principal::anonymous());
    next.run(request).await
}
