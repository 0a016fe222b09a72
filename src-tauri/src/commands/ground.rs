//! The colour behind the page.

use serde::Deserialize;
use tauri::window::Color;
use tauri::{WebviewWindow, command};
use ts_rs::TS;

use crate::error::CommandError;

/// A colour of sRGB.
#[derive(Deserialize, TS)]
pub(crate) struct Ground {
    red: u8,
    green: u8,
    blue: u8,
}

/// Gives the window and its web view the colour of the page, which is what is seen until a fresh
/// page has drawn itself.
#[command]
pub(crate) async fn paint_ground(
    window: WebviewWindow,
    request: Ground,
) -> Result<(), CommandError> {
    let Ground { red, green, blue } = request;
    // A window that keeps its colour does its work.
    let _ = window.set_background_color(Some(Color(red, green, blue, 255)));
    Ok(())
}
