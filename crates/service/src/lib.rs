//! The gRPC services: parse, authorise, propose or read, answer.
//!
//! *Architecture invariant:* the only crate that knows protobuf, and the only place where a `tonic::Status` is made
//! ([`wire::status`]). It knows neither SQL nor AMQP, and no rule of the domain is repeated here.
//!
//! A request's way: the server ([`server`]) authenticates it and puts a [`Principal`] beside it; the handler (one file a verb, in the
//! folder of its service) turns it into domain values with [`wire`]; [`App::propose`] and [`App::reader`] are the one seam at which it
//! is authorised; the answer goes back through [`wire`].

mod access;
mod admin;
mod agents;
mod app;
mod ask;
mod collaborations;
mod director;
mod event_store;
mod feedback;
mod handoffs;
mod list;
mod replays;
pub mod server;
mod sessions;
mod show;
mod subscriptions;
pub mod text;
mod watch;
mod wire;
mod workflows;

pub use access::{Access, Action, Authorizer, Denied, LoopbackIsTrusted, Principal};
pub use app::{Answer, App, AppError, Node, Reader};
