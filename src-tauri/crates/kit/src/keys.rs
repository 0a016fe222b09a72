//! The keys of a JSON document: each stands once in its object, and is known or not.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

/// A key that this version knows, and what it knows inside.
pub(crate) struct Known(pub(crate) &'static str, pub(crate) &'static [Known]);

/// Whether all keys are known. Lists are looked through: their elements stand where the list does.
///
/// # Errors
/// It is no JSON, or (an error of the category `Data`) a key stands twice in one object.
pub(crate) fn all_known(json: &[u8], known: &'static [Known]) -> Result<bool, serde_json::Error> {
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
    known: &'static [Known],
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
        f.write_str("JSON with each key once")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut seen = BTreeSet::new();
        while let Some(key) = map.next_key::<String>()? {
            let known = self.known.iter().find(|Known(name, _)| *name == key);
            *self.all &= known.is_some();
            if !seen.insert(key) {
                return Err(de::Error::custom("a key stands twice"));
            }
            map.next_value_seed(Walk {
                known: known.map_or(&[], |Known(_, inside)| inside),
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
    #![allow(clippy::unwrap_used, reason = "a test may fail")]
    use serde_json::error::Category;

    use super::*;

    const KNOWN: &[Known] = &[Known("a", &[]), Known("b", &[Known("c", &[])])];

    fn known(json: &str) -> bool {
        all_known(json.as_bytes(), KNOWN).unwrap()
    }

    #[test]
    fn a_key_is_known_where_it_belongs_and_nowhere_else() {
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
    fn a_key_that_stands_twice_is_refused_however_it_is_spelled_and_wherever_it_is() {
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
    fn what_is_no_json_is_refused() {
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
