//! An open wallet: its contents, its key, and the writing of the next file.

use code::BackupCode;
use rand::CryptoRng;
use subtle::ConstantTimeEq;
use thiserror::Error;
use zeroize::Zeroizing;

use crate::files::Place;
use crate::format::{self, NONCE_LENGTH, PREFIX_LENGTH};
use crate::key::WalletKey;
use crate::wire::{SlotRecipient, WrittenPayload};
use crate::{
    AddFileError, CodeSlot, CommitId, Contents, Email, FILE_OVERHEAD, FileId, FileRef, Header,
    Item, KdfError, KdfMemory, KdfParams, MAX_CODE_SLOTS, Password, PasswordSlot, ReadFileError,
    ReleaseKey, SealError, SlotId, WRITE_LIMIT, WalletId, payload,
};

/// Bytes that are left free for what an item says of a file that is added.
const FOR_THE_ITEM: u64 = 4096;

/// An open wallet, the only type that can write a wallet file.
pub struct Opened {
    /// The contents of the wallet.
    pub contents: Contents,
    header: Header,
    key: WalletKey,
    recipients: Vec<SlotRecipient>,
    /// The commit that was sealed last; none of a wallet that never was.
    sealed: Option<CommitId>,
}

/// Reasons why a wallet did not get another key and password. The open wallet is unchanged.
#[derive(Debug, Error)]
pub enum SetPasswordError {
    /// The key derivation failed.
    #[error(transparent)]
    Kdf(#[from] KdfError),
    /// A code slot or a file could not be resealed.
    #[error(transparent)]
    Seal(#[from] SealError),
}

impl From<ReadFileError> for SetPasswordError {
    fn from(error: ReadFileError) -> Self {
        Self::Seal(match error {
            ReadFileError::OutOfMemory => SealError::OutOfMemory,
            ReadFileError::NotHere | ReadFileError::Damaged => SealError::File,
        })
    }
}

impl Opened {
    /// Creates an empty wallet with a random id and key. Nothing is written yet.
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

    /// Creates an empty wallet with a random key and the id of an earlier wallet. Nothing is
    /// written yet.
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
        let created = Self::from_parts(header, key, Contents::empty(), Vec::new());
        Ok(Self {
            sealed: None,
            ..created
        })
    }

    /// Creates a wallet with the items and the log of an earlier version of this one, and with its
    /// present e-mail and two-step verification. Id and key are random: no code, kit or page of
    /// this one opens it. Nothing is written yet.
    pub fn create_from(
        &self,
        rng: &mut dyn CryptoRng,
        earlier: &Self,
        password: &Password,
        params: KdfParams,
        memory: &mut KdfMemory,
    ) -> Result<Self, SetPasswordError> {
        let Header {
            email, keychain, ..
        } = &self.header;
        let created = Self::create(rng, email.clone(), password, params, memory, keychain)?;
        let mut files = earlier.contents.files.clone();
        files.forget_pending();
        let contents = Contents {
            two_step: self.contents.fork().two_step,
            files: files.resealed(rng, earlier.place(), created.place())?,
            ..earlier.contents.for_another_wallet()
        };
        Ok(Self {
            contents,
            ..created
        })
    }

    pub(crate) fn from_parts(
        header: Header,
        key: WalletKey,
        contents: Contents,
        recipients: Vec<SlotRecipient>,
    ) -> Self {
        Self {
            contents,
            sealed: Some(header.commit_id),
            header,
            key,
            recipients,
        }
    }

    /// Returns a copy to edit, for a change that takes effect only once it is saved. Secrets are
    /// shared with the original instead of copied, where possible.
    pub fn fork(&self) -> Self {
        Self {
            contents: self.contents.fork(),
            header: self.header.clone(),
            key: self.key.share(),
            recipients: self.recipients.clone(),
            sealed: self.sealed,
        }
    }

    /// Where the files of this wallet are sealed.
    fn place(&self) -> Place<'_> {
        Place {
            key: &self.key,
            wallet: self.header.wallet_id,
        }
    }

