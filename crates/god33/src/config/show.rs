//! The configuration in effect, for people, as a file that could be used again.

use std::fmt::Write as _;

use toml::Value;

use super::{Layers, Origin, key};

/// Every option with its value, and where that comes from unless it is the default. Secrets are hidden.
pub fn show(layers: &Layers) -> String {
    let mut text = String::new();
    let mut open = "";
    for (key, value, origin) in layers.iter() {
        let (section, option) = key.split_once('.').unwrap_or(("", key));
        if section != open {
            let gap = if open.is_empty() { "" } else { "\n" };
            let _ = writeln!(text, "{gap}[{section}]");
            open = section;
        }
        let from = if *origin == Origin::Default { String::new() } else { format!("  # from {origin}") };
        let _ = writeln!(text, "{option} = {}{from}", shown(key, value));
    }
    text
}

fn shown(key: &str, value: &Value) -> String {
    let hidden = key::is_secret(key) && value.as_str() != Some("");
    if hidden { "\"(set, not shown)\"".to_owned() } else { value.to_string() }
}
