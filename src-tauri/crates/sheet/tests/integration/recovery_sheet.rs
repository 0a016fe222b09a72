//! The PDF file of a recovery sheet, read back with another library.

use code::{BackupCode, SetSize, Share};
use lopdf::{Document, Object};
use rand::{SeedableRng as _, rngs::StdRng};
use sheet::{Carries, Language, LocalTime, Paper, Reach, Sheet, SheetError, Validity, pdf};

/// 3 May 2026, 14:12 at UTC+02:00.
const MADE: LocalTime = LocalTime {
    unix: 1_777_810_320,
    offset_seconds: 7_200,
};
const TWO_HOURS_LATER: LocalTime = LocalTime {
    unix: MADE.unix + 7_200,
    ..MADE
};

fn code() -> BackupCode {
    BackupCode::generate(&mut StdRng::seed_from_u64(7), &|_| false)
}

fn sheet<'a>(code: &'a BackupCode, wallet: Option<&'a str>, validity: Validity) -> Sheet<'a> {
    Sheet {
        carries: Carries::Code(code),
        wallet,
        made: MADE,
        validity,
        reach: Reach::ThisComputer,
        language: Language::English,
        paper: Paper::A4,
    }
}

fn read(sheet: &Sheet<'_>) -> Document {
    Document::load_mem(&pdf(sheet).unwrap()).unwrap()
}

/// The page's text as one run without white space.
fn text(sheet: &Sheet<'_>) -> String {
    let text = read(sheet).extract_text(&[1]).unwrap();
    text.split_whitespace().collect()
}

fn set(needed: u8, sheets: u8) -> Vec<Share> {
    let mut rng = StdRng::seed_from_u64(7);
    let size = SetSize::new(needed, sheets).unwrap();
    BackupCode::generate_set(&mut rng, &|_| false, size).1
}

fn of_set(share: &Share, sheets: u8) -> Sheet<'_> {
    Sheet {
        carries: Carries::Share { share, sheets },
        wallet: Some("anna@example.org"),
        made: MADE,
        validity: Validity::UntilUsed,
        reach: Reach::ThisComputer,
        language: Language::English,
        paper: Paper::A4,
    }
}

#[test]
fn a_sheet_of_a_set_states_its_letter_the_threshold_and_that_fewer_sheets_reveal_nothing() {
    for (needed, sheets, finder) in [
        (2, 3, "Withthissheetalone:nothing.Itholds"),
        (9, 31, "Withfewerthan9sheetsofthisset:nothing.Theyhold"),
    ] {
        for share in set(needed, sheets) {
            let text = text(&of_set(&share, sheets));
            let (index, identifier) = (share.index(), share.identifier());
            assert!(text.contains(&format!("Recoverysheet{index}{identifier}")));
            assert!(text.contains(&format!(
                "Sheet{index},oneof{sheets};any{needed}ofthemareneeded"
            )));
            assert!(text.contains(&format!("{finder}noinformationaboutthecode.")));
            assert!(text.contains(&format!("Enter{needed}sheetsofthisset,inanyorder")));
            assert!(text.contains(share.expose()));
            assert!(
                !text.contains("Yourbackupcode"),
                "a share is not a whole code"
            );
        }
    }
}

#[test]
fn each_sheet_of_a_set_without_a_spare_states_that_all_are_needed() {
    for (sheets, statement) in [
        (2, "oneof2;bothareneeded"),
        (3, "oneof3;allofthemareneeded"),
    ] {
        for share in set(sheets, sheets) {
            let text = text(&of_set(&share, sheets));
            assert!(text.contains(statement));
            assert!(
                !text.contains("makeitagain"),
                "the other sheets cannot restore it"
            );
        }
    }
}

#[test]
fn the_window_title_distinguishes_the_sheets_of_a_set() {
    for share in set(2, 3) {
        let file = read(&of_set(&share, 3));
        let info = file.trailer.get(b"Info").unwrap().as_reference().unwrap();
        let title = file.get_dictionary(info).unwrap().get(b"Title").unwrap();
        let expected = format!("Recovery sheet {}", share.index());
        assert_eq!(title.as_str().unwrap(), expected.as_bytes());
    }
}

#[test]
fn sheets_of_a_set_are_one_page_below_60_kilobytes() {
    for share in set(2, 3) {
        for paper in [Paper::A4, Paper::Letter] {
            for wallet in [None, Some("anna@example.org")] {
                let sheet = Sheet {
                    paper,
                    wallet,
                    ..of_set(&share, 3)
                };
                assert!(pdf(&sheet).unwrap().len() < 60_000);
                assert_eq!(read(&sheet).get_pages().len(), 1);
            }
        }
    }
}

#[test]
fn the_sheet_is_one_portrait_page_of_the_chosen_paper() {
    let code = code();
    for (paper, width, height) in [(Paper::A4, 595.28, 841.89), (Paper::Letter, 612.0, 792.0)] {
        let file = read(&Sheet {
            paper,
            ..sheet(&code, None, Validity::UntilUsed)
        });
        let pages = file.get_pages();
        assert_eq!(pages.len(), 1);
        let page = file.get_dictionary(pages[&1]).unwrap();
        let media = page.get(b"MediaBox").unwrap().as_array().unwrap();
        let sides: Vec<f32> = media.iter().map(|side| side.as_float().unwrap()).collect();
        assert!((sides[2] - width).abs() < 0.1 && (sides[3] - height).abs() < 0.1);
    }
}

