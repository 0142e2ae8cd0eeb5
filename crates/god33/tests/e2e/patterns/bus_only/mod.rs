//! The patterns with participants that know only the exchange: programs of the estate that publish and consume JSON and have never heard
//! of gRPC. They name what led to their events and nothing else.

mod pattern_four;
mod pattern_one;
mod pattern_three;
mod pattern_two;
mod station;
