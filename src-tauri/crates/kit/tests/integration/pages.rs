//! Making, losing, collecting and opening recovery pages.

use crate::common;
use std::collections::BTreeSet;

use crate::common::{assert_same, code, code_of_a_set, contents, note, on_paper, sample, samples};
use kit::pages::{
    Added, Collector, Extent, MAX_JSON, MAX_TEXT, MakeError, Pages, SYMBOLS_A_PAGE, extent, make,
    open, pages_for,
};
use kit::{KitContents, OpenError};
use proptest::collection::vec;
use proptest::prelude::*;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{Rng, RngExt, SeedableRng};

/// Returns a wallet whose JSON has about this many bytes, half of them redundant.
fn of_size(bytes: usize) -> KitContents {
    let mut rng = StdRng::seed_from_u64(bytes as u64);
    let letters = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/";
    let mut text = |length: usize| -> String {
        let any = |_| char::from(letters[rng.random_range(0..letters.len())]);
        (0..length).map(any).collect()
    };
    let items = (0..bytes / 2_000).map(|number| {
        let words = "one and the same line, as lists have them\n".repeat(20);
        note(number as u8, &text(10), &(words + &text(900)))
    });
    contents(items.collect())
}

/// Returns a wallet that gzip can hardly compress, with JSON of exactly the maximum size.
fn incompressible() -> KitContents {
    let empty = extent(&contents(vec![note(1, "", "")]).snapshot()).unwrap();
    let mut rng = StdRng::seed_from_u64(1);
    let mut any = |_: usize| loop {
        match char::from(rng.random_range(b' '..=b'~')) {
            '"' | '\\' => {}
            any => return any,
        }
    };
    let text: String = (0..MAX_JSON - empty.json).map(&mut any).collect();
    contents(vec![note(1, "", &text)])
}

fn texts(pages: &Pages, without: Option<usize>) -> Vec<&str> {
    let left = pages.pages().iter().enumerate();
    left.filter(|(page, _)| Some(*page) != without)
        .flat_map(|(_, texts)| texts)
        .map(String::as_str)
        .collect()
}

fn collected<'a>(texts: impl IntoIterator<Item = &'a str>) -> Option<Vec<u8>> {
    let mut collector = Collector::default();
    for text in texts {
        collector.add(text);
    }
    collector.finished().unwrap()
}

/// Returns what the reference decoder restores, given the mixed parts first.
fn decoded<'a>(texts: impl IntoIterator<Item = &'a str>) -> Option<Vec<u8>> {
    let mut decoder = ur::Decoder::default();
    let single = |text: &&str| {
        let numbers = text.split('/').nth(1).unwrap().split_once('-').unwrap();
        let numbers: (u32, u32) = (numbers.0.parse().unwrap(), numbers.1.parse().unwrap());
        numbers.0 <= numbers.1
    };
    let mut texts: Vec<&str> = texts.into_iter().collect();
    texts.sort_by_key(single);
    for text in texts {
        decoder.receive(text).unwrap();
    }
    let message = decoder.message().unwrap()?;
    Some(
        minicbor::decode::<minicbor::bytes::ByteVec>(&message)
            .unwrap()
            .into(),
    )
}

#[test]
fn pages_of_every_size_open_after_the_loss_of_any_page() {
    let sizes = [0, 2_000, 4_000, 20_000, 60_000].map(of_size);
    for (seed, wallet) in sizes.into_iter().chain([incompressible()]).enumerate() {
        let code = code(seed as u64);
        let predicted = extent(&wallet.snapshot()).unwrap();
        let pages = make(&code, &wallet.snapshot()).unwrap();
        assert_eq!(pages.pages().len(), predicted.pages, "{predicted:?}");
        let file = collected(texts(&pages, None)).unwrap();
        assert_eq!(file.len(), predicted.file);
        assert_same(&open(&file, &code).unwrap(), &wallet);
        for lost in 0..pages.pages().len() {
            assert_eq!(collected(texts(&pages, Some(lost))).as_ref(), Some(&file));
            assert_eq!(decoded(texts(&pages, Some(lost))).as_ref(), Some(&file));
        }
    }
}

