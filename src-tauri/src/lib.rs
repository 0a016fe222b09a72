//! The window: wires the adapters to the ports, and the commands to the `app` crate.

mod commands;
mod desk;
mod dialogs;
mod error;
mod events;
#[cfg(feature = "test-hooks")]
mod hooks;
mod outcome;
#[cfg(not(windows))]
mod page;
mod permissions;
mod preview;
#[cfg(test)]
mod typescript;
mod view;

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use platform::clock::SystemClock;
use platform::folders::Folders;
use platform::hardening;
use platform::printer::SystemPrinter;
use platform::scanner::ChildScanner;
use tauri::async_runtime::spawn_blocking;
use tauri::{App, AppHandle, DragDropEvent, Emitter, Manager, WebviewWindowBuilder, WindowEvent};
use usecases::ports::Clock;
use wallet::disk::RealDisk;

use desk::Desk;

/// A gap between two ticks that means that the computer slept.
const SLEPT: Duration = Duration::from_secs(30);

/// Opens the window and runs until it is closed.
///
/// # Errors
/// The reason why no window could be opened.
pub fn run() -> Result<(), Box<dyn Error>> {
    // Before secrets are in memory. The threat model lists what a system may not offer.
    let _ = hardening::refuse_core_dumps();
    refuse_automation();
    let builder = tauri::Builder::default();
    #[cfg(target_os = "macos")]
    let builder = builder.on_web_content_process_terminate(page::revive);
    builder
        .plugin(tauri_plugin_single_instance::init(|app, _, _| {
            to_front(app)
        }))
        .plugin(tauri_plugin_window_state::Builder::default().build())
        .plugin(tauri_plugin_dialog::init())
        .register_asynchronous_uri_scheme_protocol(
            preview::SCHEME,
            |context, request, responder| {
                let app = context.app_handle().clone();
                // Drawing takes longer than the UI thread may wait.
                spawn_blocking(move || responder.respond(preview::answer(&app, &request)));
            },
        )
        .on_permission_request(permissions::answer)
        .invoke_handler(commands::handler())
        .setup(open_desk)
        .on_window_event(|window, event| {
            if let WindowEvent::DragDrop(event) = event {
                drag(window.app_handle(), event);
            }
        })
        .run(tauri::generate_context!())?;
    Ok(())
}

fn open_desk(app: &mut App) -> Result<(), Box<dyn Error>> {
    let folders = Folders::of_this_person().ok_or("this system names no home folder")?;
    let desk = Arc::new(Desk::new(
        clock(),
        Arc::new(RealDisk),
        Arc::new(ChildScanner::of_this_program()),
        Arc::new(SystemPrinter::default()),
        folders,
    )?);
    app.manage(Arc::clone(&desk));
    #[cfg(feature = "test-hooks")]
    hooks::watch_drops(app.handle());
    open_window(app)?;
    let app = app.handle().clone();
    std::thread::spawn(move || tick(&app, &desk));
    Ok(())
}

/// Opens the window that `tauri.conf.json` describes, incognito: the browser engine stores nothing
/// on the disk. Test builds leave it visible to WebDriver, which cannot reach incognito windows.
fn open_window(app: &App) -> tauri::Result<()> {
    for window in &app.config().app.windows {
        let window = WebviewWindowBuilder::from_config(app, window)?
            .incognito(cfg!(not(feature = "test-hooks")))
            .build()?;
        #[cfg(not(any(windows, target_os = "macos")))]
        page::keep(window.as_ref())?;
        #[cfg(any(windows, target_os = "macos"))]
        drop(window);
    }
    Ok(())
}

#[cfg(not(feature = "test-hooks"))]
fn clock() -> Arc<dyn Clock> {
    Arc::new(SystemClock)
}

#[cfg(feature = "test-hooks")]
fn clock() -> Arc<dyn Clock> {
    Arc::new(hooks::MovedClock(SystemClock))
}

/// Keeps other programs from driving the window of a shipped build, whatever its environment.
#[cfg(not(feature = "test-hooks"))]
#[allow(
    unsafe_code,
    reason = "changing the environment is unsafe while other threads run; none does yet"
)]
fn refuse_automation() {
    // SAFETY: called before any thread is started.
    unsafe { std::env::remove_var("TAURI_WEBVIEW_AUTOMATION") };
}

#[cfg(feature = "test-hooks")]
fn refuse_automation() {}

/// Expires codes on time, and locks after idleness or sleep, while the program runs.
fn tick(app: &AppHandle, desk: &Desk) {
    let mut last = SystemClock.since_boot();
    loop {
        std::thread::sleep(Duration::from_secs(1));
        let now = SystemClock.since_boot();
        let slept = now.saturating_sub(last) > SLEPT;
        last = now;
        if desk.tick(slept) {
            // A closed window gets no event.
            let _ = app.emit("locked", ());
        }
    }
}

fn drag(app: &AppHandle, event: &DragDropEvent) {
    let over = match event {
        DragDropEvent::Enter { .. } => true,
        DragDropEvent::Over { .. } => return,
        DragDropEvent::Drop { paths, .. } => {
            commands::dropped(app, paths.clone());
            false
        }
        _ => false,
    };
    let _ = app.emit("drag", serde_json::json!({ "over": over }));
}

fn to_front(app: &AppHandle) {
    if let Some(window) = app.get_webview_window("main") {
        let _ = window.unminimize();
        let _ = window.set_focus();
    }
}
