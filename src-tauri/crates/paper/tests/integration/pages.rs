//! Restoring from photographs of recovery pages, with one page missing or soaked.

use std::collections::HashSet;

use code::BackupCode;
use image::GrayImage;
use kit::Snapshot;
use kit::pages::Collector;
use paper::{Camera, Photograph, Picture, Print, Soak};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use scan::{Limits, Unattended};
use sheet::{Language, LocalTime, Paper, RecoveryPages};
use wallet::{Body, Email, Item, ItemId, SecretText, Timestamp, WalletId};

const PAGES: usize = 5;
const MADE: i64 = 1_777_810_320;

/// As many notes as fit on five pages.
fn items(rng: &mut StdRng) -> Vec<Item> {
    let mut items = Vec::new();
    loop {
        let key: Vec<String> = (0..40)
            .map(|_| format!("{:08x}", rng.random::<u32>()))
            .collect();
        items.push(Item::new(
            ItemId::random(rng),
            Body::note(
                SecretText::new(format!("Item {}", items.len())),
                SecretText::new(key.join(" ")),
            ),
            Timestamp(MADE),
        ));
        let extent = kit::pages::extent(&snapshot(&items, &email())).unwrap();
        if extent.pages > PAGES {
            items.pop();
            return items;
        }
    }
}

fn email() -> Email {
    Email::parse("anna@example.org").unwrap()
}

fn snapshot<'a>(items: &'a [Item], email: &'a Email) -> Snapshot<'a> {
    Snapshot {
        wallet_id: WalletId::random(&mut StdRng::seed_from_u64(3)),
        email,
        date: Timestamp(MADE),
        commit: None,
        items,
    }
}

/// The clean pages of a set, with the number of symbols on each.
fn printed(code: &BackupCode, items: &[Item]) -> Vec<(Picture, usize)> {
    const DPI: f32 = 200.0;
    let pages = kit::pages::make(code, &snapshot(items, &email())).unwrap();
    let pdf = sheet::pages_pdf(&RecoveryPages {
        wallet: Some("anna@example.org"),
        identifier: code.identifier(),
        made: LocalTime {
            unix: MADE,
            offset_seconds: 0,
        },
        items: items.len(),
        set: &pages.set().to_string(),
        paper: Paper::A4,
        language: Language::English,
        pages: pages.pages(),
    })
    .unwrap();
    let render = |(number, texts): (usize, &Vec<String>)| {
        let page = raster::render(&pdf, number, DPI).unwrap();
        let pixels = page.pixels().to_vec();
        let grey = GrayImage::from_raw(page.width(), page.height(), pixels).unwrap();
        let clean = Picture::new(grey, DPI, None);
        (Print::GOOD.on(&clean, number as u64), texts.len())
    };
    pages.pages().iter().enumerate().map(render).collect()
}

/// A photograph with eight megapixels, like from any phone.
fn photographed(page: &Picture, seed: u64) -> Picture {
    let photograph = Photograph {
        camera: Camera {
            width: 2450,
            height: 3270,
            tilt_degrees: 5.0,
            slant_degrees: -3.0,
            turn_degrees: 2.0,
            ..Camera::STRAIGHT
        },
        ..Photograph::CAREFUL
    };
    photograph.on(page, seed)
}

/// Returns the texts of all symbols that the app reads.
fn texts(photo: &Picture) -> HashSet<String> {
    let finds = scan::scan(&photo.png(), &Limits::default(), &Unattended);
    let parts = finds.into_iter().flat_map(|finds| finds.parts);
    parts.map(|part| part.to_string()).collect()
}

/// Whether these texts restore the items. Panics if the parts do not fit together.
fn restores<'a>(
    texts: impl Iterator<Item = &'a HashSet<String>>,
    code: &BackupCode,
    items: &[Item],
) -> bool {
    let mut collector = Collector::default();
    for text in texts.flatten() {
        collector.add(text);
    }
    let Some(file) = collector.finished().unwrap() else {
        return false;
    };
    let contents = kit::pages::open(&file, code).ok().unwrap();
    assert_eq!(contents.items.len(), items.len());
    for (back, item) in contents.items.iter().zip(items) {
        assert!(back.present.body.title.expose() == item.present.body.title.expose());
    }
    true
}

#[test]
fn five_photographed_pages_restore_with_any_one_missing_or_one_soaked() {
    let mut rng = StdRng::seed_from_u64(1);
    let code = BackupCode::generate(&mut rng, &|_| false);
    let items = items(&mut rng);
    let pages = printed(&code, &items);
    assert_eq!(pages.len(), PAGES);

    let dry: Vec<HashSet<String>> = (1..)
        .zip(&pages)
        .map(|(seed, (page, _))| texts(&photographed(page, seed)))
        .collect();
    for lost in 0..PAGES {
        let rest = (0..PAGES)
            .filter(|&page| page != lost)
            .map(|page| &dry[page]);
        let read: Vec<usize> = dry.iter().map(HashSet::len).collect();
        assert!(restores(rest, &code, &items), "without {lost}: {read:?}");
    }

    // Enough water on the second page to lose some of its symbols.
    let soak = Soak {
        share: 0.3,
        run_mm: 0.25,
        washed: 0.3,
        cockle_mm: 1.0,
    };
    let soaked = texts(&photographed(&soak.on(&pages[1].0, 9), 9));
    assert!(
        soaked.len() < pages[1].1,
        "this test needs more water: {} of {}",
        soaked.len(),
        pages[1].1
    );
    let with_wet = |page: usize| if page == 1 { &soaked } else { &dry[page] };
    let count = soaked.len();
    assert!(restores((0..PAGES).map(with_wet), &code, &items), "{count}");
}
