//! The program: the use cases with the real adapters, in a process of its own.

use std::path::{Path, PathBuf};
use std::time::Duration;

use code::{BackupCode, Reading, TypedCode};
use platform::clock::SystemClock;
use platform::keychain::{PATIENCE, SystemKeychain};
use platform::random::{SystemRandom, system_random};
use usecases::confirm::Proof;
use usecases::issue::{Terms, issue};
use usecases::judge::{Refusal, Refused, Tried};
use usecases::life::Life;
use usecases::ports::Clock;
use usecases::record::{End, Record};
use usecases::redeem::{AcceptError, Choice};
use usecases::restore::{Destination, Restoration};
use usecases::session::Session;
use usecases::sign_in::Step;
use usecases::waits::Waits;
use usecases::{
    World, confirm, create, find, identity, items, password_change, redeem, restore, revoke,
    sign_in,
};
use wallet::disk::RealDisk;
use wallet::{Body, Email, KdfMemory, KdfParams, Password, SecretText, Timestamp, WalletId, store};

use crate::notebook::{self, Line, Notebook};
use crate::stage::{self, ACT, FOLDER};

/// Printed where what was under way at the kill is done.
pub(crate) const NEW: &str = "it is done";

const FIRST: &str = "the first password of this wallet";
const NEXT: &str = "another password of this wallet";
const NOTE: &str = "what must not be lost";

#[test]
#[ignore = "the other tests run it as a child process"]
fn runs() {
    let folder = PathBuf::from(std::env::var_os(FOLDER).unwrap());
    let mut program = Program::start(folder);
    let act = std::env::var(ACT).unwrap();
    match act.split_once(' ').unwrap_or((&act, "")) {
        ("prepare", state) => program.prepare(state),
        ("do", operation) => program.operate(operation),
        ("expect", state) => program.expect(state),
        ("work", _) => program.work(),
        ("look", _) => program.look(),
        (other, _) => panic!("{other} is nothing to do"),
    }
}

/// The system's clock, some time later.
struct Later(i64);

impl Clock for Later {
    fn now(&self) -> Timestamp {
        SystemClock.now().saturating_add(self.0)
    }

    fn since_boot(&self) -> Duration {
        SystemClock.since_boot()
    }

    fn boot(&self) -> Option<u32> {
        SystemClock.boot()
    }
}

struct Program {
    clock: Later,
    keychain: SystemKeychain,
    random: SystemRandom,
    memory: KdfMemory,
    waits: Waits,
    wallets: PathBuf,
    notebook: PathBuf,
}

/// The program's world. It borrows the parts one by one so that the waits stay free.
macro_rules! world {
    ($program:expr) => {
        World {
            clock: &$program.clock,
            watched: &[],
            keychain: &$program.keychain,
            disk: &RealDisk,
            folder: &$program.wallets,
            rng: &mut $program.random,
            memory: &mut $program.memory,
        }
    };
}

impl Program {
    fn start(folder: PathBuf) -> Self {
        let wallets = folder.join("wallets");
        std::fs::create_dir_all(&wallets).unwrap();
        Self {
            clock: Later(0),
            keychain: SystemKeychain::new(PATIENCE),
            random: system_random().unwrap(),
            memory: KdfMemory::new(),
            waits: Waits::default(),
            wallets,
            notebook: stage::notebook(folder),
        }
    }

    /// Makes a wallet with a note and a confirmed code. Some states add an unconfirmed code.
    fn prepare(&mut self, state: &str) {
        let email = Email::parse("ada@example.com").unwrap();
        let mut session =
            create::create(&mut world!(self), email, &password(FIRST), KdfParams::FLOOR).unwrap();
        self.write(&Line::Password(FIRST));
        let (title, text) = (
            SecretText::new(NOTE.to_owned()),
            SecretText::new(String::new()),
        );
        items::add(&mut world!(self), &mut session, Body::note(title, text)).unwrap();
        let kit = (state == "kit").then(|| self.wallets.clone());
        self.issue_with(&mut session, FIRST, Life::UntilUsed, kit);
        self.confirm(&mut session);
        match state {
            "confirmed" | "kit" => {}
            "unconfirmed" => self.issue(&mut session, FIRST, Life::UntilUsed),
            "timed" => self.issue(&mut session, FIRST, Life::TwoHours),
            other => panic!("{other} is no state"),
        }
    }

