//! When each thing that the app says is true. The matches have no wildcard, so that the compiler
//! asks for a rule whenever the app learns to say something new.

use std::path::Path;
use std::time::Duration;

use usecases::check::{KitCheck, Works};
use usecases::confirm::ConfirmError;
use usecases::create::CreateError;
use usecases::find::FindError;
use usecases::identity::IdentityError;
use usecases::issue::IssueError;
use usecases::items::ItemError;
use usecases::judge::{Refusal, Refused};
use usecases::kits::{KitError, MoveError};
use usecases::mend::MendError;
use usecases::older::OlderError;
use usecases::pages::PagesError;
use usecases::password_change::PasswordChangeError;
use usecases::record::RecordError;
use usecases::redeem::{AcceptError, RedeemError};
use usecases::remake::RemakeError;
use usecases::restore::RestoreError;
use usecases::revoke::RevokeError;
use usecases::session::{InPlace, NotSaved, SaveError};
use usecases::shown::NotLegible;
use usecases::sign_in::SignInError;
use usecases::state::{CodeState, LiveCode};
use usecases::two_step::TwoStepError;
use wallet::store::{LoadError, LockError, NotReplaced};
use wallet::{OpenError, SetPasswordError, WalletId};

use crate::around::Around;
use crate::oracle::{Broken, Opens, Verdict};
use crate::task::{CodeNumber, CopyError, PasswordNumber, Shows, Task};
use crate::truth::{KEPT, LIVE, REVOKED, WORKS};

/// Says that a word is false, unless it holds.
fn holds(is_true: bool, word: &str) -> Verdict {
    match is_true {
        true => Ok(()),
        false => Err(Broken::FalseWord(word.to_owned())),
    }
}

/// Said of something that cannot happen here.
fn never(word: &str) -> Verdict {
    holds(false, word)
}

fn record(it: &Around<'_>, error: RecordError) -> Verdict {
    match error {
        RecordError::Keychain(_) => holds(it.keychain, "the keychain failed"),
        RecordError::Damaged => never("the record is damaged"),
        RecordError::NewerVersion => never("the record is of a newer version"),
        RecordError::Disk(_) => holds(it.disk, "the disk did not confirm"),
    }
}

fn load(it: &Around<'_>, wallet: Option<WalletId>, error: &LoadError) -> Verdict {
    let here = wallet.and_then(|wallet| it.of(wallet));
    let damaged = here.is_some_and(|here| here.damaged);
    match error {
        LoadError::Missing => {
            let missing = here.is_none_or(|here| here.file.is_empty());
            holds(
                missing || damaged || it.below || it.others,
                "there is no wallet file",
            )
        }
        LoadError::Io(_) => holds(it.disk, "the wallet file cannot be read"),
        LoadError::Format(_) => holds(damaged || it.below, "the wallet file is malformed"),
    }
}

fn find(it: &Around<'_>, wallet: Option<WalletId>, error: &FindError) -> Verdict {
    match error {
        FindError::Load(error) => load(it, wallet, error),
        FindError::Folder(_) => holds(it.disk, "the folder cannot be read"),
    }
}

fn lock(it: &Around<'_>, error: &LockError) -> Verdict {
    match error {
        LockError::Busy => holds(it.others, "the wallet is in use by another program"),
        LockError::ReadOnly(_) | LockError::Io(_) => holds(it.disk, "the lock cannot be taken"),
    }
}

/// The same for what is done beside an open wallet, whose lock is held.
fn own_lock(it: &Around<'_>, error: &LockError) -> Verdict {
    match it.belief.holds_a_lock() {
        true => Ok(()),
        false => lock(it, error),
    }
}

fn not_saved(it: &Around<'_>, error: &NotSaved) -> Verdict {
    match error {
        NotSaved::ReadOnly(_) => {
            let read_only = it.open().is_some_and(|open| open.read_only);
            holds(read_only, "the wallet is open for reading only")
        }
        NotSaved::Seal(_) => never("the contents cannot be sealed"),
        NotSaved::Replace(error) => not_replaced(it, error),
    }
}

