//! Hands deliveries out: first what is to be tried again, then what follows in the log.

use std::collections::{HashSet, VecDeque};

use super::{GroupSettings, LOOK_AHEAD, OrderingKey, Stage, Unsettled, Work};
use crate::{EventId, Position, RecordedEvent, Timestamp};

/// A consumer that can be given something.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Seat {
    /// Who.
    pub consumer_id: String,
    /// How many deliveries it takes now.
    pub room: usize,
}

/// An event of the log that the group's filter chooses.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Candidate {
    /// Where it stands.
    pub position: Position,
    /// The event.
    pub event_id: EventId,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// What keeps it in order.
    pub key: Option<String>,
}

/// A delivery that a consumer gets.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HandOut {
    /// The delivery.
    pub id: u64,
    /// Where the event stands.
    pub position: Position,
    /// The event.
    pub event_id: EventId,
    /// The number of the attempt.
    pub attempt: u32,
    /// The fencing token.
    pub token: u64,
    /// Who gets it.
    pub consumer_id: String,
}

impl Candidate {
    /// An event as a candidate under some settings.
    pub fn of(event: &RecordedEvent, settings: &GroupSettings) -> Self {
        Self {
            position: event.position,
            event_id: event.id(),
            recorded_at: event.recorded_at,
            key: settings.key_of(event),
        }
    }
}

impl Work {
    /// Takes back what consumers kept too long. It goes to the next at once: the wait of the ack timeout is behind it.
    pub fn expire(&mut self, now: Timestamp) {
        let late = self.unsettled.values().filter_map(|delivery| match &delivery.stage {
            Stage::Out { consumer_id, deadline } if *deadline <= now => Some((delivery.id, consumer_id.clone())),
            _ => None,
        });
        for (id, consumer_id) in late.collect::<Vec<_>>() {
            let reason = format!("consumer {consumer_id} did not settle it in time");
            self.fail_attempt(id, &reason, now, now);
        }
    }

    /// How many events of the log can be looked at for these consumers: none when nobody has room, or too many wait already.
    pub fn wants(&self, seats: &[Seat]) -> usize {
        let room: usize = seats.iter().map(|seat| seat.room).sum();
        if self.group.paused || room.min(self.free()) == 0 { 0 } else { self.window_left() }
    }

    /// Hands out as much as there is room for. `ahead` begins with the first chosen event after the cursor and loses what is taken of it.
    pub fn take(&mut self, seats: &mut [Seat], ahead: &mut VecDeque<Candidate>, now: Timestamp) -> Vec<HandOut> {
        let mut given = Vec::new();
        if self.group.paused {
            return given;
        }
        let (mut free, mut window) = (self.free(), self.window_left());
        let (ready, mut busy) = self.ready(now);
        for id in ready.into_iter().take(free) {
            if !self.hand_out(id, seats, now, &mut given) {
                return given;
            }
            free -= 1;
        }
        while window > 0 && free > 0 && seats.iter().any(|seat| seat.room > 0) {
            let Some(candidate) = ahead.pop_front() else { break };
            let key = candidate.key.clone();
            let id = self.take_in(candidate, now);
            window -= 1;
            let is_first = key.as_deref().is_none_or(|key| !busy.contains(key) && !self.is_held_up(key, id));
            busy.extend(key);
            if is_first && self.hand_out(id, seats, now, &mut given) {
                free -= 1;
            }
        }
        given
    }

    /// Takes a handed out delivery back that its consumer never saw. The attempt does not count.
    pub fn give_back(&mut self, id: u64, token: u64, now: Timestamp) {
        if let Some(delivery) = self.unsettled.get_mut(&id)
            && delivery.token == token
            && matches!(delivery.stage, Stage::Out { .. })
        {
            delivery.stage = Stage::Waiting { due_at: now };
            delivery.attempt -= 1;
            delivery.token = 0;
            self.touch(id);
        }
    }

    /// Settles a delivery whose event is not kept any more.
    pub fn drop_missing(&mut self, id: u64) {
        if self.unsettled.contains_key(&id) {
            self.settle_for_good(id);
        }
    }

