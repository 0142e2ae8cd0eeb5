//! The web pages that may call.
//!
//! A browser sends the page's origin along, and a page cannot forge it. It is checked here and not only by CORS, because a page whose
//! host name was made to resolve to this machine needs no CORS.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderValue, header};
use tonic::Status;

use super::refusals;

/// An entry of `server.allowed_origins` is no origin.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "\"{0}\" in server.allowed_origins is no origin: write scheme://host:port, for example http://localhost:5173, or *"
)]
pub struct InvalidOrigin(String);

/// The pages that may call.
#[derive(Clone, Debug)]
pub(super) struct Origins(Arc<[Pattern]>);

#[derive(Debug)]
enum Pattern {
    Any,
    Exactly(String),
    /// On every port.
    Host(String),
}

impl Origins {
    pub(super) fn parse(entries: &[String]) -> Result<Self, InvalidOrigin> {
        entries.iter().map(|entry| Pattern::parse(entry)).collect::<Result<_, _>>().map(Self)
    }

    pub(super) fn allow(&self, origin: &HeaderValue) -> bool {
        let Ok(origin) = origin.to_str() else { return false };
        let origin = origin.to_ascii_lowercase();
        self.0.iter().any(|pattern| pattern.allows(&origin))
    }
}

impl Pattern {
    fn parse(entry: &str) -> Result<Self, InvalidOrigin> {
        if entry == "*" {
            return Ok(Self::Any);
        }
        let entry = entry.to_ascii_lowercase();
        let (origin, every_port) = match entry.strip_suffix(":*") {
            Some(host) => (host, true),
            None => (&*entry, false),
        };
        let uri: http::Uri = origin.parse().map_err(|_| InvalidOrigin(entry.clone()))?;
        let is_origin = uri.scheme().is_some() && uri.host().is_some_and(|host| host != "*") && !origin.ends_with('/');
        match (is_origin && uri.path() == "/" && uri.query().is_none(), every_port && uri.port().is_none()) {
            (true, true) => Ok(Self::Host(origin.to_owned())),
            (true, false) if !every_port => Ok(Self::Exactly(origin.to_owned())),
            _ => Err(InvalidOrigin(entry)),
        }
    }

    fn allows(&self, origin: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Exactly(allowed) => origin == allowed,
            Self::Host(host) => match origin.strip_prefix(host.as_str()) {
                Some("") => true,
                Some(port) => port.strip_prefix(':').is_some_and(|port| port.bytes().all(|byte| byte.is_ascii_digit())),
                None => false,
            },
        }
    }
}

/// Refuses what comes from other pages. Whatever is no browser sends no origin.
pub(super) async fn check(State(origins): State<Origins>, request: Request, next: Next) -> Response {
    match request.headers().get(header::ORIGIN) {
        Some(origin) if !origins.allow(origin) => {
            Status::from(refusals::origin_not_allowed(&String::from_utf8_lossy(origin.as_bytes()))).into_http()
        }
        _ => next.run(request).await,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn allowed(entries: &[&str], origin: &str) -> bool {
        let entries: Vec<String> = entries.iter().map(|entry| (*entry).to_owned()).collect();
        Origins::parse(&entries).unwrap().allow(&HeaderValue::from_str(origin).unwrap())
    }

    #[test]
    fn every_port_of_a_host_means_that_host_alone() {
        let here = ["http://localhost:*", "http://[::1]:*"];
        for origin in ["http://localhost", "http://localhost:5173", "http://LOCALHOST:80", "http://[::1]:3000"] {
            assert!(allowed(&here, origin), "{origin}");
        }
        for origin in [
            "http://localhost.evil.example",
            "http://localhost:80.evil.example",
            "http://evil.example:50051",
            "https://localhost:443",
            "null",
        ] {
            assert!(!allowed(&here, origin), "{origin}");
        }
    }

    #[test]
    fn an_origin_without_a_wildcard_is_compared_whole() {
        assert!(allowed(&["https://dash.example"], "https://dash.example"));
        assert!(!allowed(&["https://dash.example"], "https://dash.example:8443"));
        assert!(!allowed(&[], "http://localhost"));
        assert!(allowed(&["*"], "null"));
    }

    #[test]
    fn what_is_no_origin_is_refused_with_an_example() {
        for entry in ["", "localhost", "localhost:5173", "http://*:80", "http://a/b", "http://a:80:*", "http://a/"] {
            let error = Origins::parse(&[entry.to_owned()]).unwrap_err().to_string();
            assert!(error.contains("for example http://localhost:5173"), "{error}");
        }
    }
}