fn not_replaced(it: &Around<'_>, error: &NotReplaced) -> Verdict {
    match error {
        NotReplaced::TooLarge => never("the wallet file would be too large"),
        NotReplaced::Io(_) | NotReplaced::NotKept => holds(it.disk, "the disk refused"),
    }
}

fn in_place(it: &Around<'_>, error: &InPlace) -> Verdict {
    match error {
        InPlace::NotVerified(_) => holds(it.disk, "the disk did not confirm"),
        InPlace::Load(_) => holds(it.disk || it.below, "the new file cannot be read"),
        InPlace::Open(_) => holds(it.below, "the new file did not open"),
    }
}

fn save(it: &Around<'_>, error: &SaveError) -> Verdict {
    match error {
        SaveError::NotSaved(error) => not_saved(it, error),
        SaveError::InPlace(error) => in_place(it, error),
    }
}

fn wait(it: &Around<'_>, wallet: Option<WalletId>, code: bool) -> Verdict {
    holds(it.may_have_to_wait(wallet, code), "the try came too early")
}

/// The password is not that of the file, or of the open wallet.
fn wrong_password(it: &Around<'_>, wallet: WalletId, password: PasswordNumber) -> Verdict {
    let here = it.of(wallet);
    let opens = here.is_some_and(|here| {
        !here.damaged
            && !here.file.is_empty()
            && here.file.iter().all(|file| file.password == password)
    });
    if opens && !it.below {
        return Err(Broken::Lost(format!(
            "the newest password, {password}, is refused"
        )));
    }
    Ok(())
}

fn open(it: &Around<'_>, wallet: WalletId, error: &OpenError) -> Verdict {
    let damaged = it.of(wallet).is_some_and(|here| here.damaged);
    match error {
        OpenError::WrongPassword | OpenError::WrongCode | OpenError::NoSuchSlot => {
            never("a slot that was not tried does not open")
        }
        OpenError::Damaged => holds(damaged || it.below, "the wallet is damaged"),
        OpenError::NewerVersion => never("the contents are of a newer version"),
        OpenError::OutOfMemory => never("there is no memory"),
    }
}

fn identity_needed(it: &Around<'_>, full: bool) -> Verdict {
    let over = it.open().is_none_or(|open| {
        let (at_least, _) = match full {
            true => open.full,
            false => (open.password.0.max(open.full.0), 0),
        };
        it.span.to.since_boot >= at_least
    });
    holds(over, "identity has to be proved again")
}

/// A code was judged and refused.
fn refused(it: &Around<'_>, wallet: WalletId, code: CodeNumber, word: &Refused) -> Verdict {
    let foreign = it
        .oracle
        .codes
        .get(&code)
        .is_none_or(|facts| facts.wallet != wallet);
    if !foreign && !it.others && it.opens(code) == Opens::Must {
        return Err(Broken::Lost(format!(
            "code {code} works, and is refused: {word:?}"
        )));
    }
    match word {
        Refused::Ended(ended) => holds(
            it.may_have_ended(wallet, code, Around::end_of(ended.state)),
            "the code has ended so",
        ),
        Refused::OtherWallet { wallet: other, .. } => holds(
            *other != wallet && (foreign || it.may_be_unknown(wallet, code)),
            "the code is for another wallet",
        ),
        Refused::Unknown { .. } => holds(
            foreign || it.may_be_unknown(wallet, code),
            "no wallet here knows the code",
        ),
        Refused::CandidateWrong { .. } => never("a candidate is wrong"),
        Refused::WithoutKeychain { .. } => {
            let slot = it.of(wallet).is_some_and(|here| here.slot(code).1);
            holds(
                (slot || it.below) && it.may_be_unknown(wallet, code),
                "the keychain does not know the code",
            )
        }
        Refused::WithoutSlot { .. } => {
            let surely = it.of(wallet).is_some_and(|here| here.slot(code).0);
            holds(
                (!surely || it.below) && it.may_be_live(wallet, code),
                "the wallet file is an older copy",
            )
        }
        Refused::ClockBehind { .. } => holds(
            it.oracle.may_be_behind(it.computer, code, it.span),
            "the clock is behind",
        ),
    }
}