    /// Runs the operation in which the program is killed.
    fn operate(&mut self, operation: &str) {
        let known = self.known();
        if operation == "redeem" {
            let code = known.confirmed.unwrap();
            drop(self.redeem(&code, NEXT));
            return;
        }
        if operation == "restore" {
            return self.restore(&known.confirmed.unwrap());
        }
        if operation == "expire" {
            self.clock = Later(3 * 3_600);
        }
        let mut session = self.sign_in(FIRST);
        match operation {
            "issue" => self.issue(&mut session, FIRST, Life::UntilUsed),
            "confirm" => {
                let code = parse(&known.shown.unwrap());
                confirm::keep(&mut world!(self), &mut session, &Proof::Whole(&code))
                    .map(drop)
                    .unwrap();
            }
            "revoke" => {
                let identifier = parse(&known.confirmed.unwrap()).identifier();
                let (world, waits) = (&mut world!(self), &self.waits);
                identity::confirm_password(world, waits, &mut session, &password(FIRST)).unwrap();
                revoke::revoke(world, &mut session, identifier).unwrap();
            }
            "password" => self.change_password(&mut session, FIRST, NEXT),
            "expire" => {}
            other => panic!("{other} is no operation"),
        }
    }

    /// Asserts that the restarted program is in one complete state, which fits the person's code.
    fn expect(&mut self, state: &str) {
        let known = self.known();
        let (confirmed, shown) = (known.confirmed.unwrap(), known.shown);
        let shown = shown.as_deref();
        let mut password = FIRST;
        let mut live = vec![confirmed.as_str()];
        let mut ended = Vec::new();
        match state {
            "both codes" => live.extend(shown),
            // A new code that works but was never shown replaced the unconfirmed one.
            "issued" => ended.extend(shown.map(|code| (code, End::Replaced))),
            "confirmed" => {
                live = shown.into_iter().collect();
                ended.push((&confirmed, End::Replaced));
            }
            "revoked" => {
                live.clear();
                ended.push((&confirmed, End::Revoked));
            }
            "over" | "expired" => {
                self.clock = Later(3 * 3_600);
                ended.extend(shown.map(|code| (code, End::Expired)));
            }
            "password changed" => {
                password = NEXT;
                live.extend(shown);
            }
            "redeemed" | "restored" => {
                password = NEXT;
                live.clear();
                ended.push((&confirmed, End::Used));
            }
            other => panic!("{other} is no state"),
        }

        for signed_in in [false, true] {
            self.opens_only_with(password);
            for code in &live {
                self.accept(code).map(drop).unwrap();
            }
            for (code, end) in &ended {
                self.has_ended(code, *end);
            }
            if !signed_in {
                let session = self.sign_in(password);
                // Exposed for the comparison.
                assert_eq!(session.items()[0].present.body.title.expose(), NOTE);
            }
        }
        let record = Record::read(&self.keychain, self.wallet())
            .unwrap()
            .unwrap();
        assert!(record.intent.is_none());
        if matches!(state, "redeemed" | "restored") {
            for back in 1..=store::GENERATIONS {
                assert!(!store::generation(&self.path(), back).exists());
            }
        }
        if let Some(code) = live.last() {
            self.redeem(code, "the last password of this wallet");
        }
    }

    /// Works until it is killed and notes everything that the person learns.
    fn work(&mut self) {
        let mut text = self.known().password;
        let mut session = self.sign_in(&text);
        for round in 0.. {
            self.issue(&mut session, &text, Life::UntilUsed);
            self.confirm(&mut session);
            let next = format!(
                "password of round {round} in process {}",
                std::process::id()
            );
            if round % 2 == 0 {
                self.write(&Line::Next(&next));
                self.change_password(&mut session, &text, &next);
                self.write(&Line::Password(&next));
            } else {
                drop(session);
                let code = self.known().confirmed.unwrap();
                self.write(&Line::Redeeming(&next));
                session = self.redeem(&code, &next);
                self.write(&Line::Redeemed);
            }
            text = next;
        }
    }

