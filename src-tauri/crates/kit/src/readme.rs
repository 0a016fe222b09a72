//! `README.txt`: what the folder is, and how to open it by hand.

use code::{Identifier, Threshold};

/// English, ASCII, at most 80 columns. Says nothing that is not on the sheet.
pub(crate) fn text(identifier: Identifier, threshold: Threshold) -> String {
    let title = format!("RECOVERY KIT {identifier}");
    let rule = "=".repeat(title.len());
    let (keep_apart, the_code) = match threshold {
        Threshold::Single => (single_apart(identifier), single_code(identifier)),
        Threshold::Of(needed) => (set_apart(identifier, needed), set_code(identifier, needed)),
    };
    format!(
        "\
{title}
{rule}

This folder holds an encrypted copy of a wallet. The program \"Backup Code\" made
it, and backup code {identifier} opens it, on any computer.

  identity.age   a key, locked with the backup code
  wallet.age     what the wallet holds, locked with that key
  README.txt     this text

{keep_apart}

The code
--------
{the_code}

To open it with the program
---------------------------
Start \"Backup Code\", choose \"Restore a wallet\", and give it this folder.

To open it without the program
------------------------------
1. Install \"age\" (1.0 or newer), a free program for encrypted files:

       Debian, Ubuntu   sudo apt install age
       macOS            brew install age
       Windows          winget install FiloSottile.age
       others           https://age-encryption.org

2. Open a terminal in this folder and type this line:

       age -d -i identity.age wallet.age

3. It asks for a passphrase. Type the 60 characters of the code, in capitals and
   without spaces. They stay invisible while you type. What looks like a B is
   an 8, an O is a 0, and an I or a 1 is an L.

4. What the wallet holds is shown as text. Times in it are seconds since the
   beginning of 1970, UTC. Copy what you need, and close the terminal.
"
    )
}

fn single_apart(identifier: Identifier) -> String {
    format!(
        "\
KEEP THIS FOLDER AND THE SHEET APART. Whoever has this folder and recovery sheet
{identifier} can read the wallet. Whoever has only this folder cannot."
    )
}

fn single_code(identifier: Identifier) -> String {
    format!(
        "\
It stands on the recovery sheet that bears the name {identifier} in large letters:
sixty characters in twelve groups of five, and once more in the QR code."
    )
}

fn set_apart(identifier: Identifier, needed: u8) -> String {
    format!(
        "\
KEEP THIS FOLDER AND THE SHEETS APART. Whoever has this folder and {needed} of the
recovery sheets {identifier} can read the wallet. Whoever has only this folder
cannot."
    )
}

fn set_code(identifier: Identifier, needed: u8) -> String {
    format!(
        "\
It stands on no sheet: any {needed} of the recovery sheets that bear the name {identifier} in
large letters give it. The program combines them. By hand, they combine as
BIP-93 (codex32) says, at index S: see docs/code-format.md, \"Shares\", among the
program's sources, or
https://github.com/bitcoin/bips/blob/master/bip-0093.mediawiki
The result has 60 characters too. It begins with {needed}{identifier}S."
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]
    use super::*;

    fn both() -> [String; 2] {
        let identifier = "W7AL".parse().unwrap();
        [Threshold::Single, Threshold::Of(3)].map(|threshold| text(identifier, threshold))
    }

    #[test]
    fn it_fits_a_plain_terminal() {
        for text in both() {
            for line in text.lines() {
                assert!(line.len() <= 80, "{line}");
                assert!(line.is_ascii(), "{line}");
                assert_eq!(line, line.trim_end());
            }
        }
    }

    #[test]
    fn it_names_the_code_the_command_and_what_must_be_kept_apart() {
        for text in both() {
            assert!(text.starts_with("RECOVERY KIT W7AL\n"));
            assert!(text.contains("\n       age -d -i identity.age wallet.age\n"));
            assert!(text.contains("KEEP THIS FOLDER AND THE SHEET"));
        }
    }

    #[test]
    fn that_of_a_set_says_how_many_sheets_it_takes_and_how_they_combine() {
        let [single, set] = both();
        assert!(set.contains("any 3 of the recovery sheets"));
        assert!(set.contains("BIP-93"));
        assert!(set.contains("begins with 3W7ALS"));
        assert!(!single.contains("BIP-93"));
    }
}
