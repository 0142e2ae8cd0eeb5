//! What several tests of the bus need.
#![allow(dead_code)]

pub mod broker;
pub mod upstream;
