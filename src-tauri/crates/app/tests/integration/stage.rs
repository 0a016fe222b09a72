//! What is open, while keychain, disk and drives take their time: the rest of the app goes on.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use app::deadline::{Ended, Rules, UNCOVERED, WAITING};
use app::gather::{FoundCode, Gathered};
use app::origin::Origin;
use app::{App, Checked, IssueOrder, Locked, NoKitFolder, Ports, SignInStep};
use code::TypedCode;
use rand::SeedableRng;
use rand::rngs::StdRng;
use scan::InProcess;
use usecases::check::KitCheck;
use usecases::copies::Why;
use usecases::issue::IssueError;
use usecases::items::{self, ItemError};
use usecases::kits::KitProblem;
use usecases::life::Life;
use usecases::ports::{Clock, Keychain, KeychainError, StoreKind};
use usecases::record::Record;
use usecases::session::Session;
use usecases::testing::{MemoryClipboard, MemoryKeychain, NoPrinter, SetClock};
use wallet::disk::{Disk, Held};
use wallet::testing::MemoryDisk;
use wallet::{Body, Email, KdfParams, Password, SecretText, WalletId};
use zeroize::Zeroizing;

const OLD: &str = "the first password of this wallet";
const STICK: &str = "/stick";

/// Any error of these tests; which one is not their subject.
#[derive(Debug)]
struct Failed(String);

macro_rules! failed {
    ($($error:ty),*) => { $(
        impl From<$error> for Failed {
            fn from(error: $error) -> Self {
                Self(format!("{error:?}"))
            }
        }
    )* };
}
failed!(
    Locked,
    ItemError,
    IssueError,
    NoKitFolder,
    usecases::create::CreateError,
    usecases::sign_in::SignInError,
    usecases::identity::IdentityError,
    usecases::two_step::TwoStepError,
    usecases::confirm::ConfirmError,
    usecases::judge::Refusal,
    usecases::record::RecordError,
    usecases::redeem::AcceptError,
    usecases::older::OlderError,
    app::entry::EntryError
);

/// A gate that whoever passes waits at while it is closed, and which tells that somebody waits.
#[derive(Default)]
struct Gate {
    state: Mutex<(bool, usize)>,
    changed: Condvar,
}

impl Gate {
    fn set(&self, closed: bool) {
        self.state.lock().unwrap().0 = closed;
        self.changed.notify_all();
    }

    fn pass(&self) {
        let mut state = self.state.lock().unwrap();
        state.1 += 1;
        self.changed.notify_all();
        while state.0 {
            state = self.changed.wait(state).unwrap();
        }
        state.1 -= 1;
    }

    fn wait_for_somebody(&self) {
        let mut state = self.state.lock().unwrap();
        while state.1 == 0 {
            state = self.changed.wait(state).unwrap();
        }
    }
}

#[derive(Default)]
struct SlowKeychain {
    inner: MemoryKeychain,
    gate: Gate,
    asked_silently: AtomicUsize,
}

impl Keychain for SlowKeychain {
    fn kind(&self) -> StoreKind {
        self.inner.kind()
    }

    fn read(&self, wallet: WalletId) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
        self.gate.pass();
        self.inner.read(wallet)
    }

    fn read_silently(&self, wallet: WalletId) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
        self.asked_silently.fetch_add(1, Ordering::SeqCst);
        self.inner.read_silently(wallet)
    }

    fn replace(&self, wallet: WalletId, record: &[u8]) -> Result<(), KeychainError> {
        self.gate.pass();
        self.inner.replace(wallet, record)
    }

    fn replace_silently(&self, wallet: WalletId, record: &[u8]) -> Result<(), KeychainError> {
        self.inner.replace_silently(wallet, record)
    }
}

/// A disk with a gate before the wallets' folder and one before the stick.
struct SlowDisk {
    inner: MemoryDisk,
    wallets: Gate,
    stick: Gate,
}

impl SlowDisk {
    fn at(&self, path: &Path) -> &MemoryDisk {
        match path.starts_with(STICK) {
            true => self.stick.pass(),
            false => self.wallets.pass(),
        }
        &self.inner
    }
}

