//! The desktop's settings portal, as far as light and dark go: what a person switches in their system.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use zbus::blocking::Connection;
use zbus::blocking::connection::Builder;
use zbus::blocking::fdo::DBusProxy;
use zbus::zvariant::{OwnedValue, Value};
use zbus::{fdo, interface};

use crate::driver::wait_until;

const PATH: &str = "/org/freedesktop/portal/desktop";
const NAMESPACE: &str = "org.freedesktop.appearance";
const KEY: &str = "color-scheme";
/// The name by which one instance of the app tells another that it is there.
const APP: &str = "org.backupcode.app.SingleInstance";

/// The look that the desktop asks its programs for, with the portal's own numbers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    Dark = 1,
    Light = 2,
}

impl Look {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Dark => "dark",
            Self::Light => "light",
        }
    }
}

/// The portal on one session bus. Light at first.
pub(crate) struct Portal {
    bus: Connection,
    look: Arc<AtomicU32>,
}

struct Settings {
    look: Arc<AtomicU32>,
}

#[interface(name = "org.freedesktop.portal.Settings")]
impl Settings {
    fn read(&self, namespace: &str, key: &str) -> fdo::Result<OwnedValue> {
        if (namespace, key) != (NAMESPACE, KEY) {
            return Err(fdo::Error::Failed(format!("{namespace} {key} is not set")));
        }
        // A variant in a variant: an old slip of the portal that became its interface.
        let value = Value::Value(Box::new(Value::U32(self.look.load(Ordering::SeqCst))));
        OwnedValue::try_from(value).map_err(|error| fdo::Error::Failed(error.to_string()))
    }
}

impl Portal {
    /// Answers on the session bus at `address`.
    pub(crate) fn start(address: &str) -> Self {
        let look = Arc::new(AtomicU32::new(Look::Light as u32));
        let settings = Settings {
            look: Arc::clone(&look),
        };
        let bus = Builder::address(address)
            .and_then(|it| it.serve_at(PATH, settings))
            .and_then(|it| it.name("org.freedesktop.portal.Desktop"))
            .and_then(Builder::build)
            .expect("the session bus takes a settings portal");
        Self { bus, look }
    }

    /// Returns when the session bus has noticed that the app ended: until then a new one takes itself for a second
    /// instance and leaves the word to the first.
    pub(crate) fn wait_until_the_app_left(&self) {
        let bus = DBusProxy::new(&self.bus).expect("the session bus answers");
        wait_until("the app leaves the session bus", || {
            let owned = bus.name_has_owner(APP.try_into().expect("a bus name"));
            !owned.expect("the session bus answers")
        });
    }

    /// Changes the look and tells every program.
    pub(crate) fn switch(&self, look: Look) {
        self.look.store(look as u32, Ordering::SeqCst);
        self.bus
            .emit_signal(
                None::<&str>,
                PATH,
                "org.freedesktop.portal.Settings",
                "SettingChanged",
                &(NAMESPACE, KEY, Value::U32(look as u32)),
            )
            .expect("the session bus carries the change");
    }
}
