//! The payload's JSON. One definition serves both ways: with references it is written, with values read.
//!
//! Secrets are base64 in it, and enums are tagged from outside. Both keep serde from copying secrets into
//! buffers that nobody wipes: text without escapes is borrowed from the decrypted bytes, and an outer tag
//! is read before what it tags.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use zeroize::{Zeroize, Zeroizing};

use crate::code_slot::Recipient;
use crate::{
    Body, Contents, Item, ItemId, KitPlace, LogEntry, PagesMade, SecretText, SlotId, Timestamp,
    TotpSecret, TwoStep, encoding,
};

/// Secrets that may cross into the payload, and nowhere else: the types themselves do not serialise.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(
    serialize = "Crossing<T>: Serialize, Crossing<S>: Serialize, L: Serialize, R: Serialize",
    deserialize = "Crossing<T>: Deserialize<'de>, Crossing<S>: Deserialize<'de>, \
                   L: Deserialize<'de>, R: Deserialize<'de>"
))]
pub(crate) struct Payload<T, S, L, R> {
    items: Vec<WireItem<T>>,
    two_step: WireTwoStep<S>,
    log: L,
    recipients: R,
    // Added to version 1 before it was published: a payload without them is of a wallet that has none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    kits: Vec<KitPlace>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pages: Option<PagesMade>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(
    serialize = "Crossing<T>: Serialize",
    deserialize = "Crossing<T>: Deserialize<'de>"
))]
struct WireItem<T> {
    id: ItemId,
    title: Crossing<T>,
    changed: Timestamp,
    body: WireBody<T>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[serde(bound(
    serialize = "Crossing<T>: Serialize",
    deserialize = "Crossing<T>: Deserialize<'de>"
))]
enum WireBody<T> {
    Note { text: Crossing<T> },
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[serde(bound(
    serialize = "Crossing<S>: Serialize",
    deserialize = "Crossing<S>: Deserialize<'de>"
))]
enum WireTwoStep<S> {
    Later,
    On(Crossing<S>),
    OffAfterRecovery,
}

/// Who a code slot is sealed for.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SlotRecipient {
    pub(crate) slot: SlotId,
    pub(crate) recipient: Recipient,
}

pub(crate) type Written<'a> =
    Payload<&'a SecretText, &'a TotpSecret, &'a [LogEntry], &'a [SlotRecipient]>;
pub(crate) type Read = Payload<SecretText, TotpSecret, Vec<LogEntry>, Vec<SlotRecipient>>;

impl<'a> Written<'a> {
    pub(crate) fn new(contents: &'a Contents, recipients: &'a [SlotRecipient]) -> Self {
        let items = contents.items.iter().map(|item| WireItem {
            id: item.id,
            title: Crossing(&item.title),
            changed: item.changed,
            body: match &item.body {
                Body::Note { text } => WireBody::Note {
                    text: Crossing(text),
                },
            },
        });
        let two_step = match &contents.two_step {
            TwoStep::Later => WireTwoStep::Later,
            TwoStep::On(secret) => WireTwoStep::On(Crossing(secret)),
            TwoStep::OffAfterRecovery => WireTwoStep::OffAfterRecovery,
        };
        Self {
            items: items.collect(),
            two_step,
            log: &contents.log,
            recipients,
            kits: contents.kits.clone(),
            pages: contents.pages,
        }
    }
}

impl Read {
    pub(crate) fn into_parts(self) -> (Contents, Vec<SlotRecipient>) {
        let items = self.items.into_iter().map(|item| Item {
            id: item.id,
            title: item.title.0,
            changed: item.changed,
            body: match item.body {
                WireBody::Note {
                    text: Crossing(text),
                } => Body::Note { text },
            },
        });
        let two_step = match self.two_step {
            WireTwoStep::Later => TwoStep::Later,
            WireTwoStep::On(Crossing(secret)) => TwoStep::On(secret),
            WireTwoStep::OffAfterRecovery => TwoStep::OffAfterRecovery,
        };
        (
            Contents {
                items: items.collect(),
                two_step,
                log: self.log,
                kits: self.kits,
                pages: self.pages,
            },
            self.recipients,
        )
    }
}

/// A secret on its way into or out of the payload.
struct Crossing<T>(T);

impl Serialize for Crossing<&SecretText> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&encoding::encode(self.0.expose().as_bytes()))
    }
}

impl Serialize for Crossing<&TotpSecret> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&encoding::encode(self.0.expose()))
    }
}

impl<'de> Deserialize<'de> for Crossing<SecretText> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut bytes = secret_bytes(deserializer)?;
        let text = String::from_utf8(std::mem::take(&mut *bytes)).map_err(|error| {
            error.into_bytes().zeroize();
            de::Error::custom("secret text is not UTF-8")
        })?;
        Ok(Self(SecretText::new(text)))
    }
}

impl<'de> Deserialize<'de> for Crossing<TotpSecret> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = secret_bytes(deserializer)?;
        let mut secret = Zeroizing::new([0; 20]);
        if bytes.len() != secret.len() {
            return Err(de::Error::invalid_length(bytes.len(), &"20 bytes"));
        }
        secret.copy_from_slice(&bytes);
        Ok(Self(TotpSecret::from_bytes(secret)))
    }
}

/// Borrowed from the decrypted bytes: base64 needs no escapes, and a spelling with them is not ours.
fn secret_bytes<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Zeroizing<Vec<u8>>, D::Error> {
    let text = <&str>::deserialize(deserializer)?;
    encoding::decode(text).map_err(|_| de::Error::custom("a secret is not base64"))
}
