use super::*;

#[test]
fn a_phase_that_ends_names_the_ends_of_all_earlier_ones_in_their_order() {
    let (mut log, start) = started();
    let analysis = first(log.command(complete_phase("analysis")));
    let planning = first(log.command(skip_phase("planning")));
    let solutioning = first(log.command(complete_phase("solutioning")));
    let implementation = first(log.command(complete_phase("implementation")));
    assert_eq!(causes(&log, analysis), [start], "before any phase ended there is the start");
    assert_eq!(causes(&log, planning), [analysis]);
    assert_eq!(causes(&log, solutioning), [analysis, planning]);
    assert_eq!(causes(&log, implementation), [analysis, planning, solutioning]);
    let workflow = log.workflow(ID);
    assert_eq!(workflow.current_phase.as_deref(), Some("implementation"));
    assert_eq!(
        workflow.phase_history.iter().map(|phase| phase.skipped).collect::<Vec<_>>(),
        [false, true, false, false]
    );
    assert_eq!((workflow.phase_event_id, workflow.anomalies), (Some(implementation), 0));
}

#[test]
fn the_callers_causes_stand_behind_those_of_the_rule() {
    let (mut log, start) = started();
    let other = event("a.b");
    log.record([&other]);
    let other = other.envelope.event_id;
    let asked = CompletePhase { author: caused_by(&[other, start]), ..complete_phase("analysis") };
    let analysis = first(log.command(asked));
    assert_eq!(causes(&log, analysis), [start, other]);
}

#[test]
fn a_phase_says_what_came_out_of_it_and_what_follows() {
    let (mut log, _) = started();
    let artifacts = json!([{"path": "docs/brief.md", "type": "docs"}]);
    let asked = CompletePhase {
        artifacts: Some(json_text(&artifacts)),
        summary: Some("The need is clear".into()),
        ..complete_phase("analysis")
    };
    let analysis = first(log.command(asked));
    let expected = json!({
        "workflow_id": ID, "phase": "analysis", "from_agent": "bmad-architect", "next_phase": "planning",
        "artifacts": artifacts, "summary": "The need is clear",
    });
    assert_eq!(payload(&log, analysis), expected);
    let planning = first(log.command(skip_phase("planning")));
    let expected = json!({"workflow_id": ID, "phase": "planning", "reason": "a patch needs no plan"});
    assert_eq!(payload(&log, planning), expected);
}

#[test]
fn only_the_current_phase_can_end_and_only_once() {
    let (mut log, _) = started();
    let out_of_order = |log: &mut MemoryLog, phase: &str, current: Option<&str>| {
        let refusal = Refusal::PhaseOutOfOrder {
            workflow_id: ID.into(),
            phase: phase.into(),
            current_phase: current.map(str::to_owned),
        };
        assert_eq!(log.command(complete_phase(phase)), Err(refusal.clone()), "{phase}");
        assert_eq!(log.command(skip_phase(phase)), Err(refusal), "{phase}");
    };
    out_of_order(&mut log, "planning", Some("analysis"));
    log.command(complete_phase("analysis")).unwrap();
    out_of_order(&mut log, "analysis", Some("planning"));
    for phase in ["planning", "solutioning", "implementation"] {
        log.command(complete_phase(phase)).unwrap();
    }
    out_of_order(&mut log, "implementation", None);
    assert_eq!(log.workflow(ID).anomalies, 0);
}

#[test]
fn a_workflow_of_which_no_phase_is_known_is_to_be_started_first() {
    let mut log = MemoryLog::default();
    log.record([&event("agent.letta.checkpoint.saved").of_workflow(ID)]);
    let refusal = log.command(complete_phase("analysis")).unwrap_err();
    assert!(refusal.to_string().contains("is in none: start the workflow"), "{refusal}");
    log.command(start()).unwrap();
    log.command(complete_phase("analysis")).unwrap();
}

#[test]
fn an_event_of_the_bus_counts_as_a_cause_like_that_of_a_command() {
    let (mut log, _) = started();
    let analysis = event("bmad.workflow.phase.completed").of_workflow(ID).saying("phase", "analysis");
    log.record([&analysis]);
    let planning = first(log.command(complete_phase("planning")));
    assert_eq!(causes(&log, planning), [analysis.envelope.event_id]);
}
