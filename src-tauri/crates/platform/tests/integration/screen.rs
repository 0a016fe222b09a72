//! [`screen::watch`] on the buses of a [`PrivateDesktop`].
//!
//! The addresses of the buses belong to the whole process, so a child process watches.

#![cfg(target_os = "linux")]

use std::collections::HashMap;
use std::fs;
use std::io::{BufRead, BufReader, Write, stdin, stdout};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread::{self, sleep};
use std::time::Duration;

use platform::screen;
use platform::testing::{PrivateDesktop, ScreenSaver};
use zbus::blocking::connection::Builder;
use zbus::blocking::fdo::{DBusProxy, MonitoringProxy};
use zbus::blocking::{Connection, MessageIterator};
use zbus::interface;
use zbus::zvariant::{OwnedObjectPath, Value};

const SAVERS: [&str; 5] = [
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
    "org.xfce.ScreenSaver",
];
const LOGIN: &str = "org.freedesktop.login1";
const SESSION: &str = "org.freedesktop.login1.Session";
const OURS: &str = "/org/freedesktop/login1/session/_32";
const ANOTHER: &str = "/org/freedesktop/login1/session/_33";

/// Longer than a signal takes on a machine under load.
const PATIENCE: Duration = Duration::from_secs(20);
/// Printed at each lock, on a line of its own.
const LOCKED: &str = "@locked";

/// Watches in the process that the other tests start.
#[test]
#[ignore = "watches for the tests after it"]
fn print_locks() {
    screen::watch(|| {
        // Written directly, because tests capture `print!`.
        let mut output = stdout().lock();
        writeln!(output, "\n{LOCKED}").unwrap();
        output.flush().unwrap();
    });
    let _ = std::io::read_to_string(stdin());
}

/// A process that watches.
struct Watching {
    child: Child,
    locks: Receiver<()>,
}

impl Watching {
    fn start(prepare: impl FnOnce(&mut Command)) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["screen::print_locks", "--exact", "--ignored", "--nocapture"]);
        prepare(&mut command);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let (report, locks) = channel();
        thread::spawn(move || {
            for _ in output.lines().filter(|it| it.as_deref().unwrap() == LOCKED) {
                let _ = report.send(());
            }
        });
        Self { child, locks }
    }

    #[track_caller]
    fn wait_for_lock(&self) {
        self.locks.recv_timeout(PATIENCE).unwrap();
    }

    /// The time that it has used the processor, in hundredths of a second.
    fn used(&self) -> u64 {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap();
        let (_, fields) = stat.rsplit_once(") ").unwrap();
        let times = fields.split(' ').skip(11).take(2);
        times.map(|it| it.parse::<u64>().unwrap()).sum()
    }

    /// Asserts that it does nothing while there is nothing to do.
    #[track_caller]
    fn rests(&self) {
        let before = self.used();
        sleep(Duration::from_secs(1));
        assert!(self.used() - before < 20);
    }

    /// Ends it. Asserts that it saw no lock that was not waited for.
    #[track_caller]
    fn end(mut self) {
        drop(self.child.stdin.take());
        assert!(self.child.wait().unwrap().success());
        assert_eq!(self.locks.iter().count(), 0);
    }
}

/// logind, as far as it is used.
struct Login;

#[interface(name = "org.freedesktop.login1.Manager")]
impl Login {
    fn get_session(&self, name: &str) -> OwnedObjectPath {
        assert_eq!(name, "auto");
        OwnedObjectPath::try_from(OURS).unwrap()
    }
}

fn connect(desktop: &PrivateDesktop) -> Connection {
    Builder::address(desktop.address())
        .unwrap()
        .build()
        .unwrap()
}

fn start_login(desktop: &PrivateDesktop) -> Connection {
    let builder = Builder::address(desktop.address()).unwrap();
    let builder = builder.name(LOGIN).unwrap();
    let builder = builder.serve_at("/org/freedesktop/login1", Login).unwrap();
    builder.build().unwrap()
}

