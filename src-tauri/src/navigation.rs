//! Where the window may go: to the app's own page, and nowhere else.

use tauri::webview::NewWindowResponse;
use tauri::{Config, Runtime, Url};

/// Returns whether the window may open `url`. `served` is the address of the page while somebody
/// works on it; a built app has none.
fn is_ours(url: &Url, served: Option<&Url>) -> bool {
    let origin = (url.scheme(), url.host_str(), url.port());
    let serves = |page: &Url| origin == (page.scheme(), page.host_str(), page.port());
    match served {
        Some(page) => serves(page),
        None if cfg!(windows) => origin == ("http", Some("tauri.localhost"), None),
        None => origin == ("tauri", Some("localhost"), None),
    }
}

/// Returns what tells the app's own page from every other.
pub(crate) fn decision(config: &Config) -> impl Fn(&Url) -> bool + Send + 'static {
    let served = config.build.dev_url.clone().filter(|_| tauri::is_dev());
    move |url| is_ours(url, served.as_ref())
}

/// The app has one window.
pub(crate) fn no_new_window<R: Runtime>() -> NewWindowResponse<R> {
    NewWindowResponse::Deny
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

    use super::*;

    const FOREIGN: [&str; 13] = [
        "https://example.com/",
        "http://localhost/",
        "http://localhost:8080/",
        "https://localhost:5173/",
        "http://tauri.localhost.example.com/",
        "http://tauri.localhost:8080/",
        "tauri://localhost.example.com/",
        "tauri://example.com/",
        "preview://localhost/",
        "file:///etc/passwd",
        "data:text/html,hello",
        "about:blank",
        "javascript:alert(1)",
    ];

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn a_built_app_opens_its_own_page_and_no_other() {
        let own = match cfg!(windows) {
            true => "http://tauri.localhost",
            false => "tauri://localhost",
        };
        for path in ["", "/", "/index.html#sign-in", "/?a=b"] {
            assert!(is_ours(&url(&format!("{own}{path}")), None), "{path}");
        }
        for foreign in FOREIGN {
            assert!(!is_ours(&url(foreign), None), "{foreign}");
        }
    }

    #[test]
    fn a_page_that_is_served_while_somebody_works_on_it_is_the_only_one_then() {
        let served = url("http://localhost:5173");
        assert!(is_ours(
            &url("http://localhost:5173/index.html"),
            Some(&served)
        ));
        for foreign in FOREIGN {
            assert!(!is_ours(&url(foreign), Some(&served)), "{foreign}");
        }
    }
}
