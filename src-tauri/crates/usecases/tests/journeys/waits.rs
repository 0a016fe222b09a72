//! Waits are lengths, survive restarts, and destroy nothing.

use std::path::Path;
use std::sync::atomic::Ordering;
use std::time::Duration;

use usecases::World;
use usecases::judge::{Refusal, Refused};
use usecases::life::Life;
use usecases::ports::Clock;
use usecases::redeem::AcceptError;
use usecases::sign_in::SignInError;
use usecases::waits::{Secret, Waits};
use wallet::Timestamp;

use crate::desk::{Desk, FOLDER, OLD, START, namesake};

fn wrong_password(desk: &mut Desk, wallet: wallet::WalletId) -> u64 {
    match desk.first_step(wallet, "a wrong password") {
        Err(SignInError::WrongPassword { wait }) => wait.as_secs(),
        _ => panic!("the password is wrong"),
    }
}

fn password_wait(desk: &mut Desk, wallet: wallet::WalletId) -> u64 {
    match desk.first_step(wallet, OLD) {
        Err(SignInError::Wait(wait)) => wait.left.as_secs(),
        Ok(_) => 0,
        Err(_) => panic!("the password is right"),
    }
}

/// The wait that a wrong code starts, or in which it comes.
fn wrong_code(
    desk: &mut Desk,
    wallet: Option<wallet::WalletId>,
    wrong: &code::BackupCode,
) -> (bool, u64) {
    match desk.accept(wallet, wrong).err() {
        Some(AcceptError::Refused(Refusal::Code(Refused::Unknown { wait, .. }))) => {
            (true, wait.as_secs())
        }
        Some(AcceptError::Refused(Refusal::Wait(wait))) => (false, wait.left.as_secs()),
        _ => panic!("the code is wrong"),
    }
}

#[test]
fn wrong_passwords_wait_longer_each_time_across_restarts_and_up_to_five_minutes() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let text = desk.kept(&mut session, Life::UntilUsed);
    drop(session);
    for wait in [1, 2, 4] {
        assert_eq!(wrong_password(&mut desk, wallet), wait);
        desk.restart();
        assert_eq!(password_wait(&mut desk, wallet), wait);
        desk.clock.pass(u32::try_from(wait).unwrap());
    }
    let mut record = desk.record(wallet);
    record.password_failures.count = 40;
    record.write(&desk.keychain, wallet).unwrap();
    desk.restart();
    desk.clock.pass(300);
    assert_eq!(wrong_password(&mut desk, wallet), 300);
    desk.clock.pass(299);
    assert_eq!(password_wait(&mut desk, wallet), 1);
    // A code is not kept waiting by wrong passwords, and they void none.
    assert!(desk.accepts(&text));
    desk.clock.pass(1);
    assert_eq!(password_wait(&mut desk, wallet), 0);
}

/// A clock that goes on with every look, as real ones do.
struct Running(std::sync::atomic::AtomicU64);

impl Clock for Running {
    fn now(&self) -> Timestamp {
        Timestamp(START)
    }

    fn since_boot(&self) -> Duration {
        Duration::from_millis(self.0.fetch_add(1, Ordering::SeqCst))
    }

    fn boot(&self) -> Option<u32> {
        None
    }
}

#[test]
fn the_first_try_does_not_wait_while_the_clock_goes_on() {
    let (mut desk, session) = Desk::with_wallet();
    let world = World {
        clock: &Running(1_000.into()),
        watched: &[],
        keychain: &desk.keychain,
        disk: &desk.disk,
        folder: Path::new(FOLDER),
        rng: &mut desk.rng,
        memory: &mut desk.memory,
    };
    let waits = Waits::default();
    for secret in [Secret::Password, Secret::Code] {
        assert_eq!(waits.check(&world, Some(session.wallet()), secret), Ok(()));
    }
}

#[test]
fn a_clock_that_jumps_back_makes_no_wait_longer() {
    let (mut desk, session) = Desk::with_wallet();
    let wallet = session.wallet();
    drop(session);
    wrong_password(&mut desk, wallet);
    desk.clock.pass(1);
    assert_eq!(wrong_password(&mut desk, wallet), 2);
    desk.clock.jump(-10_000_000);
    assert_eq!(password_wait(&mut desk, wallet), 2);
    desk.restart();
    assert_eq!(password_wait(&mut desk, wallet), 2);
    desk.clock.pass(2);
    assert_eq!(password_wait(&mut desk, wallet), 0);
}

