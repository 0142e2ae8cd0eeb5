//! Finds the servers' programs: on the PATH, and where distributions put them beside it.

use std::path::{Path, PathBuf};

/// The program `name` on the PATH or in one of `folders`.
pub(crate) fn program(name: &str, folders: &[PathBuf]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .chain(folders.iter().cloned())
        .map(|folder| folder.join(name))
        .find(|file| is_program(file))
}

/// The folders that fit `<parent>/<prefix>*<rest>`, the highest version first.
pub(crate) fn versioned(parent: &str, prefix: &str, rest: &str) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(parent) else {
        return Vec::new();
    };
    let mut found: Vec<(Vec<u32>, PathBuf)> = entries
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let version = name.strip_prefix(prefix)?.trim_start_matches(['@', '-']);
            Some((numbers(version), entry.path().join(rest)))
        })
        .collect();
    found.sort();
    found.into_iter().rev().map(|(_, path)| path).collect()
}

/// "3.10.8" as [3, 10, 8], so that 10 sorts after 9.
fn numbers(version: &str) -> Vec<u32> {
    version.split('.').map(|part| part.parse().unwrap_or(0)).collect()
}

fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata().is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn a_program_of_the_path_is_found_and_a_missing_one_is_not() {
        assert!(program("sh", &[]).is_some());
        assert_eq!(program("god33-no-such-program", &[]), None);
    }

    #[test]
    fn the_highest_version_comes_first() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["server-3.9.1", "server-3.10.8", "other-9"] {
            std::fs::create_dir(dir.path().join(name)).unwrap();
        }
        let found = versioned(dir.path().to_str().unwrap(), "server-", "bin");
        let expected = ["server-3.10.8/bin", "server-3.9.1/bin"].map(|end| dir.path().join(end));
        assert_eq!(found, expected);
    }
}
