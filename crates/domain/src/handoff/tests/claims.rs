//! Who may take what.

use super::*;
use crate::agent::AgentType;
use crate::session::Session;

struct Case {
    handoff: Handoff,
    session: Session,
    agent_type: AgentType,
}

fn case() -> Case {
    let mut team = Team::of(&["s-1"]);
    team.request(WORK);
    let agent_type = AgentType {
        agent_type: "letta-python-dev".into(),
        framework: Some("letta".into()),
        capabilities: vec!["python".into()],
        payload_versions: Vec::new(),
        checkpoint_schema_versions: Vec::new(),
        desired_warm: 1,
        max_instances: 0,
        description: None,
        metadata: None,
        position: Position::START,
        instance_ids: Default::default(),
        instances: 0,
        created: 0,
        registered: true,
        version: 1,
    };
    Case { handoff: team.work(WORK), session: team.log.state("s-1"), agent_type }
}

fn target(refusal: Result<(), Refusal>) -> Option<String> {
    match refusal {
        Ok(()) => None,
        Err(Refusal::NotTheTarget { target, .. }) => Some(target),
        Err(other) => unreachable!("{other}"),
    }
}

#[test]
fn work_is_for_a_type_an_instance_or_a_capability() {
    use TargetKind::{Capability, Instance, Type};
    let Case { mut handoff, session, agent_type } = case();
    let instance = instance("s-1");
    for (kind, to, fits) in [
        (None, "letta-python-dev", true),
        (None, instance.as_str(), true),
        (None, "python", false),
        (None, "", false),
        (Some(Type), "letta-python-dev", true),
        (Some(Type), instance.as_str(), false),
        (Some(Instance), "letta-python-dev", false),
        (Some(Instance), instance.as_str(), true),
        (Some(Capability), "python", true),
        (Some(Capability), "rust", true),
        (Some(Capability), "letta-python-dev", false),
    ] {
        (handoff.to_kind, handoff.to_agent) = (kind, to.into());
        let claimant = Claimant { capabilities: vec!["rust".into()], ..claimant("s-1") };
        let refused = target(claimant.may_take(&handoff, &session, Some(&agent_type)));
        assert_eq!(refused.is_none(), fits, "{kind:?} {to}: {refused:?}");
        if kind.is_some() {
            assert!(refused.is_none_or(|target| target.contains(to)));
        }
    }
    let other = Claimant { agent_type: Some("letta-rust-dev".into()), ..claimant("s-1") };
    (handoff.to_kind, handoff.to_agent) = (Some(Type), "letta-rust-dev".into());
    assert_eq!(other.may_take(&handoff, &session, None), Ok(()), "what the claimant says comes first");
    assert!(target(claimant("s-1").may_take(&handoff, &session, None)).is_some());
}

#[test]
fn who_declined_is_not_asked_again() {
    let Case { mut handoff, session, agent_type } = case();
    for who in ["s-1", &instance("s-1")] {
        handoff.declined_by = vec![who.into()];
        assert!(target(claimant("s-1").may_take(&handoff, &session, Some(&agent_type))).is_some(), "{who}");
    }
}

#[test]
fn a_claimant_says_which_work_it_wants() {
    let Case { handoff, session, .. } = case();
    let of = |tasks: &[&str], workflow: Option<&str>| Claimant {
        task_types: tasks.iter().map(|task| (*task).to_owned()).collect(),
        workflow_id: workflow.map(str::to_owned),
        ..claimant("s-1")
    };
    for (claimant, fits) in [
        (of(&["implement_feature", "review"], Some("w-1")), true),
        (of(&["review"], None), false),
        (of(&[], Some("w-2")), false),
    ] {
        assert_eq!(target(claimant.may_take(&handoff, &session, None)).is_none(), fits, "{claimant:?}");
    }
}

#[test]
fn a_checkpoint_and_a_payload_must_be_of_a_version_that_is_read() {
    let Case { mut handoff, session, mut agent_type } = case();
    handoff.checkpoint_schema = Some("2".into());
    let reads = |versions: &[&str]| Claimant {
        checkpoint_schema_versions: versions.iter().map(|version| (*version).to_owned()).collect(),
        ..claimant("s-1")
    };
    let unread = |supported: &[&str]| {
        let supported = supported.iter().map(|version| (*version).to_owned()).collect();
        Err(Refusal::CheckpointSchemaUnsupported { schema_version: "2".into(), supported })
    };
    assert_eq!(reads(&[]).may_take(&handoff, &session, Some(&agent_type)), Ok(()), "any version when none is said");
    assert_eq!(reads(&["1"]).may_take(&handoff, &session, None), unread(&["1"]));
    agent_type.checkpoint_schema_versions = vec!["1".into()];
    assert_eq!(reads(&[]).may_take(&handoff, &session, Some(&agent_type)), unread(&["1"]));
    assert_eq!(reads(&["2"]).may_take(&handoff, &session, Some(&agent_type)), Ok(()), "its own word comes first");
    agent_type.payload_versions = vec!["2.0.0".into()];
    let unread = Refusal::PayloadVersionUnsupported { version: "1.0.0".into(), supported: vec!["2.0.0".into()] };
    assert_eq!(reads(&["2"]).may_take(&handoff, &session, Some(&agent_type)), Err(unread));
    agent_type.payload_versions.push("1.0.0".into());
    assert_eq!(reads(&["2"]).may_take(&handoff, &session, Some(&agent_type)), Ok(()));
}
