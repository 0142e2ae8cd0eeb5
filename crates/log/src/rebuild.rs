//! States out of nothing but the log, held against those that are kept, and put in their place where they differ.
//!
//! The log goes on while it is read. A state that is read in between is right when it equals what the log makes of it before or
//! after what was recorded meanwhile; it is wrong when it equals neither although nothing moved it. Everything else is looked at again.

use std::collections::{BTreeMap, BTreeSet};

use god33_domain::plan::{Needs, Writes};
use god33_domain::ports::{Commit, LogTransaction, Store, StoreError, WorkflowFilter, WorkflowQuery};
use god33_domain::rebuild::Rebuild;
use god33_domain::state::{ChangedState, State, StateKey, StateKind, StateQuery};
use god33_domain::{Position, RecordedEvent, SessionId, SessionLink, Workflow};
use tokio::sync::mpsc;

/// How many events, or states, are read at once.
pub(crate) const AT_ONCE: usize = 500;

/// How often states that move all the time are looked at before they are left alone.
const ROUNDS: usize = 20;

/// How far a rebuild has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RebuildProgress {
    /// Everything up to here was read.
    pub position: Position,
    /// The rebuild ends here.
    pub until: Position,
    /// States that differ, as far as it is known.
    pub differing: usize,
    /// It is finished.
    pub done: bool,
}

/// What differs between what is kept and what the log makes of it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Differences {
    /// States that are kept otherwise, or not at all.
    pub states: Vec<StateKey>,
    /// States that are kept and that the log knows nothing of.
    pub unfounded: Vec<StateKey>,
    /// What is known of these sessions.
    pub sessions: Vec<SessionId>,
}

impl Differences {
    /// How many.
    pub const fn len(&self) -> usize {
        self.states.len() + self.unfounded.len() + self.sessions.len()
    }

    /// True when there are none.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Builds the states of these kinds anew and, unless it is only asked, replaces those that differ. Tells how far it is until nobody
/// listens any more; then it ends.
///
/// # Errors
/// When the store fails, or the beginning of the log is no longer kept.
pub async fn rebuild_states(
    store: &dyn Store,
    kinds: &[StateKind],
    dry_run: bool,
    progress: &mpsc::Sender<RebuildProgress>,
) -> Result<(), StoreError> {
    let until = store.info().await?.head.position;
    let mut anew = Anew::default();
    while anew.position < until {
        anew.take(store.read_after(anew.position, AT_ONCE).await?);
        let position = anew.position.min(until);
        if progress.send(RebuildProgress { position, until, differing: 0, done: false }).await.is_err() {
            return Ok(());
        }
    }
    let differences = anew.differences(store, kinds).await?;
    if !dry_run {
        anew.put_right(store, differences.clone()).await?;
    }
    // Nobody may be listening any more; what was replaced stands.
    let _ = progress.send(RebuildProgress { position: until, until, differing: differences.len(), done: true }).await;
    Ok(())
}

/// The states as the log makes them, up to a position.
#[derive(Default)]
pub(crate) struct Anew {
    rebuild: Rebuild,
    pub(crate) position: Position,
}

impl Anew {
    /// Takes the next events.
    pub(crate) fn take(&mut self, events: Vec<RecordedEvent>) {
        for event in events {
            self.position = event.position;
            self.rebuild.take(event);
        }
    }

    async fn catch_up(&mut self, store: &dyn Store) -> Result<(), StoreError> {
        loop {
            let events = store.read_after(self.position, AT_ONCE).await?;
            if events.is_empty() {
                return Ok(());
            }
            self.take(events);
        }
    }

    /// What is kept otherwise.
    pub(crate) async fn differences(
        &mut self,
        store: &dyn Store,
        kinds: &[StateKind],
    ) -> Result<Differences, StoreError> {
        self.catch_up(store).await?;
        let (_, states) = self.rebuild.states();
        let of_kind = |key: &StateKey| kinds.contains(&key.kind);
        let mut open: Vec<StateKey> = states.keys().filter(|key| of_kind(key)).cloned().collect();
        drop(states);
        let mut differences = Differences::default();
        for _ in 0..ROUNDS {
            let mut undecided = Vec::new();
            for part in open.chunks(AT_ONCE) {
                self.compare(store, part, &mut differences.states, &mut undecided).await?;
            }
            open = undecided;
            if open.is_empty() {
                break;
            }
        }
        differences.unfounded = self.unfounded(store, kinds).await?;
        if kinds.contains(&StateKind::Session) {
            differences.sessions = self.differing_sessions(store).await?;
        }
        Ok(differences)
    }

    async fn compare(
        &mut self,
        store: &dyn Store,
        keys: &[StateKey],
        differing: &mut Vec<StateKey>,
        undecided: &mut Vec<StateKey>,
    ) -> Result<(), StoreError> {
        let before: Vec<Option<State>> = keys.iter().map(|key| self.rebuild.state(key).cloned()).collect();
        let kept = by_key(store.states(keys).await?);
        if keys.iter().zip(&before).all(|(key, state)| kept.get(key) == state.as_ref()) {
            return Ok(());
        }
        self.catch_up(store).await?;
        for (key, before) in keys.iter().zip(before) {
            let after = self.rebuild.state(key);
            if kept.get(key) == before.as_ref() || kept.get(key) == after {
                continue;
            }
            if before.as_ref() == after { differing.push(key.clone()) } else { undecided.push(key.clone()) }
        }
        Ok(())
    }

