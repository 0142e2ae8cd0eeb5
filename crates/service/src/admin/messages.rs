//! The messages in quarantine that a call is about.

use std::collections::HashSet;

use god33_proto::v1::ErrorReason;

use super::get_quarantined_message::not_found;
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::{App, AppError};

/// The most messages of one call.
const MAX_MESSAGES: usize = 1_000;

/// Reads the ids: some, not too many, none twice.
pub(super) fn parse(ids: &[String]) -> Result<Vec<i64>, Failure> {
    let at = Path::Request.member("quarantine_ids");
    let mut found = Violations::default();
    if ids.is_empty() {
        found.add(&at, ErrorReason::EmptyRequest, "is empty: name at least one message in quarantine");
    }
    if ids.len() > MAX_MESSAGES {
        let details = vec![("limit", MAX_MESSAGES.to_string()), ("actual", ids.len().to_string())];
        let description = format!("has {} items and the limit is {MAX_MESSAGES}: split the request", ids.len());
        found.add_with(&at, ErrorReason::TooManyItems, description, details);
    }
    let mut seen = HashSet::new();
    for (index, id) in ids.iter().enumerate().filter(|(_, id)| !seen.insert(id.as_str())) {
        let description = format!("names message {id} a second time: name each once");
        found.add(&at.item(index), ErrorReason::InvalidField, description);
    }
    found.finish()?;
    ids.iter().map(|id| id.parse().map_err(|_| not_found(id))).collect()
}

/// Sees that all of them are in quarantine.
pub(super) async fn all_there(app: &App, ids: &[i64]) -> Result<(), Failure> {
    let there: HashSet<i64> = app.store.in_quarantine(ids).await.map_err(AppError::from)?.into_iter().collect();
    ids.iter().find(|id| !there.contains(id)).map_or(Ok(()), |missing| Err(not_found(&missing.to_string())))
}

/// The ids as a person reads them, the first of them when there are many.
pub(super) fn listed(ids: &[String]) -> String {
    const SHOWN: usize = 50;
    let shown: Vec<String> = ids.iter().take(SHOWN).map(|id| id.chars().take(20).collect()).collect();
    let more = ids.len().saturating_sub(SHOWN);
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("quarantined messages {}{rest}", shown.join(", "))
}