fn refusal(it: &Around<'_>, wallet: WalletId, code: CodeNumber, word: &Refusal) -> Verdict {
    match word {
        Refusal::Code(word) => refused(it, wallet, code, word),
        Refusal::Wait(_) => {
            let any = it.may_have_to_wait(Some(wallet), true) || it.may_have_to_wait(None, true);
            holds(any, "the try came too early")
        }
        Refusal::Record(error) => record(it, *error),
        Refusal::Find(error) => find(it, Some(wallet), error),
        Refusal::Slot(_) => {
            let damaged = it.of(wallet).is_some_and(|here| here.damaged);
            holds(damaged || it.below, "the slot does not open")
        }
    }
}

/// [`Task::Create`].
pub fn create(it: &Around<'_>, email: usize, error: &CreateError) -> Verdict {
    match error {
        CreateError::EmailTaken => {
            let mut here = it.oracle.here.iter();
            let taken = here.any(|((on, _), here)| *on == it.computer && here.email == email);
            holds(taken || it.others, "the e-mail is taken")
        }
        CreateError::Kdf(_) => never("the key cannot be derived"),
        CreateError::Folder(_) => holds(it.disk, "the folder cannot be read"),
        CreateError::Lock(error) => lock(it, error),
        CreateError::Save(error) => save(it, error),
    }
}

/// [`Task::SignIn`], [`Task::Digits`] and [`Task::Uncover`].
pub fn sign_in(
    it: &Around<'_>,
    wallet: WalletId,
    password: Option<PasswordNumber>,
    digits: Option<bool>,
    error: &SignInError,
) -> Verdict {
    match error {
        SignInError::Wait(_) => wait(it, Some(wallet), false),
        SignInError::WrongPassword { .. } => match password {
            Some(password) => wrong_password(it, wallet, password),
            None => never("wrong password"),
        },
        SignInError::WrongDigits { .. } => holds(digits != Some(true), "the six digits are wrong"),
        SignInError::DigitsNeeded => holds(digits.is_none(), "the six digits are needed"),
        SignInError::DigitsUsed => holds(digits.is_some(), "the six digits were used"),
        SignInError::Find(error) => find(it, Some(wallet), error),
        SignInError::Lock(error) => lock(it, error),
        SignInError::Open(error) => open(it, wallet, error),
    }
}

/// [`Task::Identity`].
pub fn identity(
    it: &Around<'_>,
    password: PasswordNumber,
    digits: Option<bool>,
    error: &IdentityError,
) -> Verdict {
    let Some(open) = it.open() else {
        return never("identity without an open wallet");
    };
    match error {
        IdentityError::Wait(_) => wait(it, Some(open.wallet), false),
        IdentityError::WrongPassword { .. } => {
            holds(open.mine.password != password, "the password is wrong")
        }
        IdentityError::DigitsNeeded => holds(
            open.mine.authenticator.is_some() && digits.is_none(),
            "the six digits are needed",
        ),
        IdentityError::WrongDigits { .. } => {
            holds(digits != Some(true), "the six digits are wrong")
        }
        IdentityError::DigitsUsed => holds(digits.is_some(), "the six digits were used"),
        IdentityError::Kdf(_) => never("the key cannot be derived"),
    }
}

/// [`Task::SaveNote`] and [`Task::DeleteNote`].
pub fn item(it: &Around<'_>, error: &ItemError) -> Verdict {
    match error {
        ItemError::NotFound => never("no such item"),
        ItemError::TooLong => never("the note is too long"),
        ItemError::Save(error) => save(it, error),
    }
}

