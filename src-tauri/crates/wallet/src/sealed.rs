//! A wallet file that was read and is still locked.

use std::collections::HashSet;

use code::BackupCode;

use crate::code_slot::CodeSlotError;
use crate::format;
use crate::key::WalletKey;
use crate::wire::SlotRecipient;
use crate::{
    Contents, FormatError, Header, KdfMemory, OpenError, Opened, Password, ReleaseKey, SlotId,
    payload,
};

/// Payloads that a simulation has opened before.
#[cfg(any(test, feature = "testing"))]
mod simulated {
    use std::cell::RefCell;

    use super::*;
    use crate::testing::{self, Known};

    type Payload = Result<(Contents, Vec<SlotRecipient>), OpenError>;

    struct Shared(Payload);

    impl Clone for Shared {
        fn clone(&self) -> Self {
            let opened = self.0.as_ref().map_err(|error| *error);
            Self(opened.map(|(contents, recipients)| (contents.fork(), recipients.clone())))
        }
    }

    thread_local! {
        static OPENED: RefCell<Known<Shared>> = RefCell::default();
    }

    /// Returns what `open` finds in a file with a key, which `from` is.
    pub(super) fn once(from: &[u8], open: impl FnOnce() -> Payload) -> Payload {
        testing::once(&OPENED, from, || Shared(open())).0
    }
}

/// A whole wallet file with a parsed header and a locked payload.
#[derive(Debug)]
pub struct Sealed {
    bytes: Vec<u8>,
    header: Header,
}

impl Sealed {
    /// Parses the outer layout and the header. Checks every limit before allocating.
    pub fn parse(bytes: Vec<u8>) -> Result<Self, FormatError> {
        let header = Header::parse(format::split(&bytes)?.header)?;
        Ok(Self { bytes, header })
    }

    /// Returns the header. It is authenticated only when the wallet is opened.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Returns the bytes of the file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Opens the wallet with its password.
    pub fn open_with_password(
        &self,
        password: &Password,
        memory: &mut KdfMemory,
    ) -> Result<Opened, OpenError> {
        let slot = &self.header.password_slot;
        let key = slot
            .open(self.header.wallet_id, password, memory)?
            .ok_or(OpenError::WrongPassword)?;
        self.open(key)
    }

    /// Opens the wallet with a backup code and its release key from the keychain.
    pub fn open_with_code(
        &self,
        slot: SlotId,
        code: &BackupCode,
        release: &ReleaseKey,
    ) -> Result<Opened, OpenError> {
        let slot = self
            .header
            .code_slots
            .iter()
            .find(|candidate| candidate.id == slot)
            .ok_or(OpenError::NoSuchSlot)?;
        let key = slot
            .open(self.header.wallet_id, code, release)
            .map_err(|error| match error {
                CodeSlotError::WrongCode => OpenError::WrongCode,
                CodeSlotError::Damaged => OpenError::Damaged,
            })?;
        self.open(key)
    }

    /// Opens the file with the key of a copy that is open already.
    ///
    /// # Errors
    /// [`OpenError::Damaged`] if the file is of another key.
    pub fn open_again(&self, open: &Opened) -> Result<Opened, OpenError> {
        self.open(open.share_key())
    }

    fn open_payload(&self, key: &WalletKey) -> Result<(Contents, Vec<SlotRecipient>), OpenError> {
        let open = || {
            let layout = format::split(&self.bytes).map_err(|_| OpenError::Damaged)?;
            payload::open(&layout, self.header.wallet_id, key)
        };
        #[cfg(any(test, feature = "testing"))]
        return simulated::once(&[&self.bytes, &key.expose()[..]].concat(), open);
        #[cfg(not(any(test, feature = "testing")))]
        open()
    }

    fn open(&self, key: WalletKey) -> Result<Opened, OpenError> {
        let (contents, recipients) = self.open_payload(&key)?;
        // The next password change would silently drop a slot without a recipient.
        let slots: HashSet<_> = self.header.code_slots.iter().map(|slot| slot.id).collect();
        let known: HashSet<_> = recipients.iter().map(|entry| entry.slot).collect();
        if slots != known || recipients.len() != known.len() {
            return Err(OpenError::Damaged);
        }
        Ok(Opened::from_parts(
            self.header.clone(),
            key,
            contents,
            recipients,
        ))
    }
}
