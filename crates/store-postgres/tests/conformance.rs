//! The suite that every store passes, on PostgreSQL.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

god33_conformance::store_suite!(support::make_store);
