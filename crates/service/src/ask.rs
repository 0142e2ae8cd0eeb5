//! The way of every command: parse, propose, answer.
//!
//! A handler says what its request asks for as a [`Command`] of the domain, and how the answer is made of the states that the domain
//! shows; what lies between is the same for all. See `workflows/start_workflow.rs` for the smallest example.

use god33_domain::command::{Author, Command};
use god33_domain::state::Noun;
use god33_domain::{Appended, Change, EventId, Proposal};
use god33_proto::v1::EventContext;
use prost::Message;
use prost_reflect::ReflectMessage;
use tonic::Request;

use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{context, request};
use crate::{App, Principal, show};

/// A request that asks for a change.
pub(crate) trait Asks: Message {
    /// Its name.
    const NAME: &'static str;

    /// The id that makes a repeat safe; empty for none.
    fn request_id(&self) -> &str;

    /// What the caller says about the events that come of it.
    fn context(&self) -> Option<&EventContext>;
}

/// Says where requests have their id and their context.
macro_rules! asks {
    ($($request:ident),* $(,)?) => {
        $(impl $crate::ask::Asks for god33_proto::v1::$request {
            const NAME: &'static str = stringify!($request);

            fn request_id(&self) -> &str {
                &self.request_id
            }

            fn context(&self) -> Option<&god33_proto::v1::EventContext> {
                self.context.as_ref()
            }
        })*
    };
}
pub(crate) use asks;

/// What came of a command.
#[derive(Debug)]
pub(crate) struct Done(pub(crate) Appended);

impl Done {
    /// Ids of the events that it recorded, in order.
    pub(crate) fn event_ids(&self) -> Vec<String> {
        self.0.events.iter().map(|event| event.event_id.to_string()).collect()
    }

    /// Id of the first of them.
    pub(crate) fn first_event_id(&self) -> Option<EventId> {
        self.0.events.first().map(|event| event.event_id)
    }

    /// Position of the last of them.
    pub(crate) fn position(&self) -> u64 {
        self.0.position().get()
    }

    /// A state after the command, as the domain has it.
    pub(crate) fn noun<N: Noun>(&self) -> Result<&N, Failure> {
        self.0.state().ok_or_else(|| {
            Failure::defect("a command was taken and its answer does not show the state that it is about")
        })
    }

    /// A state after the command that need not be there, as the domain has it.
    pub(crate) fn optional_noun<N: Noun>(&self) -> Option<&N> {
        self.0.state()
    }

    /// All states of a noun after the command, in the order in which the command named them.
    pub(crate) fn nouns<N: Noun>(&self) -> impl Iterator<Item = &N> {
        self.0.states.iter().filter_map(N::in_state)
    }

    /// A state after the command as the contract's message.
    pub(crate) fn state<N: Noun, M: Message + ReflectMessage + Default>(&self) -> Result<M, Failure> {
        show::message(self.noun::<N>()?)
    }
}

/// Asks for a change. `parse` makes the command, and notes everything that is wrong with the request; it answers with `None` only when it noted
/// something.
pub(crate) async fn ask<R: Asks, C: Command>(
    app: &App,
    request: &Request<R>,
    parse: impl FnOnce(&R, Author, &mut Violations) -> Option<C>,
) -> Result<Done, Failure> {
    let principal = Principal::of(request.extensions())?;
    let message = request.get_ref();
    let mut found = Violations::default();
    let id = request::parse(message.request_id(), R::NAME, message, &mut found);
    let author = author(app, principal, request, &mut found);
    let command = author.and_then(|author| parse(message, author, &mut found));
    found.finish()?;
    let command = command.ok_or_else(|| Failure::defect(&format!("{} had no fault and came to nothing", R::NAME)))?;
    let proposal = Proposal { request: id, principal: principal.name.clone(), change: Change::command(command) };
    Ok(Done(app.propose(principal, proposal).await?))
}

/// Who asks. `None` only when something is wrong with the context, which is noted.
pub(crate) fn author<R: Asks>(
    app: &App,
    principal: &Principal,
    request: &Request<R>,
    found: &mut Violations,
) -> Option<Author> {
    let context = context::parse(request.get_ref().context(), principal, &app.limits, request.metadata(), found);
    Some(Author {
        principal: principal.name.clone(),
        event_id: EventId::generate(),
        correlation_ids: context.correlation_ids,
        source: context.source?,
        agent_context: context.agent_context,
        chain_id: context.chain_id,
        traceparent: context.traceparent,
        timestamp: context.timestamp,
    })
}
