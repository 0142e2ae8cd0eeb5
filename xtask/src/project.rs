//! Where the project and its scratch folders are.

use std::path::{Path, PathBuf};

/// The root of this checkout. Taken from where xtask was compiled: each checkout compiles its own.
pub(crate) fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_owned()
}

/// Scratch of the chores, ignored by git.
pub(crate) fn scratch() -> PathBuf {
    root().join(".god33")
}

/// A path as the messages show it: relative to the root where possible.
pub(crate) fn shown(path: &Path) -> String {
    let shown = path.strip_prefix(root()).unwrap_or(path);
    shown.display().to_string()
}
