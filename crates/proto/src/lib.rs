//! The contract of god33 as Rust types, generated from `proto/` at build time.
//!
//! The messages, clients and servers are in [`v1`]; what the contract says about itself (which event type carries which
//! payload, which members are required, which status code comes with which reason) is in [`schema`] and [`errors`], read
//! from the embedded descriptors and never written down twice.
//!
//! Architecture invariant: no rule of god33 lives here, and no other crate generates code from the contract.

use std::sync::LazyLock;

use prost_reflect::DescriptorPool;

pub mod errors;
pub mod schema;

/// Package of the contract; the `domain` of every `google.rpc.ErrorInfo` that the server sends.
pub const PACKAGE: &str = "god33.v1";

/// The contract as an encoded `google.protobuf.FileDescriptorSet`, with its options and without its comments. What server
/// reflection answers with.
pub const FILE_DESCRIPTOR_SET: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/descriptors.bin"));

/// The descriptors of the contract and of the well-known types that it uses.
pub static POOL: LazyLock<DescriptorPool> = LazyLock::new(decode_pool);

#[expect(clippy::expect_used, reason = "the set was written by this crate's own build script; a test decodes it")]
fn decode_pool() -> DescriptorPool {
    DescriptorPool::decode(FILE_DESCRIPTOR_SET).expect("the embedded contract decodes")
}

/// Messages, clients and servers of the package `god33.v1`.
#[allow(clippy::all, missing_docs, unreachable_pub, rustdoc::all)]
pub mod v1 {
    tonic::include_proto!("god33.v1");
}
