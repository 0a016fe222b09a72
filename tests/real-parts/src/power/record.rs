//! Records the script: its system calls by `strace`, and the person's lines among them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::calls::{Call, Descriptor};
use super::known::Line;
use super::script::{DISK, KIT_FOLDERS, NOTEBOOK};
use crate::person::{Told, words};

/// Every call that can change a file or a folder, or give a descriptor another number.
const TRACED: &str = "open,openat,openat2,creat,close,write,pwrite64,writev,pwritev,pwritev2,\
    truncate,ftruncate,fallocate,rename,renameat,renameat2,link,linkat,symlink,symlinkat,unlink,\
    unlinkat,rmdir,mkdir,mkdirat,mknod,mknodat,fsync,fdatasync,sync,syncfs,sync_file_range,\
    copy_file_range,sendfile,splice,io_uring_enter,dup,dup2,dup3,fcntl";

/// Longer than any write.
const LENGTH: &str = "16777216";

/// What happened, in order.
#[derive(Clone, Debug)]
pub(crate) enum Event {
    Call(Call),
    Line(Line),
}

/// Runs the script in an empty folder and returns what it did.
pub(crate) fn record(folder: &Path) -> Told<Vec<Event>> {
    let disk = folder.join(DISK);
    for name in KIT_FOLDERS {
        fs::create_dir_all(disk.join(name)).map_err(words)?;
    }
    fs::write(folder.join(NOTEBOOK), b"").map_err(words)?;
    let trace = folder.join("trace");
    let own = std::env::current_exe().map_err(words)?;
    let output = Command::new("strace")
        .args(["-f", "-qq", "-xx", "-s", LENGTH, "-e"])
        .arg(format!("trace={TRACED}"))
        .args(["-e", "signal=none", "-o"])
        .args([&trace, &own])
        .arg("script")
        .arg(folder)
        .output()
        .map_err(|error| format!("strace does not start: {error}"))?;
    if !output.status.success() {
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(format!("the recorded program failed: {told}"));
    }
    let mut reader = Reader::new(disk, folder.join(NOTEBOOK));
    for line in fs::read_to_string(&trace).map_err(words)?.lines() {
        let read = reader.line(line);
        read.map_err(|error| format!("{error}: {}", line.get(..200).unwrap_or(line)))?;
    }
    Ok(reader.events)
}

/// Reads the lines of a trace.
struct Reader {
    disk: PathBuf,
    notebook: PathBuf,
    events: Vec<Event>,
    /// Descriptors of files and folders on the disk.
    open: BTreeSet<Descriptor>,
    /// Descriptors of the notebook.
    notes: BTreeSet<Descriptor>,
    /// The first part of calls that another thread interrupted, by process.
    unfinished: BTreeMap<String, String>,
}

impl Reader {
    fn new(disk: PathBuf, notebook: PathBuf) -> Self {
        Self {
            disk,
            notebook,
            events: Vec::new(),
            open: BTreeSet::new(),
            notes: BTreeSet::new(),
            unfinished: BTreeMap::new(),
        }
    }

    /// Takes a line: `PID NAME(ARGUMENTS) = RESULT`.
    fn line(&mut self, line: &str) -> Told<()> {
        let (process, call) = line.split_once(' ').ok_or("this is no call")?;
        let call = call.trim_start();
        if let Some(begun) = call.strip_suffix(" <unfinished ...>") {
            self.unfinished.insert(process.to_owned(), begun.to_owned());
            return Ok(());
        }
        if let Some((_, end)) = call.split_once(" resumed>") {
            let begun = self.unfinished.remove(process).unwrap_or_default();
            return self.call(&(begun + end));
        }
        self.call(call)
    }

    fn call(&mut self, call: &str) -> Told<()> {
        let (call, result) = call.rsplit_once(" = ").ok_or("there is no result")?;
        let result = result.split(' ').next().unwrap_or_default();
        let Ok(result) = result.parse::<i64>() else {
            // `?`: the process ended in the call.
            return Ok(());
        };
        if result < 0 {
            return Ok(());
        }
        let (name, rest) = call.split_once('(').ok_or("there are no arguments")?;
        let rest = rest
            .trim_end()
            .strip_suffix(')')
            .ok_or("the arguments do not end")?;
        let arguments: Vec<&str> = rest.split(", ").collect();
        self.named(name, &Arguments(arguments), result)
    }

