//! What the person does who runs the servers, on the command line: look at the quarantine and empty it, check the log, reconcile it
//! with the broker, follow causes.

use god33_conformance::database::TestDatabase;
use serde_json::Value;

use crate::broker::Broker;
use crate::server::{DEADLINE, Place, Server};

/// The lines of a command's JSON output.
async fn json(server: &Server, arguments: &[&str]) -> Vec<Value> {
    let arguments: Vec<&str> = arguments.iter().copied().chain(["--output", "json"]).collect();
    let printed = server.cli(&arguments).await;
    printed.lines().map(|line| serde_json::from_str(line).expect("a JSON value a line")).collect()
}

/// Asks again until the answer is as it should be.
async fn until(server: &Server, arguments: &[&str], is_so: impl Fn(&[Value]) -> bool) -> Vec<Value> {
    let waited = tokio::time::timeout(DEADLINE, async {
        loop {
            let answer = json(server, arguments).await;
            if is_so(&answer) {
                return answer;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    });
    waited.await.unwrap_or_else(|_| panic!("{arguments:?}: not in time"))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_quarantine_is_emptied_and_everything_proves_to_be_in_order() {
    let (database, broker) = (TestDatabase::create().await, Broker::connect().await);
    let server = Place::on_servers(&database, &broker).start().await;
    broker.wait_for_queue().await;
    for body in ["{\"sha\":\"abc\"", "not at all"] {
        broker.publish("git.commit.made", body.as_bytes()).await;
    }
    let kept = until(&server, &["quarantine", "list", "--cause", "INVALID_JSON"], |kept| kept.len() == 2).await;
    let [hopeless, broken] = [0, 1].map(|place: usize| kept[place]["quarantine_id"].as_str().unwrap().to_owned());
    assert_eq!(server.cli(&["quarantine", "show", &broken, "--body"]).await, "{\"sha\":\"abc\"");

    let folder = tempfile::tempdir().unwrap();
    let corrected = folder.path().join("corrected.json");
    std::fs::write(&corrected, "{\"sha\":\"abc\"}").unwrap();
    let redriven = json(&server, &["quarantine", "redrive", &broken, "--body", corrected.to_str().unwrap()]).await;
    let commit = redriven[0]["appended"]["event_id"].as_str().unwrap().to_owned();
    let redriven = json(&server, &["quarantine", "redrive", "--all"]).await;
    assert_eq!(redriven[0]["error"]["reason"], "invalid-json", "{redriven:?}");
    let discarded = json(&server, &["quarantine", "discard", &hopeless, "--reason", "nothing to save"]).await;
    assert_eq!(discarded, [serde_json::json!({"discarded": 1})]);
    assert!(json(&server, &["quarantine", "list"]).await.is_empty());
    let audit = json(&server, &["audit", "--limit", "1"]).await;
    assert!(audit[0]["subject"].as_str().unwrap().ends_with("nothing to save"), "{audit:?}");

    let published = server.cli(&["events", "publish", "ci.build.done", "--parent", &commit, "--quiet"]).await;
    let build = published.trim();
    let paths = json(&server, &["events", "paths", &commit, build]).await;
    assert_eq!(paths[0]["event_ids"], serde_json::json!([commit, build]));
    let other = server.cli(&["events", "publish", "ci.lint.done", "--parent", &commit, "--quiet"]).await;
    let common = json(&server, &["events", "common", build, other.trim()]).await;
    assert_eq!((common.len(), &common[0]["event"]["event_id"]), (1, &Value::from(commit.as_str())), "{common:?}");
    let summary = json(&server, &["events", "summary", &commit]).await;
    assert_eq!(summary[0]["total"], 2, "{summary:?}");

    // The commit came from the bus; the other two went out to it.
    let all_confirmed = |answer: &[Value]| answer[0]["total"] == 2 && answer[0]["confirmed"] == 2;
    until(&server, &["log", "reconcile"], all_confirmed).await;
    assert_eq!(server.cli(&["log", "verify", "--states"]).await, "whole up to 3\n");
    assert_eq!(server.cli(&["log", "rebuild"]).await, "0 states replaced, up to 3\n");
    let nodes = until(&server, &["nodes"], |nodes| nodes[0]["ingests"] == true && nodes[0]["relays"] == true).await;
    assert_eq!(nodes.len(), 1);
    broker.clean_up().await;
}
