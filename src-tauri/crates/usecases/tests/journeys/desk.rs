//! A computer to test with: clocks that are set, a keychain and a disk that fail on demand, and
//! what the window holds.

use std::path::{Path, PathBuf};
use std::time::Duration;

use code::{BackupCode, Identifier, Reading, TypedCode};
use rand::SeedableRng;
use rand::rngs::StdRng;
use usecases::check::{self, Works};
use usecases::confirm::{self, ConfirmError, Kept, Proof};
use usecases::create::{self, CreateError};
use usecases::expire::{self, Expiry, Watched};
use usecases::identity::{self, IdentityError};
use usecases::issue::{self, IssueError, Terms};
use usecases::items::{self, ItemError};
use usecases::judge::{Refusal, Tried};
use usecases::kits;
use usecases::life::Life;
use usecases::password_change::{self, PasswordChangeError};
use usecases::ports::Clock as _;
use usecases::record::{Record, RecordError};
use usecases::redeem::{self, AcceptError, Acceptance, Choice, NotRedeemed, RedeemError};
use usecases::revoke::{self, RevokeError};
use usecases::session::Session;
use usecases::sign_in::{self, DigitsRefused, Pending, SignInError, Step};
use usecases::state::{CodeState, code_state};
use usecases::testing::{MemoryKeychain, SetClock};
use usecases::two_step::{self, Setup};
use usecases::waits::Waits;
use wallet::testing::{FaultyDisk, MemoryDisk};
use wallet::{Body, Email, ItemId, KdfMemory, KdfParams, Password, SecretText, WalletId};

pub(crate) const START: i64 = 1_800_000_000;
pub(crate) const OLD: &str = "the first password of this wallet";
pub(crate) const NEW: &str = "another password, after the recovery";
pub(crate) const FOLDER: &str = "/wallets";
/// Where kits are made.
pub(crate) const STICK: &str = "/stick";

pub(crate) fn password(text: &str) -> Password {
    Password::typed(text.to_owned())
}

pub(crate) fn email(text: &str) -> Email {
    Email::parse(text).unwrap()
}

/// The code of this text.
pub(crate) fn code(text: &str) -> BackupCode {
    match TypedCode::parse(text).unwrap().read() {
        Reading::Code(code) => code,
        _ => panic!("{text} is not a code"),
    }
}

/// What is on the screen, sheet by sheet, as a person copies it.
pub(crate) fn shown(session: &Session) -> Vec<String> {
    let shown = session.shown().unwrap();
    let sheets = shown.legible(Duration::ZERO).unwrap();
    (0..shown.sheets().len())
        .map(|sheet| sheets.sheet(sheet).unwrap().expose().to_owned())
        .collect()
}

/// The group of the shown code that is asked back.
pub(crate) fn asked(session: &Session) -> String {
    asked_of(session, 0)
}

/// The group of this sheet on the screen that is asked back.
pub(crate) fn asked_of(session: &Session, sheet: usize) -> String {
    let shown = session.shown().unwrap();
    let asked = shown.sheets()[sheet].ask_group();
    let legible = shown.legible(Duration::ZERO).unwrap();
    legible.sheet(sheet).unwrap().groups()[asked - 1].to_owned()
}

pub(crate) fn name(text: &str) -> Identifier {
    code(text).identifier()
}

/// Another code of the same name: well-formed and wrong.
pub(crate) fn namesake(text: &str) -> BackupCode {
    let wanted = name(text);
    // The name is redrawn until it fits.
    BackupCode::generate(&mut StdRng::seed_from_u64(99), &|drawn| drawn != wanted)
}

/// A well-formed code that nobody issued.
pub(crate) fn stranger() -> BackupCode {
    BackupCode::generate(&mut StdRng::seed_from_u64(98), &|_| false)
}

/// One computer.
pub(crate) struct Desk {
    pub(crate) clock: SetClock,
    pub(crate) keychain: MemoryKeychain,
    pub(crate) disk: FaultyDisk<MemoryDisk>,
    pub(crate) rng: StdRng,
    pub(crate) memory: KdfMemory,
    /// The codes that the running program watches.
    pub(crate) watched: Vec<Watched>,
    pub(crate) waits: Waits,
}

/// The world of a desk, borrowing its parts one by one so that the waits stay free.
macro_rules! world {
    ($desk:expr) => {
        usecases::World {
            clock: &$desk.clock,
            watched: &$desk.watched,
            keychain: &$desk.keychain,
            disk: &$desk.disk,
            folder: std::path::Path::new($crate::desk::FOLDER),
            rng: &mut $desk.rng,
            memory: &mut $desk.memory,
        }
    };
}
pub(crate) use world;

