//! Which routing keys a binding of a topic exchange takes.

/// A binding key, matched exactly as RabbitMQ does it: segments split at dots, `*` for one segment, `#` for any number of them.
/// Unlike [`TypePattern`](god33_domain::TypePattern), a `*` at the end is one segment too.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TopicPattern(Vec<String>);

impl TopicPattern {
    /// Any text is a binding key.
    pub fn new(binding_key: &str) -> Self {
        Self(segments(binding_key).map(str::to_owned).collect())
    }

    /// True when a message with this routing key is taken.
    pub fn matches(&self, routing_key: &str) -> bool {
        let key: Vec<&str> = segments(routing_key).collect();
        // reachable[n]: the pattern so far can take the first n segments. Time is pattern × key, however many `#` there are.
        let mut reachable = vec![false; key.len() + 1];
        reachable[0] = true;
        for segment in &self.0 {
            reachable = step(segment, &key, &reachable);
        }
        reachable[key.len()]
    }
}

/// An empty key has no segments; one dot makes two.
fn segments(key: &str) -> impl Iterator<Item = &str> {
    key.split('.').filter(move |_| !key.is_empty())
}

fn step(segment: &str, key: &[&str], before: &[bool]) -> Vec<bool> {
    let mut after = vec![false; before.len()];
    after[0] = segment == "#" && before[0];
    for end in 1..before.len() {
        after[end] = match segment {
            "#" => before[end] || after[end - 1],
            "*" => before[end - 1],
            literal => before[end - 1] && key[end - 1] == literal,
        };
    }
    after
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_is_one_segment_and_a_hash_any_number() {
        let cases = [
            ("#", "", true),
            ("#", "a.b.c", true),
            ("*", "a", true),
            ("*", "", false),
            ("*", "a.b", false),
            ("a.*", "a.b", true),
            ("a.*", "a.b.c", false),
            ("a.*", "a.", true),
            ("a.#", "a", true),
            ("a.#.z", "a.z", true),
            ("a.#.z", "a.b.c.z", true),
            ("a.#.z", "a.b.c", false),
            ("a.b", "a.b", true),
            ("", "", true),
            ("", "a", false),
            ("#.#.#.#.#.#.#.#.#.#.b", &["a"; 200].join("."), false),
        ];
        for (pattern, key, expected) in cases {
            assert_eq!(TopicPattern::new(pattern).matches(key), expected, "{pattern} on {key}");
        }
    }
}