/// [`Task::Issue`].
pub fn issue(it: &Around<'_>, task: &Task, error: &IssueError) -> Verdict {
    let Task::Issue {
        life, kit, pages, ..
    } = task
    else {
        return never("issue");
    };
    let timed = *life != usecases::life::Life::UntilUsed;
    match error {
        IssueError::Identity(_) => identity_needed(it, true),
        IssueError::DiesSooner {
            identifier,
            old,
            new,
        } => {
            let Some(open) = it.open() else {
                return never("a live code without an open wallet");
            };
            // A code that was never shown is not known here.
            let known = it.oracle.named(open.wallet, *identifier);
            let lives = known.is_none_or(|code| it.may_be_live(open.wallet, code));
            let sooner = match (new, old) {
                (Some(new), Some(old)) => new < old,
                (Some(_), None) => true,
                (None, _) => false,
            };
            let same = known.is_none_or(|code| {
                it.oracle.codes.get(&code).and_then(|it| it.expires) == old.map(|it| it.0)
            });
            holds(lives && sooner && same, "the new code would die sooner")
        }
        IssueError::Record(error) => record(it, *error),
        IssueError::Verifier(_) => never("no memory to hash the code"),
        IssueError::Save(error) => save(it, error),
        IssueError::CopyOutlives => holds(timed && (*kit || *pages), "a copy would outlive it"),
        IssueError::Kit(error) => kit_error(it, error),
        IssueError::Folder(_) => holds(it.disk, "the folder cannot be read"),
    }
}

fn kit_error(it: &Around<'_>, error: &KitError) -> Verdict {
    match error {
        KitError::Folder => never("the folder's path cannot be remembered"),
        KitError::Disk(_) => holds(it.stick, "the kit cannot be read or written"),
        KitError::Write(_) => never("the kit cannot be made"),
        KitError::Reopen(_) | KitError::NotKept => holds(it.stick, "the kit does not open"),
    }
}

/// [`Task::CopyDown`].
pub fn legible(it: &Around<'_>, error: NotLegible) -> Verdict {
    let shown = it.open().and_then(|open| open.screen.as_ref());
    match error {
        NotLegible::NotShown => never("no such sheet is shown"),
        NotLegible::Covered => {
            let covered = shown.is_none_or(|it_| it.span.to.since_boot >= it_.covered.0);
            holds(covered, "the code is covered")
        }
    }
}

/// [`Task::Keep`] and [`Task::Discard`].
pub fn confirm(it: &Around<'_>, task: &Task, error: &ConfirmError) -> Verdict {
    let Some(open) = it.open() else {
        return never("confirmed without an open wallet");
    };
    let screen = open.screen.as_ref();
    match error {
        ConfirmError::Identity(_) => identity_needed(it, false),
        ConfirmError::NothingShown => {
            let of_sheet = match task {
                Task::Keep(Shows::Group { sheet, .. }) => {
                    screen.is_none_or(|screen| *sheet >= screen.sheets)
                }
                _ => screen.is_none(),
            };
            holds(of_sheet, "no such sheet is shown")
        }
        ConfirmError::WrongGroup => {
            let right = matches!(task, Task::Keep(Shows::Group { right: true, .. }));
            holds(!right, "that is not the group")
        }
        ConfirmError::WrongCode => match task {
            // Nothing waits to be confirmed.
            Task::Discard => {
                let here = it.of(open.wallet);
                let waits = here.is_some_and(|here| {
                    here.live().into_iter().any(|code| {
                        let (_, over) = it.oracle.over(code, it.span, Some(it.belief));
                        here.status(code) == LIVE && here.slot(code).0 && !over
                    })
                });
                holds(!waits || it.below, "no code waits to be confirmed")
            }
            Task::Keep(Shows::Whole(text)) => {
                let known = it.oracle.codes.iter().find(|(_, code)| code.text == *text);
                let waits = known.is_some_and(|(code, facts)| {
                    let (_, over) = it.oracle.over(*code, it.span, Some(it.belief));
                    let own = facts.wallet == open.wallet && !over;
                    own && it.status(open.wallet, *code) == LIVE
                });
                holds(!waits || it.below, "the code does not wait to be confirmed")
            }
            Task::Keep(_) => {
                let waits = screen.is_some_and(|screen| {
                    let status = it.status(open.wallet, screen.code);
                    let (_, over) = it.oracle.over(screen.code, it.span, Some(it.belief));
                    status & !WORKS == 0 && !over && matches!(task, Task::Keep(Shows::Group { .. }))
                });
                holds(!waits || it.below, "that is not the code that waits")
            }
            _ => never("wrong code"),
        },
        ConfirmError::EachSheet => holds(
            screen.is_some_and(|screen| screen.sheets > 1 || screen.remade),
            "each sheet has to be shown",
        ),
        ConfirmError::Over { identifier, .. } => {
            let code = it.oracle.named(open.wallet, *identifier);
            let over = code.is_some_and(|code| it.oracle.over(code, it.span, Some(it.belief)).1);
            holds(over, "the code has expired")
        }
        ConfirmError::ReadOnly(_) => holds(open.read_only, "the wallet can only be read"),
        ConfirmError::Record(error) => record(it, *error),
    }
}

