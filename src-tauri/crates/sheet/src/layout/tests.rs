#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use printpdf::Op;

use super::*;
use crate::{
    instructions::SMALLEST,
    model::{Copies, Language},
    placed::{PlacedText, placed_text},
    qr::QUIET_ZONE,
    typeface::MM_PER_PT,
    words::Kind,
};

const CODE: &str = "0ABCDSQPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LQPZRY9X8GF2TVDW0S3JN54";

const LANGUAGES: [Language; 2] = [Language::English, Language::German];
const PAPERS: [Paper; 2] = [Paper::A4, Paper::Letter];

/// A whole code's sheet and sheets of the smallest set, of the largest set and of sets without a
/// spare sheet, each with all combinations of kit and pages.
fn kinds() -> Vec<Kind> {
    let position = |needed, sheets| SetPosition {
        index: code::ShareIndex::from_char('W').unwrap(),
        needed,
        sheets,
    };
    let positions = [
        None,
        Some(position(2, 3)),
        Some(position(2, 2)),
        Some(position(9, 9)),
        Some(position(9, 31)),
    ];
    let copies = [
        None,
        Some(Copies::Kit),
        Some(Copies::Pages),
        Some(Copies::KitAndPages),
    ];
    let kind = |(position, copies)| Kind {
        position,
        copies,
        identifier: "WWWW".parse().unwrap(),
    };
    let pairs = positions
        .into_iter()
        .flat_map(|position| copies.map(|copies| (position, copies)));
    pairs.map(kind).collect()
}

fn all_contents(wallet: Option<&str>, paper: Paper) -> Vec<Content<'_>> {
    let with = |language| move |kind| content(language, kind, wallet, paper);
    LANGUAGES
        .into_iter()
        .flat_map(|language| kinds().into_iter().map(with(language)))
        .collect()
}

/// A whole code's sheet in English.
fn plain(wallet: Option<&str>, paper: Paper) -> Content<'_> {
    content(Language::English, kinds()[0], wallet, paper)
}

fn content(language: Language, kind: Kind, wallet: Option<&str>, paper: Paper) -> Content<'_> {
    let words = Words::of(language);
    let longest = (words.date)(jiff::civil::date(2026, 9, 30).at(23, 59, 0, 0), "UTC+02:00");
    Content {
        words,
        identifier: "ACDE".parse().unwrap(),
        position: kind.position,
        purpose: (words.purpose)(kind),
        wallet,
        made: longest.clone(),
        validity: (words.works_until, longest),
        groups: std::array::from_fn(|group| &CODE[group * 5..][..5]),
        symbol: QrSymbol::for_code(CODE).unwrap(),
        paper,
    }
}

/// All text of the page.
fn placed(content: &Content<'_>, faces: &Typefaces) -> Vec<PlacedText> {
    let (ops, _) = page(content, faces);
    placed_text(&ops, content.paper, faces)
}

#[test]
fn all_text_stays_inside_the_margins_for_a_wallets_name_of_any_length() {
    let faces = Typefaces::load().unwrap();
    let wide = "W".repeat(254);
    let endless = "endless ".repeat(10_000);
    for paper in PAPERS {
        for (wallet, bare) in [
            (None, false),
            (Some(""), true),
            (Some("anna@example.org"), true),
            (Some(&*wide), true),
            (Some(&*endless), true),
        ] {
            // The wallet's name does not depend on kit and pages.
            let contents = all_contents(wallet, paper)
                .into_iter()
                .filter(|content| !bare || content.purpose.by_hand.is_empty());
            for text in contents.flat_map(|content| placed(&content, &faces)) {
                assert!(text.left >= MARGIN - 0.01, "{}", text.text);
                assert!(
                    text.right <= paper.width_mm() - MARGIN + 0.2,
                    "{}",
                    text.text
                );
                assert!(
                    text.baseline <= paper.height_mm() - BOTTOM_MARGIN,
                    "{paper:?} {} {}",
                    text.size,
                    text.text
                );
            }
        }
    }
}

