use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use content::phrase::{
    About, Language, Near, Verdict, about, complete, near, plain, seed_qr, whole, words,
};
use proptest::prelude::*;
use serde::Deserialize;
use serde::de::DeserializeOwned;

const PHRASE: &str = "legal winner thank year wave sausage worth useful legal winner thank yellow";

fn vectors<T: DeserializeOwned>(name: &str) -> T {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../tests/vectors/content");
    let text = fs::read_to_string(folder.join(name)).expect("the vectors are there");
    serde_json::from_str(&text).expect("the vectors are JSON")
}

fn language(name: &str) -> Language {
    match name {
        "english" => Language::English,
        "chinese_simplified" => Language::SimplifiedChinese,
        "chinese_traditional" => Language::TraditionalChinese,
        "czech" => Language::Czech,
        "french" => Language::French,
        "italian" => Language::Italian,
        "japanese" => Language::Japanese,
        "korean" => Language::Korean,
        "portuguese" => Language::Portuguese,
        "spanish" => Language::Spanish,
        other => panic!("no language {other}"),
    }
}

#[derive(Deserialize)]
struct Bip39 {
    phrase: String,
}

#[test]
fn the_vectors_of_bip39_are_phrases_in_every_language() {
    let languages: BTreeMap<String, Vec<Bip39>> = vectors("bip39.json");
    assert_eq!(languages.len(), 10);
    for (name, vectors) in languages {
        assert_eq!(vectors.len(), 24);
        for Bip39 { phrase } in vectors {
            let told = about(&phrase);
            assert_eq!(told.verdict, Verdict::Bip39, "{name}: {phrase}");
            assert_eq!(told.unknown, [0; 0]);
            // The words of both Chinese lists are phrases of either in some vectors.
            let chinese = [Language::SimplifiedChinese, Language::TraditionalChinese];
            let told = told.language.expect("it has one");
            let same = told == language(&name);
            assert!(same || (chinese.contains(&told) && chinese.contains(&language(&name))));
            assert!(near(&phrase).is_empty());
        }
    }
}

#[derive(Deserialize)]
struct Slip39 {
    name: String,
    shares: Vec<String>,
}

#[test]
fn the_vectors_of_slip39_are_recognised_by_name() {
    let vectors: Vec<Slip39> = vectors("slip39.json");
    assert_eq!(vectors.len(), 45);
    let mut right = 0;
    for Slip39 { name, shares } in vectors {
        for share in shares {
            let told = about(&share);
            let expected = match told.count {
                20 | 33 if name.contains("invalid checksum") => Verdict::WrongSlip39,
                20 | 33 => Verdict::Slip39,
                _ => Verdict::Unfinished,
            };
            assert_eq!((told.verdict, told.language), (expected, None), "{name}");
            right += usize::from(expected == Verdict::Slip39);
        }
    }
    assert!(right > 70);
}

#[derive(Deserialize)]
struct SeedQr {
    phrase: String,
    digits: String,
}

#[test]
fn the_vectors_of_seed_qr_are_written_and_read() {
    let vectors: Vec<SeedQr> = vectors("seed-qr/phrases.json");
    assert_eq!(vectors.len(), 9);
    for SeedQr { phrase, digits } in vectors {
        assert_eq!(seed_qr(&phrase).as_deref(), Some(&digits));
        assert_eq!(*plain(&digits), phrase);
        assert_eq!(whole(&digits).as_deref(), Some(&phrase));
    }
    assert!(seed_qr("legal winner thank").is_none());
    assert!(seed_qr(&"2048".repeat(12)).is_none());
    let others: BTreeMap<String, Vec<Bip39>> = vectors_of_bip39();
    assert!(seed_qr(&others["french"][3].phrase).is_none());
}

fn vectors_of_bip39() -> BTreeMap<String, Vec<Bip39>> {
    vectors("bip39.json")
}

#[test]
fn words_are_read_out_of_the_layouts_of_recovery_cards() {
    let layouts = [
        "1. legal 2. winner 3. thank 4. year 5. wave 6. sausage\n7. worth 8. useful 9. legal 10. winner 11. thank 12. yellow",
        "01) Legal\t07) Worth\n02) Winner\n03) Thank 04)Year 05)Wave 06)Sausage 08)Useful 09)Legal 10)Winner 11)Thank 12)Yellow",
        "\"legal, winner, thank, year, wave, sausage, worth, useful, legal, winner, thank, yellow.\"",
        "  LEGAL winner\u{a0}thank year wave sausage worth useful legal winner thank yellow\r\n",
    ];
    for (number, layout) in layouts.iter().enumerate() {
        let words = words(layout);
        assert_eq!(words.len(), 12, "{number}");
        if number != 1 {
            assert_eq!(*plain(layout), PHRASE, "{number}");
        }
    }
}

#[test]
fn what_is_no_number_of_a_word_is_part_of_the_text() {
    let others = ["4711", "12.04.2019", "Tr0ub4dor&3", "13", "13."];
    for other in others {
        let text = format!("{PHRASE}\n{other}");
        let told = about(&text);
        assert_eq!(
            (told.verdict, told.unknown),
            (Verdict::Unknown, vec![13]),
            "{other}"
        );
        assert_eq!(*plain(&text), text);
    }
}

#[test]
fn a_whole_phrase_is_put_in_one_line_even_with_a_wrong_checksum() {
    let wrong = PHRASE.replace("yellow", "winner");
    for phrase in [PHRASE, &wrong] {
        let lines = phrase.replace(' ', "\n").to_uppercase();
        assert_eq!(whole(&lines).as_deref().map(String::as_str), Some(phrase));
    }
    for text in [
        "",
        "legal winner thank",
        "https://example.org/",
        &"2048".repeat(12),
    ] {
        assert!(whole(text).is_none(), "{text}");
    }
}

