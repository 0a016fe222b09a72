//! The colour behind the page.

use std::sync::Arc;

use serde::Deserialize;
use tauri::async_runtime::spawn_blocking;
use tauri::window::Color;
use tauri::{Manager, WebviewWindow, command};
use ts_rs::TS;

use crate::error::CommandError;
use crate::shell::Shell;

/// A colour of sRGB.
#[derive(Deserialize, TS)]
pub(crate) struct Ground {
    red: u8,
    green: u8,
    blue: u8,
}

/// Gives the window and its web view the colour of the page, which is what is seen until a fresh
/// page has drawn itself. The next window begins with it.
#[command]
pub(crate) async fn paint_ground(
    window: WebviewWindow,
    request: Ground,
) -> Result<(), CommandError> {
    let Ground { red, green, blue } = request;
    // A window that keeps its colour does its work.
    let _ = window.set_background_color(Some(Color(red, green, blue, 255)));
    // Without a shell the app could not start.
    if let Some(shell) = window.try_state::<Arc<Shell>>() {
        let shell = Arc::clone(&shell);
        let ground = Some([red, green, blue]);
        // It is for the first moment of the next window, which does not miss it much.
        spawn_blocking(move || shell.change_settings(|settings| settings.ground = ground));
    }
    Ok(())
}
