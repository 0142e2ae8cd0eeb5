//! The states that a batch touches.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Noun, State, StateKey};

/// States by key: those that were loaded, as events move them. A state that is asked for and was not loaded is noted as missing;
/// whoever asked got a wrong answer, so the batch is decided again when it is there.
#[derive(Default, Debug)]
pub struct States {
    held: HashMap<StateKey, Option<State>>,
    /// What is not held does not exist: a rebuild begins with nothing and holds everything.
    whole: bool,
    /// The labels that the changed ones had before.
    before: BTreeMap<StateKey, Vec<String>>,
    missing: RefCell<BTreeSet<StateKey>>,
}

/// A state that moved.
#[derive(Clone, PartialEq, Debug)]
pub struct ChangedState {
    /// The state as it is now.
    pub state: State,
    /// Labels that it has and had not.
    pub gained: Vec<String>,
    /// Labels that it had and has no more.
    pub lost: Vec<String>,
}

impl States {
    /// All states of a log, of which there are none yet.
    pub fn whole() -> Self {
        Self { whole: true, ..Self::default() }
    }

    /// Adds what the store knows of a state; `None` when there is none.
    pub fn know(&mut self, key: StateKey, state: Option<State>) {
        self.held.insert(key, state);
    }

    /// A state as it stands now.
    pub fn get<N: Noun>(&self, id: &str) -> Option<&N> {
        self.state(&StateKey::of::<N>(id)).and_then(N::in_state)
    }

    /// A state of any kind as it stands now.
    pub fn state(&self, key: &StateKey) -> Option<&State> {
        match self.held.get(key) {
            Some(state) => state.as_ref(),
            None => {
                self.miss(key);
                None
            }
        }
    }

    fn miss(&self, key: &StateKey) {
        if !self.whole {
            self.missing.borrow_mut().insert(key.clone());
        }
    }

    /// Moves a state: `change` is given it as it stands, and gives it as it stands then. Nothing may stay nothing; what exists stays.
    pub fn change<N: Noun>(&mut self, id: &str, change: impl FnOnce(Option<N>) -> Option<N>) {
        let key = StateKey::of::<N>(id);
        if self.whole && !self.held.contains_key(&key) {
            self.held.insert(key.clone(), None);
        }
        let Some(slot) = self.held.get_mut(&key) else { return self.miss(&key) };
        let before = slot.take();
        let labels = if self.before.contains_key(&key) { None } else { before.as_ref().map(State::labels) };
        let Some(state) = change(before.and_then(N::from_state)) else { return };
        *slot = Some(state.into_state());
        self.before.entry(key).or_insert_with(|| labels.unwrap_or_default());
    }

    /// Moves a state that exists; one that does not stays away.
    pub fn update<N: Noun>(&mut self, id: &str, update: impl FnOnce(&mut N)) {
        self.change(id, |state: Option<N>| {
            state.map(|mut state| {
                update(&mut state);
                state
            })
        });
    }

    /// The states that were asked for and not loaded.
    pub fn missing(&self) -> Vec<StateKey> {
        self.missing.borrow().iter().cloned().collect()
    }

    /// What changed, in order of the keys, so that two writers touch rows in one order.
    pub fn changed(&self) -> Vec<ChangedState> {
        let states = self.before.iter().filter_map(|(key, before)| Some((self.held.get(key)?.clone()?, before)));
        states.map(|(state, before)| ChangedState::of(state, before)).collect()
    }

    /// Every state that is held, by key.
    pub fn all(&self) -> BTreeMap<StateKey, State> {
        self.held.iter().filter_map(|(key, state)| Some((key.clone(), state.clone()?))).collect()
    }
}

impl ChangedState {
    /// A state that is put in place of another one, or of none.
    pub fn in_place_of(before: Option<&State>, state: State) -> Self {
        Self::of(state, &before.map(State::labels).unwrap_or_default())
    }

    fn of(state: State, before: &[String]) -> Self {
        let without = |labels: &[String], others: &[String]| {
            let distinct: BTreeSet<&String> = labels.iter().filter(|label| !label.is_empty()).collect();
            distinct.into_iter().filter(|label| !others.contains(label)).cloned().collect::<Vec<_>>()
        };
        let now = state.labels();
        Self { gained: without(&now, before), lost: without(before, &now), state }
    }
}
