//! The desk of one group on one node: takes what consumers say, hands out what there is room for, and commits both together.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use god33_domain::ports::StoreError;
use god33_domain::subscription::{HandOut, Outcome, Seat, Work};
use god33_domain::{EventId, RecordedEvent};
use tokio::sync::mpsc;
use tokio::time::Instant;
use uuid::Uuid;

use super::ahead::Ahead;
use super::batch::{Batch, Command, Joining};
use super::{ConsumeError, Delivered, Parts};

/// How often it is looked whether another node changed the group.
const POLL: Duration = Duration::from_millis(250);

/// How long a desk without consumers waits for the next command.
const IDLE: Duration = Duration::from_secs(5);

/// How long a desk waits after the store failed.
const PAUSE: Duration = Duration::from_millis(500);

/// How often a batch is decided anew because others were faster.
const ATTEMPTS: usize = 64;

/// The cursor is moved without any delivery once it is so many events, or so long, behind what was looked at.
const FAR: u64 = 1_000;
const LONG: Duration = Duration::from_secs(5);

/// The task behind a group's consumers on this node.
pub(super) struct Desk {
    parts: Arc<Parts>,
    group: String,
    commands: mpsc::Receiver<Command>,
    /// The group as the store has it, as far as this desk knows.
    work: Option<Work>,
    ahead: Ahead,
    members: Vec<Member>,
    /// Handed out and not sent: delivery and token.
    unsent: Vec<(u64, u64)>,
    /// What keeps the group from being served at all.
    lost: Option<ConsumeError>,
    used: Instant,
    advanced: Instant,
}

/// A consumer that is connected here.
struct Member {
    consumer_id: String,
    connection: Uuid,
    max_in_flight: usize,
    sender: mpsc::Sender<Result<Delivered, ConsumeError>>,
}

impl Desk {
    pub(super) fn new(parts: Arc<Parts>, group: String, commands: mpsc::Receiver<Command>) -> Self {
        Self {
            parts,
            group,
            commands,
            work: None,
            ahead: Ahead::default(),
            members: Vec::new(),
            unsent: Vec::new(),
            lost: None,
            used: Instant::now(),
            advanced: Instant::now(),
        }
    }

    /// Serves until nobody needs it, or the server stops.
    pub(super) async fn run(mut self) {
        let mut head = self.parts.tail.watch();
        let mut batch = Batch::default();
        let (mut busy, mut tail_lives) = (true, true);
        loop {
            if !busy {
                let patience = self.patience();
                tokio::select! {
                    command = self.commands.recv() => match command {
                        Some(command) => batch.add(command),
                        None => return,
                    },
                    // Without consumers the log's news are nobody's.
                    moved = head.changed(), if tail_lives && !self.members.is_empty() => tail_lives = moved.is_ok(),
                    () = self.parts.stop.cancelled() => {}
                    () = tokio::time::sleep(patience) => batch.look = true,
                }
            }
            batch.fill(&mut self.commands);
            head.mark_unchanged();
            let stopping = self.parts.stop.is_cancelled();
            busy = self.serve(std::mem::take(&mut batch)).await && !stopping;
            if stopping {
                self.disconnect_all().await;
            }
            let is_done = stopping || (self.members.is_empty() && self.used.elapsed() >= IDLE);
            if is_done && self.parts.close(&self.group, &mut self.commands) {
                // Somebody may have asked at the last moment.
                batch.fill(&mut self.commands);
                self.serve(batch).await;
                return;
            }
        }
    }

    /// Until when nothing happens by itself.
    fn patience(&self) -> Duration {
        if self.members.is_empty() {
            return IDLE;
        }
        let now = self.parts.clock.now();
        let due = self.work.as_ref().and_then(|work| work.next_due(now));
        due.map_or(POLL, |due| Duration::from_secs_f64(due.seconds_since(now)).clamp(Duration::from_millis(1), POLL))
    }

    /// Decides a batch and what follows from it. True when there may be more to do at once.
    async fn serve(&mut self, mut batch: Batch) -> bool {
        if !batch.joining.is_empty() || !batch.settlements.is_empty() {
            self.used = Instant::now();
        }
        let served = match self.refresh(&batch).await {
            Ok(()) => self.round(&mut batch).await,
            Err(error) => Err(error.into()),
        };
        match served {
            Ok(more) => more,
            Err(error) => {
                self.work = None;
                self.ahead = Ahead::default();
                self.fail(batch, &error).await;
                false
            }
        }
    }

    /// Forgets what is known of the group when somebody else has changed it.
    async fn refresh(&mut self, batch: &Batch) -> Result<(), StoreError> {
        let Some(work) = self.work.as_ref().filter(|_| batch.look) else { return Ok(()) };
        if self.parts.store.subscription_revision(&self.group).await? != Some(work.revision()) {
            self.work = None;
        }
        Ok(())
    }

