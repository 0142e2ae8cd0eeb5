//! Who held which work, by the log alone: one session at a time, under tokens that grow, and nobody else had a say.

use std::collections::BTreeMap;

use god33_domain::RecordedEvent;
use serde_json::Value;

use crate::truth::kind;

/// One piece of work, as its events tell it.
#[derive(Debug, Default)]
pub(crate) struct Work {
    /// The session that holds it now.
    holder: Option<String>,
    /// The session that failed with it, while nobody took it since.
    failed: Option<String>,
    /// The sessions that held it, one for each fencing token from 1.
    pub(crate) holders: Vec<String>,
    /// The session that delivered it.
    pub(crate) completed_by: Option<String>,
    /// What it delivered.
    pub(crate) artifact: String,
}

/// All work of a log, by the id of its handoff.
pub(crate) struct Holds {
    pub(crate) work: BTreeMap<String, Work>,
}

impl Holds {
    /// Goes through a log. Fails at the first event that lets two sessions hold the same work at the same time, that lets a token not
    /// grow, or by which somebody else than the holder has a say.
    pub(crate) fn told_by(log: &[RecordedEvent]) -> Self {
        let mut holds = Self { work: BTreeMap::new() };
        log.iter().for_each(|event| holds.event(event));
        holds
    }

    fn event(&mut self, event: &RecordedEvent) {
        let said: Value = serde_json::from_str(event.envelope.payload.as_str()).unwrap();
        let name = |member: &str| said[member].as_str().unwrap_or_default().to_owned();
        match kind(event).as_str() {
            "bmad.workflow.handoff.requested" => {
                let first = self.work.insert(name("handoff_id"), Work::default()).is_none();
                assert!(first, "{} was asked for once", name("handoff_id"));
            }
            "agent.handoff.accepted" => {
                let work = self.of(&said);
                assert_eq!(work.failed, None, "whoever takes what a failed session had, recovers it: {said}");
                work.take(&name("session_id"), &said);
                assert_eq!(said["fencing_token"], work.holders.len(), "tokens count up: {said}");
            }
            "agent.*.session.recovery.started" => {
                let failed = Some(name("failed_session_id"));
                let theirs: Vec<&mut Work> = self.work.values_mut().filter(|work| work.failed == failed).collect();
                assert!(!theirs.is_empty(), "there was work to take over: {said}");
                theirs.into_iter().for_each(|work| work.take(&name("new_session_id"), &said));
            }
            "agent.handoff.progress" => self.of(&said).is_of(&name("session_id"), &said),
            "agent.*.task.completed" => {
                let session = name("session_id");
                let work = self.of(&said);
                work.is_of(&session, &said);
                work.holder = None;
                work.completed_by = Some(session);
                work.artifact = said["artifacts"][0]["path"].as_str().unwrap_or_default().to_owned();
            }
            "agent.handoff.offered" => {
                let work = self.of(&said);
                work.is_of(&name("previous_session_id"), &said);
                work.holder = None;
            }
            "agent.*.session.failed" => self.lets_go(&name("session_id"), true),
            "agent.*.session.completed" => self.lets_go(&name("session_id"), false),
            "bmad.workflow.started"
            | "bmad.workflow.phase.completed"
            | "bmad.workflow.validation.requested"
            | "bmad.workflow.validation.completed"
            | "bmad.workflow.completed"
            | "agent.*.session.started"
            | "agent.*.checkpoint.saved" => {}
            other => panic!("nobody asked for {other}: {said}"),
        }
    }

    fn of(&mut self, said: &Value) -> &mut Work {
        let id = said["handoff_id"].as_str().unwrap_or_default();
        self.work.get_mut(id).unwrap_or_else(|| panic!("nobody asked for the work of {said}"))
    }

    fn lets_go(&mut self, session: &str, failed: bool) {
        for work in self.work.values_mut().filter(|work| work.holder.as_deref() == Some(session)) {
            work.holder = None;
            work.failed = failed.then(|| session.to_owned());
        }
    }

    /// Fails unless all work was delivered.
    pub(crate) fn assert_all_done(&self, count: usize) {
        assert_eq!(self.work.len(), count);
        let open: Vec<_> = self.work.iter().filter(|(_, work)| work.completed_by.is_none()).collect();
        assert!(open.is_empty(), "all work was delivered: {open:?}");
    }
}

impl Work {
    fn take(&mut self, session: &str, said: &Value) {
        assert_eq!((&self.holder, &self.completed_by), (&None, &None), "nobody holds it, and it is not done: {said}");
        self.holder = Some(session.to_owned());
        self.failed = None;
        self.holders.push(session.to_owned());
    }

    fn is_of(&self, session: &str, said: &Value) {
        assert_eq!(self.holder.as_deref(), Some(session), "only the holder has a say: {said}");
    }
}
