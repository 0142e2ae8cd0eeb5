//! What the figures were taken on. Figures of two machines, or under other load, are not comparable.

use serde_json::{Value, json};

/// The machine, and how busy it was before the figures were taken.
pub(crate) fn described() -> Value {
    json!({
        "system": std::env::consts::OS,
        "processor": model(),
        "cores": std::thread::available_parallelism().map_or(0, usize::from),
        "memory_bytes": memory_bytes(),
        "load_average": load_average(),
    })
}

/// The same in a line.
pub(crate) fn line(described: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or("unknown").to_owned();
    let gib = described["memory_bytes"].as_f64().map(|bytes| bytes / 1_073_741_824.0);
    format!(
        "{} cores of {}, {} GiB, {}, load average before {}",
        described["cores"],
        text(&described["processor"]),
        crate::table::shown(gib),
        text(&described["system"]),
        text(&described["load_average"]),
    )
}

fn model() -> Option<String> {
    let text = std::fs::read_to_string("/proc/cpuinfo").ok()?;
    let line = text.lines().find(|line| line.starts_with("model name"))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

fn memory_bytes() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/meminfo").ok()?;
    let kib: u64 = text.strip_prefix("MemTotal:")?.split_whitespace().next()?.parse().ok()?;
    Some(kib * 1024)
}

/// Over 1, 5 and 15 minutes.
fn load_average() -> Option<String> {
    let text = std::fs::read_to_string("/proc/loadavg").ok()?;
    Some(text.split_whitespace().take(3).collect::<Vec<_>>().join(" "))
}
