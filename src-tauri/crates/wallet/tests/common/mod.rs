//! A sample wallet with the cheapest parameters that the format allows.

#![allow(clippy::unwrap_used, reason = "tests may panic")]
#![allow(dead_code, reason = "each test binary uses a part of it")]
#![allow(unreachable_pub, reason = "included in several test binaries")]

use code::BackupCode;
use rand::SeedableRng;
use rand::rngs::StdRng;
use wallet::{
    Body, CommitId, Email, Event, Item, ItemId, KdfMemory, KdfParams, LogEntry, Opened, Password,
    ReleaseKey, SecretText, SlotId, Timestamp, TotpSecret, TwoStep,
};

pub const PASSWORD: &str = "correct horse battery staple";

pub fn rng() -> StdRng {
    StdRng::seed_from_u64(2)
}

pub fn password() -> Password {
    Password::typed(PASSWORD.to_owned())
}

pub fn empty_wallet(rng: &mut StdRng, memory: &mut KdfMemory) -> Opened {
    let email = Email::parse("zoë@example.com").unwrap();
    Opened::create(
        rng,
        email,
        &password(),
        KdfParams::FLOOR,
        memory,
        "embedded",
    )
    .unwrap()
}

/// A wallet with one of each kind of content.
pub struct Sample {
    pub rng: StdRng,
    pub memory: KdfMemory,
    pub opened: Opened,
    pub code: BackupCode,
    pub release: ReleaseKey,
    pub slot: SlotId,
    pub file: Vec<u8>,
}

pub fn sample() -> Sample {
    let mut rng = rng();
    let mut memory = KdfMemory::new();
    let mut opened = empty_wallet(&mut rng, &mut memory);
    opened.contents.items.push(Item::new(
        ItemId::from_bytes([7; 16]),
        Body::note(
            SecretText::new("Türe \"hinten\"".to_owned()),
            SecretText::new("line one\nline two \\ 🔑".to_owned()),
        ),
        Timestamp(1_700_000_000),
    ));
    opened.contents.two_step = TwoStep::On(TotpSecret::random(&mut rng));
    opened.contents.log.push(LogEntry {
        at: Timestamp(1_700_000_000),
        event: Event::Created,
    });
    let code = BackupCode::generate(&mut rng, &|_| false);
    let release = ReleaseKey::random(&mut rng);
    let slot = opened.add_code_slot(&mut rng, &code, &release).unwrap();
    let file = opened
        .seal(&mut rng, CommitId::from_bytes([9; 16]))
        .unwrap();
    Sample {
        rng,
        memory,
        opened,
        code,
        release,
        slot,
        file,
    }
}