    async fn round(&mut self, batch: &mut Batch) -> Result<bool, ConsumeError> {
        for _ in 0..ATTEMPTS {
            if self.work.is_none() {
                self.work = self.parts.store.subscription(&self.group).await?;
            }
            let Some(mut work) = self.work.take() else { return Err(ConsumeError::NotFound(self.group.clone())) };
            batch.refuse_unless(|joining| work.has_place_for(&joining.consumer_id));
            let outcomes = self.hear(&mut work, batch);
            let given = self.hand_out(&mut work, batch).await?;
            if self.write(&mut work).await? {
                self.ahead.follow(work.group());
                batch.answer(outcomes, work.position());
                self.unsent.clear();
                self.end_superseded(&work);
                self.welcome(&work, batch);
                self.tell_lost();
                let may_be_more = !given.is_empty();
                let ack_timeout_ms = work.group().settings.ack_timeout_ms;
                self.work = Some(work);
                self.send(given, ack_timeout_ms).await?;
                return Ok(may_be_more || !self.unsent.is_empty());
            }
            // What was read ahead went into a decision that does not stand.
            self.ahead = Ahead::default();
        }
        Err(ConsumeError::Busy)
    }

    /// Writes what changed. False when somebody else was faster.
    async fn write(&self, work: &mut Work) -> Result<bool, StoreError> {
        if !work.has_changed() {
            return Ok(true);
        }
        let is_written = self.parts.store.change_subscription(&work.changes(None)).await?;
        if is_written {
            work.written();
        }
        Ok(is_written)
    }

    /// Takes in everything that was said.
    fn hear(&mut self, work: &mut Work, batch: &Batch) -> Vec<Vec<Outcome>> {
        let now = self.parts.clock.now();
        for joining in &batch.joining {
            work.connect(&joining.consumer_id, joining.connection, now);
        }
        let unread = batch.leaving.iter().flat_map(|leaving| &leaving.unread);
        for (id, token) in unread.chain(&self.unsent) {
            work.give_back(*id, *token, now);
        }
        let has_left = |member: &Member| {
            member.sender.is_closed() || batch.leaving.iter().any(|leaving| leaving.connection == member.connection)
        };
        for member in &self.members {
            if has_left(member) {
                work.disconnect(&member.consumer_id, member.connection);
            } else if work.has_connection(&member.consumer_id, member.connection) {
                work.beat(&member.consumer_id, now);
            }
        }
        let settle_all = |settlements: &Vec<_>, work: &mut Work| {
            settlements.iter().map(|settlement| work.settle(settlement, now)).collect::<Vec<Outcome>>()
        };
        let outcomes = batch.settlements.iter().map(|(settlements, _)| settle_all(settlements, work)).collect();
        work.forget_silent(now);
        work.expire(now);
        outcomes
    }

    /// Hands out as much as consumers here have room for.
    async fn hand_out(&mut self, work: &mut Work, batch: &Batch) -> Result<Vec<HandOut>, ConsumeError> {
        let mut seats = self.seats(work, batch);
        let wanted = work.wants(&seats);
        if wanted > 0 {
            let filled = self.ahead.fill(self.parts.store.as_ref(), &self.parts.tail, work.group(), wanted).await;
            match filled {
                Err(error @ ConsumeError::Compacted { .. }) => self.lost = Some(error),
                filled => filled?,
            }
        }
        let given = work.take(&mut seats, &mut self.ahead.candidates, self.parts.clock.now());
        let behind = self.ahead.up_to().get().saturating_sub(work.group().cursor.get());
        let is_worth_it = work.has_changed() || behind >= FAR || self.advanced.elapsed() >= LONG;
        if wanted > 0 && self.ahead.candidates.is_empty() && is_worth_it {
            work.advance(self.ahead.up_to());
            self.advanced = Instant::now();
        }
        Ok(given)
    }

    fn seats(&self, work: &Work, batch: &Batch) -> Vec<Seat> {
        let in_flight = work.in_flight_by_consumer();
        let room = |consumer_id: &str, most: usize, sender: &mpsc::Sender<_>| Seat {
            consumer_id: consumer_id.to_owned(),
            room: most.saturating_sub(in_flight.get(consumer_id).copied().unwrap_or_default()).min(sender.capacity()),
        };
        let old = self.members.iter().filter(|member| work.has_connection(&member.consumer_id, member.connection));
        let old = old.map(|member| room(&member.consumer_id, member.max_in_flight, &member.sender));
        // Of several that came under one id the last one has it.
        let new = batch.joining.iter().filter(|new| work.has_connection(&new.consumer_id, new.connection));
        old.chain(new.map(|new| room(&new.consumer_id, new.max_in_flight, &new.sender))).collect()
    }