/// Has the bus pass on what was sent before.
fn settle(bus: &Connection) {
    DBusProxy::new(bus).unwrap().get_id().unwrap();
}

fn send_lock(bus: &Connection, session: &str) {
    bus.emit_signal(None::<&str>, session, SESSION, "Lock", &())
        .unwrap();
    settle(bus);
}

fn change(bus: &Connection, session: &str, property: &str, locked: bool) {
    let changed = HashMap::from([(property, Value::from(locked))]);
    let properties = "org.freedesktop.DBus.Properties";
    let content = (SESSION, changed, Vec::<&str>::new());
    bus.emit_signal(
        None::<&str>,
        session,
        properties,
        "PropertiesChanged",
        &content,
    )
    .unwrap();
    settle(bus);
}

/// Every request to a bus for signals.
fn requests(desktop: &PrivateDesktop) -> MessageIterator {
    let monitor = connect(desktop);
    let requests = MessageIterator::from(&monitor);
    let rule = "type='method_call',member='AddMatch'";
    MonitoringProxy::new(&monitor)
        .unwrap()
        .become_monitor(&[rule.try_into().unwrap()], 0)
        .unwrap();
    requests
}

/// Waits until that many signals whose rules contain `part` have been asked for. Returns the
/// connection that asked.
fn wait_for_requests(requests: &mut MessageIterator, part: &str, count: usize) -> String {
    let senders = requests.filter_map(|message| {
        let message = message.unwrap();
        let rule: String = message.body().deserialize().ok()?;
        let sender = message.header().sender()?.to_string();
        rule.contains(part).then_some(sender)
    });
    senders.take(count).last().unwrap()
}

#[test]
fn a_lock_is_told_by_every_screen_saver_and_by_nobody_who_is_none() {
    let desktop = PrivateDesktop::without_keyring().unwrap();
    let mut requests = requests(&desktop);
    let watching = Watching::start(|child| _ = desktop.apply(child));
    let watcher = wait_for_requests(&mut requests, "ActiveChanged", SAVERS.len());
    for name in SAVERS {
        let impostor = ScreenSaver::impostor(&desktop, name).unwrap();
        impostor.say(true).unwrap();
        impostor.say_to(&watcher, true).unwrap();
        let saver = ScreenSaver::start(&desktop, name).unwrap();
        saver.say(false).unwrap();
        impostor.say(true).unwrap();
        impostor.say_to(&watcher, true).unwrap();
        saver.say(true).unwrap();
        watching.wait_for_lock();
        saver.say(false).unwrap();
    }
    watching.end();
}

#[test]
fn a_lock_is_told_by_logind_for_this_session_alone() {
    let desktop = PrivateDesktop::without_keyring().unwrap();
    let mut requests = requests(&desktop);
    let login = start_login(&desktop);
    let watching = Watching::start(|child| _ = desktop.apply(child));
    wait_for_requests(&mut requests, OURS, 2);
    let impostor = connect(&desktop);
    for (bus, session) in [(&login, ANOTHER), (&impostor, OURS)] {
        send_lock(bus, session);
        change(bus, session, "LockedHint", true);
    }
    change(&login, OURS, "LockedHint", false);
    change(&login, OURS, "IdleHint", true);
    change(&login, OURS, "LockedHint", true);
    watching.wait_for_lock();
    send_lock(&login, OURS);
    watching.wait_for_lock();
    watching.end();
}

#[test]
fn a_bus_that_is_missing_or_goes_away_costs_nothing() {
    let watching = Watching::start(|child| {
        for bus in ["DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS"] {
            child.env(bus, "unix:path=/no/such/bus");
        }
    });
    let mut desktop = PrivateDesktop::without_keyring().unwrap();
    let mut requests = requests(&desktop);
    let abandoned = Watching::start(|child| _ = desktop.apply(child));
    wait_for_requests(&mut requests, "ActiveChanged", SAVERS.len());
    desktop.kill_bus().unwrap();
    // Each has come to rest by then.
    sleep(Duration::from_secs(1));
    watching.rests();
    abandoned.rests();
    watching.end();
    abandoned.end();
}
