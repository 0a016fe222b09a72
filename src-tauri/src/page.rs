//! The page's process, which the system's web view runs and which may crash: WebKitGTK has with a
//! camera. The program lives on, locks, and shows its page anew, which says what happened.
//!
//! Windows is left out: WebView2 shows a page of its own there, with a button to load ours again.

use std::sync::Arc;

use tauri::{Manager, Webview};

use crate::shell::Shell;

/// The page of `webview` has crashed. Nothing that was open is left open before somebody who sees a
/// page that begins anew.
pub(crate) fn revive(webview: &Webview) {
    let webview = webview.clone();
    // Locking wipes memory, which the thread that draws the window does not wait for.
    std::thread::spawn(move || {
        let shell = webview.try_state::<Arc<Shell>>();
        if shell.is_none_or(|shell| shell.page_ended()) {
            // A page that cannot be loaded again stays white, as it is.
            let _ = webview.reload();
        }
    });
}

/// Has the page of `webview` shown anew when it crashes.
#[cfg(not(target_os = "macos"))]
pub(crate) fn keep(webview: &Webview) -> tauri::Result<()> {
    use webkit2gtk::WebViewExt;

    let kept = webview.clone();
    webview.with_webview(move |webview| {
        webview
            .inner()
            .connect_web_process_terminated(move |_, _| revive(&kept));
    })
}
