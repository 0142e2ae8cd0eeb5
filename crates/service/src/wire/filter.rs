//! Which events are meant.

use god33_domain::{AgentId, EventFilter, SessionId, Timestamp, TypePattern, WorkflowId};
use god33_proto::v1::{self, ErrorReason};

use super::path::Path;
use super::violations::Violations;
use super::{id, plain_text, time};

/// The most patterns in one filter.
const MAX_PATTERNS: usize = 100;

/// Reads a filter; an absent one means every event.
pub(crate) fn parse(filter: Option<&v1::EventFilter>, found: &mut Violations) -> EventFilter {
    parse_at(filter, &Path::Request.member("filter"), found)
}

/// Reads a filter from anywhere in a request.
pub(crate) fn parse_at(filter: Option<&v1::EventFilter>, at: &Path<'_>, found: &mut Violations) -> EventFilter {
    let Some(filter) = filter else { return EventFilter::default() };
    let reason = ErrorReason::InvalidFilter;
    if !filter.descendants_of.is_empty() {
        let description = "is not offered by this server yet: list the descendants with ListDescendants, or use correlation_id for the whole causation chain";
        found.add(&at.member("descendants_of"), ErrorReason::NotImplemented, description);
    }
    EventFilter {
        types: patterns(&filter.event_types, &at.member("event_types"), found),
        workflow_id: id::optional_label(&filter.workflow_id, &at.member("workflow_id"), reason, found),
        session_id: id::optional_label(&filter.session_id, &at.member("session_id"), reason, found),
        agent: id::optional_label(&filter.agent_id, &at.member("agent_id"), reason, found),
        source: plain_text::optional(&filter.source, 255, ErrorReason::InvalidFilter, &at.member("source"), found),
        chain: id::optional_event_id(&filter.correlation_id, &at.member("correlation_id"), found),
        since: time::parse(filter.since.as_ref(), &at.member("since"), found),
        until: until(filter, at, found),
    }
}

/// A filter for a client; none for the one that chooses every event.
pub(crate) fn to_proto(filter: &EventFilter) -> Option<v1::EventFilter> {
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let message = v1::EventFilter {
        event_types: filter.types.iter().map(|pattern| pattern.as_str().to_owned()).collect(),
        workflow_id: text(filter.workflow_id.as_ref().map(WorkflowId::as_str)),
        session_id: text(filter.session_id.as_ref().map(SessionId::as_str)),
        agent_id: text(filter.agent.as_ref().map(AgentId::as_str)),
        source: text(filter.source.as_deref()),
        correlation_id: filter.chain.map(|id| id.to_string()).unwrap_or_default(),
        descendants_of: String::new(),
        since: filter.since.map(time::to_proto),
        until: filter.until.map(time::to_proto),
    };
    (message != v1::EventFilter::default()).then_some(message)
}

fn patterns(texts: &[String], at: &Path<'_>, found: &mut Violations) -> Vec<TypePattern> {
    if texts.len() > MAX_PATTERNS {
        let description = format!(
            "has {} patterns and the limit is {MAX_PATTERNS}: use wildcards, or filter in several requests",
            texts.len()
        );
        found.add(at, ErrorReason::InvalidFilter, description);
        return Vec::new();
    }
    let parsed = texts.iter().enumerate().filter_map(|(index, text)| pattern(text, &at.item(index), found));
    parsed.collect()
}

/// Reads one pattern of event types.
pub(crate) fn pattern(text: &str, at: &Path<'_>, found: &mut Violations) -> Option<TypePattern> {
    found.keep(at, ErrorReason::InvalidFilter, TypePattern::parse(text))
}

fn until(filter: &v1::EventFilter, at: &Path<'_>, found: &mut Violations) -> Option<Timestamp> {
    let until = time::parse(filter.until.as_ref(), &at.member("until"), found);
    // Read again without its violations, which are noted where it is read for good.
    let since = time::parse(filter.since.as_ref(), at, &mut Violations::default());
    check_span(since, until, &at.member("until"), found);
    until
}

/// Notes that a span of time is empty.
pub(crate) fn check_span(since: Option<Timestamp>, until: Option<Timestamp>, at: &Path<'_>, found: &mut Violations) {
    if let (Some(since), Some(until)) = (since, until)
        && since >= until
    {
        found.add(at, ErrorReason::InvalidFilter, format!("is {until} and must be later than since, which is {since}"));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    fn refused(filter: v1::EventFilter) -> Vec<(String, ErrorReason)> {
        let mut found = Violations::default();
        parse(Some(&filter), &mut found);
        found.into_vec().into_iter().map(|violation| (violation.field, violation.reason)).collect()
    }

    #[test]
    fn an_absent_filter_means_every_event() {
        assert_eq!(parse(None, &mut Violations::default()), EventFilter::default());
        assert_eq!(parse(Some(&v1::EventFilter::default()), &mut Violations::default()), EventFilter::default());
    }

    #[test]
    fn everything_that_is_wrong_with_a_filter_is_named_at_once() {
        let filter = v1::EventFilter {
            event_types: vec!["agent.*".into(), "a*".into(), String::new()],
            workflow_id: "a\u{0}".into(),
            session_id: "x".repeat(256),
            agent_id: "\n".into(),
            source: "\t".into(),
            correlation_id: "no-uuid".into(),
            since: Some(prost_types::Timestamp { seconds: 2, nanos: 0 }),
            until: Some(prost_types::Timestamp { seconds: 2, nanos: 0 }),
            ..v1::EventFilter::default()
        };
        let fields: Vec<String> = refused(filter).into_iter().map(|(field, _)| field).collect();
        let names = [
            "event_types[1]",
            "event_types[2]",
            "workflow_id",
            "session_id",
            "agent_id",
            "source",
            "correlation_id",
            "until",
        ];
        assert_eq!(fields, names.map(|name| format!("filter.{name}")));
    }

    #[test]
    fn what_is_not_offered_yet_is_refused_rather_than_ignored() {
        let filter = v1::EventFilter { descendants_of: "x".into(), ..v1::EventFilter::default() };
        assert_eq!(refused(filter), [("filter.descendants_of".to_owned(), ErrorReason::NotImplemented)]);
    }

    proptest! {
        #[test]
        fn no_text_makes_the_parser_panic(texts in proptest::collection::vec(any::<String>(), 6), seconds: i64, nanos: i32) {
            let time = Some(prost_types::Timestamp { seconds, nanos });
            let _ = refused(v1::EventFilter {
                event_types: vec![texts[0].clone()],
                workflow_id: texts[1].clone(),
                session_id: texts[2].clone(),
                agent_id: texts[3].clone(),
                source: texts[4].clone(),
                correlation_id: texts[5].clone(),
                descendants_of: String::new(),
                since: time,
                until: time,
            });
        }
    }
}
