//! Named points between the columns of the commit protocol, at which a test can end the process as
//! a power cut would. Without the feature `kill-points`, which shipped builds do not have, they are
//! nothing.

/// Every point, in the order of the protocol: `operation/what has just been done`.
pub const POINTS: &[&str] = &[
    "issue/begun",
    "issue/keychain-prepared",
    "issue/file-committed",
    "issue/keychain-settled",
    "confirm/begun",
    "confirm/keychain-settled",
    "confirm/file-cleaned",
    "revoke/begun",
    "revoke/keychain-settled",
    "expire/begun",
    "expire/keychain-settled",
    "redeem/begun",
    "redeem/keychain-prepared",
    "redeem/file-committed",
    "redeem/generations-forgotten",
    "redeem/keychain-settled",
    "restore/begun",
    "restore/keychain-prepared",
    "restore/file-committed",
    "restore/keychain-settled",
    "password/begun",
    "password/file-committed",
    "password/generations-forgotten",
];

/// The environment variable that names the point at which to end.
#[cfg(feature = "kill-points")]
pub const VARIABLE: &str = "BACKUP_CODE_KILL_AT";

/// Ends the process here when a test asked for it: no destructor runs, no buffer is flushed.
#[cfg(feature = "kill-points")]
pub(crate) fn point(name: &str) {
    debug_assert!(POINTS.contains(&name), "{name} is not a listed kill point");
    if std::env::var_os(VARIABLE).is_some_and(|wanted| wanted == name) {
        std::process::abort();
    }
}

#[cfg(not(feature = "kill-points"))]
pub(crate) fn point(_name: &str) {}
