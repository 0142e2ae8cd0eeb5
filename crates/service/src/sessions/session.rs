//! Sessions as answers show them: with what is kept beside the log.

use god33_domain::ports::SignOfLife;
use god33_domain::session::{Session, SessionStatus};
use god33_domain::state::StateKey;
use god33_domain::{JsonText, Timestamp};
use god33_proto::v1::{self, ContextLevel};
use serde::{Deserialize, Serialize};

use crate::wire::status::Failure;
use crate::wire::time;
use crate::{App, show};

/// Shares of the context window from which on it is a warning, and critical.
const WARNING: f64 = 0.7;
const CRITICAL: f64 = 0.9;

/// What a heartbeat says beside that the session lives.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub(super) struct Said {
    /// Tokens in the context window.
    pub(super) context_tokens: Option<i64>,
    /// Size of the window.
    pub(super) context_limit: Option<i64>,
    /// What the agent does now.
    pub(super) current_focus: Option<String>,
}

impl Said {
    /// As it is kept; `None` when it says nothing.
    pub(super) fn to_json(&self) -> Option<JsonText> {
        (*self != Self::default()).then(|| JsonText::of(self).ok()).flatten()
    }
}

/// A session as its message, with the newest sign of life of any node.
pub(crate) async fn message(app: &App, session: &Session) -> Result<v1::Session, Failure> {
    Ok(messages(app, std::slice::from_ref(session)).await?.pop().unwrap_or_default())
}

/// Sessions as their messages.
pub(crate) async fn messages(app: &App, sessions: &[Session]) -> Result<Vec<v1::Session>, Failure> {
    let keys: Vec<StateKey> = sessions.iter().map(|session| StateKey::of::<Session>(&session.session_id)).collect();
    let signs = if keys.is_empty() { Default::default() } else { app.pulse.newest(&keys).await? };
    sessions.iter().zip(&keys).map(|(session, key)| with_sign(session, signs.get(key))).collect()
}

/// The state of a session alone: a sign of life is answered with no more, and comes too often to have the whole session written for it.
pub(super) const fn status(session: &Session) -> v1::SessionStatus {
    match session.status {
        None => v1::SessionStatus::Unspecified,
        Some(SessionStatus::Active) => v1::SessionStatus::Active,
        Some(SessionStatus::Paused) => v1::SessionStatus::Paused,
        Some(SessionStatus::Completed) => v1::SessionStatus::Completed,
        Some(SessionStatus::Failed) => v1::SessionStatus::Failed,
    }
}

/// A session as its message, with what this node has heard of it: no query.
pub(super) fn from_here(app: &App, session: &Session) -> Result<v1::Session, Failure> {
    let sign = app.pulse.last(&StateKey::of::<Session>(&session.session_id));
    with_sign(session, sign.as_ref())
}

fn with_sign(session: &Session, sign: Option<&SignOfLife>) -> Result<v1::Session, Failure> {
    let mut message: v1::Session = show::message(session)?;
    if let Some(sign) = sign {
        let newest = session.last_active_at.max(sign.at);
        message.last_active_at = Some(time::to_proto(newest));
        let said: Said = sign.said.as_ref().and_then(|said| said.read().ok()).unwrap_or_default();
        add_health(&mut message, session, &said, sign.at);
    }
    if let Some(health) = &mut message.context_health {
        health.level = level(health.context_tokens, health.context_limit).into();
    }
    Ok(message)
}

/// What the newer of event and heartbeat measured.
fn add_health(message: &mut v1::Session, session: &Session, said: &Said, at: Timestamp) {
    let measured = session.context_health.map(|health| health.measured_at);
    let Some(context_tokens) = said.context_tokens.filter(|_| measured.is_none_or(|measured| measured <= at)) else {
        return;
    };
    let known = session.context_health.map_or(0, |health| health.context_limit);
    message.context_health = Some(v1::ContextHealth {
        context_tokens,
        context_limit: said.context_limit.unwrap_or(known),
        measured_at: Some(time::to_proto(at)),
        level: ContextLevel::Unspecified.into(),
    });
}

fn level(tokens: i64, limit: i64) -> ContextLevel {
    if limit <= 0 {
        return ContextLevel::Unspecified;
    }
    match tokens as f64 / limit as f64 {
        share if share >= CRITICAL => ContextLevel::Critical,
        share if share >= WARNING => ContextLevel::Warning,
        _ => ContextLevel::Healthy,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_is_healthy_until_it_is_seventy_percent_full_and_critical_from_ninety_on() {
        let levels = [(0, 0), (69, 100), (70, 100), (89, 100), (90, 100), (200, 100)];
        let levels = levels.map(|(tokens, limit)| level(tokens, limit));
        assert_eq!(
            levels,
            [
                ContextLevel::Unspecified,
                ContextLevel::Healthy,
                ContextLevel::Warning,
                ContextLevel::Warning,
                ContextLevel::Critical,
                ContextLevel::Critical
            ]
        );
    }
}
