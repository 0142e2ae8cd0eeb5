use super::*;

fn with_work_and_question() -> (MemoryLog, String, String) {
    let (mut log, _) = started();
    let handoff = first(log.command(request_handoff(json!({"to_agent": "letta-python-dev"})))).to_string();
    let question = event("agent.feedback.requested").of_workflow(ID).saying("question", "JWT or cookies?");
    log.record([&question]);
    (log, handoff, question.envelope.event_id.to_string())
}

#[test]
fn open_work_stands_against_the_end_until_it_is_done_or_cancelled() {
    let (mut log, handoff, _) = with_work_and_question();
    let refusal = Refusal::OpenHandoffs { workflow_id: ID.into(), handoff_ids: vec![handoff.clone()] };
    assert_eq!(log.command(complete()), Err(refusal));
    log.record([&event("agent.handoff.cancelled").of_workflow(ID).saying("handoff_id", handoff)]);
    log.command(complete()).unwrap();
}

#[test]
fn force_cancels_what_is_open() {
    let (mut log, handoff, question) = with_work_and_question();
    let before = log.events.len();
    log.command(CompleteWorkflow { force: true, agent: Some("bmad-pm".into()), ..complete() }).unwrap();
    let cancelled =
        |member: &str, id: &str| json!({member: id, "cancelled_by": "bmad-pm", "reason": "the workflow was completed"});
    let expected = [
        ("bmad.workflow.completed".to_owned(), json!({"workflow_id": ID, "from_agent": "bmad-pm"})),
        ("agent.handoff.cancelled".to_owned(), cancelled("handoff_id", &handoff)),
        ("agent.feedback.cancelled".to_owned(), cancelled("question_id", &question)),
    ];
    assert_eq!(since(&log, before), expected);
    let ended = log.events[before].id();
    assert_eq!(causes(&log, log.events[before + 1].id()), [ended]);
    assert!(causes(&log, log.events[before + 2].id()).contains(&ended));
    let workflow = log.workflow(ID);
    assert_eq!(workflow.status, WorkflowStatus::Completed);
    assert_eq!((workflow.open_handoffs.len(), workflow.open_questions.len(), workflow.anomalies), (0, 0, 0));
}

#[test]
fn without_force_open_questions_outlive_the_workflow() {
    let (mut log, _) = started();
    log.record([&event("agent.feedback.requested").of_workflow(ID).saying("question", "JWT or cookies?")]);
    let before = log.events.len();
    log.command(complete()).unwrap();
    assert_eq!(log.events.len() - before, 1);
}

#[test]
fn giving_up_cancels_what_is_open_and_says_why() {
    let (mut log, ..) = with_work_and_question();
    let before = log.events.len();
    log.command(fail()).unwrap();
    let recorded = since(&log, before);
    assert_eq!(recorded.len(), 3);
    let expected = json!({"workflow_id": ID, "failure_reason": "no budget", "phase": "analysis"});
    assert_eq!(recorded[0], ("bmad.workflow.failed".into(), expected));
    assert_eq!(recorded[1].1["reason"], "the workflow failed: no budget");
    assert_eq!(recorded[1].1["cancelled_by"], "jarad", "where no agent is named it was the principal");

    let (mut log, ..) = with_work_and_question();
    let before = log.events.len();
    log.command(CancelWorkflow { cancelled_by: Some("ann".into()), reason: Some("no need".into()), ..cancel() })
        .unwrap();
    let recorded = since(&log, before);
    let expected = json!({"workflow_id": ID, "cancelled_by": "ann", "reason": "no need"});
    assert_eq!(recorded[0], ("bmad.workflow.cancelled".into(), expected));
    assert_eq!(recorded[2].1["reason"], "the workflow was cancelled: no need");
}

#[test]
fn an_end_names_what_moved_the_workflow_last() {
    let (mut log, start) = started();
    let saved = event("agent.letta.checkpoint.saved").of_workflow(ID);
    log.record([&saved]);
    let completed = first(log.command(complete()));
    assert_eq!(causes(&log, completed), [start], "a checkpoint moves nothing");

    let (mut log, _) = started();
    let analysis = first(log.command(complete_phase("analysis")));
    let failed = first(log.command(fail()));
    assert_eq!(causes(&log, failed), [analysis]);

    let (mut log, start) = started();
    log.command(complete_phase("analysis")).unwrap();
    let cancelled = first(log.command(CancelWorkflow { author: caused_by(&[start]), ..cancel() }));
    assert_eq!(causes(&log, cancelled), [start], "who gives up knows best why");
}

#[test]
fn a_phase_of_another_kind_is_not_named_in_an_event_that_has_no_word_for_it() {
    let (mut log, _) = started();
    let next = event("bmad.workflow.phase.completed").of_workflow(ID).saying("phase", "implementation");
    log.record([&next.saying("next_phase", "retrospective")]);
    let failed = first(log.command(fail()));
    assert_eq!(payload(&log, failed).get("phase"), None);
}

#[test]
fn work_that_is_due_before_now_is_not_asked_for() {
    let (mut log, _) = started();
    let asked = request_handoff(json!({"to_agent": "x", "deadline": "2026-01-01T00:00:00Z"}));
    assert!(matches!(log.command(asked), Err(Refusal::DeadlineInPast { field: "handoff.deadline", .. })));
}
