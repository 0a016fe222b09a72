//! What a person can do with a wallet and its backup code, over ports: one file a use case.
//!
//! Clock, keychain, disk, randomness and the memory for key derivation come in as a [`World`];
//! nothing here knows an operating system or a window. `docs/commit-protocol.md` has the order of
//! writes, and
//! [`kill`] names its column boundaries.

use std::path::Path;

use code::Identifier;
use rand::CryptoRng;
use wallet::{Header, KdfMemory, Timestamp, WalletId};

pub mod breaks;
pub mod check;
pub mod confirm;
mod confirmed_identity;
pub mod copies;
pub mod covered;
pub mod create;
pub mod delete;
mod draft_file;
pub mod drafts;
pub mod earlier;
pub mod elsewhere;
pub mod email;
pub mod expire;
pub mod files;
pub mod find;
pub mod held;
pub mod identity;
pub mod interrupted;
pub mod issue;
pub mod items;
pub mod judge;
pub mod kill;
mod kit_notes;
pub mod kits;
pub mod life;
pub mod mend;
pub mod older;
pub mod pages;
pub mod password_change;
pub mod ports;
pub mod record;
pub mod redeem;
pub mod remake;
pub mod restore;
pub mod revoke;
pub mod session;
pub mod settle;
pub mod shown;
pub mod sign_in;
pub mod state;
pub mod stores;
#[cfg(feature = "testing")]
pub mod testing;
mod totp;
pub mod two_step;
pub mod used_digits;
mod verifier;
pub mod waits;

use breaks::{Break, is_planted};
use expire::Watched;
use life::{Moment, Standing, standing};
use ports::{Clock, Disk, Keychain};

/// The outside world, as one use case sees it.
pub struct World<'a> {
    /// The computer's clocks.
    pub clock: &'a dyn Clock,
    /// The timed codes that this run of the app watches.
    pub watched: &'a [Watched],
    /// The operating system's keychain.
    pub keychain: &'a dyn Keychain,
    /// Where files are.
    pub disk: &'a dyn Disk,
    /// The folder of this computer's wallets.
    pub folder: &'a Path,
    /// The operating system's generator.
    pub rng: &'a mut dyn CryptoRng,
    /// The block that Argon2id works in, reused.
    pub memory: &'a mut KdfMemory,
}

impl World<'_> {
    /// How much work it takes to derive the key of a kit or of pages from the code.
    pub(crate) fn work(&self) -> kit::Work {
        #[cfg(feature = "testing")]
        if self.memory.is_simulated() {
            return kit::Work::SIMULATED;
        }
        kit::Work::STANDARD
    }

    /// The present moment, by both clocks.
    pub(crate) fn moment(&self) -> Moment {
        Moment {
            now: self.clock.now(),
            since_boot: self.clock.since_boot(),
        }
    }

    /// Has the keychain take the word of an opened wallet's header for its store.
    pub(crate) fn opened(&self, header: &Header) {
        let binds = !header.code_slots.is_empty();
        let store = binds.then_some(header.keychain.as_str());
        self.keychain.opened(header.wallet_id, store);
    }

    /// Has the keychain keep to the store that has the wallet's record now: the file is about to
    /// name none, and what was begun there is to be settled there.
    pub(crate) fn hold_store(&self, wallet: WalletId) {
        let store = self.keychain.kind_of(wallet);
        self.keychain.opened(wallet, Some(store.name()));
    }

    /// Judges a code's time by both clocks: one that this run of the app has seen end is over,
    /// whatever the system clock was set to. `last` is the last authenticated use.
    pub(crate) fn standing(
        &self,
        wallet: WalletId,
        identifier: Identifier,
        expires: Option<Timestamp>,
        at: Moment,
        last: Option<Timestamp>,
    ) -> Standing {
        let ended = |code: &&Watched| code.is(wallet, identifier) && code.is_over(at);
        let ended = self.watched.iter().find(ended);
        match ended.filter(|_| !is_planted(Break::BootClockIgnored)) {
            Some(code) => Standing::Over {
                since: code.expires(),
            },
            None => standing(expires, at.now, last),
        }
    }
}
