//! The heap of the C library, which GLib, GTK and WebKit use in this process as well: what is given
//! back to it is wiped, like Rust's own. What a person types, and what is shown to them, passes
//! through buffers of these libraries on its way to the page.
//!
//! With GNU's C library alone, where the functions of a program take the place of those of the same
//! name for all its libraries. The page's process is another one, and ends on lock.
#![allow(
    unsafe_code,
    reason = "these functions take the place of the C library's own"
)]

use std::ffi::{CStr, c_char, c_void};
use std::sync::atomic::{AtomicPtr, Ordering};

/// The variable of the environment by which WebKit is told to use the heap of the C library instead
/// of one of its own, which wipes nothing. It reads it when it is loaded, before `main`.
const ONE_HEAP: &CStr = c"Malloc";
const YES: &CStr = c"1";

/// `ENOMEM`.
const OUT_OF_MEMORY: i32 = 12;

unsafe extern "C" {
    fn __errno_location() -> *mut i32;
    fn malloc(size: usize) -> *mut c_void;
    fn malloc_usable_size(block: *mut c_void) -> usize;
    fn secure_getenv(name: *const c_char) -> *const c_char;
    fn explicit_bzero(block: *mut c_void, size: usize);
    fn dlsym(from: *mut c_void, name: *const c_char) -> *mut c_void;
    fn __libc_free(block: *mut c_void);
    fn __libc_realloc(block: *mut c_void, size: usize) -> *mut c_void;
}

/// `RTLD_NEXT`: from what was loaded after this program.
const NEXT: *mut c_void = usize::MAX as *mut c_void;

/// `IS_MMAPPED` of the GNU allocator, in the size in front of a block.
const MAPPED: usize = 0b10;

/// The `free` whose place this program's takes: the C library's, or that of an allocator which the
/// person has every program use (`LD_PRELOAD`).
fn next_free() -> unsafe extern "C" fn(*mut c_void) {
    static FOUND: AtomicPtr<c_void> = AtomicPtr::new(std::ptr::null_mut());
    let mut found = FOUND.load(Ordering::Relaxed);
    if found.is_null() {
        // SAFETY: `dlsym` allocates nothing if it finds the name, which every C library has.
        found = unsafe { dlsym(NEXT, c"free".as_ptr()) };
        if found.is_null() {
            return __libc_free;
        }
        FOUND.store(found, Ordering::Relaxed);
    }
    // SAFETY: a function of this name has this type.
    unsafe { std::mem::transmute(found) }
}

/// Whether the block is one that the GNU allocator had mapped for itself: the system wipes it when
/// it is given back, and moves it without a copy.
///
/// # Safety
/// `block` was allocated and not given back.
unsafe fn is_mapped(block: *mut c_void) -> bool {
    next_free() as *const () == __libc_free as *const ()
        // SAFETY: the word in front of each of its blocks is the allocator's.
        && unsafe { *block.cast::<usize>().sub(1) } & MAPPED != 0
}

/// `getenv` of C (ISO/IEC 9899, 7.24.4), which answers WebKit's question. The environment itself
/// stays as it is, so the page's process keeps WebKit's heap, which separates kinds of data.
///
/// # Safety
/// As C says: `name` is a text that ends with a zero.
#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn getenv(name: *const c_char) -> *const c_char {
    // SAFETY: the caller's.
    match unsafe { CStr::from_ptr(name) } == ONE_HEAP {
        true => YES.as_ptr(),
        // It differs from `getenv` only in a program with more rights than its user (setuid).
        // SAFETY: the caller's.
        false => unsafe { secure_getenv(name) },
    }
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
        if !is_mapped(block) {
            explicit_bzero(block, malloc_usable_size(block));
        }
        next_free()(block);
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
        if size == 0 {
            free(block);
            return std::ptr::null_mut();
        }
        if is_mapped(block) {
            return __libc_realloc(block, size);
        }
        let had = malloc_usable_size(block);
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

/// `reallocarray` of POSIX (2024), whose way to [`realloc`] is the C library's own matter.
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
        None => {
            // SAFETY: each thread has a place for its last error.
            unsafe { *__errno_location() = OUT_OF_MEMORY };
            std::ptr::null_mut()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: usize = 300;

    /// What the heap keeps in a block that was given back.
    const LINKS: usize = 16;

    /// Allocates a block, and fills it.
    fn filled() -> *mut u8 {
        // SAFETY: the block has this size.
        unsafe {
            let block = malloc(SIZE).cast::<u8>();
            block.write_bytes(0xA5, SIZE);
            block
        }
    }

    /// Asserts that `block`, which was given back, is empty once it is given out again.
    fn is_wiped(block: *mut u8) {
        // SAFETY: the block is one of this size, and as `malloc` gave it out.
        unsafe {
            let again = malloc(SIZE).cast::<u8>();
            assert_eq!(again, block, "the heap gives out what was given back last");
            let bytes = std::slice::from_raw_parts(again, SIZE);
            assert!(bytes[LINKS..].iter().all(|byte| *byte == 0));
            free(again.cast());
        }
    }

    #[test]
    fn a_block_is_wiped_when_it_is_given_back() {
        let block = filled();
        // SAFETY: it is not used any more.
        unsafe { free(block.cast()) };
        is_wiped(block);
    }

    #[test]
    fn a_large_block_is_wiped_wherever_the_heap_has_it() {
        const LARGE: usize = 40 << 20;
        // The heap maps large blocks until one of 31 MiB was given back. From then on it has them
        // itself.
        for size in [31 << 20, LARGE, LARGE] {
            // SAFETY: the block has this size, and is given back once.
            unsafe {
                let block = malloc(size).cast::<u8>();
                block.write_bytes(0xA5, size);
                free(block.cast());
                let again = malloc(LARGE).cast::<u8>();
                let bytes = std::slice::from_raw_parts(again, LARGE);
                assert!(!bytes[LINKS..].contains(&0xA5));
                free(again.cast());
            }
        }
    }

    #[test]
    fn a_block_that_grows_keeps_its_bytes_and_leaves_none_behind() {
        let block = filled();
        // SAFETY: the new block has the larger size.
        unsafe {
            let grown = reallocarray(block.cast(), 10, SIZE).cast::<u8>();
            let bytes = std::slice::from_raw_parts(grown, SIZE);
            assert!(bytes.iter().all(|byte| *byte == 0xA5));
            is_wiped(block);
            assert!(reallocarray(grown.cast(), usize::MAX, 2).is_null());
            free(grown.cast());
        }
    }
}
