//! With 2·wrong + unreadable ≤ 8 the intended code is always proposed, for any code and any
//! mistakes.
#![no_main]

use code::{ALPHABET, BackupCode, Certainty, Reading, TypedCode};
use libfuzzer_sys::fuzz_target;
use rand::SeedableRng;
use rand::rngs::StdRng;

const REACH: usize = 8;

fuzz_target!(|bytes: &[u8]| {
    let Some((seed, mistakes)) = bytes.split_first_chunk() else {
        return;
    };
    let mut rng = StdRng::seed_from_u64(u64::from_le_bytes(*seed));
    let code = BackupCode::generate(&mut rng, &|_| false);
    let meant = code.expose();
    let mut typed = meant.as_bytes().to_vec();
    // Each mistake is two bytes: the position and the symbol typed there. Mistakes beyond the reach
    // are skipped.
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
        panic!("every character is in the alphabet")
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

/// Returns 2·wrong + unreadable.
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