#[test]
fn wrong_codes_wait_up_to_thirty_seconds_and_the_right_one_works_after() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let text = desk.kept(&mut session, Life::UntilUsed);
    drop(session);
    let wrong = namesake(&text);
    for wait in [1, 2, 4, 8, 16, 30, 30] {
        assert_eq!(wrong_code(&mut desk, Some(wallet), &wrong), (true, wait));
        desk.restart();
        assert_eq!(wrong_code(&mut desk, Some(wallet), &wrong), (false, wait));
        desk.clock.pass(u32::try_from(wait).unwrap());
    }
    drop(
        desk.accept(Some(wallet), &crate::desk::code(&text))
            .unwrap(),
    );
    assert_eq!(desk.record(wallet).failed_tries, 7);
}

#[test]
fn not_naming_the_wallet_is_no_way_around_its_waits() {
    let (mut desk, mut session) = Desk::with_wallet();
    let text = desk.kept(&mut session, Life::UntilUsed);
    drop(session);
    let wrong = namesake(&text);
    assert_eq!(wrong_code(&mut desk, None, &wrong), (true, 1));
    assert_eq!(wrong_code(&mut desk, None, &wrong), (false, 1));
    desk.clock.pass(1);
    assert_eq!(wrong_code(&mut desk, None, &wrong), (true, 2));
}

#[test]
fn without_a_keychain_the_waits_hold_for_this_run() {
    let (mut desk, session) = Desk::with_wallet();
    let wallet = session.wallet();
    drop(session);
    desk.keychain
        .fail(Some(usecases::ports::KeychainError::Unreachable));
    assert_eq!(wrong_password(&mut desk, wallet), 1);
    assert_eq!(password_wait(&mut desk, wallet), 1);
    desk.clock.pass(1);
    assert_eq!(wrong_password(&mut desk, wallet), 2);
}

#[test]
fn a_restart_and_a_clock_set_forward_end_no_wait() {
    let (mut desk, mut session) = Desk::with_wallet();
    let wallet = session.wallet();
    let text = desk.kept(&mut session, Life::UntilUsed);
    drop(session);
    let wrong = namesake(&text);
    wrong_password(&mut desk, wallet);
    desk.clock.pass(1);
    assert_eq!(wrong_password(&mut desk, wallet), 2);
    assert_eq!(wrong_code(&mut desk, Some(wallet), &wrong), (true, 1));
    desk.clock.jump(1_000_000);
    desk.restart();
    assert_eq!(password_wait(&mut desk, wallet), 2);
    assert_eq!(wrong_code(&mut desk, Some(wallet), &wrong), (false, 1));
    // The computer was off, nobody can say how long: at most the length of the wait again.
    desk.clock.jump(1_000_000);
    desk.reboot();
    assert_eq!(password_wait(&mut desk, wallet), 2);
    assert_eq!(wrong_code(&mut desk, Some(wallet), &wrong), (false, 1));
    desk.clock.pass(2);
    assert_eq!(password_wait(&mut desk, wallet), 0);
}

#[test]
fn what_passed_of_a_wait_before_the_program_was_started_again_counts() {
    let (mut desk, session) = Desk::with_wallet();
    let wallet = session.wallet();
    drop(session);
    wrong_password(&mut desk, wallet);
    desk.clock.pass(1);
    wrong_password(&mut desk, wallet);
    desk.clock.pass(1);
    // Setting the clock back makes it no longer either.
    desk.clock.jump(-1_000_000);
    desk.restart();
    assert_eq!(password_wait(&mut desk, wallet), 1);
}

#[test]
fn a_wait_that_an_older_version_wrote_holds_for_its_length_and_no_longer() {
    let (mut desk, session) = Desk::with_wallet();
    let wallet = session.wallet();
    drop(session);
    wrong_password(&mut desk, wallet);
    let mut record = desk.record(wallet);
    record.password_failures.count = 40;
    record.password_failures.run = None;
    record.write(&desk.keychain, wallet).unwrap();
    desk.restart();
    desk.clock.jump(1_000_000);
    assert_eq!(password_wait(&mut desk, wallet), 300);
    desk.clock.pass(300);
    assert_eq!(password_wait(&mut desk, wallet), 0);
}