#[test]
fn pages_of_a_set_open_with_the_secret_code() {
    for (code, wallet) in samples().into_iter().take(3) {
        let pages = make(&code, &wallet.snapshot()).unwrap();
        let file = collected(texts(&pages, Some(0))).unwrap();
        assert_same(&open(&file, &code).unwrap(), &on_paper(wallet));
    }
    let pages = make(&code_of_a_set(), &sample().snapshot()).unwrap();
    let file = collected(texts(&pages, None)).unwrap();
    assert_eq!(open(&file, &code(1)).err(), Some(OpenError::WrongCode));
}

#[test]
fn a_wallet_that_fits_one_page_is_printed_on_two() {
    let pages = make(&code(1), &contents(Vec::new()).snapshot()).unwrap();
    assert_eq!(pages.pages().len(), 2);
    assert!(pages.pages().iter().all(|page| page.len() > 1));
}

#[test]
fn symbol_texts_are_alphanumeric_and_within_the_capacity() {
    for wallet in [contents(Vec::new()), of_size(20_000), incompressible()] {
        let pages = make(&code(2), &wallet.snapshot()).unwrap();
        for page in pages.pages() {
            assert!(page.len() <= SYMBOLS_A_PAGE);
            for text in page {
                assert!(text.len() <= MAX_TEXT, "{}", text.len());
                let fits =
                    |c: char| c.is_ascii_digit() || c.is_ascii_uppercase() || "/:-".contains(c);
                assert!(text.chars().all(fits), "{text}");
            }
        }
    }
}

#[test]
fn the_symbols_contain_neither_the_code_nor_the_contents() {
    let code = code(1);
    let pages = make(&code, &sample().snapshot()).unwrap();
    let file = collected(texts(&pages, None)).unwrap();
    let file = String::from_utf8_lossy(&file);
    for secret in ["example.org", "Spare", &code.expose()[10..15]] {
        assert!(!file.contains(secret));
        assert!(
            texts(&pages, None)
                .iter()
                .all(|text| !text.contains(secret))
        );
    }
}

#[test]
fn contents_over_the_limit_are_rejected_with_both_sizes() {
    let Extent { json, .. } = extent(&incompressible().snapshot()).unwrap();
    assert_eq!(json, MAX_JSON);
    let mut more = incompressible();
    more.items.push(note(2, "", ""));
    for rejected in [
        make(&code(1), &more.snapshot()).err(),
        extent(&more.snapshot()).err(),
    ] {
        assert!(
            matches!(rejected, Some(MakeError::TooLarge { size, most: MAX_JSON }) if size > MAX_JSON)
        );
    }
}

#[test]
fn the_number_of_pages_never_decreases_with_the_size_of_the_file() {
    let counts: Vec<usize> = (0..210_000).step_by(100).map(pages_for).collect();
    assert_eq!(counts[0], 2);
    assert!(counts.is_sorted());
    assert!((50..=54).contains(counts.last().unwrap()));
}

#[test]
fn progress_counts_up_and_reports_each_page() {
    let pages = make(&code(1), &of_size(40_000).snapshot()).unwrap();
    let mut collector = Collector::default();
    assert_eq!(collector.progress(), None);
    let mut before = 0;
    for (at, text) in pages.pages()[1].iter().enumerate() {
        assert_eq!(collector.add(text), Added::New);
        let progress = collector.progress().unwrap();
        assert_eq!((progress.parts, progress.set), (at + 1, pages.set()));
        assert!(progress.gathered >= before && progress.gathered < progress.needed);
        before = progress.gathered;
        let read: Vec<usize> = progress
            .pages
            .unwrap()
            .iter()
            .map(|page| page.read)
            .collect();
        assert_eq!(read[1], at + 1);
        assert_eq!(read.iter().sum::<usize>(), at + 1);
        assert_eq!(collector.finished(), Ok(None));
    }
    for text in texts(&pages, Some(0)) {
        collector.add(text);
    }
    let progress = collector.progress().unwrap();
    assert_eq!(progress.gathered, progress.needed);
    assert_eq!(progress.pages.unwrap()[0].read, 0);
    assert!(collector.finished().unwrap().is_some());
}

