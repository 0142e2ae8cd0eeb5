//! An open watch over questions.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use god33_domain::feedback::Question;
use god33_domain::session::Session;
use god33_domain::state::{Noun, StateKind, StateQuery};
use god33_domain::{Position, RecordedEvent};
use god33_log::{Delivery, Subscription};
use god33_proto::v1::WatchQuestionsResponse;

use super::{delivery, filter};
use crate::wire::recorded;
use crate::wire::status::Failure;
use crate::{Action, App, Principal, Reader};

/// How many questions of the first state are read at once.
const PAGE: usize = 200;

/// See the module's text.
pub(super) struct Inbox {
    app: Arc<App>,
    principal: Principal,
    having: Vec<Vec<String>>,
    /// Up to where the first state holds.
    head: Position,
    changes: Subscription,
    stage: Stage,
    ready: VecDeque<WatchQuestionsResponse>,
    /// The questions that were told and are meant, each with the version that was told: what is told of them is told once, and when one is
    /// not meant any more, that is told as well.
    meant: HashMap<String, u64>,
}

/// How far it is.
enum Stage {
    /// In the first state: what follows this rank and id is still to be told.
    First(Option<(String, String)>),
    /// The first state was told.
    Changes,
}

impl Inbox {
    /// Opens a watch; `changes` follow `head`.
    pub(super) fn new(
        app: Arc<App>,
        principal: Principal,
        having: Vec<Vec<String>>,
        head: Position,
        changes: Subscription,
    ) -> Self {
        let (stage, ready, meant) = (Stage::First(None), VecDeque::new(), HashMap::new());
        Self { app, principal, having, head, changes, stage, ready, meant }
    }

    /// What is to be told next; `None` when the server stops.
    pub(super) async fn next(&mut self) -> Result<Option<WatchQuestionsResponse>, Failure> {
        loop {
            if let Some(answer) = self.ready.pop_front() {
                return Ok(Some(answer));
            }
            match &self.stage {
                Stage::First(after) => self.tell_page(after.clone()).await?,
                Stage::Changes => match self.changes.next().await {
                    Some(Ok(Delivery::Event(event))) => self.tell_change(&event).await?,
                    Some(delivery) => drop(delivery?),
                    None => return Ok(None),
                },
            }
        }
    }

    async fn tell_page(&mut self, after: Option<(String, String)>) -> Result<(), Failure> {
        let app = self.app.clone();
        let reader = reader(&app, &self.principal, Position::START).await?;
        let query = StateQuery { kind: StateKind::Question, having: self.having.clone(), after, limit: PAGE };
        let (questions, has_more) = reader.list_states::<Question>(&query).await?;
        for (question, message) in questions.iter().zip(delivery::messages(&reader, &questions).await?) {
            self.meant.insert(question.question_id.clone(), question.version);
            let position = self.head.get();
            self.ready.push_back(WatchQuestionsResponse { question: Some(message), event: None, position });
        }
        let last = questions.last().filter(|_| has_more);
        self.stage = match last {
            Some(last) => Stage::First(Some((last.rank(), last.question_id.clone()))),
            None => {
                let position = self.head.get();
                self.ready.push_back(WatchQuestionsResponse { question: None, event: None, position });
                Stage::Changes
            }
        };
        Ok(())
    }

    /// Tells what an event changed. A question is the newest there is: it may hold more than the change that is told, which is then told no
    /// more.
    async fn tell_change(&mut self, event: &RecordedEvent) -> Result<(), Failure> {
        let app = self.app.clone();
        let reader = reader(&app, &self.principal, event.position).await?;
        if !reader.access().shows(event) {
            return Ok(());
        }
        let touched = touched(&reader, event).await?;
        for question in reader.states::<Question>(&touched).await? {
            if !self.is_news(&question) {
                continue;
            }
            let message = delivery::message(&reader, &question).await?;
            let (event, position) = (Some(recorded::to_proto(event)), event.position.get());
            self.ready.push_back(WatchQuestionsResponse { question: Some(message), event, position });
        }
        Ok(())
    }

    /// True when a question is to be told: it is meant, or was, and changed since it was told.
    fn is_news(&mut self, question: &Question) -> bool {
        let id = &question.question_id;
        if filter::means(&self.having, question) {
            return self.meant.insert(id.clone(), question.version) != Some(question.version);
        }
        self.meant.remove(id).is_some()
    }
}

async fn reader<'a>(app: &'a App, principal: &Principal, min_position: Position) -> Result<Reader<'a>, Failure> {
    Ok(app.reader(principal, Action::ReadStates(StateKind::Question, None), min_position.get()).await?)
}

/// The questions that an event may have changed: its own, and those of a session that took over.
async fn touched(reader: &Reader<'_>, event: &RecordedEvent) -> Result<Vec<String>, Failure> {
    let mut touched: Vec<String> = event.belonging.about.question.iter().cloned().collect();
    if !event.envelope.event_type.as_str().starts_with("agent.feedback.")
        && let Some(heir) = event.said("new_session_id")
        && let Some(session) = reader.state::<Session>(&heir).await?
    {
        touched.extend(session.open_questions.into_iter().chain(session.answered_questions));
    }
    touched.sort_unstable();
    touched.dedup();
    Ok(touched)
}
