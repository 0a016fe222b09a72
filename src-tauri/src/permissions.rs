//! What the page may have of the system: the camera, for pictures of sheets. Everything else that a
//! page can ask for is refused: microphone, place, notifications, a picture of the screen.
//!
//! The system asks the person too, or lets them forbid it, on macOS and Windows in its settings and
//! on Linux through the desktop's portal where there is one.

use tauri::webview::{PermissionKind, PermissionResponse};
use tauri::{Manager, Url, Webview};

/// The window that has the camera.
const WINDOW: &str = "main";

/// Answers a request of the page in `webview`. Requests for sound and picture together come one by
/// one, and one refusal refuses both.
#[allow(
    clippy::needless_pass_by_value,
    reason = "the builder wants a handler that takes the webview"
)]
pub(crate) fn answer(webview: Webview, kind: PermissionKind) -> PermissionResponse {
    let development = webview.config().build.dev_url.clone();
    let ours = webview.label() == WINDOW
        && webview
            .url()
            .is_ok_and(|url| is_ours(&url, development.as_ref().filter(|_| tauri::is_dev())));
    if kind == PermissionKind::Camera && ours {
        PermissionResponse::Allow
    } else {
        PermissionResponse::Deny
    }
}

/// Whether the page is the app's own: served by the binary, or by the server at `development`.
fn is_ours(page: &Url, development: Option<&Url>) -> bool {
    let served = match page.scheme() {
        "tauri" => page.host_str() == Some("localhost"),
        // What Windows takes for the scheme above.
        "http" | "https" => cfg!(windows) && page.host_str() == Some("tauri.localhost"),
        _ => false,
    };
    served || development.is_some_and(|it| it.origin() == page.origin())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

    use super::*;

    fn url(text: &str) -> Url {
        text.parse().unwrap()
    }

    #[test]
    fn only_the_page_in_the_binary_is_ours() {
        assert!(is_ours(&url("tauri://localhost"), None));
        assert!(is_ours(&url("tauri://localhost/index.html#sign-in"), None));
        for other in [
            "https://example.org/",
            "tauri://example.org/",
            "http://localhost:5173/",
            "preview://localhost/",
            "about:blank",
            "data:text/html,hello",
        ] {
            assert!(!is_ours(&url(other), None), "{other}");
        }
        assert_eq!(
            is_ours(&url("http://tauri.localhost/"), None),
            cfg!(windows)
        );
    }

    #[test]
    fn a_development_server_is_ours_as_long_as_it_is_in_use() {
        let server = url("http://localhost:5173");
        assert!(is_ours(
            &url("http://localhost:5173/#redeem"),
            Some(&server)
        ));
        assert!(!is_ours(&url("http://localhost:5174/"), Some(&server)));
        assert!(!is_ours(&url("http://example.org:5173/"), Some(&server)));
    }
}
