//! The window: wires the adapters to the ports, and the commands to the `app` crate.

mod close_question;
mod commands;
mod dialogs;
mod environment;
mod error;
mod events;
#[cfg(feature = "test-hooks")]
mod hooks;
mod navigation;
mod outcome;
mod page;
mod permissions;
mod picture;
mod preview;
mod print_trouble;
mod shell;
mod start;
mod start_error;
#[cfg(test)]
mod typescript;
mod view;

use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use platform::clock::SystemClock;
use platform::{hardening, screen};
use tauri::async_runtime::spawn_blocking;
use tauri::window::Color;
use tauri::{App, AppHandle, DragDropEvent, Manager, RunEvent, WebviewWindowBuilder, WindowEvent};
use usecases::ports::Clock;

use events::Drag;
use shell::Shell;

const SECOND: Duration = Duration::from_secs(1);
/// A gap between two ticks that means that the computer slept.
const SLEPT: Duration = Duration::from_secs(30);

/// Opens the window and runs until it is closed.
///
/// # Errors
/// The reason why no window could be opened.
pub fn run() -> Result<(), Box<dyn Error>> {
    // Before secrets are in memory. The threat model lists what a system may not offer.
    let _ = hardening::refuse_core_dumps();
    // On Linux it would take the desktop's portals away: see the threat model.
    #[cfg(all(
        target_os = "macos",
        not(any(debug_assertions, feature = "test-hooks"))
    ))]
    let _ = hardening::refuse_tracing();
    #[cfg(not(feature = "test-hooks"))]
    environment::close();
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
        .invoke_handler(start::gate(commands::handler()))
        .setup(start)
        .on_window_event(|window, event| match event {
            WindowEvent::DragDrop(event) => drag(window.app_handle(), event),
            WindowEvent::CloseRequested { api, .. } => {
                let app = window.app_handle();
                // Without a shell the app could not start.
                let shell = app.try_state::<Arc<Shell>>();
                let now = Instant::now();
                if shell.is_some_and(|shell| shell.close_question.must_ask(now)) {
                    api.prevent_close();
                    events::close_asked(app);
                }
            }
            _ => {}
        })
        .build(tauri::generate_context!())?
        .run(|app, event| {
            if matches!(event, RunEvent::Exit) {
                leave(app);
            }
        });
    Ok(())
}

/// Leaves nothing on the clipboard before the program ends.
fn leave(app: &AppHandle) {
    // Without a shell the app could not start.
    if let Some(shell) = app.try_state::<Arc<Shell>>() {
        // One that does not answer keeps no program from ending: the next start tries again.
        let _ = shell.app.clear_clipboard();
    }
}

/// Opens the window also if nothing else can start: the page then says why.
fn start(app: &mut App) -> Result<(), Box<dyn Error>> {
    app.manage(start::Start::new(clock()));
    start::begin(app.handle());
    #[cfg(feature = "test-hooks")]
    hooks::watch_drops(app.handle());
    open_window(app)?;
    Ok(())
}

/// Begins what runs beside the window.
fn run_beside(app: &AppHandle, shell: &Arc<Shell>) {
    let screen_locked = Arc::new(AtomicBool::new(false));
    let locking = Arc::clone(&screen_locked);
    screen::watch(move || locking.store(true, Ordering::SeqCst));
    let (app, ticking) = (app.clone(), Arc::clone(shell));
    std::thread::spawn(move || tick(&app, &ticking, &screen_locked));
    let expiring = Arc::clone(shell);
    std::thread::spawn(move || expire(&expiring));
    let saving = Arc::clone(shell);
    std::thread::spawn(move || saving.app.forget_unfinished_files());
    let clearing = Arc::clone(shell);
    std::thread::spawn(move || clearing.app.clear_left_behind());
}

/// Opens the window that `tauri.conf.json` describes, incognito: the browser engine stores nothing
/// on the disk. On Windows and macOS other programs cannot capture what it shows. Test builds leave
/// it visible to WebDriver, which cannot reach incognito windows, and to pictures.
fn open_window(app: &App) -> tauri::Result<()> {
    let shell = app.try_state::<Arc<Shell>>();
    let settings = shell.map(|shell| shell.settings()).unwrap_or_default();
    for window in &app.config().app.windows {
        let mut window = WebviewWindowBuilder::from_config(app, window)?;
        if let Some([red, green, blue]) = settings.ground {
            window = window.background_color(Color(red, green, blue, 255));
        }
        // The page reads it before it draws itself, also when it is loaded again.
        let look = serde_json::to_string(&settings.appearance)?;
        let window = window
            .initialization_script(format!("sessionStorage.look ??= {look};"))
            .incognito(cfg!(not(feature = "test-hooks")))
            .content_protected(cfg!(not(feature = "test-hooks")))
            .on_navigation(navigation::decision(app.config()))
            .on_new_window(|_, _| navigation::no_new_window())
            .build()?;
        #[cfg(not(any(windows, target_os = "macos")))]
        page::keep(window.as_ref())?;
        #[cfg(any(windows, target_os = "macos"))]
        drop(window);
    }
    commands::dress(app.handle(), &settings);
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

/// Locks after a deadline, a sleep or a lock of the screen, while the program runs. Does nothing
/// slow, so that a long gap between two ticks means that the computer slept.
fn tick(app: &AppHandle, shell: &Shell, screen_locked: &AtomicBool) {
    let mut last = SystemClock.since_boot();
    loop {
        std::thread::sleep(SECOND);
        let now = SystemClock.since_boot();
        let slept = now.saturating_sub(last) > SLEPT;
        last = now;
        let screen_locked = screen_locked.swap(false, Ordering::SeqCst);
        let by_time = shell.app.tick(slept);
        let by_screen = screen_locked.then(|| shell.app.screen_locked()).flatten();
        if let Some(why) = by_time.or(by_screen) {
            shell.note_lock(why);
            events::locked(app);
            page::renew(app);
        }
        if shell.app.take_late_kits() {
            events::kits(app);
        }
    }
}

/// Expires codes on time, while the program runs. May wait for disk and keychain.
fn expire(shell: &Shell) {
    loop {
        std::thread::sleep(SECOND);
        shell.app.expire();
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
    events::drag(app, Drag { over });
}

fn to_front(app: &AppHandle) {
    if let Some(window) = app.get_webview_window("main") {
        let _ = window.unminimize();
        let _ = window.set_focus();
    }
}
