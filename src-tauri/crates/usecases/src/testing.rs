//! A world for tests: clocks that are set, a keychain and a clipboard that fail on demand, and no
//! printer.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, AtomicU32, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard};
use std::time::Duration;

use wallet::{Timestamp, TotpSecret, WalletId};
use zeroize::Zeroizing;

use crate::ports::clipboard::{Clipboard, ClipboardError, IsOurs};
use crate::ports::printer::{
    Continue, PrintEnd, PrintError, PrintJob, PrintProgress, Printer, PrinterInfo,
};
use crate::ports::{Clock, Keychain, KeychainError, StoreKind};

/// The step of 30 s whose six digits a person typed, as sign-in reads them.
pub fn step_of_digits(secret: &TotpSecret, typed: &str, now: Timestamp) -> Option<u64> {
    crate::totp::step(secret, typed, now)
}

/// Two clocks that go only when told to.
pub struct SetClock {
    now: AtomicI64,
    since_boot: AtomicU64,
    boot: AtomicU32,
}

impl SetClock {
    /// A clock that stands at `now`, a minute after boot.
    pub fn at(now: i64) -> Self {
        Self {
            now: AtomicI64::new(now),
            since_boot: AtomicU64::new(60),
            boot: AtomicU32::new(1),
        }
    }

    /// Both clocks go on.
    pub fn pass(&self, seconds: u32) {
        self.jump(i64::from(seconds));
        self.since_boot
            .fetch_add(u64::from(seconds), Ordering::SeqCst);
    }

    /// The system clock alone is set forward or back.
    pub fn jump(&self, seconds: i64) {
        self.now.fetch_add(seconds, Ordering::SeqCst);
    }

    /// The computer starts again, a minute ago, and the system clock goes on.
    pub fn reboot(&self) {
        self.boot.fetch_add(1, Ordering::SeqCst);
        self.since_boot.store(60, Ordering::SeqCst);
    }
}

impl Clone for SetClock {
    fn clone(&self) -> Self {
        Self {
            now: AtomicI64::new(self.now.load(Ordering::SeqCst)),
            since_boot: AtomicU64::new(self.since_boot.load(Ordering::SeqCst)),
            boot: AtomicU32::new(self.boot.load(Ordering::SeqCst)),
        }
    }
}

impl Clock for SetClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.now.load(Ordering::SeqCst))
    }

    fn since_boot(&self) -> Duration {
        Duration::from_secs(self.since_boot.load(Ordering::SeqCst))
    }

    fn boot(&self) -> Option<u32> {
        Some(self.boot.load(Ordering::SeqCst))
    }
}

/// The number of writes left that stands for one that is performed and reported as failed.
const TAKES_ONE: usize = usize::MAX - 1;

/// A keychain in memory that can fail.
pub struct MemoryKeychain {
    records: Mutex<HashMap<WalletId, Vec<u8>>>,
    failure: Mutex<Option<KeychainError>>,
    /// Writes that succeed before the failure sets in; `usize::MAX`: no failure of writes.
    writes_left: AtomicUsize,
    /// Records that bear a name beside the one in `records`.
    copies: Mutex<HashMap<WalletId, Vec<Vec<u8>>>>,
    kind: StoreKind,
}

impl Default for MemoryKeychain {
    fn default() -> Self {
        Self {
            records: Mutex::default(),
            copies: Mutex::default(),
            failure: Mutex::default(),
            writes_left: AtomicUsize::new(usize::MAX),
            kind: StoreKind::SecretService,
        }
    }
}

impl MemoryKeychain {
    /// A keychain of this kind.
    pub fn of_kind(kind: StoreKind) -> Self {
        Self {
            kind,
            ..Self::default()
        }
    }

    /// Every call fails from now on; `None`: the keychain is back.
    pub fn fail(&self, failure: Option<KeychainError>) {
        *self
            .failure
            .lock()
            .expect("no test panics while it holds the lock") = failure;
        self.writes_left.store(usize::MAX, Ordering::SeqCst);
    }

    /// The next write is performed and reported as failed, and every later call fails.
    pub fn fail_after_taking_a_write(&self) {
        self.writes_left.store(TAKES_ONE, Ordering::SeqCst);
    }

    /// So many writes succeed, then the keychain is unreachable.
    pub fn fail_after_writes(&self, writes: usize) {
        self.writes_left.store(writes, Ordering::SeqCst);
    }

    /// The record's bytes, as the store holds them.
    pub fn stored(&self, wallet: WalletId) -> Option<Vec<u8>> {
        self.records
            .lock()
            .expect("no test panics while it holds the lock")
            .get(&wallet)
            .cloned()
    }

    /// Puts these bytes in the record's place; `None`: as after a reset login.
    pub fn put(&self, wallet: WalletId, bytes: Option<Vec<u8>>) {
        let mut records = self
            .records
            .lock()
            .expect("no test panics while it holds the lock");
        match bytes {
            Some(bytes) => records.insert(wallet, bytes),
            None => records.remove(&wallet),
        };
    }

    /// Adds a second record of the same name, as a keyring leaves that was synchronised.
    pub fn add_copy(&self, wallet: WalletId, bytes: Vec<u8>) {
        self.copies().entry(wallet).or_default().push(bytes);
    }

