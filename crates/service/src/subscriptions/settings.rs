//! What a durable subscription does, and its name.

use std::time::Duration;

use god33_domain::subscription::{GroupSettings, OrderingKey, ParkedKeyPolicy};
use god33_proto::v1::{self, ErrorReason, SubscriptionSettings};

use crate::wire::filter;
use crate::wire::path::Path;
use crate::wire::plain_text;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;

const MOST_ATTEMPTS: u32 = 100;
const MOST_IN_FLIGHT: u32 = 10_000;
const LONGEST_BACKOFF: Duration = Duration::from_secs(24 * 3_600);
const SHORTEST_ACK_TIMEOUT: Duration = Duration::from_millis(100);
const LONGEST_ACK_TIMEOUT: Duration = Duration::from_secs(12 * 3_600);

/// Reads the name of a durable subscription.
pub(super) fn name(text: &str, field: &str, found: &mut Violations) -> String {
    let at = Path::Request.member(field);
    plain_text::required(text, 255, ErrorReason::InvalidField, &at, found).unwrap_or_default()
}

/// Reads the name that a request is about.
pub(super) fn only_name(text: &str, field: &str) -> Result<String, Failure> {
    let mut found = Violations::default();
    let name = name(text, field, &mut found);
    found.finish()?;
    Ok(name)
}

/// Reads settings; what is left out has its default.
pub(super) fn parse(settings: Option<&SubscriptionSettings>, found: &mut Violations) -> GroupSettings {
    let Some(settings) = settings else { return GroupSettings::default() };
    let at = Path::Request.member("settings");
    let default = GroupSettings::default();
    let min_backoff_ms = millis(
        settings.min_backoff.as_ref(),
        default.min_backoff_ms,
        Duration::ZERO..=LONGEST_BACKOFF,
        &at.member("min_backoff"),
        found,
    );
    let max_backoff_ms = millis(
        settings.max_backoff.as_ref(),
        default.max_backoff_ms.max(min_backoff_ms),
        Duration::ZERO..=LONGEST_BACKOFF,
        &at.member("max_backoff"),
        found,
    );
    if max_backoff_ms < min_backoff_ms {
        found.add(&at.member("max_backoff"), ErrorReason::InvalidField, "must not be shorter than min_backoff");
    }
    GroupSettings {
        filter: filter::parse_at(settings.filter.as_ref(), &at.member("filter"), found),
        ordering: ordering(settings.ordering_key, &at.member("ordering_key"), found),
        parked_keys: parked_keys(settings.parked_key_policy, &at.member("parked_key_policy"), found),
        max_attempts: number(
            settings.max_attempts,
            default.max_attempts,
            MOST_ATTEMPTS,
            &at.member("max_attempts"),
            found,
        ),
        min_backoff_ms,
        max_backoff_ms,
        ack_timeout_ms: millis(
            settings.ack_timeout.as_ref(),
            default.ack_timeout_ms,
            SHORTEST_ACK_TIMEOUT..=LONGEST_ACK_TIMEOUT,
            &at.member("ack_timeout"),
            found,
        ),
        max_in_flight: number(
            settings.max_in_flight,
            default.max_in_flight,
            MOST_IN_FLIGHT,
            &at.member("max_in_flight"),
            found,
        ),
    }
}

/// Reads a number from 1 on, with a default for 0.
pub(super) fn number(wanted: u32, default: u32, most: u32, at: &Path<'_>, found: &mut Violations) -> u32 {
    if wanted > most {
        found.add(at, ErrorReason::InvalidField, format!("is {wanted} and must be 1 to {most}, or 0 for {default}"));
    }
    if wanted == 0 { default } else { wanted.min(most) }
}

fn millis(
    length: Option<&prost_types::Duration>,
    default: u64,
    allowed: std::ops::RangeInclusive<Duration>,
    at: &Path<'_>,
    found: &mut Violations,
) -> u64 {
    let Some(length) = length else { return default };
    match Duration::try_from(*length) {
        Ok(length) if allowed.contains(&length) => length.as_millis() as u64,
        _ => {
            let (least, most) = (allowed.start().as_secs_f64(), allowed.end().as_secs());
            found.add(at, ErrorReason::InvalidField, format!("must be {least} to {most} seconds"));
            default
        }
    }
}

fn ordering(key: i32, at: &Path<'_>, found: &mut Violations) -> OrderingKey {
    match v1::OrderingKey::try_from(key) {
        Ok(v1::OrderingKey::Unspecified | v1::OrderingKey::Workflow) => OrderingKey::Workflow,
        Ok(v1::OrderingKey::None) => OrderingKey::None,
        Ok(v1::OrderingKey::Session) => OrderingKey::Session,
        Ok(v1::OrderingKey::Agent) => OrderingKey::Agent,
        Ok(v1::OrderingKey::All) => OrderingKey::All,
        Err(_) => {
            found.add(
                at,
                ErrorReason::InvalidField,
                format!("is {key}, which is no ordering key that this server knows"),
            );
            OrderingKey::default()
        }
    }
}

fn parked_keys(policy: i32, at: &Path<'_>, found: &mut Violations) -> ParkedKeyPolicy {
    match v1::ParkedKeyPolicy::try_from(policy) {
        Ok(v1::ParkedKeyPolicy::Unspecified | v1::ParkedKeyPolicy::Pass) => ParkedKeyPolicy::Pass,
        Ok(v1::ParkedKeyPolicy::Block) => ParkedKeyPolicy::Block,
        Err(_) => {
            found.add(at, ErrorReason::InvalidField, format!("is {policy}, which is no policy that this server knows"));
            ParkedKeyPolicy::default()
        }
    }
}

/// Settings as their message, with every default filled in.
pub(super) fn to_proto(settings: &GroupSettings) -> SubscriptionSettings {
    let ordering_key = match settings.ordering {
        OrderingKey::None => v1::OrderingKey::None,
        OrderingKey::Workflow => v1::OrderingKey::Workflow,
        OrderingKey::Session => v1::OrderingKey::Session,
        OrderingKey::Agent => v1::OrderingKey::Agent,
        OrderingKey::All => v1::OrderingKey::All,
    };
    let parked_key_policy = match settings.parked_keys {
        ParkedKeyPolicy::Pass => v1::ParkedKeyPolicy::Pass,
        ParkedKeyPolicy::Block => v1::ParkedKeyPolicy::Block,
    };
    SubscriptionSettings {
        filter: filter::to_proto(&settings.filter),
        ordering_key: ordering_key.into(),
        parked_key_policy: parked_key_policy.into(),
        max_attempts: settings.max_attempts,
        min_backoff: Some(duration(settings.min_backoff_ms)),
        max_backoff: Some(duration(settings.max_backoff_ms)),
        ack_timeout: Some(duration(settings.ack_timeout_ms)),
        max_in_flight: settings.max_in_flight,
    }
}

/// Milliseconds as a duration.
pub(super) fn duration(millis: u64) -> prost_types::Duration {
    prost_types::Duration {
        seconds: i64::try_from(millis / 1_000).unwrap_or(i64::MAX),
        nanos: (millis % 1_000) as i32 * 1_000_000,
    }
}
