//! What the contract says about itself: the options of `options.proto`, as tables that are read once.

use std::{collections::HashMap, sync::LazyLock};

use prost_reflect::{DynamicMessage, EnumDescriptor, EnumValueDescriptor, FieldDescriptor, MessageDescriptor, Value};

use crate::{PACKAGE, POOL, v1::FieldFormat};

/// One typed kind of payload: a field of `EventPayload.kind`.
#[derive(Debug, Clone)]
pub struct PayloadKind {
    field: FieldDescriptor,
    message: MessageDescriptor,
    event_types: Vec<String>,
}

impl PayloadKind {
    /// The field of `EventPayload` that carries it.
    #[must_use]
    pub fn field(&self) -> &FieldDescriptor {
        &self.field
    }

    /// Its message.
    #[must_use]
    pub fn message(&self) -> &MessageDescriptor {
        &self.message
    }

    /// The event types that carry it; at most one segment of each is `*`, which stands for exactly one segment.
    #[must_use]
    pub fn event_types(&self) -> &[String] {
        &self.event_types
    }
}

/// What the contract demands of one field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldRules {
    /// The member must be present and not empty.
    pub required: bool,
    /// Form that its text must have.
    pub format: FieldFormat,
}

const NO_RULES: FieldRules = FieldRules { required: false, format: FieldFormat::Unspecified };

static KINDS: LazyLock<Vec<PayloadKind>> = LazyLock::new(read_kinds);
static RULES: LazyLock<HashMap<String, FieldRules>> = LazyLock::new(read_rules);

/// Every typed kind of payload, in the order of the contract; without `custom`.
#[must_use]
pub fn payload_kinds() -> &'static [PayloadKind] {
    &KINDS
}

/// The kind declared for an event type: by its exact name, else by a pattern. `None`: the type carries `custom`.
#[must_use]
pub fn payload_kind(event_type: &str) -> Option<&'static PayloadKind> {
    static EXACT: LazyLock<HashMap<&'static str, &'static PayloadKind>> = LazyLock::new(|| index(false));
    static PATTERNS: LazyLock<HashMap<&'static str, &'static PayloadKind>> = LazyLock::new(|| index(true));
    if let Some(kind) = EXACT.get(event_type) {
        return Some(kind);
    }
    generalised(event_type).find_map(|pattern| PATTERNS.get(pattern.as_str()).copied())
}

/// The kind that a field of `EventPayload.kind` carries, by the field's name. `None` for `custom` and unknown names.
#[must_use]
pub fn payload_kind_of_field(name: &str) -> Option<&'static PayloadKind> {
    KINDS.iter().find(|kind| kind.field.name() == name)
}

/// What the contract demands of a field.
#[must_use]
pub fn field_rules(field: &FieldDescriptor) -> FieldRules {
    RULES.get(field.full_name()).copied().unwrap_or(NO_RULES)
}

/// The JSON word of an enum value: its name without the enum's prefix, in lower case, `-` for `_`. The unspecified value
/// has the word "unspecified", which JSON leaves out.
#[must_use]
pub fn enum_word(value: &EnumValueDescriptor) -> String {
    let name = value.name();
    let prefix = enum_prefix(value.parent_enum());
    name.strip_prefix(prefix.as_str()).unwrap_or(name).to_ascii_lowercase().replace('_', "-")
}

/// The value of an enum with this JSON word. `None`: the enum does not declare it.
#[must_use]
pub fn enum_value(of: &EnumDescriptor, word: &str) -> Option<EnumValueDescriptor> {
    of.values().find(|value| enum_word(value) == word)
}

/// What stands before every value's own name, for instance `PRIORITY_`: the zero value ends with `UNSPECIFIED`.
fn enum_prefix(of: &EnumDescriptor) -> String {
    let zero = of.default_value();
    zero.name().strip_suffix("UNSPECIFIED").unwrap_or_default().to_owned()
}

/// The event type with each of its segments in turn replaced by `*`.
fn generalised(event_type: &str) -> impl Iterator<Item = String> {
    let segments: Vec<&str> = event_type.split('.').collect();
    (0..segments.len()).map(move |wild| {
        let mut pattern = segments.clone();
        pattern[wild] = "*";
        pattern.join(".")
    })
}

fn index(patterns: bool) -> HashMap<&'static str, &'static PayloadKind> {
    KINDS
        .iter()
        .flat_map(|kind| kind.event_types.iter().map(move |name| (name.as_str(), kind)))
        .filter(|(name, _)| name.contains('*') == patterns)
        .collect()
}

fn read_kinds() -> Vec<PayloadKind> {
    let payload = POOL.get_message_by_name("god33.v1.EventPayload");
    let kind = payload.and_then(|payload| payload.oneofs().find(|oneof| oneof.name() == "kind"));
    kind.iter()
        .flat_map(prost_reflect::OneofDescriptor::fields)
        .filter(|field| field.name() != "custom")
        .filter_map(|field| {
            let message = field.kind().as_message()?.clone();
            let event_types = texts(option(&field.options(), "event_types"));
            Some(PayloadKind { field, message, event_types })
        })
        .collect()
}

fn read_rules() -> HashMap<String, FieldRules> {
    POOL.all_messages()
        .filter(|message| message.package_name() == PACKAGE)
        .flat_map(|message| message.fields().collect::<Vec<_>>())
        .map(|field| (field.full_name().to_owned(), rules_of(&field)))
        .filter(|(_, rules)| *rules != NO_RULES)
        .collect()
}

fn rules_of(field: &FieldDescriptor) -> FieldRules {
    let options = field.options();
    let required = option(&options, "required").and_then(|value| value.as_bool());
    let format = option(&options, "format").and_then(|value| value.as_enum_number());
    FieldRules {
        required: required.unwrap_or_default(),
        format: format.and_then(|number| FieldFormat::try_from(number).ok()).unwrap_or_default(),
    }
}

/// The number of an enum-typed option of an enum value. `None`: not declared there.
pub(crate) fn enum_option(value: &EnumValueDescriptor, name: &str) -> Option<i32> {
    option(&value.options(), name)?.as_enum_number()
}

/// The value of one of the contract's own options. `None`: not set.
fn option(options: &DynamicMessage, name: &str) -> Option<Value> {
    let extension =
        POOL.all_extensions().find(|extension| extension.package_name() == PACKAGE && extension.name() == name)?;
    options.has_extension(&extension).then(|| options.get_extension(&extension).into_owned())
}

fn texts(value: Option<Value>) -> Vec<String> {
    let list = value.as_ref().and_then(Value::as_list).unwrap_or_default();
    list.iter().filter_map(|text| text.as_str().map(str::to_owned)).collect()
}
