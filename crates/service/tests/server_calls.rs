//! Calls that are not offered, that do not exist, and that the transport does not take.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::collections::BTreeSet;

use common::{Setup, TestServer, within};
use god33_proto::POOL;
use god33_proto::v1::admin_service_client::AdminServiceClient;
use god33_proto::v1::{GetQuarantinedMessageRequest, GetServerInfoRequest};
use prost::bytes::Bytes;
use tonic::codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder};
use tonic::codegen::http::uri::PathAndQuery;
use tonic::transport::Channel;
use tonic::{Code, Request, Status};
use tonic_types::StatusExt;

/// Sends bytes as they are.
#[derive(Default)]
struct Raw;

impl Codec for Raw {
    type Encode = Bytes;
    type Decode = Bytes;
    type Encoder = Self;
    type Decoder = Self;

    fn encoder(&mut self) -> Self {
        Self
    }

    fn decoder(&mut self) -> Self {
        Self
    }
}

impl Encoder for Raw {
    type Item = Bytes;
    type Error = Status;

    fn encode(&mut self, item: Bytes, buffer: &mut EncodeBuf<'_>) -> Result<(), Status> {
        prost::bytes::BufMut::put(buffer, item);
        Ok(())
    }
}

impl Decoder for Raw {
    type Item = Bytes;
    type Error = Status;

    fn decode(&mut self, buffer: &mut DecodeBuf<'_>) -> Result<Option<Bytes>, Status> {
        use prost::bytes::Buf;
        Ok(Some(buffer.copy_to_bytes(buffer.remaining())))
    }
}

/// Calls with one message. `Ok` when the answer begins well.
async fn call(channel: &Channel, name: &str, message: &'static [u8]) -> Result<(), Status> {
    let mut client = tonic::client::Grpc::new(channel.clone());
    client.ready().await.unwrap();
    let path: PathAndQuery = format!("/{name}").parse().unwrap();
    let answer = client.server_streaming(Request::new(Bytes::from_static(message)), path, Raw);
    within(answer).await.map(|_| ())
}

fn reason(status: &Status) -> String {
    status.get_details_error_info().map(|info| info.reason).unwrap_or_default()
}

#[tokio::test]
async fn the_server_offers_exactly_what_it_says() {
    let server = TestServer::start().await;
    let channel = server.channel().await;
    let info = within(AdminServiceClient::new(channel.clone()).get_server_info(GetServerInfoRequest {})).await.unwrap();
    let offered: BTreeSet<String> = info.into_inner().methods.into_iter().collect();
    assert!(offered.contains("god33.v1.AdminService/GetServerInfo"));
    for service in POOL.services().filter(|service| service.package_name() == "god33.v1") {
        for method in service.methods() {
            let name = format!("{}/{}", service.full_name(), method.name());
            match call(&channel, &name, b"").await {
                // This server has no broker, and says so.
                Err(status) if reason(&status) == "NOT_IN_THIS_MODE" => assert!(offered.contains(&name), "{name}"),
                Err(status) if status.code() == Code::Unimplemented => {
                    assert!(!offered.contains(&name), "{name} is said to be offered");
                    assert_eq!(reason(&status), "NOT_IMPLEMENTED", "{name}");
                    assert!(status.message().contains(&name), "{name}: {}", status.message());
                }
                _ => assert!(offered.contains(&name), "{name} is not said to be offered"),
            }
        }
    }
    server.stop().await;
}

#[tokio::test]
async fn calls_that_do_not_exist_say_so() {
    let server = TestServer::start().await;
    let channel = server.channel().await;
    for name in ["god33.v1.AdminService/Nothing", "god33.v1.Nothing/Nothing", "nothing/at/all"] {
        let status = call(&channel, name, b"").await.unwrap_err();
        assert_eq!((status.code(), reason(&status).as_str()), (Code::Unimplemented, "NOT_IMPLEMENTED"), "{name}");
        assert!(status.message().starts_with("there is no call"), "{}", status.message());
    }
    server.stop().await;
}

#[tokio::test]
async fn a_message_that_cannot_be_read_is_refused_with_its_field() {
    let server = TestServer::start().await;
    let channel = server.channel().await;
    // Field 1, two bytes, no UTF-8.
    let status = call(&channel, "god33.v1.AdminService/GetQuarantinedMessage", b"\x0a\x02\xff\xfe").await.unwrap_err();
    assert_eq!((status.code(), reason(&status).as_str()), (Code::InvalidArgument, "INVALID_FIELD"));
    let violations = status.get_details_bad_request().unwrap().field_violations;
    assert_eq!(violations[0].field, "quarantine_id");
    let status = call(&channel, "god33.v1.AdminService/GetServerInfo", b"\xff").await.unwrap_err();
    assert_eq!((status.code(), reason(&status).as_str()), (Code::InvalidArgument, "INVALID_FIELD"));
    server.stop().await;
}

#[tokio::test]
async fn a_message_above_the_limit_is_refused_with_the_limit_compressed_or_not() {
    let mut setup = Setup::in_memory().await;
    setup.config.message_bytes = 1_000;
    let server = setup.start().await;
    for compressed in [false, true] {
        let mut client = AdminServiceClient::new(server.channel().await);
        if compressed {
            client = client.send_compressed(tonic::codec::CompressionEncoding::Gzip);
        }
        let request = GetQuarantinedMessageRequest { quarantine_id: "7".repeat(5_000) };
        let status = within(client.get_quarantined_message(request)).await.unwrap_err();
        assert_eq!((status.code(), reason(&status).as_str()), (Code::ResourceExhausted, "BATCH_TOO_LARGE"));
        assert_eq!(status.get_details_error_info().unwrap().metadata["limit"], "1000");
    }
    server.stop().await;
}

#[tokio::test]
async fn reflection_knows_the_contract_and_ends_with_the_server() {
    use tonic_reflection::pb::v1::ServerReflectionRequest;
    use tonic_reflection::pb::v1::server_reflection_client::ServerReflectionClient;
    use tonic_reflection::pb::v1::server_reflection_request::MessageRequest;
    use tonic_reflection::pb::v1::server_reflection_response::MessageResponse;

    let server = TestServer::start().await;
    let list = ServerReflectionRequest {
        host: String::new(),
        message_request: Some(MessageRequest::ListServices(String::new())),
    };
    let requests = tokio_stream::StreamExt::chain(tokio_stream::once(list), tokio_stream::pending());
    let mut client = ServerReflectionClient::new(server.channel().await);
    let mut answers = within(client.server_reflection_info(requests)).await.unwrap().into_inner();
    let answer = within(answers.message()).await.unwrap().unwrap();
    let Some(MessageResponse::ListServicesResponse(services)) = answer.message_response else { panic!("no list") };
    let names: Vec<String> = services.service.into_iter().map(|service| service.name).collect();
    for name in ["god33.v1.EventStoreService", "god33.v1.HandoffService", "grpc.health.v1.Health"] {
        assert!(names.iter().any(|known| known == name), "{name} is not in {names:?}");
    }
    // The request stream never ends by itself.
    server.stop().await;
}
