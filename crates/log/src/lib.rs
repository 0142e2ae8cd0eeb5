//! The log writer and the tail.
