//! By which words people find a workflow.

use super::Workflow;

/// The words of a search, as they are looked for: in lower case.
pub fn search_words(query: &str) -> Vec<String> {
    plain(query).split_whitespace().map(str::to_owned).collect()
}

impl Workflow {
    /// What a search looks into: the project's name and the description, in lower case.
    pub fn searched(&self) -> String {
        let texts = [self.project_name.as_deref(), self.description.as_deref()];
        plain(&texts.into_iter().flatten().collect::<Vec<_>>().join(" "))
    }
}

/// Lower case, without the characters that a column may not hold.
fn plain(text: &str) -> String {
    text.to_lowercase().chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_looked_for_in_lower_case_and_apart() {
        assert_eq!(search_words(" Über\u{0}Login \n v2 "), ["über", "login", "v2"]);
        assert_eq!(search_words(" \t"), Vec::<String>::new());
    }
}
