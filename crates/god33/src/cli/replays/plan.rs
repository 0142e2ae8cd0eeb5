//! `god33 replays plan`.

use std::collections::BTreeMap;
use std::time::Duration;

use clap::Args;
use god33_proto::v1::{PlanReplayRequest, PlanReplayResponse};

use super::spec::SpecArgs;
use crate::cli::connection::Output;
use crate::cli::table::Sheet;
use crate::cli::{Failure, Target, print};

/// Say what a replay would deliver: how many events, of which types, from where to where. Nothing is delivered.
#[derive(Args, Debug)]
pub struct Plan {
    #[command(flatten)]
    spec: SpecArgs,
}

impl Plan {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = PlanReplayRequest { spec: Some(self.spec.spec()?), min_position: 0 };
        let plan = target.event_store().await?.plan_replay(request).await?.into_inner();
        if target.output == Output::Json {
            return print::json(&print::message_json(&plan));
        }
        print::text(&sheet(&plan))?;
        print::hint("do it: god33 replays start with the same options")
    }
}

fn sheet(plan: &PlanReplayResponse) -> String {
    let place = match plan.total {
        0 => String::new(),
        _ => format!("{} to {}", plan.first_position, plan.last_position),
    };
    let time = plan.estimated_duration.and_then(|time| Duration::try_from(time).ok());
    let types: BTreeMap<&String, &u64> = plan.count_by_event_type.iter().collect();
    Sheet::new("plan", &format!("{} events", plan.total))
        .text("position", &place)
        .text(
            "takes",
            &time.map_or("as long as the target needs".into(), |time| format!("{:.1} s at least", time.as_secs_f64())),
        )
        .texts("type", types.into_iter().map(|(name, count)| format!("{name}  {count}")))
        .finish()
}
