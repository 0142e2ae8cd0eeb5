//! Where the log is to be read from.

use god33_domain::Position;
use god33_log::Start;
use god33_proto::v1::ErrorReason;
use god33_proto::v1::subscribe_request::Start as WireStart;

use super::path::Path;
use super::time;
use super::violations::Violations;

/// Reads a request's start; from now when it says none.
pub(crate) fn parse(start: Option<&WireStart>, found: &mut Violations) -> Start {
    let mut must_be_true = |name: &str, set: bool| {
        if !set {
            let description = "must be true when it is set: leave it out, or set another start";
            found.add(&Path::Request.member(name), ErrorReason::InvalidStart, description);
        }
    };
    match start {
        None => Start::Now,
        Some(WireStart::AfterPosition(position)) => Start::After(Position::new(*position)),
        Some(WireStart::FromBeginning(set)) => {
            must_be_true("from_beginning", *set);
            Start::Beginning
        }
        Some(WireStart::FromNow(set)) => {
            must_be_true("from_now", *set);
            Start::Now
        }
        Some(WireStart::Since(since)) => {
            time::parse(Some(since), &Path::Request.member("since"), found).map_or(Start::Now, Start::Since)
        }
    }
}