impl Disk for SlowDisk {
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        self.at(path).read(path, limit)
    }
    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.at(path).write_new(path, bytes)
    }
    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.at(from).link(from, to)
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.at(from).rename(from, to)
    }
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.at(folder).sync_folder(folder)
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        self.at(path).remove(path)
    }
    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        self.at(folder).make_folder(folder)
    }
    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        self.at(folder).remove_folder(folder)
    }
    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        self.at(folder).list(folder)
    }
    fn exists(&self, path: &Path) -> io::Result<bool> {
        self.at(path).exists(path)
    }
    fn lock(&self, path: &Path) -> io::Result<Box<dyn Held>> {
        self.inner.lock(path)
    }
    fn lock_existing(&self, path: &Path) -> io::Result<Box<dyn Held>> {
        self.inner.lock_existing(path)
    }
}

/// A computer with the app.
struct Computer {
    clock: Arc<SetClock>,
    keychain: Arc<SlowKeychain>,
    disk: Arc<SlowDisk>,
    app: Arc<App>,
}

/// The app on a computer of these parts.
fn app(clock: &Arc<SetClock>, keychain: &Arc<SlowKeychain>, disk: &Arc<SlowDisk>) -> App {
    let seed = Mutex::new(0);
    let ports = Ports {
        clock: Arc::clone(clock) as Arc<dyn Clock>,
        disk: Arc::clone(disk) as Arc<dyn Disk>,
        keychain: Arc::clone(keychain) as Arc<dyn Keychain>,
        scanner: Arc::new(InProcess::default()),
        printer: Arc::new(NoPrinter),
        clipboard: Arc::new(MemoryClipboard::default()),
        folder: "/wallets".into(),
        settings: "/settings".into(),
        random: Box::new(move || {
            let mut seed = seed.lock().unwrap();
            *seed += 1;
            Box::new(StdRng::seed_from_u64(*seed))
        }),
    };
    App::for_tests(ports, KdfParams::FLOOR, Duration::from_millis(50))
}

impl Computer {
    /// With a wallet, signed in.
    fn new() -> Self {
        let clock = Arc::new(SetClock::at(1_800_000_000));
        let keychain = Arc::new(SlowKeychain::default());
        let disk = Arc::new(SlowDisk {
            inner: MemoryDisk::new(),
            wallets: Gate::default(),
            stick: Gate::default(),
        });
        let app = app(&clock, &keychain, &disk);
        let email = Email::parse("ada@example.com").unwrap();
        app.create::<Failed>(email, &password(OLD)).unwrap();
        Self {
            clock,
            keychain,
            disk,
            app: Arc::new(app),
        }
    }

    /// The app was quit and started again.
    fn restarted(self) -> Self {
        drop(self.app);
        let app = app(&self.clock, &self.keychain, &self.disk);
        Self {
            app: Arc::new(app),
            ..self
        }
    }

    fn wallet(&self) -> WalletId {
        self.app.with_session(|session| session.wallet()).unwrap()
    }

    /// The wallet, and the code that it shows.
    fn shown(&self) -> (WalletId, String) {
        let shown = |session: &Session| {
            let shown = session.shown().unwrap().legible(Duration::ZERO).unwrap();
            let text = shown.sheet(0).unwrap().expose().to_owned();
            (session.wallet(), text)
        };
        self.app.with_session(shown).unwrap()
    }

    fn items(&self) -> usize {
        self.app
            .with_session(|session| session.items().len())
            .unwrap()
    }

    /// The seconds pass, each with its tick, as in the shell's thread.
    fn pass(&self, duration: Duration) -> bool {
        (0..duration.as_secs()).any(|_| {
            self.clock.pass(1);
            self.app.tick(false).is_some()
        })
    }

    fn uncover(&self) {
        let uncovered = self.app.uncover::<Failed>(&password(OLD), None);
        uncovered.unwrap();
    }

    fn issue(&self, kit: bool) {
        self.issue_for(Life::UntilUsed, kit);
    }

    fn issue_for(&self, life: Life, kit: bool) {
        self.app
            .confirm_identity::<Failed>(&password(OLD), None)
            .unwrap();
        let order = IssueOrder {
            life,
            set: None,
            kit,
            pages: false,
            sooner_is_fine: true,
        };
        self.app.issue::<Failed>(order).unwrap();
    }
}

fn password(text: &str) -> Password {
    Password::typed(text.to_owned())
}

