//! What an instance remembers in a file beside its data, so that a later `env`, `status` or `down` knows it.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// One line a field in the file: its name, a tab, its value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct State {
    /// Where the servers' files are: beside this file, or where the account that runs them can go.
    pub(crate) home: PathBuf,
    /// The process id of the `cargo xtask test` that will take the instance down; none after `services up`.
    pub(crate) keeper: Option<i32>,
    /// How to reach PostgreSQL, once it runs.
    pub(crate) database_url: Option<String>,
    /// How to reach RabbitMQ, once it runs.
    pub(crate) amqp_url: Option<String>,
    /// The port of RabbitMQ's epmd, which `rabbitmqctl` must know.
    pub(crate) epmd_port: Option<u16>,
}

impl State {
    /// Writes the file as a whole or not at all. The passwords in it are for the owner's eyes.
    pub(crate) fn save(&self, file: &Path) -> Result<()> {
        let doing = || format!("could not write {}", file.display());
        let folder = file.parent().unwrap_or(Path::new("."));
        // A temporary file is readable by its owner alone.
        let fresh = tempfile::NamedTempFile::new_in(folder).with_context(doing)?;
        std::fs::write(fresh.path(), self.text()).with_context(doing)?;
        fresh.persist(file).with_context(doing)?;
        Ok(())
    }

    /// `None` when there is no such file.
    pub(crate) fn load(file: &Path) -> Result<Option<Self>> {
        match std::fs::read_to_string(file) {
            Ok(text) => Ok(Some(Self::parse(&text))),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("could not read {}", file.display())),
        }
    }

    fn text(&self) -> String {
        let number = |number: Option<i32>| number.map(|number| number.to_string());
        let fields = [
            ("home", Some(self.home.display().to_string())),
            ("keeper", number(self.keeper)),
            ("database_url", self.database_url.clone()),
            ("amqp_url", self.amqp_url.clone()),
            ("epmd_port", number(self.epmd_port.map(i32::from))),
        ];
        let lines = fields.into_iter();
        lines
            .filter_map(|(name, value)| value.map(|value| format!("{name}\t{value}\n")))
            .collect()
    }

    /// What cannot be understood is passed over: a damaged file must not stand in the way of `down`.
    fn parse(text: &str) -> Self {
        let mut state = Self::default();
        for (name, value) in text.lines().filter_map(|line| line.split_once('\t')) {
            match name {
                "home" => state.home = PathBuf::from(value),
                "keeper" => state.keeper = value.parse().ok(),
                "database_url" => state.database_url = Some(value.to_owned()),
                "amqp_url" => state.amqp_url = Some(value.to_owned()),
                "epmd_port" => state.epmd_port = value.parse().ok(),
                _ => {}
            }
        }
        state
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    fn full() -> State {
        State {
            home: PathBuf::from("/tmp/some folder"),
            keeper: Some(4711),
            database_url: Some("postgres://god33:secret@127.0.0.1:5432/god33".to_owned()),
            amqp_url: Some("amqp://god33:secret@127.0.0.1:5672/%2f".to_owned()),
            epmd_port: Some(4369),
        }
    }

    #[test]
    fn what_is_saved_is_loaded_again() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("state");
        for state in [State::default(), full()] {
            state.save(&file).unwrap();
            assert_eq!(State::load(&file).unwrap(), Some(state));
        }
    }

    #[test]
    fn no_file_is_no_state() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(State::load(&dir.path().join("state")).unwrap(), None);
    }

    #[test]
    fn others_may_not_read_the_passwords() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("state");
        full().save(&file).unwrap();
        let mode = file.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{mode:o}");
    }

    #[test]
    fn a_damaged_file_gives_what_is_left_of_it() {
        let state = State::parse("home\t/x\nkeeper\tnobody\nfuture\tfield\n\nepmd_port");
        assert_eq!(
            state,
            State {
                home: PathBuf::from("/x"),
                ..State::default()
            }
        );
    }
}