impl Desk {
    pub(crate) fn new() -> Self {
        Self {
            clock: SetClock::at(START),
            keychain: MemoryKeychain::default(),
            disk: FaultyDisk::new(MemoryDisk::new()),
            rng: StdRng::seed_from_u64(1),
            memory: KdfMemory::simulated(),
            watched: Vec::new(),
            waits: Waits::default(),
        }
    }

    /// A desk with a wallet, signed in.
    pub(crate) fn with_wallet() -> (Self, Session) {
        let mut desk = Self::new();
        let session = desk.create("ada@example.com").unwrap();
        (desk, session)
    }

    /// The same computer after the program, or the power, came back: same disk and keychain, new
    /// waits.
    pub(crate) fn restart(&mut self) {
        self.waits = Waits::default();
        self.watched.clear();
    }

    /// The same, and the computer was started again as well.
    pub(crate) fn reboot(&mut self) {
        self.clock.reboot();
        self.restart();
    }

    /// A second computer with a copy of everything as it is now, nothing failing and nothing
    /// locked.
    pub(crate) fn fork(&self) -> Self {
        let mut fork = Self::new();
        fork.clock = self.clock.clone();
        for path in self.disk.inner().names() {
            let bytes = self.disk.inner().bytes(&path).unwrap();
            fork.disk.inner().put(&path, &bytes);
        }
        for wallet in self.wallets() {
            fork.keychain.put(wallet, self.keychain.stored(wallet));
        }
        fork.rng = StdRng::seed_from_u64(3);
        fork
    }

    pub(crate) fn wallets(&self) -> Vec<WalletId> {
        usecases::find::wallets(self.disk.inner(), Path::new(FOLDER))
            .unwrap()
            .known
            .iter()
            .map(|known| known.wallet)
            .collect()
    }

    pub(crate) fn record(&self, wallet: WalletId) -> Record {
        Record::parse(&self.keychain.stored(wallet).unwrap()).unwrap()
    }

    /// The names of the live codes, oldest first, with whether they are confirmed.
    pub(crate) fn live(&self, wallet: WalletId) -> Vec<(Identifier, bool)> {
        let record = self.record(wallet);
        record
            .codes
            .iter()
            .map(|entry| (entry.identifier, entry.confirmed))
            .collect()
    }

    pub(crate) fn file(&self, session: &Session) -> Vec<u8> {
        self.disk.inner().bytes(session.path()).unwrap()
    }

    pub(crate) fn generations(&self, path: &Path) -> Vec<PathBuf> {
        (1..=3)
            .map(|back| wallet::store::generation(path, back))
            .filter(|path| self.disk.inner().bytes(path).is_some())
            .collect()
    }

    pub(crate) fn create(&mut self, address: &str) -> Result<Session, CreateError> {
        create::create(
            &mut world!(self),
            email(address),
            &password(OLD),
            KdfParams::FLOOR,
        )
    }

    pub(crate) fn sign_in(&mut self, wallet: WalletId, text: &str) -> Result<Session, SignInError> {
        match self.first_step(wallet, text)? {
            Step::Open(mut session) => {
                self.refresh(&mut session);
                Ok(*session)
            }
            Step::Digits(_) => panic!("the digits are asked"),
        }
    }

    pub(crate) fn first_step(&mut self, wallet: WalletId, text: &str) -> Result<Step, SignInError> {
        sign_in::password(&mut world!(self), &self.waits, wallet, &password(text))
    }

    pub(crate) fn digits(
        &mut self,
        pending: &mut Option<Box<Pending>>,
        digits: &str,
    ) -> Result<Session, SignInError> {
        let waiting = pending.take().unwrap();
        match sign_in::digits(&mut world!(self), &self.waits, waiting, digits) {
            Ok(session) => Ok(session),
            Err(DigitsRefused {
                pending: kept,
                error,
            }) => {
                *pending = Some(kept);
                Err(error)
            }
        }
    }

    /// What the app does after each change: the kits are brought up to date.
    pub(crate) fn refresh(&mut self, session: &mut Session) {
        kits::refresh(&world!(self), session);
    }

    pub(crate) fn note(&mut self, session: &mut Session, title: &str) -> Result<ItemId, ItemError> {
        let saved = items::add(
            &mut world!(self),
            session,
            Body::note(
                SecretText::new(title.to_owned()),
                SecretText::new("text".to_owned()),
            ),
        );
        self.refresh(session);
        saved
    }

    pub(crate) fn identity(
        &mut self,
        session: &mut Session,
        text: &str,
        digits: Option<&str>,
    ) -> Result<(), IdentityError> {
        identity::confirm(
            &mut world!(self),
            &self.waits,
            session,
            &password(text),
            digits,
        )
    }

    /// Issues, with identity confirmed where it is not. Gives the code as shown.
    pub(crate) fn issue(
        &mut self,
        session: &mut Session,
        life: Life,
    ) -> Result<String, IssueError> {
        match self.issue_unasked(session, life, false) {
            Err(IssueError::Identity(_)) => {
                self.identity(session, OLD, None).unwrap();
                self.issue_unasked(session, life, false)
            }
            answer => answer,
        }
    }

