//! What remains in memory once a wallet is locked, a code redeemed, or the page of a code left.
//! `docs/memory.md` has the figures of a run.

use std::fmt::Write as _;
use std::fs;
use std::thread::sleep;
use std::time::Duration;

use wallet::{KdfMemory, Password, Sealed};

use crate::app::App;
use crate::artefacts::artefact;
use crate::desktop::Desktop;
use crate::memory::{both_ways, copies};
use crate::person::{self, EMAIL, NEXT_PASSWORD, PASSWORD, SECRET};

/// For what a process does after it has answered.
const REST: Duration = Duration::from_secs(2);

/// The copies of each secret in one process.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Copies {
    password: usize,
    next_password: usize,
    note: usize,
    code: usize,
    wallet_key: usize,
}

/// What is looked for, and what was found so far, as a table.
struct Search {
    sought: Vec<Vec<u8>>,
    table: String,
}

impl Search {
    fn new(code: &str, wallet_key: &[u8]) -> Self {
        let [first, second, third] = [0, 5, 10].map(|at| &code[at..at + 5]);
        let joined = |by: &str| [first, second, third].join(by);
        let texts = [PASSWORD, NEXT_PASSWORD, SECRET, &joined(""), &joined(" ")];
        let mut sought: Vec<_> = texts.into_iter().flat_map(both_ways).collect();
        sought.push(wallet_key.to_vec());
        let head = "| after | process | password | new password | note | code | wallet key |";
        Self {
            sought,
            table: format!("{head}\n|---|---|---:|---:|---:|---:|---:|\n"),
        }
    }

    /// Searches the app and the page.
    fn look(&mut self, app: &App, after: &str) -> [Copies; 2] {
        sleep(REST);
        [("app", app.process()), ("page", app.page())].map(|(name, process)| {
            let found = copies(process, &self.sought);
            let copies = Copies {
                password: found[0] + found[1],
                next_password: found[2] + found[3],
                note: found[4] + found[5],
                code: found[6..10].iter().sum(),
                wallet_key: found[10],
            };
            let Copies {
                password,
                next_password,
                note,
                code,
                wallet_key,
            } = copies;
            let _ = writeln!(
                self.table,
                "| {after} | {name} | {password} | {next_password} | {note} | {code} | \
                 {wallet_key} |"
            );
            copies
        })
    }
}

#[test]
fn nothing_remains_in_memory_after_a_lock() {
    let desktop = Desktop::start("memory");
    let app = App::start(&desktop);
    app.click("primary");
    person::create_wallet(&app, EMAIL, PASSWORD);
    person::add_note(&app);
    let code = person::issue(&app, PASSWORD, "until-used");
    let mut search = Search::new(&code, &wallet_key(&desktop, PASSWORD));
    let [open, shown] = search.look(&app, "a code is shown");
    person::keep(&app, &code);
    app.click("primary");
    app.wait_until_gone("view-kept");
    let [left, _] = search.look(&app, "its page is left");
    let before = app.page();
    person::lock(&app);
    let locked = search.look(&app, "the wallet is locked");
    let after = app.page();
    person::use_backup_code(&app);
    person::enter(&app, &code);
    person::set_new_password(&app, NEXT_PASSWORD);
    app.click("primary");
    app.wait_for("view-items");
    let [redeemed, _] = search.look(&app, "the code is redeemed");
    person::find_note(&app);
    let key_now = wallet_key(&desktop, NEXT_PASSWORD);
    person::lock(&app);
    let locked_again = search.look(&app, "the wallet is locked again");
    fs::write(artefact("memory.md"), &search.table).unwrap();

    // What is there is found.
    assert!(shown.code > 0 && shown.password > 0, "{}", search.table);
    assert!(open.wallet_key > 0 && open.note > 0, "{}", search.table);
    // The person still has the wallet open.
    let of_an_open_wallet = |copies: Copies| Copies {
        note: 0,
        wallet_key: 0,
        ..copies
    };
    let none = Copies::default();
    assert_eq!(of_an_open_wallet(left), none, "{}", search.table);
    assert_eq!(of_an_open_wallet(redeemed), none, "{}", search.table);
    assert_eq!(locked, [none; 2], "{}", search.table);
    assert_eq!(locked_again, [none; 2], "{}", search.table);
    assert_eq!(copies(app.process(), &[key_now]), [0]);
    assert_ne!(before, after, "the page has a fresh process");
    app.close();
}

fn wallet_key(desktop: &Desktop, password: &str) -> Vec<u8> {
    let file = fs::read(person::wallet_file(desktop)).unwrap();
    let password = Password::typed(password.to_owned());
    let opened = Sealed::parse(file)
        .unwrap()
        .open_with_password(&password, &mut KdfMemory::new())
        .unwrap();
    opened.expose_key().to_vec()
}
