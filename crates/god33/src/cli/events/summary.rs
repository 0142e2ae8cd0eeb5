//! `god33 events summary`.

use clap::Args;
use god33_proto::v1::{GetDescendantsSummaryRequest, GetDescendantsSummaryResponse};

use crate::cli::connection::Output;
use crate::cli::table::Sheet;
use crate::cli::{Failure, Target, print};

/// Sum up what came of an event.
#[derive(Args, Debug)]
pub struct Summary {
    /// Id of the event.
    event_id: String,

    /// At most this many events, 1 to 10,000.
    #[arg(long, default_value_t = 10_000, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    limit: u32,
}

impl Summary {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let Self { event_id, limit } = self;
        let request = GetDescendantsSummaryRequest { event_id: event_id.clone(), max_events: limit, min_position: 0 };
        let answer = target.event_store().await?.get_descendants_summary(request).await?.into_inner();
        if target.output == Output::Json {
            return print::json(&print::message_json(&answer));
        }
        print::text(&sheet(&event_id, &answer))?;
        if answer.truncated {
            print::hint(&format!("the first {} only: raise --limit", answer.total))?;
        }
        Ok(())
    }
}

fn sheet(event_id: &str, summary: &GetDescendantsSummaryResponse) -> String {
    let mut types: Vec<_> = summary.count_by_event_type.iter().collect();
    types.sort_by(|one, other| other.1.cmp(one.1).then(one.0.cmp(other.0)));
    let mut agents: Vec<_> = summary.count_by_agent.iter().collect();
    agents.sort_by(|one, other| other.1.cmp(one.1).then(one.0.cmp(other.0)));
    Sheet::new(&format!("{} events", summary.total), event_id)
        .time("first", summary.first_recorded_at.as_ref())
        .time("last", summary.last_recorded_at.as_ref())
        .texts("type", types.into_iter().map(|(name, count)| format!("{count:>6}  {name}")))
        .texts("agent", agents.into_iter().map(|(name, count)| format!("{count:>6}  {}", print::or_dash(name))))
        .text("tokens", &summary.tokens_used.to_string())
        .text("seconds", &summary.duration_seconds.to_string())
        .texts("critical", summary.critical_path.iter().cloned())
        .finish()
}
