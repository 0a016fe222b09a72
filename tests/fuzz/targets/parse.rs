//! Any text: parsing never panics, and accepted text parses to itself.
#![no_main]

use code::{Corrected, Reading, TypedCode};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let Ok(typed) = TypedCode::parse(&text) else {
        return;
    };
    let _ = typed.read_while_typing();
    match typed.read() {
        Reading::Code(code) => is_code(code.expose()),
        Reading::Share(share) => is_share(share.expose()),
        Reading::Proposal(proposal) => {
            let proposed = proposal.text().to_owned();
            match proposal.accept() {
                Corrected::Code(code) => {
                    assert_eq!(code.expose(), proposed);
                    is_code(&proposed);
                }
                Corrected::Share(share) => {
                    assert_eq!(share.expose(), proposed);
                    is_share(&proposed);
                }
            }
        }
        Reading::Reread(reread) => {
            assert!(reread.groups.iter().all(|group| (1..=12).contains(group)));
        }
        Reading::Unfinished { .. } | Reading::TooLong { .. } | Reading::NewerVersion => {}
    }
});

fn is_code(text: &str) {
    match TypedCode::parse(text).map(|typed| typed.read()) {
        Ok(Reading::Code(again)) => assert_eq!(again.expose(), text),
        _ => panic!("accepted a text that is not a code"),
    }
}

fn is_share(text: &str) {
    match TypedCode::parse(text).map(|typed| typed.read()) {
        Ok(Reading::Share(again)) => assert_eq!(again.expose(), text),
        _ => panic!("accepted a text that is not a share"),
    }
}
