//! Writes the inputs that only a program can make, where the seals of the formats need it. `age`
//! takes its randomness from the system, so each run writes others.
//!
//! It is a target in form only: instrumented crates link with libFuzzer alone.
#![no_main]

use std::error::Error;
use std::fs;
use std::path::Path;

use fuzz::sample;
use kit::pages::Collector;
use kit::{NamedCommit, Snapshot, Work};
use libfuzzer_sys::fuzz_target;
use wallet::testing::{ScriptedRng, json_of};
use wallet::{
    Body, CommitId, Email, Event, Item, ItemId, KdfMemory, KdfParams, KitPlace, LogEntry, Opened,
    PagesMade, SecretText, Timestamp, TotpSecret, TwoStep,
};
use zeroize::Zeroizing;

type Done = Result<(), Box<dyn Error>>;

fuzz_target!(init: write_and_exit(), |_bytes: &[u8]| {});

fn write_and_exit() {
    write().unwrap_or_else(|error| panic!("{error}"));
    std::process::exit(0);
}

fn write() -> Done {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut wallet = wallet()?;
    fs::write(corpus.join("contents/empty"), &*json_of(&wallet)?)?;
    let bare = wallet.seal(&mut ScriptedRng::new(&[]), CommitId::from_bytes([5; 16]))?;
    fs::write(corpus.join("header/opens"), bare)?;
    fill(&mut wallet)?;
    fs::write(corpus.join("contents/everything"), &*json_of(&wallet)?)?;
    kit(&corpus, &wallet)
}

fn wallet() -> Result<Opened, Box<dyn Error>> {
    let rng = &mut ScriptedRng::new(&[]);
    let mut wallet = Opened::create(
        rng,
        Email::parse("zoë@example.org")?,
        &sample::password(),
        KdfParams::FLOOR,
        &mut KdfMemory::simulated(),
        "secret-service",
    )?;
    wallet.add_code_slot(rng, &sample::code(), &sample::release_key())?;
    Ok(wallet)
}

fn fill(wallet: &mut Opened) -> Done {
    let identifier = sample::code().identifier();
    let contents = &mut wallet.contents;
    contents.items.push(Item::new(
        ItemId::from_bytes([1; 16]),
        Body::note(
            SecretText::new("Spare key".to_owned()),
            SecretText::new("Under the \"third\" stone.\n".to_owned()),
        ),
        Timestamp(-1),
    ));
    contents.two_step = TwoStep::On(TotpSecret::from_bytes(Zeroizing::new([3; 20])));
    let sheets = Event::SheetsMade {
        identifier,
        indices: "AC".to_owned(),
    };
    for event in [
        Event::Created,
        Event::Issued { identifier },
        Event::FailedTries { count: 2 },
        sheets,
    ] {
        contents.log.push(LogEntry {
            at: Timestamp(7),
            event,
        });
    }
    contents.kits.push(KitPlace {
        identifier,
        recipient: "age1".to_owned(),
        folder: "/stick/backup-kit-ABCD".into(),
    });
    contents.pages = Some(PagesMade {
        identifier,
        at: Timestamp(8),
    });
    Ok(())
}

fn kit(corpus: &Path, wallet: &Opened) -> Done {
    let (code, header) = (sample::code(), wallet.header());
    let snapshot = Snapshot {
        wallet_id: header.wallet_id,
        email: &header.email,
        date: Timestamp(9),
        commit: Some(NamedCommit {
            id: header.commit_id,
            number: 3,
        }),
        items: &wallet.contents.items,
    };
    let document = kit::testing::write_document(&snapshot)?;
    fs::write(corpus.join("document/a-note"), &*document)?;
    let (files, recipient) = kit::make_with(&code, &snapshot, Work::SIMULATED)?;
    fs::write(corpus.join("passphrase/identity"), &files.identity)?;
    fs::write(corpus.join("age/wallet"), &files.wallet)?;
    fs::write(corpus.join("age/recipient"), recipient.to_string())?;
    let printed = kit::pages::make_with(&code, &snapshot, Work::SIMULATED)?;
    let mut collector = Collector::default();
    for text in printed.pages().iter().flatten() {
        collector.add(text);
    }
    fs::write(corpus.join("part/text"), &printed.pages()[0][0])?;
    let pages = collector.finished()?.ok_or("the parts are whole")?;
    fs::write(corpus.join("passphrase/pages"), pages)?;
    Ok(())
}
