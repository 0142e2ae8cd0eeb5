//! What an instance remembers in a file beside its data, so that a later `env`, `status` or `down` knows it.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::instance::Urls;

/// One line a field in the file: its name, a tab, its value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct State {
    /// Where the servers' files are: beside this file, or where the account that runs them can go.
    pub(crate) home: PathBuf,
    /// The process id of the `cargo xtask test` that will take the instance down; none after `services up`.
    pub(crate) keeper: Option<i32>,
    /// How to reach our own PostgreSQL, once it runs.
    pub(crate) own_database: Option<String>,
    /// How to reach our own RabbitMQ, once it runs.
    pub(crate) own_amqp: Option<String>,
    /// The PostgreSQL that the caller had, instead of one of our own.
    pub(crate) given_database: Option<String>,
    /// The RabbitMQ that the caller had, instead of one of our own.
    pub(crate) given_amqp: Option<String>,
    /// The port of our own RabbitMQ's epmd, which `rabbitmqctl` must know.
    pub(crate) epmd_port: Option<u16>,
}

impl State {
    /// How to reach both servers, ours or given; `None` while one of them is missing.
    pub(crate) fn urls(&self) -> Option<Urls> {
        let database = self.given_database.clone().or_else(|| self.own_database.clone())?;
        let amqp = self.given_amqp.clone().or_else(|| self.own_amqp.clone())?;
        Some(Urls { database, amqp })
    }

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
            ("own_database", self.own_database.clone()),
            ("own_amqp", self.own_amqp.clone()),
            ("given_database", self.given_database.clone()),
            ("given_amqp", self.given_amqp.clone()),
            ("epmd_port", number(self.epmd_port.map(i32::from))),
        ];
        let lines = fields.into_iter();
        lines.filter_map(|(name, value)| value.map(|value| format!("{name}\t{value}\n"))).collect()
    }

    /// What cannot be understood is passed over: a damaged file must not stand in the way of `down`.
    fn parse(text: &str) -> Self {
        let mut state = Self::default();
        for (name, value) in text.lines().filter_map(|line| line.split_once('\t')) {
            match name {
                "home" => state.home = PathBuf::from(value),
                "keeper" => state.keeper = value.parse().ok(),
                "own_database" => state.own_database = Some(value.to_owned()),
                "own_amqp" => state.own_amqp = Some(value.to_owned()),
                "given_database" => state.given_database = Some(value.to_owned()),
                "given_amqp" => state.given_amqp = Some(value.to_owned()),
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
            own_database: Some("postgres://god33:secret@127.0.0.1:5432/god33".to_owned()),
            own_amqp: Some("amqp://god33:secret@127.0.0.1:5672/%2f".to_owned()),
            given_database: Some("postgres://db.example/god33".to_owned()),
            given_amqp: Some("amqp://mq.example".to_owned()),
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
    fn both_servers_are_reached_or_none() {
        let own = |database: bool, amqp: bool| State {
            own_database: database.then(|| "own database".to_owned()),
            own_amqp: amqp.then(|| "own amqp".to_owned()),
            ..State::default()
        };
        assert!(own(true, false).urls().is_none());
        assert!(own(false, true).urls().is_none());
        let given = State { given_amqp: Some("given amqp".to_owned()), ..own(true, false) };
        let urls = given.urls().unwrap();
        assert_eq!((urls.database.as_str(), urls.amqp.as_str()), ("own database", "given amqp"));
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
        assert_eq!(state, State { home: PathBuf::from("/x"), ..State::default() });
    }
}
