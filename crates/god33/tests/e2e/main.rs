//! The program as its users meet it: started as a process, on real PostgreSQL and RabbitMQ, spoken to over gRPC, AMQP and its own
//! command line.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod broker;
mod crash;
mod patterns;
mod replays;
mod server;
mod subscriptions;
mod told;
mod tour;
mod upkeep;
