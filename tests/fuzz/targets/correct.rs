//! The promise: with 2·wrong + unreadable ≤ 8 the code meant is always proposed, whatever the code and the mistakes.
#![no_main]

use code::{BackupCode, Certainty, Reading, TypedCode};
use libfuzzer_sys::fuzz_target;
use rand::SeedableRng;
use rand::rngs::StdRng;

const ALPHABET: &[u8; 32] = b"QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L";
const REACH: usize = 8;

fuzz_target!(|bytes: &[u8]| {
    let Some((seed, mistakes)) = bytes.split_first_chunk() else {
        return;
    };
    let mut rng = StdRng::seed_from_u64(u64::from_le_bytes(*seed));
    let code = BackupCode::generate(&mut rng, &|_| false);
    let mut typed = code.expose().as_bytes().to_vec();
    // Each mistake is two bytes: where, and what is typed there.
    for mistake in mistakes.chunks_exact(2) {
        let at = usize::from(mistake[0]) % typed.len();
        typed[at] = match mistake[1] {
            symbol if symbol < 128 => ALPHABET[usize::from(symbol) % 32],
            _ => b'?',
        };
    }
    let differs = |(typed, meant): &(&u8, u8)| **typed != *meant;
    let unreadable = typed.iter().filter(|symbol| **symbol == b'?').count();
    let mistakes = typed.iter().zip(code.expose().bytes()).filter(differs);
    let wrong = mistakes.count() - unreadable;

    let text = String::from_utf8_lossy(&typed);
    let Ok(parsed) = TypedCode::parse(&text) else {
        panic!("every character is of the alphabet")
    };
    match parsed.read() {
        Reading::Code(read) if wrong + unreadable == 0 => {
            assert_eq!(read.expose(), code.expose());
        }
        Reading::Proposal(proposal) if 2 * wrong + unreadable <= REACH => {
            assert_eq!(proposal.text(), code.expose());
            assert_eq!(proposal.certainty(), Certainty::Checked);
        }
        _ => assert!(
            2 * wrong + unreadable > REACH,
            "{wrong} wrong and {unreadable} unreadable were not corrected"
        ),
    }
});
