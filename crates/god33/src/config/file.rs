//! The configuration file.

use std::path::{Path, PathBuf};

use toml::Table;

use super::{ConfigError, Layers, Origin};

/// The file that is read without being named, where it is there.
const UNNAMED: &str = "god33.toml";

impl Layers {
    /// Adds the file that was named, or the one in the current folder if there is one.
    ///
    /// # Errors
    /// When it cannot be read, or sets what is no option.
    pub fn add_file(&mut self, named: Option<&Path>) -> Result<(), ConfigError> {
        let path = match named {
            Some(path) => path.to_owned(),
            None if Path::new(UNNAMED).exists() => PathBuf::from(UNNAMED),
            None => return Ok(()),
        };
        let text = std::fs::read_to_string(&path).map_err(|source| ConfigError::Read { path: path.clone(), source })?;
        let table = parse(&path, &text)?;
        self.set_all(table, &Origin::File(path))
    }
}

pub(super) fn parse(path: &Path, text: &str) -> Result<Table, ConfigError> {
    text.parse().map_err(|error: toml::de::Error| ConfigError::Syntax {
        path: path.to_owned(),
        line: error.span().map_or(1, |span| 1 + text[..span.start.min(text.len())].matches('\n').count()),
        problem: error.message().to_owned(),
    })
}
