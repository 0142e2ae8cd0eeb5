//! `god33 collaborations set`.

use clap::Args;
use god33_proto::v1::{Collaboration, SetSharedContextRequest, SharedContextChange};

use super::pairs::{Pair, changes, split, version};
use super::show;
use crate::cli::again::answered;
use crate::cli::answer::Done;
use crate::cli::arguments::CallArgs;
use crate::cli::print::shell_word;
use crate::cli::{Failure, Target};

/// Set keys of what the participants share, all or none.
#[derive(Args, Debug)]
#[command(override_usage = "god33 collaborations set [OPTIONS] --agent <NAME> [COLLABORATION] <KEY=JSON>...")]
pub struct Set {
    /// The collaboration, unless --collaboration or GOD33_COLLABORATION names it, and then what to set, as KEY=JSON. null removes the
    /// key; KEY=@FILE reads the JSON from a file, KEY=- from standard input.
    #[arg(value_name = "KEY=JSON", required = true)]
    arguments: Vec<String>,

    /// The collaboration.
    #[arg(long, env = "GOD33_COLLABORATION", value_name = "ID")]
    collaboration: Option<String>,

    /// Participant that sets them.
    #[arg(long, env = "GOD33_AGENT", value_name = "NAME")]
    agent: String,

    /// Version of a key that you read: refused when somebody was faster. 0: the key must not exist. May be repeated.
    #[arg(long = "expect-version", value_name = "KEY=N", value_parser = version)]
    versions: Vec<Pair<u64>>,

    #[command(flatten)]
    call: CallArgs,
}

impl Set {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = self.request()?;
        let keys = request.changes.clone();
        let answer = answered(async || {
            Ok(target.collaborations().await?.set_shared_context(request.clone()).await?.into_inner())
        })
        .await?;
        let collaboration = answer.collaboration.unwrap_or_default();
        let id = &collaboration.collaboration_id;
        let next = format!("what it was before: god33 collaborations history {}{}", shell_word(id), only(&keys));
        let done = Done { word: "set", id, more: versions(&collaboration, &keys), next, ..Done::default() };
        done.tell(target, &self.call, &show::answer(&collaboration, &answer.event_ids, answer.position))
    }

    fn request(&self) -> Result<SetSharedContextRequest, Failure> {
        let (named, pairs) = split(&self.arguments)?;
        let nameless = "which collaboration? Name it before the keys, or with --collaboration or GOD33_COLLABORATION";
        let collaboration_id = named.or_else(|| self.collaboration.clone());
        Ok(SetSharedContextRequest {
            request_id: self.call.request_id(),
            context: self.call.context(),
            collaboration_id: collaboration_id.ok_or_else(|| Failure::Usage(nameless.into()))?,
            agent_id: self.agent.clone(),
            changes: changes(pairs, &self.versions)?,
        })
    }
}

/// The keys, each with the version that it has now.
fn versions(collaboration: &Collaboration, changes: &[SharedContextChange]) -> String {
    let told = changes.iter().map(|change| {
        let now = collaboration.shared_context.iter().find(|value| value.key == change.key);
        now.map_or_else(|| format!("{} removed", change.key), |now| format!("{} version {}", now.key, now.version))
    });
    told.collect::<Vec<_>>().join(", ")
}

/// The option that names the key, where there is only one.
fn only(changes: &[SharedContextChange]) -> String {
    match changes {
        [one] => format!(" --key {}", shell_word(&one.key)),
        _ => String::new(),
    }
}
