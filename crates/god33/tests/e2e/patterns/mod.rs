//! The design document's four patterns of coordination, played through the services made for them. Each must leave exactly the events in
//! the log that the document prints, with the causes that it prints, on PostgreSQL and RabbitMQ, in the embedded default, and whatever
//! breaks in the middle.

mod actors;
mod bus_only;
mod expect;
mod line;
mod pattern_four;
mod pattern_one;
mod pattern_three;
mod pattern_two;
mod pattern_two_alone;
mod world;

use world::World;

/// What goes wrong in the middle of a pattern.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Trouble {
    /// Nothing.
    None,
    /// The agent falls silent. The server notices by itself, and another agent takes over.
    AgentDies,
    /// The node is killed under a call, and started again on the same log.
    NodeDies,
    /// The broker cannot be reached for a while.
    BrokerGoes,
    /// All of this in one play.
    Everything,
}

impl Trouble {
    fn kills_agent(self) -> bool {
        matches!(self, Self::AgentDies | Self::Everything)
    }

    fn kills_node(self) -> bool {
        matches!(self, Self::NodeDies | Self::Everything)
    }

    fn takes_broker(self) -> bool {
        matches!(self, Self::BrokerGoes | Self::Everything)
    }
}

/// Plays a pattern in every place and with every trouble, a test for each.
macro_rules! played {
    ($pattern:ident) => {
        mod $pattern {
            use super::super::$pattern::play;
            use super::{Trouble, World};

            #[tokio::test(flavor = "multi_thread")]
            async fn on_servers() {
                play(World::on_servers().await, Trouble::None).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn embedded() {
                play(World::embedded().await, Trouble::None).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn while_the_agent_dies() {
                play(World::on_servers().await, Trouble::AgentDies).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn while_the_node_dies() {
                play(World::on_servers().await, Trouble::NodeDies).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn while_the_broker_is_away() {
                play(World::on_servers().await, Trouble::BrokerGoes).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn while_everything_breaks() {
                play(World::on_servers().await, Trouble::Everything).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn embedded_while_agent_and_node_die() {
                play(World::embedded().await, Trouble::Everything).await;
            }
        }
    };
}

mod comes_out {
    use super::{Trouble, World};

    played!(pattern_one);
    played!(pattern_two);
    played!(pattern_three);
    played!(pattern_four);
}
