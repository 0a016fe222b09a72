//! A stand-in for the screen saver of a desktop.

use std::io;

use zbus::blocking::Connection;
use zbus::blocking::connection::Builder;
use zbus::blocking::fdo::DBusProxy;

use super::desktop::PrivateDesktop;

/// A program that locks the screen, as the others on its bus see it. Its interface is named as it
/// is.
pub struct ScreenSaver {
    bus: Connection,
    name: &'static str,
}

impl ScreenSaver {
    /// Starts it under the well-known name `name`.
    pub fn start(desktop: &PrivateDesktop, name: &'static str) -> io::Result<Self> {
        let bus = Builder::address(desktop.address()).and_then(|it| it.name(name)?.build());
        let bus = bus.map_err(io::Error::other)?;
        Ok(Self { bus, name })
    }

    /// Starts a program that sends the signals of `name` and does not own that name.
    pub fn impostor(desktop: &PrivateDesktop, name: &'static str) -> io::Result<Self> {
        let bus = Builder::address(desktop.address()).and_then(Builder::build);
        let bus = bus.map_err(io::Error::other)?;
        Ok(Self { bus, name })
    }

    /// Says that the screen is locked now, or no longer. Returns when the bus has passed it on.
    pub fn say(&self, locked: bool) -> io::Result<()> {
        self.send(None, locked).map_err(io::Error::other)
    }

    /// Says so to one connection alone, whatever it asked the bus for.
    pub fn say_to(&self, connection: &str, locked: bool) -> io::Result<()> {
        self.send(Some(connection), locked)
            .map_err(io::Error::other)
    }

    fn send(&self, to: Option<&str>, locked: bool) -> zbus::Result<()> {
        let path = "/org/gnome/ScreenSaver";
        self.bus
            .emit_signal(to, path, self.name, "ActiveChanged", &locked)?;
        // The bus answers in turn.
        DBusProxy::new(&self.bus)?.get_id()?;
        Ok(())
    }
}
