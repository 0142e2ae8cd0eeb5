//! How much is answered at once.

use god33_domain::{Envelope, RecordedEvent};
use god33_proto::v1::ErrorReason;

use super::path::Path;
use super::violations::Violations;

/// The size of a page when none is asked for.
const DEFAULT_ITEMS: usize = 100;

/// A page ends at this size, since clients take 4 MiB by default. One item alone may be larger.
pub(crate) const PAGE_BYTES: usize = 3 << 20;

/// Reads the size of a page.
pub(crate) fn size(wanted: u32, limit: usize, at: &Path<'_>, found: &mut Violations) -> usize {
    match usize::try_from(wanted) {
        Ok(0) => DEFAULT_ITEMS.min(limit),
        Ok(wanted) if wanted <= limit => wanted,
        _ => {
            let description =
                format!("is {wanted} and the limit is {limit}: ask for a smaller page, or 0 for the default");
            let details = vec![("limit", limit.to_string()), ("actual", wanted.to_string())];
            found.add_with(at, ErrorReason::InvalidPageSize, description, details);
            limit
        }
    }
}

/// Reads a limit of a walk, which is its greatest value when it is 0.
pub(crate) fn bound(wanted: u32, default: usize, limit: usize, at: &Path<'_>, found: &mut Violations) -> usize {
    match usize::try_from(wanted) {
        Ok(0) => default.min(limit),
        Ok(wanted) if wanted <= limit => wanted,
        _ => {
            found.add(
                at,
                ErrorReason::InvalidField,
                format!("is {wanted} and must be at most {limit}, or 0 for the default"),
            );
            limit
        }
    }
}

/// How many of the events, from the first on, fit on one page: at least one, when there is one.
pub(crate) fn that_fit<'a>(events: impl IntoIterator<Item = &'a RecordedEvent>) -> usize {
    let mut bytes = 0;
    let sizes = events.into_iter().map(|event| size_of(&event.envelope));
    let fitting = sizes.take_while(|size| {
        let is_first = bytes == 0;
        bytes += size;
        is_first || bytes <= PAGE_BYTES
    });
    fitting.count()
}

/// Roughly the bytes that an event takes in an answer.
fn size_of(envelope: &Envelope) -> usize {
    const REST: usize = 512;
    let texts = [
        Some(&envelope.payload),
        Some(&envelope.source),
        envelope.agent_context.as_ref(),
        envelope.extensions.as_ref(),
    ];
    let texts: usize = texts.into_iter().flatten().map(|text| text.as_str().len()).sum();
    REST + texts + envelope.correlation_ids.len() * 38
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(wanted: u32) -> (usize, usize) {
        let mut found = Violations::default();
        let size = size(wanted, 1_000, &Path::Request.member("page_size"), &mut found);
        (size, found.len())
    }

    #[test]
    fn a_page_has_100_items_unless_asked_otherwise_and_1000_at_most() {
        assert_eq!(parse(0), (100, 0));
        assert_eq!(parse(1), (1, 0));
        assert_eq!(parse(1_000), (1_000, 0));
        assert_eq!(parse(1_001).1, 1);
        assert_eq!(parse(u32::MAX).1, 1);
    }

    #[test]
    fn the_bounds_of_a_walk_have_a_default_and_a_limit() {
        let mut found = Violations::default();
        assert_eq!(bound(0, 1_000, 10_000, &Path::Request, &mut found), 1_000);
        assert_eq!(bound(7, 1_000, 10_000, &Path::Request, &mut found), 7);
        assert_eq!(found.len(), 0);
        bound(10_001, 1_000, 10_000, &Path::Request, &mut found);
        assert_eq!(found.len(), 1);
    }
}
