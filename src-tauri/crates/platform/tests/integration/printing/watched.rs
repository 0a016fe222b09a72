//! Records every file that is created in some folders, even one that is deleted again.

use std::ffi::OsString;
use std::mem::MaybeUninit;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStringExt;
use std::path::Path;

use rustix::fs::inotify::{self, CreateFlags, Reader, WatchFlags};
use rustix::io::Errno;

/// A watch that starts when this is created.
pub(crate) struct Watched(OwnedFd);

impl Watched {
    pub(crate) fn new<'p>(folders: impl Iterator<Item = &'p Path>) -> Self {
        let watch = inotify::init(CreateFlags::CLOEXEC | CreateFlags::NONBLOCK).unwrap();
        for folder in folders {
            let made = WatchFlags::CREATE | WatchFlags::MOVED_TO | WatchFlags::MODIFY;
            inotify::add_watch(&watch, folder, made).unwrap();
        }
        Self(watch)
    }

    /// The names of the files that were created or written.
    pub(crate) fn made(&self) -> Vec<OsString> {
        let mut buffer = [MaybeUninit::uninit(); 4_096];
        let mut events = Reader::new(&self.0, &mut buffer);
        let mut names = Vec::new();
        loop {
            match events.next() {
                Ok(event) => {
                    let name = event.file_name().unwrap_or_default().to_bytes();
                    names.push(OsString::from_vec(name.to_vec()));
                }
                Err(Errno::AGAIN) => return names,
                Err(error) => panic!("{error}"),
            }
        }
    }
}
