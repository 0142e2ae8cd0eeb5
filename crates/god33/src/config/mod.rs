//! The configuration: one commented file of defaults, and on top of it a file, the environment and flags.
//!
//! One struct a section; each goes to the component that it configures and to nobody else.

mod check;
mod environment;
mod error;
mod file;
mod key;
mod layers;
mod logging;
mod sections;
mod show;

pub use error::ConfigError;
pub use layers::{Layers, Origin};
pub use logging::{LogFormat, LoggingConfig};
pub use sections::{BusConfig, Config};
pub use show::show;

/// Every option with its meaning and default.
pub const DEFAULTS: &str = include_str!("../../defaults.toml");

#[cfg(test)]
mod tests;
