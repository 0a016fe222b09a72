//! The memory of a running process, searched for what should not be in it.

use std::fs::{self, File};
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::Path;
use std::process::{ChildStdin, Command, Stdio};

/// Prints how often each of its arguments, which are bytes in hexadecimal, is in its input.
const SEARCH: &str = r#"
import sys
needles = [bytes.fromhex(needle) for needle in sys.argv[1:]]
counts = [0] * len(needles)
rest = b""
while part := sys.stdin.buffer.read(1 << 24):
    text = rest + part
    rest = text[1 - max(map(len, needles)):]
    # What lies in the rest is counted with the next part.
    counts = [it + text.count(needle) - rest.count(needle) for it, needle in zip(counts, needles)]
print(*(it + rest.count(needle) for it, needle in zip(counts, needles)))
"#;

/// Returns how often each of `sought` is in the memory of a process.
pub(crate) fn copies(process: u32, sought: &[Vec<u8>]) -> Vec<usize> {
    let mut search = Command::new("python3")
        .args(["-c", SEARCH])
        .args(sought.iter().map(|bytes| hexadecimal(bytes)))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3 starts; `cargo xtask e2e` installs it");
    let input = search.stdin.take().expect("it is piped");
    pass_on(process, input).expect("the memory of the process can be read");
    let found = search.wait_with_output().expect("it ends");
    let counts = String::from_utf8(found.stdout).expect("it prints numbers");
    let counts = counts.split_whitespace().map(|count| count.parse());
    let counts: Vec<usize> = counts.map(|count| count.expect("a number")).collect();
    assert_eq!(counts.len(), sought.len());
    counts
}

/// Returns a text in the two ways in which the web engine keeps it: UTF-8 and UTF-16.
pub(crate) fn both_ways(text: &str) -> [Vec<u8>; 2] {
    let wide = text.encode_utf16().flat_map(u16::to_ne_bytes);
    [text.as_bytes().to_vec(), wide.collect()]
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Passes on all memory that the process may write to and that it has used. This process may read
/// it, because it is the one that started it (Yama).
fn pass_on(process: u32, mut to: ChildStdin) -> io::Result<()> {
    let folder = Path::new("/proc").join(process.to_string());
    let mut memory = File::open(folder.join("mem"))?;
    let mut pages = File::open(folder.join("pagemap"))?;
    for line in fs::read_to_string(folder.join("maps"))?.lines() {
        let mut fields = line.split_whitespace();
        let (Some(area), Some(rights)) = (fields.next(), fields.next()) else {
            continue;
        };
        let of_a_device = fields.next_back().is_some_and(|it| it.starts_with("/dev/"));
        let Some((start, end)) = area.split_once('-') else {
            continue;
        };
        let [Ok(start), Ok(end)] = [start, end].map(|it| u64::from_str_radix(it, 16)) else {
            continue;
        };
        if of_a_device || !rights.starts_with("rw") {
            continue;
        }
        for used in used(&mut pages, start..end)? {
            memory.seek(SeekFrom::Start(used.start))?;
            let mut bytes = vec![0; usize::try_from(used.end - used.start).unwrap_or(0)];
            // It may be given back meanwhile.
            if memory.read_exact(&mut bytes).is_ok() {
                to.write_all(&bytes)?;
            }
        }
        // Nothing is found across two areas.
        to.write_all(b"\n")?;
    }
    Ok(())
}

/// The parts of an area whose pages are in memory or swapped out (`pagemap` in proc(5)): the web
/// engine reserves far more than it uses.
fn used(pages: &mut File, area: Range<u64>) -> io::Result<Vec<Range<u64>>> {
    const PAGE: u64 = 4096;
    const THERE: u64 = 0b11 << 62;
    let mut used: Vec<Range<u64>> = Vec::new();
    pages.seek(SeekFrom::Start(area.start / PAGE * 8))?;
    let mut entries = BufReader::with_capacity(1 << 20, pages);
    for page in area.start / PAGE..area.end / PAGE {
        let mut entry = [0; 8];
        entries.read_exact(&mut entry)?;
        if u64::from_ne_bytes(entry) & THERE == 0 {
            continue;
        }
        let bytes = page * PAGE..(page + 1) * PAGE;
        match used.last_mut() {
            Some(last) if last.end == bytes.start => last.end = bytes.end,
            _ => used.push(bytes),
        }
    }
    Ok(used)
}
