//! The way of every list of states: parse the page, read, make the token of the next one.

use god33_domain::state::{Noun, StateQuery};
use prost::Message;
use tonic::Request;

use crate::wire::page;
use crate::wire::page_token::{List, PageToken, StoreId, refuse};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::{Action, App, Principal};

/// A request for a page.
pub(crate) trait Pages: Message + Clone {
    /// Its name.
    const NAME: &'static str;

    /// How many items; 0 for the default.
    fn page_size(&self) -> u32;

    /// Where it goes on; empty for the first page.
    fn page_token(&self) -> &str;

    /// How fresh it has to be.
    fn min_position(&self) -> u64;

    /// The request without its page: what a token is bound to.
    fn without_page(&self) -> Self;
}

/// Says where requests have their page.
macro_rules! pages {
    ($($request:ident),* $(,)?) => {
        $(impl $crate::list::Pages for god33_proto::v1::$request {
            const NAME: &'static str = stringify!($request);

            fn page_size(&self) -> u32 {
                self.page_size
            }

            fn page_token(&self) -> &str {
                &self.page_token
            }

            fn min_position(&self) -> u64 {
                self.min_position
            }

            fn without_page(&self) -> Self {
                let mut request = self.clone();
                (request.page_size, request.min_position) = (0, 0);
                request.page_token.clear();
                request
            }
        })*
    };
}
pub(crate) use pages;

/// A page of a list.
pub(crate) struct Page<N> {
    /// Its items.
    pub(crate) items: Vec<N>,
    /// The token of the next one; empty when this was the last.
    pub(crate) next: String,
}

/// Reads a page. `having` makes the conditions of the request (see [`StateQuery::having`]), and notes what is wrong with it.
pub(crate) async fn list<R: Pages, N: Noun>(
    app: &App,
    store_id: &StoreId,
    request: &Request<R>,
    having: impl FnOnce(&R, &mut Violations) -> Vec<Vec<String>>,
) -> Result<Page<N>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let request = request.get_ref();
    let mut found = Violations::default();
    let having = having(request, &mut found);
    let limit = page::size(request.page_size(), app.limits.page_size, &Path::Request.member("page_size"), &mut found);
    found.finish()?;

    let reader = app.reader(principal, Action::ReadStates(N::KIND, None), request.min_position()).await?;
    let list = List::new(store_id.get(&reader).await?, R::NAME, &[&request.without_page().encode_to_vec()]);
    let after = after(request.page_token(), &list)?;
    let query = StateQuery { kind: N::KIND, having, after, limit };
    let (mut items, has_more) = reader.list_states::<N>(&query).await?;
    let fitting = that_fit(&items);
    let has_more = has_more || fitting < items.len();
    items.truncate(fitting);
    let last = items.last().filter(|_| has_more);
    Ok(Page { next: last.map(|last| token(last, &list)).unwrap_or_default(), items })
}

/// How many of the states, from the first on, fit on one page: at least one, when there is one. Their stored form is about as large as
/// their message.
fn that_fit<N: Noun>(items: &[N]) -> usize {
    let mut bytes = 0;
    let sizes = items.iter().map(|item| serde_json::to_string(item).map_or(0, |text| text.len()));
    let fitting = sizes.take_while(|size| {
        let is_first = bytes == 0;
        bytes += size;
        is_first || bytes <= page::PAGE_BYTES
    });
    fitting.count()
}

fn after(text: &str, list: &List) -> Result<Option<(String, String)>, Failure> {
    let at = Path::Request.member("page_token");
    let mut found = Violations::default();
    let token = PageToken::parse(text, list, &at, &mut found);
    let after = token.as_ref().and_then(|token| place(&token.cursor));
    if token.is_some() && after.is_none() {
        refuse(&at, &mut found);
    }
    found.finish()?;
    Ok(after)
}

/// Rank and id, parted by a character that neither has.
fn place(cursor: &[u8]) -> Option<(String, String)> {
    let (rank, id) = std::str::from_utf8(cursor).ok()?.split_once('\0')?;
    Some((rank.to_owned(), id.to_owned()))
}

fn token<N: Noun>(last: &N, list: &List) -> String {
    let cursor = format!("{}\0{}", last.rank(), last.id()).into_bytes();
    PageToken { backwards: false, cursor }.encode(list)
}

/// A condition that one text must be a label's value; none when the text is empty.
pub(crate) fn one(name: &str, value: &str) -> Option<Vec<String>> {
    (!value.is_empty()).then(|| vec![god33_domain::state::label(name, value)])
}

/// A condition that a label's value is one of these words; none when there are no words.
pub(crate) fn any<'a>(name: &str, values: impl IntoIterator<Item = &'a str>) -> Option<Vec<String>> {
    let labels: Vec<String> = values.into_iter().map(|value| god33_domain::state::label(name, value)).collect();
    (!labels.is_empty()).then_some(labels)
}
