//! The messages that have a JSON form, as tables that are read from the contract once.

use std::collections::HashMap;
use std::sync::LazyLock;

use god33_proto::schema::{enum_word, field_rules, payload_kinds};
use god33_proto::v1::{
    Agent, AgentContext, AgentPool, AgentType, AuditEntry, CausationPath, Checkpoint, Collaboration, CrossServiceTask,
    Delegation, FieldFormat, GetDescendantsSummaryResponse, Handoff, HeartbeatResponse, Instruction, LogFinding,
    MisePattern, NodeInfo, QuarantinedMessage, Question, RebuildStatesResponse, RedriveResult, Session, Source,
    Subscription, TimelineEntry, WaitCycle, Workflow,
};
use prost_reflect::{Cardinality, FieldDescriptor, Kind as ProtoKind, MessageDescriptor, ReflectMessage};

/// The member of a message that holds what its other members cannot.
const ADDITIONAL_MEMBERS: &str = "additional_members";

/// A message as JSON sees it.
#[derive(Debug)]
pub(crate) struct Shape {
    /// Its full name in the contract.
    pub(crate) name: String,
    /// Its members, by number.
    pub(crate) fields: Vec<Field>,
    /// The number of the field that holds what the others cannot; `None` when the message has none.
    pub(crate) additional: Option<u32>,
    by_name: HashMap<String, usize>,
    by_number: HashMap<u32, usize>,
}

/// A member.
#[derive(Debug)]
pub(crate) struct Field {
    /// Its name, in the contract as in JSON.
    pub(crate) name: String,
    /// Its number.
    pub(crate) number: u32,
    /// What it holds.
    pub(crate) kind: Kind,
    /// How often.
    pub(crate) count: Count,
    /// An empty value says something else than an absent one.
    pub(crate) has_presence: bool,
    /// It must be there and not be empty.
    pub(crate) required: bool,
    /// Its text must be a UUID.
    pub(crate) is_uuid: bool,
}

impl Field {
    /// True when its one value must not be empty. Of a required list there must be an item, which itself may be an empty one.
    pub(crate) fn must_be_filled(&self) -> bool {
        self.required && self.count == Count::One
    }
}

/// How many values a member holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Count {
    /// One or none.
    One,
    /// A list.
    List,
    /// An object with a value under each name.
    Map,
}

/// What a member, an item or a value under a name holds.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    Text,
    Bool,
    Double,
    /// A whole number between two bounds.
    Integer(Integer),
    /// A word.
    Enum(&'static Words),
    /// An object of the contract.
    Message(ShapeId),
    /// Any object.
    OpenObject,
    /// Any value.
    OpenValue,
    Timestamp,
    /// A number of seconds.
    Duration,
    /// Hexadecimal text.
    Bytes,
}

impl Kind {
    /// True where an empty value is as good as none: of a text an object or bytes, but not of a number.
    pub(crate) const fn can_be_blank(self) -> bool {
        matches!(self, Self::Text | Self::OpenObject | Self::Message(_) | Self::Bytes)
    }
}

/// The range of a whole number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Integer {
    pub(crate) least: i128,
    pub(crate) greatest: i128,
}

/// The words of an enum.
#[derive(Debug)]
pub(crate) struct Words {
    /// The enum's name.
    pub(crate) name: String,
    /// Each value's word; the unspecified value, which says the same as none, is not among them.
    words: Vec<(i32, String)>,
}

impl Words {
    /// The word of a value.
    pub(crate) fn word(&self, number: i32) -> Option<&str> {
        self.words.iter().find(|(known, _)| *known == number).map(|(_, word)| word.as_str())
    }

    /// The value of a word.
    pub(crate) fn number(&self, word: &str) -> Option<i32> {
        self.words.iter().find(|(_, known)| known == word).map(|(number, _)| *number)
    }

    /// All words, for a person.
    pub(crate) fn listed(&self) -> String {
        self.all().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ")
    }

    /// All words.
    pub(crate) fn all(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|(_, word)| word.as_str())
    }
}

/// Names a shape.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct ShapeId(usize);

impl ShapeId {
    /// The shape.
    pub(crate) fn shape(self) -> &'static Shape {
        &SHAPES.all[self.0]
    }
}

impl Shape {
    /// A member by its name.
    pub(crate) fn field(&self, name: &str) -> Option<(usize, &Field)> {
        self.by_name.get(name).map(|index| (*index, &self.fields[*index]))
    }

