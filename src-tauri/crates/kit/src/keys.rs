//! Checks the keys of a JSON document: no object has a duplicate key, and all keys are known.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

/// A key that this version knows, and the keys known below it.
pub(crate) struct KnownKey(pub(crate) &'static str, pub(crate) &'static [KnownKey]);

/// Returns whether all keys are known. Elements of a list are checked as if they stood in its
/// place.
///
/// # Errors
/// Returns an error if `json` is not valid JSON, or one of the category `Data` if an object has a
/// duplicate key.
pub(crate) fn all_known(
    json: &[u8],
    known: &'static [KnownKey],
) -> Result<bool, serde_json::Error> {
    let mut all = true;
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    Walk {
        known,
        all: &mut all,
    }
    .deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(all)
}

struct Walk<'a> {
    known: &'static [KnownKey],
    all: &'a mut bool,
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON without duplicate keys")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut seen = BTreeSet::new();
        while let Some(key) = map.next_key::<String>()? {
            let known = self.known.iter().find(|KnownKey(name, _)| *name == key);
            *self.all &= known.is_some();
            if !seen.insert(key) {
                return Err(de::Error::custom("duplicate key"));
            }
            map.next_value_seed(Walk {
                known: known.map_or(&[], |KnownKey(_, children)| children),
                all: &mut *self.all,
            })?;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while list
            .next_element_seed(Walk {
                known: self.known,
                all: &mut *self.all,
            })?
            .is_some()
        {}
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may panic")]
    use serde_json::error::Category;

    use super::*;

    const KNOWN: &[KnownKey] = &[KnownKey("a", &[]), KnownKey("b", &[KnownKey("c", &[])])];

    fn known(json: &str) -> bool {
        all_known(json.as_bytes(), KNOWN).unwrap()
    }

    #[test]
    fn a_key_is_known_only_in_its_own_place() {
        for json in [
            "{}",
            "7",
            "[null, true, -1, 0.5, \"c\"]",
            r#"{"a": 1, "b": {"c": []}}"#,
            r#"{"b": [{"c": 1}, {"c": 2}]}"#,
            r#"{"\u0061": 1}"#,
        ] {
            assert!(known(json), "{json}");
        }
        for json in [
            r#"{"c": 1}"#,
            r#"{"b": {"a": 1}}"#,
            r#"{"a": {"c": 1}}"#,
            r#"{"b": [{"c": 1}, {"d": 2}]}"#,
            r#"{"A": 1}"#,
        ] {
            assert!(!known(json), "{json}");
        }
    }

    #[test]
    fn a_duplicate_key_is_rejected_at_any_depth_and_in_any_spelling() {
        for json in [
            r#"{"a": 1, "a": 1}"#,
            r#"{"a": 1, "\u0061": 2}"#,
            r#"{"b": {"c": 1, "c": 1}}"#,
            r#"{"new": [{"x": 1, "x": 1}]}"#,
        ] {
            let error = all_known(json.as_bytes(), KNOWN).unwrap_err();
            assert_eq!(error.classify(), Category::Data, "{json}");
        }
    }

    #[test]
    fn invalid_json_is_rejected() {
        for text in [
            "",
            "{",
            "{}x",
            "{\"a\": 1,}",
            "\"\u{1}\"",
            &"[".repeat(100_000),
        ] {
            let error = all_known(text.as_bytes(), KNOWN).unwrap_err();
            assert_ne!(error.classify(), Category::Data);
        }
    }
}
