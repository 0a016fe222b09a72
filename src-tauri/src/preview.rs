//! The sheet on the screen as a picture, served to the window's `<img>` alone: the page's scripts
//! have another origin and cannot read its pixels.

use std::sync::Arc;

use tauri::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use tauri::http::{Request, Response, StatusCode};
use tauri::{AppHandle, Manager, Url};

use crate::commands::{SheetOf, draw};
use crate::error::CommandError;
use crate::shell::Shell;

/// The scheme that the page's policy allows pictures of.
pub(crate) const SCHEME: &str = "preview";

/// Dots an inch: an A4 page is 910 pixels wide.
const RESOLUTION: f32 = 110.0;

/// Answers `preview://localhost/sheet?of=…`, where `of` is a [`SheetOf`] in JSON.
pub(crate) fn answer(app: &AppHandle, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
    let shell = app.try_state::<Arc<Shell>>();
    let shell = shell.ok_or(CommandError::NoCodeShown);
    let (status, kind, body) = match shell.and_then(|it| picture(&it, &request.uri().to_string())) {
        Ok(png) => (StatusCode::OK, "image/png", png),
        Err(_) => (StatusCode::NOT_FOUND, "text/plain", Vec::new()),
    };
    let response = Response::builder()
        .status(status)
        .header(CONTENT_TYPE, kind)
        // It shows a secret: the engine keeps no copy.
        .header(CACHE_CONTROL, "no-store")
        .body(body);
    response.unwrap_or_default()
}

fn picture(shell: &Shell, address: &str) -> Result<Vec<u8>, CommandError> {
    let url = Url::parse(address).map_err(|_| CommandError::Internal)?;
    let of = url.query_pairs().find(|(name, _)| name == "of");
    let (_, of) = of.ok_or(CommandError::Internal)?;
    let of: SheetOf = serde_json::from_str(&of).map_err(|_| CommandError::Internal)?;
    let drawn = draw(shell, &of)?;
    let page = raster::render(drawn.pdf(), 0, RESOLUTION)?;
    // The response takes plain bytes: they are not wiped.
    Ok(page.png()?.to_vec())
}
