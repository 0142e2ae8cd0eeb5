//! JSON text to a message of the contract.

use prost::Message;
use prost_reflect::ReflectMessage;

use super::bytes::put_bytes;
use super::misfit::Misfit;
use super::read::{Strictness, Taken, read};
use super::shape::{Shape, shape_of};

/// Reads a state that the server wrote. Members that the message does not declare are the server's own and are left out, as is a value
/// that does not fit its field: a state is readable whatever the events behind it held. An object with `additional_members` keeps there
/// what it does not declare, as in a payload.
#[allow(dead_code, reason = "the services that show states read them with it")]
pub(crate) fn state<M: Message + ReflectMessage + Default>(json: &str) -> Result<M, Misfit> {
    message(json, Strictness::State)
}

/// Reads a text that must be of the message's shape, and say nothing that the message cannot.
pub(crate) fn strict<M: Message + ReflectMessage + Default>(json: &str) -> Result<M, Misfit> {
    message(json, Strictness::Strict)
}

fn message<M: Message + ReflectMessage + Default>(json: &str, strictness: Strictness) -> Result<M, Misfit> {
    let descriptor = M::default().descriptor();
    let shape = shape_of(descriptor.full_name()).ok_or_else(|| Misfit::new("has no declared shape"))?;
    let bytes = whole(shape, read(shape, json, strictness)?)?;
    M::decode(bytes.as_slice()).map_err(|error| Misfit::new(format!("cannot be read as its message: {error}")))
}

