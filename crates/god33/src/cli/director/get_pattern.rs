//! `god33 director get-pattern`.

use clap::Args;
use god33_proto::v1::GetMisePatternRequest;

use super::show;
use crate::cli::connection::Output;
use crate::cli::{Failure, Target, print};

/// Show one pattern.
#[derive(Args, Debug)]
pub struct GetPattern {
    /// The pattern, or the event that defined it.
    pattern_id: String,
}

impl GetPattern {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = GetMisePatternRequest { pattern_id: self.pattern_id, min_position: 0 };
        let answer = target.director().await?.get_mise_pattern(request).await?.into_inner();
        let pattern = answer.pattern.unwrap_or_default();
        if target.output == Output::Json {
            return print::json(&print::message_json(&pattern));
        }
        print::text(&show::pattern(&pattern))?;
        print::hint(&format!(
            "who shall follow it: god33 director delegate --service SERVICE --to AGENT --pattern {}",
            print::shell_word(&pattern.event_id)
        ))
    }
}