fn add_note(app: &App, title: &str) -> Result<(), Failed> {
    app.change(|world, session| {
        let text = |text: &str| SecretText::new(text.to_owned());
        items::add(world, session, Body::note(text(title), text("text")))?;
        Ok(())
    })
}

#[test]
fn a_panic_in_a_change_leaves_the_wallet_open_and_the_next_change_working() {
    let computer = Computer::new();
    add_note(&computer.app, "first").unwrap();
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        computer.app.change::<(), Failed>(|world, session| {
            let text = || SecretText::new("saved before the panic".to_owned());
            items::add(world, session, Body::note(text(), text())).unwrap();
            panic!("a fault of the program");
        })
    }));
    assert!(panicked.is_err());
    assert_eq!(computer.items(), 1);
    add_note(&computer.app, "third").unwrap();
    // The second was saved before the panic, and is not lost.
    assert_eq!(computer.items(), 3);
}

#[test]
fn while_the_keychain_takes_a_minute_others_answer_and_nothing_locks() {
    let computer = Computer::new();
    computer.issue(false);
    computer.app.leave_code().unwrap();
    computer.keychain.gate.set(true);
    let app = Arc::clone(&computer.app);
    let asking = std::thread::spawn(move || {
        app.change::<(), Failed>(|world, session| {
            usecases::confirm::discard(world, session)?;
            Ok(())
        })
    });
    computer.keychain.gate.wait_for_somebody();
    assert!(!computer.pass(Duration::from_secs(60)));
    assert_eq!(computer.items(), 0);
    computer.app.touch();
    let field = computer.app.type_text("QQ", false);
    assert!(matches!(field, app::entry::Field::Typing { have: 2 }));
    computer.app.expire();
    assert!(computer.app.session().is_ok());
    computer.keychain.gate.set(false);
    asking.join().unwrap().unwrap();
}

#[test]
fn lock_takes_effect_while_a_change_waits_for_the_disk_and_the_change_is_still_committed() {
    let computer = Computer::new();
    let wallet = computer.wallet();
    computer.disk.wallets.set(true);
    let app = Arc::clone(&computer.app);
    let saving = std::thread::spawn(move || add_note(&app, "in time"));
    computer.disk.wallets.wait_for_somebody();
    assert!(!computer.pass(Duration::from_secs(60)));
    computer.app.lock();
    assert!(computer.app.session().is_err());
    computer.disk.wallets.set(false);
    saving.join().unwrap().unwrap();
    // What finished later did not open the wallet again, and nothing is lost.
    assert!(computer.app.session().is_err());
    let step = computer.app.sign_in::<Failed>(wallet, &password(OLD));
    assert!(matches!(step.unwrap(), SignInStep::Open));
    assert_eq!(computer.items(), 1);
}

#[test]
fn a_drive_that_does_not_answer_holds_up_no_save_and_gets_the_newest_state_later() {
    let computer = Computer::new();
    computer.app.choose_kit_folder(STICK.into());
    computer.issue(true);
    let kit = |computer: &Computer| {
        computer
            .app
            .with_session(|it| it.kits()[0].clone())
            .unwrap()
    };
    assert_eq!(kit(&computer).problem, None);
    computer.disk.stick.set(true);
    add_note(&computer.app, "one").unwrap();
    add_note(&computer.app, "two").unwrap();
    assert_eq!(computer.items(), 2);
    assert_eq!(kit(&computer).problem, Some(KitProblem::NoAnswer));
    computer.disk.stick.set(false);
    computer.app.refresh_kits();
    while kit(&computer).problem.is_some() {
        std::thread::yield_now();
    }
    let (_, shown) = computer.shown();
    computer.app.type_text(&shown, true);
    match computer.app.check::<Failed>().unwrap() {
        Checked::Works(works) => assert!(matches!(works.kit, Some(KitCheck::Opens { .. }))),
        Checked::Sheets { .. } => panic!("a whole code was entered"),
    }
}

