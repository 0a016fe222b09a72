//! [`SystemPrinter`] against a real CUPS with a real IPP printer behind it, in a [`PrintShop`].
//!
//! The environment names the service, and it belongs to the whole process, so each test runs itself
//! again as a child process with its own environment. The child opens the shop and prints in it.

#![cfg(target_os = "linux")]

use std::cell::Cell;
use std::collections::HashMap;
use std::env;
use std::ffi::OsString;
use std::fs;
use std::net::TcpListener;
use std::num::NonZeroU8;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use code::BackupCode;
use platform::printer::{Patience, SystemPrinter};
use platform::testing::{DESK, HALL, PrintShop, Printed};
use sheet::{Carries, LocalTime, Sheet, Validity};
use usecases::ports::Printer;
use usecases::ports::printer::{
    Connection, Continue, Document, GreyPage, Paper, PrintEnd, PrintError, PrintJob, PrintProgress,
    PrinterId, PrinterState, Problem, Spooled,
};

mod watched;
use watched::Watched;

const SHOP: &str = "PRINT_SHOP";
const TITLE: &str = "Recovery sheet";

/// Longer than any step takes on a machine under load.
const LONG: Duration = Duration::from_secs(60);

/// Returns true in the child process.
fn is_child() -> bool {
    env::var_os(SHOP).is_some()
}

/// Runs `test` again in a child process with `variables` in its environment and its own home and
/// temporary folders.
fn run_in_child(test: &str, variables: HashMap<&str, OsString>) {
    let own = tempfile::tempdir().unwrap();
    for name in ["home", "temp", "shop"] {
        fs::create_dir(own.path().join(name)).unwrap();
    }
    let mut command = Command::new(env::current_exe().unwrap());
    for name in ["PRINTER", "LPDEST", "IPP_PORT", "XDG_RUNTIME_DIR"] {
        command.env_remove(name);
    }
    let status = command
        .args([&format!("printing::{test}"), "--exact", "--nocapture"])
        .env(SHOP, own.path().join("shop"))
        .env("HOME", own.path().join("home"))
        .env("TMPDIR", own.path().join("temp"))
        .envs(PrintShop::environment_in(&own.path().join("shop")))
        // Nothing listens at this proxy.
        .envs(["http_proxy", "HTTP_PROXY", "ALL_PROXY"].map(|name| (name, "http://127.0.0.1:1")))
        .envs(variables)
        .stdout(Stdio::null())
        .status()
        .unwrap();
    assert!(status.success(), "{test}: {status}");
}

/// Runs `program` in a child process with a shop that it prints in.
fn in_a_shop(test: &str, program: impl FnOnce(&mut PrintShop)) {
    match env::var_os(SHOP) {
        Some(folder) => program(&mut PrintShop::open_in(Path::new(&folder)).unwrap()),
        None => run_in_child(test, HashMap::new()),
    }
}

/// A sheet in memory.
struct PdfSheet {
    code: BackupCode,
    pdf: Vec<u8>,
}

impl PdfSheet {
    fn new() -> Self {
        let code = BackupCode::generate(&mut rand::rng(), &|_| false);
        let made = LocalTime {
            unix: 1_750_000_000,
            offset_seconds: 7_200,
        };
        let pdf = sheet::pdf(&Sheet {
            carries: Carries::Code(&code),
            wallet: Some("somebody@example.org"),
            made,
            validity: Validity::UntilUsed,
            reach: sheet::Reach::ThisComputer,
            language: sheet::Language::English,
            paper: sheet::Paper::A4,
        });
        let pdf = pdf.unwrap().to_vec();
        Self { code, pdf }
    }
}

impl Document for PdfSheet {
    fn pdf(&self) -> &[u8] {
        &self.pdf
    }

    fn pages(&self) -> usize {
        1
    }

    fn draw(&self, _page: usize, _dpi: u32) -> Option<GreyPage> {
        None
    }
}

fn printer() -> SystemPrinter {
    SystemPrinter::new(Patience {
        answer: LONG,
        still: LONG,
        doubt: Duration::from_millis(500),
        look: Duration::from_millis(50),
    })
}

/// Prints `copies` of `page` on `queue` with `printer`.
fn print_with(
    printer: &SystemPrinter,
    queue: &str,
    page: &PdfSheet,
    copies: u8,
    watch: &mut dyn FnMut(PrintProgress) -> Continue,
) -> Result<PrintEnd, PrintError> {
    let job = PrintJob {
        printer: &PrinterId(queue.to_owned()),
        title: TITLE,
        document: page,
        paper: Paper::A4,
        copies: NonZeroU8::new(copies).unwrap(),
    };
    printer.print(&job, watch)
}

