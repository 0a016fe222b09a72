//! The page's process, which the system's web view runs.
//!
//! It may crash: WebKitGTK has with a camera. The program lives on, locks, and shows its page anew,
//! which says what happened. Windows needs none of this: WebView2 shows a page of its own there,
//! with a button to load ours again.
//!
//! On lock the page is replaced by a fresh one, which has seen nothing of what was open.

#[cfg(not(windows))]
use std::sync::Arc;

#[cfg(not(windows))]
use tauri::Webview;
use tauri::{AppHandle, Manager};

#[cfg(not(windows))]
use crate::shell::Shell;

/// Replaces the page by a fresh one. With WebKitGTK its process is replaced as well, because the
/// engine wipes none of its memory; on Windows and macOS a process is the system's to keep.
pub(crate) fn renew(app: &AppHandle) {
    // A window that is closed shows nothing.
    let Some(window) = app.get_webview_window("main") else {
        return;
    };
    // What a page shows when it is loaded again, an engine may remember: it drops it first.
    #[cfg(any(windows, target_os = "macos"))]
    std::thread::spawn(move || {
        std::thread::sleep(std::time::Duration::from_millis(200));
        let _ = window.reload();
    });
    #[cfg(not(any(windows, target_os = "macos")))]
    let _ = window.with_webview(|webview| {
        use webkit2gtk::WebViewExt;

        // `keep` has a fresh one loaded.
        webview.inner().terminate_web_process();
    });
}

/// The page of `webview` has crashed. Nothing that was open is left open before somebody who sees a
/// page that begins anew.
#[cfg(not(windows))]
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

/// Has the page of `webview` shown anew when its process has ended.
#[cfg(not(any(windows, target_os = "macos")))]
pub(crate) fn keep(webview: &Webview) -> tauri::Result<()> {
    use webkit2gtk::{WebProcessTerminationReason, WebViewExt};

    let kept = webview.clone();
    webview.with_webview(move |webview| {
        webview
            .inner()
            .connect_web_process_terminated(move |webview, reason| match reason {
                WebProcessTerminationReason::TerminatedByApi => webview.reload(),
                _ => revive(&kept),
            });
    })
}