#[test]
fn a_word_is_found_again_in_the_text() {
    let text = "1. Legal, «winner» (3) thank\n04)Year";
    let found: Vec<&str> = words(text)
        .iter()
        .map(|word| &text[word.at.clone()])
        .collect();
    assert_eq!(found, ["Legal", "winner", "thank", "Year"]);
}

#[test]
fn a_share_may_have_a_secret_of_any_even_number_of_bytes() {
    // 22 words are a secret of 18 bytes; its checksum is wrong.
    let share = "academic ".repeat(22);
    assert_eq!(about(&share).verdict, Verdict::WrongSlip39);
    assert_eq!(about(&"academic ".repeat(21)).verdict, Verdict::Unfinished);
}

#[test]
fn an_accent_may_be_one_character_or_two() {
    let phrase = &vectors_of_bip39()["spanish"][0].phrase;
    let composed = phrase.replace("a\u{301}", "á");
    assert_eq!(about(&composed).verdict, Verdict::Bip39);
    let decomposed = composed.replace('á', "a\u{301}");
    assert_eq!(about(&decomposed).verdict, Verdict::Bip39);
}

#[test]
fn a_word_that_is_in_no_list_is_pointed_at_with_near_words() {
    let typed = PHRASE.replace("sausage", "sausge").replace("year", "yaer");
    let told = about(&typed);
    assert_eq!(
        told,
        About {
            verdict: Verdict::Unknown,
            count: 12,
            language: Some(Language::English),
            unknown: vec![4, 6],
        }
    );
    let near = near(&typed);
    assert_eq!(near.iter().map(|it| it.place).collect::<Vec<_>>(), [4, 6]);
    assert_eq!(near[0].words[0], "year");
    assert_eq!(near[1].words[0], "sausage");
}

#[test]
fn the_first_four_letters_of_steel_plates_name_their_words() {
    let typed = PHRASE
        .split(' ')
        .map(|word| word.chars().take(4).collect::<String>())
        .collect::<Vec<_>>()
        .join(" ");
    let near = near(&typed);
    let found: Vec<(usize, &str)> = near.iter().map(|it| (it.place, it.words[0])).collect();
    // `year` and `wave` are whole.
    let wanted = [
        (1, "legal"),
        (2, "winner"),
        (3, "thank"),
        (6, "sausage"),
        (7, "worth"),
        (8, "useful"),
        (9, "legal"),
        (10, "winner"),
        (11, "thank"),
        (12, "yellow"),
    ];
    assert_eq!(found, wanted);
}

#[test]
fn where_the_checksum_is_wrong_a_like_word_that_makes_it_right_is_offered() {
    let typed = PHRASE.replace("wave", "save");
    assert_eq!(about(&typed).verdict, Verdict::WrongChecksum);
    let near = near(&typed);
    let fifth = near.iter().find(|it| it.place == 5);
    let fifth = fifth.expect("the place is found");
    assert!(fifth.words.contains(&"wave"));
    for Near { place, words, at } in near {
        assert_eq!(
            &typed[at],
            typed.split(' ').nth(place - 1).expect("it is there")
        );
        for word in words {
            let mut phrase: Vec<&str> = typed.split(' ').collect();
            phrase[place - 1] = word;
            assert_eq!(about(&phrase.join(" ")).verdict, Verdict::Bip39);
        }
    }
}

#[test]
fn a_phrase_that_is_not_whole_yet_is_called_unfinished() {
    let eleven = PHRASE.rsplit_once(' ').expect("it has words").0;
    let told = about(eleven);
    assert_eq!((told.verdict, told.count), (Verdict::Unfinished, 11));
    assert_eq!(about(" \n").verdict, Verdict::Empty);
}

#[test]
fn the_start_of_a_word_is_completed_in_the_language_of_the_words_before() {
    assert_eq!(complete("aban", ""), ["abandon"]);
    assert_eq!(complete("Ab", "").len(), 6);
    assert_eq!(complete("aba", "abaisser abeille"), ["abaisser", "abandon"]);
    assert_eq!(complete("zzz", ""), [""; 0]);
    assert_eq!(complete("", "legal"), [""; 0]);
    // Without words before, other languages are looked through.
    assert_eq!(complete("abdi", ""), ["abdikace"]);
}

#[test]
fn a_long_text_is_not_judged_word_for_word() {
    let text = "legal winer ".repeat(20_000);
    let told = about(&text);
    assert_eq!((told.verdict, told.count), (Verdict::TooMany, 40_000));
    assert!(near(&text).is_empty());
}

proptest! {
    #[test]
    fn no_text_makes_it_fail(text in "\\PC{0,200}") {
        let told = about(&text);
        prop_assert_eq!(told.count, words(&text).len());
        prop_assert!(told.unknown.iter().all(|place| (1..=told.count).contains(place)));
        near(&text);
        plain(&text);
        complete(&text, &text);
    }

    #[test]
    fn one_wrong_word_is_never_called_right_by_its_places(place in 0usize..12, word in 0usize..2048) {
        let list = Language::English.word_list();
        let mut phrase: Vec<&str> = PHRASE.split(' ').collect();
        phrase[place] = list[word];
        let told = about(&phrase.join(" "));
        let expected = bip39::Mnemonic::parse_in_normalized(Language::English, &phrase.join(" "));
        prop_assert_eq!(told.verdict == Verdict::Bip39, expected.is_ok());
    }
}
