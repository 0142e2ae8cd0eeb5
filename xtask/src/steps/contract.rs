//! The step about `proto/`: buf's lint, format and the comparison with the last release.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::Surroundings;
use crate::{process, project, report, tools};

pub(super) fn check(around: &Surroundings) -> Result<()> {
    let buf = buf(around)?;
    around.run(Command::new(&buf).arg("lint"))?;
    around.run(Command::new(&buf).args(["format", "--diff", "--exit-code"]))?;
    breaking(around, &buf)
}

/// buf, as npm has it: a binary in a package, of exactly the version in the lock file.
fn buf(around: &Surroundings) -> Result<PathBuf> {
    tools::require_node()?;
    let folder = project::root().join("tools/buf");
    if !is_installed(&folder)? {
        let mut npm = Command::new("npm");
        npm.args(["ci", "--no-audit", "--no-fund", "--prefix"]).arg(&folder);
        around.run(&mut npm)?;
    }
    Ok(folder.join("node_modules/.bin/buf"))
}

/// npm leaves a copy of the lock file behind when it has installed what it says.
fn is_installed(folder: &Path) -> Result<bool> {
    let wanted = folder.join("package-lock.json");
    let wanted = wanted.metadata().with_context(|| format!("no {}", wanted.display()))?.modified()?;
    let installed = folder.join("node_modules/.package-lock.json").metadata();
    Ok(installed.and_then(|file| file.modified()).is_ok_and(|time| time >= wanted))
}

fn breaking(around: &Surroundings, buf: &Path) -> Result<()> {
    let Some(tag) = last_release()? else {
        report::line("no release has the contract yet: there is nothing to compare it with");
        return Ok(());
    };
    // In a linked work tree `.git` is a file; the repository itself is elsewhere.
    let repository = git(&["rev-parse", "--path-format=absolute", "--git-common-dir"])?;
    let against = format!("{}#format=git,tag={tag}", repository.trim());
    report::line(format!("comparing the contract with {tag}"));
    around.run(Command::new(buf).args(["breaking", "--against", &against]))
}

/// The newest release before this commit that has a contract.
fn last_release() -> Result<Option<String>> {
    if !project::root().join(".git").exists() {
        return Ok(None);
    }
    tools::require_git()?;
    let tags = git(&["tag", "--merged", "HEAD", "--sort=-version:refname", "--list", "v[0-9]*", "[0-9]*"])?;
    for tag in tags.lines() {
        if !git(&["ls-tree", "--name-only", tag, "buf.yaml"])?.trim().is_empty() {
            return Ok(Some(tag.to_owned()));
        }
    }
    Ok(None)
}

fn git(arguments: &[&str]) -> Result<String> {
    process::output(Command::new("git").args(arguments).current_dir(project::root()))
}