#[test]
fn a_drive_that_hangs_during_a_check_keeps_nobody_from_signing_in() {
    let computer = Computer::new();
    computer.app.choose_kit_folder(STICK.into());
    computer.issue(true);
    let (wallet, shown) = computer.shown();
    computer.app.type_text(&shown, true);
    computer.disk.stick.set(true);
    match computer.app.check::<Failed>().unwrap() {
        Checked::Works(works) => assert!(!matches!(works.kit, Some(KitCheck::Opens { .. }))),
        Checked::Sheets { .. } => panic!("a whole code was entered"),
    }
    computer.app.lock();
    let step = computer.app.sign_in::<Failed>(wallet, &password(OLD));
    assert!(matches!(step.unwrap(), SignInStep::Open));
    computer.disk.stick.set(false);
}

#[test]
fn a_drive_of_one_wallet_holds_up_no_kit_of_another_and_gets_its_own_later() {
    let computer = Computer::new();
    computer.app.choose_kit_folder(STICK.into());
    computer.issue(true);
    let on_the_stick = |computer: &Computer| -> Vec<_> {
        let names = computer.disk.inner.names();
        let kit = names.into_iter().filter(|path| path.starts_with(STICK));
        kit.map(|path| computer.disk.inner.bytes(&path)).collect()
    };
    let before = on_the_stick(&computer);
    computer.disk.stick.set(true);
    add_note(&computer.app, "one").unwrap();
    add_note(&computer.app, "two").unwrap();
    let email = Email::parse("eve@example.com").unwrap();
    computer
        .app
        .create::<Failed>(email, &password(OLD))
        .unwrap();
    computer.app.choose_kit_folder("/another".into());
    computer.issue(true);
    let kits = computer.app.with_session(|it| it.kits().to_vec()).unwrap();
    assert_eq!(kits[0].problem, None);
    computer.disk.stick.set(false);
    while on_the_stick(&computer) == before {
        std::thread::yield_now();
    }
}

#[test]
fn a_wallet_can_be_opened_again_while_a_reading_of_it_still_waits() {
    let computer = Computer::new();
    let wallet = computer.wallet();
    let gate = Arc::new(Gate::default());
    gate.set(true);
    let (app, waits) = (Arc::clone(&computer.app), Arc::clone(&gate));
    let reading = std::thread::spawn(move || {
        app.read::<(), Failed>(|_, _| {
            waits.pass();
            Ok(())
        })
    });
    gate.wait_for_somebody();
    computer.app.lock();
    let step = computer.app.sign_in::<Failed>(wallet, &password(OLD));
    assert!(matches!(step.unwrap(), SignInStep::Open));
    gate.set(false);
    reading.join().unwrap().unwrap();
}

#[test]
fn a_sign_in_that_began_before_an_absence_does_not_open_the_wallet_after_it() {
    for absence in [App::screen_locked, |app: &App| app.tick(true)] {
        let computer = Computer::new();
        let wallet = computer.wallet();
        computer.app.lock();
        computer.keychain.gate.set(true);
        let app = Arc::clone(&computer.app);
        let signing_in =
            std::thread::spawn(move || app.sign_in::<Failed>(wallet, &password(OLD)).map(|_| ()));
        computer.keychain.gate.wait_for_somebody();
        assert_eq!(absence(&computer.app), None);
        computer.keychain.gate.set(false);
        assert!(signing_in.join().unwrap().is_err());
        assert!(computer.app.session().is_err());
    }
}

#[test]
fn a_code_expires_while_the_keychain_would_prompt() {
    let computer = Computer::new();
    let wallet = computer.wallet();
    computer.issue_for(Life::TwoHours, false);
    computer.app.leave_code().unwrap();
    let live = |computer: &Computer| {
        let record = computer.keychain.inner.stored(wallet).unwrap();
        usecases::record::Record::parse(&record)
            .unwrap()
            .codes
            .len()
    };
    assert_eq!(live(&computer), 1);
    computer.clock.pass(2 * 60 * 60 + 1);
    // Every call that may prompt waits at the gate, and this one would never return.
    computer.keychain.gate.set(true);
    computer.app.expire();
    assert_eq!(live(&computer), 0);
}

