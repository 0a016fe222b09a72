//! The Secret Service of a private desktop, from the side of another client of its bus.

use std::io;
use std::time::Instant;

use zbus::blocking::connection::Builder;
use zbus::blocking::fdo::DBusProxy;
use zbus::blocking::{Connection, Proxy};
use zbus::names::BusName;
use zbus::zvariant::{ObjectPath, OwnedObjectPath};

use super::process::{PATIENCE, pause};

const NAME: &str = "org.freedesktop.secrets";
const LOGIN: &str = "/org/freedesktop/secrets/collection/login";
const COLLECTION: &str = "org.freedesktop.Secret.Collection";

/// A connection to the bus that the service is on.
pub(super) struct SecretService(Connection);

impl SecretService {
    pub(super) fn connect(address: &str) -> io::Result<Self> {
        Builder::address(address)
            .and_then(Builder::build)
            .map(SecretService)
            .map_err(io::Error::other)
    }

    /// Waits until the service owns its name, or until it does not.
    pub(super) fn wait_for_owner(&self, owned: bool) -> io::Result<()> {
        let names = DBusProxy::new(&self.0).map_err(io::Error::other)?;
        let name = BusName::try_from(NAME).map_err(io::Error::other)?;
        let deadline = Instant::now() + PATIENCE;
        while names
            .name_has_owner(name.clone())
            .map_err(io::Error::other)?
            != owned
        {
            pause(deadline, "the Secret Service did not start or exit")?;
        }
        Ok(())
    }

    /// Waits until the login keyring is unlocked, which the daemon does after it owns its name.
    pub(super) fn wait_for_login_keyring(&self) -> io::Result<()> {
        self.wait_until_locked(LOGIN, false)
    }

    /// Waits until KeePassXC shows the database of this name, locked or not.
    pub(super) fn wait_for_database(&self, name: &str, locked: bool) -> io::Result<()> {
        let path = format!("/org/freedesktop/secrets/collection/{name}");
        self.wait_until_locked(&path, locked)
    }

    fn wait_until_locked(&self, keyring: &str, locked: bool) -> io::Result<()> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let is_locked = Proxy::new(&self.0, NAME, keyring, COLLECTION)
                .and_then(|keyring| keyring.get_property::<bool>("Locked"));
            if is_locked.is_ok_and(|it| it == locked) {
                return Ok(());
            }
            pause(deadline, "a keyring was not locked or unlocked")?;
        }
    }

    /// Waits until there is a default keyring for the first record, which the daemon sets after it
    /// unlocks the login keyring.
    pub(super) fn wait_for_default(&self) -> io::Result<()> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let default = self.service().and_then(|service| {
                service.call::<_, _, OwnedObjectPath>("ReadAlias", &("default",))
            });
            if default.is_ok_and(|path| path.as_str() != "/") {
                return Ok(());
            }
            pause(deadline, "no keyring became the default")?;
        }
    }

    /// Locks the login keyring.
    pub(super) fn lock_login_keyring(&self) -> io::Result<()> {
        let service = self.service().map_err(io::Error::other)?;
        let login = ObjectPath::try_from(LOGIN).map_err(io::Error::other)?;
        let (locked, _prompt): (Vec<OwnedObjectPath>, OwnedObjectPath) = service
            .call("Lock", &(vec![login],))
            .map_err(io::Error::other)?;
        if locked.is_empty() {
            return Err(io::Error::other("the login keyring was not locked"));
        }
        Ok(())
    }

    fn service(&self) -> zbus::Result<Proxy<'_>> {
        Proxy::new(
            &self.0,
            NAME,
            "/org/freedesktop/secrets",
            "org.freedesktop.Secret.Service",
        )
    }
}