/// [`Task::Revoke`].
pub fn revoke(it: &Around<'_>, code: CodeNumber, error: &RevokeError) -> Verdict {
    let Some(open) = it.open() else {
        return never("revoked without an open wallet");
    };
    match error {
        RevokeError::Identity(_) => identity_needed(it, false),
        RevokeError::NotLive => {
            let status = it.status(open.wallet, code);
            let (_, over) = it.oracle.over(code, it.span, Some(it.belief));
            // One that is unconfirmed is dropped with a file that has no slot for it.
            let slot = it.of(open.wallet).is_some_and(|here| here.slot(code).0);
            let lives = status & !WORKS == 0 && !over && (status == KEPT || slot);
            holds(!lives || it.below, "no live code of that name")
        }
        RevokeError::ReadOnly(_) => holds(open.read_only, "the wallet can only be read"),
        RevokeError::Record(error) => record(it, *error),
    }
}

/// [`Task::Check`], which was refused.
pub fn check(it: &Around<'_>, code: CodeNumber, error: &Refusal) -> Verdict {
    match it.open() {
        Some(open) => refusal(it, open.wallet, code, error),
        None => never("checked without an open wallet"),
    }
}

/// [`Task::Check`], which says that the code works.
pub fn works(it: &Around<'_>, code: CodeNumber, works: &Works) -> Verdict {
    let Some(facts) = it.oracle.codes.get(&code) else {
        return never("a code that nobody was shown works");
    };
    let status = it.status(facts.wallet, code);
    // What was changed below an open wallet is changed back by its next save.
    let in_memory = it
        .open()
        .is_some_and(|open| open.mine.slots.contains(&code) || open.mine.maybe.contains(&code));
    let comes_back = it.below && in_memory && status & WORKS != 0;
    if it.opens(code) == Opens::Never && !comes_back {
        return Err(Broken::LetIn(format!("code {code} is dead, and works")));
    }
    let confirmed = match works.unconfirmed {
        true => status & LIVE != 0,
        false => status & KEPT != 0,
    };
    holds(confirmed, "whether the code is confirmed")?;
    holds(
        facts.expires == works.expires.map(|it| it.0),
        "when the code ends",
    )?;
    match (works.kit, &facts.kit) {
        (None, Some(kit)) => holds(!kit.must || it.below, "the code has no kit"),
        (None, None) => Ok(()),
        (Some(_), None) => never("the code has a kit"),
        (Some(KitCheck::Opens { .. }), Some(_)) => Ok(()),
        (Some(KitCheck::Away), Some(kit)) => {
            let elsewhere = it.stick_number != Some(kit.stick);
            let away = elsewhere || kit.moved;
            holds(it.stick || away || !kit.must, "the kit is away")
        }
        (Some(KitCheck::Unread), Some(_)) => holds(it.stick, "the drive did not give the kit"),
        (Some(KitCheck::DoesNotOpen), Some(_)) => never("the kit does not open"),
    }
}

/// [`Task::CheckName`] and [`Task::Look`].
pub fn recorded(it: &Around<'_>, error: RecordError) -> Verdict {
    record(it, error)
}

/// [`Task::CheckName`], answered.
pub fn named(it: &Around<'_>, code: CodeNumber, live: bool) -> Verdict {
    let Some(open) = it.open() else {
        return never("looked up without an open wallet");
    };
    let status = it.status(open.wallet, code);
    let (surely_over, _) = it.oracle.over(code, it.span, Some(it.belief));
    match live {
        true => holds(status & WORKS != 0 && !surely_over, "the set is live"),
        false => Ok(()),
    }
}

