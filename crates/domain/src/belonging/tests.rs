#![allow(clippy::unwrap_used)]
use super::*;
use crate::testing::{event, from_bus};

/// What an envelope with this payload, agent context and further members says, `-` for nothing.
fn said(payload: &str, context: &str, beside: &str) -> [String; 3] {
    let json = |text: &str| (text != "-").then(|| JsonText::parse(text).unwrap());
    let story = from_bus("a.b", "{}").raw_payload(payload).with(|envelope| {
        envelope.agent_context = json(context);
        envelope.extensions = json(beside);
    });
    words(&story.build().said)
}

fn words(belonging: &Belonging) -> [String; 3] {
    let Belonging { workflow_id, session_id, agent, .. } = belonging.clone();
    [workflow_id.map(|id| id.to_string()), session_id.map(|id| id.to_string()), agent.map(|id| id.to_string())]
        .map(|id| id.unwrap_or_else(|| "-".into()))
}

/// The parts of the estate's own messages that name a workflow, a session or an agent, as they stand on the wire.
#[test]
fn the_estates_real_messages_say_where_they_belong() {
    for (message, payload, context, beside, expected) in [
        (
            "02 agent message",
            r#"{"agent_name":"cack","session_key":"agent:main:main"}"#,
            "null",
            "-",
            ["-", "agent:main:main", "cack"],
        ),
        (
            "04 tool action",
            r#"{"session_id":"3a1f","thread_id":null,"tool_metadata":{"session_id":"x"}}"#,
            "null",
            "-",
            ["-", "3a1f", "-"],
        ),
        (
            "08 letta checkpoint",
            r#"{"session_id":"560cc5e2-cc5c-4fc8-8d59-43e0fa013ca6","agent_instance_id":"letta-python-dev-001"}"#,
            r#"{"type":"letta","name":"Letta Python Dev","instance_id":"letta-python-dev-001"}"#,
            "-",
            ["-", "560cc5e2-cc5c-4fc8-8d59-43e0fa013ca6", "letta-python-dev-001"],
        ),
        (
            "09 feedback",
            r#"{"agent_id":"python-dev","letta_agent_id":null,"response":"Use JWT"}"#,
            "null",
            "-",
            ["-", "-", "python-dev"],
        ),
        (
            "14 heartbeat",
            r#"{"agent":"lenoon","session_key":"agent:infra:main"}"#,
            "-",
            "-",
            ["-", "agent:infra:main", "lenoon"],
        ),
        (
            "20 command ack",
            r#"{"command_id":"2800","target_agent":"lenoon"}"#,
            "-",
            r#"{"producer":"service:x"}"#,
            ["-", "-", "-"],
        ),
        (
            "28 component",
            "{}",
            r#"{"agent_instance_id":null,"agent_template_id":null,"task_id":null}"#,
            "-",
            ["-", "-", "-"],
        ),
        (
            "30 flat",
            r#"{"text":"Hey"}"#,
            "-",
            r#"{"session_id":"550e8400-e29b-41d4-a716-446655440000"}"#,
            ["-", "550e8400-e29b-41d4-a716-446655440000", "-"],
        ),
        ("31 transcription", r#"{"session_id":"session-uuid"}"#, "null", "-", ["-", "session-uuid", "-"]),
        ("E3 n8n", r#"{"workflow_id":"Gjb9aPqfpAjLhe9z"}"#, "-", "-", ["Gjb9aPqfpAjLhe9z", "-", "-"]),
        ("E4 a list", "[1,2]", "-", "-", ["-", "-", "-"]),
        (
            "38 the seed's handoff",
            r#"{"workflow_id":"3c4d5e6f-7a8b-4c9d-8e1f-2a3b4c5d6e7f","from_agent":"bmad-architect","to_agent":"letta-python-dev"}"#,
            r#"{"type":"bmad-architect","name":"System Architect","instance_id":"session-123"}"#,
            "-",
            ["3c4d5e6f-7a8b-4c9d-8e1f-2a3b4c5d6e7f", "-", "bmad-architect"],
        ),
    ] {
        assert_eq!(said(payload, context, beside), expected, "{message}");
    }
}

#[test]
fn the_seeds_patterns_say_who_acts() {
    for (payload, agent) in [
        (r#"{"agent_instance_id":"letta-python-dev-001","from_agent":"x","agent_id":"y"}"#, "letta-python-dev-001"),
        (r#"{"from_agent":"bmad-code-reviewer","agent_id":"y"}"#, "bmad-code-reviewer"),
        (r#"{"initiator_agent":"director-of-engineering"}"#, "director-of-engineering"),
        (r#"{"answered_by":"jarad"}"#, "jarad"),
        (r#"{"agent_id":"mise-architect","agent":"z"}"#, "mise-architect"),
        (r#"{"to_agent":"letta-python-dev","target_agent":"x"}"#, "-"),
    ] {
        assert_eq!(said(payload, "-", "-")[2], agent, "{payload}");
    }
    let recovery = r#"{"new_session_id":"recovery","recovering_from_checkpoint":"checkpoint-123"}"#;
    assert_eq!(said(recovery, "-", "-")[1], "recovery");
}

#[test]
fn a_context_names_its_agent_by_role_then_instance_then_name() {
    for (context, agent) in [
        (r#"{"type":"letta","instance_id":"letta-python-dev-001","name":"Letta Python Dev"}"#, "letta-python-dev-001"),
        (r#"{"type":"bmad-architect","instance_id":"session-123"}"#, "bmad-architect"),
        (r#"{"type":"claude-code","name":"Winston"}"#, "Winston"),
        (r#"{"type":"claude-code"}"#, "claude-code"),
        (r#"{"agent_name":"cack","session_id":"s","project":"p"}"#, "cack"),
        ("{}", "-"),
        ("null", "-"),
    ] {
        assert_eq!(said("{}", context, "-")[2], agent, "{context}");
    }
}

#[test]
fn the_payload_stands_before_what_stands_beside_it() {
    let beside = r#"{"workflow_id":"w-2","session_id":"s-2","agent_id":"a-2"}"#;
    assert_eq!(said(r#"{"workflow_id":"w-1","session_key":"s-1","agent":"a-1"}"#, "-", beside), ["w-1", "s-1", "a-1"]);
    assert_eq!(said("{}", r#"{"session_id":"s-3","name":"a-3"}"#, beside), ["w-2", "s-2", "a-3"]);
    assert_eq!(said("{}", r#"{"session_id":"s-3"}"#, "-"), ["-", "s-3", "-"]);
}

#[test]
fn what_is_no_name_counts_as_absent_and_spoils_nothing() {
    let payload =
        r#"{"workflow_id":7,"session_id":"","session_key":"s-1","agent_instance_id":"a\u0000b","agent":"a-1"}"#;
    assert_eq!(said(payload, "-", "-"), ["-", "s-1", "a-1"]);
    let half = r#"{"workflow_id":"\ud800","session_id":"s-1","\udfff":1e400,"agent":{"agent":"x"}}"#;
    assert_eq!(said(half, "-", "-"), ["-", "s-1", "-"]);
    let long = format!(r#"{{"workflow_id":"{}","session_id":"{}"}}"#, "w".repeat(256), "ü".repeat(255));
    assert_eq!(said(&long, "-", "-"), ["-".to_owned(), "ü".repeat(255), "-".into()]);
}

#[test]
fn a_session_fills_workflow_and_agent_and_a_parent_fills_all_three() {
    let full = event("a.b").of_workflow("w-1").in_session("s-1").by("a-1").build().said;
    let mut session = SessionLink::new(SessionId::parse("s-2").unwrap());
    assert!(session.learn(&full) && !session.learn(&full));
    let mut belonging = Belonging::default();
    assert!(belonging.fill_from_session(&session));
    assert_eq!(words(&belonging), ["w-1", "-", "a-1"]);
    assert!(!belonging.is_complete() && belonging.fill_from_parent(&full) && belonging.is_complete());
    assert!(!belonging.fill_from_parent(&full), "nothing is missing any more");
    let mut own = event("a.b").of_workflow("w-own").build().said;
    own.fill_from_parent(&full);
    assert_eq!(words(&own), ["w-own", "s-1", "a-1"], "a set field never changes");
}

/// What an event of this type with this payload is about, as `[handoff, question, collaboration, task]`: `own` for its own id, `-` for nothing.
fn about(event_type: &str, payload: &str) -> [String; 4] {
    let story = event(event_type).raw_payload(payload);
    let own = story.envelope.event_id.to_string();
    let About { handoff, question, collaboration, task } = story.build().said.about;
    [handoff, question, collaboration, task].map(|id| match id {
        Some(id) if id == own => "own".into(),
        id => id.unwrap_or_else(|| "-".into()),
    })
}

#[test]
fn a_request_that_names_no_id_gives_its_own() {
    for (event_type, payload, expected) in [
        ("agent.handoff.requested", "{}", ["own", "-", "-", "-"]),
        ("bmad.workflow.handoff.requested", "{}", ["own", "-", "-", "-"]),
        ("director.service.delegation.requested", "{}", ["own", "-", "-", "-"]),
        ("agent.feedback.requested", "{}", ["-", "own", "-", "-"]),
        ("agent.handoff.requested", r#"{"handoff_id":"h","question_id":"q"}"#, ["h", "q", "-", "-"]),
        ("agent.feedback.requested", r#"{"handoff_id":"h","question_id":"q"}"#, ["h", "q", "-", "-"]),
        ("director.service.delegation.requested", r#"{"delegation_id":"d","task_id":"t"}"#, ["d", "-", "-", "t"]),
        ("agent.handoff.requested", r#"{"handoff_id":7,"collaboration_id":"c"}"#, ["own", "-", "c", "-"]),
    ] {
        assert_eq!(about(event_type, payload), expected, "{event_type} {payload}");
    }
}

#[test]
fn others_are_about_what_they_name() {
    let all = r#"{"handoff_id":"h","question_id":"q","collaboration_id":"c","task_id":"t","delegation_id":"d"}"#;
    for (event_type, expected) in [
        ("agent.handoff.accepted", ["h", "q", "c", "-"]),
        ("agent.letta.task.completed", ["h", "q", "c", "-"]),
        ("agent.feedback.response", ["h", "q", "c", "-"]),
        ("director.service.delegation.failed", ["d", "q", "c", "t"]),
        ("agent.registry.task.assigned", ["t", "q", "c", "-"]),
        ("director.cross-service.task.created", ["h", "q", "c", "t"]),
        ("mise.validation.requested", ["h", "q", "c", "t"]),
        ("director", ["h", "q", "c", "-"]),
    ] {
        assert_eq!(about(event_type, all), expected, "{event_type}");
        assert_eq!(about(event_type, "[1]"), ["-", "-", "-", "-"], "{event_type}");
    }
    let no_names = r#"{"handoff_id":"","question_id":"a\u0000b","collaboration_id":["c"],"task_id":null}"#;
    assert_eq!(about("director.x", no_names), ["-", "-", "-", "-"]);
}

#[test]
fn what_an_event_is_about_comes_from_its_parents_and_not_from_its_session() {
    let asked = event("agent.feedback.requested").saying("question_id", "q-1").in_session("s-1").build().said;
    let mut session = SessionLink::new(SessionId::parse("s-1").unwrap());
    session.learn(&asked);
    let mut belonging = Belonging::default();
    belonging.fill_from_session(&session);
    assert!(belonging.about.is_empty());
    assert!(belonging.fill_from_parent(&asked) && !belonging.about.is_empty());
    assert!(!belonging.fill_from_parent(&asked), "nothing is missing any more");
    let stored = serde_json::to_string(&belonging.about).unwrap();
    assert_eq!(stored, r#"{"question":"q-1"}"#, "what is not there is not stored");
    assert_eq!(serde_json::from_str::<About>(&stored).unwrap(), belonging.about);
}
