//! Claims that break off on the way, each at a place that is known: nothing stays held out to who is gone.

use std::sync::Arc;

use bytes::{BufMut, Bytes, BytesMut};
use god33_conformance::database::TestDatabase;
use god33_proto::v1::{ClaimHandoffRequest, GetHandoffRequest, HandoffState};
use god33_store_postgres::{PostgresConfig, PostgresStore};
use h2::client::{Builder, ResponseFuture, SendRequest};
use h2::{PingPong, Reason, SendStream};
use prost::Message;
use sqlx::PgConnection;
use tokio::net::TcpStream;

use crate::build::*;
use crate::common::{Setup, TestServer, until, within};
use crate::team::*;

const TYPE: &str = "letta-python-dev";

/// A server whose store can be held up, and which notes who had work held out to it and has it no more.
struct World {
    server: TestServer,
    database: TestDatabase,
    handoffs: Handoffs,
    handoff_id: String,
    first: String,
    second: String,
}

impl World {
    async fn new() -> Self {
        let database = TestDatabase::create().await;
        let config = PostgresConfig::new(database.url());
        PostgresStore::migrate(&config).await.unwrap();
        let mut connection = database.connect().await;
        let note = "create table ended (session_id text);
            create function note() returns trigger language plpgsql as
                $$ begin insert into ended values (old.session_id); return old; end $$;
            create trigger note before delete on reservations for each row execute function note()";
        sqlx::raw_sql(note).execute(&mut connection).await.unwrap();
        let server = Setup::on(Arc::new(PostgresStore::connect(config).await.unwrap())).start().await;
        let mut events = Events::new(server.channel().await);
        let mut handoffs = Handoffs::new(server.channel().await);
        let first = session(&mut events, TYPE, "one", 60.0).await;
        let second = session(&mut events, TYPE, "two", 60.0).await;
        let handoff_id = offer(&mut handoffs, to_type(TYPE)).await.handoff_id;
        Self { server, database, handoffs, handoff_id, first, second }
    }

    /// Keeps others from a table until it is committed or dropped.
    async fn hold_up(&self, table: &str) -> PgConnection {
        let mut connection = self.database.connect().await;
        let sql = format!("begin; lock table {table} in access exclusive mode");
        sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
        connection
    }

    async fn until_held_up(&self) {
        let waiting =
            "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
        until("the claim is held up", async || self.count(waiting).await > 0).await;
    }

    async fn until_ended(&self) {
        let ended = format!("select count(*) from ended where session_id = '{}'", self.first);
        until("nothing is held out to who is gone", async || self.count(&ended).await > 0).await;
    }

    async fn count(&self, sql: &str) -> i64 {
        let mut connection = self.database.connect().await;
        sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(&mut connection).await.unwrap()
    }

    async fn second_gets_it(&mut self) {
        let got = claimed(&mut self.handoffs, claim(&self.second, 30)).await.handoff.unwrap();
        assert_eq!(got.handoff_id, self.handoff_id);
    }
}

/// A connection on which each frame is in the caller's hand.
struct Wire {
    requests: SendRequest<Bytes>,
    pings: PingPong,
}

impl Wire {
    /// Connects. The server may send so many bytes of an answer's body.
    async fn to(server: &TestServer, window: u32) -> Self {
        let socket = TcpStream::connect(server.address).await.unwrap();
        let (requests, mut connection) = Builder::new().initial_window_size(window).handshake(socket).await.unwrap();
        let pings = connection.ping_pong().unwrap();
        tokio::spawn(async move { connection.await.unwrap() });
        Self { requests, pings }
    }

