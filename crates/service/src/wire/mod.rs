//! Between the contract's messages and the domain's values: parse, don't check.
//!
//! Each file turns one thing of a request into a value that is valid by its type, and notes everything that is wrong on the way
//! ([`violations`]); and back. Only [`status`] makes a `tonic::Status`.

pub(crate) mod context;
pub(crate) mod envelope;
pub(crate) mod filter;
pub(crate) mod id;
pub(crate) mod json;
pub(crate) mod limits;
pub(crate) mod page;
pub(crate) mod page_token;
pub(crate) mod path;
pub(crate) mod payload;
pub(crate) mod plain_text;
pub(crate) mod recorded;
pub(crate) mod replay;
pub(crate) mod request;
pub(crate) mod source;
pub(crate) mod start;
pub(crate) mod status;
pub(crate) mod text;
pub(crate) mod time;
pub(crate) mod violations;
pub(crate) mod wait;
pub(crate) mod workflow;
