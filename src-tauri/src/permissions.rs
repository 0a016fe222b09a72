//! What the page may have of the system: the camera, for pictures of sheets. Everything else that a
//! page can ask for is refused: microphone, place, notifications, a picture of the screen.
//!
//! The system asks the person too, or lets them forbid it, on macOS and Windows in its settings and
//! on Linux through the desktop's portal where there is one.

use tauri::webview::{PermissionKind, PermissionResponse};
use tauri::{Manager, Webview};

use crate::navigation;

/// The window that has the camera.
const WINDOW: &str = "main";

/// Answers a request of the page in `webview`. Requests for sound and picture together come one by
/// one, and one refusal refuses both.
#[allow(
    clippy::needless_pass_by_value,
    reason = "the builder wants a handler that takes the webview"
)]
pub(crate) fn answer(webview: Webview, kind: PermissionKind) -> PermissionResponse {
    let is_ours = navigation::decision(webview.config());
    let ours = webview.label() == WINDOW && webview.url().is_ok_and(|url| is_ours(&url));
    if kind == PermissionKind::Camera && ours {
        PermissionResponse::Allow
    } else {
        PermissionResponse::Deny
    }
}
