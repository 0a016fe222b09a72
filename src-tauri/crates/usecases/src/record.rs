//! The keychain record: what the operating system's keychain holds for one wallet.
//!
//! JSON, at most [`LIMIT`] bytes of UTF-8, replaced as a whole. Its entries are what makes a code
//! live: the verifier and the release key of an erased entry are gone, and with them the code.

use std::io;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;
use code::{BackupCode, Identifier, SetSize};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use subtle::ConstantTimeEq as _;
use thiserror::Error;
use wallet::{CommitId, ReleaseKey, Timestamp, WalletId};
use zeroize::Zeroizing;

use crate::ports::{Clock, Keychain, KeychainError};
use crate::verifier::Verifier;

/// Bytes of the largest record. Credential Manager allows 2,560.
pub const LIMIT: usize = 2_000;
/// Live codes at most: the confirmed one, an unconfirmed one, and the one that replaces it.
pub const MOST_CODES: usize = 3;
/// Remembered ends of codes at most.
pub const MOST_OUTCOMES: usize = 8;
const VERSION: u8 = 1;

/// Why a record cannot be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum RecordError {
    /// The keychain did not answer.
    #[error(transparent)]
    Keychain(#[from] KeychainError),
    /// What the keychain holds is not a record.
    #[error("the keychain record is damaged")]
    Damaged,
    /// The record was written by a newer version of this app.
    #[error("the keychain record was made by a newer version")]
    NewerVersion,
    /// The record cannot be settled: its file is in place, and the disk does not confirm it.
    #[error("the disk did not confirm the wallet file: {0}")]
    Disk(io::ErrorKind),
}

/// Room for the bytes of any record.
fn room() -> usize {
    #[cfg(feature = "testing")]
    if wallet::testing::simulation::is_on() {
        // Its bytes need not be wiped.
        return LIMIT / 4;
    }
    2 * LIMIT
}

/// One wallet's keychain record. `docs/keychain-record.md` says what a new field needs.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "testing", derive(Clone))]
#[serde(deny_unknown_fields)]
pub struct Record {
    version: u8,
    /// The live codes, oldest first.
    pub codes: Vec<CodeEntry>,
    /// The file commit that a redemption or a restore waits for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intent: Option<Intent>,
    /// When a person last proved to this app who they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Timestamp>,
    /// The last step of 30 s whose six digits were used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digits_step: Option<u64>,
    /// Wrong passwords in a row.
    #[serde(default, skip_serializing_if = "Failures::is_none")]
    pub password_failures: Failures,
    /// Wrong codes in a row.
    #[serde(default, skip_serializing_if = "Failures::is_none")]
    pub code_failures: Failures,
    /// How the last codes ended, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<EndedCode>,
    /// Failed tries since the last sign-in, for the log.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub failed_tries: u32,
}

/// A live code.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "testing", derive(Clone))]
#[serde(deny_unknown_fields)]
pub struct CodeEntry {
    /// The code's name.
    pub identifier: Identifier,
    /// The Argon2id hash of the code.
    pub verifier: Verifier,
    /// Without it the code's slot cannot be opened.
    #[serde(serialize_with = "write_release", deserialize_with = "read_release")]
    pub release: ReleaseKey,
    /// When the code was issued.
    pub issued: Timestamp,
    /// When it stops working; `None`: until used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Timestamp>,
    /// `0` for a single code, `2`–`9` for a set.
    pub threshold: u8,
    /// Sheets of the set that were made so far, at the first letters in order; `0` for a single
    /// code.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub sheets: u8,
    /// The person has shown that they kept it.
    pub confirmed: bool,
    /// When a sheet of it was last checked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked: Option<Timestamp>,
}

impl CodeEntry {
    /// The set that the code was split into; none for a single code.
    pub fn set(&self) -> Option<SetSize> {
        SetSize::new(self.threshold, self.sheets)
    }

    /// Whether both are of the same code, which the same release key and verifier say.
    fn is_the_code_of(&self, other: &Self) -> bool {
        // Exposed to be compared.
        let same_key = self.release.expose().ct_eq(other.release.expose());
        bool::from(same_key)
            && self.verifier.is(&other.verifier)
            && (self.expires, self.threshold) == (other.expires, other.threshold)
    }

    fn is_possible(&self) -> bool {
        (self.threshold, self.sheets) == (0, 0) || self.set().is_some()
    }
}

