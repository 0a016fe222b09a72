//! A wallet file that was read and is still locked.

use std::collections::HashSet;

use code::BackupCode;

use crate::code_slot::CodeSlotError;
use crate::format;
use crate::key::WalletKey;
use crate::wire::SlotRecipient;
use crate::{
    Contents, FormatError, Header, KdfMemory, OpenError, Opened, Password, ReleaseKey, SlotId,
    once, payload,
};

/// What a payload holds, or why it does not open.
type Payload = Result<(Contents, Vec<SlotRecipient>), OpenError>;

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

    /// Returns a name of this version of the file: its payload's nonce in hexadecimal, which is
    /// fresh at each save. Saves of one commit id are told apart by it.
    pub fn version(&self) -> String {
        let nonce = format::split(&self.bytes).map(|layout| layout.nonce);
        let bytes = nonce.into_iter().flatten();
        bytes.map(|byte| format!("{byte:02x}")).collect()
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

    fn open_payload(&self, key: &WalletKey) -> Payload {
        let layout = format::split(&self.bytes).map_err(|_| OpenError::Damaged)?;
        once!(
            Payload,
            &[&self.bytes, &key.expose()[..]].concat(),
            payload::open(&layout, self.header.wallet_id, key),
            |opened| match opened {
                Ok((contents, recipients)) => Ok((contents.fork(), recipients.clone())),
                Err(error) => Err(*error),
            }
        )
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
