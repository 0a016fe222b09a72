//! What a target says about JSON by itself, to compare it with what a parser accepted.

use serde_json::Value;

/// Returns whether an object of valid JSON has a key twice. Counts the colons outside of texts and
/// the keys that a map keeps, so that it shares nothing with the parsers.
pub fn has_doubled_key(json: &[u8]) -> bool {
    let value = serde_json::from_slice(json).unwrap_or(Value::Null);
    colons(json) != keys(&value)
}

/// Returns the number under `version`; `None` if there is none.
pub fn version(json: &[u8]) -> Option<u64> {
    let value: Value = serde_json::from_slice(json).ok()?;
    value.get("version")?.as_u64()
}

fn colons(json: &[u8]) -> usize {
    let (mut count, mut in_text, mut escaped) = (0, false, false);
    for byte in json {
        match (in_text, escaped, byte) {
            (true, true, _) => escaped = false,
            (true, false, b'\\') => escaped = true,
            (_, false, b'"') => in_text = !in_text,
            (false, _, b':') => count += 1,
            _ => {}
        }
    }
    count
}

fn keys(value: &Value) -> usize {
    match value {
        Value::Array(values) => values.iter().map(keys).sum(),
        Value::Object(map) => map.len() + map.values().map(keys).sum::<usize>(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    }
}
