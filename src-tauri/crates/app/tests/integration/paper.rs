//! Sheets and recovery pages of a shown code, and lists of codes of other services, from drawing to
//! the file that is kept.

use std::path::Path;

use app::pages::{self, DrawPagesError, ReadBackError, SavePagesError};
use app::saving::Saver;
use app::service_codes::{self, DrawServiceCodesError, DrawnServiceCodes, ListOf};
use app::sheets::{self, DrawSheetError, SaveSheetError};
use app::style::{NamedBy, Style};
use code::TypedCode;
use rand::SeedableRng;
use rand::rngs::StdRng;
use scan::{Engine, Finds, Foreign, InProcess, Progress, ScanError, Scanner, Wanted, Watch};
use sheet::{Language, Paper};
use usecases::identity::FRESH;
use usecases::issue::{self, Terms};
use usecases::items::{self, ItemError};
use usecases::life::Life;
use usecases::session::Session;
use usecases::shown::NotLegible;
use usecases::testing::{MemoryKeychain, SetClock};
use usecases::{World, create};
use wallet::disk::Disk;
use wallet::testing::{Fault, FaultyDisk, MemoryDisk};
use wallet::{
    Body, Email, Field, FieldType, ItemId, KdfMemory, KdfParams, Kind, Password, SecretText,
    Timestamp,
};

const SHEET: &str = "/documents/sheet.pdf";
const PAGES: &str = "/documents/pages.pdf";

/// A computer in memory.
struct Computer {
    clock: SetClock,
    keychain: MemoryKeychain,
    disk: MemoryDisk,
    rng: StdRng,
    memory: KdfMemory,
}

impl Computer {
    fn new() -> Self {
        Self {
            clock: SetClock::at(1_800_000_000),
            keychain: MemoryKeychain::default(),
            disk: MemoryDisk::new(),
            rng: StdRng::seed_from_u64(1),
            memory: KdfMemory::simulated(),
        }
    }

    fn world(&mut self) -> World<'_> {
        World {
            clock: &self.clock,
            watched: &[],
            keychain: &self.keychain,
            disk: &self.disk,
            folder: Path::new("/wallets"),
            rng: &mut self.rng,
            memory: &mut self.memory,
        }
    }

    /// A wallet with a code with pages on the screen.
    fn session_with_code(&mut self) -> Session {
        let password = Password::typed("the first password of this wallet".to_owned());
        let email = Email::parse("ada@example.com").unwrap();
        let world = &mut self.world();
        let mut session = create::create(world, email, &password, KdfParams::FLOOR).unwrap();
        let terms = Terms {
            life: Life::UntilUsed,
            set: None,
            kit: None,
            pages: true,
        };
        issue::issue(world, &mut session, &terms, false).unwrap();
        session
    }
}

fn style() -> Style {
    Style {
        paper: Paper::A4,
        language: Language::English,
        named: NamedBy::Email,
    }
}

fn saver(disk: &dyn Disk) -> Saver<'_> {
    Saver::new(disk, Path::new("/wallets"), 7)
}

fn two_hours_ahead(_: Timestamp) -> i32 {
    2 * 60 * 60
}

/// Reads nothing of any file.
struct Blind;

impl Scanner for Blind {
    fn scan(&self, _: &[u8], _: &dyn Progress) -> Result<Finds, ScanError> {
        Err(ScanError::NoCode)
    }

    fn read_foreign(&self, _: &[u8], _: &dyn Progress) -> Result<Foreign, ScanError> {
        Err(ScanError::NoCode)
    }

    fn read_pdf_with_both(&self, _: &[u8]) -> Result<[(Engine, TypedCode); 2], ScanError> {
        Err(ScanError::NoCode)
    }

    fn watch(&self, _: Wanted) -> Result<Box<dyn Watch>, ScanError> {
        Err(ScanError::Unavailable)
    }
}

#[test]
fn a_sheet_is_kept_once_the_saved_file_passes_its_self_test() {
    let mut computer = Computer::new();
    let mut session = computer.session_with_code();
    let drawn = sheets::draw(&computer.world(), &session, 0, &style(), &two_hours_ahead).unwrap();
    let (disk, path) = (computer.disk.clone(), Path::new(SHEET));
    let (file, test) = drawn
        .save(&saver(&disk), &InProcess::default(), path)
        .unwrap();
    assert!(test.margin.percent > 0);
    assert_eq!(drawn.still_shown(&computer.world(), &session, 0), Ok(()));
    assert_eq!(
        drawn.still_shown(&computer.world(), &session, 1),
        Err(NotLegible::NotShown)
    );
    file.keep().unwrap();
    assert_eq!(disk.bytes(path).unwrap(), drawn.pdf());
    session.leave();
    assert_eq!(
        drawn.still_shown(&computer.world(), &session, 0),
        Err(NotLegible::NotShown)
    );
}

