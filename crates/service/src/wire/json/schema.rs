//! JSON Schema (draft 2020-12) of the declared payloads.

use serde_json::{Map, Value, json};

use super::shape::{Count, Field, Kind, Shape};

/// The JSON Schema of a message as JSON text.
pub(crate) fn json_schema(shape: &Shape) -> String {
    let mut schema = object(shape, 0);
    schema.insert("$schema".into(), "https://json-schema.org/draft/2020-12/schema".into());
    schema.insert("title".into(), shape.name.rsplit('.').next().unwrap_or_default().into());
    Value::Object(schema).to_string()
}

/// Objects inside an object are written out where they stand; none of the contract's holds itself.
const MAX_DEPTH: usize = 8;

fn object(shape: &Shape, depth: usize) -> Map<String, Value> {
    let members = shape.fields.iter().map(|field| (field.name.clone(), member(field, depth))).collect::<Map<_, _>>();
    let required: Vec<Value> = shape.fields.iter().filter(|f| f.required).map(|f| f.name.clone().into()).collect();
    let mut schema = Map::new();
    schema.insert("type".into(), "object".into());
    schema.insert("properties".into(), members.into());
    if !required.is_empty() {
        schema.insert("required".into(), required.into());
    }
    schema
}

fn member(field: &Field, depth: usize) -> Value {
    let value = value(field, depth);
    match field.count {
        Count::One => value,
        Count::List if field.required => json!({"type": "array", "items": value, "minItems": 1}),
        Count::List => json!({"type": "array", "items": value}),
        Count::Map => json!({"type": "object", "additionalProperties": value}),
    }
}

fn value(field: &Field, depth: usize) -> Value {
    match field.kind {
        Kind::Text if field.is_uuid && field.required => json!({"type": "string", "format": "uuid"}),
        // An empty text says the same as an absent one, and is no UUID.
        Kind::Text if field.is_uuid => json!({"anyOf": [{"type": "string", "format": "uuid"}, {"const": ""}]}),
        Kind::Text if field.required => json!({"type": "string", "minLength": 1}),
        Kind::Text => json!({"type": "string"}),
        Kind::Bool => json!({"type": "boolean"}),
        Kind::Double => json!({"type": "number"}),
        Kind::Integer(range) => json!({
            "type": "integer",
            "minimum": i64::try_from(range.least).unwrap_or(i64::MIN),
            "maximum": u64::try_from(range.greatest).unwrap_or(u64::MAX),
        }),
        Kind::Enum(words) => json!({"enum": words.all().collect::<Vec<_>>()}),
        Kind::Message(id) if depth < MAX_DEPTH => object(id.shape(), depth + 1).into(),
        Kind::OpenObject if field.required => json!({"type": "object", "minProperties": 1}),
        Kind::Message(_) | Kind::OpenObject => json!({"type": "object"}),
        Kind::OpenValue => json!({}),
        Kind::Duration => json!({"type": "number", "minimum": 0}),
        Kind::Bytes if field.required => json!({"type": "string", "pattern": "^([0-9a-f]{2})+$"}),
        Kind::Bytes => json!({"type": "string", "pattern": "^([0-9a-f]{2})*$"}),
        Kind::Timestamp => json!({"type": "string", "format": "date-time"}),
    }
}