    /// The place of a member among the members, by its number.
    pub(crate) fn index_of(&self, number: u32) -> Option<usize> {
        self.by_number.get(&number).copied()
    }
}

/// The shape of a message by its full name; `None` when it has no JSON form.
pub(crate) fn shape_of(message: &str) -> Option<&'static Shape> {
    SHAPES.by_name.get(message).map(|id| id.shape())
}

/// Every shape, for tests of what holds for all.
#[cfg(test)]
pub(super) fn every_shape() -> Vec<&'static Shape> {
    SHAPES.all.iter().collect()
}

#[derive(Default)]
struct Shapes {
    all: Vec<Shape>,
    by_name: HashMap<String, ShapeId>,
}

static SHAPES: LazyLock<Shapes> = LazyLock::new(|| {
    let mut shapes = Shapes::default();
    for kind in payload_kinds() {
        shapes.learn(kind.message());
    }
    for message in parts_of_envelopes().iter().chain(&states()).chain(&findings()) {
        shapes.learn(message);
    }
    shapes
});

fn parts_of_envelopes() -> [MessageDescriptor; 2] {
    [Source::default().descriptor(), AgentContext::default().descriptor()]
}

/// What the server makes of events, and what it keeps beside them. The messages inside these, such as a lease, are learned with them.
fn states() -> [MessageDescriptor; 17] {
    [
        Workflow::default().descriptor(),
        TimelineEntry::default().descriptor(),
        Handoff::default().descriptor(),
        Session::default().descriptor(),
        Instruction::default().descriptor(),
        HeartbeatResponse::default().descriptor(),
        Checkpoint::default().descriptor(),
        Question::default().descriptor(),
        Collaboration::default().descriptor(),
        WaitCycle::default().descriptor(),
        CrossServiceTask::default().descriptor(),
        Delegation::default().descriptor(),
        MisePattern::default().descriptor(),
        AgentType::default().descriptor(),
        AgentPool::default().descriptor(),
        Agent::default().descriptor(),
        Subscription::default().descriptor(),
    ]
}

/// What is said about causes, and about the server itself.
fn findings() -> [MessageDescriptor; 8] {
    [
        CausationPath::default().descriptor(),
        GetDescendantsSummaryResponse::default().descriptor(),
        QuarantinedMessage::default().descriptor(),
        RedriveResult::default().descriptor(),
        LogFinding::default().descriptor(),
        RebuildStatesResponse::default().descriptor(),
        NodeInfo::default().descriptor(),
        AuditEntry::default().descriptor(),
    ]
}

impl Shapes {
    fn learn(&mut self, message: &MessageDescriptor) -> ShapeId {
        if let Some(id) = self.by_name.get(message.full_name()) {
            return *id;
        }
        // The place is taken before the members are looked at, since they may hold the message itself.
        let id = ShapeId(self.all.len());
        self.by_name.insert(message.full_name().to_owned(), id);
        self.all.push(Shape::empty(message));
        let mut fields: Vec<Field> = message
            .fields()
            .filter(|field| field.name() != ADDITIONAL_MEMBERS)
            .filter_map(|field| self.field(&field))
            .collect();
        fields.sort_by_key(|field| field.number);
        self.all[id.0].take(fields);
        id
    }

    fn field(&mut self, field: &FieldDescriptor) -> Option<Field> {
        let (kind, count) = self.kind_and_count(field)?;
        let rules = field_rules(field);
        Some(Field {
            name: field.name().to_owned(),
            number: field.number(),
            kind,
            count,
            has_presence: field.supports_presence(),
            required: rules.required,
            is_uuid: rules.format == FieldFormat::Uuid,
        })
    }

    /// Lists of numbers, which protobuf packs, do not occur in these messages; a test says so.
    fn kind_and_count(&mut self, field: &FieldDescriptor) -> Option<(Kind, Count)> {
        if field.is_map() {
            let entry = field.kind().as_message()?.clone();
            let is_text = matches!(entry.map_entry_key_field().kind(), ProtoKind::String);
            let kind = self.kind(&entry.map_entry_value_field().kind())?;
            return is_text.then_some((kind, Count::Map));
        }
        let kind = self.kind(&field.kind())?;
        if field.cardinality() != Cardinality::Repeated {
            return Some((kind, Count::One));
        }
        let is_packed = matches!(kind, Kind::Bool | Kind::Double | Kind::Integer(_) | Kind::Enum(_));
        (!is_packed).then_some((kind, Count::List))
    }

