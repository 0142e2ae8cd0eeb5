//! What events do to a question. Never fails: an event that does not fit is counted as an anomaly.

use super::{DELEGATIONS_KEPT, Question, QuestionState};
use crate::evolve::kind_of;
use crate::handoff::Priority;
use crate::members::Members;
use crate::session::Session;
use crate::session::evolve::failed_session;
use crate::state::States;
use crate::{Belonging, JsonText, Position, RecordedEvent, Timestamp};

/// Draws the consequences of an event.
pub(crate) fn recorded(states: &mut States, event: &RecordedEvent) {
    let kind = kind_of(event.envelope.event_type.as_str());
    if kind == "session.recovery.started" {
        follow_the_session(states, event);
    }
    let (Some(id), Some(change)) = (event.belonging.about.question.as_deref(), change_by(kind)) else { return };
    states.change(id, |question: Option<Question>| {
        let mut question = question.unwrap_or_else(|| Question::unseen(id, event.recorded_at, event.position));
        change(&mut question, event, &Members::of(&event.envelope.payload));
        if question.place.is_empty() {
            question.place = question.urgency();
        }
        Some(question)
    });
}

type Change = fn(&mut Question, &RecordedEvent, &Members<'_>);

fn change_by(kind: &str) -> Option<Change> {
    Some(match kind {
        "agent.feedback.requested" => requested,
        "agent.feedback.response" => answered,
        "agent.feedback.expired" => expired,
        "agent.feedback.cancelled" => cancelled,
        "agent.feedback.delegated" => delegated,
        "agent.feedback.escalated" => escalated,
        _ => return None,
    })
}

fn requested(question: &mut Question, event: &RecordedEvent, said: &Members<'_>) {
    match question.requested_event_id {
        None => {
            question.requested_event_id = Some(event.id());
            question.created_at = event.recorded_at;
            ask(question, said);
            belong(question, event, said);
            touch(question, event);
        }
        Some(asked) if asked == event.id() => {
            if belong(question, event, said) {
                touch(question, event);
            }
        }
        Some(_) => misfit(question, event),
    }
}

/// A question as a request puts it.
pub(super) fn asked(said: &Members<'_>) -> Question {
    let mut question = Question::unseen("", Timestamp::EPOCH, Position::START);
    ask(&mut question, said);
    question
}

fn ask(question: &mut Question, said: &Members<'_>) {
    // What runs at present says `message`, and `response` for a decision.
    question.question = said.text("question").or_else(|| said.text("message")).unwrap_or_default();
    question.context = said.read("context").filter(JsonText::is_object);
    question.options = said.read("options").unwrap_or_default();
    question.blocking = said.read("blocking").unwrap_or(true);
    // Events that came before the request may have passed the question on.
    question.assignee = question.assignee.take().or_else(|| said.name("assignee"));
    question.deadline = said.text("deadline").and_then(|text| Timestamp::parse_lenient(&text).ok());
    question.default_answer = said.text("default_answer");
    question.escalate_to = said.name("escalate_to");
    question.priority = priority(said);
    question.deadlock = said.read("deadlock").unwrap_or_default();
}

fn priority(said: &Members<'_>) -> Priority {
    let number = || said.read::<u8>("priority").map(|number| number.to_string());
    said.name("priority").or_else(number).map_or_else(Priority::default, |word| Priority::from_word(&word))
}

/// Fills in to whom and where the question belongs, as far as it is not known. True when something was.
fn belong(question: &mut Question, event: &RecordedEvent, said: &Members<'_>) -> bool {
    let before = (question.from_agent.is_some(), question.session_id.is_some(), question.workflow_id.is_some());
    let handoff_before = question.handoff_id.is_some();
    let agent = || event.agent().map(|agent| agent.as_str().to_owned());
    question.from_agent = question.from_agent.take().or_else(|| said.name("from_agent")).or_else(agent);
    question.workflow_id = question.workflow_id.take().or_else(|| event.workflow_id().map(ToString::to_string));
    // The server asks about a deadlock: the sessions in it neither ask nor get the answer.
    if !question.deadlock {
        question.session_id = question.session_id.take().or_else(|| event.session_id().map(ToString::to_string));
        question.handoff_id = question.handoff_id.take().or_else(|| event.belonging.about.handoff.clone());
    }
    let after = (question.from_agent.is_some(), question.session_id.is_some(), question.workflow_id.is_some());
    before != after || handoff_before != question.handoff_id.is_some()
}

fn answered(question: &mut Question, event: &RecordedEvent, said: &Members<'_>) {
    if !end(question, event, QuestionState::Answered) {
        return;
    }
    question.decision = said.text("decision").or_else(|| said.text("response"));
    question.rationale = said.text("rationale");
    // Not the event's agent: where the answer names nobody, that is the one who asked. So is `agent_id`, to whom the answer goes.
    let speaker = || Belonging::speaker(&event.envelope).map(|agent| agent.as_str().to_owned());
    let named = ["answered_by", "from_agent", "from"].into_iter().find_map(|member| said.name(member));
    question.answered_by = named.or_else(speaker);
    question.answered_at = Some(event.recorded_at);
}

fn expired(question: &mut Question, event: &RecordedEvent, _: &Members<'_>) {
    end(question, event, QuestionState::Expired);
}

fn cancelled(question: &mut Question, event: &RecordedEvent, _: &Members<'_>) {
    end(question, event, QuestionState::Cancelled);
}

/// Ends an open question. False when it had ended before: the first end stands.
fn end(question: &mut Question, event: &RecordedEvent, state: QuestionState) -> bool {
    if question.answer_event_id == Some(event.id()) {
        return false;
    }
    if question.state != QuestionState::Open {
        misfit(question, event);
        return false;
    }
    question.state = state;
    question.answer_event_id = Some(event.id());
    touch(question, event);
    true
}

fn delegated(question: &mut Question, event: &RecordedEvent, said: &Members<'_>) {
    let (by, assignee) = (said.name("delegated_by"), said.name("assignee"));
    let repeated = question.assignee == assignee && question.delegated_by.last() == by.as_ref();
    if question.state != QuestionState::Open || assignee.is_none() {
        return misfit(question, event);
    }
    if repeated {
        return;
    }
    question.assignee = assignee;
    question.delegated_by.extend(by);
    if question.delegated_by.len() > DELEGATIONS_KEPT {
        question.delegated_by.remove(0);
    }
    touch(question, event);
}

fn escalated(question: &mut Question, event: &RecordedEvent, said: &Members<'_>) {
    if question.state != QuestionState::Open {
        return misfit(question, event);
    }
    let assignee = said.name("assignee").or_else(|| question.assignee.clone());
    if question.escalated && question.assignee == assignee {
        return;
    }
    question.escalated = true;
    question.assignee = assignee;
    touch(question, event);
}

fn touch(question: &mut Question, event: &RecordedEvent) {
    question.version += 1;
    question.position = question.position.max(event.position);
}

/// Counts an event that does not fit; once, also when it comes again since it turned out to belong to more.
fn misfit(question: &mut Question, event: &RecordedEvent) {
    if event.position > question.position {
        question.anomalies += 1;
        question.position = event.position;
    }
}

/// A session took over from a failed one: it waits for the answers now, and gets those that came meanwhile.
fn follow_the_session(states: &mut States, event: &RecordedEvent) {
    let said = Members::of(&event.envelope.payload);
    let (Some(new), Some(failed)) = (said.name("new_session_id"), failed_session(states, event)) else { return };
    let Some(session) = states.get::<Session>(&failed).filter(|session| session.recovered_by.is_none()) else { return };
    let questions: Vec<String> = session.open_questions.iter().chain(&session.answered_questions).cloned().collect();
    for id in questions {
        states.update(&id, |question: &mut Question| {
            if question.session_id.as_ref() == Some(&failed) {
                question.session_id = Some(new.clone());
                touch(question, event);
            }
        });
    }
}

impl Question {
    /// A question of which only later events are known.
    fn unseen(id: &str, at: Timestamp, began: Position) -> Self {
        Self {
            question_id: id.to_owned(),
            state: QuestionState::Open,
            question: String::new(),
            context: None,
            options: Vec::new(),
            from_agent: None,
            session_id: None,
            workflow_id: None,
            blocking: false,
            assignee: None,
            deadline: None,
            default_answer: None,
            escalate_to: None,
            priority: Priority::default(),
            decision: None,
            rationale: None,
            answered_by: None,
            answered_at: None,
            requested_event_id: None,
            answer_event_id: None,
            created_at: at,
            delegated_by: Vec::new(),
            version: 0,
            position: Position::START,
            began,
            place: String::new(),
            escalated: false,
            handoff_id: None,
            deadlock: false,
            dissolved: None,
            anomalies: 0,
        }
    }
}