    /// Seals a file into the open wallet, for an item that is saved later: it is kept until
    /// [`Opened::forget_pending_files`], and from then on as long as a version of an item names it.
    /// Earlier versions of items count as free, as they make room.
    ///
    /// # Errors
    /// See [`AddFileError`].
    pub fn add_file(
        &mut self,
        rng: &mut dyn CryptoRng,
        content: &[u8],
    ) -> Result<FileRef, AddFileError> {
        let too_large = AddFileError::TooLarge {
            size: content.len() as u64,
        };
        let file = FileRef::of(FileId::random(rng), content).ok_or(too_large)?;
        let reserved = FILE_OVERHEAD + FOR_THE_ITEM;
        let free = self.room_for_files()?.saturating_sub(reserved);
        if u64::from(file.size) > free {
            return Err(AddFileError::Full { free });
        }
        self.put_file(rng, file, content)?;
        Ok(file)
    }

    /// The same for a file that an item names already, as one of a recovery kit. Its size is not
    /// added up.
    ///
    /// # Errors
    /// [`AddFileError::Other`] if this is not its content; [`AddFileError::OutOfMemory`].
    pub fn put_file(
        &mut self,
        rng: &mut dyn CryptoRng,
        file: FileRef,
        content: &[u8],
    ) -> Result<(), AddFileError> {
        if !file.is_of(content) {
            return Err(AddFileError::Other);
        }
        let place = Place {
            key: &self.key,
            wallet: self.header.wallet_id,
        };
        self.contents.files.add(rng, place, file, content)
    }

    /// Returns how many bytes are left in the wallet file, of which a file takes its size and at
    /// most [`crate::FILE_OVERHEAD`]. The files that only earlier versions name make room, and
    /// count as free.
    ///
    /// # Errors
    /// [`AddFileError::OutOfMemory`].
    pub fn room_for_files(&self) -> Result<u64, AddFileError> {
        let Self {
            contents,
            recipients,
            ..
        } = self;
        let table = contents.files.named_in(&contents.items).entries();
        let payload = payload::size(&WrittenPayload::new(contents, recipients, table));
        let header = self.header.to_bytes().unwrap_or_default();
        let taken = payload.map_err(|_| AddFileError::OutOfMemory)?
            + (PREFIX_LENGTH + header.len()) as u64
            + contents.files.present_bytes(&contents.items);
        Ok(WRITE_LIMIT.saturating_sub(taken))
    }

    /// Whether the content of this file is in the wallet.
    pub fn has_file(&self, id: FileId) -> bool {
        self.contents.files.has(id)
    }

    /// The file of this id that was added for an item that is saved later, or that a version of an
    /// item names.
    pub fn file(&self, id: FileId) -> Option<FileRef> {
        let mut named = self.contents.items.iter().flat_map(Item::files);
        let pending = self.contents.files.pending(id);
        pending
            .or_else(|| named.find(|file| file.id == id))
            .copied()
    }

    /// Whether a file was added for an item that is saved later.
    pub fn is_pending(&self, id: FileId) -> bool {
        self.contents.files.pending(id).is_some()
    }

    /// Whether a version of an item names this file, with or without its content here, or it was
    /// added and is still pending.
    pub fn knows_file(&self, file: &FileRef) -> bool {
        let mut named = self.contents.items.iter().flat_map(Item::files);
        self.contents.files.pending(file.id) == Some(file) || named.any(|known| known == file)
    }

    /// Returns the content of a file.
    ///
    /// # Errors
    /// See [`ReadFileError`].
    pub fn read_file(&self, id: FileId) -> Result<Zeroizing<Vec<u8>>, ReadFileError> {
        self.contents.files.read(self.place(), id)
    }

    /// Forgets the files that were added and that no version of an item names. To be called when an
    /// editing ends.
    pub fn forget_pending_files(&mut self) {
        self.contents.files.forget_pending();
        let named = self.contents.files.named_in(&self.contents.items);
        self.contents.files.retain_named(&named);
    }

