//! Where the project and its scratch folders are.

use std::path::{Path, PathBuf};

/// The root of this checkout. It is asked for at run time: with a target folder that several
/// checkouts share, cargo takes an xtask that was compiled in another one.
pub(crate) fn root() -> PathBuf {
    // Set by `cargo run`, which is what `cargo xtask` is.
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let around = std::env::current_dir().unwrap_or_default();
    let compiled = Path::new(env!("CARGO_MANIFEST_DIR"));
    let starts = manifest.iter().chain([&around]).map(PathBuf::as_path);
    starts.chain([compiled]).find_map(root_above).unwrap_or_else(|| around.clone())
}

fn root_above(start: &Path) -> Option<PathBuf> {
    let is_root = |folder: &&Path| folder.join("xtask/Cargo.toml").is_file();
    start.ancestors().find(is_root).map(Path::to_owned)
}

/// Scratch of the chores, ignored by git.
pub(crate) fn scratch() -> PathBuf {
    root().join(".god33")
}

/// A path as the messages show it: relative to the root where possible.
pub(crate) fn shown(path: &Path) -> String {
    let root = root();
    let shown = path.strip_prefix(&root).unwrap_or(path);
    shown.display().to_string()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn the_root_is_the_nearest_folder_above_with_an_xtask() {
        let dir = tempfile::tempdir().unwrap();
        let deep = dir.path().join("crates/domain/src");
        std::fs::create_dir_all(&deep).unwrap();
        std::fs::create_dir(dir.path().join("xtask")).unwrap();
        assert_eq!(root_above(&deep), None);
        std::fs::write(dir.path().join("xtask/Cargo.toml"), "").unwrap();
        assert_eq!(root_above(&deep).as_deref(), Some(dir.path()));
    }

    #[test]
    fn the_root_of_this_checkout_has_the_workspace() {
        let manifest = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
        assert!(manifest.contains("[workspace]"));
    }
}
