//! [`SystemKeychain`] against a real `gnome-keyring-daemon` on a session bus of its own.
//!
//! The bus's address is the whole process's, so each test runs itself again as a child process on a
//! [`PrivateDesktop`] that the parent keeps: the child is the program with its keychain, and tells the parent
//! when to kill, restart or lock the daemon.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

use std::io::{BufRead, BufReader, Write, stdin, stdout};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use platform::keychain::{Availability, RECORD_LIMIT, SystemKeychain};
use platform::testing::PrivateDesktop;
use usecases::ports::{Keychain, KeychainError, StoreKind};
use wallet::WalletId;

const WALLET: WalletId = WalletId::from_bytes([7; 16]);
const OTHER: WalletId = WalletId::from_bytes([8; 16]);

/// Longer than any call takes that does not wait for a person.
const LONG: Duration = Duration::from_secs(30);

/// Too short for a service that does not answer.
const SHORT: Duration = Duration::from_secs(1);

const CHILD: &str = "SECRET_SERVICE_CHILD";
const PREFIX: &str = "\n@";

/// The child's side: what it asks of the desktop that it runs on.
struct Desktop;

impl Desktop {
    fn ask(&self, what: &str) {
        // Written past the capture that `print!` has in a test.
        let mut output = stdout().lock();
        writeln!(output, "{PREFIX}{what}").unwrap();
        output.flush().unwrap();
        let mut answer = String::new();
        stdin().lock().read_line(&mut answer).unwrap();
        assert_eq!(answer, "done\n", "{what}");
    }
}

/// Runs `program` in a child process on `desktop`.
fn on(
    desktop: impl FnOnce() -> std::io::Result<PrivateDesktop>,
    test: &str,
    program: impl FnOnce(&Desktop),
) {
    if std::env::var_os(CHILD).is_some() {
        program(&Desktop);
        Desktop.ask("ran");
        return;
    }
    let mut desktop = desktop().unwrap();
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args([test, "--exact", "--nocapture"])
        .env(CHILD, "1");
    let mut child = desktop
        .apply(&mut command)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut answers = child.stdin.take().unwrap();
    let mut ran = false;
    for line in BufReader::new(child.stdout.take().unwrap()).lines() {
        match line.unwrap().strip_prefix('@') {
            Some("kill the keyring") => desktop.kill_keyring().unwrap(),
            Some("start the keyring") => desktop.start_keyring().unwrap(),
            Some("lock the keyring") => desktop.lock_keyring().unwrap(),
            Some("start the keyring without login") => {
                desktop.start_keyring_without_login().unwrap()
            }
            Some("freeze the keyring") => desktop.freeze_keyring().unwrap(),
            Some("thaw the keyring") => desktop.thaw_keyring().unwrap(),
            Some("kill the bus") => desktop.kill_bus().unwrap(),
            Some("ran") => ran = true,
            Some(unknown) => panic!("{unknown}"),
            None => continue,
        }
        answers.write_all(b"done\n").unwrap();
    }
    assert!(child.wait().unwrap().success() && ran, "{test}");
}

fn record(byte: u8, length: usize) -> Vec<u8> {
    vec![byte; length]
}

#[test]
fn a_missing_record_is_none() {
    on(PrivateDesktop::start, "a_missing_record_is_none", |_| {
        let keychain = SystemKeychain::new(LONG);
        assert_eq!(keychain.kind(), StoreKind::SecretService);
        assert_eq!(keychain.probe(), Availability::Answers);
        assert_eq!(keychain.read(WALLET), Ok(None));
    });
}

#[test]
fn a_record_is_read_and_replaced_wallet_by_wallet() {
    on(
        PrivateDesktop::start,
        "a_record_is_read_and_replaced_wallet_by_wallet",
        |_| {
            let keychain = SystemKeychain::new(LONG);
            keychain.replace(WALLET, b"{\"first\":1}").unwrap();
            keychain.replace(OTHER, b"{\"other\":1}").unwrap();
            keychain.replace(WALLET, b"{\"second\":2}").unwrap();
            assert_eq!(
                **keychain.read(WALLET).unwrap().unwrap(),
                *b"{\"second\":2}"
            );
            assert_eq!(
                **SystemKeychain::new(LONG).read(OTHER).unwrap().unwrap(),
                *b"{\"other\":1}"
            );
        },
    );
}

#[test]
fn the_largest_record_is_kept_and_a_larger_one_changes_nothing() {
    on(
        PrivateDesktop::start,
        "the_largest_record_is_kept_and_a_larger_one_changes_nothing",
        |_| {
            let keychain = SystemKeychain::new(LONG);
            keychain
                .replace(WALLET, &record(b'x', RECORD_LIMIT))
                .unwrap();
            let larger = record(b'y', RECORD_LIMIT + 1);
            assert_eq!(
                keychain.replace(WALLET, &larger),
                Err(KeychainError::TooLarge)
            );
            assert_eq!(
                **keychain.read(WALLET).unwrap().unwrap(),
                *record(b'x', RECORD_LIMIT)
            );
        },
    );
}

