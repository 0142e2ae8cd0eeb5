//! Dependencies point as docs/architecture.md draws them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand};

/// What each crate may depend on within the project.
const LAYERS: [(&str, &[&str]); 10] = [
    ("god33-proto", &[]),
    ("god33-domain", &[]),
    ("god33-log", &["god33-domain"]),
    ("god33-store-postgres", &["god33-domain"]),
    ("god33-store-sqlite", &["god33-domain"]),
    ("god33-bus", &["god33-domain"]),
    ("god33-service", &["god33-proto", "god33-domain", "god33-log"]),
    (
        "god33",
        &[
            "god33-proto",
            "god33-domain",
            "god33-log",
            "god33-store-postgres",
            "god33-store-sqlite",
            "god33-bus",
            "god33-service",
        ],
    ),
    ("god33-bench", &["god33-proto"]),
    ("xtask", &[]),
];

/// What some crates must never know, however useful.
const NEVER: [(&str, &[&str]); 6] = [
    ("god33-log", &["sqlx", "tonic", "prost", "lapin"]),
    ("god33-store-postgres", &["tonic", "prost", "lapin"]),
    ("god33-store-sqlite", &["tonic", "prost", "lapin"]),
    ("god33-bus", &["tonic", "prost", "sqlx"]),
    ("god33-service", &["sqlx", "lapin"]),
    ("god33", &["sqlx", "lapin"]),
];

/// All that the domain may depend on: values and derives, no runtime, no SQL, no protobuf.
const DOMAIN_MAY_USE: [&str; 8] =
    ["async-trait", "bytes", "chrono", "serde", "serde_json", "sha2", "thiserror", "uuid"];

fn metadata() -> Metadata {
    MetadataCommand::new().manifest_path(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")).no_deps().exec().unwrap()
}

fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let metadata = metadata();
    let packages = metadata.workspace_packages();
    let of = |package: &cargo_metadata::Package| {
        let normal = package.dependencies.iter().filter(|d| d.kind == DependencyKind::Normal);
        normal.map(|d| d.name.clone()).collect()
    };
    packages.into_iter().map(|package| (package.name.to_string(), of(package))).collect()
}

#[test]
fn every_crate_has_its_place_in_the_layers() {
    let placed: BTreeSet<&str> = LAYERS.iter().map(|(name, _)| *name).chain(["god33-conformance"]).collect();
    let found = dependencies();
    assert_eq!(found.keys().map(String::as_str).collect::<BTreeSet<_>>(), placed);
}

#[test]
fn dependencies_point_only_as_drawn() {
    let found = dependencies();
    for (name, allowed) in LAYERS {
        let inner: Vec<&String> = found[name].iter().filter(|d| found.contains_key(*d)).collect();
        for dependency in inner {
            assert!(allowed.contains(&dependency.as_str()), "{name} must not depend on {dependency}");
        }
    }
}

#[test]
fn no_layer_knows_the_technology_of_another() {
    let found = dependencies();
    for (name, never) in NEVER {
        for dependency in never {
            assert!(!found[name].contains(*dependency), "{name} must not depend on {dependency}");
        }
    }
}

#[test]
fn the_domain_depends_on_values_alone() {
    for dependency in &dependencies()["god33-domain"] {
        assert!(DOMAIN_MAY_USE.contains(&dependency.as_str()), "god33-domain must not depend on {dependency}");
    }
}
