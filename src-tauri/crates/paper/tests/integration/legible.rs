//! Legibility of a soaked sheet: running ink destroys the letters before it destroys the symbol.

use std::collections::HashSet;
use std::ops::Range;

use crate::support::{clean, is_read, sheet};
use code::{BackupCode, LENGTH};
use paper::{Flatbed, Picture, Print, Soak};

const DPI: f32 = 150.0;

/// Returns the centres of the code's characters on a clean page, in pixels and in reading order.
///
/// Finds them from the runs of ink to the right of the symbol. All rows have the same columns, and
/// at least one row has no letters that touch.
fn centres(page: &Picture) -> Vec<(i64, i64)> {
    let symbol = page.symbol.unwrap();
    let left = (page.width() as f32 * 0.44) as usize;
    let right = page.width() as usize - left / 6;
    let dark = |x: usize, y: usize| page.grey.get_pixel(x as u32, y as u32).0[0] < 128;
    let lines = symbol[0].y as usize - 10..symbol[3].y as usize + 10;
    let rows = runs(lines, |y| (left..right).any(|x| dark(x, y)));
    // The groups' numbers are smaller, and stand on the same line.
    let is_letter = |column: &Range<usize>, row: &Range<usize>| {
        let above = row.start..row.start + row.len() / 2;
        column.clone().any(|x| above.clone().any(|y| dark(x, y)))
    };
    let columns: Vec<_> = rows
        .iter()
        .map(|row| {
            let columns = runs(left..right, |x| row.clone().any(|y| dark(x, y)));
            let letters = columns.into_iter().filter(|it| is_letter(it, row));
            letters.collect::<Vec<_>>()
        })
        .filter(|columns| columns.len() == LENGTH / 4)
        .collect();
    let centre = |run: &Range<usize>| (run.start + run.end) as i64 / 2;
    let column = |n: usize| {
        let sum: i64 = columns.iter().map(|columns| centre(&columns[n])).sum();
        sum / columns.len() as i64
    };
    assert!(rows.len() == 4 && !columns.is_empty());
    rows.iter()
        .flat_map(|row| (0..LENGTH / 4).map(|n| (column(n), centre(row))))
        .collect()
}

/// Returns the maximal ranges on which `is` holds.
fn runs(range: Range<usize>, is: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for i in range.filter(|&i| is(i)) {
        match runs.last_mut() {
            Some(run) if run.end == i => run.end += 1,
            _ => runs.push(i..i + 1),
        }
    }
    runs
}

/// Half the width and height of a letter with some margin, in pixels.
const HALF: (i64, i64) = (10, 14);
const SIDE: (usize, usize) = (2 * HALF.0 as usize + 1, 2 * HALF.1 as usize + 1);

/// The pixels around a letter's centre plus an offset, normalised to mean 0 and length 1.
fn glyph(page: &Picture, at: (i64, i64), dx: i64, dy: i64) -> Vec<f32> {
    let (cx, cy) = (at.0 + dx, at.1 + dy);
    let mut levels: Vec<f32> = (0..SIDE.0 * SIDE.1)
        .map(|i| {
            let x = cx - HALF.0 + (i % SIDE.0) as i64;
            let y = cy - HALF.1 + (i / SIDE.0) as i64;
            f32::from(page.grey.get_pixel(x as u32, y as u32).0[0])
        })
        .collect();
    let mean = levels.iter().sum::<f32>() / levels.len() as f32;
    levels.iter_mut().for_each(|level| *level -= mean);
    let length = levels.iter().map(|level| level * level).sum::<f32>().sqrt();
    levels
        .iter_mut()
        .for_each(|level| *level /= length.max(1.0));
    levels
}

/// A letter and its centre on a page, in pixels.
type Letter = (char, (i64, i64));

