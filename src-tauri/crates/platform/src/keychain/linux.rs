//! The Secret Service: GNOME Keyring, KWallet, KeePassXC and others, on the session bus.

use std::collections::{BTreeSet, HashMap};
use std::error::Error as StdError;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use keyring_core::CredentialStore;
use secret_service::EncryptionType;
use secret_service::blocking::{Collection, Item, SecretService};
use usecases::ports::{KeychainError, StoreKind};
use zbus::blocking::Connection;
use zbus::blocking::fdo::DBusProxy;
use zbus::fdo;
use zbus::names::{BusName, OwnedUniqueName, WellKnownName};
use zbus::zvariant::OwnedObjectPath;
use zeroize::Zeroizing;

use super::error;
use super::record::check_kept;

pub(super) const KIND: StoreKind = StoreKind::SecretService;

const NAME: &str = "org.freedesktop.secrets";

/// One run of the service: the unique name of its connection, which the bus never reuses.
pub(super) type Instance = OwnedUniqueName;

pub(super) fn open() -> keyring::Result<Arc<CredentialStore>> {
    Ok(zbus_secret_service_keyring_store::Store::new()?)
}

/// The run of the service that answers now, if any.
pub(super) fn instance() -> Option<Instance> {
    let bus = Connection::session().ok()?;
    let name = BusName::from(WellKnownName::from_static_str_unchecked(NAME));
    DBusProxy::new(&bus).ok()?.get_name_owner(name).ok()
}

/// Sets the name that keyring programs show for the record.
pub(super) fn modifiers(wallet: &str) -> [(&'static str, String); 1] {
    [("label", format!("Backup Code, wallet {wallet}"))]
}

/// The keyrings that the person has declined to unlock in this run, by their paths.
#[derive(Default)]
pub(super) struct Declined(Mutex<BTreeSet<String>>);

impl Declined {
    fn paths(&self) -> MutexGuard<'_, BTreeSet<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Unlocks the next keyring that may hold a record unseen, and returns whether there was one. "No
/// such record" is inconclusive until there is none.
///
/// The default one has to be unlocked. Another one may have nothing to do with this app: whoever
/// declines that is not asked for it again in this run, and the record counts as missing.
pub(super) fn unlock_next(declined: &Declined) -> Result<bool, KeychainError> {
    let service = SecretService::connect(EncryptionType::Plain).map_err(service_cause)?;
    let default = default_path(&service)?;
    let mut closed = closed(&service, default.as_ref(), declined)?;
    closed.sort_by_key(|keyring| Some(&keyring.collection_path) != default.as_ref());
    for keyring in closed {
        let unlocked = keyring.unlock();
        // One that reports success and leaves it locked would be asked again and again.
        if unlocked.is_ok() && !keyring.is_locked().map_err(service_cause)? {
            return Ok(true);
        }
        let error = unlocked.err().unwrap_or(secret_service::Error::Prompt);
        let is_default = Some(&keyring.collection_path) == default.as_ref();
        if is_default || !matches!(error, secret_service::Error::Prompt) {
            return Err(service_cause(error));
        }
        declined.paths().insert(keyring.collection_path.to_string());
    }
    Ok(false)
}

fn default_path(service: &SecretService<'_>) -> Result<Option<OwnedObjectPath>, KeychainError> {
    match service.get_default_collection() {
        Ok(keyring) => Ok(Some(keyring.collection_path)),
        Err(secret_service::Error::NoResult) => Ok(None),
        Err(error) => Err(service_cause(error)),
    }
}

/// The keyrings that may hold records unseen: the default one if it is locked, and every other one
/// that is locked and shows no items, unless its person has declined to unlock it.
///
/// GNOME Keyring and KWallet find the records of a locked keyring. KeePassXC shows a locked
/// database as an empty keyring, and its default is the database that is in front, so a record may
/// be in another one.
fn closed<'a>(
    service: &'a SecretService<'a>,
    default: Option<&OwnedObjectPath>,
    declined: &Declined,
) -> Result<Vec<Collection<'a>>, KeychainError> {
    let mut closed = Vec::new();
    for keyring in service.get_all_collections().map_err(service_cause)? {
        let path = &keyring.collection_path;
        let may_hide = keyring.is_locked().map_err(service_cause)?
            && (Some(path) == default
                || (!declined.paths().contains(path.as_str())
                    && keyring.get_all_items().map_err(service_cause)?.is_empty()));
        if may_hide {
            closed.push(keyring);
        }
    }
    Ok(closed)
}