/// A redemption or a restore that waits for its file commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Intent {
    /// The commit id that the new file's header will bear.
    pub commit: CommitId,
    /// The code that is being used.
    pub identifier: Identifier,
    /// When.
    pub at: Timestamp,
}

/// How a code ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndedCode {
    /// The code's name.
    pub identifier: Identifier,
    /// How it ended.
    pub state: End,
    /// When.
    pub at: Timestamp,
}

/// The ends of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum End {
    /// It was redeemed.
    Used,
    /// Its time was over.
    Expired,
    /// It was revoked by hand, or because copies of the record disagreed about it.
    Revoked,
    /// A newer code took its place.
    Replaced,
    /// It was thrown away before it was confirmed.
    Discarded,
    /// The wallet was opened with another code, which ends all of them.
    Recovered,
}

/// Failed tries in a row, and when the last one was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Failures {
    /// How many.
    pub count: u32,
    /// When the last one was, by the system clock. The wait after it does not depend on this clock,
    /// which can be set.
    pub at: Option<Timestamp>,
    /// The same by the clock that runs since boot, where the system names its runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run: Option<InRun>,
}

/// A moment in one run of the computer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InRun {
    /// The name of the run.
    pub boot: u32,
    /// Whole seconds since it began, suspend included.
    pub seconds: u64,
}

impl InRun {
    /// The present moment, where the system names its runs.
    pub fn now(clock: &dyn Clock) -> Option<Self> {
        Some(Self {
            boot: clock.boot()?,
            seconds: clock.since_boot().as_secs(),
        })
    }
}

impl Failures {
    fn is_none(&self) -> bool {
        self.count == 0
    }

    fn more_of(self, other: Self) -> Self {
        match other.count > self.count {
            true => other,
            false => self,
        }
    }
}

impl Default for Record {
    fn default() -> Self {
        Self {
            version: VERSION,
            codes: Vec::new(),
            intent: None,
            last: None,
            digits_step: None,
            password_failures: Failures::default(),
            code_failures: Failures::default(),
            outcomes: Vec::new(),
            failed_tries: 0,
        }
    }
}

impl Record {
    /// Reads the wallet's record; `None` when the keychain has none.
    pub fn read(keychain: &dyn Keychain, wallet: WalletId) -> Result<Option<Self>, RecordError> {
        keychain
            .read(wallet)?
            .map(|bytes| Self::parse(&bytes))
            .transpose()
    }

    /// Reads the wallet's record; an empty one when the keychain has none.
    pub fn read_or_empty(keychain: &dyn Keychain, wallet: WalletId) -> Result<Self, RecordError> {
        Ok(Self::read(keychain, wallet)?.unwrap_or_default())
    }

    /// The same, and an empty one in the place of a damaged one: it holds nothing that could be
    /// kept.
    pub(crate) fn read_or_replace(
        keychain: &dyn Keychain,
        wallet: WalletId,
    ) -> Result<Self, RecordError> {
        match Self::read_or_empty(keychain, wallet) {
            Err(RecordError::Damaged) => Ok(Self::default()),
            read => read,
        }
    }

    /// The record without what is live or under way.
    pub(crate) fn past(self) -> Self {
        Self {
            codes: Vec::new(),
            intent: None,
            ..self
        }
    }

    /// Reads the wallet's record for background work, without prompting anybody.
    pub(crate) fn read_silently(
        keychain: &dyn Keychain,
        wallet: WalletId,
    ) -> Result<Option<Self>, RecordError> {
        keychain
            .read_silently(wallet)?
            .map(|bytes| Self::parse(&bytes))
            .transpose()
    }

    /// Replaces the wallet's record in one call; the store reads it back.
    ///
    /// # Errors
    /// The store's error, unless the record can be read and is the new one: a store can take a
    /// record and report a failure. If it cannot be read, either record may be there.
    pub fn write(&self, keychain: &dyn Keychain, wallet: WalletId) -> Result<(), KeychainError> {
        let bytes = self.to_bytes()?;
        let replaced = keychain.replace(wallet, &bytes);
        Self::unless_it_is_there(replaced, keychain, wallet, &bytes)
    }

    /// The same for background work, without prompting anybody.
    pub(crate) fn write_silently(
        &self,
        keychain: &dyn Keychain,
        wallet: WalletId,
    ) -> Result<(), KeychainError> {
        let bytes = self.to_bytes()?;
        let replaced = keychain.replace_silently(wallet, &bytes);
        Self::unless_it_is_there(replaced, keychain, wallet, &bytes)
    }

