//! JSON on the command line.

use std::io::Read as _;

use crate::cli::Failure;

/// The value of an option as JSON: on the command line itself, in a file (`@FILE`) or on standard input (`-`). `parse` says what it
/// must be: an open object, or a message of the contract.
pub(in crate::cli) fn json<T>(
    option: &str,
    argument: &str,
    parse: impl FnOnce(&str) -> Result<T, String>,
) -> Result<T, Failure> {
    let text = read(option, argument)?;
    parse(&text).map_err(|problem| Failure::Usage(format!("{option} {problem}")))
}

/// The value of an option that stands on the command line, in a file (`@FILE`) or on standard input (`-`).
pub(in crate::cli) fn read(option: &str, argument: &str) -> Result<String, Failure> {
    let mut text = String::new();
    match argument.strip_prefix('@') {
        Some(file) => std::fs::read_to_string(file)
            .map_err(|source| Failure::Io { what: format!("{option}: {file} could not be read"), source }),
        None if argument == "-" => std::io::stdin()
            .read_to_string(&mut text)
            .map(|_| text)
            .map_err(|source| Failure::Io { what: format!("{option}: standard input could not be read"), source }),
        None => Ok(argument.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use god33_proto::v1::TaskContext;
    use god33_service::text::{message_of, open_object_of};

    use super::*;

    #[test]
    fn an_open_object_and_a_message_are_read_from_the_argument() {
        let object = json("--details", r#"{"a":[1,{"b":null}]}"#, open_object_of).unwrap();
        assert!(object.fields.contains_key("a"));
        let context: TaskContext = json("--context", r#"{"file_references":["a.rs"]}"#, message_of).unwrap();
        assert_eq!(context.file_references, ["a.rs"]);
    }

    #[test]
    fn an_object_is_read_from_a_file() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        std::io::Write::write_all(&mut file, br#"{"a":1}"#).unwrap();
        let argument = format!("@{}", file.path().display());
        assert_eq!(json("--details", &argument, open_object_of).unwrap().fields.len(), 1);
    }

    #[test]
    fn what_is_wrong_is_told_with_the_option() {
        let wrong = json("--details", "[1]", open_object_of).unwrap_err().to_string();
        assert!(wrong.starts_with("--details must be a JSON object"), "{wrong}");
        let missing = json("--details", "@no/such/file", open_object_of).unwrap_err().to_string();
        assert_eq!(missing, "--details: no/such/file could not be read");
    }
}
