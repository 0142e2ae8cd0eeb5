//! How much of a list.

use clap::Args;

/// How much of a list, and from where.
#[derive(Args, Clone, Debug)]
pub struct PageArgs {
    /// At most this many, 1 to 1,000.
    #[arg(long, default_value_t = 20, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000))]
    pub(in crate::cli) limit: u32,

    /// Go on where an earlier list ended: the token that it printed.
    #[arg(long, value_name = "TOKEN", default_value = "", hide_default_value = true)]
    pub(in crate::cli) page: String,
}