fn print(
    queue: &str,
    watch: &mut dyn FnMut(PrintProgress) -> Continue,
) -> Result<PrintEnd, PrintError> {
    print_with(&printer(), queue, &PdfSheet::new(), 1, watch)
}

fn proceed(_progress: PrintProgress) -> Continue {
    Continue::Yes
}

const DONE: Result<PrintEnd, PrintError> = Ok(PrintEnd::Printed(Spooled::Removed));

fn told<'p>(printed: &'p Printed, name: &str) -> &'p str {
    printed.told.get(name).map_or("", String::as_str)
}

#[test]
fn the_printers_are_listed_with_the_default_first() {
    in_a_shop("the_printers_are_listed_with_the_default_first", |shop| {
        let printers = printer().printers().unwrap();
        let names: Vec<_> = printers.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(
            names,
            ["The printer on the desk", "The printer in the hall"]
        );
        let (desk, hall) = (&printers[0], &printers[1]);
        assert_eq!((desk.id.0.as_str(), hall.id.0.as_str()), (DESK, HALL));
        assert!(desk.is_default && !hall.is_default);
        assert_eq!(desk.location, None);
        assert_eq!(hall.location.as_deref(), Some("In the hall"));
        assert_eq!(hall.state, PrinterState::Ready);
        assert!(hall.papers.contains(&Paper::A4) && hall.papers.contains(&Paper::Letter));
        assert!(hall.copies_max.get() > 1);
        assert!(hall.two_sided);
        assert_eq!(hall.connection, Connection::Unknown, "it is at localhost");

        shop.stop_queue(DESK).unwrap();
        shop.close_queue(HALL).unwrap();
        let printers = printer().printers().unwrap();
        assert_eq!(printers[0].state, PrinterState::Stopped(Problem::Paused));
        assert_eq!(printers[1].state, PrinterState::NotAccepting);
    });
}

#[test]
fn the_users_default_overrides_the_services() {
    if is_child() {
        let folder = env::var_os(SHOP).unwrap();
        let _shop = PrintShop::open_in(Path::new(&folder)).unwrap();
        let printers = printer().printers().unwrap();
        assert_eq!(printers[0].id.0, HALL);
        assert!(printers[0].is_default && !printers[1].is_default);
        return;
    }
    let variables = HashMap::from([("LPDEST", HALL.into())]);
    run_in_child("the_users_default_overrides_the_services", variables);
}

#[test]
fn a_sheet_arrives_unchanged_and_leaves_no_copy() {
    in_a_shop("a_sheet_arrives_unchanged_and_leaves_no_copy", |shop| {
        let page = PdfSheet::new();
        let folders = ["HOME", "TMPDIR"].map(|name| env::var_os(name).unwrap());
        let watched = Watched::new(folders.iter().map(Path::new));
        assert_eq!(print_with(&printer(), DESK, &page, 2, &mut proceed), DONE);
        assert_eq!(watched.made(), Vec::<OsString>::new());
        assert_eq!(shop.spooled().unwrap(), Vec::<PathBuf>::new());

        let printed = shop.printed().unwrap();
        assert_eq!(printed.len(), 1);
        assert!(printed[0].document == page.pdf);
        assert_eq!(told(&printed[0], "IPP_COPIES"), "2");
        assert_eq!(told(&printed[0], "IPP_SIDES"), "one-sided");
        assert_eq!(told(&printed[0], "IPP_PRINT_SCALING"), "none");
        assert_eq!(told(&printed[0], "IPP_PRINT_COLOR_MODE"), "monochrome");
        assert!(told(&printed[0], "IPP_JOB_NAME").contains(TITLE));
        let sheets = format!("{:?}", printed[0].told);
        assert!(sheets.contains("iso_a4_210x297mm"), "{sheets}");
        assert!(!sheets.contains("example.org"), "{sheets}");
    });
}

