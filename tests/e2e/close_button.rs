//! The button that closes a window. It belongs to a window manager, of which the display has none.

use x11rb::CURRENT_TIME;
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{ClientMessageEvent, ConnectionExt, EventMask, MapState, Window};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

/// Asks the window on `display` to close, as a window manager does when its button is pressed
/// (ICCCM §4.2.8.1).
pub(crate) fn press(display: &str) {
    let (server, screen) = x11rb::connect(Some(display)).expect("the display answers");
    let root = server.setup().roots[screen].root;
    let windows = server.query_tree(root).expect("the display listens");
    let windows = windows.reply().expect("the display answers").children;
    // GTK also has windows that nobody sees.
    let window = windows
        .into_iter()
        .find(|window| is_visible(&server, *window))
        .expect("a window is open");
    let delete = atom(&server, "WM_DELETE_WINDOW");
    let event = ClientMessageEvent::new(
        32,
        window,
        atom(&server, "WM_PROTOCOLS"),
        [delete, CURRENT_TIME, 0, 0, 0],
    );
    server
        .send_event(false, window, EventMask::NO_EVENT, event)
        .expect("the display listens");
    server.sync().expect("the display passes it on");
}

fn atom(server: &RustConnection, name: &str) -> u32 {
    let asked = server.intern_atom(false, name.as_bytes());
    let asked = asked.expect("the display listens");
    asked.reply().expect("the display answers").atom
}

fn is_visible(server: &RustConnection, window: Window) -> bool {
    let asked = server.get_window_attributes(window);
    let told = asked.expect("the display listens").reply();
    told.is_ok_and(|it| it.map_state == MapState::VIEWABLE)
}
