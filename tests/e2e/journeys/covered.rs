//! A code that is left on the screen: hidden, it leaves by no door.

use crate::app::App;
use crate::desktop::Desktop;
use crate::person::{self, NEXT_PASSWORD, PASSWORD, TITLE};
use crate::ready::{NOTE, open_wallet};

#[test]
fn a_covered_code_is_neither_saved_nor_printed_and_after_a_while_nothing_else_is_open() {
    let desktop = Desktop::start("covered");
    let app = open_wallet(&desktop, &[NOTE]);
    person::up_to_life(&app, PASSWORD);
    app.click("life-until-used");
    app.click("reach-others");
    app.click("reach-kit");
    app.click("reach-pages");
    app.click("primary");
    let code = person::shown_code(&app);
    app.run("document.querySelector('[data-testid=sheet-preview]').open = true");
    app.wait_for("sheet-preview-picture");
    app.click("cover");
    // The picture goes, and its place stays.
    app.wait_for("sheet-covered");
    app.wait_until_gone("sheet-preview-picture");
    app.screenshot(&desktop, "covered-doors");
    for door in ["save-sheet", "print-sheet", "save-pages", "print-pages"] {
        let shut = format!("return document.querySelector('[data-testid={door}]').disabled");
        assert_eq!(app.run(&shut), true, "{door}");
    }
    // Nor does the program give it to a page that asks all the same.
    let target = desktop.home().join("stolen.pdf");
    desktop.hooks.answer_save_dialog(Some(&target));
    for command in ["save_sheet", "save_pages", "print_sheet", "print_pages"] {
        assert_eq!(refused(&app, command), "code_covered", "{command}");
    }
    assert_eq!(refused(&app, "preview"), "none");
    assert!(!target.exists());

    // The computer sleeps: the wallet is locked, and the code is there for its owner.
    app.sleep();
    app.wait_for("view-covered");
    app.screenshot(&desktop, "covered");
    app.screenshot_small(&desktop, "small-covered");
    let page = app.run("return document.documentElement.outerHTML");
    let page = page.as_str().expect("a page").to_owned();
    assert!(!page.contains(TITLE) && !page.contains(&code[..5]));
    for command in ["leave_code", "list_items", "shown_code", "cover_code"] {
        assert_eq!(refused(&app, command), "locked", "{command}");
    }
    app.type_into("password", NEXT_PASSWORD);
    app.click("primary");
    app.wait_for("error");
    app.screenshot(&desktop, "covered-wrong");
    app.wait_until_gone("wait");
    app.replace("password", PASSWORD);
    app.click("primary");
    assert_eq!(person::shown_code(&app), code);
    person::save_sheet(&app, &desktop, "sheet.pdf");

    // Left covered for a quarter of an hour, the same without sleep; and closed, it is unfinished.
    app.click("cover");
    app.wait_for("code-covered");
    desktop.hooks.move_clock(15 * 60);
    app.wait_for("view-covered");
    app.click("covered-lock");
    app.wait_for("dialog-covered-lock");
    app.screenshot(&desktop, "covered-lock");
    app.click("dialog-covered-lock-yes");
    person::sign_in(&app, PASSWORD);
    app.wait_for("view-unfinished");
    app.close();
}

/// Calls a command as the page does. Returns the code of the error that it ends in. For `preview`
/// asks for the picture of the sheet.
fn refused(app: &App, command: &str) -> String {
    let of = "{ paper: 'a4', language: 'english', named: { by: 'nothing' }, sheet: 0 }";
    let call = match command {
        "preview" => format!(
            "new Promise((done) => {{ \
                 const it = new Image(); \
                 it.onload = () => done('a picture'); \
                 it.onerror = () => done('none'); \
                 it.src = 'preview://localhost/sheet?of=' + encodeURIComponent(JSON.stringify({of})); \
             }})"
        ),
        "save_sheet" | "save_pages" => invoke(command, of),
        "print_sheet" | "print_pages" => invoke(
            command,
            &format!("{{ on: {{ printer: 'desk', copies: 1 }}, of: {of} }}"),
        ),
        "shown_code" | "cover_code" => invoke(command, "{ sheet: 0 }"),
        _ => invoke(command, "null"),
    };
    let answer = app.run_async(&call);
    answer.as_str().unwrap_or_default().to_owned()
}

fn invoke(command: &str, request: &str) -> String {
    format!(
        "window.__TAURI_INTERNALS__.invoke('{command}', {{ request: {request} }})\
         .then(() => 'done', (error) => error.code ?? String(error))"
    )
}