    fn copies(&self) -> MutexGuard<'_, HashMap<WalletId, Vec<Vec<u8>>>> {
        self.copies
            .lock()
            .expect("no test panics while it holds the lock")
    }

    fn only_one(&self, wallet: WalletId) -> Result<(), KeychainError> {
        match self.copies().contains_key(&wallet) {
            true => Err(KeychainError::Several),
            false => Ok(()),
        }
    }

    fn answer(&self) -> Result<(), KeychainError> {
        match *self
            .failure
            .lock()
            .expect("no test panics while it holds the lock")
        {
            Some(error) => Err(error),
            None if self.writes_left.load(Ordering::SeqCst) == 0 => Err(KeychainError::Unreachable),
            None => Ok(()),
        }
    }
}

impl Keychain for MemoryKeychain {
    fn kind(&self) -> StoreKind {
        self.kind
    }

    fn read(&self, wallet: WalletId) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
        self.answer()?;
        self.only_one(wallet)?;
        Ok(self.stored(wallet).map(Zeroizing::new))
    }

    fn read_silently(&self, wallet: WalletId) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
        self.read(wallet)
    }

    fn replace(&self, wallet: WalletId, record: &[u8]) -> Result<(), KeychainError> {
        self.answer()?;
        self.only_one(wallet)?;
        let left = self.writes_left.load(Ordering::SeqCst);
        if left == TAKES_ONE {
            self.writes_left.store(0, Ordering::SeqCst);
            self.put(wallet, Some(record.to_vec()));
            return Err(KeychainError::TimedOut);
        }
        if left != usize::MAX {
            self.writes_left.store(left - 1, Ordering::SeqCst);
        }
        self.put(wallet, Some(record.to_vec()));
        Ok(())
    }

    fn replace_silently(&self, wallet: WalletId, record: &[u8]) -> Result<(), KeychainError> {
        self.replace(wallet, record)
    }

    fn read_all(&self, wallet: WalletId) -> Result<Vec<Zeroizing<Vec<u8>>>, KeychainError> {
        self.answer()?;
        let copies = self.copies().get(&wallet).cloned().unwrap_or_default();
        let all = self.stored(wallet).into_iter().chain(copies);
        Ok(all.map(Zeroizing::new).collect())
    }

    fn replace_all(&self, wallet: WalletId, record: &[u8]) -> Result<(), KeychainError> {
        self.answer()?;
        self.copies().remove(&wallet);
        self.put(wallet, Some(record.to_vec()));
        Ok(())
    }
}

/// A computer without printers.
pub struct NoPrinter;

impl Printer for NoPrinter {
    fn printers(&self) -> Result<Vec<PrinterInfo>, PrintError> {
        Err(PrintError::NoPrinter)
    }

    fn print(
        &self,
        _: &PrintJob<'_>,
        _: &mut dyn FnMut(PrintProgress) -> Continue,
    ) -> Result<PrintEnd, PrintError> {
        Err(PrintError::NoPrinter)
    }
}

/// A clipboard in memory.
#[derive(Default)]
pub struct MemoryClipboard {
    state: Mutex<ClipboardState>,
    changed: Condvar,
}

#[derive(Default)]
struct ClipboardState {
    text: Option<String>,
    fault: Option<ClipboardError>,
    hangs: bool,
    asked_to_clear: usize,
}

impl MemoryClipboard {
    /// What it holds.
    pub fn text(&self) -> Option<String> {
        self.state().text.clone()
    }

    /// Another program copies.
    pub fn take_over(&self, text: &str) {
        self.state().text = Some(text.to_owned());
    }

    /// Every call fails from now on, or none does.
    pub fn fail(&self, fault: Option<ClipboardError>) {
        self.state().fault = fault;
    }

    /// No call returns from now on, or all do.
    pub fn hang(&self, hangs: bool) {
        self.state().hangs = hangs;
        self.changed.notify_all();
    }

    /// How often it was asked to clear and answered.
    pub fn asked_to_clear(&self) -> usize {
        self.state().asked_to_clear
    }

    /// Waits until it was asked to clear this often. Returns whether it was, within ten seconds.
    pub fn wait_until_asked_to_clear(&self, times: usize) -> bool {
        let waited =
            self.changed
                .wait_timeout_while(self.state(), Duration::from_secs(10), |state| {
                    state.asked_to_clear < times
                });
        waited.is_ok_and(|(state, _)| state.asked_to_clear >= times)
    }

    fn state(&self) -> MutexGuard<'_, ClipboardState> {
        self.state
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn answer(&self) -> Result<MutexGuard<'_, ClipboardState>, ClipboardError> {
        let state = self
            .changed
            .wait_while(self.state(), |state| state.hangs)
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        match state.fault {
            Some(fault) => Err(fault),
            None => Ok(state),
        }
    }
}

impl Clipboard for MemoryClipboard {
    fn put(&self, text: Zeroizing<String>) -> Result<(), ClipboardError> {
        self.answer()?.text = Some(text.to_string());
        Ok(())
    }

    fn clear_if(&self, is_ours: IsOurs) -> Result<(), ClipboardError> {
        let answer = self.answer().map(|mut state| {
            state.text.take_if(|text| is_ours(text));
        });
        self.state().asked_to_clear += 1;
        self.changed.notify_all();
        answer
    }
}