    fn unless_it_is_there(
        replaced: Result<(), KeychainError>,
        keychain: &dyn Keychain,
        wallet: WalletId,
        bytes: &[u8],
    ) -> Result<(), KeychainError> {
        replaced.or_else(|error| match keychain.read_silently(wallet) {
            Ok(Some(there)) if *there == *bytes => Ok(()),
            Ok(_) | Err(_) => Err(error),
        })
    }

    /// Parses a record.
    pub fn parse(bytes: &[u8]) -> Result<Self, RecordError> {
        wallet::once!(Result<Record, RecordError>, bytes, Self::checked(bytes))
    }

    fn checked(bytes: &[u8]) -> Result<Self, RecordError> {
        #[derive(Deserialize)]
        struct Version {
            version: u8,
        }
        if bytes.len() > LIMIT {
            return Err(RecordError::Damaged);
        }
        let Version { version } =
            serde_json::from_slice(bytes).map_err(|_| RecordError::Damaged)?;
        if version > VERSION {
            return Err(RecordError::NewerVersion);
        }
        let record: Self = serde_json::from_slice(bytes).map_err(|_| RecordError::Damaged)?;
        if record.version != VERSION
            || record.codes.len() > MOST_CODES
            || record.codes.iter().filter(|entry| entry.confirmed).count() > 1
            || record.outcomes.len() > MOST_OUTCOMES
            || !record.codes.iter().all(CodeEntry::is_possible)
        {
            return Err(RecordError::Damaged);
        }
        Ok(record)
    }

    /// The record's bytes, in one buffer that is wiped.
    pub(crate) fn to_bytes(&self) -> Result<Zeroizing<Vec<u8>>, KeychainError> {
        // Room for any record, so that growing leaves no unwiped copy behind.
        let mut bytes = Zeroizing::new(Vec::with_capacity(room()));
        serde_json::to_writer(&mut *bytes, self).map_err(|_| KeychainError::Failed)?;
        if bytes.len() > LIMIT {
            return Err(KeychainError::TooLarge);
        }
        Ok(bytes)
    }

    /// The live entry of this name.
    pub fn entry(&self, identifier: Identifier) -> Option<&CodeEntry> {
        self.codes
            .iter()
            .find(|entry| entry.identifier == identifier)
    }

    pub(crate) fn entry_mut(&mut self, identifier: Identifier) -> Option<&mut CodeEntry> {
        self.codes
            .iter_mut()
            .find(|entry| entry.identifier == identifier)
    }

    /// The live entry that this very code belongs to: the name is looked up, the code verified.
    pub fn entry_of(&self, code: &BackupCode) -> Option<&CodeEntry> {
        self.entry(code.identifier())
            .filter(|entry| entry.verifier.accepts(code))
    }

    /// The confirmed live code.
    pub fn confirmed(&self) -> Option<&CodeEntry> {
        self.codes.iter().find(|entry| entry.confirmed)
    }

    /// The unconfirmed live code that was shown: the oldest.
    pub fn unconfirmed(&self) -> Option<&CodeEntry> {
        self.codes.iter().find(|entry| !entry.confirmed)
    }

    /// How the code of this name ended, if it is remembered.
    pub fn ended(&self, identifier: Identifier) -> Option<&EndedCode> {
        let mut outcomes = self.outcomes.iter().rev();
        outcomes.find(|ended| ended.identifier == identifier)
    }

    /// Whether it names this code, live or ended.
    pub(crate) fn names(&self, identifier: Identifier) -> bool {
        self.entry(identifier).is_some() || self.ended(identifier).is_some()
    }

    /// Erases the entry and remembers how it ended. Returns false if there is no such entry.
    pub fn end(&mut self, identifier: Identifier, state: End, at: Timestamp) -> bool {
        let ended = self.end_where(state, at, |entry| entry.identifier == identifier);
        !ended.is_empty()
    }

    /// Erases the entries that `doomed` names and remembers how they ended. Returns their names.
    pub(crate) fn end_where(
        &mut self,
        state: End,
        at: Timestamp,
        doomed: impl Fn(&CodeEntry) -> bool,
    ) -> Vec<Identifier> {
        let codes = self.codes.iter().filter(|entry| doomed(entry));
        let identifiers: Vec<_> = codes.map(|entry| entry.identifier).collect();
        self.codes.retain(|entry| !doomed(entry));
        for identifier in &identifiers {
            self.remember(EndedCode {
                identifier: *identifier,
                state,
                at,
            });
        }
        identifiers
    }

