//! What somebody sees who comes without gRPC.

use http::StatusCode;

/// `GET /`.
pub(super) async fn index() -> String {
    format!(
        "god33 {}\n\n\
         This port speaks gRPC and gRPC-web. Reflection is on: grpcurl -plaintext <this address> list\n\
         The contract is the package {}.\n",
        env!("CARGO_PKG_VERSION"),
        god33_proto::PACKAGE,
    )
}

/// Everything else.
pub(super) async fn not_found() -> (StatusCode, &'static str) {
    (StatusCode::NOT_FOUND, "Nothing is here. This port speaks gRPC and gRPC-web; GET / says more.\n")
}