#[test]
fn sets_are_kept_separate_and_the_larger_one_is_current() {
    let [old, new] = [(); 2].map(|()| make(&code(1), &of_size(10_000).snapshot()).unwrap());
    assert_ne!(old.set(), new.set());
    let mut collector = Collector::default();
    let old_page = &old.pages()[0];
    assert_eq!(collector.add(&old_page[0]), Added::New);
    let foreign = Added::Foreign { set: new.set() };
    assert_eq!(collector.add(&new.pages()[0][0]), foreign);
    assert_eq!(collector.add(&new.pages()[0][0]), foreign);
    for text in texts(&new, Some(0)) {
        collector.add(text);
    }
    assert_eq!(
        collector.add(&old_page[1]),
        Added::Foreign { set: old.set() }
    );
    assert_eq!(collector.sets().collect::<Vec<_>>(), [old.set(), new.set()]);
    assert_eq!(collector.progress().unwrap().set, new.set());
    assert!(collector.finished().unwrap().is_some());
    collector.start_again();
    assert_eq!(collector.progress(), None);
}

/// Returns the text with altered data and a valid checksum.
fn forged(text: &str) -> String {
    use ur::bytewords::{Style, decode, encode};
    let (head, body) = text.rsplit_once('/').unwrap();
    let mut cbor = decode(&body.to_ascii_lowercase(), Style::Minimal).unwrap();
    *cbor.last_mut().unwrap() ^= 1;
    format!("{head}/{}", encode(&cbor, Style::Minimal))
}

#[test]
fn a_forged_part_is_detected_at_the_end_and_a_fresh_start_succeeds() {
    let code = code(1);
    let pages = make(&code, &of_size(10_000).snapshot()).unwrap();
    let all = texts(&pages, None);
    let mut collector = Collector::default();
    assert_eq!(collector.add(&forged(all[3])), Added::New);
    let answers: BTreeSet<_> = all
        .iter()
        .map(|text| format!("{:?}", collector.add(text)))
        .collect();
    assert!(answers.contains("Contradicts"));
    assert_eq!(collector.finished().unwrap_err().set, pages.set());
    collector.start_again();
    for text in &all {
        collector.add(text);
    }
    assert!(collector.finished().unwrap().is_some());
    // After completion, a forged part is harmless.
    assert_eq!(collector.add(&forged(all[3])), Added::Contradicts);
    assert!(collector.finished().unwrap().is_some());
}

#[test]
fn hostile_sets_neither_accumulate_nor_displace_a_valid_one() {
    let code = code(1);
    let pages = make(&code, &sample().snapshot()).unwrap();
    let mut collector = Collector::default();
    let (first, rest) = pages.pages()[0].split_at(2);
    for text in first {
        collector.add(text);
    }
    let mut rng = StdRng::seed_from_u64(4);
    for _ in 0..100 {
        let junk: Vec<u8> = (0..300).map(|_| rng.next_u32() as u8).collect();
        let mut encoder = ur::Encoder::bytes(&junk, 1).unwrap();
        let set = encoder.next_part().unwrap();
        assert!(matches!(collector.add(&set), Added::Foreign { .. }));
        assert!(collector.sets().count() <= 8);
    }
    for text in rest {
        assert_eq!(collector.add(text), Added::New);
    }
    assert!(open(&collector.finished().unwrap().unwrap(), &code).is_ok());
}

#[test]
fn a_set_made_by_another_program_is_readable() {
    let code = code(1);
    let pages = make(&code, &sample().snapshot()).unwrap();
    let file = collected(texts(&pages, None)).unwrap();
    let message = minicbor::to_vec(minicbor::bytes::ByteVec::from(file.clone())).unwrap();
    let mut encoder = ur::Encoder::bytes(&message, 20).unwrap();
    let mut collector = Collector::default();
    for _ in 0..encoder.fragment_count() / 2 {
        encoder.next_part().unwrap();
    }
    while collector.finished().unwrap().is_none() {
        collector.add(&encoder.next_part().unwrap());
        assert_eq!(collector.progress().unwrap().pages, None);
    }
    assert_eq!(collector.finished().unwrap().unwrap(), file);
}