/// [`Task::Look`].
pub fn state(it: &Around<'_>, state: &CodeState) -> Verdict {
    let CodeState {
        trouble,
        active,
        unfinished,
        outcomes,
        other_store,
        lost_with_keychain,
        older_file,
    } = state;
    let Some(open) = it.open() else {
        return never("a state without an open wallet");
    };
    if let Some(error) = trouble {
        return record(it, *error);
    }
    let wallet = open.wallet;
    if let Some(code) = active.and_then(|code| it.oracle.named(wallet, code.identifier)) {
        holds(
            it.status(wallet, code) & KEPT != 0,
            "the active code is confirmed",
        )?;
    }
    if let Some(code) = unfinished.and_then(|code| it.oracle.named(wallet, code.identifier)) {
        holds(
            it.status(wallet, code) & LIVE != 0,
            "the unfinished code waits",
        )?;
    }
    for ended in outcomes {
        if let Some(code) = it.oracle.named(wallet, ended.identifier) {
            let end = Around::end_of(ended.state);
            holds(
                it.may_have_ended(wallet, code, end) || it.oracle.of(it.computer, wallet).is_none(),
                "how a code ended",
            )?;
        }
    }
    for (number, facts) in &it.oracle.codes {
        if facts.wallet != wallet || it.opens(*number) != Opens::Must {
            continue;
        }
        let names = |code: &LiveCode| code.identifier == facts.identifier;
        let active = active.as_ref().is_some_and(names);
        let unfinished = unfinished.as_ref().is_some_and(names);
        holds(active || unfinished, "no other code opens")?;
        match it.status(wallet, *number) {
            KEPT => holds(active, "a confirmed code is named")?,
            LIVE => holds(unfinished, "an unconfirmed code is named")?,
            _ => {}
        }
    }
    holds(!other_store, "the code was issued with another store")?;
    if let Some(code) = lost_with_keychain.and_then(|name| it.oracle.named(wallet, name)) {
        holds(it.may_be_unknown(wallet, code), "the keychain lost a code")?;
    }
    let confirmed_elsewhere = it.of(wallet).is_some_and(|here| {
        here.live()
            .into_iter()
            .any(|code| here.status(code) & KEPT != 0 && !open.mine.slots.contains(&code))
    });
    holds(
        !older_file || confirmed_elsewhere,
        "the file is an older copy",
    )
}

/// [`Task::Accept`].
pub fn accept(
    it: &Around<'_>,
    wallet: Option<WalletId>,
    code: CodeNumber,
    error: &AcceptError,
) -> Verdict {
    match error {
        AcceptError::Refused(word) => match wallet {
            Some(wallet) => refusal(it, wallet, code, word),
            None => located(it, code, word),
        },
        AcceptError::Lock(error) => lock(it, error),
    }
}

/// A code was to be looked for among all wallets.
fn located(it: &Around<'_>, code: CodeNumber, word: &Refusal) -> Verdict {
    let Some(facts) = it.oracle.codes.get(&code) else {
        return never("a code that nobody was shown");
    };
    let unknown = matches!(word, Refusal::Code(Refused::Unknown { .. }));
    match it.of(facts.wallet) {
        // On a computer that has never seen the wallet.
        None => holds(
            unknown || it.keychain || it.disk || wait(it, None, true).is_ok(),
            "unknown",
        ),
        Some(here) if here.damaged || here.file.is_empty() || here.may_be_absent => Ok(()),
        Some(_) => refusal(it, facts.wallet, code, word),
    }
}

