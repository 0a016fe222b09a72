//! Signals on D-Bus: of the desktop's screen saver on the session bus, and of logind on the system
//! bus.
//!
//! No desktop has them all. GNOME, Cinnamon, MATE and Xfce have a screen saver of their own name,
//! KDE and others have the common one, and most tell logind.

use std::collections::HashMap;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use zbus::blocking::connection::Builder;
use zbus::blocking::fdo::DBusProxy;
use zbus::blocking::{Connection, MessageIterator};
use zbus::message::{Message, Type};
use zbus::names::WellKnownName;
use zbus::zvariant::{OwnedObjectPath, OwnedValue};
use zbus::{MatchRule, Result};

/// Their interfaces have the same names.
const SAVERS: [&str; 5] = [
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
    "org.xfce.ScreenSaver",
];

const LOGIN: &str = "org.freedesktop.login1";
const LOGIN_PATH: &str = "/org/freedesktop/login1";
const MANAGER: &str = "org.freedesktop.login1.Manager";
const SESSION: &str = "org.freedesktop.login1.Session";
const PROPERTIES: &str = "org.freedesktop.DBus.Properties";

/// Limit for an answer of a bus or of a service.
const PATIENCE: Duration = Duration::from_secs(10);
/// Time before a bus that is missing or went away is tried again.
const PAUSE: Duration = Duration::from_secs(60);

pub(super) fn watch(on_lock: impl Fn() + Send + Sync + 'static) {
    let on_lock = Arc::new(on_lock);
    let by_login = Arc::clone(&on_lock);
    repeat(move || watch_savers(&*on_lock));
    repeat(move || watch_login(&*by_login));
}

/// Runs `watching` in a thread, and again a while after it ended.
fn repeat(watching: impl Fn() -> Result<()> + Send + 'static) {
    thread::spawn(move || {
        loop {
            // A desktop without this bus or this service is none to complain about.
            let _ = watching();
            thread::sleep(PAUSE);
        }
    });
}

fn watch_savers(on_lock: impl Fn()) -> Result<()> {
    let bus = Builder::session()?.method_timeout(PATIENCE).build()?;
    let signals = SAVERS.map(|saver| Signal {
        sender: saver,
        path: None,
        interface: saver,
        member: "ActiveChanged",
        is_lock: |message| message.body().deserialize::<bool>().unwrap_or(false),
    });
    listen(&bus, &signals, on_lock)
}

fn watch_login(on_lock: impl Fn()) -> Result<()> {
    let bus = Builder::system()?.method_timeout(PATIENCE).build()?;
    // The session of this process; if it belongs to none, the one on this person's screen.
    let answer = bus.call_method(
        Some(LOGIN),
        LOGIN_PATH,
        Some(MANAGER),
        "GetSession",
        &("auto",),
    )?;
    let path: OwnedObjectPath = answer.body().deserialize()?;
    let signals = [
        Signal {
            sender: LOGIN,
            path: Some(path.clone()),
            interface: SESSION,
            member: "Lock",
            is_lock: |_| true,
        },
        Signal {
            sender: LOGIN,
            path: Some(path),
            interface: PROPERTIES,
            member: "PropertiesChanged",
            is_lock: says_locked,
        },
    ];
    listen(&bus, &signals, on_lock)
}

/// Returns whether the changed properties of the session say that it is locked now.
fn says_locked(message: &Message) -> bool {
    let body = message.body();
    let Ok((interface, changed, _)) =
        body.deserialize::<(&str, HashMap<&str, OwnedValue>, Vec<&str>)>()
    else {
        return false;
    };
    let hint = changed.get("LockedHint");
    interface == SESSION && hint.is_some_and(|it| bool::try_from(it).unwrap_or(false))
}

/// A signal that may say that the screen was locked.
struct Signal {
    /// The well-known name of the service that sends it.
    sender: &'static str,
    /// The object that it is about; `None` for any.
    path: Option<OwnedObjectPath>,
    interface: &'static str,
    member: &'static str,
    is_lock: fn(&Message) -> bool,
}

impl Signal {
    fn rule(&self) -> Result<MatchRule<'_>> {
        let rule = MatchRule::builder()
            .msg_type(Type::Signal)
            .sender(self.sender)?
            .interface(self.interface)?
            .member(self.member)?;
        Ok(match &self.path {
            Some(path) => rule.path(path)?.build(),
            None => rule.build(),
        })
    }

    /// Returns whether `message` is this signal, whoever sent it.
    fn is(&self, message: &Message) -> bool {
        let header = message.header();
        let path = self.path.as_ref();
        message.message_type() == Type::Signal
            && header.interface().is_some_and(|it| it == self.interface)
            && header.member().is_some_and(|it| it == self.member)
            && path.is_none_or(|path| header.path() == Some(path))
    }

    /// Returns whether its service sent `message`. The bus passes on what anybody addresses to this
    /// connection, whatever it was asked for.
    fn is_from_service(&self, message: &Message, names: &DBusProxy<'_>) -> bool {
        let service = WellKnownName::from_static_str_unchecked(self.sender);
        let owner = names.get_name_owner(service.into());
        owner.is_ok_and(|owner| message.header().sender() == Some(&*owner))
    }
}

/// Calls `on_lock` after each of the signals that says so, until the bus goes away.
fn listen(bus: &Connection, signals: &[Signal], on_lock: impl Fn()) -> Result<()> {
    // Begun before the bus is asked for the signals, so that none is missed.
    let messages = MessageIterator::from(bus);
    let names = DBusProxy::new(bus)?;
    for signal in signals {
        names.add_match_rule(signal.rule()?)?;
    }
    for message in messages {
        let message = message?;
        let says_so = |it: &Signal| {
            it.is(&message) && (it.is_lock)(&message) && it.is_from_service(&message, &names)
        };
        if signals.iter().any(says_so) {
            on_lock();
        }
    }
    Ok(())
}
