//! What is said about codes.

use code::Identifier;
use usecases::check::{KitCheck, Works};
use usecases::confirm::ConfirmError;
use usecases::issue::IssueError;
use usecases::judge::{Refusal, Refused};
use usecases::kits::KitError;
use usecases::record::RecordError;
use usecases::redeem::AcceptError;
use usecases::remake::RemakeError;
use usecases::revoke::RevokeError;
use usecases::shown::NotLegible;
use usecases::state::{CodeState, LiveCode};
use wallet::WalletId;

use crate::around::Around;
use crate::oracle::{Broken, Opens, Verdict};
use crate::task::{CodeNumber, Shows, Task};
use crate::truth::{KEPT, LIVE, WORKS};

use super::{find, holds, identity_needed, lock, never, record, save, wait};

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
        Refused::Ended(ended, newest) => {
            holds(
                it.may_have_ended(wallet, code, Around::end_of(ended.state)),
                "the code has ended so",
            )?;
            works_instead(it, wallet, *newest)
        }
        Refused::OtherWallet { wallet: other, .. } => holds(
            *other != wallet && (foreign || it.may_be_unknown(wallet, code)),
            "the code is for another wallet",
        ),
        Refused::Unknown { .. } => holds(
            foreign || it.may_be_unknown(wallet, code) || dropped_meanwhile(it, wallet, code),
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

/// The code that opens the wallet now is named, and no other.
fn works_instead(it: &Around<'_>, wallet: WalletId, named: Option<Identifier>) -> Verdict {
    let codes = it.oracle.codes.iter();
    let mut own = codes.filter(|(_, facts)| facts.wallet == wallet);
    match named {
        Some(name) => holds(
            own.any(|(code, facts)| facts.identifier == name && it.may_work(wallet, *code)),
            "that code works instead",
        ),
        None => holds(
            it.others
                || !own.any(|(code, _)| {
                    it.status(wallet, *code) == KEPT && it.opens(*code) == Opens::Must
                }),
            "no code works instead",
        ),
    }
}

/// Another program may just have dropped an unconfirmed code without a slot.
fn dropped_meanwhile(it: &Around<'_>, wallet: WalletId, code: CodeNumber) -> bool {
    let slot = it.of(wallet).is_some_and(|here| here.slot(code).0);
    it.others && !slot && it.status(wallet, code) & LIVE != 0
}

pub(super) fn refusal(
    it: &Around<'_>,
    wallet: WalletId,
    code: CodeNumber,
    word: &Refusal,
) -> Verdict {
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

/// `Task::Issue`.
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

/// `Task::CopyDown`.
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

/// `Task::Keep` and `Task::Discard`.
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
        ConfirmError::Over {
            identifier, newest, ..
        } => {
            let code = it.oracle.named(open.wallet, *identifier);
            let over = code.is_some_and(|code| it.oracle.over(code, it.span, Some(it.belief)).1);
            holds(over, "the code has expired")?;
            works_instead(it, open.wallet, *newest)
        }
        ConfirmError::ReadOnly(_) => holds(open.read_only, "the wallet can only be read"),
        ConfirmError::Record(error) => record(it, *error),
    }
}

/// `Task::Revoke`.
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

/// `Task::Check`, which was refused.
pub fn check(it: &Around<'_>, code: CodeNumber, error: &Refusal) -> Verdict {
    match it.open() {
        Some(open) => refusal(it, open.wallet, code, error),
        None => never("checked without an open wallet"),
    }
}

/// `Task::Check`, which says that the code works.
pub fn works(it: &Around<'_>, code: CodeNumber, works: &Works) -> Verdict {
    let Some(facts) = it.oracle.codes.get(&code) else {
        return never("a code that nobody was shown works");
    };
    let status = it.status(facts.wallet, code);
    if !it.may_work(facts.wallet, code) {
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
        (Some(KitCheck::Opens { date }), Some(kit)) => {
            let within = |(from, to): &(i64, i64)| (*from..=*to).contains(&date.0);
            holds(kit.written.iter().any(within), "the date of the kit")
        }
        (Some(KitCheck::Away), Some(kit)) => {
            let elsewhere = it.stick_number != Some(kit.stick);
            let away = elsewhere || kit.moved;
            holds(it.stick || away || !kit.must, "the kit is away")
        }
        (Some(KitCheck::Unread), Some(_)) => holds(it.stick, "the drive did not give the kit"),
        (Some(KitCheck::DoesNotOpen), Some(kit)) => holds(kit.damaged, "the kit does not open"),
        (Some(KitCheck::LacksFiles), Some(_)) => never("the wallet has a file"),
    }
}

/// `Task::CheckName` and `Task::Look`.
pub fn recorded(it: &Around<'_>, error: RecordError) -> Verdict {
    record(it, error)
}

/// `Task::CheckName`, answered.
pub fn named(it: &Around<'_>, code: CodeNumber, live: bool) -> Verdict {
    let Some(open) = it.open() else {
        return never("looked up without an open wallet");
    };
    let status = it.status(open.wallet, code);
    let (surely_over, _) = it.oracle.over(code, it.span, Some(it.belief));
    match live {
        true => holds(status & WORKS != 0 && !surely_over, "the set is live"),
        false => holds(
            it.opens(code) != Opens::Must || it.below,
            "the set is not live",
        ),
    }
}

/// `Task::Look`.
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
        holds(
            *older_file || it.opens(code) != Opens::Never || it.below,
            "the active code opens",
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

/// `Task::Accept`.
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
        // Another program brought the file back meanwhile.
        Some(here) if here.was_absent && it.others => Ok(()),
        Some(_) => refusal(it, facts.wallet, code, word),
    }
}

/// `Task::Remake`.
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
