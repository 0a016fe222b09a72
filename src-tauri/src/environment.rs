//! Variables of the environment by which other programs drive or replace the web view.

/// Removed from the environment of a shipped build. `WEBKIT_DISABLE_*` stay: people need them
/// against blank windows.
const REMOVED: &[&str] = &[
    // Tauri: WebDriver drives the window.
    "TAURI_WEBVIEW_AUTOMATION",
    // WebKitGTK: other programs inspect the page, over a network port.
    "WEBKIT_INSPECTOR_SERVER",
    "WEBKIT_INSPECTOR_HTTP_SERVER",
    // WebKitGTK, in builds for developers: the programs and the library that draw the page.
    "WEBKIT_EXEC_PATH",
    "WEBKIT_INJECTED_BUNDLE_PATH",
    // WebView2: switches of the browser, such as a port for debuggers.
    "WEBVIEW2_ADDITIONAL_BROWSER_ARGUMENTS",
    // WebView2: another browser, and the folder of what it keeps.
    "WEBVIEW2_BROWSER_EXECUTABLE_FOLDER",
    "WEBVIEW2_USER_DATA_FOLDER",
    // WebView2: an unfinished version of the browser.
    "WEBVIEW2_CHANNEL_SEARCH_KIND",
    "WEBVIEW2_RELEASE_CHANNELS",
    "WEBVIEW2_RELEASE_CHANNEL_PREFERENCE",
    // WebView2: a debugger is waited for and attached.
    "WEBVIEW2_PIPE_FOR_SCRIPT_DEBUGGER",
    "WEBVIEW2_WAIT_FOR_SCRIPT_DEBUGGER",
];

/// Removes the variables. Call it before any thread is started.
#[cfg_attr(
    all(feature = "test-hooks", not(test)),
    expect(dead_code, reason = "WebDriver drives the window of a test build")
)]
#[allow(
    unsafe_code,
    reason = "changing the environment is unsafe while other threads run"
)]
pub(crate) fn close() {
    for name in REMOVED {
        // SAFETY: the caller has started no thread.
        unsafe { std::env::remove_var(name) };
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

    use std::env::{current_exe, var_os};
    use std::process::{Command, Stdio};

    use super::*;

    const CHILD: &str = "ENVIRONMENT_CHILD";
    const KEPT: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
    /// Those that the threat model names, apart from the list, so that none is dropped from it.
    const NAMED: [&str; 6] = [
        "TAURI_WEBVIEW_AUTOMATION",
        "WEBKIT_INSPECTOR_SERVER",
        "WEBKIT_INSPECTOR_HTTP_SERVER",
        "WEBVIEW2_ADDITIONAL_BROWSER_ARGUMENTS",
        "WEBVIEW2_BROWSER_EXECUTABLE_FOLDER",
        "WEBVIEW2_USER_DATA_FOLDER",
    ];

    #[test]
    fn nothing_in_the_environment_drives_or_replaces_the_web_view() {
        if var_os(CHILD).is_some() {
            let set = |name: &&str| var_os(name).is_some();
            assert!(NAMED.iter().chain(REMOVED).all(set));
            close();
            assert!(!NAMED.iter().chain(REMOVED).any(set));
            assert!(set(&KEPT));
            return;
        }
        let names = NAMED.iter().chain(REMOVED).chain([&KEPT, &CHILD]);
        let name = "environment::tests::nothing_in_the_environment_drives_or_replaces_the_web_view";
        let status = Command::new(current_exe().unwrap())
            .args([name, "--exact", "--test-threads=1"])
            .envs(names.map(|name| (name, "1")))
            .stdout(Stdio::null())
            .status();
        assert!(status.unwrap().success());
    }
}
