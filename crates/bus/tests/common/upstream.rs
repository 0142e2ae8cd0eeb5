//! The estate's messages, and what becomes of each.

use god33_bus::{RawMessage, normalise};
use god33_domain::{EventId, Limits, NewEvent, QuarantinedMessage, Timestamp};

/// One of upstream's messages and the event that it is.
pub struct Expected {
    pub file: &'static str,
    pub routing_key: &'static str,
    pub family: char,
    /// `None` when the id is derived from the content.
    pub id: Option<&'static str>,
    /// The body's own time.
    pub time: Option<&'static str>,
    pub event_type: &'static str,
    pub parents: &'static [&'static str],
    pub chain: Option<&'static str>,
    pub workflow: Option<&'static str>,
    pub session: Option<&'static str>,
    pub agent: Option<&'static str>,
    /// The members that fields of the envelope hold; the others are extensions.
    pub fields: &'static [&'static str],
}

impl Expected {
    pub fn body(&self) -> Vec<u8> {
        std::fs::read(format!("{}/tests/upstream/{}", env!("CARGO_MANIFEST_DIR"), self.file)).unwrap()
    }

    pub fn message(&self) -> RawMessage {
        RawMessage::new("bloodbank.events.v1", self.routing_key, self.body())
    }
}

pub fn id(text: &str) -> EventId {
    EventId::from_foreign(text)
}

#[expect(clippy::result_large_err, reason = "as in the function under test")]
pub fn read_at(message: &RawMessage, received_at: &str) -> Result<NewEvent, QuarantinedMessage> {
    normalise(message, Timestamp::parse(received_at).unwrap(), &Limits::default())
}

#[expect(clippy::result_large_err, reason = "as in the function under test")]
pub fn read(routing_key: &str, body: &str) -> Result<NewEvent, QuarantinedMessage> {
    read_at(&RawMessage::new("bloodbank.events.v1", routing_key, body.to_owned()), "2026-12-01T00:00:00Z")
}

const ENVELOPE: &[&str] =
    &["event_id", "event_type", "timestamp", "version", "source", "correlation_ids", "agent_context", "payload"];

const NOTHING: Expected = Expected {
    file: "",
    routing_key: "",
    family: 'A',
    id: None,
    time: None,
    event_type: "",
    parents: &[],
    chain: None,
    workflow: None,
    session: None,
    agent: None,
    fields: ENVELOPE,
};

