//! One suite for every store, one for every bus.