#[test]
fn a_sheet_that_the_service_converts_can_still_be_read() {
    in_a_shop(
        "a_sheet_that_the_service_converts_can_still_be_read",
        |shop| {
            let page = PdfSheet::new();
            assert_eq!(print_with(&printer(), HALL, &page, 1, &mut proceed), DONE);
            assert_eq!(shop.spooled().unwrap(), Vec::<PathBuf>::new());

            let printed = shop.printed().unwrap().remove(0);
            let folder = tempfile::tempdir().unwrap();
            let pdf = folder.path().join("printed.pdf");
            fs::write(&pdf, &printed.document).unwrap();
            let png = folder.path().join("page");
            let drawn = Command::new("pdftoppm")
                .args(["-r", "150", "-png", "-singlefile"])
                .args([&pdf, &png])
                .status();
            assert!(drawn.unwrap().success());
            let read = Command::new("zbarimg")
                .args(["--quiet", "--raw"])
                .arg(png.with_extension("png"))
                .output()
                .unwrap();
            let read = String::from_utf8(read.stdout).unwrap();
            assert!(read.trim() == page.code.expose());
            let size = Command::new("pdfinfo").arg(&pdf).output().unwrap();
            let size = String::from_utf8_lossy(&size.stdout).into_owned();
            assert!(size.contains("(A4)"), "{size}");
        },
    );
}

#[test]
fn a_stopped_queue_is_reported_and_its_job_continues_once_it_is_started() {
    in_a_shop(
        "a_stopped_queue_is_reported_and_its_job_continues_once_it_is_started",
        |shop| {
            shop.stop_queue(DESK).unwrap();
            let started = Cell::new(false);
            let end = print(DESK, &mut |progress| {
                if progress == PrintProgress::Waiting(Problem::Paused) && !started.replace(true) {
                    shop.start_queue(DESK).unwrap();
                }
                Continue::Yes
            });
            assert_eq!(end, DONE);
            assert!(started.get());
            assert_eq!(shop.printed().unwrap().len(), 1);
        },
    );
}

#[test]
fn an_empty_tray_is_reported_and_the_job_continues_once_it_is_filled() {
    in_a_shop(
        "an_empty_tray_is_reported_and_the_job_continues_once_it_is_filled",
        |shop| {
            shop.keep_busy().unwrap();
            shop.let_say("media-empty").unwrap();
            let mut seen = Vec::new();
            let end = print(DESK, &mut |progress| {
                if seen.last() != Some(&progress) {
                    seen.push(progress);
                    if progress == PrintProgress::Waiting(Problem::PaperOut) {
                        shop.let_say("cover-open").unwrap();
                    }
                    if progress == PrintProgress::Waiting(Problem::CoverOpen) {
                        shop.let_finish().unwrap();
                    }
                }
                Continue::Yes
            });
            assert_eq!(end, DONE, "{seen:?}");
            assert_eq!(seen[0], PrintProgress::Sending);
            let position = |problem| {
                let wanted = PrintProgress::Waiting(problem);
                seen.iter().position(|it| *it == wanted)
            };
            assert!(
                position(Problem::PaperOut) < position(Problem::CoverOpen),
                "{seen:?}"
            );
            assert!(position(Problem::PaperOut).is_some(), "{seen:?}");
        },
    );
}

#[test]
fn a_withdrawn_job_is_removed_from_service_and_printer() {
    in_a_shop(
        "a_withdrawn_job_is_removed_from_service_and_printer",
        |shop| {
            shop.keep_busy().unwrap();
            let end = print(DESK, &mut |progress| match progress {
                PrintProgress::Printing { .. } if shop.printed().unwrap().len() == 1 => {
                    Continue::Withdraw
                }
                _ => Continue::Yes,
            });
            assert_eq!(end, Ok(PrintEnd::Withdrawn(Spooled::Removed)));
            assert_eq!(shop.waiting().unwrap(), "");
            assert_eq!(shop.spooled().unwrap(), Vec::<PathBuf>::new());
            assert!(shop.printers_log().unwrap().contains("Cancel-Job"));
        },
    );
}

#[test]
fn a_job_can_be_withdrawn_before_it_is_sent_and_while_it_waits() {
    in_a_shop(
        "a_job_can_be_withdrawn_before_it_is_sent_and_while_it_waits",
        |shop| {
            shop.stop_queue(DESK).unwrap();
            let withdrawn = Ok(PrintEnd::Withdrawn(Spooled::Removed));
            assert_eq!(print(DESK, &mut |_| Continue::Withdraw), withdrawn);
            let end = print(DESK, &mut |progress| match progress {
                PrintProgress::Sending => Continue::Yes,
                _ => Continue::Withdraw,
            });
            assert_eq!(end, withdrawn);
            assert_eq!(shop.waiting().unwrap(), "");
            assert_eq!(shop.spooled().unwrap(), Vec::<PathBuf>::new());
            shop.start_queue(DESK).unwrap();
            assert_eq!(print(DESK, &mut proceed), DONE);
            assert_eq!(
                shop.printed().unwrap().len(),
                1,
                "no withdrawn job was printed"
            );
        },
    );
}

