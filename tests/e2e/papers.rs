//! Papers of wallets that no computer has, as the app prints them.

use code::BackupCode;
use rand::SeedableRng;
use rand::rngs::StdRng;
use sheet::{Carries, Language, LocalTime, Paper, Reach, RecoveryPages, Sheet, Validity};
use wallet::{Body, Email, Item, ItemId, SecretText, Timestamp, WalletId};

const MADE: LocalTime = LocalTime {
    unix: 1_800_000_000,
    offset_seconds: 0,
};

/// Makes a PDF of recovery pages with a note for each pair of title and text.
pub(crate) fn recovery_pages(code: &BackupCode, email: &str, notes: &[(&str, &str)]) -> Vec<u8> {
    let mut rng = StdRng::seed_from_u64(6);
    let items: Vec<_> = notes
        .iter()
        .map(|(title, text)| {
            Item::new(
                ItemId::random(&mut rng),
                Body::note(
                    SecretText::new((*title).to_owned()),
                    SecretText::new((*text).to_owned()),
                ),
                Timestamp(MADE.unix),
            )
        })
        .collect();
    let snapshot = kit::Snapshot {
        wallet_id: WalletId::from_bytes([7; 16]),
        email: &Email::parse(email).unwrap(),
        date: Timestamp(MADE.unix),
        commit: None,
        items: &items,
    };
    let made = kit::pages::make(code, &snapshot).unwrap();
    let pages = RecoveryPages {
        wallet: None,
        identifier: code.identifier(),
        made: MADE,
        items: items.len(),
        set: &made.set().to_string(),
        paper: Paper::A4,
        language: Language::English,
        pages: made.pages(),
    };
    sheet::pages_pdf(&pages).unwrap().to_vec()
}

/// Makes a PDF of a sheet that opens recovery pages.
pub(crate) fn sheet(carries: Carries<'_>) -> Vec<u8> {
    let sheet = Sheet {
        carries,
        wallet: None,
        made: MADE,
        validity: Validity::UntilUsed,
        reach: Reach::OtherComputers {
            kit: false,
            pages: true,
        },
        language: Language::English,
        paper: Paper::A4,
    };
    sheet::pdf(&sheet).unwrap().to_vec()
}

/// Returns a text that cannot be compressed much.
pub(crate) fn long_text(characters: usize) -> String {
    let mut state = 1_u32;
    let letter = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from(b'a' + u8::try_from((state >> 16) % 26).unwrap())
    };
    std::iter::repeat_with(letter).take(characters).collect()
}