    /// Issues a lasting code with a kit in [`STICK`]. Gives the code as shown.
    pub(crate) fn issue_with_kit(&mut self, session: &mut Session) -> Result<String, IssueError> {
        self.identity(session, OLD, None).unwrap();
        let terms = Terms {
            life: Life::UntilUsed,
            set: None,
            kit: Some(PathBuf::from(STICK)),
            pages: false,
        };
        let issued = issue::issue(&mut world!(self), session, &terms, false);
        self.refresh(session);
        issued?;
        Ok(shown(session).remove(0))
    }

    pub(crate) fn issue_unasked(
        &mut self,
        session: &mut Session,
        life: Life,
        sooner_is_fine: bool,
    ) -> Result<String, IssueError> {
        let terms = Terms {
            life,
            set: None,
            kit: None,
            pages: false,
        };
        let issued = issue::issue(&mut world!(self), session, &terms, sooner_is_fine);
        self.refresh(session);
        issued?;
        Ok(shown(session).remove(0))
    }

    pub(crate) fn keep(
        &mut self,
        session: &mut Session,
        proof: &Proof<'_>,
    ) -> Result<Kept, ConfirmError> {
        let kept = confirm::keep(&mut world!(self), session, proof);
        self.refresh(session);
        kept
    }

    pub(crate) fn confirm_group(
        &mut self,
        session: &mut Session,
        typed: &str,
    ) -> Result<Kept, ConfirmError> {
        self.keep(session, &Proof::Group { sheet: 0, typed })
    }

    pub(crate) fn confirm_whole(
        &mut self,
        session: &mut Session,
        text: &str,
    ) -> Result<Kept, ConfirmError> {
        self.keep(session, &Proof::Whole(&code(text)))
    }

    /// Issues a code and confirms it by its group.
    pub(crate) fn kept(&mut self, session: &mut Session, life: Life) -> String {
        let text = self.issue(session, life).unwrap();
        let group = asked(session);
        self.confirm_group(session, &group).unwrap();
        text
    }

    /// Confirms the password alone, whichever of the two it is.
    pub(crate) fn prove(&mut self, session: &mut Session) {
        let world = &mut world!(self);
        let is = |text: &&str, memory: &mut KdfMemory| {
            let verified = session.opened().verify_password(&password(text), memory);
            verified.unwrap()
        };
        let text = [OLD, NEW].into_iter().find(|text| is(text, world.memory));
        let proved =
            identity::confirm_password(world, &self.waits, session, &password(text.unwrap()));
        proved.unwrap();
    }

    pub(crate) fn discard(&mut self, session: &mut Session) -> Result<(), ConfirmError> {
        self.prove(session);
        let discarded = confirm::discard(&mut world!(self), session);
        self.refresh(session);
        discarded
    }

    pub(crate) fn check(
        &mut self,
        session: &mut Session,
        code: &BackupCode,
    ) -> Result<Works, Refusal> {
        self.check_tried(session, code, Tried::Counts)
    }

    pub(crate) fn check_tried(
        &mut self,
        session: &mut Session,
        code: &BackupCode,
        tried: Tried,
    ) -> Result<Works, Refusal> {
        let checked = check::check(&mut world!(self), &self.waits, session, code, tried);
        self.refresh(session);
        checked
    }

    pub(crate) fn accept(
        &mut self,
        wallet: Option<WalletId>,
        code: &BackupCode,
    ) -> Result<Acceptance, AcceptError> {
        self.accept_tried(wallet, code, Tried::Counts)
    }

    pub(crate) fn accept_tried(
        &mut self,
        wallet: Option<WalletId>,
        code: &BackupCode,
        tried: Tried,
    ) -> Result<Acceptance, AcceptError> {
        let world = world!(self);
        let wallet = redeem::wallet_of(&world, &self.waits, wallet, code, tried)?;
        let code = self::code(code.expose());
        redeem::accept(&world, &self.waits, wallet, code, tried)
    }

    pub(crate) fn commit(
        &mut self,
        acceptance: &mut Option<Acceptance>,
        choice: &Choice,
    ) -> Result<Session, RedeemError> {
        let accepted = acceptance.take().unwrap();
        let params = KdfParams::FLOOR;
        match redeem::commit(&mut world!(self), &self.waits, accepted, choice, params) {
            Ok(mut session) => {
                self.refresh(&mut session);
                Ok(session)
            }
            Err(NotRedeemed {
                acceptance: kept,
                error,
            }) => {
                *acceptance = kept.map(|kept| *kept);
                Err(error)
            }
        }
    }

