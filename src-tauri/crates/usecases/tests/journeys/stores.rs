//! Two keychain stores on one computer: a wallet's record is in the one that its header names.

use std::sync::Arc;

use kit::KitContents;
use rand::SeedableRng;
use rand::rngs::StdRng;
use usecases::World;
use usecases::create;
use usecases::identity;
use usecases::issue::{self, Terms};
use usecases::judge::{Refusal, Refused, Tried};
use usecases::life::Life;
use usecases::ports::{Disk, Keychain as _, KeychainError, StoreKind};
use usecases::record::{End, Record};
use usecases::redeem::{self, AcceptError, Acceptance, Choice};
use usecases::restore::{self, Restoration};
use usecases::session::Session;
use usecases::sign_in::{self, Step};
use usecases::state::code_state;
use usecases::stores::Stores;
use usecases::testing::{MemoryKeychain, SetClock};
use usecases::waits::Waits;
use wallet::testing::MemoryDisk;
use wallet::{KdfMemory, KdfParams, Timestamp, WalletId};

use crate::desk::{FOLDER, NEW, OLD, START, code, email, name, password};

/// A computer with a Secret Service and the private file.
struct Computer {
    clock: SetClock,
    system: Arc<MemoryKeychain>,
    embedded: Arc<MemoryKeychain>,
    disk: Arc<MemoryDisk>,
    stores: Stores,
    rng: StdRng,
    memory: KdfMemory,
    waits: Waits,
}

macro_rules! world {
    ($computer:expr) => {
        World {
            clock: &$computer.clock,
            watched: &[],
            keychain: &$computer.stores,
            disk: &*$computer.disk,
            folder: FOLDER.as_ref(),
            rng: &mut $computer.rng,
            memory: &mut $computer.memory,
        }
    };
}

impl Computer {
    fn new() -> Self {
        let system = Arc::new(MemoryKeychain::of_kind(StoreKind::SecretService));
        let embedded = Arc::new(MemoryKeychain::of_kind(StoreKind::Embedded));
        let disk = Arc::new(MemoryDisk::new());
        let stores = stores(&system, &embedded, &disk);
        Self {
            clock: SetClock::at(START),
            system,
            embedded,
            disk,
            stores,
            rng: StdRng::seed_from_u64(5),
            memory: KdfMemory::simulated(),
            waits: Waits::default(),
        }
    }

    /// The app starts again, and its settings file is lost.
    fn lose_the_settings(&mut self) {
        self.stores = stores(&self.system, &self.embedded, &self.disk);
        self.waits = Waits::default();
    }

    fn create(&mut self, address: &str) -> Session {
        let made = create::create(
            &mut world!(self),
            email(address),
            &password(OLD),
            KdfParams::FLOOR,
        );
        made.unwrap()
    }

    fn issue(&mut self, session: &mut Session) -> String {
        let terms = Terms {
            life: Life::UntilUsed,
            set: None,
            kit: None,
            pages: false,
        };
        let world = &mut world!(self);
        identity::confirm(world, &self.waits, session, &password(OLD), None).unwrap();
        issue::issue(world, session, &terms, true).unwrap();
        crate::desk::shown(session).remove(0)
    }

    fn accept(&mut self, wallet: WalletId, text: &str) -> Result<Acceptance, AcceptError> {
        let world = world!(self);
        redeem::accept(&world, &self.waits, wallet, code(text), Tried::Counts)
    }

    fn refused(&mut self, wallet: WalletId, text: &str) -> Option<AcceptError> {
        self.accept(wallet, text).err()
    }

    fn redeem(&mut self, accepted: Acceptance) -> Session {
        let choice = Choice::New(password(NEW));
        let world = &mut world!(self);
        let redeemed = redeem::commit(world, &self.waits, accepted, &choice, KdfParams::FLOOR);
        redeemed.map_err(|refused| refused.error).unwrap()
    }

    fn sign_in(&mut self, wallet: WalletId, text: &str) -> Session {
        match sign_in::password(&mut world!(self), &self.waits, wallet, &password(text)) {
            Ok(Step::Open(session)) => *session,
            _ => panic!("the password opens it"),
        }
    }

    fn record(&self, store: &MemoryKeychain, wallet: WalletId) -> Record {
        Record::read(store, wallet).unwrap().unwrap()
    }
}

fn stores(
    system: &Arc<MemoryKeychain>,
    embedded: &Arc<MemoryKeychain>,
    disk: &Arc<MemoryDisk>,
) -> Stores {
    Stores::new(
        Arc::clone(system) as _,
        Some(Arc::clone(embedded) as _),
        Arc::clone(disk) as Arc<dyn Disk>,
        FOLDER.into(),
    )
}

