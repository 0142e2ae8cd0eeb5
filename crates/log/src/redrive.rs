//! Tries to make events of messages in quarantine again, the way that every message of the bus goes.
//!
//! All messages are tried first, and those that were recorded let out of quarantine then. When something breaks in between, a repeat
//! of the call finds every message in its place and what is recorded recorded: nothing is lost and nothing recorded twice.

use std::collections::HashMap;

use bytes::Bytes;
use god33_domain::ports::{Bus, Store, StoreError};
use god33_domain::{AppendedEvent, Change, NewEvent, Proposal, QuarantineReason, QuarantinedMessage};

use crate::inbox::PRINCIPAL;
use crate::{LogWriter, ProposeError};

/// How many messages are read at once: they come with their bodies.
const AT_ONCE: usize = 20;

/// What became of a message.
#[derive(Debug)]
pub enum Redriven {
    /// It is this event now.
    Appended(AppendedEvent),
    /// It still cannot become one, and stays.
    Stays(QuarantineReason, String),
    /// It is not in quarantine any more.
    Gone,
}

/// Tries messages again, in this order, each on its own. With `corrected`, that body is read in place of theirs.
///
/// # Errors
/// When the store or the writer gives up: what was recorded until then stands, and all of it can be tried again.
pub async fn redrive(
    writer: &LogWriter,
    store: &dyn Store,
    bus: &dyn Bus,
    ids: &[i64],
    corrected: Option<Bytes>,
) -> Result<Vec<Redriven>, ProposeError> {
    let mut results = Vec::with_capacity(ids.len());
    for part in ids.chunks(AT_ONCE) {
        let found = store.quarantined_with(part).await.map_err(unavailable)?;
        let mut messages: HashMap<i64, QuarantinedMessage> = found.into_iter().collect();
        let read = part.iter().map(|id| read(bus, messages.remove(id), corrected.as_ref())).collect();
        results.extend(propose_all(writer, read).await?);
    }
    settle(store, ids, &results, corrected.is_some()).await.map_err(unavailable)?;
    Ok(results)
}

/// The event that a message is now, or what became of it.
fn read(
    bus: &dyn Bus,
    message: Option<QuarantinedMessage>,
    corrected: Option<&Bytes>,
) -> Result<Box<NewEvent>, Redriven> {
    let mut message = message.ok_or(Redriven::Gone)?;
    if let Some(body) = corrected {
        message.body = body.clone();
    }
    bus.read_again(&message).map_err(|refused| Redriven::Stays(refused.reason, refused.detail))
}

/// Proposes the events together, so that they share transactions, but each alone.
async fn propose_all(
    writer: &LogWriter,
    read: Vec<Result<Box<NewEvent>, Redriven>>,
) -> Result<Vec<Redriven>, ProposeError> {
    let mut waiting = Vec::with_capacity(read.len());
    for event in read {
        waiting.push(match event {
            Ok(event) => {
                let change = Change::Append(vec![*event]);
                Ok(writer.submit(Proposal { request: None, principal: PRINCIPAL.into(), change }).await?)
            }
            Err(known) => Err(known),
        });
    }
    let mut results = Vec::with_capacity(waiting.len());
    for answer in waiting {
        results.push(match answer {
            Ok(answer) => match answer.await.unwrap_or(Err(ProposeError::ShuttingDown)) {
                Ok(appended) => appended.events.into_iter().next().map_or(Redriven::Gone, Redriven::Appended),
                Err(ProposeError::Refused(refusal)) => {
                    Redriven::Stays(QuarantineReason::IdConflict, refusal.to_string())
                }
                Err(error) => return Err(error),
            },
            Err(known) => known,
        });
    }
    Ok(results)
}

/// Lets out what became events, and notes why the others stay. What a corrected body lacks says nothing about the message.
async fn settle(store: &dyn Store, ids: &[i64], results: &[Redriven], was_corrected: bool) -> Result<(), StoreError> {
    let appended = ids.iter().zip(results).filter(|(_, result)| matches!(result, Redriven::Appended(_)));
    let appended: Vec<i64> = appended.map(|(id, _)| *id).collect();
    store.leave_quarantine(&appended).await?;
    for (id, result) in ids.iter().zip(results) {
        if let Redriven::Stays(reason, detail) = result
            && !was_corrected
        {
            store.stay_in_quarantine(*id, *reason, detail).await?;
        }
    }
    Ok(())
}

fn unavailable(error: StoreError) -> ProposeError {
    ProposeError::Unavailable(std::sync::Arc::new(error))
}
