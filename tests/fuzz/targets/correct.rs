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
    let meant = code.expose();
    let mut typed = meant.as_bytes().to_vec();
    // Each mistake is two bytes: where, and what is typed there. One that would lead beyond the reach is not made.
    for mistake in mistakes.chunks_exact(2) {
        let at = usize::from(mistake[0]) % typed.len();
        let before = typed[at];
        typed[at] = match mistake[1] {
            symbol if symbol < 128 => ALPHABET[usize::from(symbol) % 32],
            _ => b'?',
        };
        if weight(&typed, meant) > REACH {
            typed[at] = before;
        }
    }

    let text = String::from_utf8_lossy(&typed);
    let Ok(parsed) = TypedCode::parse(&text) else {
        panic!("every character is of the alphabet")
    };
    match parsed.read() {
        Reading::Code(read) => assert_eq!(read.expose(), meant),
        Reading::Proposal(proposal) => {
            assert_eq!(proposal.text(), meant);
            assert_eq!(proposal.certainty(), Certainty::Checked);
        }
        _ => panic!(
            "mistakes that weigh {} were not corrected",
            weight(&typed, meant)
        ),
    }
});

/// 2·wrong + unreadable.
fn weight(typed: &[u8], meant: &str) -> usize {
    typed
        .iter()
        .zip(meant.bytes())
        .map(|(typed, meant)| match *typed {
            b'?' => 1,
            typed if typed == meant => 0,
            _ => 2,
        })
        .sum()
}
