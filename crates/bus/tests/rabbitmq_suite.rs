//! The suite of every bus, over the real RabbitMQ.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::broker::Rabbit;

god33_conformance::bus_suite!(Rabbit::start);
