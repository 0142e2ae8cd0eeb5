//! compose.yaml, the Dockerfile and their companions, as far as they can be checked without Docker:
//! what they name must be there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use yaml_rust2::{Yaml, YamlLoader};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn text(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn compose() -> Yaml {
    let mut documents = YamlLoader::load_from_str(&text("compose.yaml")).unwrap();
    assert_eq!(documents.len(), 1);
    documents.remove(0)
}

/// The names in a mapping.
fn keys(mapping: &Yaml) -> BTreeSet<String> {
    let hash = mapping.as_hash().into_iter().flatten();
    hash.map(|(key, _)| key.as_str().unwrap().to_owned()).collect()
}

/// The services of compose.yaml by name.
fn services() -> BTreeMap<String, Yaml> {
    let compose = compose();
    let names = keys(&compose["services"]);
    names.into_iter().map(|name| (name.clone(), compose["services"][name.as_str()].clone())).collect()
}

/// The instructions of the Dockerfile, continued lines joined.
fn instructions() -> Vec<Vec<String>> {
    let joined = text("Dockerfile").replace("\\\n", " ");
    let lines = joined.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split_whitespace().map(str::to_owned).collect()).collect()
}

/// The files and folders that the image is built from.
fn copied() -> Vec<String> {
    let copies = instructions().into_iter().filter(|words| words[0] == "COPY" && !words[1].starts_with("--from"));
    copies.flat_map(|words| words[1..words.len() - 1].to_vec()).collect()
}

/// What follows `instruction` in the Dockerfile.
fn instruction(name: &str) -> String {
    let all: Vec<_> = instructions().into_iter().filter(|words| words[0] == name).collect();
    assert_eq!(all.len(), 1, "one {name}");
    all[0][1..].join(" ")
}

#[test]
fn god33_comes_with_the_database_and_the_broker_that_it_needs() {
    let services = services();
    let names: Vec<_> = services.keys().map(String::as_str).collect();
    assert_eq!(names, ["god33", "migrate", "postgres", "rabbitmq"]);
    assert_eq!(services["postgres"]["image"].as_str(), Some("postgres:14"));
    assert_eq!(services["rabbitmq"]["image"].as_str(), Some("rabbitmq:3-management"));
    for name in ["god33", "migrate"] {
        assert_eq!(services[name]["build"].as_str(), Some("."), "{name}");
    }
}

#[test]
fn every_service_that_others_wait_for_can_say_that_it_is_healthy() {
    let services = services();
    for (name, service) in &services {
        for other in keys(&service["depends_on"]) {
            let waited_for = services.get(&other).unwrap_or_else(|| panic!("{name} waits for {other}"));
            match service["depends_on"][other.as_str()]["condition"].as_str() {
                Some("service_healthy") => {
                    assert!(!waited_for["healthcheck"]["test"].is_badvalue(), "{other} has no health check");
                }
                Some("service_completed_successfully") => {
                    assert_eq!(waited_for["restart"].as_str(), Some("no"), "{other} never ends");
                }
                other => panic!("{name} waits for no condition: {other:?}"),
            }
        }
    }
}

#[test]
fn the_named_volumes_are_declared_and_used() {
    let services = services();
    let used: BTreeSet<String> = services
        .values()
        .flat_map(|service| service["volumes"].as_vec().cloned().unwrap_or_default())
        .map(|volume| volume.as_str().unwrap().split(':').next().unwrap().to_owned())
        .collect();
    assert_eq!(used, keys(&compose()["volumes"]));
}

#[test]
fn ports_are_published_on_loopback_alone() {
    for (name, service) in services() {
        for port in service["ports"].as_vec().into_iter().flatten() {
            let port = port.as_str().unwrap_or_else(|| panic!("{name}: a port that is not quoted"));
            assert!(port.starts_with("127.0.0.1:"), "{name}: {port}");
        }
    }
}

#[test]
fn every_password_is_required_and_named_in_the_example() {
    let example = text(".env.example");
    let names: BTreeSet<&str> = example.lines().filter_map(|line| line.split_once('=')).map(|(name, _)| name).collect();
    let compose = text("compose.yaml");
    let references: Vec<&str> = compose.split("${").skip(1).map(|rest| rest.split('}').next().unwrap()).collect();
    assert!(!references.is_empty());
    for reference in references {
        let (name, _message) = reference.split_once(":?").unwrap_or_else(|| panic!("{reference} may be empty"));
        assert!(names.contains(name), "{name} is not in .env.example");
    }
    for name in names {
        assert!(compose.contains(&format!("${{{name}:?")), "{name} is in .env.example for nothing");
    }
}

#[test]
fn a_filled_in_environment_file_is_never_committed() {
    assert!(text(".gitignore").lines().any(|line| line == ".env"), ".env is not in .gitignore");
}

