//! A terminal with a simulated user, because `age` reads a passphrase only from a terminal. The
//! journeys use it too.

use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

/// Runs the command in a terminal whose user answers each prompt. Returns its output and whether it
/// succeeded.
pub(crate) fn in_terminal(
    folder: &Path,
    command: &str,
    answers: &[(&str, &str)],
) -> (String, bool) {
    let mut script = Command::new("script")
        .args(["--quiet", "--return", "--command", command, "/dev/null"])
        .current_dir(folder)
        .env("TERM", "dumb")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("script (bsdutils) runs");
    let (mut keyboard, mut screen) = (script.stdin.take().unwrap(), script.stdout.take().unwrap());
    let mut shown = Vec::new();
    for (prompt, answer) in answers {
        let asked_at = shown.len();
        let asked = |shown: &[u8]| String::from_utf8_lossy(&shown[asked_at..]).contains(prompt);
        while !asked(&shown) {
            let mut byte = [0];
            let read = screen.read(&mut byte).unwrap();
            let so_far = String::from_utf8_lossy(&shown);
            assert!(
                read > 0,
                "no prompt {prompt:?}; is `age` installed? {so_far}"
            );
            shown.push(byte[0]);
        }
        writeln!(keyboard, "{answer}").unwrap();
    }
    screen.read_to_end(&mut shown).unwrap();
    let status = script.wait().unwrap();
    (
        String::from_utf8_lossy(&shown).into_owned(),
        status.success(),
    )
}
