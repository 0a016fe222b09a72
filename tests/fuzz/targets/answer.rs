//! Any answer of a scanning child process is either rejected or consistent.
#![no_main]

use code::Reading;
use libfuzzer_sys::fuzz_target;
use scan::Scanned;
use scan::remote::{Answer, read_answer};

fuzz_target!(|bytes: &[u8]| {
    let mut rest = bytes;
    while let Ok(Some(answer)) = read_answer(&mut rest) {
        match answer {
            Answer::Finds(finds) => {
                assert!(!(finds.codes.is_empty() && finds.parts.is_empty()));
                finds.codes.iter().for_each(is_code);
            }
            Answer::Sheet(read) => {
                assert!(read.iter().all(|(_, code)| !code.is_empty()));
            }
            Answer::Sight(sight) => {
                sight.codes.iter().for_each(is_code);
                let corners = sight.outlines.iter().flatten();
                assert!(
                    corners
                        .into_iter()
                        .all(|(x, y)| x.is_finite() && y.is_finite())
                );
            }
            Answer::At { .. } | Answer::Error(_) => {}
        }
    }
});

fn is_code(scanned: &Scanned) {
    match scanned.code.read() {
        Reading::Code(_) | Reading::Share(_) | Reading::Proposal(_) | Reading::NewerVersion => {}
        _ => panic!("accepted a text that is not a code"),
    }
}
