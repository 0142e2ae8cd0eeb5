//! `GOD33_SECTION__OPTION`.

use std::ffi::OsString;

use toml::Value;

use super::layers::{kind, wrong};
use super::{ConfigError, Layers, Origin, key};

const PREFIX: &str = "GOD33_";
/// Between section and option. Variables without it, such as `GOD33_ADDRESS`, are no options.
const SEPARATOR: &str = "__";

impl Layers {
    /// Adds the options among environment variables.
    ///
    /// # Errors
    /// When one names no option, or its value does not fit.
    pub fn add_environment(
        &mut self,
        variables: impl Iterator<Item = (OsString, OsString)>,
    ) -> Result<(), ConfigError> {
        for (name, value) in variables {
            let Ok(name) = name.into_string() else { continue };
            let Some((section, option)) = name.strip_prefix(PREFIX).and_then(|rest| rest.split_once(SEPARATOR)) else {
                continue;
            };
            let key = format!("{section}.{option}").to_ascii_lowercase();
            self.set_text(&key, value, Origin::Variable(name))?;
        }
        Ok(())
    }

    fn set_text(&mut self, key: &str, value: OsString, origin: Origin) -> Result<(), ConfigError> {
        let Some((known, _)) = self.get(key) else {
            return Err(ConfigError::Unknown { origin, similar: key::similar(key, self), key: key.to_owned() });
        };
        let text = value.to_string_lossy();
        let parsed = if value.to_str().is_some() { read(known, &text) } else { None };
        let expected = if known.is_str() { "a text in UTF-8" } else { kind(known) };
        let value = parsed.ok_or_else(|| wrong(key, &Value::from(&*text), origin.clone(), expected))?;
        self.set(key, value, origin)
    }
}

/// The value that a text stands for, of the same kind as the default.
fn read(known: &Value, text: &str) -> Option<Value> {
    match known {
        Value::String(_) => Some(Value::from(text)),
        Value::Integer(_) => text.trim().parse().ok().map(Value::Integer),
        Value::Boolean(_) => text.trim().parse().ok().map(Value::Boolean),
        Value::Array(_) => {
            let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
            Some(Value::Array(items.map(Value::from).collect()))
        }
        _ => None,
    }
}