#[test]
fn the_code_can_be_copied_without_anything_in_between() {
    let code = code();
    // A number that is copied as well would be read as a character of the code.
    assert!(text(&sheet(&code, None, Validity::UntilUsed)).contains(code.expose()));
}

#[test]
fn a_timed_sheet_states_when_it_was_made_and_until_when_it_works() {
    let code = code();
    let text = text(&sheet(
        &code,
        Some("anna@example.org"),
        Validity::Until(TWO_HOURS_LATER),
    ));
    assert!(text.contains("Walletanna@example.org"));
    assert!(text.contains("Madeon3May2026,14:12(UTC+02:00)"));
    assert!(text.contains("Worksuntil3May2026,16:12(UTC+02:00)"));
    assert!(text.contains(&format!("Recoverysheet{}", code.identifier())));
}

#[test]
fn a_lasting_sheet_works_until_used() {
    let code = code();
    assert!(text(&sheet(&code, None, Validity::UntilUsed)).contains("Worksuntilused"));
}

#[test]
fn a_sheet_without_a_name_has_no_empty_label() {
    let code = code();
    for nothing in [None, Some(""), Some(" \n")] {
        assert!(!text(&sheet(&code, nothing, Validity::UntilUsed)).contains("Wallet"));
    }
}

#[test]
fn the_longest_e_mail_is_printed_whole() {
    let code = code();
    let longest = format!("{}@{}.example.org", "a".repeat(64), "m".repeat(177));
    assert_eq!(longest.len(), 254);
    assert!(text(&sheet(&code, Some(&longest), Validity::UntilUsed)).contains(&longest));
}

#[test]
fn a_hostile_name_still_gives_a_sheet() {
    let code = code();
    for name in [
        "\0\u{1b}[2J",
        "(\\) Tj ET",
        "`age` ` -d",
        "世界@例え.jp",
        "\u{202e}gro.elpmaxe",
        "\n\n",
    ] {
        let sheet = sheet(&code, Some(name), Validity::UntilUsed);
        assert!(text(&sheet).contains(code.expose()), "{name:?}");
    }
}

#[test]
fn the_same_sheet_gives_the_same_bytes() {
    let code = code();
    let sheet = sheet(&code, Some("anna@example.org"), Validity::UntilUsed);
    assert_eq!(*pdf(&sheet).unwrap(), *pdf(&sheet).unwrap());
}

#[test]
fn the_files_only_metadata_are_title_and_language() {
    let code = code();
    let file = read(&sheet(&code, None, Validity::UntilUsed));
    let info = file.trailer.get(b"Info").unwrap().as_reference().unwrap();
    let info = file.get_dictionary(info).unwrap();
    let keys: Vec<&[u8]> = info.iter().map(|(key, _)| key.as_slice()).collect();
    assert_eq!(keys, [b"Title".as_slice()]);
    assert!(!file.trailer.has(b"ID"));
    let catalog = file.catalog().unwrap();
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"en");
    assert!(!catalog.has(b"Metadata"));
}

#[test]
fn each_marked_part_has_a_structure_element_in_reading_order() {
    let code = code();
    let file = read(&sheet(&code, Some("anna@example.org"), Validity::UntilUsed));
    let reference = |object: &Object| object.as_reference().unwrap();
    let catalog = file.catalog().unwrap();
    let tree = reference(catalog.get(b"StructTreeRoot").unwrap());
    let tree = file.get_dictionary(tree).unwrap();
    let document = reference(tree.get(b"K").unwrap());
    let document = file.get_dictionary(document).unwrap();
    let elements = document.get(b"K").unwrap().as_array().unwrap();

    let page = file.get_pages()[&1];
    let content = lopdf::content::Content::decode(&file.get_page_content(page)).unwrap();
    let marked = content.operations.iter().filter(|op| op.operator == "BDC");
    let marked: Vec<(Vec<u8>, i64)> = marked
        .map(|op| {
            let properties = op.operands[1].as_dict().unwrap();
            let number = properties.get(b"MCID").unwrap().as_i64().unwrap();
            (op.operands[0].as_name().unwrap().to_vec(), number)
        })
        .collect();
    let described: Vec<(Vec<u8>, i64)> = elements
        .iter()
        .map(|element| {
            let element = file.get_dictionary(reference(element)).unwrap();
            let tag = element.get(b"S").unwrap().as_name().unwrap().to_vec();
            assert_eq!(tag == b"Figure", element.has(b"Alt"));
            (tag, element.get(b"K").unwrap().as_i64().unwrap())
        })
        .collect();
    assert_eq!(marked, described);
}

#[test]
fn typefaces_are_subsets_and_the_file_stays_below_60_kilobytes() {
    let code = code();
    let sheet = sheet(&code, Some("anna@example.org"), Validity::UntilUsed);
    assert!(pdf(&sheet).unwrap().len() < 60_000);
    let file = read(&sheet);
    let names: Vec<String> = file
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok()?.get(b"FontName").ok()?.as_name().ok())
        .map(|name| String::from_utf8_lossy(name).into_owned())
        .collect();
    assert_eq!(names.len(), 4);
    assert!(names.iter().all(|name| name.chars().nth(6) == Some('+')));
}

#[test]
fn a_date_outside_the_calendar_is_refused() {
    let code = code();
    let never = LocalTime {
        unix: i64::MAX,
        offset_seconds: 0,
    };
    let refused = pdf(&sheet(&code, None, Validity::Until(never)));
    assert!(matches!(refused, Err(SheetError::Date(error)) if error.unix == i64::MAX));
}
