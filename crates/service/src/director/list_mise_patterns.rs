//! Lists patterns, the newest first.

use god33_domain::director::MisePattern;
use god33_proto::v1::{ListMisePatternsRequest, ListMisePatternsResponse};
use tonic::{Request, Response};

use crate::list::{list, pages};
use crate::wire::page_token::StoreId;
use crate::wire::status::Failure;
use crate::{App, show};

pages!(ListMisePatternsRequest);

pub(super) async fn list_mise_patterns(
    app: &App,
    store_id: &StoreId,
    request: Request<ListMisePatternsRequest>,
) -> Result<Response<ListMisePatternsResponse>, Failure> {
    let page = list::<_, MisePattern>(app, store_id, &request, |_, _| Vec::new()).await?;
    let patterns = page.items.iter().map(show::message).collect::<Result<_, _>>()?;
    Ok(Response::new(ListMisePatternsResponse { patterns, next_page_token: page.next }))
}