    /// Makes members of those who connected.
    fn welcome(&mut self, work: &Work, batch: &mut Batch) {
        for Joining { consumer_id, connection, max_in_flight, sender, answer } in std::mem::take(&mut batch.joining) {
            // One who does not wait any more is found by its closed stream.
            let _ = answer.send(Ok(work.position()));
            let member = Member { consumer_id, connection, max_in_flight, sender };
            if work.has_connection(&member.consumer_id, connection) {
                self.members.push(member);
            } else {
                member.end(superseded(work, &member.consumer_id));
            }
        }
    }

    /// Tells consumers that events are gone which they did not see. They stay connected until they have read it.
    fn tell_lost(&mut self) {
        if let Some(error) = self.lost.take() {
            self.members.iter().for_each(|member| member.end(error.clone()));
        }
    }

    /// Lets those go who left, and ends the streams of consumers whose id somebody else has now.
    fn end_superseded(&mut self, work: &Work) {
        let is_current = |member: &Member| work.has_connection(&member.consumer_id, member.connection);
        let (current, old): (Vec<Member>, Vec<Member>) =
            std::mem::take(&mut self.members).into_iter().partition(is_current);
        self.members = current;
        for member in old {
            let is_known = work.group().consumers.contains_key(&member.consumer_id);
            let consumer_id = member.consumer_id.clone();
            member.end(if is_known { superseded(work, &consumer_id) } else { ConsumeError::Forgotten { consumer_id } });
        }
    }

    /// Sends what is committed. What cannot be sent goes back with the next round.
    async fn send(&mut self, given: Vec<HandOut>, ack_timeout_ms: u64) -> Result<(), ConsumeError> {
        let mut events: HashMap<EventId, Arc<RecordedEvent>> = HashMap::new();
        let mut missing = Vec::new();
        for hand_out in &given {
            match self.ahead.event_of(hand_out) {
                Some(event) => drop(events.insert(hand_out.event_id, event)),
                None => missing.push(hand_out.event_id),
            }
        }
        if !missing.is_empty() {
            match self.parts.store.events(&missing).await {
                Ok(found) => events.extend(found.into_iter().map(|event| (event.id(), Arc::new(event)))),
                Err(error) => {
                    self.unsent.extend(given.iter().map(|hand_out| (hand_out.id, hand_out.token)));
                    return Err(error.into());
                }
            }
        }
        for hand_out in given {
            match events.get(&hand_out.event_id).cloned() {
                Some(event) => self.send_one(Delivered { hand_out, event, ack_timeout_ms }),
                None => self.drop_missing(&hand_out),
            }
        }
        self.ahead.tidy();
        Ok(())
    }

    fn send_one(&mut self, delivered: Delivered) {
        let HandOut { id, token, consumer_id, .. } = &delivered.hand_out;
        let (id, token) = (*id, *token);
        let member = self.members.iter().find(|member| member.consumer_id == *consumer_id);
        if member.is_none_or(|member| member.sender.try_send(Ok(delivered)).is_err()) {
            self.unsent.push((id, token));
        }
    }

    /// An event that is not kept any more cannot be delivered by anybody.
    fn drop_missing(&mut self, hand_out: &HandOut) {
        let HandOut { position, .. } = hand_out;
        tracing::warn!(subscription = %self.group, %position, "an event is no longer kept and cannot be delivered: it is skipped");
        if let Some(work) = &mut self.work {
            work.drop_missing(hand_out.id);
        }
    }

    /// Tells everybody whom it concerns that it came to nothing. A store that is away is tried again; all else ends the streams.
    async fn fail(&mut self, batch: Batch, error: &ConsumeError) {
        batch.fail(error);
        match error {
            ConsumeError::Store(error) => {
                tracing::warn!(subscription = %self.group, error = error.as_ref() as &dyn std::error::Error, "the consumers of a durable subscription wait for the store");
                tokio::time::sleep(PAUSE).await;
            }
            ConsumeError::Busy => {}
            error => {
                for member in std::mem::take(&mut self.members) {
                    member.end(error.clone());
                }
            }
        }
    }

    /// The server stops: consumers go to another node, and find there what they were not sent.
    async fn disconnect_all(&mut self) {
        let members = std::mem::take(&mut self.members);
        for _ in 0..ATTEMPTS {
            let Ok(Some(mut work)) = self.parts.store.subscription(&self.group).await else { break };
            for member in &members {
                work.disconnect(&member.consumer_id, member.connection);
            }
            let done =
                !work.has_changed() || self.parts.store.change_subscription(&work.changes(None)).await.unwrap_or(true);
            if done {
                break;
            }
        }
        for member in members {
            member.end(ConsumeError::ShuttingDown);
        }
    }
}

impl Member {
    /// The last word. Where the buffer is full the stream ends without it.
    fn end(&self, error: ConsumeError) {
        let _ = self.sender.try_send(Err(error));
    }
}

fn superseded(work: &Work, consumer_id: &str) -> ConsumeError {
    ConsumeError::Superseded { consumer_id: consumer_id.to_owned(), token: work.group().next_token - 1 }
}