#[test]
fn a_job_cancelled_by_another_program_differs_from_a_withdrawn_one() {
    in_a_shop(
        "a_job_cancelled_by_another_program_differs_from_a_withdrawn_one",
        |shop| {
            shop.keep_busy().unwrap();
            let cancelled = Cell::new(false);
            let end = print(DESK, &mut |progress| {
                if matches!(progress, PrintProgress::Printing { .. }) && !cancelled.replace(true) {
                    shop.cancel_all().unwrap();
                }
                Continue::Yes
            });
            assert_eq!(
                end,
                Err(PrintError::CancelledElsewhere {
                    spooled: Spooled::Removed
                })
            );
            assert_eq!(shop.spooled().unwrap(), Vec::<PathBuf>::new());
        },
    );
}

#[test]
fn a_held_job_is_reported() {
    in_a_shop("a_held_job_is_reported", |shop| {
        shop.hold_jobs(DESK).unwrap();
        let mut seen = Vec::new();
        let end = print(DESK, &mut |progress| {
            seen.push(progress);
            match progress {
                PrintProgress::Waiting(_) => Continue::Withdraw,
                _ => Continue::Yes,
            }
        });
        assert_eq!(end, Ok(PrintEnd::Withdrawn(Spooled::Removed)));
        assert_eq!(
            seen.last(),
            Some(&PrintProgress::Waiting(Problem::Held)),
            "{seen:?}"
        );
    });
}

#[test]
fn a_job_that_stands_still_is_cancelled() {
    in_a_shop("a_job_that_stands_still_is_cancelled", |shop| {
        shop.stop_queue(DESK).unwrap();
        let impatient = SystemPrinter::new(Patience {
            // Long enough for two looks, of which the second shows the reason.
            still: Duration::from_secs(5),
            look: Duration::from_millis(50),
            ..Patience::default()
        });
        let end = print_with(&impatient, DESK, &PdfSheet::new(), 1, &mut proceed);
        let expected = PrintError::NotInTime {
            problem: Some(Problem::Paused),
            withdrawn: true,
            spooled: Spooled::Removed,
        };
        assert_eq!(end, Err(expected));
        assert_eq!(shop.waiting().unwrap(), "");
        assert_eq!(shop.spooled().unwrap(), Vec::<PathBuf>::new());
    });
}

#[test]
fn a_missing_printer_and_one_that_rejects_jobs_have_different_errors() {
    in_a_shop(
        "a_missing_printer_and_one_that_rejects_jobs_have_different_errors",
        |shop| {
            assert_eq!(print("Gone", &mut proceed), Err(PrintError::UnknownPrinter));
            shop.close_queue(DESK).unwrap();
            assert_eq!(print(DESK, &mut proceed), Err(PrintError::NotAccepting));
            for queue in [DESK, HALL] {
                shop.remove_queue(queue).unwrap();
            }
            assert_eq!(printer().printers(), Err(PrintError::NoPrinter));
            assert!(shop.printed().unwrap().is_empty());
        },
    );
}

#[test]
fn a_missing_service_and_one_that_does_not_answer_have_different_errors() {
    in_a_shop(
        "a_missing_service_and_one_that_does_not_answer_have_different_errors",
        |shop| {
            shop.freeze_service().unwrap();
            let impatient = SystemPrinter::new(Patience {
                answer: Duration::from_millis(500),
                ..Patience::default()
            });
            let start = Instant::now();
            assert_eq!(impatient.printers(), Err(PrintError::NoAnswer));
            assert!(start.elapsed() < LONG);
            shop.thaw_service().unwrap();
            assert!(printer().printers().is_ok());

            shop.kill_service();
            assert_eq!(printer().printers(), Err(PrintError::NoService));
            assert_eq!(print(DESK, &mut proceed), Err(PrintError::NoService));
            shop.start_service().unwrap();
            assert_eq!(print(DESK, &mut proceed), DONE);
        },
    );
}