    /// Remembers how a code ended, forgetting the oldest beyond [`MOST_OUTCOMES`].
    pub fn remember(&mut self, ended: EndedCode) {
        self.outcomes.push(ended);
        let surplus = self.outcomes.len().saturating_sub(MOST_OUTCOMES);
        self.outcomes.drain(..surplus);
    }

    /// Ends the live codes that have ended by another record of the same wallet. Returns whether
    /// there were any.
    pub(crate) fn take_ends_of(&mut self, other: &Self) -> bool {
        let ends = other.outcomes.iter();
        let ended = ends.filter(|it| self.end(it.identifier, it.state, it.at));
        ended.count() > 0
    }

    /// One record of several of the same wallet, which have no intent; `None` of none. It keeps
    /// every end, and the live codes that no record says have ended, and on which all records agree
    /// that name them. Of two confirmed codes the one that was issued later is kept.
    pub(crate) fn one_of(mut records: Vec<Self>, now: Timestamp) -> Option<Self> {
        // Before any record is made to forget its oldest ends.
        let ends = records.iter().flat_map(|record| &record.outcomes);
        let ended: Vec<_> = ends.map(|ended| ended.identifier).collect();
        for record in &mut records {
            let alive = |entry: &CodeEntry| !ended.contains(&entry.identifier);
            record.codes.retain(alive);
        }
        let mut records = records.into_iter();
        let mut one = records.next()?;
        let mut doubtful = Vec::new();
        for other in records {
            for entry in other.codes {
                match one.entry_mut(entry.identifier) {
                    None => one.codes.push(entry),
                    Some(known) if known.is_the_code_of(&entry) => {
                        known.confirmed |= entry.confirmed;
                        known.sheets = known.sheets.max(entry.sheets);
                        known.checked = known.checked.max(entry.checked);
                    }
                    Some(_) => doubtful.push(entry.identifier),
                }
            }
            for ended in other.outcomes {
                if one.ended(ended.identifier).is_none() {
                    one.outcomes.push(ended);
                }
            }
            one.last = one.last.max(other.last);
            one.digits_step = one.digits_step.max(other.digits_step);
            one.password_failures = one.password_failures.more_of(other.password_failures);
            one.code_failures = one.code_failures.more_of(other.code_failures);
            one.failed_tries = one.failed_tries.max(other.failed_tries);
        }
        one.end_where(End::Revoked, now, |entry| {
            doubtful.contains(&entry.identifier)
        });
        one.codes.sort_by_key(|entry| entry.issued);
        let confirmed = one.codes.iter().rev().find(|entry| entry.confirmed);
        if let Some(newest) = confirmed.map(|entry| entry.identifier) {
            one.end_where(End::Replaced, now, |entry| {
                entry.confirmed && entry.identifier != newest
            });
        }
        // A confirmed code is one that somebody kept: an unconfirmed one makes room.
        while one.codes.len() > MOST_CODES {
            let oldest = one.unconfirmed()?.identifier;
            one.end(oldest, End::Revoked, now);
        }
        one.outcomes.sort_by_key(|ended| ended.at);
        let surplus = one.outcomes.len().saturating_sub(MOST_OUTCOMES);
        one.outcomes.drain(..surplus);
        Some(one)
    }

    /// A person has proved to this app who they are: ends all waits.
    pub(crate) fn proved(&mut self, now: Timestamp) {
        self.last = Some(now);
        self.password_failures = Failures::default();
        self.code_failures = Failures::default();
    }
}

fn is_zero<N: Default + PartialEq>(number: &N) -> bool {
    *number == N::default()
}

fn write_release<S: Serializer>(release: &ReleaseKey, to: S) -> Result<S::Ok, S::Error> {
    // Exposed to be stored in the keychain, its only home.
    let text = Zeroizing::new(BASE64.encode(release.expose()));
    to.serialize_str(&text)
}

fn read_release<'de, D: Deserializer<'de>>(from: D) -> Result<ReleaseKey, D::Error> {
    let text = Zeroizing::new(String::deserialize(from)?);
    let mut key = Zeroizing::new([0; 32]);
    match BASE64.decode_slice(text.as_bytes(), &mut *key) {
        Ok(32) => Ok(ReleaseKey::from_bytes(key)),
        _ => Err(serde::de::Error::custom(
            "a release key is 32 bytes of base64",
        )),
    }
}
