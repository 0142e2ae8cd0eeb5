//! Options in layers: what each one is, and who said so last.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use toml::{Table, Value};

use super::{ConfigError, DEFAULTS, key};

/// Who set an option.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Origin {
    /// Nobody.
    Default,
    /// A file.
    File(PathBuf),
    /// An environment variable.
    Variable(String),
    /// A flag of the command.
    Flag(&'static str),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("the default"),
            Self::File(path) => path.display().fmt(f),
            Self::Variable(name) => write!(f, "the environment variable {name}"),
            Self::Flag(flag) => f.write_str(flag),
        }
    }
}

/// Every option with its value so far.
#[derive(Clone, Debug)]
pub struct Layers {
    options: BTreeMap<String, (Value, Origin)>,
}

impl Layers {
    /// The defaults alone.
    ///
    /// # Errors
    /// Never for the defaults that are compiled in, which a test reads.
    pub fn defaults() -> Result<Self, ConfigError> {
        let table = super::file::parse("the built-in defaults".as_ref(), DEFAULTS)?;
        let options = flatten(table).map(|(key, value)| (key, (value, Origin::Default))).collect();
        Ok(Self { options })
    }

    /// The names of all options.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.options.keys().map(String::as_str)
    }

    /// Every option with its value and where that comes from, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value, &Origin)> {
        self.options.iter().map(|(key, (value, origin))| (key.as_str(), value, origin))
    }

    /// The value of an option and where that comes from.
    pub fn get(&self, key: &str) -> Option<(&Value, &Origin)> {
        self.options.get(key).map(|(value, origin)| (value, origin))
    }

    /// Sets an option.
    ///
    /// # Errors
    /// When there is no such option, or the value is of another kind than the default.
    pub fn set(&mut self, key: &str, value: Value, origin: Origin) -> Result<(), ConfigError> {
        let Some((known, _)) = self.options.get(key) else {
            return Err(ConfigError::Unknown { origin, similar: key::similar(key, self), key: key.to_owned() });
        };
        if !same_kind(known, &value) {
            return Err(wrong(key, &value, origin, kind(known)));
        }
        self.options.insert(key.to_owned(), (value, origin));
        Ok(())
    }

    /// Sets all options of a file.
    pub(super) fn set_all(&mut self, table: Table, origin: &Origin) -> Result<(), ConfigError> {
        flatten(table).try_for_each(|(key, value)| self.set(&key, value, origin.clone()))
    }

    /// The options of one section, by their names within it.
    pub(super) fn section(&self, section: &str) -> Table {
        let within =
            |key: &str| key.split_once('.').filter(|(name, _)| *name == section).map(|(_, rest)| rest.to_owned());
        self.options.iter().filter_map(|(key, (value, _))| Some((within(key)?, value.clone()))).collect()
    }
}

/// The options of a file by `section.option`. What stands outside a section goes by its own name, which no option has.
fn flatten(table: Table) -> impl Iterator<Item = (String, Value)> {
    table.into_iter().flat_map(|(section, value)| -> Vec<(String, Value)> {
        match value {
            Value::Table(options) => {
                options.into_iter().map(|(option, value)| (format!("{section}.{option}"), value)).collect()
            }
            value => vec![(section, value)],
        }
    })
}

fn same_kind(known: &Value, value: &Value) -> bool {
    let texts = |list: &Vec<Value>| list.iter().all(Value::is_str);
    known.same_type(value) && value.as_array().is_none_or(texts)
}

/// What an option's value must be, in words.
pub(super) const fn kind(known: &Value) -> &'static str {
    match known {
        Value::String(_) => "a text in quotes",
        Value::Integer(_) => "a whole number",
        Value::Boolean(_) => "true or false",
        Value::Array(_) => "a list of texts",
        _ => "of another kind",
    }
}

/// Says what is wrong with a value, without showing a secret.
pub(super) fn wrong(key: &str, value: &Value, origin: Origin, expected: impl Into<String>) -> ConfigError {
    let found = if key::is_secret(key) { "something else".to_owned() } else { value.to_string() };
    ConfigError::Value { origin, key: key.to_owned(), found, expected: expected.into() }
}