#[test]
fn urls_point_at_the_other_services_with_their_own_names_and_passwords() {
    let services = services();
    let environment = &services["god33"]["environment"];
    let postgres = &services["postgres"]["environment"];
    let expected = format!(
        "postgres://{}:{}@postgres:5432/{}",
        postgres["POSTGRES_USER"].as_str().unwrap(),
        postgres["POSTGRES_PASSWORD"].as_str().unwrap(),
        postgres["POSTGRES_DB"].as_str().unwrap(),
    );
    assert_eq!(environment["GOD33_STORE__POSTGRES_URL"].as_str(), Some(expected.as_str()));
    assert_eq!(services["migrate"]["environment"]["GOD33_STORE__POSTGRES_URL"].as_str(), Some(expected.as_str()));
    let rabbitmq = &services["rabbitmq"]["environment"];
    let expected = format!(
        "amqp://{}:{}@rabbitmq:5672/%2f",
        rabbitmq["RABBITMQ_DEFAULT_USER"].as_str().unwrap(),
        rabbitmq["RABBITMQ_DEFAULT_PASS"].as_str().unwrap(),
    );
    assert_eq!(environment["GOD33_BUS__AMQP_URL"].as_str(), Some(expected.as_str()));
}

#[test]
fn every_setting_exists() {
    let mut names: BTreeSet<String> = services().values().flat_map(|service| keys(&service["environment"])).collect();
    names.extend(instruction("ENV").split_whitespace().map(|pair| pair.split('=').next().unwrap().to_owned()));
    let settings: toml::Table = defaults().parse().unwrap();
    let known = |name: &str| {
        let (section, key) = name.split_once("__")?;
        settings.get(&section.to_lowercase())?.get(key.to_lowercase())
    };
    let ours: Vec<_> = names.iter().filter_map(|name| name.strip_prefix("GOD33_")).collect();
    assert!(ours.len() >= 3, "{ours:?}");
    for name in ours {
        assert!(known(name).is_some(), "god33 has no setting GOD33_{name}");
    }
}

/// The file with every setting of god33 and its default.
fn defaults() -> String {
    let mut folders = vec![root().join("crates/god33")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap().map(Result::unwrap) {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else if entry.file_name() == "defaults.toml" {
                return std::fs::read_to_string(entry.path()).unwrap();
            }
        }
    }
    panic!("crates/god33 has no defaults.toml");
}

#[test]
fn the_published_port_is_the_one_that_the_server_listens_on() {
    let exposed = instruction("EXPOSE");
    assert!(instruction("ENV").ends_with(&format!(":{exposed}")));
    let published = format!("127.0.0.1:{exposed}:{exposed}");
    assert_eq!(services()["god33"]["ports"][0].as_str(), Some(published.as_str()));
}

#[test]
fn the_image_runs_the_server_without_root_and_asks_for_its_health() {
    assert_eq!(instruction("CMD"), r#"["god33", "serve"]"#);
    assert!(instruction("HEALTHCHECK").ends_with(r#"CMD ["god33", "health"]"#));
    assert_eq!(instruction("USER"), "god33");
}

#[test]
fn what_the_image_is_built_from_is_there_and_not_ignored() {
    let ignore = text(".dockerignore");
    let let_through: BTreeSet<&str> = ignore.lines().filter_map(|line| line.strip_prefix('!')).collect();
    for source in copied() {
        assert!(root().join(&source).exists(), "{source} is not there");
        assert!(let_through.contains(source.as_str()), "{source} is kept out by .dockerignore");
    }
}

#[test]
fn the_copied_files_are_a_whole_workspace_with_a_current_lock_file() {
    let image = tempfile::tempdir().unwrap();
    for source in copied() {
        let copied = Command::new("cp").arg("-r").arg(root().join(&source)).arg(image.path()).status().unwrap();
        assert!(copied.success(), "{source}");
    }
    let metadata = Command::new(env!("CARGO"))
        .args(["metadata", "--locked", "--format-version=1"])
        .current_dir(image.path())
        .output()
        .unwrap();
    assert!(metadata.status.success(), "{}", String::from_utf8_lossy(&metadata.stderr));
}

#[test]
fn the_image_is_built_by_a_compiler_that_is_new_enough() {
    let manifest: toml::Table = text("Cargo.toml").parse().unwrap();
    let needed = manifest["workspace"]["package"]["rust-version"].as_str().unwrap().to_owned();
    let build = instructions().into_iter().find(|words| words[0] == "FROM").unwrap();
    let image = build[1].strip_prefix("rust:").unwrap().split('-').next().unwrap().to_owned();
    let version = |text: &str| -> Vec<u32> { text.split('.').map(|part| part.parse().unwrap()).collect() };
    assert!(version(&image) >= version(&needed), "the image has Rust {image}, god33 needs {needed}");
}
