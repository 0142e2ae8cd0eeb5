//! `AGENT[:ROLE[:RESPONSIBILITY,…]]`.

use god33_proto::v1::ParticipantSpec;

/// Reads who takes part. What stands behind the second colon may hold more of them.
pub(super) fn participant(text: &str) -> Result<ParticipantSpec, String> {
    let wrong =
        "must be AGENT, AGENT:ROLE or AGENT:ROLE:RESPONSIBILITY,…, for instance letta-python-dev:implementer:api,tests";
    let mut parts = text.splitn(3, ':').map(str::trim);
    let agent_id = parts.next().filter(|agent| !agent.is_empty()).ok_or(wrong)?;
    let role = parts.next().unwrap_or_default();
    let responsibilities = parts.next().unwrap_or_default().split(',').map(str::trim).filter(|part| !part.is_empty());
    Ok(ParticipantSpec {
        agent_id: agent_id.into(),
        role: role.into(),
        responsibilities: responsibilities.map(Into::into).collect(),
        ..ParticipantSpec::default()
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn parts(text: &str) -> (String, String, Vec<String>) {
        let read = participant(text).unwrap();
        (read.agent_id, read.role, read.responsibilities)
    }

    #[test]
    fn a_participant_is_an_agent_with_perhaps_a_role_and_what_it_answers_for() {
        assert_eq!(parts("letta-python-dev"), ("letta-python-dev".into(), String::new(), vec![]));
        assert_eq!(parts("mise-architect:orchestrator"), ("mise-architect".into(), "orchestrator".into(), vec![]));
        let whole = parts("letta-ts-dev:implementer:web client, tests");
        assert_eq!(whole, ("letta-ts-dev".into(), "implementer".into(), vec!["web client".into(), "tests".into()]));
    }

    #[test]
    fn a_role_may_be_left_out_before_what_an_agent_answers_for() {
        assert_eq!(parts("a::docs,"), ("a".into(), String::new(), vec!["docs".into()]));
        assert_eq!(parts("a:b:urn:x"), ("a".into(), "b".into(), vec!["urn:x".into()]));
    }

    #[test]
    fn a_participant_without_an_agent_is_refused() {
        for text in ["", " ", ":implementer"] {
            assert!(participant(text).unwrap_err().starts_with("must be AGENT"), "{text}");
        }
    }
}