    /// States that are kept and that the log knows nothing of.
    async fn unfounded(&mut self, store: &dyn Store, kinds: &[StateKind]) -> Result<Vec<StateKey>, StoreError> {
        let mut unknown: BTreeSet<StateKey> = BTreeSet::new();
        for kind in kinds {
            let mut pages = Pages::default();
            while let Some(keys) = pages.next(store, *kind).await? {
                unknown.extend(keys.into_iter().filter(|key| self.rebuild.state(key).is_none()));
            }
        }
        if !unknown.is_empty() {
            self.catch_up(store).await?;
        }
        Ok(unknown.into_iter().filter(|key| self.rebuild.state(key).is_none()).collect())
    }

    async fn differing_sessions(&mut self, store: &dyn Store) -> Result<Vec<SessionId>, StoreError> {
        let (before, _) = self.rebuild.states();
        let kept = session_links(store).await?;
        self.catch_up(store).await?;
        let (after, _) = self.rebuild.states();
        let ids: BTreeSet<&SessionId> = kept.keys().chain(after.keys()).collect();
        let differs = |id: &&SessionId| {
            let (kept, before, after) = (kept.get(*id), before.get(*id), after.get(*id));
            kept != after && kept != before && before == after
        };
        Ok(ids.into_iter().filter(differs).cloned().collect())
    }

    /// Replaces what differs, and looks once more: a batch that was decided on a wrong state may have been written right after.
    async fn put_right(&mut self, store: &dyn Store, mut differences: Differences) -> Result<(), StoreError> {
        for _ in 0..ROUNDS {
            if differences.states.is_empty() && differences.sessions.is_empty() {
                return Ok(());
            }
            self.replace(store, &differences).await?;
            let (mut differing, mut undecided) = (Vec::new(), Vec::new());
            self.compare(store, &differences.states, &mut differing, &mut undecided).await?;
            differing.extend(undecided);
            differences = Differences { states: differing, ..Differences::default() };
        }
        Ok(())
    }

    /// Puts the states that the log makes in place of those that differ. Nobody writes to the log meanwhile.
    async fn replace(&mut self, store: &dyn Store, differences: &Differences) -> Result<(), StoreError> {
        let mut transaction = store.begin().await?;
        self.catch_up_within(transaction.as_mut()).await?;
        let needs =
            Needs { states: differences.states.clone(), sessions: differences.sessions.clone(), ..Needs::default() };
        let known = transaction.load(&needs).await?;
        let kept = by_key(known.states);
        let states = differences.states.iter().filter_map(|key| {
            let state = self.rebuild.state(key)?;
            let before = kept.get(key);
            (before != Some(state)).then(|| ChangedState::in_place_of(before, state.clone()))
        });
        let mut states: Vec<ChangedState> = states.collect();
        states.sort_by_key(|changed| changed.state.key());
        let (links, _) = self.rebuild.states();
        let sessions = differences.sessions.iter().filter_map(|id| links.get(id).cloned()).collect();
        let head = transaction.head();
        match transaction.commit(&Writes::of_states(head, states, sessions)).await? {
            Commit::Done => Ok(()),
            Commit::HeadMoved => {
                let detail = "the head of the log moved although it was locked".to_owned();
                Err(StoreError::Corrupt { operation: "replace states", detail })
            }
        }
    }

    async fn catch_up_within(&mut self, transaction: &mut dyn LogTransaction) -> Result<(), StoreError> {
        while self.position < transaction.head().position {
            let events = transaction.read_after(self.position, AT_ONCE).await?;
            if events.is_empty() {
                let detail = format!("no event after {} although the head is further on", self.position);
                return Err(StoreError::Corrupt { operation: "read the log to its head", detail });
            }
            self.take(events);
        }
        Ok(())
    }
}

fn by_key(states: Vec<State>) -> BTreeMap<StateKey, State> {
    states.into_iter().map(|state| (state.key(), state)).collect()
}

async fn session_links(store: &dyn Store) -> Result<BTreeMap<SessionId, SessionLink>, StoreError> {
    let mut links = BTreeMap::new();
    let mut after: Option<SessionId> = None;
    loop {
        let page = store.session_links(after.as_ref().map(SessionId::as_str), AT_ONCE).await?;
        let Some(last) = page.last() else { return Ok(links) };
        after = Some(last.session_id.clone());
        links.extend(page.into_iter().map(|link| (link.session_id.clone(), link)));
    }
}

/// The keys of all states of a kind, page by page.
#[derive(Default)]
struct Pages {
    state: Option<(String, String)>,
    workflow: Option<Workflow>,
    is_over: bool,
}

impl Pages {
    async fn next(&mut self, store: &dyn Store, kind: StateKind) -> Result<Option<Vec<StateKey>>, StoreError> {
        if self.is_over {
            return Ok(None);
        }
        if kind == StateKind::Workflow {
            self.workflows(store).await.map(Some)
        } else {
            self.states(store, kind).await.map(Some)
        }
    }

    async fn states(&mut self, store: &dyn Store, kind: StateKind) -> Result<Vec<StateKey>, StoreError> {
        let query = StateQuery { kind, having: Vec::new(), after: self.state.take(), limit: AT_ONCE };
        let page = store.list_states(&query).await?;
        self.is_over = !page.has_more;
        self.state = page.states.last().map(|state| (state.rank(), state.key().id));
        Ok(page.states.iter().map(State::key).collect())
    }

    async fn workflows(&mut self, store: &dyn Store) -> Result<Vec<StateKey>, StoreError> {
        let after = self.workflow.take().map(|last| (last.updated_at, last.workflow_id));
        let query = WorkflowQuery { filter: WorkflowFilter::default(), after, limit: AT_ONCE };
        let page = store.list_workflows(&query).await?;
        self.is_over = !page.has_more;
        self.workflow = page.workflows.last().cloned();
        Ok(page.workflows.iter().map(|workflow| StateKey::of::<Workflow>(workflow.workflow_id.as_str())).collect())
    }
}