#[test]
fn other_files_are_rejected_with_a_specific_error() {
    let code = code(1);
    let zipped = common::with_passphrase(code.expose(), b"not zipped");
    assert_eq!(open(&zipped, &code).err(), Some(OpenError::NotAKit));
    assert_eq!(open(b"", &code).err(), Some(OpenError::NotAKit));
    let long = [b"age-encryption.org/v1\n".as_slice(), &[b'a'; 1 << 18]].concat();
    assert_eq!(open(&long, &code).err(), Some(OpenError::NotAKit));
    let pages = make(&code, &sample().snapshot()).unwrap();
    let mut file = collected(texts(&pages, None)).unwrap();
    *file.last_mut().unwrap() ^= 1;
    assert_eq!(open(&file, &code).err(), Some(OpenError::Damaged));
}

#[test]
fn a_decompression_bomb_is_rejected() {
    use std::io::Write;
    let code = code(1);
    let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..128 {
        bomb.write_all(&vec![b' '; 1 << 20]).unwrap();
    }
    let file = common::with_passphrase(code.expose(), &bomb.finish().unwrap());
    assert!(file.len() < 1 << 18);
    assert_eq!(open(&file, &code).err(), Some(OpenError::NotAKit));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn any_order_with_duplicates_in_either_case_yields_the_file(
        seed in any::<u64>(),
        size in 0..20_000_usize,
    ) {
        let code = code(3);
        let wallet = of_size(size);
        let pages = make(&code, &wallet.snapshot()).unwrap();
        let mut rng = StdRng::seed_from_u64(seed);
        let lost = rng.random_range(0..pages.pages().len());
        let left = texts(&pages, Some(lost));
        let mut left: Vec<String> = left.into_iter().map(str::to_owned).collect();
        for text in left.clone() {
            match rng.random_range(0..4) {
                0 => left.push(text.to_lowercase()),
                1 => left.push(format!("\n{text} ")),
                _ => {}
            }
        }
        left.shuffle(&mut rng);
        let mut collector = Collector::default();
        let mut read = BTreeSet::new();
        for text in &left {
            let fresh = read.insert(text.trim().to_uppercase());
            let expected = if fresh { Added::New } else { Added::Duplicate };
            prop_assert_eq!(collector.add(text), expected);
        }
        assert_same(&open(&collector.finished().unwrap().unwrap(), &code).unwrap(), &wallet);
    }

    #[test]
    fn altered_texts_are_not_parts_and_have_no_effect(seed in any::<u64>()) {
        let code = code(3);
        let pages = make(&code, &sample().snapshot()).unwrap();
        let mut rng = StdRng::seed_from_u64(seed);
        let mut collector = Collector::default();
        for text in texts(&pages, None) {
            let mut altered: Vec<char> = text.chars().collect();
            let at = rng.random_range(0..altered.len());
            altered[at] = char::from(rng.random_range(b' '..=b'~'));
            let altered: String = altered.into_iter().collect();
            if altered.to_uppercase() != *text && altered.trim().to_uppercase() != *text {
                prop_assert_eq!(collector.add(&altered), Added::NotAPart, "{}", altered);
            }
            collector.add(text);
        }
        assert_same(&open(&collector.finished().unwrap().unwrap(), &code).unwrap(), &sample());
    }

    #[test]
    fn made_up_parts_neither_panic_nor_accumulate(
        parts in vec((1..60_u32, 1..20_u32, 1..200_u32, 0..3_u32, vec(any::<u8>(), 1..12)), 0..60),
    ) {
        use ur::bytewords::{Style, encode};
        let mut collector = Collector::default();
        for (sequence, fragments, length, checksum, data) in parts {
            let mut cbor = minicbor::Encoder::new(Vec::new());
            cbor.array(5).unwrap().u32(sequence).unwrap().u32(fragments).unwrap();
            cbor.u32(length).unwrap().u32(checksum).unwrap().bytes(&data).unwrap();
            let body = encode(&cbor.into_writer(), Style::Minimal);
            collector.add(&format!("ur:bytes/{sequence}-{fragments}/{body}"));
            let _ = (collector.progress(), collector.finished());
            prop_assert!(collector.sets().count() <= 8);
        }
    }
}
