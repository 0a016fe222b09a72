//! The JSON of the payload. The same definition serves writing, with references, and reading, with
//! values.
//!
//! Secrets are encoded as base64, and enums are externally tagged. Both prevent serde from copying
//! secrets into buffers that are not zeroized: text without escapes is borrowed from the decrypted
//! bytes, and an external tag is read before its content.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use zeroize::{Zeroize, Zeroizing};

use crate::code_slot::Recipient;
use crate::files::{FileEntry, Files};
use crate::item_json::{self, ItemJson, NotAnItem, Past, TextForm};
use crate::{
    Contents, KitPlace, Line, LogEntry, PagesMade, SecretText, SlotId, Timestamp, TotpSecret,
    TwoStep, encoding,
};

/// The payload. The secret types themselves are not serializable; [`Exposed`] serializes them here
/// only.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(
    serialize = "Exposed<S>: Serialize, L: Serialize, R: Serialize",
    deserialize = "Exposed<S>: Deserialize<'de>, L: Deserialize<'de>, R: Deserialize<'de>"
))]
pub(crate) struct Payload<S, L, R> {
    items: Vec<ItemJson<Base64>>,
    two_step: WireTwoStep<S>,
    log: L,
    recipients: R,
    // Added to version 1 before its publication. A payload without these fields has no sign-ins,
    // neither kits nor pages, and was never saved before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    sign_ins: Vec<Timestamp>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    kits: Vec<KitPlace>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pages: Option<PagesMade>,
    #[serde(default, skip_serializing_if = "Line::is_new")]
    line: Line,
    // Of version 2, in the order of the files after the payload.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    files: Vec<FileEntry>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[serde(bound(
    serialize = "Exposed<S>: Serialize",
    deserialize = "Exposed<S>: Deserialize<'de>"
))]
enum WireTwoStep<S> {
    Later,
    On(Exposed<S>),
    OffAfterRecovery,
}

/// The recipient for which a code slot is sealed.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SlotRecipient {
    pub(crate) slot: SlotId,
    pub(crate) recipient: Recipient,
}

pub(crate) type WrittenPayload<'a> = Payload<&'a TotpSecret, &'a [LogEntry], &'a [SlotRecipient]>;
pub(crate) type ReadPayload = Payload<TotpSecret, Vec<LogEntry>, Vec<SlotRecipient>>;
pub(crate) type ReadParts = (Contents, Vec<SlotRecipient>, Vec<FileEntry>);

impl<'a> WrittenPayload<'a> {
    pub(crate) fn new(
        contents: &'a Contents,
        recipients: &'a [SlotRecipient],
        files: Vec<FileEntry>,
    ) -> Self {
        let two_step = match &contents.two_step {
            TwoStep::Later => WireTwoStep::Later,
            TwoStep::On(secret) => WireTwoStep::On(Exposed(secret)),
            TwoStep::OffAfterRecovery => WireTwoStep::OffAfterRecovery,
        };
        Self {
            items: item_json::of(&contents.items, Past::Kept),
            two_step,
            log: &contents.log,
            sign_ins: contents.sign_ins.clone(),
            recipients,
            kits: contents.kits.clone(),
            pages: contents.pages,
            line: contents.line.clone(),
            files,
        }
    }
}

impl ReadPayload {
    /// The contents without the content of files, the recipients of the code slots, and the table
    /// of files.
    pub(crate) fn into_parts(self) -> Result<ReadParts, NotAnItem> {
        let two_step = match self.two_step {
            WireTwoStep::Later => TwoStep::Later,
            WireTwoStep::On(Exposed(secret)) => TwoStep::On(secret),
            WireTwoStep::OffAfterRecovery => TwoStep::OffAfterRecovery,
        };
        Ok((
            Contents {
                items: item_json::into_items(self.items)?,
                two_step,
                log: self.log,
                sign_ins: self.sign_ins,
                kits: self.kits,
                pages: self.pages,
                line: self.line,
                files: Files::default(),
            },
            self.recipients,
            self.files,
        ))
    }
}

/// Serializes a secret into the payload or out of it.
struct Exposed<T>(T);

/// Secret text in the wallet file. Base64 needs no escapes, so that it is borrowed from the
/// decrypted bytes.
pub(crate) struct Base64;

impl TextForm for Base64 {
    fn serialize<S: Serializer>(text: &SecretText, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&encoding::encode(text.expose().as_bytes()))
    }

    fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SecretText, D::Error> {
        let mut bytes = secret_bytes(deserializer)?;
        let text = String::from_utf8(std::mem::take(&mut *bytes)).map_err(|error| {
            error.into_bytes().zeroize();
            de::Error::custom("secret text is not UTF-8")
        })?;
        Ok(SecretText::new(text))
    }
}

impl Serialize for Exposed<&TotpSecret> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&encoding::encode(self.0.expose()))
    }
}

impl<'de> Deserialize<'de> for Exposed<TotpSecret> {
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

/// Borrows the text from the decrypted bytes. Base64 needs no escapes, so text with escapes is
/// rejected.
pub(crate) fn secret_bytes<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Zeroizing<Vec<u8>>, D::Error> {
    let text = <&str>::deserialize(deserializer)?;
    encoding::decode(text).map_err(|_| de::Error::custom("a secret is not base64"))
}
