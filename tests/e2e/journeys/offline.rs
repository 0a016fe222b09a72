//! What the app, the page and the process that reads foreign files connect to: nothing beyond this
//! computer.

use std::collections::BTreeSet;
use std::fs;

use crate::app::App;
use crate::artefacts::artefact;
use crate::desktop::Desktop;
use crate::person::{self, EMAIL, NEXT_PASSWORD, PASSWORD};

/// The families of addresses that end at this computer: local sockets, and the kernel's own.
const LOCAL: [&str; 2] = ["AF_UNIX", "AF_NETLINK"];

#[test]
fn every_address_that_is_used_is_on_this_computer() {
    let trace = artefact("offline.trace");
    let desktop = Desktop::traced("offline", trace.clone());
    let app = App::start(&desktop);
    app.click("primary");
    person::create_wallet(&app, EMAIL, PASSWORD);
    person::add_note(&app);
    let code = person::issue(&app, PASSWORD, "until-used");
    let sheet = person::save_sheet(&app, &desktop, "sheet.pdf");
    app.click("print-sheet");
    app.wait_for("print-yes");
    app.click("print-yes");
    app.wait_for("print-done");
    app.click("print-close");
    person::keep(&app, &code);
    app.click("primary");
    person::lock(&app);
    person::use_backup_code(&app);
    desktop.hooks.drop_on_window(&[&sheet]);
    app.wait_for("entry-scanned");
    app.click("primary");
    person::set_new_password(&app, NEXT_PASSWORD);
    app.click("primary");
    person::find_note(&app);
    app.close();

    let trace = fs::read_to_string(trace).unwrap();
    let used: BTreeSet<&str> = trace.lines().filter_map(address).collect();
    let beyond: Vec<_> = used.iter().filter(|it| !is_here(it)).collect();
    assert!(beyond.is_empty(), "{beyond:#?}");
    // The trace saw the processes: the session bus, and the port that the test reaches the app by.
    assert!(used.iter().any(|it| it.starts_with("AF_UNIX")), "{used:?}");
    assert!(used.iter().any(|it| it.starts_with("AF_INET")), "{used:?}");
}

/// The address in a line of the trace: `{sa_family=FAMILY, REST}`.
fn address(line: &str) -> Option<&str> {
    let (_, address) = line.split_once("sa_family=")?;
    let end = address.find('}').unwrap_or(address.len());
    Some(&address[..end])
}

fn is_here(address: &str) -> bool {
    let family = address.split(',').next().unwrap_or_default();
    LOCAL.contains(&family)
        || (family == "AF_INET" && address.contains(r#"inet_addr("127.0.0.1")"#))
}

#[test]
fn addresses_are_told_apart() {
    let line = |rest: &str| format!("12 connect(5, {{{rest}}}, 16) = 0");
    let here = |rest: &str| is_here(address(&line(rest)).unwrap());
    assert!(here(r#"sa_family=AF_UNIX, sun_path="/run/bus""#));
    assert!(here(
        r#"sa_family=AF_INET, sin_port=htons(631), sin_addr=inet_addr("127.0.0.1")"#
    ));
    assert!(!here(
        r#"sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("192.0.2.1")"#
    ));
    assert!(!here(
        r#"sa_family=AF_INET6, sin6_port=htons(53), inet_pton(AF_INET6, "2001:db8::1", &sin6_addr)"#
    ));
    assert_eq!(address("12 sendto(5, \"x\", 1, 0, NULL, 0) = 1"), None);
}
