//! [`SystemKeychain`] against a real `gnome-keyring-daemon`, or KeePassXC, on a private session
//! bus.
//!
//! The bus address belongs to the whole process, so each test runs itself again as a child process
//! on a [`PrivateDesktop`] of the parent. The child uses the keychain and asks the parent to kill,
//! restart or lock the daemon.

#![cfg(target_os = "linux")]

use std::io::{BufRead, BufReader, Write, stdin, stdout};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use platform::keychain::{Availability, RECORD_LIMIT, SystemKeychain};
use platform::testing::{Database, PrivateDesktop};
use usecases::ports::{Keychain, KeychainError, StoreKind};
use wallet::WalletId;
use zbus::blocking::fdo::{DBusProxy, MonitoringProxy};
use zbus::blocking::{Connection, MessageIterator};
use zbus::message::Type;
use zbus::names::BusName;

use crate::display::Display;

const WALLET: WalletId = WalletId::from_bytes([7; 16]);
const OTHER: WalletId = WalletId::from_bytes([8; 16]);

const FIRST: Database = Database {
    name: "first",
    unlocked: true,
};
const SECOND: Database = Database {
    name: "second",
    unlocked: true,
};

/// Longer than any call that does not wait for a person.
const LONG: Duration = Duration::from_secs(30);

/// Limit for a service that does not answer. A call that returns in less did not wait for the
/// service, even on a busy machine.
const SHORT: Duration = Duration::from_secs(5);

const CHILD: &str = "SECRET_SERVICE_CHILD";
const PREFIX: &str = "\n@";

/// The child's connection to the parent, which controls the desktop.
struct Desktop;