#[test]
fn a_code_in_the_private_file_works_after_the_settings_are_lost_and_with_no_secret_service() {
    let mut computer = Computer::new();
    computer.stores.choose_embedded();
    let mut session = computer.create("ada@example.com");
    let text = computer.issue(&mut session);
    let wallet = session.wallet();
    computer.system.fail(Some(KeychainError::Unreachable));
    computer.lose_the_settings();
    let state = code_state(&world!(computer), &session);
    assert!(state.trouble.is_none() && !state.other_store);
    assert_eq!(computer.stores.kind_of(wallet), StoreKind::Embedded);
    // Another code goes to the same store.
    let next = computer.issue(&mut session);
    drop(session);
    assert!(computer.refused(wallet, &next).is_none());
    assert!(matches!(
        computer.refused(wallet, &text),
        Some(AcceptError::Refused(Refusal::Code(Refused::Ended(..))))
    ));
    assert_eq!(computer.system.stored(wallet), None);
}

#[test]
fn a_keychain_that_is_away_is_not_replaced_by_the_private_file() {
    let mut computer = Computer::new();
    let mut session = computer.create("ada@example.com");
    let text = computer.issue(&mut session);
    let wallet = session.wallet();
    // A record file of an earlier time, with the same live code.
    let record = computer.system.stored(wallet);
    computer.embedded.put(wallet, record);
    computer.stores.choose_embedded();
    computer.system.fail(Some(KeychainError::Unreachable));
    let state = code_state(&world!(computer), &session);
    assert!(state.trouble.is_some());
    drop(session);
    assert!(matches!(
        computer.refused(wallet, &text),
        Some(AcceptError::Refused(Refusal::Record(_)))
    ));
    assert_eq!(computer.stores.kind_of(wallet), StoreKind::SecretService);
    // The choice is for new wallets.
    let mut new = computer.create("eve@example.com");
    computer.issue(&mut new);
    assert!(computer.embedded.stored(new.wallet()).is_some());
    assert_eq!(computer.system.stored(new.wallet()), None);
}

#[test]
fn the_record_of_a_wallet_without_a_code_is_in_the_store_that_was_chosen_since() {
    let mut computer = Computer::new();
    let mut session = computer.create("ada@example.com");
    let wallet = session.wallet();
    computer.system.fail(Some(KeychainError::Unreachable));
    computer.stores.choose_embedded();
    let text = computer.issue(&mut session);
    assert!(computer.embedded.stored(wallet).is_some());
    // From now on the header names it.
    computer.lose_the_settings();
    assert_eq!(computer.stores.kind_of(wallet), StoreKind::Embedded);
    drop(session);
    assert!(computer.refused(wallet, &text).is_none());
}

#[test]
fn what_is_written_into_the_file_of_an_open_wallet_sends_its_record_nowhere_else() {
    let mut computer = Computer::new();
    let mut session = computer.create("ada@example.com");
    computer.issue(&mut session);
    let wallet = session.wallet();
    // The header of another wallet that names the private file, under this wallet's id.
    let mut elsewhere = Computer::new();
    elsewhere.stores.choose_embedded();
    let mut other = elsewhere.create("ada@example.com");
    elsewhere.issue(&mut other);
    let (theirs, ours) = (other.wallet().to_string(), wallet.to_string());
    let mut forged = elsewhere.disk.bytes(other.path()).unwrap();
    let at = forged
        .windows(theirs.len())
        .position(|it| it == theirs.as_bytes());
    let range = at.unwrap()..at.unwrap() + theirs.len();
    forged.splice(range, ours.bytes());
    computer.disk.put(session.path(), &forged);
    let outside = stores(&computer.system, &computer.embedded, &computer.disk);
    assert_eq!(outside.kind_of(wallet), StoreKind::Embedded, "well-formed");
    assert_eq!(computer.stores.kind_of(wallet), StoreKind::SecretService);
    computer.issue(&mut session);
    assert!(computer.system.stored(wallet).is_some());
    assert_eq!(computer.embedded.stored(wallet), None);
}

