//! Long histories of everything that can go wrong with the order of events: the same for the same seed.

use god33_domain::EventId;
use serde_json::json;

use crate::coordination::{FAMILIES, THINGS, TOLD, naming, telling};
use crate::{EventStory, event, from_bus};

/// A sequence of numbers that looks random and is the same for the same seed (SplitMix64).
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// The sequence of a seed.
    pub const fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number, 0 to `sides` − 1.
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % sides as u64) as usize
    }

    /// True once in so many rolls.
    pub fn once_in(&mut self, rolls: usize) -> bool {
        self.roll(rolls) == 0
    }
}

const PHASES: [&str; 5] = ["analysis", "planning", "solutioning", "implementation", "retrospective"];

/// So many levels of two events under one, each caused by both of the level before: the paths double with every level.
pub fn ladder(levels: usize) -> Vec<EventStory> {
    let mut stories = vec![event("a.b")];
    let mut before = stories.clone();
    for _ in 0..levels {
        let level: Vec<EventStory> =
            (0..2).map(|_| before.iter().fold(event("a.b"), |story, parent| story.caused_by(parent))).collect();
        stories.extend(level.iter().cloned());
        before = level;
    }
    stories
}

/// So many events over a few workflows, sessions, agents, things of coordination, programs and chains. Parents come before and after their children or
/// never, some form cycles, some events come twice, and most say only part of where they belong.
pub fn history(seed: u64, count: usize) -> Vec<EventStory> {
    let mut dice = Dice::seeded(seed);
    let mut stories: Vec<EventStory> = Vec::with_capacity(count);
    for number in 0..count {
        let story = match stories.get(dice.roll(count)) {
            Some(told) if dice.once_in(4) => told.clone(),
            _ => tell(&mut dice, seed, number, count),
        };
        stories.push(story);
    }
    stories
}

fn id(seed: u64, number: usize) -> EventId {
    EventId::from_foreign(&format!("history-{seed}-{number}"))
}

fn tell(dice: &mut Dice, seed: u64, number: usize, count: usize) -> EventStory {
    let family = FAMILIES[dice.roll(FAMILIES.len())];
    let event_type = family[dice.roll(family.len())];
    let story = if dice.once_in(3) { from_bus(event_type, "{\"from\": \"the bus\"}") } else { event(event_type) };
    let mut story =
        story.with_id(id(seed, number)).at(&format!("2026-01-{:02}T12:00:00.{number:06}Z", 1 + dice.roll(28)));
    story = story.saying("phase", PHASES[dice.roll(PHASES.len())]).saying("number", number);
    story = story.saying("metadata", json!({"weight": 0.1 + number as f64 / 7.0, "nul": "a\u{0}b"}));
    if dice.once_in(3) {
        story = story.of_workflow(&format!("w-{}", dice.roll(6))).saying("project_name", format!("p-{}", dice.roll(3)));
    }
    if dice.once_in(3) {
        story = story.in_session(&format!("s-{}", dice.roll(8)));
    }
    if dice.once_in(3) {
        story = story.by(["bmad-architect", "letta-python-dev-001", "letta-rust-dev-001", "jarad"][dice.roll(4)]);
    }
    for _ in 0..dice.roll(3) {
        story = telling(story, dice.roll(TOLD), dice.roll(4));
    }
    for _ in 0..dice.roll(3) {
        let other = id(seed, (number + dice.roll(12)).saturating_sub(8));
        story = naming(story, dice.roll(THINGS.len()), dice.roll(6), other);
    }
    if dice.once_in(2) {
        story = story.of_app(["bmad-orchestrator", "letta-runtime", "100 %"][dice.roll(3)]);
    }
    if dice.once_in(8) {
        story = story.in_chain(&id(seed, dice.roll(count)).to_string());
    }
    causes(dice, story, seed, number, count)
}

/// Mostly events close by, before or after; at times any, among them ids that nobody has.
fn causes(dice: &mut Dice, mut story: EventStory, seed: u64, number: usize, count: usize) -> EventStory {
    for _ in 0..dice.roll(4) {
        let near = (number + dice.roll(12)).saturating_sub(8);
        let parent = if dice.once_in(5) { dice.roll(count + count / 10) } else { near };
        if parent != number {
            story = story.caused_by(&id(seed, parent));
        }
    }
    story
}