#[test]
fn a_sheet_that_cannot_be_read_is_removed() {
    let mut computer = Computer::new();
    let session = computer.session_with_code();
    let drawn = sheets::draw(&computer.world(), &session, 0, &style(), &two_hours_ahead).unwrap();
    let saved = drawn.save(&saver(&computer.disk), &Blind, Path::new(SHEET));
    assert!(matches!(saved, Err(SaveSheetError::SelfTest(_))));
    assert!(computer.disk.bytes(Path::new(SHEET)).is_none());
}

#[test]
fn a_sheet_that_the_disk_alters_is_removed() {
    let mut computer = Computer::new();
    let session = computer.session_with_code();
    let drawn = sheets::draw(&computer.world(), &session, 0, &style(), &two_hours_ahead).unwrap();
    let disk = FaultyDisk::new(computer.disk.clone());
    disk.set(Some(Fault::Garbling));
    let saved = drawn.save(&saver(&disk), &InProcess::default(), Path::new(SHEET));
    assert!(matches!(saved, Err(SaveSheetError::Disk(_))));
    assert!(computer.disk.bytes(Path::new(SHEET)).is_none());
}

#[test]
fn nothing_is_drawn_without_a_code_on_the_screen() {
    let mut computer = Computer::new();
    let mut session = computer.session_with_code();
    let mut draw = |session: &Session, sheet| {
        let drawn = sheets::draw(
            &computer.world(),
            session,
            sheet,
            &style(),
            &two_hours_ahead,
        );
        drawn.map(|_| ())
    };
    let second = draw(&session, 1);
    assert!(matches!(
        second,
        Err(DrawSheetError::NotLegible(NotLegible::NotShown))
    ));
    session.leave();
    let left = draw(&session, 0);
    assert!(matches!(
        left,
        Err(DrawSheetError::NotLegible(NotLegible::NotShown))
    ));
}

#[test]
fn a_covered_code_leaves_by_no_door() {
    let mut computer = Computer::new();
    let session = computer.session_with_code();
    let sheet = sheets::draw(&computer.world(), &session, 0, &style(), &two_hours_ahead).unwrap();
    let pages = pages::draw(&computer.world(), &session, &style(), &two_hours_ahead).unwrap();
    computer.clock.pass(120);
    let now = computer.world().clock.since_boot();
    let shown = session.shown().unwrap();
    assert_eq!(shown.legible(now).err(), Some(NotLegible::Covered));
    let world = &computer.world();
    let again = sheets::draw(world, &session, 0, &style(), &two_hours_ahead);
    let covered = DrawSheetError::NotLegible(NotLegible::Covered);
    assert_eq!(again.err().unwrap().to_string(), covered.to_string());
    let again = pages::draw(world, &session, &style(), &two_hours_ahead);
    assert!(matches!(
        again,
        Err(DrawPagesError::Make(usecases::pages::PagesError::Covered))
    ));
    // Nor is what was drawn before kept or printed.
    assert_eq!(
        sheet.still_shown(world, &session, 0),
        Err(NotLegible::Covered)
    );
    let read = pages::read_back(&InProcess::default(), pages.pdf()).unwrap();
    let kept = usecases::pages::check(world, &session, &read, pages.made());
    assert!(matches!(kept, Err(usecases::pages::PagesError::Covered)));
    // A copy of the session, as a change works on, is uncovered and covered with it.
    let copy = session.fork();
    shown.uncover(now);
    assert!(copy.shown().unwrap().legible(now).is_ok());
}

#[test]
fn a_failed_self_test_leaves_the_file_that_was_there() {
    let mut computer = Computer::new();
    let session = computer.session_with_code();
    let drawn = sheets::draw(&computer.world(), &session, 0, &style(), &two_hours_ahead).unwrap();
    let (disk, path) = (&computer.disk, Path::new(SHEET));
    disk.write_new(path, b"another file").unwrap();
    assert!(drawn.save(&saver(disk), &Blind, path).is_err());
    assert_eq!(disk.bytes(path).unwrap(), b"another file");
}

