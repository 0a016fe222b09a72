//! The heap of the C library, which GLib, GTK and WebKit use in this process as well: what is given
//! back to it is wiped, like Rust's own. What a person types, and what is shown to them, passes
//! through buffers of these libraries on its way to the page.
//!
//! With GNU's C library alone, which lets a program replace `free` for all its libraries. The page's
//! process is another one, and ends on lock.
#![allow(
    unsafe_code,
    reason = "these functions take the place of the C library's own"
)]

use std::env;
use std::ffi::c_void;
use std::io;
use std::os::unix::process::CommandExt;
use std::process::Command;

/// By which WebKit is told to use the heap of the C library instead of one of its own, which wipes
/// nothing.
const ONE_HEAP: &str = "Malloc";

/// Blocks over 32 MiB are always mapped, and given back to the system, which wipes them
/// (`M_MMAP_THRESHOLD` in mallopt(3)).
const ALWAYS_MAPPED: usize = (32 << 20) + (1 << 16);

unsafe extern "C" {
    fn malloc(size: usize) -> *mut c_void;
    fn malloc_usable_size(block: *mut c_void) -> usize;
    fn explicit_bzero(block: *mut c_void, size: usize);
    fn __libc_free(block: *mut c_void);
    fn __libc_realloc(block: *mut c_void, size: usize) -> *mut c_void;
}

/// Has WebKit use the heap of this module. It decides when it is loaded, which is before `main`, so
/// the program becomes itself once more. Call it before any thread is started.
///
/// # Errors
/// The program cannot be started again. WebKit then keeps the heap that it has.
pub(crate) fn share_one_heap() -> io::Result<()> {
    if env::var_os(ONE_HEAP).is_some() {
        // The page's process keeps WebKit's heap, which separates kinds of data from each other.
        // SAFETY: no other thread reads the environment.
        unsafe { env::remove_var(ONE_HEAP) };
        return Ok(());
    }
    let mut arguments = env::args_os();
    let mut again = Command::new(env::current_exe()?);
    if let Some(name) = arguments.next() {
        again.arg0(name);
    }
    Err(again.args(arguments).env(ONE_HEAP, "1").exec())
}

/// `free` of C (ISO/IEC 9899, 7.24.3), which wipes.
///
/// # Safety
/// As C says: `block` is null, or was allocated and not given back.
#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn free(block: *mut c_void) {
    if block.is_null() {
        return;
    }
    // SAFETY: the caller gives a block of this heap, and gives it up.
    unsafe {
        let size = malloc_usable_size(block);
        if size <= ALWAYS_MAPPED {
            explicit_bzero(block, size);
        }
        __libc_free(block);
    }
}

/// `realloc` of C (ISO/IEC 9899, 7.24.3), which leaves no copy where the block was.
///
/// # Safety
/// As C says: `block` is null, or was allocated and not given back.
#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn realloc(block: *mut c_void, size: usize) -> *mut c_void {
    // SAFETY: the caller gives a block of this heap. It is read up to its own size, the new one
    // written up to its.
    unsafe {
        if block.is_null() {
            return malloc(size);
        }
        let had = malloc_usable_size(block);
        if size == 0 {
            free(block);
            return std::ptr::null_mut();
        }
        if had > ALWAYS_MAPPED {
            // Such a block is moved by the system, without a copy.
            return __libc_realloc(block, size);
        }
        if size <= had && size > had / 2 {
            return block;
        }
        let new = malloc(size);
        if !new.is_null() {
            std::ptr::copy_nonoverlapping(block.cast::<u8>(), new.cast::<u8>(), had.min(size));
            free(block);
        }
        new
    }
}

/// `reallocarray` of POSIX (2024), whose own way to [`realloc`] leads past this module.
///
/// # Safety
/// That of [`realloc`].
#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn reallocarray(
    block: *mut c_void,
    count: usize,
    size: usize,
) -> *mut c_void {
    match count.checked_mul(size) {
        // SAFETY: the caller's.
        Some(bytes) => unsafe { realloc(block, bytes) },
        None => std::ptr::null_mut(),
    }
}