    /// Asserts that the state after a kill is exactly one of those that the notebook allows, and
    /// notes which.
    fn look(&mut self) {
        let known = self.known();
        let passwords = [Some(known.password.clone()), known.next.clone()];
        let mut opening = passwords.iter().flatten().filter(|text| self.opens(text));
        let text = opening.next().unwrap().clone();
        assert!(opening.next().is_none(), "both passwords open the wallet");
        let redeemed = known.redeeming && known.next.as_ref() == Some(&text);

        let works = |program: &mut Self, code: &Option<String>| {
            code.as_ref()
                .is_some_and(|code| program.accept(code).is_ok())
        };
        for _ in 0..2 {
            let confirmed = works(self, &known.confirmed);
            let shown = works(self, &known.shown);
            if redeemed {
                self.has_ended(known.confirmed.as_ref().unwrap(), End::Used);
                assert!(!shown);
            } else if known.confirming {
                assert!(shown, "the code that was being confirmed works");
            } else {
                assert_eq!(confirmed, known.confirmed.is_some());
                if shown != known.shown.is_some() {
                    assert!(known.issuing, "the code that was shown last works");
                    // It was replaced by one that stands and did not come on the screen.
                    self.has_ended(known.shown.as_ref().unwrap(), End::Replaced);
                }
            }
            drop(self.sign_in(&text));
        }

        // The state from now on.
        let confirmed = works(self, &known.confirmed);
        let shown = works(self, &known.shown);
        if known.next.as_ref() == Some(&text) || known.confirming && self.is_confirmed(&known) {
            println!("{NEW}");
        }
        std::fs::remove_file(&self.notebook).unwrap();
        self.write(&Line::Password(&text));
        if confirmed {
            self.write(&Line::Shown(known.confirmed.as_ref().unwrap()));
            self.write(&Line::Confirmed);
        }
        if shown {
            self.write(&Line::Shown(known.shown.as_ref().unwrap()));
            if !confirmed && known.confirming {
                self.write(&Line::Confirmed);
            }
        }
    }

    /// Returns whether the record says that the code that was shown last is confirmed.
    fn is_confirmed(&self, known: &Notebook) -> bool {
        let record = Record::read(&self.keychain, self.wallet()).unwrap();
        let shown = known.shown.as_deref().map(|text| parse(text).identifier());
        record.is_some_and(|record| {
            let mut codes = record.codes.iter();
            codes.any(|entry| Some(entry.identifier) == shown && entry.confirmed)
        })
    }

    fn write(&self, line: &Line<'_>) {
        notebook::write(&self.notebook, line);
    }

    fn known(&self) -> Notebook {
        notebook::read(&self.notebook)
    }

    fn wallet(&self) -> WalletId {
        let known = find::wallets(&RealDisk, &self.wallets).unwrap().known;
        assert_eq!(known.len(), 1);
        known[0].wallet
    }

    fn path(&self) -> PathBuf {
        store::path(&self.wallets, self.wallet())
    }

    fn sign_in(&mut self, text: &str) -> Session {
        let wallet = self.wallet();
        let step = sign_in::password(&mut world!(self), &self.waits, wallet, &password(text));
        match step.unwrap() {
            Step::Open(session) => *session,
            Step::Digits(_) => panic!("two-step verification is off"),
        }
    }

    /// Tries the password on the file itself, so that no attempt is counted.
    fn opens(&mut self, text: &str) -> bool {
        opens(&self.path(), text, &mut self.memory)
    }

    fn opens_only_with(&mut self, text: &str) {
        for candidate in [FIRST, NEXT] {
            assert_eq!(self.opens(candidate), candidate == text, "{candidate}");
        }
    }

    fn issue(&mut self, session: &mut Session, text: &str, life: Life) {
        self.issue_with(session, text, life, None);
    }