#[test]
fn a_locked_keychain_is_asked_to_end_a_code_once_in_a_while_and_never_with_a_prompt() {
    let computer = Computer::new();
    computer.issue_for(Life::TwoHours, false);
    computer.app.leave_code().unwrap();
    let wallet = computer.wallet();
    computer.app.lock();
    computer.app.expire();
    computer.clock.pass(2 * 60 * 60 + 1);
    // A call that may prompt would wait at the gate for ever.
    computer.keychain.gate.set(true);
    let asked_in_a_minute = || {
        computer.keychain.asked_silently.store(0, Ordering::SeqCst);
        for _ in 0..60 {
            computer.clock.pass(1);
            computer.app.expire();
        }
        computer.keychain.asked_silently.load(Ordering::SeqCst)
    };
    for failure in [KeychainError::Locked, KeychainError::Unreachable] {
        computer.keychain.inner.fail(Some(failure));
        assert_eq!(asked_in_a_minute(), 2, "{failure}");
    }
    // Nor is one that has lost the record.
    computer.keychain.inner.fail(None);
    let record = computer.keychain.inner.stored(wallet);
    computer.keychain.inner.put(wallet, None);
    assert_eq!(asked_in_a_minute(), 2);
    computer.keychain.inner.put(wallet, record);
    assert!(asked_in_a_minute() > 0);
    let record = computer.keychain.inner.stored(wallet).unwrap();
    let record = usecases::record::Record::parse(&record).unwrap();
    assert!(record.codes.is_empty());
}

#[test]
fn a_code_ends_while_the_app_runs_though_nobody_signs_in_and_the_clock_is_set_back() {
    let computer = Computer::new();
    computer.issue_for(Life::TwoHours, false);
    let (wallet, shown) = computer.shown();
    // The app starts again, and nobody signs in.
    let computer = computer.restarted();
    computer.app.expire();
    computer.clock.pass(3 * 60 * 60);
    computer.clock.jump(600 - 3 * 60 * 60);
    computer.app.expire();
    computer.app.type_text(&shown, true);
    let refused = computer
        .app
        .accept::<_, Failed>(Some(wallet), |accepted| accepted.wallet());
    let Failed(why) = refused.unwrap_err();
    assert!(why.contains("Expired"), "{why}");
}

#[test]
fn an_open_wallet_ends_after_idle_time_or_an_absence_and_not_while_it_is_used() {
    let computer = Computer::new();
    let almost = Rules::default().idle - Duration::from_secs(1);
    assert!(!computer.pass(almost));
    computer.app.touch();
    assert!(!computer.pass(almost));
    computer.clock.pass(1);
    assert_eq!(computer.app.tick(false), Some(Ended::Idle));
    assert!(computer.app.session().is_err());
    let computer = Computer::new();
    assert_eq!(computer.app.tick(true), Some(Ended::Slept));
    assert!(computer.app.session().is_err());
    assert_eq!(computer.app.screen_locked(), None, "nothing is open");
    let computer = Computer::new();
    assert_eq!(computer.app.screen_locked(), Some(Ended::ScreenLocked));
    assert!(computer.app.session().is_err());
}

#[test]
fn an_open_wallet_is_locked_when_its_person_wants_it() {
    let computer = Computer::new();
    let idle = Duration::from_secs(60);
    let rules = |at_sleep: bool, at_screen_lock: bool| Rules {
        idle,
        at_sleep,
        at_screen_lock,
    };
    computer.app.lock_by(rules(false, false));
    let before = computer.app.epoch();
    assert_eq!(computer.app.tick(true), None);
    assert_eq!(computer.app.screen_locked(), None);
    assert_eq!(
        computer.app.epoch(),
        before,
        "a change that is under way is kept"
    );
    add_note(&computer.app, "a note").unwrap();
    assert!(!computer.pass(idle - Duration::from_secs(1)));
    assert!(computer.app.session().is_ok());
    // Each has its own setting.
    computer.app.lock_by(rules(false, true));
    assert_eq!(computer.app.tick(true), None);
    computer.app.lock_by(rules(true, false));
    assert_eq!(computer.app.screen_locked(), None);
    // A sleep counts as time without use, also where a key that wakes the computer is heard first.
    computer.app.lock_by(rules(false, false));
    computer.clock.pass(3_600);
    computer.app.touch();
    assert_eq!(computer.app.tick(true), Some(Ended::Idle));
    assert!(computer.app.session().is_err());
}

