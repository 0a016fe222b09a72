//! Sets of sheets: any so many as are needed give the code; whatever else is offered never panics, and never makes what
//! reads as something else.
#![no_main]

use code::{BackupCode, Reading, SetSize, Share, Shares, TypedCode};
use libfuzzer_sys::fuzz_target;
use rand::SeedableRng;
use rand::rngs::StdRng;

fuzz_target!(|bytes: &[u8]| {
    let Some((&[needed, sheets, others, order], rest)) = bytes.split_first_chunk() else {
        return;
    };
    let Some(size) = SetSize::new(2 + needed % 8, 2 + sheets % 30) else {
        return;
    };
    let mut rng = StdRng::seed_from_u64(u64::from(order));
    let (code, shares) = BackupCode::generate_set(&mut rng, &|_| false, size);
    let (_, foreign) = BackupCode::generate_set(&mut rng, &|_| false, size);

    // Sheets of the set, and now and then one of another, in the order of the bytes.
    let mut gathered = Shares::default();
    for &pick in rest {
        let set = if pick < others / 8 { &foreign } else { &shares };
        let _ = gathered.add(again(&set[usize::from(pick) % set.len()]));
        if let Ok(combined) = gathered.combine() {
            let text = combined.expose();
            match TypedCode::parse(text).map(|typed| typed.read()) {
                Ok(Reading::Code(read)) => assert_eq!(read.expose(), text),
                _ => panic!("combined what is no code"),
            }
            if gathered.identifier() == Some(code.identifier()) {
                assert_eq!(text, code.expose());
            }
        }
    }
});

fn again(share: &Share) -> Share {
    match TypedCode::parse(share.expose()).map(|typed| typed.read()) {
        Ok(Reading::Share(share)) => share,
        _ => panic!("a share reads as itself"),
    }
}