    fn kind(&mut self, kind: &ProtoKind) -> Option<Kind> {
        let integer = |least: i128, greatest: i128| Some(Kind::Integer(Integer { least, greatest }));
        match kind {
            ProtoKind::String => Some(Kind::Text),
            ProtoKind::Bool => Some(Kind::Bool),
            ProtoKind::Bytes => Some(Kind::Bytes),
            ProtoKind::Double => Some(Kind::Double),
            ProtoKind::Int32 => integer(i32::MIN.into(), i32::MAX.into()),
            ProtoKind::Int64 => integer(i64::MIN.into(), i64::MAX.into()),
            ProtoKind::Uint32 => integer(0, u32::MAX.into()),
            ProtoKind::Uint64 => integer(0, u64::MAX.into()),
            ProtoKind::Enum(of) => {
                let words =
                    of.values().filter(|value| value.number() != 0).map(|v| (v.number(), enum_word(&v))).collect();
                // Once for each enum-typed field, while the tables are made.
                Some(Kind::Enum(Box::leak(Box::new(Words { name: of.name().to_owned(), words }))))
            }
            ProtoKind::Message(message) => Some(match message.full_name() {
                "google.protobuf.Struct" => Kind::OpenObject,
                "google.protobuf.Value" => Kind::OpenValue,
                "google.protobuf.Timestamp" => Kind::Timestamp,
                "google.protobuf.Duration" => Kind::Duration,
                name if name.starts_with("google.") => return None,
                _ => Kind::Message(self.learn(message)),
            }),
            ProtoKind::Float
            | ProtoKind::Sint32
            | ProtoKind::Sint64
            | ProtoKind::Fixed32
            | ProtoKind::Fixed64
            | ProtoKind::Sfixed32
            | ProtoKind::Sfixed64 => None,
        }
    }
}

impl Shape {
    fn empty(message: &MessageDescriptor) -> Self {
        Self {
            name: message.full_name().to_owned(),
            fields: Vec::new(),
            additional: message.get_field_by_name(ADDITIONAL_MEMBERS).map(|field| field.number()),
            by_name: HashMap::new(),
            by_number: HashMap::new(),
        }
    }

    fn take(&mut self, fields: Vec<Field>) {
        self.by_name = fields.iter().enumerate().map(|(index, field)| (field.name.clone(), index)).collect();
        self.by_number = fields.iter().enumerate().map(|(index, field)| (field.number, index)).collect();
        self.fields = fields;
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use god33_proto::POOL;

    use super::*;

    /// Nobody sends these, so nobody can set two members of a oneof; the one that is set is written like any other member.
    const ONLY_WRITTEN: [&str; 1] = ["god33.v1.RedriveResult"];

    #[test]
    fn every_member_of_every_message_has_a_json_form() {
        assert!(SHAPES.all.len() > 80);
        let parts = ["Lease", "ContextHealth", "SnapshotInfo", "ChunkInfo", "Participant", "SharedValue", "Proposal"];
        for name in parts.into_iter().chain(["ServiceWork", "WaitsFor"]) {
            assert!(shape_of(&format!("god33.v1.{name}")).is_some(), "{name}");
        }
        for shape in &SHAPES.all {
            let message = POOL.get_message_by_name(&shape.name).unwrap();
            let declared = message.fields().filter(|field| field.name() != ADDITIONAL_MEMBERS).count();
            assert_eq!(
                shape.fields.len(),
                declared,
                "{} has a member of a kind that JSON does not know yet",
                shape.name
            );
            let has_oneof = message.oneofs().any(|oneof| !oneof.is_synthetic());
            assert!(!has_oneof || ONLY_WRITTEN.contains(&shape.name.as_str()), "{} has a oneof", shape.name);
        }
    }

    #[test]
    fn every_object_inside_a_payload_can_keep_what_it_does_not_declare() {
        let payloads = payload_kinds().iter().map(|kind| kind.message().full_name());
        let shapes = payloads.chain(["god33.v1.Source", "god33.v1.AgentContext"]).map(|name| shape_of(name).unwrap());
        for shape in shapes.flat_map(nested) {
            assert!(shape.additional.is_some(), "{}", shape.name);
        }
    }

    fn nested(shape: &'static Shape) -> Vec<&'static Shape> {
        let objects = shape.fields.iter().filter_map(|field| match field.kind {
            Kind::Message(id) => Some(id.shape()),
            _ => None,
        });
        objects.flat_map(|object| [vec![object], nested(object)].concat()).collect()
    }
}
