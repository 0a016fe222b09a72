//! The lock of the login session, which Quartz reports.

#![allow(
    unsafe_code,
    reason = "CGSessionCopyCurrentDictionary has no safe wrapper"
)]

use core_foundation::base::{CFType, TCFType};
use core_foundation::boolean::CFBoolean;
use core_foundation::dictionary::{CFDictionary, CFDictionaryRef};
use core_foundation::number::CFNumber;
use core_foundation::string::CFString;

use super::poll;

#[link(name = "CoreGraphics", kind = "framework")]
unsafe extern "C" {
    fn CGSessionCopyCurrentDictionary() -> CFDictionaryRef;
}

/// In the dictionary only while the screen is locked. Not documented, and unchanged for years.
const LOCKED: &str = "CGSSessionScreenIsLocked";

pub(super) fn watch(on_lock: impl Fn() + Send + 'static) {
    poll::watch(is_locked, on_lock);
}

/// Returns false if the system does not say.
fn is_locked() -> bool {
    // SAFETY: it takes no argument; the caller owns what it returns.
    let session = unsafe { CGSessionCopyCurrentDictionary() };
    if session.is_null() {
        return false;
    }
    // SAFETY: it is a dictionary that this call has just been given; its keys are strings.
    let session: CFDictionary<CFString, CFType> =
        unsafe { CFDictionary::wrap_under_create_rule(session) };
    let found = session.find(CFString::from_static_string(LOCKED));
    found.is_some_and(|locked| match locked.downcast::<CFBoolean>() {
        Some(locked) => locked.into(),
        None => {
            let number = locked.downcast::<CFNumber>();
            number.and_then(|it| it.to_i64()).is_some_and(|it| it != 0)
        }
    })
}