impl Desktop {
    fn ask(&self, request: &str) {
        // Written directly, because tests capture `print!`.
        let mut output = stdout().lock();
        writeln!(output, "{PREFIX}{request}").unwrap();
        output.flush().unwrap();
        let mut answer = String::new();
        stdin().lock().read_line(&mut answer).unwrap();
        assert_eq!(answer, "done\n", "{request}");
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
        .args([&format!("secret_service::{test}"), "--exact", "--nocapture"])
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
            Some("quit the keyring") => desktop.quit_keyring().unwrap(),
            Some("start the keyring") => desktop.start_keyring().unwrap(),
            Some("lock the keyring") => desktop.lock_keyring().unwrap(),
            Some("start the keyring without login") => {
                desktop.start_keyring_without_login().unwrap()
            }
            Some("open two databases") => desktop.start_keepassxc(&[SECOND, FIRST]).unwrap(),
            Some("open the second database") => {
                let first = Database {
                    unlocked: false,
                    ..FIRST
                };
                desktop.start_keepassxc(&[first, SECOND]).unwrap();
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
fn each_wallet_has_its_own_record() {
    on(
        PrivateDesktop::start,
        "each_wallet_has_its_own_record",
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
fn a_record_above_the_limit_is_refused_and_changes_nothing() {
    on(
        PrivateDesktop::start,
        "a_record_above_the_limit_is_refused_and_changes_nothing",
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
fn the_record_has_a_recognisable_label() {
    on(
        PrivateDesktop::start,
        "the_record_has_a_recognisable_label",
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
fn a_locked_keyring_is_reported_and_keeps_the_record() {
    on(
        PrivateDesktop::start,
        "a_locked_keyring_is_reported_and_keeps_the_record",
        |desktop| {
            let keychain = SystemKeychain::new(LONG);
            keychain.replace(WALLET, b"{\"first\":1}").unwrap();
            desktop.ask("lock the keyring");
            assert_eq!(keychain.probe(), Availability::Answers);
            assert_eq!(keychain.read(WALLET), Err(KeychainError::Locked));
            assert_eq!(
                keychain.read(OTHER),
                Err(KeychainError::Locked),
                "a locked keyring is not an empty one"
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
fn a_killed_daemon_is_unreachable_until_it_restarts() {
    on(
        PrivateDesktop::start,
        "a_killed_daemon_is_unreachable_until_it_restarts",
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
fn a_daemon_that_starts_later_is_found() {
    on(
        PrivateDesktop::without_keyring,
        "a_daemon_that_starts_later_is_found",
        |desktop| {
            let keychain = SystemKeychain::new(LONG);
            assert_eq!(keychain.read(WALLET), Err(KeychainError::Unreachable));
            desktop.ask("start the keyring");
            keychain.replace(WALLET, b"{}").unwrap();
        },
    );
}

#[test]
fn a_missing_bus_is_unreachable() {
    on(
        PrivateDesktop::without_keyring,
        "a_missing_bus_is_unreachable",
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
fn calls_from_many_threads_are_independent() {
    on(
        PrivateDesktop::start,
        "calls_from_many_threads_are_independent",
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
fn a_daemon_that_does_not_answer_times_out_and_blocks_only_one_thread() {
    let name = "a_daemon_that_does_not_answer_times_out_and_blocks_only_one_thread";
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
                "a call is refused at once while an earlier one hangs"
            );
        }
        assert_eq!(self::threads(), threads);
        desktop.ask("thaw the keyring");
        assert_eq!(
            **wait_for(|| keychain.read(WALLET)).unwrap(),
            *b"{}",
            "the late call took effect"
        );
    });
}

#[test]
fn a_call_to_a_daemon_that_exits_without_an_answer_is_abandoned() {
    on(
        PrivateDesktop::start,
        "a_call_to_a_daemon_that_exits_without_an_answer_is_abandoned",
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
fn an_unanswered_unlock_dialog_times_out_and_ends_with_its_daemon() {
    let name = "an_unanswered_unlock_dialog_times_out_and_ends_with_its_daemon";
    let display = std::env::var_os(CHILD).is_none().then(Display::start);
    let desktop = || PrivateDesktop::with_display(&display.as_ref().unwrap().name, &[]);
    on(desktop, name, |desktop| {
        SystemKeychain::new(LONG).replace(WALLET, b"{}").unwrap();
        desktop.ask("lock the keyring");
        // A dialog that cannot be shown is dismissed within this time.
        let keychain = SystemKeychain::new(SHORT);
        assert_eq!(keychain.read(WALLET), Err(KeychainError::TimedOut));
        let start = Instant::now();
        assert_eq!(keychain.read(WALLET), Err(KeychainError::TimedOut));
        assert!(start.elapsed() < SHORT, "no second dialog");
        desktop.ask("kill the keyring");
        assert_eq!(keychain.read(WALLET), Err(KeychainError::Unreachable));
        desktop.ask("start the keyring");
        assert_eq!(**keychain.read(WALLET).unwrap().unwrap(), *b"{}");
    });
}

#[test]
fn without_any_keyring_there_is_no_record_and_a_write_prompts_for_a_new_keyring() {
    let name = "without_any_keyring_there_is_no_record_and_a_write_prompts_for_a_new_keyring";
    on(PrivateDesktop::without_keyring, name, |desktop| {
        desktop.ask("start the keyring without login");
        let keychain = SystemKeychain::new(LONG);
        assert_eq!(keychain.read(WALLET), Ok(None));
        // The dialog for the new keyring's password cannot be shown.
        assert_eq!(keychain.replace(WALLET, b"{}"), Err(KeychainError::Locked));
        assert_eq!(keychain.read(WALLET), Ok(None));
    });
}

#[test]
fn a_silent_read_returns_the_record_and_a_silent_write_replaces_it() {
    on(
        PrivateDesktop::start,
        "a_silent_read_returns_the_record_and_a_silent_write_replaces_it",
        |_| {
            let keychain = SystemKeychain::new(LONG);
            assert_eq!(keychain.read_silently(WALLET), Ok(None));
            keychain.replace(WALLET, b"{\"first\":1}").unwrap();
            let read = keychain.read_silently(WALLET).unwrap();
            assert_eq!(**read.unwrap(), *b"{\"first\":1}");
            assert_eq!(keychain.read_silently(OTHER), Ok(None));
            keychain
                .replace_silently(WALLET, b"{\"second\":2}")
                .unwrap();
            let read = keychain.read(WALLET).unwrap();
            assert_eq!(**read.unwrap(), *b"{\"second\":2}");
            // Background work never makes a record.
            let made = keychain.replace_silently(OTHER, b"{}");
            assert_eq!(made, Err(KeychainError::Failed));
            assert_eq!(keychain.read(OTHER), Ok(None));
        },
    );
}

#[test]
fn a_silent_call_to_a_locked_keyring_does_not_prompt() {
    let name = "a_silent_call_to_a_locked_keyring_does_not_prompt";
    let display = std::env::var_os(CHILD).is_none().then(Display::start);
    let desktop = || PrivateDesktop::with_display(&display.as_ref().unwrap().name, &[]);
    on(desktop, name, |desktop| {
        let keychain = SystemKeychain::new(LONG);
        keychain.replace(WALLET, b"{}").unwrap();
        desktop.ask("lock the keyring");
        let mut monitor = Monitor::start();
        let start = Instant::now();
        // A prompt would time out instead.
        for wallet in [WALLET, OTHER] {
            assert_eq!(keychain.read_silently(wallet), Err(KeychainError::Locked));
            let written = keychain.replace_silently(wallet, b"{\"later\":1}");
            assert_eq!(written, Err(KeychainError::Locked));
        }
        assert!(start.elapsed() < SHORT);
        assert!(!monitor.calls().iter().any(|call| prompts(call)));

        // The monitor does see the prompt of a normal read.
        let impatient = SystemKeychain::new(SHORT);
        assert_eq!(impatient.read(WALLET), Err(KeychainError::TimedOut));
        assert!(monitor.calls().iter().any(|call| prompts(call)));
        desktop.ask("kill the keyring");
    });
}

#[test]
fn a_silent_call_does_not_wait_for_an_unlock_dialog() {
    let name = "a_silent_call_does_not_wait_for_an_unlock_dialog";
    let display = std::env::var_os(CHILD).is_none().then(Display::start);
    let desktop = || PrivateDesktop::with_display(&display.as_ref().unwrap().name, &[]);
    on(desktop, name, |desktop| {
        SystemKeychain::new(LONG).replace(WALLET, b"{}").unwrap();
        desktop.ask("lock the keyring");
        let keychain = SystemKeychain::new(2 * SHORT);
        let mut monitor = Monitor::start();
        thread::scope(|scope| {
            let read = scope.spawn(|| keychain.read(WALLET));
            while !monitor.calls().iter().any(|call| prompts(call)) {
                thread::yield_now();
            }
            let start = Instant::now();
            assert_eq!(keychain.read_silently(WALLET), Err(KeychainError::TimedOut));
            let written = keychain.replace_silently(WALLET, b"{}");
            assert_eq!(written, Err(KeychainError::TimedOut));
            assert!(start.elapsed() < SHORT);
            desktop.ask("kill the keyring");
            assert!(read.join().unwrap().is_err());
        });
    });
}

#[test]
fn a_silent_read_of_a_killed_daemon_is_unreachable() {
    on(
        PrivateDesktop::start,
        "a_silent_read_of_a_killed_daemon_is_unreachable",
        |desktop| {
            desktop.ask("kill the keyring");
            assert_eq!(
                SystemKeychain::new(LONG).read_silently(WALLET),
                Err(KeychainError::Unreachable)
            );
        },
    );
}

#[test]
fn two_records_of_one_name_are_told_and_made_one() {
    on(
        PrivateDesktop::start,
        "two_records_of_one_name_are_told_and_made_one",
        |_| {
            let keychain = SystemKeychain::new(LONG);
            keychain.replace(WALLET, b"{\"first\":1}").unwrap();
            keychain.replace(OTHER, b"{\"other\":1}").unwrap();
            // What a keyring leaves that was synchronised: the same attributes a second time.
            let service = secret_service::blocking::SecretService::connect(
                secret_service::EncryptionType::Plain,
            )
            .unwrap();
            let wallet = WALLET.to_string();
            let attributes = [("service", "Backup Code"), ("username", wallet.as_str())];
            let keyring = service.get_default_collection().unwrap();
            let second = b"{\"second\":2}";
            keyring
                .create_item("copy", attributes.into(), second, false, "text/plain")
                .unwrap();
            let several = KeychainError::Several;
            assert_eq!(keychain.read(WALLET), Err(several));
            assert_eq!(keychain.read_silently(WALLET), Err(several));
            assert_eq!(keychain.replace(WALLET, b"{}"), Err(several));
            assert_eq!(keychain.replace_silently(WALLET, b"{}"), Err(several));
            let mut records = keychain.read_all(WALLET).unwrap();
            records.sort_by_key(|record| record.to_vec());
            assert_eq!(*records[0], *b"{\"first\":1}");
            assert_eq!(*records[1], *second);
            assert_eq!(records.len(), 2);

            keychain.replace_all(WALLET, b"{\"one\":1}").unwrap();
            assert_eq!(**keychain.read(WALLET).unwrap().unwrap(), *b"{\"one\":1}");
            assert_eq!(keychain.read_all(WALLET).unwrap().len(), 1);
            let other = keychain.read(OTHER).unwrap().unwrap();
            assert_eq!(*other, *b"{\"other\":1}");
        },
    );
}

/// Two databases are open in KeePassXC, and the record is in the one that was in front.
#[test]
fn a_record_in_a_locked_database_behind_another_one_is_locked_and_not_missing() {
    on(
        PrivateDesktop::without_keyring,
        "a_record_in_a_locked_database_behind_another_one_is_locked_and_not_missing",
        |desktop| {
            desktop.ask("open two databases");
            let keychain = SystemKeychain::new(LONG);
            assert_eq!(keychain.read(WALLET), Ok(None));
            keychain.replace(WALLET, b"{}").unwrap();
            desktop.ask("quit the keyring");

            desktop.ask("open the second database");
            let locked = KeychainError::Locked;
            assert_eq!(keychain.read_silently(WALLET), Err(locked));
            let written = keychain.replace_silently(WALLET, b"{\"later\":1}");
            assert_eq!(written, Err(locked));
            // Nobody answers the dialog.
            let impatient = SystemKeychain::new(SHORT);
            assert_eq!(impatient.read(WALLET), Err(KeychainError::TimedOut));
            desktop.ask("kill the keyring");

            desktop.ask("open two databases");
            assert_eq!(**keychain.read(WALLET).unwrap().unwrap(), *b"{}");
            assert_eq!(keychain.read_silently(OTHER), Ok(None));
        },
    );
}

/// Returns true for a call that asks the service to unlock something or to show a prompt.
fn prompts(call: &str) -> bool {
    ["Unlock", "Prompt", "CreateCollection"].contains(&call)
}

/// Records the calls of all clients of the Secret Service on this bus.
struct Monitor {
    messages: MessageIterator,
    /// The client whose call marks the end of the earlier ones.
    marker: Connection,
    marks: u32,
}

impl Monitor {
    fn start() -> Self {
        let connection = Connection::session().unwrap();
        let messages = MessageIterator::from(&connection);
        MonitoringProxy::new(&connection)
            .unwrap()
            .become_monitor(&[], 0)
            .unwrap();
        Self {
            messages,
            marker: Connection::session().unwrap(),
            marks: 0,
        }
    }

    /// The names of the methods that were called since the last time.
    fn calls(&mut self) -> Vec<String> {
        self.marks += 1;
        let mark = format!("mark.number{}", self.marks);
        let owned = DBusProxy::new(&self.marker)
            .unwrap()
            .name_has_owner(BusName::try_from(mark.as_str()).unwrap());
        assert!(!owned.unwrap());
        let mut calls = Vec::new();
        // The bus delivers messages in order.
        for message in self.messages.by_ref() {
            let message = message.unwrap();
            let header = message.header();
            if header.message_type() != Type::MethodCall {
                continue;
            }
            let (Some(interface), Some(member)) = (header.interface(), header.member()) else {
                continue;
            };
            if interface.starts_with("org.freedesktop.Secret.") {
                calls.push(member.to_string());
            }
            let body = message.body();
            if member == "NameHasOwner" && body.deserialize::<&str>() == Ok(mark.as_str()) {
                break;
            }
        }
        calls
    }
}

/// Repeats a call until an earlier one has freed the keychain.
fn wait_for<T>(call: impl Fn() -> Result<T, KeychainError>) -> T {
    let start = Instant::now();
    loop {
        match call() {
            Err(KeychainError::TimedOut) if start.elapsed() < LONG => thread::yield_now(),
            outcome => return outcome.unwrap(),
        }
    }
}

/// Number of this process's threads that wait for a keychain.
fn threads() -> usize {
    let names = std::fs::read_dir("/proc/self/task").unwrap();
    names
        .filter_map(|task| std::fs::read_to_string(task.unwrap().path().join("comm")).ok())
        .filter(|name| name.trim() == "keychain")
        .count()
}
