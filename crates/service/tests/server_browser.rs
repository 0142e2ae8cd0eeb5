//! What a browser does: preflight, gRPC-web over HTTP/1.1, and pages that may not call.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::TestServer;

const CALL: &str = "/god33.v1.AdminService/GetServerInfo";
/// An empty message in a frame of gRPC.
const EMPTY: &[u8] = &[0, 0, 0, 0, 0];

fn post(path: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head =
        format!("POST {path} HTTP/1.1\r\nhost: here\r\nconnection: close\r\ncontent-length: {length}\r\n{headers}\r\n");
    [head.as_bytes(), body].concat()
}

fn preflight(origin: &str) -> Vec<u8> {
    format!(
        "OPTIONS {CALL} HTTP/1.1\r\nhost: here\r\nconnection: close\r\norigin: {origin}\r\n\
         access-control-request-method: POST\r\n\
         access-control-request-headers: authorization,content-type,x-grpc-web\r\n\r\n"
    )
    .into_bytes()
}

#[tokio::test]
async fn a_page_of_this_machine_may_call_with_its_own_headers() {
    let server = TestServer::start().await;
    let answer = server.http(&preflight("http://localhost:5173")).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(answer.contains("access-control-allow-origin: http://localhost:5173"), "{answer}");
    assert!(answer.contains("access-control-allow-headers: authorization,content-type,x-grpc-web"), "{answer}");
    let answer = server.http(&preflight("http://evil.example")).await;
    assert!(!answer.contains("access-control-allow-origin"), "{answer}");
    server.stop().await;
}

#[tokio::test]
async fn grpc_web_is_answered_over_http_1_with_trailers_in_the_body() {
    let server = TestServer::start().await;
    let headers = "content-type: application/grpc-web+proto\r\norigin: http://localhost:5173\r\n";
    let answer = server.http(&post(CALL, headers, EMPTY)).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(answer.contains("content-type: application/grpc-web+proto"), "{answer}");
    assert!(answer.contains("access-control-allow-origin: http://localhost:5173"), "{answer}");
    let exposed = "access-control-expose-headers: grpc-status,grpc-message,grpc-status-details-bin";
    assert!(answer.contains(exposed), "{answer}");
    assert!(answer.contains("grpc-status:0"), "{answer}");
    assert!(answer.contains("anonymous"), "{answer}");
    server.stop().await;
}

#[tokio::test]
async fn a_refusal_reaches_a_page_as_a_status() {
    let server = TestServer::start().await;
    let headers = "content-type: application/grpc-web+proto\r\n";
    let answer = server.http(&post("/god33.v1.AdminService/GetRetention", headers, EMPTY)).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(answer.contains("grpc-status: 12"), "{answer}");
    assert!(answer.contains("grpc-status-details-bin: "), "{answer}");
    server.stop().await;
}

#[tokio::test]
async fn a_page_of_elsewhere_is_refused_even_where_the_browser_asks_no_permission() {
    let server = TestServer::start().await;
    let headers = "content-type: application/grpc-web+proto\r\norigin: http://evil.example:50051\r\n";
    let answer = server.http(&post(CALL, headers, EMPTY)).await;
    assert!(answer.contains("grpc-status: 7"), "{answer}");
    assert!(answer.contains("server.allowed_origins"), "{answer}");
    assert!(!answer.contains("anonymous"), "{answer}");
    server.stop().await;
}

#[tokio::test]
async fn who_comes_without_grpc_finds_a_page_and_else_nothing() {
    let server = TestServer::start().await;
    let get = |path: &str| format!("GET {path} HTTP/1.1\r\nhost: here\r\nconnection: close\r\n\r\n").into_bytes();
    let answer = server.http(&get("/")).await;
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("gRPC-web"), "{answer}");
    for path in ["/nothing", CALL] {
        let answer = server.http(&get(path)).await;
        assert!(answer.starts_with("HTTP/1.1 404"), "{answer}");
    }
    let answer = server.http(&post(CALL, "content-type: application/json\r\n", b"{}")).await;
    assert!(answer.starts_with("HTTP/1.1 404"), "{answer}");
    server.stop().await;
}
