//! A wallet of ten thousand items: how long the list takes after a key is pressed, and whether it
//! scrolls without a stutter. `docs/many-items.md` has the figures of a run.

use std::fmt::Write as _;
use std::fs;

use serde_json::Value;

use crate::app::App;
use crate::artefacts::artefact;
use crate::desktop::Desktop;
use crate::person::{self, PASSWORD};
use crate::ready::make_large_wallet;

const ITEMS: usize = 10_000;

/// What the search holds after each key. Each finds others than the one before: of all items, of a
/// third, of a few, of one.
const TYPED: &[&str] = &["e", "", "1", "12", "123", "1234", "123", "12", "1", ""];
const TIMES: usize = 6;

/// Types into the search, and gives the times in milliseconds until other rows are in the page and
/// laid out, and until they are painted. A key is pressed every fifth frame.
const TYPE: &str = "(async () => { \
     const frame = () => new Promise((done) => requestAnimationFrame(done)); \
     const task = () => new Promise((done) => { \
       const { port1, port2 } = new MessageChannel(); \
       port1.onmessage = done; port2.postMessage(0) }); \
     const search = document.querySelector('[data-testid=search]'); \
     const list = document.querySelector('[data-testid=item]').closest('ul'); \
     const key = async (text) => { \
       for (let at = 0; at < 5; at += 1) await frame(); \
       const changed = new Promise((done) => { \
         const watch = new MutationObserver(() => { watch.disconnect(); done() }); \
         watch.observe(list, \
           { subtree: true, childList: true, characterData: true, attributes: true }) }); \
       const begun = performance.now(); \
       search.value = text; \
       search.dispatchEvent(new InputEvent('input', { bubbles: true })); \
       await changed; \
       list.getBoundingClientRect(); \
       const ready = performance.now(); \
       await frame(); await task(); \
       return [ready - begun, performance.now() - begun] }; \
     const times = []; \
     for (let time = 0; time < TIMES; time += 1) \
       for (const text of TYPED) times.push(await key(text)); \
     return times })()";

/// Gives the times in milliseconds until Rust has answered the same searches.
const ASK: &str = "(async () => { \
     const times = []; \
     for (let time = 0; time < TIMES; time += 1) for (const wanted of TYPED) { \
       if (wanted === '') continue; \
       const begun = performance.now(); \
       await window.__TAURI_INTERNALS__.invoke( \
         'find_items', { request: { wanted, hidden: false } }); \
       times.push(performance.now() - begun) } \
     return times })()";

/// Scrolls down by some pixels a hundred times, and gives the times in milliseconds of what the
/// page does before it can be painted, and from one frame to the next.
const SCROLL: &str = "(async () => { \
     const frame = () => new Promise((done) => requestAnimationFrame(done)); \
     const list = document.querySelector('[data-testid=item]').closest('ul'); \
     let it = list.parentElement; \
     while (it && !(it.scrollHeight > it.clientHeight \
       && /auto|scroll/.test(getComputedStyle(it).overflowY))) it = it.parentElement; \
     it ??= document.scrollingElement; \
     const times = []; \
     let last = await frame(); \
     for (let count = 0; count < 100; count += 1) { \
       it.scrollTop += PIXELS; \
       const begun = performance.now(); \
       document.dispatchEvent(new Event('scroll')); \
       await null; \
       list.getBoundingClientRect(); \
       const ready = performance.now(); \
       const now = await frame(); \
       times.push([ready - begun, now - last]); \
       last = now } \
     return times })()";

#[test]
fn ten_thousand_items_are_searched_and_scrolled_through() {
    let desktop = Desktop::alone("many-items");
    make_large_wallet(&desktop, ITEMS);
    let app = App::start(&desktop);
    person::sign_in(&app, PASSWORD);
    app.wait_for("item");
    let shown = "document.querySelectorAll('[data-testid=item]').length";
    let rendered = app.run(&format!("return {shown}")).as_u64().unwrap();
    assert!(rendered < 100, "{rendered} rows are in the page");

    let times_of = |script: &str| columns(&app.run_async(script));
    let answered = times_of(&typing(ASK));
    let keys = times_of(&typing(TYPE));
    let by_a_row = times_of(&SCROLL.replace("PIXELS", "60"));
    let by_a_page = times_of(&SCROLL.replace("PIXELS", "600"));
    let rows = [
        ("a search, until Rust has answered", &answered[0]),
        ("a key, until its rows are laid out", &keys[0]),
        ("a key, until its rows are painted", &keys[1]),
        ("scrolling by a row, until it is laid out", &by_a_row[0]),
        ("scrolling by a row, until the next frame", &by_a_row[1]),
        ("scrolling by a page, until it is laid out", &by_a_page[0]),
        ("scrolling by a page, until the next frame", &by_a_page[1]),
    ];
    let mut table = String::from("| ms | median | p95 | longest |\n|---|---:|---:|---:|\n");
    for (name, times) in rows {
        table.push_str(&row(name, times));
    }
    fs::write(artefact("many-items.md"), &table).unwrap();

    app.type_into("search", "exchange 9876");
    app.wait_until("one item is found", &format!("{shown} === 1"));
    assert!(app.text("item").contains("Exchange 9876"));
    app.close();
}

fn typing(script: &str) -> String {
    let typed = serde_json::to_string(TYPED).unwrap();
    script
        .replace("TIMES", &TIMES.to_string())
        .replace("TYPED", &typed)
}

/// Returns the columns of what a script gave: rows of times, or one of them.
fn columns(answer: &Value) -> Vec<Vec<f64>> {
    let rows = answer.as_array().unwrap_or_else(|| panic!("{answer}"));
    let times = |row: &Value| match row {
        Value::Array(times) => times.iter().filter_map(Value::as_f64).collect(),
        time => vec![time.as_f64().unwrap()],
    };
    let rows: Vec<Vec<f64>> = rows.iter().map(times).collect();
    (0..rows[0].len())
        .map(|at| rows.iter().map(|row| row[at]).collect())
        .collect()
}

fn row(name: &str, times: &[f64]) -> String {
    let mut sorted = times.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = |share: f64| sorted[((sorted.len() - 1) as f64 * share).round() as usize];
    let mut row = String::new();
    // Writing to a `String` cannot fail.
    let _ = writeln!(
        row,
        "| {name} | {:.0} | {:.0} | {:.0} |",
        at(0.5),
        at(0.95),
        at(1.0)
    );
    row
}
