//! Every case that is written is in the suite's list: one that is not would never run.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn source(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(path)).expect("a source of this crate")
}

/// `group::case` for each public function that takes a world.
fn written(folder: &str) -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(folder);
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let cases = files.flat_map(|file| {
        let group = file.file_stem().unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(&file).unwrap();
        let names = text
            .lines()
            .filter_map(|line| Some(line.strip_prefix("pub async fn ")?.split_once("(world")?.0.to_owned()));
        names.map(|case| format!("{group}::{case}")).collect::<Vec<_>>()
    });
    cases.collect()
}

/// `group::case` for each line of the lists in the macros.
fn listed(path: &str) -> Vec<String> {
    let (mut group, mut cases) = (String::new(), Vec::new());
    for line in source(path).lines().map(str::trim) {
        if let Some(name) = line.strip_suffix(": [") {
            name.clone_into(&mut group);
        } else if !line.is_empty() && line.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_') {
            cases.push(format!("{group}::{line}"));
        }
    }
    cases
}

#[test]
fn every_case_of_the_store_suite_is_listed_once() {
    let listed = listed("store/suite.rs");
    let distinct: BTreeSet<String> = listed.iter().cloned().collect();
    assert_eq!(distinct.len(), listed.len(), "a case is listed twice");
    assert_eq!(distinct, written("store/cases"));
    assert!(listed.len() > 70);
}
