//! `hw.memsize`, of which `kern.memorystatus_level` per cent are available.

#![allow(unsafe_code, reason = "sysctlbyname has no safe wrapper")]

use std::ffi::CStr;
use std::ptr::null_mut;

pub(super) fn free_memory() -> Option<u64> {
    let total: u64 = value(c"hw.memsize")?;
    let per_cent: i32 = value(c"kern.memorystatus_level")?;
    (total / 100).checked_mul(u64::try_from(per_cent).ok()?)
}

/// A number of the kernel, if it has this size.
fn value<T: Copy + Default>(name: &CStr) -> Option<T> {
    let mut value = T::default();
    let mut size = size_of::<T>();
    // SAFETY: the buffer is valid for `size` bytes, of which the call writes no more.
    let failed = unsafe {
        libc::sysctlbyname(
            name.as_ptr(),
            (&raw mut value).cast(),
            &raw mut size,
            null_mut(),
            0,
        ) != 0
    };
    (!failed && size == size_of::<T>()).then_some(value)
}