/// Reads the record without a prompt: `Locked` if it is, or if a locked keyring may hold it unseen.
///
/// Nothing here calls `Unlock`. The service answers a read that loses a race with a lock with an
/// error, not with a prompt.
pub(super) fn read_silently(
    entry: &keyring::Entry,
    declined: &Declined,
) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
    let service = SecretService::connect(EncryptionType::Dh).map_err(service_cause)?;
    match unlocked_item(&service, entry, declined)? {
        None => Ok(None),
        Some(item) => match item.get_secret() {
            Ok(record) => Ok(Some(Zeroizing::new(record))),
            Err(error) => Err(service_cause(error)),
        },
    }
}

/// Writes a record that exists, without a prompt, like [`read_silently`]. Background work ends
/// codes, and never makes a record.
pub(super) fn write_silently(
    entry: &keyring::Entry,
    record: &[u8],
    declined: &Declined,
) -> Result<(), KeychainError> {
    let service = SecretService::connect(EncryptionType::Dh).map_err(service_cause)?;
    let item = unlocked_item(&service, entry, declined)?.ok_or(KeychainError::Failed)?;
    item.set_secret(record, "application/octet-stream")
        .map_err(service_cause)
}

/// Finds the record without a prompt: `Locked` if it is, or if a locked keyring may hold it unseen.
fn unlocked_item<'a>(
    service: &'a SecretService<'a>,
    entry: &keyring::Entry,
    declined: &Declined,
) -> Result<Option<Item<'a>>, KeychainError> {
    let (name, user) = entry.inner.get_specifiers().ok_or(KeychainError::Failed)?;
    let attributes = HashMap::from([("service", name.as_str()), ("username", user.as_str())]);
    let mut items = service.search_items(attributes).map_err(service_cause)?;
    match (items.unlocked.pop(), items.unlocked.is_empty()) {
        _ if !items.locked.is_empty() => Err(KeychainError::Locked),
        (None, _) => match closed(service, default_path(service)?.as_ref(), declined)?[..] {
            [] => Ok(None),
            [..] => Err(KeychainError::Locked),
        },
        (Some(item), true) => Ok(Some(item)),
        (Some(_), false) => Err(KeychainError::Several),
    }
}

/// Reads every record of this name. Prompts the person if a keyring is locked.
pub(super) fn read_all(entry: &keyring::Entry) -> Result<Vec<Zeroizing<Vec<u8>>>, KeychainError> {
    let service = SecretService::connect(EncryptionType::Dh).map_err(service_cause)?;
    let records = items(&service, entry)?;
    let records = records
        .iter()
        .map(|item| item.get_secret().map(Zeroizing::new));
    records.collect::<Result<_, _>>().map_err(service_cause)
}

/// Writes one of the records of this name, and removes the others once it was read back. An error
/// leaves several, which are told again.
pub(super) fn write_all(entry: &keyring::Entry, record: &[u8]) -> Result<(), KeychainError> {
    let service = SecretService::connect(EncryptionType::Dh).map_err(service_cause)?;
    let records = items(&service, entry)?;
    let Some((kept, others)) = records.split_first() else {
        return write(entry, record);
    };
    kept.set_secret(record, "application/octet-stream")
        .map_err(service_cause)?;
    let read = kept.get_secret().map_err(service_cause)?;
    check_kept(Some(Zeroizing::new(read)), record)?;
    others
        .iter()
        .try_for_each(|item| item.delete())
        .map_err(service_cause)
}

/// Every item of this name, in the order of their paths. Prompts the person if one is locked.
fn items<'a>(
    service: &'a SecretService<'a>,
    entry: &keyring::Entry,
) -> Result<Vec<Item<'a>>, KeychainError> {
    let (name, user) = entry.inner.get_specifiers().ok_or(KeychainError::Failed)?;
    let attributes = HashMap::from([("service", name.as_str()), ("username", user.as_str())]);
    let found = service.search_items(attributes).map_err(service_cause)?;
    for item in &found.locked {
        item.unlock().map_err(service_cause)?;
    }
    let mut items: Vec<_> = found.unlocked.into_iter().chain(found.locked).collect();
    items.sort_by(|one, other| one.item_path.cmp(&other.item_path));
    Ok(items)
}

