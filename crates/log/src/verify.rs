//! Reads the log from one end to the other and proves that it is whole.

use std::collections::HashMap;

use god33_domain::ports::{Store, StoreError};
use god33_domain::state::StateKind;
use god33_domain::verify::{Finding, FindingKind, LogCheck};
use god33_domain::{EventId, Position, RecordedEvent};
use tokio::sync::mpsc;

use crate::rebuild::{AT_ONCE, Anew, Differences};

/// How far a check has come.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct VerifyProgress {
    /// Everything up to here was checked.
    pub position: Position,
    /// The check ends here.
    pub until: Position,
    /// What was found since the last time.
    pub findings: Vec<Finding>,
    /// It is finished.
    pub done: bool,
}

/// Checks the events after a position and, where asked, the states, for which the whole log is read. Tells how far it is until
/// nobody listens any more; then it ends.
///
/// # Errors
/// When the store fails, or the states are asked for and the beginning of the log is no longer kept.
pub async fn verify_log(
    store: &dyn Store,
    after: Position,
    compare_states: bool,
    progress: &mpsc::Sender<VerifyProgress>,
) -> Result<(), StoreError> {
    let info = store.info().await?;
    let (until, earliest) = (info.head.position, info.earliest);
    let after = after.max(earliest.previous());
    let mut check = LogCheck::new(after, until, earliest);
    let mut anew = compare_states.then(Anew::default);
    let mut position = if compare_states { Position::START } else { after };
    while position < until {
        let events = store.read_after(position, AT_ONCE).await?;
        let Some(last) = events.last().map(|event| event.position) else { break };
        check_events(store, &mut check, &events).await?;
        position = last;
        if let Some(anew) = &mut anew {
            anew.take(events);
        }
        let findings = check.findings();
        let so_far = VerifyProgress { position: position.min(until), until, findings, done: false };
        if progress.send(so_far).await.is_err() {
            return Ok(());
        }
    }
    let mut findings = check.end();
    if let Some(mut anew) = anew {
        let differences = anew.differences(store, StateKind::ALL).await?;
        findings.extend(of_states(&differences));
    }
    // Nobody may be listening any more, and nothing is left to do.
    let _ = progress.send(VerifyProgress { position: until, until, findings, done: true }).await;
    Ok(())
}

/// The parents are looked up before the edges are read: one that arrives in between is then no orphan.
async fn check_events(store: &dyn Store, check: &mut LogCheck, events: &[RecordedEvent]) -> Result<(), StoreError> {
    let named: Vec<EventId> = events.iter().flat_map(|event| event.envelope.parents()).collect();
    let mut parents: HashMap<EventId, Position> = HashMap::new();
    for part in named.chunks(AT_ONCE) {
        parents.extend(store.outlines(part).await?.into_iter().map(|outline| (outline.event_id, outline.position)));
    }
    let ids: Vec<EventId> = events.iter().map(RecordedEvent::id).collect();
    check.take(events, &store.edges_to_parents(&ids).await?, &parents);
    Ok(())
}

fn of_states(differences: &Differences) -> Vec<Finding> {
    let finding = |message| Finding { kind: FindingKind::State, position: Position::START, message };
    let cure = "rebuild the states";
    let differing =
        differences.states.iter().map(|key| format!("the state of {key} is not what the log makes of it: {cure}"));
    let unfounded =
        differences.unfounded.iter().map(|key| format!("the log knows nothing of {key}, whose state is kept"));
    let sessions = differences
        .sessions
        .iter()
        .map(|id| format!("what is known of session {id} is not what the log tells: {cure}"));
    differing.chain(unfounded).chain(sessions).map(finding).collect()
}