#[test]
fn saved_pages_give_what_the_wallet_holds() {
    let mut computer = Computer::new();
    let session = computer.session_with_code();
    let drawn = pages::draw(&computer.world(), &session, &style(), &two_hours_ahead).unwrap();
    // A second page makes up for the loss of one.
    assert_eq!(drawn.count(), 2);
    let (disk, path) = (computer.disk.clone(), Path::new(PAGES));
    let (file, bytes) = drawn
        .save(&saver(&disk), &InProcess::default(), path)
        .unwrap();
    usecases::pages::check(&computer.world(), &session, &bytes, drawn.made()).unwrap();
    file.keep().unwrap();
    assert_eq!(disk.bytes(path).unwrap(), drawn.pdf());
}

#[test]
fn pages_that_cannot_be_read_are_removed() {
    let mut computer = Computer::new();
    let session = computer.session_with_code();
    let drawn = pages::draw(&computer.world(), &session, &style(), &two_hours_ahead).unwrap();
    let saved = drawn.save(&saver(&computer.disk), &Blind, Path::new(PAGES));
    let unread = SavePagesError::ReadBack(ReadBackError::Scan(ScanError::NoCode));
    let error = saved.err().unwrap();
    assert_eq!(error.to_string(), unread.to_string());
    assert!(computer.disk.bytes(Path::new(PAGES)).is_none());
    // A sheet has no parts of pages.
    let sheet = sheets::draw(&computer.world(), &session, 0, &style(), &two_hours_ahead).unwrap();
    let read = pages::read_back(&InProcess::default(), sheet.pdf());
    assert_eq!(read, Err(ReadBackError::Incomplete));
}

/// Adds an item whose field 1 holds these codes, and whose field 2 is a text.
fn item_with(computer: &mut Computer, session: &mut Session, codes: &str) -> ItemId {
    let text = |text: &str| SecretText::new(text.to_owned());
    let field = |number, kind| Field {
        number,
        label: text("Codes"),
        kind,
        text: text(codes),
        file: None,
    };
    let body = Body {
        kind: Kind::Codes,
        title: text("Code host"),
        tags: Vec::new(),
        favourite: false,
        fields: vec![field(1, FieldType::Codes), field(2, FieldType::Text)],
    };
    items::add(&mut computer.world(), session, body).unwrap()
}

fn list_codes(
    computer: &mut Computer,
    session: &Session,
    item: ItemId,
    number: u32,
) -> Result<DrawnServiceCodes, DrawServiceCodesError> {
    let list = ListOf {
        item,
        number,
        paper: Paper::A4,
        language: Language::English,
    };
    service_codes::draw(&computer.world(), session, &list, &two_hours_ahead)
}

#[test]
fn codes_of_another_service_are_listed_only_while_a_confirmation_of_identity_holds() {
    let mut computer = Computer::new();
    let mut session = computer.session_with_code();
    let item = item_with(&mut computer, &mut session, "1111\n\u{2713} 2222");
    assert!(list_codes(&mut computer, &session, item, 1).is_ok());
    let text = list_codes(&mut computer, &session, item, 2).err();
    assert!(matches!(
        text,
        Some(DrawServiceCodesError::Item(ItemError::NotFound))
    ));
    computer.clock.pass(FRESH.as_secs().try_into().unwrap());
    let late = list_codes(&mut computer, &session, item, 1).err();
    assert!(matches!(late, Some(DrawServiceCodesError::Identity(_))));
}

#[test]
fn a_list_without_a_code_that_is_left_is_not_drawn() {
    let mut computer = Computer::new();
    let mut session = computer.session_with_code();
    let item = item_with(&mut computer, &mut session, "# Kept\n\u{2713} 2222");
    let drawn = list_codes(&mut computer, &session, item, 1).err();
    assert!(matches!(drawn, Some(DrawServiceCodesError::NoneLeft)));
}

#[test]
fn a_saved_list_is_compared_with_what_was_drawn() {
    let mut computer = Computer::new();
    let mut session = computer.session_with_code();
    let item = item_with(&mut computer, &mut session, "1111");
    let drawn = list_codes(&mut computer, &session, item, 1).unwrap();
    let (disk, path) = (computer.disk.clone(), Path::new("/documents/codes.pdf"));
    let faulty = FaultyDisk::new(computer.disk.clone());
    faulty.set(Some(Fault::Garbling));
    assert!(drawn.save(&saver(&faulty), path).is_err());
    assert!(disk.bytes(path).is_none());
    drawn.save(&saver(&disk), path).unwrap().keep().unwrap();
    assert_eq!(disk.bytes(path).unwrap(), drawn.pdf());
}
