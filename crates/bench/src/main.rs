//! Measures god33 against yardsticks that are taken in the same run on the same servers. `cargo xtask bench` builds what it needs and
//! starts it; docs/benchmarks.md says what the figures mean.

mod bench;
mod figure;
mod figures;
mod load;
mod machine;
mod report;
mod stats;
mod table;
mod world;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context as _, Result};
use clap::Parser;
use serde_json::{Value, json};

use bench::{Bench, Size};
use figure::Figure;
use report::Findings;

#[derive(Parser)]
#[command(name = "god33-bench", about = "Measures god33 beside its yardsticks; `cargo xtask bench` runs it")]
struct Arguments {
    /// The figures to measure; all of them without a name
    names: Vec<String>,
    /// Say which figures there are
    #[arg(long)]
    list: bool,
    /// Write the results of all figures to this file instead of <name>.json for each in the results folder
    #[arg(long, value_name = "PATH")]
    json: Option<PathBuf>,
    /// Measure for a shorter time and less often: to see that it works
    #[arg(long, conflicts_with = "large")]
    short: bool,
    /// Measure what takes very long as well
    #[arg(long)]
    large: bool,
    /// The server's program
    #[arg(long, value_name = "FILE", default_value = "target/release/god33")]
    program: PathBuf,
    /// The folder of the results, and of what the servers write meanwhile
    #[arg(long, value_name = "FOLDER", default_value = "target/bench")]
    results: PathBuf,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<()> {
    let figures = figure::select(&arguments.names)?;
    if arguments.list {
        figures.iter().for_each(|figure| println!("{:<12} {}", figure.name, figure.about));
        return Ok(());
    }
    let size = match (arguments.short, arguments.large) {
        (true, _) => Size::Short,
        (_, true) => Size::Large,
        _ => Size::Usual,
    };
    let bench = Bench::new(&arguments.program, &arguments.results, size)?;
    let runtime = tokio::runtime::Runtime::new().context("could not start the drivers")?;
    runtime.block_on(measure_all(&bench, &figures, arguments))
}

/// Goes on after a figure that failed, so that one run shows everything.
async fn measure_all(bench: &Bench, figures: &[&Figure], arguments: &Arguments) -> Result<()> {
    let mut results = Vec::new();
    let mut failed = Vec::new();
    for figure in figures {
        match measure(bench, figure).await {
            Ok(result) if arguments.json.is_some() => results.push(result),
            Ok(result) => report::write(&arguments.results.join(format!("{}.json", figure.name)), &result)?,
            Err(error) => {
                eprintln!("{} failed: {error:#}", figure.name);
                failed.push(figure.name);
            }
        }
    }
    if let Some(path) = &arguments.json {
        report::write(path, &Value::Array(results))?;
    }
    anyhow::ensure!(failed.is_empty(), "not measured: {}", failed.join(", "));
    Ok(())
}

async fn measure(bench: &Bench, figure: &Figure) -> Result<Value> {
    let machine = machine::described();
    println!("\n==== {}: {}", figure.name, figure.about);
    println!("{}\n", machine::line(&machine));
    let (began, at) = (Instant::now(), chrono::Utc::now().to_rfc3339());
    let findings: Findings = (figure.run)(bench).await?;
    println!("{}", findings.text());
    let mut result = json!({
        "figure": figure.name,
        "at": at,
        "seconds": began.elapsed().as_secs(),
        "size": format!("{:?}", bench.size).to_lowercase(),
        "machine": machine,
    });
    if let (Value::Object(result), Value::Object(found)) = (&mut result, findings.json()) {
        result.extend(found);
    }
    Ok(result)
}