#[test]
fn a_shown_code_is_covered_in_time_and_keeps_its_wallet_open_for_a_quarter_of_an_hour() {
    let computer = Computer::new();
    computer.issue(false);
    assert_eq!(computer.app.cover_in(), UNCOVERED);
    assert!(!computer.pass(UNCOVERED));
    assert!(computer.app.cover_in().is_zero());
    assert!(!computer.pass(WAITING - Duration::from_secs(1)));
    assert!(computer.app.session().is_ok());
    computer
        .app
        .uncover::<Failed>(&password(OLD), None)
        .unwrap();
    assert!(!computer.app.cover_in().is_zero());
    assert!(!computer.pass(UNCOVERED + WAITING - Duration::from_secs(1)));
    assert!(computer.pass(Duration::from_secs(1)));
    assert!(computer.app.session().is_err());
}

/// What a finder of the unattended computer would try.
fn nothing_opens(app: &App) {
    assert!(app.session().is_err());
    assert!(app.leave_code().is_err());
    assert!(app.confirm_by_group::<Failed>(0, "QPZRY").is_err());
    assert!(app.change::<(), Failed>(|_, _| Ok(())).is_err());
    assert!(app.read::<(), Failed>(|_, _| Ok(())).is_err());
    assert!(app.cover_in().is_zero());
    app.cancel();
    assert!(app.covered(|_| ()).is_some());
}

#[test]
fn at_sleep_everything_but_the_shown_code_is_locked_until_the_password_uncovers_it() {
    let computer = Computer::new();
    let app = &computer.app;
    add_note(app, "a note").unwrap();
    computer.issue(false);
    let (wallet, shown) = computer.shown();
    app.type_text(&shown, true);
    assert_eq!(app.tick(true), Some(Ended::Slept));
    assert!(app.entry(|entry| entry.is_empty()));
    nothing_opens(app);
    // Nothing is entered beside it either, which no deadline would end.
    app.type_text(&shown, true);
    assert!(app.entry(|entry| entry.is_empty()));
    assert!(!computer.pass(4 * Rules::default().idle));
    assert_eq!(app.tick(true), None);
    app.uncover::<Failed>(&password("a wrong password of this wallet"), None)
        .unwrap_err();
    nothing_opens(app);
    computer.clock.pass(1);
    app.uncover::<Failed>(&password(OLD), None).unwrap();
    assert_eq!(computer.shown(), (wallet, shown.clone()));
    assert_eq!(app.cover_in(), UNCOVERED);
    assert_eq!(computer.items(), 1);
    // A lock of the screen does the same.
    assert_eq!(app.screen_locked(), Some(Ended::ScreenLocked));
    nothing_opens(app);
    assert_eq!(app.screen_locked(), None);
    app.uncover::<Failed>(&password(OLD), None).unwrap();
    assert_eq!(computer.shown().1, shown);
    app.lock();
    assert!(app.covered(|_| ()).is_none());
    assert!(app.uncover::<Failed>(&password(OLD), None).is_err());
}

#[test]
fn what_is_still_being_read_at_a_lock_is_withdrawn_and_not_taken() {
    let computer = Computer::new();
    let app = &computer.app;
    computer.issue(false);
    let (_, code) = computer.shown();
    let found = || Gathered {
        codes: vec![FoundCode {
            typed: TypedCode::parse(&code).unwrap(),
            origin: Origin::Clipboard,
        }],
        ..Gathered::default()
    };
    for locking in [App::lock_all_but_shown, |app: &App| _ = app.lock()] {
        let epoch = app.epoch();
        let withdrawn = app.scanning.begin();
        locking(app);
        assert!(withdrawn());
        app.take(found(), epoch);
        assert!(app.entry(|entry| entry.is_empty()));
    }
    app.take(found(), app.epoch());
    assert!(!app.entry(|entry| entry.is_empty()));
}

#[test]
fn a_sleep_while_the_code_is_uncovered_does_not_lose_it() {
    let computer = Computer::new();
    computer.issue(false);
    let shown = computer.shown();
    assert_eq!(computer.app.tick(true), Some(Ended::Slept));
    computer.keychain.gate.set(true);
    let app = Arc::clone(&computer.app);
    let uncovering = std::thread::spawn(move || app.uncover::<Failed>(&password(OLD), None));
    computer.keychain.gate.wait_for_somebody();
    assert_eq!(computer.app.tick(true), None);
    computer.keychain.gate.set(false);
    assert!(uncovering.join().unwrap().is_err());
    nothing_opens(&computer.app);
    computer.uncover();
    assert_eq!(computer.shown(), shown);
}