/// Clean pages that together show each of the alphabet's 32 letters, with the letters taken from
/// each.
fn alphabet() -> Vec<(Picture, Vec<Letter>)> {
    let mut known = HashSet::new();
    let mut pages = Vec::new();
    for seed in 100..110 {
        let (code, page) = sheet(seed, DPI);
        let page = clean(&page, DPI);
        let letters = code.expose().chars().zip(centres(&page));
        let new: Vec<_> = letters
            .filter(|(letter, _)| known.insert(*letter))
            .collect();
        if !new.is_empty() {
            pages.push((page, new));
        }
    }
    assert_eq!(known.len(), 32);
    pages
}

/// The letters as they look after ink has run evenly by this distance.
fn blurred(alphabet: &[(Picture, Vec<Letter>)], run_mm: f32) -> Vec<(char, Vec<f32>)> {
    let flatbed = Flatbed {
        dpi: DPI,
        blur_mm: 0.6 * run_mm,
        ..Flatbed::GOOD
    };
    let letters = alphabet.iter().flat_map(|(page, letters)| {
        let page = flatbed.on(page, 0);
        let glyph = move |&(letter, at)| (letter, glyph(&page, at, 0, 0));
        letters.iter().map(glyph).collect::<Vec<_>>()
    });
    letters.collect()
}

/// Counts the characters that are recognised by comparing each with all letters, at its position
/// and up to a millimetre away. A person, who knows how ink runs, recognises more.
fn recognised(
    page: &Picture,
    code: &BackupCode,
    centres: &[(i64, i64)],
    alphabet: &[(char, Vec<f32>)],
) -> usize {
    let correlation =
        |seen: &[f32], letter: &[f32]| -> f32 { seen.iter().zip(letter).map(|(a, b)| a * b).sum() };
    let right = |&(truth, at): &(char, &(i64, i64))| {
        let offsets = (-6..=6).step_by(2);
        let views: Vec<Vec<f32>> = offsets
            .clone()
            .flat_map(|dy| offsets.clone().map(move |dx| (dx, dy)))
            .map(|(dx, dy)| glyph(page, *at, dx, dy))
            .collect();
        let best = |letter: &[f32]| {
            views
                .iter()
                .map(|view| correlation(view, letter))
                .fold(f32::MIN, f32::max)
        };
        let recognised = alphabet
            .iter()
            .map(|(letter, clean)| (*letter, best(clean)))
            .max_by(|a, b| a.1.total_cmp(&b.1));
        recognised.is_some_and(|(letter, _)| letter == truth)
    };
    code.expose().chars().zip(centres).filter(right).count()
}

/// Scans a sheet after ink has run by this distance. Returns whether its symbol is read, and how
/// many of its 60 letters are recognised.
fn soaked(seed: u64, run_mm: f32) -> (bool, usize) {
    let (code, page) = sheet(seed, DPI);
    let page = clean(&page, DPI);
    let soak = Soak {
        share: 1.0,
        run_mm,
        washed: 0.4,
        cockle_mm: 1.0,
    };
    let flatbed = Flatbed {
        dpi: DPI,
        ..Flatbed::GOOD
    };
    let wet = soak.on(&Print::GOOD.on(&page, seed), seed);
    let scan = flatbed.on(&wet, seed);
    let letters = blurred(&alphabet(), run_mm);
    let count = recognised(&scan, &code, &centres(&page), &letters);
    (is_read(&scan, &code, "soaked"), count)
}

#[test]
fn a_sheet_with_ink_run_by_half_a_module_is_read_and_fully_legible() {
    assert_eq!(soaked(1, 0.4), (true, LENGTH));
    assert_eq!(soaked(2, 0.7), (true, LENGTH));
}

#[test]
fn ink_run_by_more_than_a_millimetre_destroys_letters_but_not_the_symbol() {
    for seed in 3..=5 {
        let (read, letters) = soaked(seed, 1.2);
        assert!(read && letters < LENGTH * 3 / 4, "{seed}: {letters}");
    }
}
