//! Any answer of a scanning child process is either rejected or consistent.
#![no_main]

use code::{Reading, TypedCode};
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
            Answer::Foreign(foreign) => {
                assert!(foreign.ours || !foreign.texts.is_empty());
                assert!(foreign.texts.iter().all(|text| is_foreign(text)));
            }
            Answer::Sheet(read) => {
                assert!(read.iter().all(|(_, code)| !code.is_empty()));
            }
            Answer::Sight(sight) => {
                sight.codes.iter().for_each(is_code);
                assert!(sight.foreign.iter().all(|text| is_foreign(text)));
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

/// Whether a text is neither a code, as it stands, nor a share.
fn is_foreign(text: &str) -> bool {
    let code = TypedCode::parse(text);
    !code.is_ok_and(|code| matches!(code.read(), Reading::Code(_) | Reading::Share(_)))
}

fn is_code(scanned: &Scanned) {
    match scanned.code.read() {
        Reading::Code(_) | Reading::Share(_) | Reading::Proposal(_) | Reading::NewerVersion => {}
        _ => panic!("accepted a text that is not a code"),
    }
}
