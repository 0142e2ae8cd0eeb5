//! Durable subscriptions from the command line, over a restart of the server.

use crate::server::{Place, Server};

async fn publish(server: &Server, workflow: &str) {
    let payload = format!(r#"{{"workflow_id":"{workflow}"}}"#);
    server.cli(&["events", "publish", "work.to.do", "--payload", &payload]).await;
}

/// What a command prints, as JSON.
async fn json(server: &Server, arguments: &[&str]) -> serde_json::Value {
    let printed = server.cli(&[arguments, &["--output", "json"]].concat()).await;
    serde_json::from_str(printed.lines().next().expect("a line")).expect("JSON")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_is_consumed_parked_replayed_and_skipped_from_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::embedded(folder.path());
    let server = place.start().await;
    let group = |verb: &'static str| ["subscriptions", verb, "mail"];
    let options = ["--from", "beginning", "--attempts", "1", "--min-backoff", "1ms", "--type", "work.#"];
    let created = json(&server, &[&group("create")[..], &options].concat()).await;
    assert_eq!((created["name"].as_str(), created["version"].as_u64()), (Some("mail"), Some(1)));
    for workflow in ["w-1", "w-2", "w-3"] {
        publish(&server, workflow).await;
    }
    let consumed = server.cli(&[&group("consume")[..], &["--limit", "1"]].concat()).await;
    assert!(consumed.contains("work.to.do"), "{consumed}");
    let out = folder.path().join("out");
    let command = format!("cat >> {}", out.display());
    server.cli(&[&group("consume")[..], &["--limit", "1", "--exec", &command]].concat()).await;
    assert!(std::fs::read_to_string(&out).unwrap().contains(r#""workflow_id":"w-2""#));
    server.cli(&[&group("consume")[..], &["--limit", "1", "--exec", "exit 7"]].concat()).await;
    server.kill().await;

    let server = place.start().await;
    let parked = json(&server, &group("parked")).await;
    assert!(parked["reason"].as_str().unwrap().contains('7'), "{parked}");
    let id = parked["parked_id"].as_str().unwrap();
    let replayed = server.cli(&[&group("replay")[..], &[id]].concat()).await;
    assert_eq!(replayed.trim(), "1");
    server.cli(&[&group("consume")[..], &["--limit", "1", "--exec", "false"]].concat()).await;
    assert_eq!(server.cli(&[&group("skip")[..], &["--all", "--reason", "spam"]].concat()).await.trim(), "1");
    assert!(server.cli(&group("show")).await.contains("parked   0"));
    assert!(server.cli(&["subscriptions", "list"]).await.contains("lag 0"));

    let updated = json(&server, &[&group("update")[..], &["--order", "all"]].concat()).await;
    assert_eq!((updated["version"].as_u64(), updated["settings"]["max_attempts"].as_u64()), (Some(2), Some(1)));
    assert_eq!(json(&server, &group("pause")).await["paused"].as_bool(), Some(true));
    server.cli(&group("resume")).await;
    let moved = json(&server, &[&group("seek")[..], &["0", "--force"]].concat()).await;
    assert_eq!(moved["position"].as_u64().unwrap_or_default(), 0);
    let refused = server.command(&[&group("skip")[..], &[]].concat()).output().await.unwrap();
    assert_eq!(refused.status.code(), Some(2), "all of them must be said");
    server.cli(&[&group("delete")[..], &["--force"]].concat()).await;
    let gone = server.command(&group("show")).output().await.unwrap();
    assert!(String::from_utf8_lossy(&gone.stderr).contains("SUBSCRIPTION_NOT_FOUND"));
}
