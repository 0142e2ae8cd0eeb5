//! Which questions are meant.

use god33_domain::feedback::{Question, QuestionState as State};
use god33_domain::state::{Noun, label};
use god33_proto::v1::{ErrorReason, QuestionFilter, QuestionState};

use crate::list::{any, one};
use crate::wire::path::Path;
use crate::wire::violations::Violations;

/// The conditions of a filter: see [`god33_domain::state::StateQuery::having`]. What chooses fewest stands first.
pub(super) fn parse(filter: Option<&QuestionFilter>, found: &mut Violations) -> Vec<Vec<String>> {
    let absent = QuestionFilter::default();
    let filter = filter.unwrap_or(&absent);
    let at = Path::Request.member("filter");
    let states = at.member("states");
    let mut words: Vec<&str> = (filter.states.iter().enumerate())
        .filter_map(|(index, number)| word(*number, &states.item(index), found))
        .collect();
    if words.is_empty() {
        words.push(State::Open.as_str());
    }
    let assignee = one("assignee", &filter.assignee).map(|mut labels| {
        labels.push(label("anybody", "true"));
        labels
    });
    let conditions = [
        one("session", &filter.session_id),
        one("workflow", &filter.workflow_id),
        one("agent", &filter.agent_id),
        assignee,
        any("state", words),
    ];
    conditions.into_iter().flatten().collect()
}

/// True when the question is meant.
pub(super) fn means(having: &[Vec<String>], question: &Question) -> bool {
    let labels = question.labels();
    having.iter().all(|any| any.iter().any(|label| labels.contains(label)))
}

fn word(number: i32, at: &Path<'_>, found: &mut Violations) -> Option<&'static str> {
    let state = match QuestionState::try_from(number) {
        Ok(QuestionState::Open) => State::Open,
        Ok(QuestionState::Answered) => State::Answered,
        Ok(QuestionState::Expired) => State::Expired,
        Ok(QuestionState::Cancelled) => State::Cancelled,
        Ok(QuestionState::Unspecified) | Err(_) => {
            let why = format!("has the number {number}, which names no state: leave the list empty for open ones");
            found.add(at, ErrorReason::InvalidField, why);
            return None;
        }
    };
    Some(state.as_str())
}
