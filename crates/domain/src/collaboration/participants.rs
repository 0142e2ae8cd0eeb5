//! Who takes part, who leads, and who is meant by a name.

use super::{Ballot, Collaboration, Participant, ParticipantState};
use crate::command::{Author, View};
use crate::members::Members;
use crate::session::Session;
use crate::state::States;
use crate::{Belonging, RecordedEvent, SessionId};

/// Who acts: under which name, and in which session.
#[derive(Clone, Default, Debug)]
pub(super) struct Actor {
    pub(super) name: Option<String>,
    pub(super) session_id: Option<String>,
}

impl Actor {
    /// One that is only known by name.
    pub(super) fn named(name: &str) -> Self {
        Self { name: Some(name.to_owned()), session_id: None }
    }

    /// Who a command says that it is. Nobody else's session counts: what the event inherits from its causes may be that of another one.
    pub(super) fn of_command(name: Option<&str>, session_id: Option<&str>, author: &Author) -> Self {
        let context = author.agent_context.as_ref().map(Members::of).unwrap_or_default();
        let session_id = session_id.map(str::to_owned).or_else(|| context.name("session_id"));
        let name = name.map(str::to_owned).or_else(|| context.name("instance_id")).or_else(|| context.name("type"));
        Self { name, session_id }
    }

    /// Who an event says that it is from.
    pub(super) fn said_by(event: &RecordedEvent) -> Self {
        let said = Belonging::said_by(&event.envelope);
        Self {
            name: said.agent.map(|agent| agent.as_str().to_owned()),
            session_id: said.session_id.as_ref().map(SessionId::as_str).map(str::to_owned),
        }
    }

    /// The session in which it acts: one speaks for itself, and not under a name that it does not have.
    fn session<'s>(&self, sessions: &'s impl Sessions) -> Option<&'s Session> {
        let session = self.session_id.as_deref().and_then(|id| sessions.session(id))?;
        self.name.as_deref().is_none_or(|name| goes_by(session, name)).then_some(session)
    }

    /// The same with another name, where there is one.
    pub(super) fn or_named(self, name: Option<String>) -> Self {
        Self { name: name.or(self.name), ..self }
    }
}

/// Where sessions are looked up.
pub(super) trait Sessions {
    fn session(&self, id: &str) -> Option<&Session>;
}

impl Sessions for View<'_> {
    fn session(&self, id: &str) -> Option<&Session> {
        self.get(id)
    }
}

impl Sessions for States {
    fn session(&self, id: &str) -> Option<&Session> {
        self.get(id)
    }
}

fn goes_by(session: &Session, name: &str) -> bool {
    let names = [Some(session.agent_type.as_str()), session.agent_instance_id.as_deref(), session.agent_id.as_deref()];
    names.into_iter().flatten().any(|known| known == name)
}

impl Participant {
    pub(super) fn invited(agent_id: &str) -> Self {
        Self {
            agent_id: agent_id.to_owned(),
            role: None,
            responsibilities: Vec::new(),
            state: ParticipantState::Invited,
            session_id: None,
            progress_pct: None,
            summary: None,
            result: None,
            artifacts: None,
            joined_at: None,
        }
    }

    /// True while it takes part.
    pub(super) const fn is_in(&self) -> bool {
        matches!(self.state, ParticipantState::Joined | ParticipantState::Delivered)
    }

    /// True when a session may take its place: it is free, or the session that has it is over.
    pub(super) fn may_be_taken(&self, session_id: Option<&str>, sessions: &impl Sessions) -> bool {
        let is_another = session_id.is_some() && session_id != self.session_id.as_deref();
        let is_over =
            |id: &str| sessions.session(id).is_some_and(|session| session.status.is_some() && !session.is_open());
        !self.is_in() || (is_another && self.session_id.as_deref().is_some_and(is_over))
    }
}

impl Collaboration {
    /// Those who take part now.
    pub(super) fn joined(&self) -> impl Iterator<Item = &Participant> {
        self.participants.iter().filter(|participant| participant.is_in())
    }

    /// The place of the participant that somebody is: who has its name; else whose session it is; else one without a session whose name
    /// is that of the acting session's type or instance; else whose session goes by the name.
    pub(super) fn seat(&self, actor: &Actor, sessions: &impl Sessions) -> Option<usize> {
        let (name, acting) = (actor.name.as_deref(), actor.session(sessions));
        let same_session =
            |seat: &Participant| acting.is_some_and(|acting| seat.session_id.as_ref() == Some(&acting.session_id));
        let free = |seat: &Participant| {
            seat.session_id.is_none() && acting.is_some_and(|acting| goes_by(acting, &seat.agent_id))
        };
        let goes_by_name = |seat: &Participant| {
            let session = seat.session_id.as_deref().and_then(|id| sessions.session(id));
            session.zip(name).is_some_and(|(session, name)| goes_by(session, name))
        };
        let place = |fits: &dyn Fn(&Participant) -> bool| self.participants.iter().position(fits);
        place(&|seat| Some(seat.agent_id.as_str()) == name)
            .or_else(|| place(&same_session))
            .or_else(|| place(&free))
            .or_else(|| place(&goes_by_name))
    }

    /// True for the one who leads and for the one who started it.
    pub(super) fn leads(&self, actor: &Actor, sessions: &impl Sessions) -> bool {
        let acting = actor.session(sessions);
        let is_named =
            |name: &str| actor.name.as_deref() == Some(name) || acting.is_some_and(|session| goes_by(session, name));
        let seat = self.seat(actor, sessions).map(|seat| self.participants[seat].agent_id.as_str());
        [&self.leader, &self.initiator_agent].into_iter().flatten().any(|name| is_named(name) || seat == Some(name))
    }

    /// Works out what follows from who takes part: who leads, and how many a majority is.
    pub(super) fn settle_participants(&mut self) {
        self.leader = self.leader_now();
        let majority = (self.joined().count() / 2 + 1) as u32;
        let open = |ballot: &&mut Ballot| ballot.majority && !ballot.decided;
        self.proposals.iter_mut().filter(open).for_each(|ballot| ballot.quorum = majority);
    }

    fn leader_now(&self) -> Option<String> {
        let mut present = self.participants.iter().filter(|participant| participant.state != ParticipantState::Left);
        let name = |participant: &Participant| participant.agent_id.clone();
        match self.coordination_strategy.as_str() {
            "peer" => None,
            "pipeline" => present.next().map(name),
            _ => present
                .find(|participant| participant.role.as_deref() == Some("orchestrator"))
                .map(name)
                .or_else(|| self.initiator_agent.clone()),
        }
    }
}
