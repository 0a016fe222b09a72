//! What the person likes: when a wallet is locked and the clipboard cleared, and how the window
//! looks.

use app::settings::{Appearance, Language, Paper, Settings};
use serde::{Deserialize, Serialize};
use tauri::{AppHandle, Manager, Theme, command};
use ts_rs::TS;

use super::{Shared, run};
use crate::error::CommandError;

/// The settings that the page shows.
#[derive(Serialize, Deserialize, TS)]
pub(crate) struct Preferences {
    /// Minutes without use after which an open wallet is locked, 1 to 60.
    idle_minutes: u16,
    /// Whether an open wallet is locked when the computer sleeps.
    lock_at_sleep: bool,
    /// Whether an open wallet is locked when the screen is locked.
    lock_at_screen_lock: bool,
    /// Seconds after which a copied text is cleared from the clipboard, 10 to 300.
    clipboard_seconds: u16,
    #[ts(type = "\"system\" | \"light\" | \"dark\"")]
    appearance: Appearance,
    /// The size of what the window shows, in percent of the usual one, 80 to 200.
    text_percent: u16,
    /// None: the usual one of the region.
    #[ts(type = "\"a4\" | \"letter\" | null")]
    paper: Option<Paper>,
    /// None: the person's own.
    #[ts(type = "\"english\" | \"german\" | null")]
    sheet_language: Option<Language>,
    /// Whether sheets name the wallet's e-mail address unless another choice is made.
    sheet_email: bool,
}

impl From<Settings> for Preferences {
    fn from(settings: Settings) -> Self {
        let Settings {
            idle_minutes,
            lock_at_sleep,
            lock_at_screen_lock,
            clipboard_seconds,
            appearance,
            text_percent,
            paper,
            sheet_language,
            sheet_email,
            embedded_keychain: _,
            choice_lost: _,
            last_wallet: _,
            ground: _,
        } = settings;
        Self {
            idle_minutes,
            lock_at_sleep,
            lock_at_screen_lock,
            clipboard_seconds,
            appearance,
            text_percent,
            paper,
            sheet_language,
            sheet_email,
        }
    }
}

/// Saves the settings. Returns what was saved: every number in its range.
#[command]
pub(crate) async fn change_preferences(
    app: AppHandle,
    shell: Shared<'_>,
    request: Preferences,
) -> Result<Preferences, CommandError> {
    run(shell, move |shell| {
        let before = shell.settings();
        shell.change_settings(|settings| {
            settings.idle_minutes = request.idle_minutes;
            settings.lock_at_sleep = request.lock_at_sleep;
            settings.lock_at_screen_lock = request.lock_at_screen_lock;
            settings.clipboard_seconds = request.clipboard_seconds;
            settings.appearance = request.appearance;
            settings.text_percent = request.text_percent;
            settings.paper = request.paper;
            settings.sheet_language = request.sheet_language;
            settings.sheet_email = request.sheet_email;
        })?;
        let settings = shell.settings();
        if settings.appearance != before.appearance {
            wear(&app, theme(settings.appearance));
        }
        if settings.text_percent != before.text_percent {
            enlarge(&app, settings.text_percent);
        }
        Ok(settings.into())
    })
    .await
}

/// Shows the window as its person likes it, once there are both. Done again, it changes nothing.
pub(crate) fn dress(app: &AppHandle, settings: &Settings) {
    if settings.appearance != Appearance::System {
        wear(app, theme(settings.appearance));
    }
    enlarge(app, settings.text_percent);
}

/// Gives the frame of the window, and the dialogs of the desktop, the colours that the person
/// chose. Those of the page are its own. On Linux both stay those of the desktop: GTK does not go
/// back to them.
fn wear(app: &AppHandle, theme: Option<Theme>) {
    if !cfg!(target_os = "linux") {
        app.set_theme(theme);
    }
}

/// Shows everything in this size, as the zoom of a browser does: a page of large text has the
/// layout of a small window.
fn enlarge(app: &AppHandle, percent: u16) {
    if let Some(window) = app.get_webview_window("main") {
        // A page that keeps its size does its work.
        let _ = window.set_zoom(f64::from(percent) / 100.0);
    }
}

fn theme(appearance: Appearance) -> Option<Theme> {
    match appearance {
        Appearance::System => None,
        Appearance::Light => Some(Theme::Light),
        Appearance::Dark => Some(Theme::Dark),
    }
}
