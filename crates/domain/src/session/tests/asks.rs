//! Commands with the usual answers to what they leave open.

use serde_json::{Value, json};

use crate::checkpoint::{PruneCheckpoints, SaveCheckpoint, SetCheckpointPin};
use crate::command::Author;
use crate::session::{
    CompleteRecovery, CompleteSession, FailSession, FailSilent, Instruct, InstructionKind, PauseSession, ResumeSession,
    StartRecovery, StartSession, UpdateContext,
};
use crate::{JsonText, SessionId};

/// A person.
pub(crate) fn jarad() -> Author {
    Author { principal: "jarad".into(), ..Author::server() }
}

pub(crate) fn json(value: &Value) -> JsonText {
    JsonText::of(value).unwrap()
}

pub(crate) fn session(id: &str) -> SessionId {
    SessionId::parse(id).unwrap()
}

pub(crate) fn start(id: &str) -> StartSession {
    start_saying(id, &json!({"agent_type": "letta-python-dev", "agent_instance_id": "letta-python-dev-001"}))
}

pub(crate) fn start_saying(id: &str, said: &Value) -> StartSession {
    StartSession {
        author: jarad(),
        session_id: session(id),
        session: json(said),
        framework: None,
        heartbeat_timeout: None,
        agent_id: None,
    }
}

pub(crate) fn pause(id: &str, reason: &str) -> PauseSession {
    PauseSession { author: jarad(), session_id: id.into(), reason: reason.into(), checkpoint_id: None }
}

pub(crate) fn resume(id: &str) -> ResumeSession {
    ResumeSession { author: jarad(), session_id: id.into(), resuming_from_checkpoint: None }
}

pub(crate) fn complete(id: &str) -> CompleteSession {
    CompleteSession {
        author: jarad(),
        session_id: id.into(),
        final_checkpoint_id: None,
        summary: Some("All done".into()),
        metrics: None,
    }
}

pub(crate) fn fail(id: &str) -> FailSession {
    FailSession {
        author: jarad(),
        session_id: id.into(),
        failure_reason: "connection_timeout".into(),
        last_checkpoint_id: None,
    }
}

pub(crate) fn fail_silent(id: &str) -> FailSilent {
    FailSilent { author: Author::server(), session_id: id.into(), failure_reason: "connection_timeout".into() }
}

pub(crate) fn update(id: &str, said: &Value) -> UpdateContext {
    UpdateContext { author: jarad(), session_id: id.into(), update: json(said) }
}

pub(crate) fn instruct(id: &str, kind: InstructionKind) -> Instruct {
    Instruct { author: jarad(), session_id: id.into(), kind, reason: Some("lunch".into()) }
}

pub(crate) fn recover(failed: &str, new: &str) -> StartRecovery {
    StartRecovery {
        author: jarad(),
        failed_session_id: failed.into(),
        new_session_id: session(new),
        checkpoint_id: None,
        agent_type: None,
        agent_instance_id: None,
        checkpoint_schema_versions: Vec::new(),
        heartbeat_timeout: None,
    }
}

pub(crate) fn recovered(id: &str) -> CompleteRecovery {
    CompleteRecovery { author: jarad(), session_id: id.into(), checkpoint_id: None, context_delta: None }
}

pub(crate) fn save(id: &str, name: &str) -> SaveCheckpoint {
    save_saying(id, name, &json!({}))
}

pub(crate) fn save_saying(id: &str, name: &str, said: &Value) -> SaveCheckpoint {
    SaveCheckpoint {
        author: jarad(),
        session_id: id.into(),
        checkpoint_id: name.into(),
        checkpoint: json(said),
        snapshot_digest: None,
        snapshot_size: 0,
        snapshot_quota_bytes: None,
        pin: false,
    }
}

pub(crate) fn pin(id: &str, name: &str, pinned: bool) -> SetCheckpointPin {
    SetCheckpointPin {
        author: jarad(),
        session_id: id.into(),
        checkpoint_id: name.into(),
        pinned,
        reason: Some("a milestone".into()),
    }
}

pub(crate) fn prune(id: &str, keep_last: usize) -> PruneCheckpoints {
    PruneCheckpoints { author: jarad(), session_id: id.into(), keep_last, dry_run: false }
}
