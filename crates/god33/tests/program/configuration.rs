//! Where options come from, and what is said about wrong ones.

use crate::process::God33;

fn address(shown: &str) -> &str {
    shown.lines().find(|line| line.starts_with("address = ")).unwrap()
}

#[test]
fn the_later_of_file_environment_and_flag_wins() {
    let file = "[server]\naddress = \"127.0.0.1:1001\"\n[limits]\nparents = 7\n";
    let shown = God33::new(&["config"]).file("god33.toml", file).run().succeeded();
    assert_eq!(address(&shown), "address = \"127.0.0.1:1001\"  # from god33.toml");
    let named = ["config", "--config", "other.toml"];
    let shown = God33::new(&named).file("god33.toml", file).file("other.toml", "").run().succeeded();
    assert_eq!(address(&shown), "address = \"127.0.0.1:50051\"");
    let shown = God33::new(&["config"]).file("god33.toml", file).env("GOD33_SERVER__ADDRESS", "127.0.0.1:1002");
    let shown = shown.run().succeeded();
    let variable = "the environment variable GOD33_SERVER__ADDRESS";
    assert_eq!(address(&shown), format!("address = \"127.0.0.1:1002\"  # from {variable}"));
    assert!(shown.contains("parents = 7  # from god33.toml"), "{shown}");

    let dev = God33::new(&["dev", "--in-memory", "--address", "127.0.0.1:0"]).file("god33.toml", file);
    dev.serve().stop();
}

#[test]
fn a_file_named_by_the_environment_is_read() {
    let shown = God33::new(&["config"]).file("mine.toml", "[limits]\nparents = 8").env("GOD33_CONFIG", "mine.toml");
    assert!(shown.run().succeeded().contains("parents = 8  # from mine.toml"));
    let error = God33::new(&["config", "--config", "missing.toml"]).run().failed_with(2);
    assert!(error.starts_with("god33: could not read the configuration file missing.toml\n  because: "), "{error}");
}

#[test]
fn the_defaults_are_a_file_to_start_from() {
    let defaults = God33::new(&["config", "--defaults"]).run().succeeded();
    let shown = God33::new(&["config"]).run().succeeded();
    let again = God33::new(&["config"]).file("god33.toml", &defaults).run().succeeded();
    let values = |shown: &str| -> Vec<String> {
        shown.lines().map(|line| line.split("  # from").next().unwrap().to_owned()).collect()
    };
    assert_eq!(values(&again), values(&shown));
}

#[test]
fn a_wrong_option_ends_every_command_with_code_2_and_its_name() {
    for command in [&["config"][..], &["dev"], &["serve"], &["migrate"]] {
        let error = God33::new(command).file("god33.toml", "[server]\nadress = \"x\"").run().failed_with(2);
        assert!(error.contains("god33.toml sets server.adress"), "{error}");
        assert!(error.contains("did you mean server.address?"), "{error}");
        let error = God33::new(command).env("GOD33_LIMITS__PARENTS", "many").run().failed_with(2);
        assert!(error.contains("GOD33_LIMITS__PARENTS") && error.contains("a whole number"), "{error}");
    }
    for level in ["loud", "loud=quiet", ""] {
        let error = God33::new(&["dev"]).env("GOD33_LOGGING__LEVEL", level).run().failed_with(2);
        assert!(error.contains("GOD33_LOGGING__LEVEL") && error.contains("error, warn, info"), "{error}");
    }
}

#[test]
fn a_wrong_command_line_ends_with_code_2() {
    God33::new(&["dev", "--nonsense"]).run().failed_with(2);
    God33::new(&["dev", "--in-memory", "--data", "x"]).run().failed_with(2);
    let version = God33::new(&["version"]).run().succeeded();
    assert_eq!(version, concat!("god33 ", env!("CARGO_PKG_VERSION"), "\n"));
    assert!(God33::new(&["--help"]).run().succeeded().contains("Exit codes:"));
}

#[test]
fn json_logs_are_one_object_a_line() {
    let mut server = God33::new(&["dev", "--in-memory"]).env("GOD33_LOGGING__FORMAT", "json").serve();
    server.signal(rustix::process::Signal::TERM);
    server.ended();
    let logged = server.errors.whole();
    assert!(logged.contains("stopped"), "{logged}");
    assert!(logged.lines().count() > 0);
    for line in logged.lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(line["timestamp"].is_string() && line["level"].is_string() && line["message"].is_string(), "{line}");
    }
}