pub const UPSTREAM: [Expected; 24] = [
    Expected {
        file: "01_env_http_publish_asset_created.json",
        routing_key: "asset.created",
        id: Some("3a217471-a2c9-4405-b4d4-9ffb1be3a41b"),
        time: Some("2026-11-22T09:23:40.324920Z"),
        event_type: "asset.created",
        ..NOTHING
    },
    Expected {
        file: "02_env_agent_message_received.json",
        routing_key: "agent.cack.message.received",
        id: Some("a528a01a-bc2b-4428-8a0c-57b01eb6e726"),
        time: Some("2026-11-22T09:23:40.514738Z"),
        event_type: "agent.cack.message.received",
        session: Some("agent:main:main"),
        agent: Some("cack"),
        ..NOTHING
    },
    Expected {
        file: "04_env_claude_tool_action.json",
        routing_key: "session.thread.agent.action",
        id: Some("9af2d76f-8839-4a78-959b-223d3d9f7753"),
        time: Some("2026-11-22T09:23:40.457584Z"),
        event_type: "session.thread.agent.action",
        session: Some("3a1f"),
        ..NOTHING
    },
    Expected {
        file: "05_env_claude_session_start.json",
        routing_key: "session.thread.start",
        id: Some("375146f4-80d2-4dde-b3b4-a25ad7b2487d"),
        time: Some("2026-11-22T09:23:40.489723Z"),
        event_type: "session.thread.start",
        session: Some("3a1f"),
        ..NOTHING
    },
    Expected {
        file: "08_env_letta_checkpoint_full_agent_context.json",
        routing_key: "agent.letta.checkpoint.saved",
        id: Some("89670f2f-4a7d-45b1-b6a0-ba3df3e8a7d0"),
        time: Some("2026-11-22T09:24:06.735229Z"),
        event_type: "agent.letta.checkpoint.saved",
        parents: &["dcbf406d-aaae-5a9a-8b36-38bb4f5ac1e7"],
        session: Some("560cc5e2-cc5c-4fc8-8d59-43e0fa013ca6"),
        agent: Some("letta-python-dev-001"),
        ..NOTHING
    },
    Expected {
        file: "09_env_python_mode_timestamp.json",
        routing_key: "agent.feedback.response",
        id: Some("ab51be1a-2057-41da-bdde-814ef69e4763"),
        time: Some("2026-11-22T09:24:06.743357Z"),
        event_type: "agent.feedback.response",
        parents: &["89670f2f-4a7d-45b1-b6a0-ba3df3e8a7d0"],
        agent: Some("python-dev"),
        ..NOTHING
    },
    Expected {
        file: "10_env_cli_github_pr_created.json",
        routing_key: "github.pr.created",
        id: Some("7e273f85-db02-4614-a60f-df577499aef7"),
        time: Some("2026-11-22T09:24:12.545417Z"),
        event_type: "github.pr.created",
        parents: &["550e8400-e29b-41d4-a716-446655440000"],
        ..NOTHING
    },
    Expected {
        file: "12_custom_no_id_no_ts_no_source.json",
        routing_key: "holocene.priority.updated",
        event_type: "holocene.priority.updated",
        ..NOTHING
    },
    Expected {
        file: "13_env_system_heartbeat_tick.json",
        routing_key: "system.heartbeat.tick",
        id: Some("40d0e045-704b-4d37-a559-f07bb099401c"),
        time: Some("2026-11-22T09:28:16.561804Z"),
        event_type: "system.heartbeat.tick",
        ..NOTHING
    },
    Expected {
        file: "14_env_heartbeat_dispatch.json",
        routing_key: "agent.lenoon.heartbeat.dispatch",
        id: Some("5e0c8a8e-3d9f-4b41-9d3e-0a1b2c3d4e5f"),
        time: Some("2026-02-24T15:04:05.123456Z"),
        event_type: "agent.lenoon.heartbeat.dispatch",
        session: Some("agent:infra:main"),
        agent: Some("lenoon"),
        ..NOTHING
    },
    Expected {
        file: "17_agent_status.json",
        routing_key: "agent.grolf.status",
        id: Some("c0ffee00-1111-4222-8333-444455556666"),
        time: Some("2026-02-22T18:31:00Z"),
        event_type: "agent.grolf.status",
        agent: Some("grolf"),
        ..NOTHING
    },
    Expected {
        file: "19_command_envelope_hookd_bridge.json",
        routing_key: "command.lenoon.run_drift_check",
        family: 'G',
        id: Some("b331176b-0031-47c4-82e7-4d80a2664913"),
        time: Some("2026-11-22T09:28:16.554545Z"),
        event_type: "command.envelope",
        parents: &["9637587d-0c67-40f2-b541-813f12fe5dd6"],
        chain: Some("9637587d-0c67-40f2-b541-813f12fe5dd6"),
        fields: &[
            "event_id",
            "event_type",
            "timestamp",
            "version",
            "source",
            "correlation_ids",
            "correlation_id",
            "payload",
        ],
        ..NOTHING
    },
    Expected {
        file: "20_command_ack.json",
        routing_key: "command.lenoon.run_drift_check.ack",
        family: 'H',
        id: Some("275c27d0-27a3-4f13-8ada-17a8b6af226e"),
        time: Some("2026-11-22T09:28:16.555269Z"),
        event_type: "command.ack",
        parents: &["b331176b-0031-47c4-82e7-4d80a2664913"],
        chain: Some("9637587d-0c67-40f2-b541-813f12fe5dd6"),
        fields: &[
            "event_id",
            "event_type",
            "timestamp",
            "version",
            "source",
            "correlation_id",
            "causation_id",
            "payload",
        ],
        ..NOTHING
    },
    Expected {
        file: "23_command_source_is_string_no_event_id.json",
        routing_key: "command.grolf.context_overflow",
        family: 'G',
        time: Some("2026-02-26T17:05:00Z"),
        event_type: "command.envelope",
        ..NOTHING
    },
    Expected {
        file: "24_flat_hookd_tool_mutation.json",
        routing_key: "tool.mutation.write",
        family: 'I',
        time: Some("2026-02-06T20:15:30.123Z"),
        event_type: "tool.mutation.write",
        chain: Some("0b7c3f0e-5f57-4d61-9a0e-2f4d8b1c6a77"),
        agent: Some("unknown"),
        ..NOTHING
    },
    Expected {
        file: "25_god14_envelope.json",
        routing_key: "agent.lenoon.message.sent",
        family: 'J',
        id: Some("01950b3e-7c1a-7cc0-8a6e-3f1d2c4b5a60"),
        time: Some("2026-02-26T17:03:00Z"),
        event_type: "message.sent",
        parents: &["01950b3e-7bff-7cc0-8a6e-3f1d2c4b5a01"],
        chain: Some("01950b3e-7c1a-7cc0-8a6e-3f1d2c4b5a00"),
        fields: &["event_id", "trace_id", "causation_id", "producer", "occurred_at", "type", "payload"],
        ..NOTHING
    },
    Expected {
        file: "26_legacy_v0_id_ts_data.json",
        routing_key: "llm.prompt",
        family: 'B',
        id: Some("4e1b6a52-8d6f-4f0a-8c0d-9b1f3a2c7d10"),
        time: Some("2025-10-06T12:00:00.123456Z"),
        event_type: "llm.prompt",
        fields: &["id", "ts", "event_type", "source", "correlation_id", "data"],
        ..NOTHING
    },
    Expected {
        file: "28_2025_10_component_envelope.json",
        routing_key: "imi.worktree.created",
        family: 'D',
        id: Some("9a0b1c2d-3e4f-4a5b-8c6d-7e8f9a0b1c2d"),
        time: Some("2025-10-12T16:00:00Z"),
        event_type: "imi.worktree.created",
        chain: Some("1f2e3d4c-5b6a-4978-8a9b-0c1d2e3f4a5b"),
        fields: &[
            "event_id",
            "event_type",
            "timestamp",
            "version",
            "source",
            "correlation_id",
            "agent_context",
            "payload",
        ],
        ..NOTHING
    },
    Expected {
        file: "29_holyfields_base_event_v1.json",
        routing_key: "agent.state.changed",
        family: 'E',
        id: Some("550e8400-e29b-41d4-a716-446655440010"),
        time: Some("2026-02-13T16:32:16Z"),
        event_type: "agent.state.changed",
        chain: Some("550e8400-e29b-41d4-a716-446655440011"),
        agent: Some("cack"),
        fields: &["event_id", "event_type", "timestamp", "version", "source", "correlation_id", "payload"],
        ..NOTHING
    },
    Expected {
        file: "30_holyfields_flat_whisperlivekit.json",
        routing_key: "whisperlivekit.transcription.completed",
        family: 'F',
        time: Some("2026-01-27T10:30:15.234Z"),
        event_type: "whisperlivekit.transcription.completed",
        session: Some("550e8400-e29b-41d4-a716-446655440000"),
        ..NOTHING
    },
    Expected {
        file: "31_env_nonuuid_correlation_id.json",
        routing_key: "transcription.voice.completed",
        id: Some("123e4567-e89b-12d3-a456-426614174000"),
        time: Some("2026-01-27T10:00:00Z"),
        event_type: "transcription.voice.completed",
        parents: &["parent-event-uuid"],
        session: Some("session-uuid"),
        // The list holds a text that is no UUID, and so is kept as it is.
        fields: &["event_id", "event_type", "timestamp", "version", "source", "agent_context", "payload"],
        ..NOTHING
    },
    Expected {
        file: "34_n8n_raw_fireflies_webhook.json",
        routing_key: "fireflies.transcriptReady",
        family: 'K',
        time: Some("2025-10-12T16:25:00Z"),
        event_type: "fireflies.transcriptReady",
        ..NOTHING
    },
    Expected {
        file: "38_seed_bmad_handoff.json",
        routing_key: "bmad.workflow.handoff.requested",
        id: Some("0f4b7d5e-2c3a-4b1d-9e8f-7a6b5c4d3e2f"),
        time: Some("2026-01-11T14:30:00Z"),
        event_type: "bmad.workflow.handoff.requested",
        parents: &["1a2b3c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d"],
        workflow: Some("3c4d5e6f-7a8b-4c9d-8e1f-2a3b4c5d6e7f"),
        agent: Some("bmad-architect"),
        ..NOTHING
    },
    Expected {
        file: "39_cloudevents_v3.json",
        routing_key: "bloodbank.evt.v1.system.heartbeat.received",
        family: 'O',
        id: Some("7d3f1c2b-9a8e-4f6d-8b5c-4a3e2d1c0b9a"),
        time: Some("2026-05-14T12:00:00Z"),
        event_type: "bloodbank.v1.system.heartbeat.received",
        // It names itself as its cause, which is no cause.
        chain: Some("7d3f1c2b-9a8e-4f6d-8b5c-4a3e2d1c0b9a"),
        agent: Some("operator:smoketest"),
        fields: &["id", "source", "type", "time", "correlationid", "causationid", "traceparent", "actor", "data"],
        ..NOTHING
    },
];
