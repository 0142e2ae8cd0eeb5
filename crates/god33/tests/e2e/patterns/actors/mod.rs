//! Those who take part in a pattern. Each does what programs and people of the estate do, through the services made for it.

mod agent;
mod director;
mod person;
mod planner;
mod registry;

pub(super) use agent::{Agent, Pulse, session_called};
pub(super) use director::{Director, MiseArchitect};
pub(super) use person::Person;
pub(super) use planner::Planner;
pub(super) use registry::Registry;
