//! What a child gives up before it reads, and what it says where it cannot.

use std::ffi::CString;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use image::{GrayImage, ImageFormat, Luma};
use platform::scanner::{ChildScanner, MEMORY};
use scan::{ScanError, Scanner, Unattended, Wanted, Watch};

use crate::ordinary::{children, code, file, frame, is, reads_a_code, symbol};
use crate::{alone, pdf, scanner, scanner_without_filters};

/// A child that has read a frame, and its process number. A second child may have been started
/// ahead, after this one.
fn working_child(scanner: &ChildScanner) -> (Box<dyn Watch>, i32) {
    let mut watch = scanner.watch(Wanted::Ours).unwrap();
    let picture = GrayImage::from_pixel(99, 99, Luma([200]));
    watch.look(&frame(&picture)).unwrap();
    (watch, *children().first().unwrap())
}

#[test]
fn a_child_is_confined() {
    let _alone = alone();
    let scanner = scanner();
    let (watch, child) = working_child(&scanner);
    let proc_file = |file: &str| fs::read_to_string(format!("/proc/{child}/{file}")).unwrap();
    let status = proc_file("status");
    assert!(status.contains("NoNewPrivs:\t1"), "{status}");
    assert!(status.contains("Seccomp:\t2"), "{status}");
    let limits = proc_file("limits");
    let limit = |name: &str| {
        let line = limits.lines().find(|line| line.starts_with(name)).unwrap();
        line[name.len()..]
            .split_whitespace()
            .next()
            .unwrap()
            .to_owned()
    };
    assert_eq!(limit("Max open files"), "0");
    assert_eq!(limit("Max file size"), "0");
    assert!(limit("Max data size").parse::<u64>().unwrap() < MEMORY);
    assert_eq!(limit("Max cpu time"), "60");
    let cwd = fs::read_link(format!("/proc/{child}/cwd")).unwrap();
    assert_eq!(cwd, Path::new("/"));
    let environment = proc_file("environ");
    assert!(
        environment
            .split('\0')
            .all(|it| it.is_empty() || it.starts_with("LD_LIBRARY_PATH="))
    );
    drop((watch, scanner));
    let start = Instant::now();
    while !children().is_empty() {
        assert!(
            start.elapsed() < Duration::from_secs(30),
            "{:?}",
            children()
        );
        std::thread::yield_now();
    }
}

/// What the descriptors of a process refer to.
fn open_files(process: i32) -> Vec<PathBuf> {
    let listed = fs::read_dir(format!("/proc/{process}/fd")).unwrap();
    listed
        .map(|entry| fs::read_link(entry.unwrap().path()).unwrap())
        .collect()
}

#[test]
fn a_child_holds_nothing_but_what_it_needs() {
    let _alone = alone();
    let folder = tempfile::tempdir().unwrap();
    let kept = folder.path().join("ada.wallet");
    fs::write(&kept, b"secret").unwrap();
    // A library may open a file without telling the system to close it in other programs.
    let path = CString::new(kept.as_os_str().as_bytes()).unwrap();
    // SAFETY: the path ends in a zero byte, and the descriptor is closed below.
    #[allow(
        unsafe_code,
        reason = "the standard library closes its files in other programs"
    )]
    let inheritable = unsafe { libc::open(path.as_ptr(), libc::O_RDONLY) };
    assert!(inheritable > 2);
    let scanner = scanner();
    let (watch, child) = working_child(&scanner);
    let open = open_files(child);
    drop(watch);
    // SAFETY: opened above, and nothing else owns it.
    #[allow(unsafe_code, reason = "opened by its number")]
    unsafe {
        libc::close(inheritable)
    };
    let is_pipe = |path: &PathBuf| path.to_string_lossy().starts_with("pipe:");
    let nowhere = open.iter().filter(|path| *path == Path::new("/dev/null"));
    // Two pipes, each also as a file of its own, and the standard error.
    assert_eq!(
        open.iter().filter(|path| is_pipe(path)).count(),
        4,
        "{open:?}"
    );
    assert_eq!((nowhere.count(), open.len()), (1, 5), "{open:?}");
}

/// A picture of a code.
fn picture() -> Vec<u8> {
    file(&symbol(code(40).expose(), 3), ImageFormat::Png)
}

#[test]
fn a_child_that_cannot_be_restricted_says_so_and_reads_nothing_foreign() {
    let _alone = alone();
    let scanner = scanner_without_filters();
    let error = scanner.scan(&picture(), &Unattended).err();
    assert_eq!(error, Some(ScanError::Unprotected));
    let seen = symbol(code(40).expose(), 6);
    let looked = scanner
        .watch(Wanted::Ours)
        .unwrap()
        .look(&frame(&seen))
        .err();
    assert_eq!(looked, Some(ScanError::Unprotected));
    // What this program has just written is no foreign file.
    let own = pdf::of_scans(&seen, 1);
    assert!(scanner.read_pdf_with_both(&own).is_ok());
    assert!(scanner.read_back(&own).is_ok());
}

#[test]
fn a_child_that_cannot_be_restricted_reads_once_the_person_says_so() {
    let _alone = alone();
    let scanner = scanner_without_filters();
    // The refusing child that is started ahead must not be the one that is asked afterwards.
    assert!(scanner.scan(&picture(), &Unattended).is_err());
    let start = Instant::now();
    while children().is_empty() {
        assert!(start.elapsed() < Duration::from_secs(30));
        std::thread::yield_now();
    }
    scanner.read_anyway();
    reads_a_code(&scanner);
    let (_watch, child) = working_child(&scanner);
    let status = fs::read_to_string(format!("/proc/{child}/status")).unwrap();
    assert!(status.contains("NoNewPrivs:\t1"), "{status}");
    let limits = fs::read_to_string(format!("/proc/{child}/limits")).unwrap();
    let files = limits
        .lines()
        .find(|line| line.starts_with("Max open files"));
    // The other restrictions hold.
    assert_eq!(files.unwrap().split_whitespace().nth(3), Some("0"));
    let finds = scanner.scan(&picture(), &Unattended);
    assert!(finds.is_ok_and(|finds| is(&finds.codes[0].code, &code(40))));
}
