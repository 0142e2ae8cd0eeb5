//! A row of the yardstick: the same event that god33 is sent, as a program without it would write it.

use chrono::{DateTime, Utc};
use serde_json::json;
use uuid::Uuid;

/// A row, its JSON already as text.
pub(super) struct Row {
    pub(super) event_id: Uuid,
    pub(super) event_type: &'static str,
    pub(super) timestamp: DateTime<Utc>,
    pub(super) version: &'static str,
    pub(super) source: String,
    pub(super) correlation_id: Uuid,
    pub(super) agent_context: String,
    pub(super) payload: String,
}

impl Row {
    /// The next event of a session, which is also what caused it.
    pub(super) fn next(session: Uuid) -> Self {
        let event_id = Uuid::new_v4();
        let source = json!({"host": "big-chungus", "type": "agent", "app": "letta", "meta": null});
        let agent_context = json!({
            "type": "letta",
            "name": "letta-python-dev",
            "instance_id": "letta-python-dev-001",
            "file_references": ["docs/prd.md", "docs/architecture.md"],
            "checkpoint_id": format!("ckpt-{event_id}"),
        });
        let payload = json!({
            "session_id": session,
            "checkpoint_id": format!("ckpt-{event_id}"),
            "agent_instance_id": "letta-python-dev-001",
            "checkpoint_type": "progress",
            "summary": "Endpoints for login and token refresh are written and tested; logout is next.",
            "context_snapshot": {
                "files_modified": ["auth/login.py", "auth/tokens.py", "tests/test_login.py", "tests/test_tokens.py"],
                "current_focus": "JWT refresh with rotation of the signing key, and what happens to tokens of the old one",
                "next_steps": "Write logout, then the middleware that refuses revoked tokens; ask about session length",
            },
            "metrics": {"tokens_used": 18_234, "duration_seconds": 412.5},
        });
        Self {
            event_id,
            event_type: "agent.letta.checkpoint.saved",
            timestamp: Utc::now(),
            version: "1.0.0",
            source: source.to_string(),
            correlation_id: session,
            agent_context: agent_context.to_string(),
            payload: payload.to_string(),
        }
    }
}