/// [`Task::Commit`].
pub fn redeem(
    it: &Around<'_>,
    password: PasswordNumber,
    keep: bool,
    error: &RedeemError,
) -> Verdict {
    let Some((wallet, code, until)) = it.belief.accepted else {
        return holds(matches!(error, RedeemError::Over), "no code is accepted");
    };
    match error {
        RedeemError::Over => holds(
            it.span.to.since_boot >= until.0,
            "the code was accepted too long ago",
        ),
        RedeemError::Refused(word) => match word {
            // Judged as of the acceptance.
            Refusal::Code(Refused::Ended(_)) => refused_later(it, wallet, code, word),
            _ => refusal(it, wallet, code, word),
        },
        RedeemError::WrongPassword { .. } => {
            holds(keep, "a kept password is wrong")?;
            wrong_password(it, wallet, password)
        }
        RedeemError::Wait(_) => wait(it, Some(wallet), false),
        RedeemError::Record(error) => record(it, *error),
        RedeemError::Kdf(_) => never("the key cannot be derived"),
        RedeemError::SetPassword(error) => match error {
            SetPasswordError::Kdf(_) | SetPasswordError::Seal(_) => never("no new key"),
        },
        RedeemError::NotSaved(error) => not_saved(it, error),
        RedeemError::InPlace(error) => in_place(it, error),
        RedeemError::FirstPassword { .. } => {
            let mut first = it.belief.committed.iter();
            holds(
                first.any(|file| file.password != password),
                "another password was set by the first try",
            )
        }
    }
}

fn refused_later(it: &Around<'_>, wallet: WalletId, code: CodeNumber, word: &Refusal) -> Verdict {
    refusal(it, wallet, code, word)
}

/// [`Task::ChangePassword`].
pub fn password_change(
    it: &Around<'_>,
    current: PasswordNumber,
    digits: Option<bool>,
    error: &PasswordChangeError,
) -> Verdict {
    match error {
        PasswordChangeError::Identity(error) => identity(it, current, digits, error),
        PasswordChangeError::SetPassword(_) => never("no new key"),
        PasswordChangeError::Save(error) => save(it, error),
    }
}

/// What is said about two-step verification. `right`: the digits were those of the authenticator.
pub fn two_step(it: &Around<'_>, right: bool, error: &TwoStepError) -> Verdict {
    match error {
        TwoStepError::WrongDigits => holds(!right, "the six digits are wrong"),
        TwoStepError::Identity(_) => {
            let setup = it.belief.setup;
            let over = setup.is_some_and(|(_, until)| it.span.to.since_boot >= until);
            match over {
                true => Ok(()),
                false => identity_needed(it, true),
            }
        }
        TwoStepError::Address(_) => never("the address cannot be written"),
        TwoStepError::Save(error) => save(it, error),
    }
}

/// [`Task::Pages`].
pub fn pages(it: &Around<'_>, error: &PagesError) -> Verdict {
    let screen = it.open().and_then(|open| open.screen.as_ref());
    match error {
        PagesError::NotShown => holds(
            screen.is_none_or(|screen| {
                let ended = it.open().is_some_and(|open| {
                    it.status(open.wallet, screen.code) & (REVOKED | WORKS) != WORKS
                });
                !screen.pages || screen.remade || ended
            }),
            "no code with pages is shown",
        ),
        PagesError::Covered => holds(
            screen.is_none_or(|screen| it.span.to.since_boot >= screen.covered.0),
            "the code is covered",
        ),
        PagesError::Make(_) => never("the pages cannot be made"),
        PagesError::Reopen(_) | PagesError::NotKept => never("the pages do not open"),
        PagesError::Save(error) => save(it, error),
    }
}

/// [`Task::Remake`].
pub fn remake(it: &Around<'_>, code: CodeNumber, enough: bool, error: &RemakeError) -> Verdict {
    match error {
        RemakeError::Identity(_) => identity_needed(it, true),
        RemakeError::Sheets => never("no sheet was asked for"),
        RemakeError::TooFew(_) => holds(!enough, "too few sheets"),
        RemakeError::Refused(word) => check(it, code, word),
        RemakeError::Record(error) => record(it, *error),
        RemakeError::Save(error) => save(it, error),
    }
}