/// Writes the record. Creates the default keyring if there is none yet, as `libsecret` does: the
/// service prompts the person for a password.
pub(super) fn write(entry: &keyring::Entry, record: &[u8]) -> Result<(), KeychainError> {
    match entry.set_secret(record) {
        Err(keyring::Error::NoStorageAccess(cause)) if has_no_default_keyring(&*cause) => {
            let service = SecretService::connect(EncryptionType::Plain).map_err(service_cause)?;
            service
                .create_collection("Default keyring", "default")
                .map_err(service_cause)?;
            entry.set_secret(record).map_err(classify)
        }
        outcome => outcome.map_err(classify),
    }
}

fn has_no_default_keyring(cause: &(dyn StdError + Send + Sync + 'static)) -> bool {
    matches!(cause.downcast_ref(), Some(secret_service::Error::NoResult))
}

pub(super) fn classify(error: keyring::Error) -> KeychainError {
    error::classify(error, cause)
}

/// Maps the error that the store wraps, if it is the service's.
fn cause(error: Box<dyn StdError + Send + Sync>) -> Option<KeychainError> {
    error
        .downcast::<secret_service::Error>()
        .ok()
        .map(|error| service_cause(*error))
}

fn service_cause(error: secret_service::Error) -> KeychainError {
    use secret_service::Error;
    match error {
        Error::Locked | Error::Prompt => KeychainError::Locked,
        Error::NoResult | Error::Unavailable | Error::PromptDisconnected => {
            KeychainError::Unreachable
        }
        Error::Zbus(error) => bus_cause(error),
        Error::ZbusFdo(error) => bus_cause(error.into()),
        _ => KeychainError::Failed,
    }
}

fn bus_cause(error: zbus::Error) -> KeychainError {
    match error {
        zbus::Error::InputOutput(_)
        | zbus::Error::Connection(..)
        | zbus::Error::Handshake(_)
        | zbus::Error::Address(_)
        | zbus::Error::InterfaceNotFound => return KeychainError::Unreachable,
        zbus::Error::MethodError(ref name, ..)
            if name.as_str() == "org.freedesktop.Secret.Error.IsLocked" =>
        {
            return KeychainError::Locked;
        }
        _ => {}
    }
    match fdo::Error::from(error) {
        fdo::Error::ServiceUnknown(_)
        | fdo::Error::NameHasNoOwner(_)
        | fdo::Error::NoReply(_)
        | fdo::Error::NoServer(_)
        | fdo::Error::IOError(_)
        | fdo::Error::Disconnected(_)
        | fdo::Error::Timeout(_)
        | fdo::Error::TimedOut(_)
        | fdo::Error::SpawnExecFailed(_)
        | fdo::Error::SpawnForkFailed(_)
        | fdo::Error::SpawnChildExited(_)
        | fdo::Error::SpawnChildSignaled(_)
        | fdo::Error::SpawnFailed(_)
        | fdo::Error::SpawnServiceNotFound(_) => KeychainError::Unreachable,
        fdo::Error::AccessDenied(_) | fdo::Error::AuthFailed(_) => KeychainError::Denied,
        _ => KeychainError::Failed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boxed(error: secret_service::Error) -> Option<KeychainError> {
        cause(Box::new(error))
    }

    #[test]
    fn a_dismissed_unlock_dialog_means_locked() {
        assert_eq!(
            boxed(secret_service::Error::Prompt),
            Some(KeychainError::Locked)
        );
        assert_eq!(
            boxed(secret_service::Error::Locked),
            Some(KeychainError::Locked)
        );
    }

    #[test]
    fn a_missing_bus_and_a_missing_service_are_unreachable() {
        use secret_service::Error;
        let refused = std::io::Error::from(std::io::ErrorKind::ConnectionRefused);
        assert_eq!(boxed(Error::Unavailable), Some(KeychainError::Unreachable));
        assert_eq!(
            boxed(Error::Zbus(refused.into())),
            Some(KeychainError::Unreachable)
        );
        let unknown = fdo::Error::ServiceUnknown(String::new());
        assert_eq!(
            boxed(Error::Zbus(unknown.clone().into())),
            Some(KeychainError::Unreachable)
        );
        assert_eq!(
            boxed(Error::ZbusFdo(unknown)),
            Some(KeychainError::Unreachable)
        );
    }

    #[test]
    fn a_bus_policy_that_forbids_access_is_denied() {
        let denied = fdo::Error::AccessDenied(String::new());
        assert_eq!(
            boxed(secret_service::Error::ZbusFdo(denied)),
            Some(KeychainError::Denied)
        );
    }

    #[test]
    fn another_errors_cause_is_unknown() {
        assert_eq!(
            cause(Box::new(std::io::Error::other("prompt dismissed"))),
            None
        );
    }
}