    fn named(&mut self, name: &str, given: &Arguments<'_>, result: i64) -> Told<()> {
        match name {
            "openat" => self.opened(given, result),
            "close" => {
                let descriptor = given.number(0)?;
                self.notes.remove(&descriptor);
                if self.open.remove(&descriptor) {
                    self.push(Call::Close(descriptor));
                }
                Ok(())
            }
            "write" => self.written(given, result),
            "fsync" | "fdatasync" => {
                let descriptor = given.number(0)?;
                if self.open.contains(&descriptor) {
                    self.push(Call::Sync(descriptor));
                }
                Ok(())
            }
            "mkdir" => self.one(given, 0, Call::MakeFolder),
            "rmdir" => self.one(given, 0, Call::RemoveFolder),
            "unlink" => self.one(given, 0, Call::Remove),
            "rename" => self.two(given, [0, 1], Call::Rename),
            "link" => self.two(given, [0, 1], Call::Link),
            "linkat" => self.two(given, [1, 3], Call::Link),
            "renameat" | "renameat2" => self.two(given, [1, 3], Call::Rename),
            "dup" | "dup2" | "dup3" => self.unknown(given),
            "fcntl" if given.text(1)?.starts_with("F_DUPFD") => self.unknown(given),
            "fcntl" => Ok(()),
            _ => self.unknown(given),
        }
    }

    fn opened(&mut self, given: &Arguments<'_>, descriptor: i64) -> Told<()> {
        let path = given.path(1)?;
        if path == self.notebook {
            self.notes.insert(descriptor);
        }
        let Some(path) = self.on_disk(&path)? else {
            return Ok(());
        };
        let flags: Vec<_> = given.text(2)?.split('|').collect();
        let has = |flag: &str| flags.contains(&flag);
        if ["O_SYNC", "O_DSYNC", "O_DIRECT", "O_TMPFILE", "O_APPEND"]
            .into_iter()
            .any(has)
        {
            return Err("a flag that the model of a disk does not know".to_owned());
        }
        self.open.insert(descriptor);
        self.push(Call::Open {
            descriptor,
            path,
            create: has("O_CREAT"),
            truncate: has("O_TRUNC"),
        });
        Ok(())
    }

    fn written(&mut self, given: &Arguments<'_>, length: i64) -> Told<()> {
        let descriptor = given.number(0)?;
        let is_note = self.notes.contains(&descriptor);
        if !is_note && !self.open.contains(&descriptor) {
            return Ok(());
        }
        let mut bytes = given.bytes(1)?;
        bytes.truncate(usize::try_from(length).map_err(words)?);
        if is_note {
            let line = serde_json::from_slice(&bytes).map_err(words)?;
            self.events.push(Event::Line(line));
        } else {
            self.push(Call::Write(descriptor, bytes));
        }
        Ok(())
    }

    fn one(&mut self, given: &Arguments<'_>, at: usize, call: fn(PathBuf) -> Call) -> Told<()> {
        if let Some(path) = self.on_disk(&given.path(at)?)? {
            self.push(call(path));
        }
        Ok(())
    }

    fn two(
        &mut self,
        given: &Arguments<'_>,
        at: [usize; 2],
        call: fn(PathBuf, PathBuf) -> Call,
    ) -> Told<()> {
        let [from, to] = at.map(|at| given.path(at).and_then(|path| self.on_disk(&path)));
        match (from?, to?) {
            (Some(from), Some(to)) => self.push(call(from, to)),
            (None, None) => {}
            _ => return Err("a name goes to or from another disk".to_owned()),
        }
        Ok(())
    }