    /// Accepts the code and commits it with a new password.
    pub(crate) fn redeem(&mut self, wallet: WalletId, text: &str) -> Result<Session, AcceptError> {
        let mut acceptance = Some(self.accept(Some(wallet), &code(text))?);
        Ok(self
            .commit(&mut acceptance, &Choice::New(password(NEW)))
            .unwrap())
    }

    pub(crate) fn revoke(
        &mut self,
        session: &mut Session,
        identifier: Identifier,
    ) -> Result<(), RevokeError> {
        self.prove(session);
        let revoked = revoke::revoke(&mut world!(self), session, identifier);
        self.refresh(session);
        revoked
    }

    pub(crate) fn change_password(
        &mut self,
        session: &mut Session,
        current: &str,
        next: &str,
    ) -> Result<(), PasswordChangeError> {
        self.change_password_with(session, (current, None), next)
    }

    pub(crate) fn change_password_with(
        &mut self,
        session: &mut Session,
        (current, digits): (&str, Option<&str>),
        next: &str,
    ) -> Result<(), PasswordChangeError> {
        let changed = password_change::change(
            &mut world!(self),
            &self.waits,
            session,
            (&password(current), digits),
            &password(next),
            KdfParams::FLOOR,
        );
        self.refresh(session);
        changed
    }

    pub(crate) fn clock_now(&self) -> wallet::Timestamp {
        self.clock.now()
    }

    pub(crate) fn watch(&mut self, wallet: WalletId) -> Vec<Watched> {
        expire::watch(&world!(self), wallet).unwrap()
    }

    pub(crate) fn sweep(
        &mut self,
        watched: &mut Vec<Watched>,
        mut session: Option<&mut Session>,
    ) -> Result<Vec<Identifier>, RecordError> {
        let mut ended = Ok(Vec::new());
        expire::sweep(self.clock.since_boot(), watched, |code| {
            let open = session.as_deref_mut();
            let open = open.filter(|open| open.wallet() == code.wallet());
            let expiry = expire::end(&mut world!(self), code, open, false);
            match (&expiry, &mut ended) {
                (Ok(Expiry::Erased), Ok(ended)) => ended.push(code.identifier()),
                (Err(error), _) => ended = Err(*error),
                _ => {}
            }
            expiry
        });
        ended
    }

    pub(crate) fn state(&mut self, session: &Session) -> CodeState {
        code_state(&world!(self), session)
    }

    /// Turns two-step verification on, and lets the digits that were used pass. Gives the
    /// authenticator.
    pub(crate) fn two_step(&mut self, session: &mut Session) -> totp_rs::Totp {
        let setup = Setup::begin(&mut world!(self), session).unwrap();
        let totp = authenticator(&setup);
        let digits = self.digits_of(&totp);
        two_step::confirm(&mut world!(self), &self.waits, session, &setup, &digits).unwrap();
        self.clock.pass(30);
        totp
    }

    pub(crate) fn begin_two_step_refused(&mut self, session: &Session) -> two_step::TwoStepError {
        Setup::begin(&mut world!(self), session).err().unwrap()
    }

    /// Signs in with password and digits.
    pub(crate) fn sign_in_with(
        &mut self,
        wallet: WalletId,
        text: &str,
        authenticator: &totp_rs::Totp,
    ) -> Session {
        let Ok(Step::Digits(pending)) = self.first_step(wallet, text) else {
            panic!("the digits are asked");
        };
        let digits = self.digits_of(authenticator);
        self.digits(&mut Some(pending), &digits).unwrap()
    }

    pub(crate) fn begin_two_step(&mut self, session: &Session) -> Setup {
        Setup::begin(&mut world!(self), session).unwrap()
    }

    pub(crate) fn confirm_two_step(
        &mut self,
        session: &mut Session,
        setup: &Setup,
        digits: &str,
    ) -> Result<(), two_step::TwoStepError> {
        two_step::confirm(&mut world!(self), &self.waits, session, setup, digits)
    }

    pub(crate) fn digits_of(&self, totp: &totp_rs::Totp) -> String {
        let now = u64::try_from(self.clock.now().0).unwrap();
        totp.generate(now).to_string()
    }

    /// Whether the code would be accepted here and now, asked of a copy.
    pub(crate) fn accepts(&self, text: &str) -> bool {
        let mut fork = self.fork();
        let accepted = fork.accept(None, &code(text));
        accepted.is_ok()
    }

    /// Whether the password opens the wallet here and now, asked of a copy.
    pub(crate) fn opens(&self, wallet: WalletId, text: &str) -> bool {
        let mut fork = self.fork();
        fork.first_step(wallet, text).is_ok()
    }
}

/// The authenticator app that scanned the QR code.
pub(crate) fn authenticator(setup: &Setup) -> totp_rs::Totp {
    totp_rs::Totp::from_url(&*setup.address().unwrap()).unwrap()
}