#[test]
fn the_record_has_a_name_that_a_person_recognises() {
    on(
        PrivateDesktop::start,
        "the_record_has_a_name_that_a_person_recognises",
        |_| {
            SystemKeychain::new(LONG).replace(WALLET, b"{}").unwrap();
            let service = secret_service::blocking::SecretService::connect(
                secret_service::EncryptionType::Plain,
            )
            .unwrap();
            let wallet = WALLET.to_string();
            let attributes = [("service", "Backup Code"), ("username", wallet.as_str())].into();
            let found = service.search_items(attributes).unwrap();
            assert_eq!(found.unlocked.len(), 1);
            assert_eq!(
                found.unlocked[0].get_label().unwrap(),
                format!("Backup Code, wallet {wallet}")
            );
        },
    );
}

#[test]
fn a_locked_keyring_says_so_and_keeps_the_record() {
    on(
        PrivateDesktop::start,
        "a_locked_keyring_says_so_and_keeps_the_record",
        |desktop| {
            let keychain = SystemKeychain::new(LONG);
            keychain.replace(WALLET, b"{\"first\":1}").unwrap();
            desktop.ask("lock the keyring");
            assert_eq!(keychain.probe(), Availability::Answers);
            assert_eq!(keychain.read(WALLET), Err(KeychainError::Locked));
            assert_eq!(
                keychain.read(OTHER),
                Err(KeychainError::Locked),
                "empty is not the same as locked"
            );
            assert_eq!(
                keychain.replace(WALLET, b"{\"second\":2}"),
                Err(KeychainError::Locked)
            );
            assert_eq!(keychain.replace(OTHER, b"{}"), Err(KeychainError::Locked));
            desktop.ask("kill the keyring");
            desktop.ask("start the keyring");
            assert_eq!(**keychain.read(WALLET).unwrap().unwrap(), *b"{\"first\":1}");
            assert_eq!(keychain.read(OTHER), Ok(None));
        },
    );
}

#[test]
fn a_dead_daemon_is_unreachable_until_it_is_back() {
    on(
        PrivateDesktop::start,
        "a_dead_daemon_is_unreachable_until_it_is_back",
        |desktop| {
            let keychain = SystemKeychain::new(LONG);
            keychain.replace(WALLET, b"{\"first\":1}").unwrap();
            desktop.ask("kill the keyring");
            assert_eq!(keychain.read(WALLET), Err(KeychainError::Unreachable));
            assert_eq!(
                keychain.replace(WALLET, b"{}"),
                Err(KeychainError::Unreachable)
            );
            assert_eq!(
                keychain.probe(),
                Availability::DoesNot(KeychainError::Unreachable)
            );
            desktop.ask("start the keyring");
            assert_eq!(keychain.probe(), Availability::Answers);
            assert_eq!(**keychain.read(WALLET).unwrap().unwrap(), *b"{\"first\":1}");
            keychain.replace(WALLET, b"{\"second\":2}").unwrap();
        },
    );
}

#[test]
fn a_keychain_made_before_the_daemon_finds_it_later() {
    on(
        PrivateDesktop::without_keyring,
        "a_keychain_made_before_the_daemon_finds_it_later",
        |desktop| {
            let keychain = SystemKeychain::new(LONG);
            assert_eq!(keychain.read(WALLET), Err(KeychainError::Unreachable));
            desktop.ask("start the keyring");
            keychain.replace(WALLET, b"{}").unwrap();
        },
    );
}

#[test]
fn no_bus_is_unreachable() {
    on(
        PrivateDesktop::without_keyring,
        "no_bus_is_unreachable",
        |desktop| {
            desktop.ask("kill the bus");
            let keychain = SystemKeychain::new(LONG);
            assert_eq!(
                keychain.probe(),
                Availability::DoesNot(KeychainError::Unreachable)
            );
            assert_eq!(keychain.read(WALLET), Err(KeychainError::Unreachable));
            assert_eq!(
                keychain.replace(WALLET, b"{}"),
                Err(KeychainError::Unreachable)
            );
        },
    );
}

#[test]
fn calls_from_many_threads_do_not_disturb_each_other() {
    on(
        PrivateDesktop::start,
        "calls_from_many_threads_do_not_disturb_each_other",
        |_| {
            let keychain = Arc::new(SystemKeychain::new(LONG));
            thread::scope(|scope| {
                for byte in 0..6 {
                    let keychain = &keychain;
                    scope.spawn(move || {
                        let wallet = WalletId::from_bytes([byte; 16]);
                        keychain.replace(wallet, &[byte; 100]).unwrap();
                        assert_eq!(**keychain.read(wallet).unwrap().unwrap(), [byte; 100]);
                    });
                }
            });
        },
    );
}

