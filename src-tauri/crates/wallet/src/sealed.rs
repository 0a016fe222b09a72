//! A wallet file that was read and is still locked.

use std::collections::HashSet;

use code::BackupCode;
use thiserror::Error;

use crate::code_slot::Refusal;
use crate::format;
use crate::key::WalletKey;
use crate::{
    FormatError, Header, KdfError, KdfMemory, Opened, Password, ReleaseKey, SlotId, payload,
};

/// A whole wallet file, its header read and its payload still locked.
#[derive(Debug)]
pub struct Sealed {
    bytes: Vec<u8>,
    header: Header,
}

/// Why a wallet did not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The password is another one. A damaged password slot looks the same.
    #[error("the password does not open this wallet")]
    WrongPassword,
    /// The code, or the release key, is not the one that this slot was sealed for.
    #[error("the code does not open this slot")]
    WrongCode,
    /// The wallet has no slot of this id.
    #[error("the wallet has no such slot")]
    NoSuchSlot,
    /// The file is not what was written: altered, or damaged.
    #[error("the wallet file is damaged")]
    Damaged,
    /// The contents have what this version does not know. Nothing is opened, so that nothing of it is lost.
    #[error("the wallet's contents were written by a newer version")]
    NewerVersion,
    /// This computer does not have the memory that it takes.
    #[error("there is not enough memory to open the wallet")]
    OutOfMemory,
}

impl From<KdfError> for OpenError {
    fn from(error: KdfError) -> Self {
        match error {
            KdfError::OutOfMemory { .. } => Self::OutOfMemory,
            KdfError::OutOfRange => Self::Damaged,
        }
    }
}

impl Sealed {
    /// Reads the outer layout and the header. Every limit is checked before anything is allocated for it.
    pub fn parse(bytes: Vec<u8>) -> Result<Self, FormatError> {
        let header = Header::parse(format::split(&bytes)?.header)?;
        Ok(Self { bytes, header })
    }

    /// The readable part. Authentic only once the wallet is open.
    pub fn header(&self) -> &Header {
        &self.header
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

    /// Opens the wallet with a backup code and the release key that the keychain keeps for it.
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
        let key =
            slot.open(self.header.wallet_id, code, release)
                .map_err(|refusal| match refusal {
                    Refusal::NotThisCode => OpenError::WrongCode,
                    Refusal::Damaged => OpenError::Damaged,
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

    fn open(&self, key: WalletKey) -> Result<Opened, OpenError> {
        let layout = format::split(&self.bytes).map_err(|_| OpenError::Damaged)?;
        let (contents, recipients) = payload::open(&layout, self.header.wallet_id, &key)?;
        // A slot without its recipient would be lost at the next password change, unnoticed.
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