#[test]
fn a_job_survives_a_restart_of_the_service() {
    in_a_shop("a_job_survives_a_restart_of_the_service", |shop| {
        shop.stop_queue(DESK).unwrap();
        let shop = std::cell::RefCell::new(shop);
        let restarted = Cell::new(false);
        let end = print(DESK, &mut |progress| {
            if progress == PrintProgress::Waiting(Problem::Paused) && !restarted.replace(true) {
                let mut shop = shop.borrow_mut();
                shop.kill_service();
                shop.start_service().unwrap();
                shop.start_queue(DESK).unwrap();
            }
            Continue::Yes
        });
        assert!(restarted.get());
        assert_eq!(end, DONE);
    });
}

#[test]
fn a_job_can_be_withdrawn_while_the_service_restarts() {
    in_a_shop(
        "a_job_can_be_withdrawn_while_the_service_restarts",
        |shop| {
            shop.stop_queue(DESK).unwrap();
            let closed = Mutex::new(shop);
            let (killed, wait) = channel();
            thread::scope(|scope| {
                scope.spawn({
                    let closed = &closed;
                    move || {
                        wait.recv().unwrap();
                        closed.lock().unwrap().start_service().unwrap();
                    }
                });
                let end = print(DESK, &mut |progress| match progress {
                    PrintProgress::Waiting(_) => {
                        closed.lock().unwrap().kill_service();
                        killed.send(()).unwrap();
                        Continue::Withdraw
                    }
                    _ => Continue::Yes,
                });
                assert_eq!(end, Ok(PrintEnd::Withdrawn(Spooled::Removed)));
            });
            let shop = closed.into_inner().unwrap();
            assert_eq!(shop.waiting().unwrap(), "");
            assert_eq!(shop.spooled().unwrap(), Vec::<PathBuf>::new());
        },
    );
}

#[test]
fn a_service_on_another_computer_is_refused() {
    if is_child() {
        let refused = PrintError::RemoteService {
            server: "print.example.org:631".to_owned(),
        };
        assert_eq!(printer().printers(), Err(refused.clone()));
        assert_eq!(print(DESK, &mut proceed), Err(refused));
        return;
    }
    let variables = HashMap::from([("CUPS_SERVER", "print.example.org:631".into())]);
    run_in_child("a_service_on_another_computer_is_refused", variables);
}

#[test]
fn a_service_on_the_loopback_is_reached_without_a_proxy() {
    const TEST: &str = "a_service_on_the_loopback_is_reached_without_a_proxy";
    if is_child() {
        assert_eq!(printer().printers().unwrap().len(), 2);
        assert_eq!(print(DESK, &mut proceed), DONE);
        return;
    }
    let shop = PrintShop::open().unwrap();
    let proxy = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", proxy.local_addr().unwrap());
    let mut variables = shop.environment();
    variables.insert("CUPS_SERVER", shop.loopback().into());
    for name in ["http_proxy", "HTTP_PROXY", "ALL_PROXY"] {
        variables.insert(name, address.clone().into());
    }
    run_in_child(TEST, variables);
    proxy.set_nonblocking(true).unwrap();
    assert!(proxy.accept().is_err());
    assert_eq!(shop.printed().unwrap().len(), 1);
}

#[test]
fn a_document_that_cannot_be_converted_is_aborted_and_removed() {
    in_a_shop(
        "a_document_that_cannot_be_converted_is_aborted_and_removed",
        |shop| {
            let mut page = PdfSheet::new();
            page.pdf.truncate(2_000);
            let end = print_with(&printer(), HALL, &page, 1, &mut proceed);
            let given_up = PrintError::GivenUp {
                problem: Some(Problem::Driver),
                spooled: Spooled::Removed,
            };
            assert_eq!(end, Err(given_up));
            assert_eq!(shop.spooled().unwrap(), Vec::<PathBuf>::new());
            assert!(shop.printed().unwrap().is_empty());
        },
    );
}

#[test]
fn several_sheets_can_be_printed_at_the_same_time() {
    in_a_shop("several_sheets_can_be_printed_at_the_same_time", |shop| {
        let pages: Vec<_> = (0..4).map(|_| PdfSheet::new()).collect();
        thread::scope(|scope| {
            for page in &pages {
                scope.spawn(|| {
                    assert_eq!(print_with(&printer(), DESK, page, 1, &mut proceed), DONE);
                });
            }
        });
        let printed = shop.printed().unwrap();
        assert_eq!(printed.len(), pages.len());
        for page in &pages {
            assert!(printed.iter().any(|it| it.document == page.pdf));
        }
    });
}