    /// What can be handed out now, in order, and the keys of which nothing else can be.
    fn ready(&self, now: Timestamp) -> (Vec<u64>, HashSet<String>) {
        let is_out = |delivery: &&Unsettled| matches!(delivery.stage, Stage::Out { .. });
        let out = self.unsettled.values().filter(is_out).filter_map(|delivery| delivery.key.clone());
        let (mut ready, mut busy): (Vec<u64>, HashSet<String>) = (Vec::new(), out.collect());
        for delivery in self.unsettled.values() {
            let Stage::Waiting { due_at } = delivery.stage else { continue };
            let is_first = match &delivery.key {
                None => true,
                Some(key) => !self.is_held_up(key, delivery.id) && busy.insert(key.clone()),
            };
            if is_first && due_at <= now {
                ready.push(delivery.id);
            }
        }
        (ready, busy)
    }

    /// Notes an event as taken. It waits until it is handed out.
    fn take_in(&mut self, candidate: Candidate, now: Timestamp) -> u64 {
        let Candidate { position, event_id, recorded_at, key } = candidate;
        let id = self.group.next_delivery;
        self.group.next_delivery += 1;
        let stage = Stage::Waiting { due_at: now };
        self.put(Unsettled { id, position, event_id, recorded_at, key, attempt: 0, token: 0, stage, failure: None });
        self.advance(position);
        id
    }

    /// Gives a delivery to a consumer. False, and nothing happens, when none has room.
    fn hand_out(&mut self, id: u64, seats: &mut [Seat], now: Timestamp, given: &mut Vec<HandOut>) -> bool {
        let Some(delivery) = self.unsettled.get_mut(&id) else { return false };
        let Some(seat) = choose(seats, delivery.key.as_deref()) else { return false };
        seat.room -= 1;
        let token = self.group.next_token;
        self.group.next_token += 1;
        let deadline = now.after_millis(self.group.settings.ack_timeout_ms);
        delivery.attempt += 1;
        delivery.token = token;
        delivery.stage = Stage::Out { consumer_id: seat.consumer_id.clone(), deadline };
        given.push(HandOut {
            id,
            position: delivery.position,
            event_id: delivery.event_id,
            attempt: delivery.attempt,
            token,
            consumer_id: seat.consumer_id.clone(),
        });
        self.moved = true;
        self.touch(id);
        true
    }

    /// How many more may be out.
    fn free(&self) -> usize {
        let out = self.unsettled.values().filter(|delivery| matches!(delivery.stage, Stage::Out { .. })).count();
        (self.group.settings.max_in_flight as usize).saturating_sub(out)
    }

    /// How many more events may be taken from the log.
    fn window_left(&self) -> usize {
        let window = match self.group.settings.ordering {
            // One after the other: nothing is gained by taking the next before its time.
            OrderingKey::All => usize::from(!self.all_held_up()),
            _ => self.group.settings.max_in_flight as usize + LOOK_AHEAD,
        };
        window.saturating_sub(self.unsettled().count())
    }
}

/// Events of one key go to the same consumer as long as that one has room; others go where there is most room.
fn choose<'a>(seats: &'a mut [Seat], key: Option<&str>) -> Option<&'a mut Seat> {
    let with_room = seats.iter_mut().filter(|seat| seat.room > 0);
    match key {
        Some(key) => with_room.max_by_key(|seat| affinity(&seat.consumer_id, key)),
        None => with_room.max_by_key(|seat| seat.room),
    }
}

/// How much a consumer and a key belong together: the same everywhere and at any time (FNV-1a, then mixed).
fn affinity(consumer_id: &str, key: &str) -> u64 {
    let bytes = consumer_id.bytes().chain([0]).chain(key.bytes());
    let sum =
        bytes.fold(0xcbf2_9ce4_8422_2325, |sum: u64, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    let mixed = (sum ^ (sum >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    mixed ^ (mixed >> 33)
}
