//! The names of options: `section.option`.

use super::layers::Layers;

/// Options whose values are never shown.
const SECRETS: [&str; 2] = ["store.postgres_url", "bus.amqp_url"];

/// True when the value of the option must not be shown.
pub(super) fn is_secret(key: &str) -> bool {
    SECRETS.contains(&key)
}

/// The option that somebody meant who wrote an unknown one: the nearest, if it is near.
pub(super) fn similar(key: &str, layers: &Layers) -> Option<String> {
    let (distance, nearest) = layers.keys().map(|known| (distance(key, known), known)).min()?;
    (distance <= key.len() / 3).then(|| nearest.to_owned())
}

/// How many characters have to be added, left out or replaced to make one text of the other.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (line, a) in from.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = line + 1;
        for (column, b) in to.iter().enumerate() {
            let replaced = diagonal + usize::from(a != *b);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distance_counts_single_changes() {
        assert_eq!(distance("server.adress", "server.address"), 1);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("abc", "abc"), 0);
        assert_eq!(distance("bus.url", "bus.amqp_url"), 5);
    }
}