/// The message with what its fields cannot hold, where it has a place for that.
fn whole(shape: &Shape, taken: Taken) -> Result<Vec<u8>, Misfit> {
    let Taken { mut message, additional } = taken;
    match shape.additional {
        _ if additional.is_empty() => {}
        Some(number) => put_bytes(number, additional.as_bytes(), &mut message),
        None => return Err(Misfit::new(format!("holds what its message does not declare: {additional}"))),
    }
    Ok(message)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use god33_proto::v1::{
        ChunkInfo, Collaboration, Handoff, HandoffState, Priority, Proposal, ServiceSpec, Session, SharedValue,
        SnapshotInfo, TaskContext,
    };
    use prost_types::{Duration, value};

    use super::*;
    use crate::text::message_text;

    #[test]
    fn a_state_leaves_out_what_it_does_not_declare_and_what_does_not_fit() {
        let handoff: Handoff = state(
            r#"{"handoff_id":"h-1","state":"offered","priority":"very","task_id":null,"attempt":-1,"max_attempts":3,
            "offers":[{"agent":"a"}],"deadline":"soon","progress":{"n":9007199254740993,"big":1e999},"reason":"",
            "lease":{"session_id":"s-1","fencing_token":"7","held":{"since":1}},"artifacts":[{"path":"a"},7,null]}"#,
        )
        .unwrap();
        assert_eq!(
            (handoff.handoff_id.as_str(), handoff.state(), handoff.max_attempts),
            ("h-1", HandoffState::Offered, 3)
        );
        assert_eq!((handoff.priority(), handoff.attempt, handoff.deadline), (Priority::Unspecified, 0, None));
        assert_eq!((handoff.task_id.as_str(), handoff.reason.as_str()), ("", ""));
        let lease = handoff.lease.unwrap();
        assert_eq!((lease.session_id.as_str(), lease.fencing_token), ("s-1", 0));
        assert_eq!(handoff.artifacts.len(), 1, "an item that does not fit is left out of its list");
        let progress = handoff.progress.unwrap();
        let number = |name: &str| progress.fields[name].kind.clone();
        assert_eq!(number("n"), Some(value::Kind::NumberValue(9_007_199_254_740_992.0)), "the nearest double");
        assert_eq!(number("big"), Some(value::Kind::NumberValue(f64::MAX)));
    }

    #[test]
    fn an_object_of_a_state_keeps_what_it_does_not_declare_when_it_has_a_place_for_it() {
        let handoff: Handoff = state(
            r#"{"context":{"file_references":["a"],"constraints":{"n":9007199254740993},"more":null},"artifacts":[{"type":"code","lines":7}]}"#,
        )
        .unwrap();
        let context = handoff.context.unwrap();
        assert_eq!(context.file_references, ["a"]);
        assert_eq!(context.additional_members, r#"{"constraints":{"n":9007199254740993},"more":null}"#);
        let artifact = &handoff.artifacts[0];
        assert_eq!((artifact.r#type.as_str(), artifact.path.as_str()), ("code", ""), "nothing is required of a state");
        assert_eq!(artifact.additional_members, r#"{"lines":7}"#);
    }

    #[test]
    fn durations_are_seconds() {
        let session: Session = state(r#"{"heartbeat_timeout":0.30000000000000004}"#).unwrap();
        assert_eq!(session.heartbeat_timeout, Some(Duration { seconds: 0, nanos: 300_000_000 }));
        assert_eq!(message_text(&session), r#"{"heartbeat_timeout":0.3}"#);
        for timeout in ["-1", "\"90s\"", "null", "{}"] {
            let session: Session = state(&format!(r#"{{"heartbeat_timeout":{timeout}}}"#)).unwrap();
            assert_eq!(session.heartbeat_timeout, None, "{timeout}");
        }
        let strictly = strict::<Session>(r#"{"heartbeat_timeout":-1}"#).unwrap_err();
        assert_eq!(
            strictly.to_string(),
            r#"member "heartbeat_timeout" must be a number of seconds from 0 to 315576000000"#
        );
        let zero: Session = strict(r#"{"heartbeat_timeout":0}"#).unwrap();
        assert_eq!(message_text(&zero), r#"{"heartbeat_timeout":0}"#);
    }

    #[test]
    fn bytes_are_hexadecimal() {
        let chunk = ChunkInfo { digest: vec![0x0f, 0xa0].into(), size: 2 };
        let snapshot = SnapshotInfo { digest: vec![0xff].into(), chunks: vec![chunk], ..SnapshotInfo::default() };
        let text = message_text(&snapshot);
        assert_eq!(text, r#"{"digest":"ff","chunks":[{"digest":"0fa0","size":2}]}"#);
        assert_eq!(state::<SnapshotInfo>(&text).unwrap(), snapshot);
        assert!(state::<SnapshotInfo>(r#"{"digest":"FF"}"#).unwrap().digest.is_empty());
        let strictly = strict::<SnapshotInfo>(r#"{"digest":"f"}"#).unwrap_err();
        assert_eq!(strictly.to_string(), r#"member "digest" must be bytes in lower-case hexadecimal"#);
    }

    #[test]
    fn votes_and_shared_values_come_back() {
        let text = r#"{"participants":[{"agent_id":"a","state":"joined","progress_pct":0}],"shared_context":[{"key":"k","value":[1,null,{"x":"y"}],"version":2}],"proposals":[{"proposal_id":"p","votes":{"a":"yes","b":"no"},"decided":true}]}"#;
        let collaboration: Collaboration = state(text).unwrap();
        assert_eq!(collaboration.proposals[0].votes["b"], "no");
        assert_eq!(message_text(&collaboration), text);
        let proposal: Proposal = state(r#"{"votes":{"a":"yes","b":7,"c":null}}"#).unwrap();
        assert_eq!(proposal.votes.into_iter().collect::<Vec<_>>(), [("a".to_owned(), "yes".to_owned())]);
        let null: SharedValue = state(r#"{"key":"k","value":null}"#).unwrap();
        assert_eq!(null.value.unwrap().kind, Some(value::Kind::NullValue(0)), "null is a value of its own here");
    }

    #[test]
    fn a_state_that_is_no_object_is_a_misfit() {
        for text in ["[]", "7", "", "{"] {
            assert!(state::<Handoff>(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_strict_message_keeps_what_it_does_not_declare_where_it_can() {
        let context: TaskContext = strict(r#"{"file_references":["a"],"more":[1]}"#).unwrap();
        assert_eq!(context.additional_members, r#"{"more":[1]}"#);
        let handoff = strict::<Handoff>(r#"{"handoff_id":"h","more":[1]}"#).unwrap_err();
        assert_eq!(handoff.why, r#"holds what its message does not declare: {"more":[1]}"#);
        let missing = strict::<ServiceSpec>("{}").unwrap_err();
        assert_eq!(missing.to_string(), r#"member "service" is required and is missing or empty"#);
    }
}