    /// Does the same with a kit in this folder.
    fn issue_with(&mut self, session: &mut Session, text: &str, life: Life, kit: Option<PathBuf>) {
        let (world, waits) = (&mut world!(self), &self.waits);
        identity::confirm(world, waits, session, &password(text), None).unwrap();
        let terms = Terms {
            life,
            set: None,
            kit,
            pages: false,
        };
        notebook::write(&self.notebook, &Line::Issuing);
        issue(world, session, &terms, true).unwrap();
        let shown = session.shown().unwrap();
        let sheets = shown.legible(self.clock.since_boot()).unwrap();
        // Exposed because the person copies it.
        let text = sheets.sheet(0).unwrap().expose().to_owned();
        self.write(&Line::Shown(&text));
    }

    /// Restores the wallet from its kit and replaces the one that is here.
    fn restore(&mut self, code: &str) {
        let code = parse(code);
        let folder = self.wallets.join(kit::folder_name(code.identifier()));
        let file = |name: &str| std::fs::read(folder.join(name)).unwrap();
        let (identity, wallet) = (file(kit::IDENTITY_FILE), file(kit::WALLET_FILE));
        let contents = kit::open(&identity, &wallet, &code).unwrap();
        let restoration = Restoration::new(contents, code.identifier());
        let to = Some(Destination::Replacing(self.wallet()));
        let (next, params) = (password(NEXT), KdfParams::FLOOR);
        restore::restore(&mut world!(self), restoration, to, &next, params)
            .map(drop)
            .map_err(|failed| failed.error)
            .unwrap();
    }

    fn confirm(&mut self, session: &mut Session) {
        let shown = session.shown().unwrap();
        let asked = shown.sheets()[0].ask_group();
        let sheets = shown.legible(self.clock.since_boot()).unwrap();
        let typed = &sheets.sheet(0).unwrap().groups()[asked - 1].to_owned();
        self.write(&Line::Confirming);
        confirm::keep(
            &mut world!(self),
            session,
            &Proof::Group { sheet: 0, typed },
        )
        .map(drop)
        .unwrap();
        self.write(&Line::Confirmed);
    }

    fn change_password(&mut self, session: &mut Session, from: &str, to: &str) {
        let (world, waits) = (&mut world!(self), &self.waits);
        let (from, to) = (password(from), password(to));
        password_change::change(world, waits, session, (&from, None), &to, KdfParams::FLOOR)
            .unwrap();
    }

    fn accept(&mut self, code: &str) -> Result<redeem::Acceptance, AcceptError> {
        let (code, tried) = (parse(code), Tried::Counts);
        let world = &world!(self);
        let wallet = redeem::wallet_of(world, &self.waits, None, &code, tried)?;
        redeem::accept(world, &self.waits, wallet, code, tried)
    }

    fn redeem(&mut self, code: &str, next: &str) -> Session {
        let accepted = self.accept(code).unwrap();
        let choice = Choice::New(password(next));
        let (world, waits) = (&mut world!(self), &self.waits);
        redeem::commit(world, waits, accepted, &choice, KdfParams::FLOOR)
            .map_err(|failed| failed.error)
            .unwrap()
    }

    fn has_ended(&mut self, code: &str, end: End) {
        match self.accept(code).err() {
            Some(AcceptError::Refused(Refusal::Code(Refused::Ended(ended, _)))) => {
                assert_eq!(ended.state, end);
            }
            Some(other) => panic!("{other}"),
            None => panic!("the code works"),
        }
    }
}

fn opens(path: &Path, text: &str, memory: &mut KdfMemory) -> bool {
    let sealed = store::load(&RealDisk, path).unwrap();
    sealed.open_with_password(&password(text), memory).is_ok()
}

fn password(text: &str) -> Password {
    Password::typed(text.to_owned())
}

fn parse(text: &str) -> BackupCode {
    match TypedCode::parse(text).unwrap().read() {
        Reading::Code(code) => code,
        _ => panic!("the notebook has a code"),
    }
}