#[test]
fn a_code_that_ended_in_one_store_is_not_revived_by_a_live_entry_in_the_other() {
    for embedded in [false, true] {
        let mut computer = Computer::new();
        if embedded {
            computer.stores.choose_embedded();
        }
        let mut session = computer.create("ada@example.com");
        let text = computer.issue(&mut session);
        let wallet = session.wallet();
        drop(session);
        let (own, other) = match embedded {
            true => (&computer.embedded, &computer.system),
            false => (&computer.system, &computer.embedded),
        };
        let live = own.stored(wallet).unwrap();
        let mut dead = Record::parse(&live).unwrap();
        assert!(dead.end(name(&text), End::Revoked, wallet::Timestamp(START)));
        dead.write(&**other, wallet).unwrap();
        // It is dead for background work as well.
        let read = computer.stores.read_silently(wallet).unwrap().unwrap();
        assert!(Record::parse(&read).unwrap().codes.is_empty());
        assert!(matches!(
            computer.refused(wallet, &text),
            Some(AcceptError::Refused(Refusal::Code(Refused::Ended(ended, _))))
                if ended.state == End::Revoked
        ));
    }
}

#[test]
fn the_other_store_keeps_nobody_from_a_code_by_being_locked_or_damaged() {
    let mut computer = Computer::new();
    computer.stores.choose_embedded();
    let mut session = computer.create("ada@example.com");
    let text = computer.issue(&mut session);
    let wallet = session.wallet();
    drop(session);
    computer.system.put(wallet, Some(b"not a record".to_vec()));
    assert!(computer.refused(wallet, &text).is_none());
    computer.system.fail(Some(KeychainError::Locked));
    assert!(computer.refused(wallet, &text).is_none());
}

#[test]
fn a_wallet_of_another_system_gets_the_store_that_was_chosen_here() {
    let mut computer = Computer::new();
    computer.stores.choose_embedded();
    let mut session = computer.create("ada@example.com");
    computer.issue(&mut session);
    let wallet = session.wallet();
    // The same file on a computer whose stores are others.
    computer.stores = Stores::new(
        Arc::new(MemoryKeychain::of_kind(StoreKind::MacKeychain)),
        None,
        Arc::clone(&computer.disk) as Arc<dyn Disk>,
        FOLDER.into(),
    );
    assert_eq!(computer.stores.kind_of(wallet), StoreKind::MacKeychain);
    assert!(code_state(&world!(computer), &session).other_store);
    computer.issue(&mut session);
    assert!(!code_state(&world!(computer), &session).other_store);
}

#[test]
fn a_redemption_is_settled_in_the_store_that_it_was_begun_in() {
    for crash in [false, true] {
        let mut computer = Computer::new();
        computer.stores.choose_embedded();
        let mut session = computer.create("ada@example.com");
        let text = computer.issue(&mut session);
        let wallet = session.wallet();
        drop(session);
        computer.lose_the_settings();
        let accepted = computer.accept(wallet, &text).unwrap();
        if crash {
            // The file is committed, and the keychain is never told.
            computer.embedded.fail_after_writes(1);
        }
        let session = computer.redeem(accepted);
        computer.embedded.fail(None);
        drop(session);
        if crash {
            computer.lose_the_settings();
            assert!(computer.record(&computer.embedded, wallet).intent.is_some());
            let session = computer.sign_in(wallet, NEW);
            drop(session);
        }
        let record = computer.record(&computer.embedded, wallet);
        assert!(record.codes.is_empty() && record.intent.is_none());
        assert_eq!(record.outcomes[0].state, End::Used);
        assert!(computer.system.stored(wallet).is_none() || crash);

        // What became of the code is told after another start, too.
        computer.lose_the_settings();
        let refused = computer.refused(wallet, &text).unwrap();
        assert!(matches!(
            refused,
            AcceptError::Refused(Refusal::Code(Refused::Ended(ended, _))) if ended.state == End::Used
        ));
    }
}

#[test]
fn a_store_that_could_not_be_read_while_restoring_is_not_kept_to() {
    let mut computer = Computer::new();
    computer.system.fail(Some(KeychainError::Unreachable));
    let contents = KitContents {
        wallet_id: WalletId::from_bytes([9; 16]),
        email: email("ada@example.com"),
        date: Timestamp(START),
        items: Vec::new(),
    };
    let restoration = Restoration::new(contents, "M7QS".parse().unwrap());
    let world = &mut world!(computer);
    let restored = restore::restore(world, restoration, None, &password(OLD), KdfParams::FLOOR);
    let mut session = restored.map_err(|refused| refused.error).unwrap().session;
    // The person agrees to the private file, and the next code goes there.
    computer.stores.choose_embedded();
    let text = computer.issue(&mut session);
    let wallet = session.wallet();
    drop(session);
    assert!(computer.refused(wallet, &text).is_none());
}
