//! The figures: each a file of its own, found by its name.

use anyhow::{Result, bail};
use futures::future::LocalBoxFuture;

use crate::bench::Bench;
use crate::figures;
use crate::report::Findings;

/// Something that can be measured.
pub(crate) struct Figure {
    /// What the command line calls it.
    pub(crate) name: &'static str,
    /// What it measures, in a line.
    pub(crate) about: &'static str,
    /// Measures it.
    pub(crate) run: for<'a> fn(&'a Bench) -> LocalBoxFuture<'a, Result<Findings>>,
}

/// The figures of these names in the order of the list, and all of them for no names.
///
/// # Errors
/// A name is none of theirs.
pub(crate) fn select(names: &[String]) -> Result<Vec<&'static Figure>> {
    const FIGURES: &[Figure] = &figures::ALL;
    if let Some(unknown) = names.iter().find(|name| FIGURES.iter().all(|figure| figure.name != **name)) {
        let known: Vec<&str> = FIGURES.iter().map(|figure| figure.name).collect();
        bail!("there is no figure {unknown}: name some of {}", known.join(", "));
    }
    let chosen = |figure: &&Figure| names.is_empty() || names.iter().any(|name| name == figure.name);
    Ok(FIGURES.iter().filter(chosen).collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_names_choose_every_figure() {
        let names: Vec<&str> = select(&[]).unwrap().iter().map(|figure| figure.name).collect();
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), figures::ALL.len());
    }

    #[test]
    fn an_unknown_name_is_an_error_that_lists_the_known_ones() {
        let error = select(&["heartbeat".into()]).err().unwrap().to_string();
        assert!(error.contains("no figure heartbeat:") && error.contains("heartbeats"), "{error}");
    }
}