#[test]
fn after_a_crash_of_the_page_the_shown_code_is_there_for_its_owner() {
    let computer = Computer::new();
    computer.issue(false);
    let shown = computer.shown();
    for _ in 0..2 {
        computer.app.lock_all_but_shown();
        nothing_opens(&computer.app);
    }
    computer.uncover();
    assert_eq!(computer.shown(), shown);
    computer.app.leave_code().unwrap();
    computer.app.lock_all_but_shown();
    assert!(computer.app.covered(|_| ()).is_none());
    assert!(computer.app.session().is_err());
}

#[test]
fn a_covered_code_ends_on_time_and_is_not_shown_again() {
    let computer = Computer::new();
    computer.issue_for(Life::TwoHours, false);
    assert_eq!(computer.app.tick(true), Some(Ended::Slept));
    let wallet = computer.app.covered(|covered| covered.wallet()).unwrap();
    let live = |computer: &Computer| {
        let record = Record::read(&computer.keychain.inner, wallet).unwrap();
        record.unwrap().codes.len()
    };
    computer.clock.pass(2 * 60 * 60 + 1);
    assert_eq!(live(&computer), 1);
    computer.app.expire();
    // Although its wallet is neither open nor free.
    assert_eq!(live(&computer), 0);
    computer.uncover();
    let session = computer.app.session().unwrap();
    assert!(session.shown().is_none());
}

#[test]
fn wrong_digits_and_more_typing_do_not_put_off_the_end_of_what_waits() {
    let computer = Computer::new();
    computer.issue(false);
    let (wallet, shown) = computer.shown();
    computer.app.lock();
    computer.app.type_text(&shown, true);
    computer
        .app
        .accept::<_, Failed>(Some(wallet), |_| ())
        .unwrap();
    let minutes = |minutes: u64| Duration::from_secs(minutes * 60);
    assert!(!computer.pass(minutes(14)));
    computer.app.type_text(&shown, true);
    assert!(computer.pass(minutes(1)));

    let digits = two_step(&computer);
    computer.app.lock();
    let step = computer.app.sign_in::<Failed>(wallet, &password(OLD));
    assert!(matches!(step.unwrap(), SignInStep::Digits));
    assert!(!computer.pass(minutes(14)));
    let wrong = if digits == "000000" {
        "000001"
    } else {
        "000000"
    };
    assert!(computer.app.sign_in_digits::<Failed>(wrong).is_err());
    assert!(computer.pass(minutes(1)));
}

/// Turns two-step verification on. Gives its first digits.
fn two_step(computer: &Computer) -> String {
    let wallet = usecases::find::wallets(computer.app.disk(), Path::new("/wallets")).unwrap();
    let wallet = wallet.known[0].wallet;
    computer
        .app
        .sign_in::<Failed>(wallet, &password(OLD))
        .unwrap();
    let refused = computer.app.begin_two_step::<Failed>();
    assert!(refused.is_err(), "without identity");
    computer
        .app
        .confirm_identity::<Failed>(&password(OLD), None)
        .unwrap();
    let setup = computer.app.begin_two_step::<Failed>().unwrap();
    let totp = totp_rs::Totp::from_url(setup.address().unwrap()).unwrap();
    let now = computer.clock.now().0;
    let digits = totp.generate(u64::try_from(now).unwrap()).to_string();
    computer.app.confirm_two_step::<Failed>(&digits).unwrap();
    digits
}

#[test]
fn a_typed_code_and_an_acceptance_end_after_a_quarter_of_an_hour() {
    let computer = Computer::new();
    computer.issue(false);
    let (wallet, shown) = computer.shown();
    computer.app.lock();
    let entered = |computer: &Computer| computer.app.entry(|entry| !entry.is_empty());
    computer.app.type_text(&shown, true);
    assert!(!computer.pass(WAITING - Duration::from_secs(1)));
    assert!(entered(&computer));
    assert!(computer.pass(Duration::from_secs(1)));
    assert!(!entered(&computer));

    computer.app.type_text(&shown, true);
    let accepted = computer
        .app
        .accept::<_, Failed>(Some(wallet), |accepted| accepted.wallet());
    assert_eq!(accepted.unwrap(), wallet);
    assert!(!computer.pass(WAITING - Duration::from_secs(1)));
    assert!(computer.pass(Duration::from_secs(1)));
    let choice = usecases::redeem::Choice::New(password("another password of this wallet"));
    let over = computer.app.redeem::<RedeemFailed>(&choice).unwrap_err();
    assert!(matches!(
        over,
        RedeemFailed::Redeem(usecases::redeem::RedeemError::Over)
    ));
}