/// [`Task::MoveKit`].
pub fn move_kit(it: &Around<'_>, code: CodeNumber, to: &Path, error: &MoveError) -> Verdict {
    match error {
        MoveError::NotLive => {
            let slot = it
                .open()
                .and_then(|open| it.of(open.wallet))
                .is_some_and(|here| here.slot(code).0);
            let kit = it.oracle.codes.get(&code).and_then(|it| it.kit.as_ref());
            let must = slot && kit.is_some_and(|kit| kit.must);
            holds(!must || it.below, "no live kit has that name")
        }
        MoveError::NotThere => {
            let kit = it.oracle.codes.get(&code).and_then(|it| it.kit.as_ref());
            let there = kit.is_some_and(|kit| {
                kit.must && it.stick_number == Some(kit.stick) && kit.folder.parent() == Some(to)
            });
            holds(!there || it.stick, "the kit is not in that folder")
        }
        MoveError::Folder => never("the folder's path cannot be remembered"),
        MoveError::Save(error) => save(it, error),
    }
}

/// [`Task::ForgetKit`].
pub fn forget_kit(it: &Around<'_>, error: &SaveError) -> Verdict {
    save(it, error)
}

/// [`Task::OpenKit`] and [`Task::OpenPages`]. `must`: the copy is there and the code opens it.
pub fn copy(it: &Around<'_>, must: bool, error: &CopyError) -> Verdict {
    let lost = |what: &str| match must {
        true => Err(Broken::Lost(what.to_owned())),
        false => Ok(()),
    };
    match error {
        CopyError::Disk(_) => match it.stick {
            true => Ok(()),
            false => lost("the kit is not there"),
        },
        CopyError::Open(_) => lost("the copy does not open"),
        CopyError::Incomplete => lost("the pages do not give their file"),
    }
}

/// [`Task::Restore`].
pub fn restore(it: &Around<'_>, password: PasswordNumber, error: &RestoreError) -> Verdict {
    match error {
        RestoreError::InTheWay(found) => {
            let here = it.of(found.wallet);
            holds(
                here.is_some_and(|here| !here.file.is_empty()) || it.below,
                "a wallet is in the way",
            )
        }
        RestoreError::NothingToReplace => Ok(()),
        RestoreError::Folder(_) => holds(it.disk, "the folder cannot be read"),
        RestoreError::Lock(error) => lock(it, error),
        RestoreError::Record(error) => record(it, *error),
        RestoreError::Kdf(_) => never("the key cannot be derived"),
        RestoreError::NotSaved(error) => not_saved(it, error),
        RestoreError::InPlace(error) => in_place(it, error),
        RestoreError::FirstPassword => {
            let mut first = it.belief.restored.iter();
            holds(
                first.any(|file| file.password != password),
                "another password was set by the first try",
            )
        }
    }
}

/// [`Task::PutOlder`].
pub fn put_older(it: &Around<'_>, wallet: WalletId, error: &OlderError) -> Verdict {
    match error {
        OlderError::Gone => Ok(()),
        OlderError::Find(error) => find(it, Some(wallet), error),
        OlderError::Lock(error) => own_lock(it, error),
        OlderError::NotSaved(error) => not_replaced(it, error),
        OlderError::InPlace(_) => holds(it.disk, "the disk did not confirm"),
    }
}

/// [`Task::Mend`].
pub fn mend(it: &Around<'_>, wallet: WalletId, error: &MendError) -> Verdict {
    match error {
        MendError::Find(error) => find(it, Some(wallet), error),
        MendError::Lock(error) => own_lock(it, error),
        MendError::Record(error) => record(it, *error),
    }
}

/// The wait that an error names, to be kept by the next try.
pub fn wait_of_sign_in(error: &SignInError) -> Option<Duration> {
    match error {
        SignInError::WrongPassword { wait } | SignInError::WrongDigits { wait } => Some(*wait),
        SignInError::Wait(_)
        | SignInError::DigitsNeeded
        | SignInError::DigitsUsed
        | SignInError::Find(_)
        | SignInError::Lock(_)
        | SignInError::Open(_) => None,
    }
}

/// [`Task::Commit`], which kept the password that was typed.
pub fn keeps(it: &Around<'_>, wallet: WalletId, password: PasswordNumber) -> Verdict {
    let right = it
        .of(wallet)
        .is_some_and(|here| here.file.iter().any(|file| file.password == password));
    match right || !it.belief.committed.is_empty() {
        true => Ok(()),
        false => Err(Broken::LetIn("a wrong password was kept".to_owned())),
    }
}