    /// Takes the pending files of a copy with the same key, for a wallet that was read from the
    /// disk again while an editing goes on.
    pub fn keep_pending_files_of(&mut self, other: &Self) {
        if self.key.ct_eq(&other.key).into() {
            self.contents.files.take_pending(&other.contents.files);
        }
    }

    pub(crate) fn share_key(&self) -> WalletKey {
        self.key.share()
    }

    /// Whether both have the same wallet key.
    pub fn has_key_of(&self, other: &Self) -> bool {
        self.key.ct_eq(&other.key).into()
    }

    /// Exposes the wallet key, 32 bytes, to be searched for where it should not be.
    #[cfg(any(test, feature = "testing"))]
    pub fn expose_key(&self) -> &[u8] {
        self.key.expose()
    }

    #[cfg(any(test, feature = "testing"))]
    pub(crate) fn recipients(&self) -> &[SlotRecipient] {
        &self.recipients
    }

    /// Returns the header, which the next file will have with another commit id.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Sets the account e-mail, which files sealed from now on have in their header.
    pub fn set_email(&mut self, email: Email) {
        self.header.email = email;
    }

    /// Sets the name of the keychain store with which the codes are issued: up to 64 lower-case
    /// letters, digits and hyphens.
    pub fn set_keychain(&mut self, name: &str) {
        name.clone_into(&mut self.header.keychain);
    }

    /// Writes the next file with the same key and slots, a fresh nonce and this commit id. At most
    /// [`WRITE_LIMIT`], of which [`crate::PAYLOAD_LIMIT`] without files. The files that no version
    /// of an item names are not in it, and dropped unless they are pending.
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
        let named = self.contents.files.named_in(&self.contents.items);
        let has_files = !named.is_empty();
        let associated_data = format::prefix(&stored, has_files).map_err(SealError::Header)?;
        let mut nonce = [0; NONCE_LENGTH];
        rng.fill_bytes(&mut nonce);
        let before = self.contents.line.clone();
        if let Some(sealed) = self.sealed {
            self.contents.line = before.after(sealed);
        }
        let file = payload::seal(
            &associated_data,
            &nonce,
            header.wallet_id,
            &self.key,
            &self.contents,
            &self.recipients,
            &named,
        );
        match file {
            Ok(_) => {
                self.contents.files.retain_named(&named);
                self.header = header;
                self.sealed = Some(commit);
            }
            Err(_) => self.contents.line = before,
        }
        file
    }

    /// Replaces the wallet key and the password slot, and reseals the files, and the code slots to
    /// their recipients. The old password and the old key do not open files sealed from now on.
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
        let code_slots = self.reseal_code_slots(&key)?;
        let to = Place { key: &key, wallet };
        let files = self.contents.files.resealed(rng, self.place(), to)?;
        self.header.password_slot = password_slot;
        self.header.code_slots = code_slots;
        self.contents.files = files;
        self.key = key;
        Ok(())
    }

    fn reseal_code_slots(&self, key: &WalletKey) -> Result<Vec<CodeSlot>, SealError> {
        // Each slot has a recipient: opening checks it, and both are added and removed together.
        let resealed = self.header.code_slots.iter().flat_map(|slot| {
            let known = self.recipients.iter().filter(|known| known.slot == slot.id);
            known.map(|known| slot.reseal(key, &known.recipient))
        });
        Ok(resealed.collect::<Result<_, _>>()?)
    }

    /// Returns whether this is the wallet's password, without opening the file again.
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

    /// Adds a slot for this code and release key.
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

    /// Removes the slot. Its code does not open files sealed from now on.
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

    /// Replaces the slots, to reproduce the frozen file.
    #[cfg(test)]
    pub(crate) fn put_code_slots(&mut self, slots: Vec<CodeSlot>) {
        self.header.code_slots = slots;
    }
}
