//! What consumers say about deliveries, and what is answered.

use std::time::Duration;

use god33_domain::is_plain_text;
use god33_domain::subscription::{Outcome, Settlement, Verdict};
use god33_log::Settled;
use god33_proto::v1::{
    Acknowledgement, DeliveryRef, ErrorReason, RejectAction, Rejection, SettlementFailure, SettlementReport,
};

use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;

/// The most deliveries that are settled at once.
const AT_ONCE: usize = 1_000;

/// The longest wait before the next attempt: a day.
const LONGEST_WAIT: Duration = Duration::from_secs(24 * 3_600);

const REASON_CHARS: usize = 1_024;

/// Deliveries to be settled, with their ids as they were sent.
pub(super) struct Settlements {
    ids: Vec<String>,
    pub(super) settlements: Vec<Settlement>,
}

/// Reads deliveries that are done.
pub(super) fn acknowledged(message: Option<&Acknowledgement>, at: &Path<'_>) -> Result<Settlements, Failure> {
    let mut found = Violations::default();
    let deliveries = message.map(|message| message.deliveries.as_slice()).unwrap_or_default();
    check_count(deliveries.len(), at, &mut found);
    found.finish()?;
    Ok(Settlements::of(deliveries, &Verdict::Acknowledge))
}

/// Reads deliveries that are not done.
pub(super) fn rejected(message: Option<&Rejection>, at: &Path<'_>) -> Result<Settlements, Failure> {
    let mut found = Violations::default();
    let default = Rejection::default();
    let rejection = message.unwrap_or(&default);
    check_count(rejection.deliveries.len(), at, &mut found);
    let verdict = verdict(rejection, at, &mut found);
    found.finish()?;
    Ok(Settlements::of(&rejection.deliveries, &verdict))
}

impl Settlements {
    fn of(deliveries: &[DeliveryRef], verdict: &Verdict) -> Self {
        let settlement = |delivery: &DeliveryRef| Settlement {
            // No delivery has the id 0: what is no number was never one.
            id: delivery.delivery_id.parse().unwrap_or_default(),
            token: delivery.fencing_token,
            verdict: verdict.clone(),
        };
        Self {
            ids: deliveries.iter().map(|delivery| delivery.delivery_id.clone()).collect(),
            settlements: deliveries.iter().map(settlement).collect(),
        }
    }

    /// What could not be settled, if anything.
    pub(super) fn report(ids: &[String], settled: &Settled) -> Option<SettlementReport> {
        let failures = ids.iter().zip(&settled.outcomes).filter_map(|(id, outcome)| failure(id, outcome));
        let failures: Vec<SettlementFailure> = failures.collect();
        (!failures.is_empty()).then_some(SettlementReport { failures })
    }

    /// The ids, and what is said of each.
    pub(super) fn into_parts(self) -> (Vec<String>, Vec<Settlement>) {
        (self.ids, self.settlements)
    }
}

fn failure(id: &str, outcome: &Outcome) -> Option<SettlementFailure> {
    let (reason, message) = match outcome {
        Outcome::Settled => return None,
        Outcome::NotFound => (
            ErrorReason::DeliveryNotFound,
            "it is not open: it was settled before, parked, or the cursor was moved".to_owned(),
        ),
        Outcome::Superseded { consumer_id: Some(consumer_id), token } => (
            ErrorReason::SupersededConsumer,
            format!("consumer {consumer_id} has it under fencing token {token}: drop it"),
        ),
        Outcome::Superseded { consumer_id: None, .. } => {
            (ErrorReason::SupersededConsumer, "it was taken back and is to be delivered anew: drop it".to_owned())
        }
    };
    Some(SettlementFailure { delivery_id: id.to_owned(), reason: reason.into(), message })
}

fn check_count(count: usize, at: &Path<'_>, found: &mut Violations) {
    let at = at.member("deliveries");
    if count == 0 {
        found.add(&at, ErrorReason::EmptyRequest, "is empty: name at least one delivery");
    }
    if count > AT_ONCE {
        let why = format!("has {count} items and must have at most {AT_ONCE}: settle the rest with another call");
        found.add(&at, ErrorReason::TooManyItems, why);
    }
}

fn verdict(rejection: &Rejection, at: &Path<'_>, found: &mut Violations) -> Verdict {
    if !rejection.reason.is_empty() && !is_plain_text(&rejection.reason, REASON_CHARS) {
        let why = format!("must have at most {REASON_CHARS} characters and no control characters");
        found.add(&at.member("reason"), ErrorReason::InvalidField, why);
    }
    let after_ms = rejection.retry_after.as_ref().and_then(|wait| retry_after(wait, at, found));
    let reason = rejection.reason.clone();
    match RejectAction::try_from(rejection.action) {
        Ok(RejectAction::Unspecified | RejectAction::Retry) => Verdict::Retry { reason, after_ms },
        Ok(RejectAction::Park) => Verdict::Park { reason },
        Ok(RejectAction::Skip) => Verdict::Skip,
        Err(_) => {
            let why = format!("is {}, which is no action that this server knows", rejection.action);
            found.add(&at.member("action"), ErrorReason::InvalidField, why);
            Verdict::Skip
        }
    }
}

fn retry_after(wait: &prost_types::Duration, at: &Path<'_>, found: &mut Violations) -> Option<u64> {
    let wait = Duration::try_from(*wait).ok().filter(|wait| *wait <= LONGEST_WAIT);
    if wait.is_none() {
        let why = format!("must be 0 to {} seconds", LONGEST_WAIT.as_secs());
        found.add(&at.member("retry_after"), ErrorReason::InvalidField, why);
    }
    wait.map(|wait| wait.as_millis() as u64)
}
