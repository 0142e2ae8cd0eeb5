//! `grpc.health.v1`: per service and overall.

use std::pin::Pin;

use futures::{Stream, StreamExt, future, stream};
use tokio::sync::watch;
use tokio_stream::wrappers::WatchStream;
use tokio_util::sync::CancellationToken;
use tonic::{Request, Response, Status};
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_server::{Health, HealthServer};
use tonic_health::pb::{HealthCheckRequest, HealthCheckResponse};

use super::offered::SERVICES;
use super::vitals::Vitals;

/// The name under which the health service answers for the bus: NOT_SERVING while it is down, though everything else goes on.
pub const BUS_HEALTH: &str = "god33.bus";

/// Answers from what was last found.
pub(super) struct Reporter {
    signs: watch::Receiver<Vitals>,
    stopping: CancellationToken,
}

/// What a name stands for.
#[derive(Clone, Copy)]
enum Subject {
    Server,
    Bus,
}

impl Subject {
    fn of(name: &str) -> Option<Self> {
        match name {
            BUS_HEALTH => Some(Self::Bus),
            "" => Some(Self::Server),
            service => SERVICES.contains(&service).then_some(Self::Server),
        }
    }

    const fn status(self, vitals: Vitals) -> ServingStatus {
        let serving = match self {
            Self::Server => vitals.log,
            Self::Bus => vitals.bus,
        };
        if serving { ServingStatus::Serving } else { ServingStatus::NotServing }
    }
}

pub(super) fn service(signs: watch::Receiver<Vitals>, stopping: CancellationToken) -> HealthServer<impl Health> {
    HealthServer::new(Reporter { signs, stopping })
}

fn answer(status: ServingStatus) -> HealthCheckResponse {
    HealthCheckResponse { status: status.into() }
}

#[tonic::async_trait]
impl Health for Reporter {
    async fn check(&self, request: Request<HealthCheckRequest>) -> Result<Response<HealthCheckResponse>, Status> {
        let name = &request.get_ref().service;
        let subject =
            Subject::of(name).ok_or_else(|| Status::not_found(format!("this server offers no service {name}")))?;
        let stopping = self.stopping.is_cancelled();
        let status = if stopping { ServingStatus::NotServing } else { subject.status(*self.signs.borrow()) };
        Ok(Response::new(answer(status)))
    }

    type WatchStream = Pin<Box<dyn Stream<Item = Result<HealthCheckResponse, Status>> + Send>>;

    /// The status and every change of it. A name that is not served is answered with SERVICE_UNKNOWN, as the protocol wants it. The last
    /// word of a server that stops is NOT_SERVING.
    async fn watch(&self, request: Request<HealthCheckRequest>) -> Result<Response<Self::WatchStream>, Status> {
        let Some(subject) = Subject::of(&request.get_ref().service) else {
            let unknown = stream::iter([ServingStatus::ServiceUnknown]).chain(stream::pending());
            return Ok(Response::new(self.until_stopping(unknown)));
        };
        let changes = WatchStream::new(self.signs.clone()).map(move |vitals| subject.status(vitals));
        let mut last = None;
        let changes = changes.filter(move |status| future::ready(last.replace(*status) != Some(*status)));
        let goodbye = stream::iter([ServingStatus::NotServing]);
        Ok(Response::new(Box::pin(self.until_stopping(changes).chain(goodbye.map(|status| Ok(answer(status)))))))
    }
}

impl Reporter {
    fn until_stopping(
        &self,
        statuses: impl Stream<Item = ServingStatus> + Send + 'static,
    ) -> <Self as Health>::WatchStream {
        let stopped = self.stopping.clone().cancelled_owned();
        Box::pin(statuses.take_until(stopped).map(|status| Ok(answer(status))))
    }
}
