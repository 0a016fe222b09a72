//! An open wallet: its contents, its key, and the writing of the next file.

use code::BackupCode;
use rand::CryptoRng;
use subtle::ConstantTimeEq;
use thiserror::Error;

use crate::format;
use crate::key::WalletKey;
use crate::password_slot::NONCE_LENGTH;
use crate::wire::SlotRecipient;
use crate::{
    CodeSlot, CommitId, Contents, Email, FormatError, Header, KdfError, KdfMemory, KdfParams,
    MAX_CODE_SLOTS, Password, PasswordSlot, ReleaseKey, SlotId, WalletId, payload,
};

/// An open wallet. The only thing that can write a wallet file.
pub struct Opened {
    /// What the wallet keeps.
    pub contents: Contents,
    header: Header,
    key: WalletKey,
    recipients: Vec<SlotRecipient>,
}

/// Why no file or slot was sealed. The open wallet is as it was.
#[derive(Debug, Error)]
pub enum SealError {
    /// The file would be larger than [`crate::FILE_LIMIT`].
    #[error("the wallet would be {size} bytes, which is more than a wallet can be")]
    TooLarge {
        /// Bytes that the file would have.
        size: u64,
    },
    /// This computer does not have the memory that it takes.
    #[error("there is not enough memory to write the wallet")]
    OutOfMemory,
    /// The wallet has as many code slots as it can.
    #[error("the wallet has {MAX_CODE_SLOTS} code slots already")]
    TooManyCodeSlots,
    /// The header could not be read again: an ill-formed keychain name is the only way to get there.
    #[error("the header cannot be written")]
    Header(#[source] FormatError),
    /// `age` could not seal the code slot.
    #[error("the code slot could not be sealed")]
    CodeSlot(#[from] age::EncryptError),
}

/// Why the password was not changed. The open wallet is as it was.
#[derive(Debug, Error)]
pub enum SetPasswordError {
    /// No key could be derived from the password.
    #[error(transparent)]
    Kdf(#[from] KdfError),
    /// A code slot could not be sealed again.
    #[error(transparent)]
    Seal(#[from] SealError),
}

impl Opened {
    /// A new, empty wallet with a random id and key. Nothing is written yet.
    pub fn create(
        rng: &mut dyn CryptoRng,
        email: Email,
        password: &Password,
        params: KdfParams,
        memory: &mut KdfMemory,
        keychain: &str,
    ) -> Result<Self, KdfError> {
        let wallet_id = WalletId::random(rng);
        Self::create_as(rng, wallet_id, email, password, params, memory, keychain)
    }

    /// A new, empty wallet with this id, which another wallet had before it, and a random key. Nothing is written yet.
    pub fn create_as(
        rng: &mut dyn CryptoRng,
        wallet_id: WalletId,
        email: Email,
        password: &Password,
        params: KdfParams,
        memory: &mut KdfMemory,
        keychain: &str,
    ) -> Result<Self, KdfError> {
        let key = WalletKey::random(rng);
        let password_slot = PasswordSlot::seal(rng, wallet_id, &key, password, params, memory)?;
        let header = Header {
            wallet_id,
            email,
            commit_id: CommitId::random(rng),
            keychain: keychain.to_owned(),
            password_slot,
            code_slots: Vec::new(),
        };
        Ok(Self::from_parts(header, key, Contents::empty(), Vec::new()))
    }

    pub(crate) fn from_parts(
        header: Header,
        key: WalletKey,
        contents: Contents,
        recipients: Vec<SlotRecipient>,
    ) -> Self {
        Self {
            contents,
            header,
            key,
            recipients,
        }
    }

    /// A copy to edit, for a change that takes effect only once it is saved. Secrets are shared with
    /// the original, not copied, where they can be.
    pub fn fork(&self) -> Self {
        Self {
            contents: self.contents.fork(),
            header: self.header.clone(),
            key: self.key.share(),
            recipients: self.recipients.clone(),
        }
    }

    pub(crate) fn share_key(&self) -> WalletKey {
        self.key.share()
    }

    /// The readable part, as the next file will bear it but for its commit id.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Notes which keychain store the codes are issued with: up to 64 lower-case letters, digits and hyphens.
    pub fn set_keychain(&mut self, name: &str) {
        name.clone_into(&mut self.header.keychain);
    }

    /// The next file: the same key and slots, a fresh nonce, this commit id. At most 16 MiB.
    pub fn seal(
        &mut self,
        rng: &mut dyn CryptoRng,
        commit: CommitId,
    ) -> Result<Vec<u8>, SealError> {
        let header = Header {
            commit_id: commit,
            ..self.header.clone()
        };
        let stored = header.to_bytes().map_err(SealError::Header)?;
        let bound = format::begin(&stored).map_err(SealError::Header)?;
        let mut nonce = [0; NONCE_LENGTH];
        rng.fill_bytes(&mut nonce);
        let file = payload::seal(
            &bound,
            &nonce,
            header.wallet_id,
            &self.key,
            &self.contents,
            &self.recipients,
        )?;
        self.header = header;
        Ok(file)
    }

    /// Gives the wallet a new key and a new password slot, and seals the code slots again to their
    /// recipients: the old password and the old key open no file that is sealed from now on.
    pub fn set_password(
        &mut self,
        rng: &mut dyn CryptoRng,
        password: &Password,
        params: KdfParams,
        memory: &mut KdfMemory,
    ) -> Result<(), SetPasswordError> {
        let key = WalletKey::random(rng);
        let wallet = self.header.wallet_id;
        let password_slot = PasswordSlot::seal(rng, wallet, &key, password, params, memory)?;
        let code_slots = self.seal_code_slots_again(&key)?;
        self.header.password_slot = password_slot;
        self.header.code_slots = code_slots;
        self.key = key;
        Ok(())
    }

    fn seal_code_slots_again(&self, key: &WalletKey) -> Result<Vec<CodeSlot>, SealError> {
        // Slots and recipients were paired when the file was opened, and come and go together since.
        let sealed_again = self.header.code_slots.iter().flat_map(|slot| {
            let known = self.recipients.iter().filter(|known| known.slot == slot.id);
            known.map(|known| slot.seal_again(key, &known.recipient))
        });
        Ok(sealed_again.collect::<Result<_, _>>()?)
    }

    /// Whether this is the wallet's password: for confirming who is there, without opening the file again.
    pub fn verify_password(
        &self,
        password: &Password,
        memory: &mut KdfMemory,
    ) -> Result<bool, KdfError> {
        let key = self
            .header
            .password_slot
            .open(self.header.wallet_id, password, memory)?;
        Ok(key.is_some_and(|key| key.ct_eq(&self.key).into()))
    }

    /// Adds a slot that this code opens together with this release key.
    pub fn add_code_slot(
        &mut self,
        rng: &mut dyn CryptoRng,
        code: &BackupCode,
        release: &ReleaseKey,
    ) -> Result<SlotId, SealError> {
        if self.header.code_slots.len() >= MAX_CODE_SLOTS {
            return Err(SealError::TooManyCodeSlots);
        }
        let (slot, recipient) =
            CodeSlot::seal(rng, self.header.wallet_id, &self.key, code, release)?;
        let id = slot.id;
        self.header.code_slots.push(slot);
        self.recipients.push(SlotRecipient {
            slot: id,
            recipient,
        });
        Ok(id)
    }

    /// Removes the slot; its code opens no file that is sealed from now on.
    pub fn remove_code_slot(&mut self, slot: SlotId) {
        self.header.code_slots.retain(|other| other.id != slot);
        self.recipients.retain(|other| other.slot != slot);
    }

    /// Removes the slots that `doomed` names.
    pub fn remove_code_slots(&mut self, doomed: impl Fn(&CodeSlot) -> bool) {
        let doomed = self.header.code_slots.iter().filter(|slot| doomed(slot));
        for slot in doomed.map(|slot| slot.id).collect::<Vec<_>>() {
            self.remove_code_slot(slot);
        }
    }

    /// Removes every code slot.
    pub fn remove_all_code_slots(&mut self) {
        self.header.code_slots.clear();
        self.recipients.clear();
    }

    /// Replaces the slots, for making the frozen file again.
    #[cfg(test)]
    pub(crate) fn put_code_slots(&mut self, slots: Vec<CodeSlot>) {
        self.header.code_slots = slots;
    }
}