#[test]
fn a_code_that_was_entered_stays_for_a_restore_unless_a_wallet_was_open() {
    let computer = Computer::new();
    computer.issue(false);
    let (wallet, shown) = computer.shown();
    let app = &computer.app;
    let entered = || app.entry(|entry| !entry.is_empty());
    app.lock();
    app.type_text(&shown, true);
    app.begin_restore();
    assert!(entered() && app.restoring_state().is_some());
    assert!(!computer.pass(WAITING - Duration::from_secs(1)));
    assert!(computer.pass(Duration::from_secs(1)));
    assert!(!entered());

    app.type_text(&shown, true);
    app.begin_restore();
    app.cancel();
    assert!(!entered() && app.restoring_state().is_none());

    app.sign_in::<Failed>(wallet, &password(OLD)).unwrap();
    app.type_text(&shown, true);
    app.begin_restore();
    assert!(!entered() && app.session().is_err());
}

#[test]
fn a_code_is_accepted_while_the_same_wallet_is_open_or_its_code_was_accepted_before() {
    let computer = Computer::new();
    computer.issue(false);
    let (wallet, shown) = computer.shown();
    for _ in 0..2 {
        // Both hold the lock that the redemption needs, and give it back.
        computer.app.type_text(&shown, true);
        let accepted = computer
            .app
            .accept::<_, Failed>(Some(wallet), |accepted| accepted.wallet());
        assert_eq!(accepted.unwrap(), wallet);
    }
}

#[test]
fn a_code_that_does_not_open_the_open_wallet_does_not_close_it() {
    let computer = Computer::new();
    computer.issue(false);
    let (wallet, first) = computer.shown();
    // Replaces the first one.
    computer.issue(false);
    computer.app.leave_code().unwrap();
    computer.app.type_text(&first, true);
    let accepted = computer.app.accept::<_, Failed>(Some(wallet), |_| ());
    assert!(accepted.is_err());
    assert_eq!(computer.wallet(), wallet);
}

#[derive(Debug)]
enum RedeemFailed {
    Redeem(usecases::redeem::RedeemError),
    Locked,
}

impl From<usecases::redeem::RedeemError> for RedeemFailed {
    fn from(error: usecases::redeem::RedeemError) -> Self {
        Self::Redeem(error)
    }
}

impl From<Locked> for RedeemFailed {
    fn from(Locked: Locked) -> Self {
        Self::Locked
    }
}

#[test]
fn a_wallet_that_its_password_shows_to_be_damaged_goes_on_with_a_copy_and_no_other_does() {
    let computer = Computer::new();
    add_note(&computer.app, "first").unwrap();
    add_note(&computer.app, "second").unwrap();
    let wallet = computer.wallet();
    let path = wallet::store::path("/wallets".as_ref(), wallet);
    let first = wallet::store::generation(&path, 1);
    let name = first.file_name().unwrap();
    computer.app.lock();
    let whole = computer.disk.inner.bytes(&path).unwrap();
    computer.app.put_back::<Failed>(wallet, name).unwrap();
    assert_eq!(computer.disk.inner.bytes(&path).unwrap(), whole);
    assert!(computer.app.unopened_wallets().is_empty());

    computer.disk.inner.put(&path, &whole[..whole.len() - 1]);
    assert!(computer.app.unopened_wallets().is_empty());
    assert!(
        computer
            .app
            .sign_in::<Failed>(wallet, &password(OLD))
            .is_err()
    );
    assert_eq!(computer.app.unopened_wallets(), [(wallet, Why::Damaged)]);
    computer.app.put_back::<Failed>(wallet, name).unwrap();
    assert!(computer.app.unopened_wallets().is_empty());
    computer
        .app
        .sign_in::<Failed>(wallet, &password(OLD))
        .unwrap();
    assert_eq!(computer.items(), 1);
}
