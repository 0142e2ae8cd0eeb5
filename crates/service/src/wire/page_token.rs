//! Page tokens: where a list goes on, bound to the store and to the request that it was made for.
//!
//! A token says nothing to a client and is not secret; it carries a checksum, so that one that was cut or mixed up is told from a real one.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use god33_domain::Digest;
use god33_proto::v1::ErrorReason;
use tokio::sync::OnceCell;
use uuid::Uuid;

use super::path::Path;
use super::violations::Violations;
use crate::{AppError, Reader};

const VERSION: u8 = 1;
const SUM_BYTES: usize = 8;
/// Version, store, list, direction.
const HEADER_BYTES: usize = 1 + 16 + SUM_BYTES + 1;
/// Longer than any token of this server.
const MAX_CHARS: usize = 2_048;

/// Names a list: the same request on the same store has the same one, whatever its page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct List {
    store: Uuid,
    sum: [u8; SUM_BYTES],
}

impl List {
    /// The list of an RPC with these parameters.
    pub(crate) fn new(store: Uuid, rpc: &str, parameters: &[&[u8]]) -> Self {
        let parts = [b"god33 list", rpc.as_bytes()].into_iter().chain(parameters.iter().copied());
        Self { store, sum: sum(parts) }
    }
}

/// Where a list goes on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct PageToken {
    /// Towards the start of the list.
    pub(crate) backwards: bool,
    /// The last item that was seen, in the list's own terms.
    pub(crate) cursor: Vec<u8>,
}

impl PageToken {
    /// The token as text.
    pub(crate) fn encode(&self, list: &List) -> String {
        let mut bytes = Vec::with_capacity(HEADER_BYTES + self.cursor.len() + SUM_BYTES);
        bytes.push(VERSION);
        bytes.extend_from_slice(list.store.as_bytes());
        bytes.extend_from_slice(&list.sum);
        bytes.push(u8::from(self.backwards));
        bytes.extend_from_slice(&self.cursor);
        let check = sum([b"god33 page token".as_slice(), &bytes]);
        bytes.extend_from_slice(&check);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Reads a token; `None` for the first page, or for one that was not made for this list, which is noted.
    pub(crate) fn parse(text: &str, list: &List, at: &Path<'_>, found: &mut Violations) -> Option<Self> {
        if text.is_empty() {
            return None;
        }
        let token = Self::decode(text, list);
        if token.is_none() {
            refuse(at, found);
        }
        token
    }

    fn decode(text: &str, list: &List) -> Option<Self> {
        if text.len() > MAX_CHARS {
            return None;
        }
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (bytes, check) = bytes.split_last_chunk::<SUM_BYTES>()?;
        let (header, cursor) = bytes.split_at_checked(HEADER_BYTES)?;
        let is_whole = *check == sum([b"god33 page token".as_slice(), bytes]);
        let is_ours = header[0] == VERSION && header[1..17] == *list.store.as_bytes() && header[17..25] == list.sum;
        (is_whole && is_ours && header[25] <= 1).then(|| Self { backwards: header[25] == 1, cursor: cursor.to_vec() })
    }
}

/// Notes that a token is not one of this list.
pub(crate) fn refuse(at: &Path<'_>, found: &mut Violations) {
    let description = "is not a token of this list: take next_page_token or previous_page_token out of an answer to the same request, or leave it empty for the first page";
    found.add(at, ErrorReason::InvalidPageToken, description);
}

fn sum<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> [u8; SUM_BYTES] {
    let digest = Digest::of_parts(parts);
    let mut sum = [0; SUM_BYTES];
    sum.copy_from_slice(&digest.as_bytes()[..SUM_BYTES]);
    sum
}

/// The id of the store, asked for once.
#[derive(Debug, Default)]
pub(crate) struct StoreId(OnceCell<Uuid>);

impl StoreId {
    /// The id.
    ///
    /// # Errors
    /// When the store cannot be read, and was not before.
    pub(crate) async fn get(&self, reader: &Reader<'_>) -> Result<Uuid, AppError> {
        let id = self.0.get_or_try_init(|| async { Ok::<_, AppError>(reader.info().await?.store_id) }).await?;
        Ok(*id)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    fn list(filter: &str) -> List {
        List::new(Uuid::from_u128(7), "ListEvents", &[filter.as_bytes()])
    }

    fn parse(text: &str, list: &List) -> Result<Option<PageToken>, ErrorReason> {
        let mut found = Violations::default();
        let token = PageToken::parse(text, list, &Path::Request.member("page_token"), &mut found);
        match found.into_vec().pop() {
            Some(violation) => Err(violation.reason),
            None => Ok(token),
        }
    }

    #[test]
    fn a_token_leads_back_to_its_place() {
        let token = PageToken { backwards: true, cursor: 42_u64.to_be_bytes().to_vec() };
        let text = token.encode(&list("a"));
        assert_eq!(parse(&text, &list("a")), Ok(Some(token)));
        assert_eq!(parse("", &list("a")), Ok(None));
    }

    #[test]
    fn a_token_of_another_list_or_store_is_refused() {
        let text = PageToken { backwards: false, cursor: vec![1] }.encode(&list("a"));
        let other_store = List::new(Uuid::from_u128(8), "ListEvents", &[b"a"]);
        let other_rpc = List::new(Uuid::from_u128(7), "ListAncestors", &[b"a"]);
        for other in [list("b"), other_store, other_rpc] {
            assert_eq!(parse(&text, &other), Err(ErrorReason::InvalidPageToken));
        }
    }

    #[test]
    fn a_token_with_any_changed_bit_is_refused() {
        let text = PageToken { backwards: false, cursor: vec![1, 2, 3] }.encode(&list("a"));
        let bytes = URL_SAFE_NO_PAD.decode(&text).unwrap();
        for bit in 0..bytes.len() * 8 {
            let mut changed = bytes.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(parse(&URL_SAFE_NO_PAD.encode(changed), &list("a")), Err(ErrorReason::InvalidPageToken));
        }
    }

    proptest! {
        #[test]
        fn garbage_is_never_a_token(text in "\\PC{1,200}", bytes in proptest::collection::vec(any::<u8>(), 1..200)) {
            prop_assert_eq!(parse(&text, &list("a")), Err(ErrorReason::InvalidPageToken));
            prop_assert_eq!(parse(&URL_SAFE_NO_PAD.encode(bytes), &list("a")), Err(ErrorReason::InvalidPageToken));
        }
    }
}