    async fn claim(&mut self, request: &ClaimHandoffRequest) -> (ResponseFuture, SendStream<Bytes>) {
        let head = http::Request::post("http://god33/god33.v1.HandoffService/ClaimHandoff")
            .header("content-type", "application/grpc")
            .header("te", "trailers")
            .body(())
            .unwrap();
        let mut body = BytesMut::new();
        body.put_u8(0);
        body.put_u32(u32::try_from(request.encoded_len()).unwrap());
        request.encode(&mut body).unwrap();
        let (answer, mut stream) = self.requests.send_request(head, false).unwrap();
        stream.send_data(body.freeze(), true).unwrap();
        (answer, stream)
    }

    /// Cancels a call. The server knows it when this returns, since it reads frames in their order.
    async fn cancel(&mut self, mut stream: SendStream<Bytes>) {
        stream.send_reset(Reason::CANCEL);
        within(self.pings.ping(h2::Ping::opaque())).await.unwrap();
    }
}

const WINDOW: u32 = 65_535;

#[tokio::test]
async fn a_claim_that_is_cancelled_while_it_reserves_leaves_nothing_reserved() {
    for accept in [false, true] {
        let mut world = World::new().await;
        let mut wire = Wire::to(&world.server, WINDOW).await;
        let held_up = world.hold_up("reservations").await;
        let request = ClaimHandoffRequest { accept, ..claim(&world.first, 30) };
        let (_answer, stream) = wire.claim(&request).await;
        world.until_held_up().await;
        wire.cancel(stream).await;
        drop(held_up);
        world.until_ended().await;
        if !accept {
            world.second_gets_it().await;
        }
        world.server.stop().await;
    }
}

#[tokio::test]
async fn a_claim_that_is_cancelled_while_it_takes_work_takes_it_and_leaves_nothing_reserved() {
    let mut world = World::new().await;
    let mut wire = Wire::to(&world.server, WINDOW).await;
    let held_up = world.hold_up("log").await;
    let request = ClaimHandoffRequest { accept: true, request_id: id(), ..claim(&world.first, 30) };
    let (_answer, stream) = wire.claim(&request).await;
    until("the work is reserved", async || world.count("select count(*) from reservations").await > 0).await;
    world.until_held_up().await;
    wire.cancel(stream).await;
    drop(held_up);
    world.until_ended().await;
    let get = GetHandoffRequest { handoff_id: world.handoff_id.clone(), ..GetHandoffRequest::default() };
    let handoff = world.handoffs.get_handoff(get).await.unwrap().into_inner().handoff.unwrap();
    assert_eq!(handoff.state(), HandoffState::Accepted);
    let again = claimed(&mut world.handoffs, request).await;
    assert_eq!(token(&again.handoff.unwrap()), token(&handoff), "who asks again gets what it took");
    world.server.stop().await;
}

#[tokio::test]
async fn what_an_answer_holds_out_that_cannot_be_delivered_is_for_others() {
    let mut world = World::new().await;
    let mut wire = Wire::to(&world.server, 0).await;
    let (answer, stream) = wire.claim(&claim(&world.first, 30)).await;
    // The work is chosen, and nothing of the answer's body may be sent.
    assert_eq!(within(answer).await.unwrap().status(), 200);
    assert_eq!(world.count("select count(*) from reservations").await, 1);
    wire.cancel(stream).await;
    world.until_ended().await;
    world.second_gets_it().await;
    world.server.stop().await;
}

#[tokio::test]
async fn what_an_answer_holds_out_that_was_delivered_stays_held_out() {
    let mut world = World::new().await;
    let mut wire = Wire::to(&world.server, WINDOW).await;
    let (answer, _stream) = wire.claim(&claim(&world.first, 30)).await;
    let mut body = within(answer).await.unwrap().into_body();
    while let Some(data) = within(body.data()).await {
        body.flow_control().release_capacity(data.unwrap().len()).unwrap();
    }
    assert_eq!(within(body.trailers()).await.unwrap().unwrap()["grpc-status"], "0");
    drop(wire);
    assert_eq!(claimed(&mut world.handoffs, claim(&world.second, 0)).await.handoff, None);
    assert_eq!(world.count("select count(*) from ended").await, 0);
    world.server.stop().await;
}
