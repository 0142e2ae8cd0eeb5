//! Tells a handler whether its answer reached the connection of its caller, or broke off before.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use hyper::body::{Frame, SizeHint};

/// What is to be done once the whole answer was handed over to the connection; an extension of the answer. It is dropped undone when the call was
/// cancelled or the connection died before. What happens to the answer on its way from there, nobody here knows.
#[derive(Clone)]
pub(crate) struct OnDelivery(Arc<Mutex<Option<Then>>>);

type Then = Box<dyn FnOnce() + Send>;

impl OnDelivery {
    pub(crate) fn new(then: impl FnOnce() + Send + 'static) -> Self {
        Self(Arc::new(Mutex::new(Some(Box::new(then)))))
    }

    fn delivered(&self) {
        let then = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        then.into_iter().for_each(|then| then());
    }
}

/// Follows answers that somebody wants to know of.
pub(super) async fn follow(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    match response.extensions_mut().remove::<OnDelivery>() {
        Some(then) => response.map(|body| Body::new(Followed { body, then })),
        None => response,
    }
}

/// The body of such an answer.
struct Followed {
    body: Body,
    then: OnDelivery,
}

impl HttpBody for Followed {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        // A call ends with its trailers.
        if frame.as_ref().is_none_or(|frame| frame.as_ref().is_ok_and(Frame::is_trailers)) {
            self.then.delivered();
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