#[test]
fn a_daemon_that_does_not_answer_times_out_and_holds_back_one_thread_only() {
    let name = "a_daemon_that_does_not_answer_times_out_and_holds_back_one_thread_only";
    on(PrivateDesktop::start, name, |desktop| {
        let keychain = SystemKeychain::new(SHORT);
        desktop.ask("freeze the keyring");
        assert_eq!(
            keychain.replace(WALLET, b"{}"),
            Err(KeychainError::TimedOut)
        );
        let threads = threads();
        for _ in 0..3 {
            let start = Instant::now();
            assert_eq!(keychain.read(WALLET), Err(KeychainError::TimedOut));
            assert!(
                start.elapsed() < SHORT,
                "an earlier call hangs: answered at once"
            );
        }
        assert_eq!(self::threads(), threads);
        desktop.ask("thaw the keyring");
        assert_eq!(
            **wait_for(|| keychain.read(WALLET)).unwrap(),
            *b"{}",
            "the late call took place"
        );
    });
}

#[test]
fn a_daemon_that_ends_while_it_does_not_answer_is_forgotten() {
    on(
        PrivateDesktop::start,
        "a_daemon_that_ends_while_it_does_not_answer_is_forgotten",
        |desktop| {
            let keychain = SystemKeychain::new(SHORT);
            wait_for(|| keychain.replace(WALLET, b"{\"first\":1}"));
            desktop.ask("freeze the keyring");
            assert_eq!(
                keychain.replace(WALLET, b"{\"second\":2}"),
                Err(KeychainError::TimedOut)
            );
            desktop.ask("kill the keyring");
            desktop.ask("start the keyring");
            assert_eq!(
                **wait_for(|| keychain.read(WALLET)).unwrap(),
                *b"{\"first\":1}"
            );
        },
    );
}

#[test]
fn an_unlock_dialog_that_nobody_answers_times_out_and_ends_with_its_daemon() {
    let name = "an_unlock_dialog_that_nobody_answers_times_out_and_ends_with_its_daemon";
    let screen = std::env::var_os(CHILD).is_none().then(Screen::start);
    let desktop = || PrivateDesktop::with_display(&screen.as_ref().unwrap().display, &[]);
    on(desktop, name, |desktop| {
        SystemKeychain::new(LONG).replace(WALLET, b"{}").unwrap();
        desktop.ask("lock the keyring");
        // Long enough for a dialog that cannot be shown to be dismissed instead.
        let keychain = SystemKeychain::new(Duration::from_secs(4));
        assert_eq!(keychain.read(WALLET), Err(KeychainError::TimedOut));
        let start = Instant::now();
        assert_eq!(keychain.read(WALLET), Err(KeychainError::TimedOut));
        assert!(
            start.elapsed() < Duration::from_secs(4),
            "one dialog is enough"
        );
        desktop.ask("kill the keyring");
        assert_eq!(keychain.read(WALLET), Err(KeychainError::Unreachable));
        desktop.ask("start the keyring");
        assert_eq!(**keychain.read(WALLET).unwrap().unwrap(), *b"{}");
    });
}

#[test]
fn a_person_without_any_keyring_has_no_record_and_is_asked_to_make_one() {
    let name = "a_person_without_any_keyring_has_no_record_and_is_asked_to_make_one";
    on(PrivateDesktop::without_keyring, name, |desktop| {
        desktop.ask("start the keyring without login");
        let keychain = SystemKeychain::new(LONG);
        assert_eq!(keychain.read(WALLET), Ok(None));
        // The dialog for the new keyring's password cannot be shown here.
        assert_eq!(keychain.replace(WALLET, b"{}"), Err(KeychainError::Locked));
        assert_eq!(keychain.read(WALLET), Ok(None));
    });
}

/// An X display without a screen.
struct Screen {
    server: Child,
    display: String,
}

impl Screen {
    fn start() -> Self {
        let mut command = Command::new("Xvfb");
        command
            .args(["-displayfd", "1", "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut server = command.spawn().expect("Xvfb");
        let mut number = String::new();
        BufReader::new(server.stdout.take().unwrap())
            .read_line(&mut number)
            .unwrap();
        Self {
            server,
            display: format!(":{}", number.trim()),
        }
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// Asks until a call that hung before has let go of the keychain.
fn wait_for<T>(call: impl Fn() -> Result<T, KeychainError>) -> T {
    let start = Instant::now();
    loop {
        match call() {
            Err(KeychainError::TimedOut) if start.elapsed() < LONG => thread::yield_now(),
            outcome => return outcome.unwrap(),
        }
    }
}

/// How many of this process's threads wait for a keychain.
fn threads() -> usize {
    let names = std::fs::read_dir("/proc/self/task").unwrap();
    names
        .filter_map(|task| std::fs::read_to_string(task.unwrap().path().join("comm")).ok())
        .filter(|name| name.trim() == "keychain")
        .count()
}