    /// A call that is not followed. It must not concern the disk.
    fn unknown(&self, given: &Arguments<'_>) -> Told<()> {
        for (at, text) in given.0.iter().enumerate() {
            let descriptor = text.parse::<Descriptor>();
            let is_open = descriptor.is_ok_and(|it| self.open.contains(&it));
            let is_path = text.starts_with('"') && self.on_disk(&given.path(at)?)?.is_some();
            if is_open || is_path {
                return Err("a call that the model of a disk does not know".to_owned());
            }
        }
        Ok(())
    }

    /// The path from the disk's root, if it is on the disk.
    fn on_disk(&self, path: &Path) -> Told<Option<PathBuf>> {
        if path.is_relative() {
            return Err("a path that does not begin at the root".to_owned());
        }
        Ok(path.strip_prefix(&self.disk).ok().map(Path::to_owned))
    }

    fn push(&mut self, call: Call) {
        self.events.push(Event::Call(call));
    }
}

/// The arguments of a call, as the trace writes them.
struct Arguments<'a>(Vec<&'a str>);

impl Arguments<'_> {
    fn text(&self, at: usize) -> Told<&str> {
        let text = self.0.get(at).copied();
        text.ok_or_else(|| "an argument is missing".to_owned())
    }

    fn number(&self, at: usize) -> Told<Descriptor> {
        self.text(at)?.parse().map_err(words)
    }

    /// A text of hexadecimal escapes.
    fn bytes(&self, at: usize) -> Told<Vec<u8>> {
        let text = self.text(at)?;
        let inner = text.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
        let inner = inner.ok_or("an argument is no whole text")?;
        let pairs = inner.split("\\x").skip(1);
        pairs
            .map(|pair| u8::from_str_radix(pair, 16).map_err(words))
            .collect()
    }

    fn path(&self, at: usize) -> Told<PathBuf> {
        let text = String::from_utf8(self.bytes(at)?).map_err(words)?;
        Ok(PathBuf::from(text))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

    use super::*;

    fn hex(text: &str) -> String {
        text.bytes().map(|byte| format!("\\x{byte:02x}")).collect()
    }

    fn read(lines: &[String]) -> Told<Vec<Event>> {
        let mut reader = Reader::new("/d".into(), "/n".into());
        lines.iter().try_for_each(|line| reader.line(line))?;
        Ok(reader.events)
    }

    #[test]
    fn calls_on_the_disk_are_read_and_others_are_not() {
        let events = read(&[
            format!("7 openat(AT_FDCWD, \"{}\", O_RDONLY) = 3", hex("/etc/x")),
            "7 close(3) = 0".to_owned(),
            format!(
                "7 openat(AT_FDCWD, \"{}\", O_WRONLY|O_CREAT|O_EXCL, 0600) = 3",
                hex("/d/a")
            ),
            format!("7 write(3, \"{}\", 2) = 2", hex("xy")),
            "7 fsync(3) = 0".to_owned(),
            format!("7 rename(\"{}\", \"{}\") = 0", hex("/d/a"), hex("/d/b")),
            format!(
                "7 unlink(\"{}\") = -1 ENOENT (No such file or directory)",
                hex("/d/c")
            ),
        ]);
        let calls: Vec<_> = events
            .unwrap()
            .into_iter()
            .map(|it| format!("{it:?}"))
            .collect();
        assert_eq!(
            calls,
            [
                "Call(Open { descriptor: 3, path: \"a\", create: true, truncate: false })",
                "Call(Write(3, [120, 121]))",
                "Call(Sync(3))",
                "Call(Rename(\"a\", \"b\"))",
            ]
        );
    }

    #[test]
    fn a_call_that_the_model_does_not_know_is_an_error() {
        let open = format!("7 openat(AT_FDCWD, \"{}\", O_RDWR) = 3", hex("/d/a"));
        for call in [
            "7 ftruncate(3, 0) = 0".to_owned(),
            "7 dup(3) = 4".to_owned(),
            "7 copy_file_range(5, NULL, 3, NULL, 9, 0) = 9".to_owned(),
            format!("7 truncate(\"{}\", 0) = 0", hex("/d/a")),
            format!("7 rename(\"{}\", \"{}\") = 0", hex("/d/a"), hex("/e/b")),
        ] {
            assert!(read(&[open.clone(), call.clone()]).is_err(), "{call}");
        }
    }
}