#[test]
fn only_sheets_with_kit_or_pages_need_small_type() {
    let faces = Typefaces::load().unwrap();
    for paper in PAPERS {
        for content in all_contents(Some("anna@example.org"), paper) {
            let size = placed(&content, &faces).last().unwrap().size;
            let least = match (content.purpose.by_hand.len(), content.words.language, paper) {
                (0, ..) => BODY,
                (_, "de", Paper::Letter) => SMALLEST,
                _ => 8.5,
            };
            assert!(size >= least, "{paper:?} {}", content.purpose.title);
        }
    }
}

#[test]
fn no_two_pieces_of_text_touch() {
    let faces = Typefaces::load().unwrap();
    let wide = "W".repeat(254);
    for paper in PAPERS {
        for all in all_contents(Some(&wide), paper)
            .iter()
            .map(|content| placed(content, &faces))
        {
            for (index, a) in all.iter().enumerate() {
                for b in &all[index + 1..] {
                    let side_by_side = a.words.iter().all(|a| {
                        let mut others = b.words.iter();
                        others.all(|b| a.end <= b.start + 0.01 || b.end <= a.start + 0.01)
                    });
                    let height = a.size.max(b.size) * MM_PER_PT;
                    let apart = (a.baseline - b.baseline).abs() >= height;
                    assert!(side_by_side || apart, "{paper:?}: {} / {}", a.text, b.text);
                }
            }
        }
    }
}

#[test]
fn folding_covers_the_code_and_leaves_the_name_readable() {
    let faces = Typefaces::load().unwrap();
    for paper in PAPERS {
        let hidden = 2.0 * fold(paper) - paper.height_mm()..fold(paper);
        let contents = all_contents(Some("anna@example.org"), paper);
        for text in contents.iter().flat_map(|content| placed(content, &faces)) {
            let of_set = text.text.contains("W, one of") || text.text.contains("W, eines von");
            let named = text.text.contains("ACDE") || text.text.contains("anna@") || of_set;
            let secret = text.size == LARGE && text.text.contains("AB");
            assert!(!named || text.baseline < hidden.start, "{}", text.text);
            assert!(!secret || hidden.contains(&text.baseline), "{}", text.text);
        }
    }
}

#[test]
fn no_text_is_in_the_symbols_quiet_zone() {
    let faces = Typefaces::load().unwrap();
    for paper in PAPERS {
        let content = plain(Some("anna@example.org"), paper);
        let (ops, _) = page(&content, &faces);
        let corner = ops.iter().find_map(|op| match op {
            Op::DrawPolygon { polygon } => Some(polygon.rings[0].points[0].p),
            _ => None,
        });
        let quiet = QUIET_ZONE as f32 * MODULE;
        let top = paper.height_mm() - corner.unwrap().y.0 * MM_PER_PT;
        let (top, right) = (top - quiet, MARGIN + 37.0 * MODULE + quiet);
        let bottom = top + 37.0 * MODULE + 2.0 * quiet;
        assert!(bottom < fold(paper));
        for text in placed(&content, &faces) {
            let capital = capital_height(text.size);
            let at_right = text.left >= right;
            let above = text.baseline + 1.0 <= top;
            let below = text.baseline - capital >= bottom;
            assert!(at_right || above || below, "{paper:?} {}", text.text);
        }
    }
}

#[test]
fn the_longest_e_mail_is_printed_whole_and_a_longer_name_ends_in_an_ellipsis() {
    let faces = Typefaces::load().unwrap();
    let text = |wallet: &str| -> String {
        let all = placed(&plain(Some(wallet), Paper::A4), &faces);
        all.into_iter().map(|placed| placed.text).collect()
    };
    for letter in ["i", "a", "m", "W"] {
        let longest = letter.repeat(254);
        assert!(text(&longest).contains(&longest));
    }
    assert!(text(&"W".repeat(2_000)).contains("W…"));
}

#[test]
fn the_code_is_larger_than_14_points_and_the_symbol_than_50_millimetres() {
    let faces = Typefaces::load().unwrap();
    let content = plain(None, Paper::A4);
    let rows: Vec<PlacedText> = placed(&content, &faces)
        .into_iter()
        .filter(|placed| placed.size == LARGE && placed.text.contains(' '))
        .filter(|placed| placed.text.trim_end() != content.purpose.title)
        .collect();
    assert_eq!(rows.len(), 4);
    assert!(rows.iter().all(|row| row.size >= 14.0));
    assert!(content.symbol.width() as f32 * MODULE >= 50.0);
}
