//! Ends codes on time while the app runs. Never waits for a person, and never makes a keychain
//! prompt.

use std::sync::TryLockError;
use std::time::Duration;

use usecases::expire::{self, Expiry, Watched};
use usecases::find;
use usecases::record::RecordError;
use wallet::WalletId;

use crate::application::App;
use crate::mutex::locked;

/// How long a keychain that failed is left alone.
const BACK_OFF: Duration = Duration::from_secs(30);

impl App {
    /// Watches the timed codes of a wallet, so that they end on time. One that is watched already
    /// keeps its first end. A keychain that cannot be asked is asked at the next sign-in.
    pub(crate) fn watch(&self, wallet: WalletId) {
        let found = self.world(|world| expire::watch(world, wallet));
        self.add_watched(found.unwrap_or_default());
    }

    fn add_watched(&self, found: Vec<Watched>) {
        let mut watched = locked(&self.watched);
        for code in found {
            if !watched.iter().any(|known| known.is_of(&code)) {
                watched.push(code);
            }
        }
    }

    /// Watches the timed codes of the wallets that are here when the app starts, whether or not
    /// anybody signs in. Returns whether a keychain could not be asked yet.
    fn watch_all(&self) -> bool {
        let listed = locked(&self.to_watch).take();
        let listed = match listed {
            Some(wallets) => Some(wallets),
            None => {
                let found = self.world(|world| find::wallets(world.disk, world.folder));
                found
                    .ok()
                    .map(|found| found.known.iter().map(|known| known.wallet).collect())
            }
        };
        let Some(mut wallets) = listed else {
            return true;
        };
        wallets.retain(
            |wallet| match self.world(|world| expire::watch_silently(world, *wallet)) {
                Ok(found) => {
                    self.add_watched(found);
                    false
                }
                Err(RecordError::Keychain(_) | RecordError::Disk(_)) => true,
                Err(RecordError::Damaged | RecordError::NewerVersion) => false,
            },
        );
        let left = !wallets.is_empty();
        *locked(&self.to_watch) = Some(wallets);
        left
    }

    /// Ends the codes whose time is over, once a second. One that cannot be ended now is tried
    /// again. A keychain that does not answer, is locked, or does not let a code end is left alone
    /// for a while.
    pub fn expire(&self) {
        let now = self.ports.clock.since_boot();
        if *locked(&self.expire_again) > now {
            return;
        }
        let mut failed = self.watch_all();
        let mut watched = locked(&self.watched).clone();
        let before = watched.clone();
        expire::sweep(now, &mut watched, |code| {
            let ended = self.end(code);
            failed |= matches!(ended, Err(_) | Ok(Expiry::Asked));
            ended
        });
        if failed {
            *locked(&self.expire_again) = now.saturating_add(BACK_OFF);
        }
        let ended = |code: &Watched| before.contains(code) && !watched.contains(code);
        locked(&self.watched).retain(|code| !ended(code));
    }

    fn end(&self, code: &Watched) -> Result<Expiry, RecordError> {
        let commit = self.commit_lock(code.wallet());
        let _commit = match commit.try_lock() {
            Ok(commit) => commit,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            // A command has the wallet.
            Err(TryLockError::WouldBlock) => return Ok(Expiry::NotYet),
        };
        let open = self.open_wallet().ok();
        let open = open.filter(|(_, wallet)| *wallet == code.wallet());
        match open.map(|(epoch, _)| self.copy_session(epoch).map(|copy| (epoch, copy))) {
            Some(Ok((epoch, mut session))) => {
                let ended = self.world(|world| expire::end(world, code, Some(&mut session), false));
                self.put_session(epoch, session);
                ended
            }
            // Locked in this moment: at the next tick.
            Some(Err(_)) => Ok(Expiry::NotYet),
            None => {
                let covered = self.covered(|covered| covered.wallet() == code.wallet());
                let held = covered.unwrap_or(false);
                self.world(|world| expire::end(world, code, None, held))
            }
        }
    }
}
