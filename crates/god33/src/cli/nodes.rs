//! `god33 nodes`.

use clap::Args;
use god33_proto::v1::{ListNodesRequest, NodeInfo};

use super::{Failure, Target, print, table};

/// List the nodes that share the store.
#[derive(Args, Debug)]
pub struct Nodes {
    #[command(flatten)]
    target: Target,
}

impl Nodes {
    /// Runs the command.
    ///
    /// # Errors
    /// What went wrong, for a person.
    pub async fn run(self) -> Result<(), Failure> {
        let answer = self.target.admin().await?.list_nodes(ListNodesRequest {}).await?.into_inner();
        let none = "no node gave a sign of life in the last half minute";
        table::list(&self.target, &answer.nodes, print::message_json, line, none, "")
    }
}

fn line(node: &NodeInfo) -> String {
    let duties = [("relays", node.relays), ("ingests", node.ingests)];
    let duties: Vec<&str> = duties.into_iter().filter(|(_, does)| *does).map(|(name, _)| name).collect();
    format!(
        "{}  {}  since {}  seen {}  at {}  {}",
        table::name(&node.node_id),
        print::one_line(&node.version),
        print::time(node.started_at.as_ref()),
        print::time(node.last_seen_at.as_ref()),
        node.tail_position,
        table::dim(&duties.join(", ")),
    )
}
