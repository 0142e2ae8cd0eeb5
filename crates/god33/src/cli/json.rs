//! What is printed for programs.

pub(super) use god33_service::text::{
    causal_text as causal_json, event_text as event_json, message_text as message_json,
};
