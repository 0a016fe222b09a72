//! `README.txt`: explains the folder and how to open it by hand.

use code::{Identifier, Threshold};

/// Returns English text in ASCII with at most 80 columns. It reveals nothing that the sheet does
/// not.
pub(crate) fn text(identifier: Identifier, threshold: Threshold) -> String {
    let title = format!("RECOVERY KIT {identifier}");
    let rule = "=".repeat(title.len());
    let (warning, the_code) = match threshold {
        Threshold::Single => (single_warning(identifier), single_code(identifier)),
        Threshold::Of(needed) => (
            set_warning(identifier, needed),
            set_code(identifier, needed),
        ),
    };
    format!(
        "\
{title}
{rule}

This folder holds an encrypted copy of a wallet. The program \"Backup Code\" made
it, and backup code {identifier} opens it on any computer.

  identity.age   a key, locked with the backup code
  wallet.age     the contents of the wallet, locked with that key
  README.txt     this text
  files          the files in the wallet, if any, each locked with that key

{warning}

The code
--------
{the_code}

To open it with the program
---------------------------
Start \"Backup Code\", choose \"Restore a wallet\", and select this folder.

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
   without spaces. Nothing appears on the screen while you type. What looks like
   a B is an 8, an O is a 0, and an I or a 1 is an L.

4. The contents of the wallet appear as text. Times are in seconds since the
   beginning of 1970, UTC. Copy what you need, then close the terminal.

5. A file in the wallet has a name and an \"id\" in that text. To open it, type
   this line with its own id and name in the place of ID and NAME:

       age -d -i identity.age -o NAME files/ID.age
"
    )
}

fn single_warning(identifier: Identifier) -> String {
    format!(
        "\
KEEP THIS FOLDER AND THE SHEET APART. Anyone who has this folder and recovery
sheet {identifier} can read the wallet. This folder alone opens nothing."
    )
}

fn single_code(identifier: Identifier) -> String {
    format!(
        "\
It is printed on the recovery sheet named {identifier} in large letters: 60 characters
in twelve groups of five, and again in the QR code."
    )
}

fn set_warning(identifier: Identifier, needed: u8) -> String {
    format!(
        "\
KEEP THIS FOLDER AND THE SHEETS APART. Anyone who has this folder and {needed} of the
recovery sheets {identifier} can read the wallet. This folder alone opens nothing."
    )
}

fn set_code(identifier: Identifier, needed: u8) -> String {
    format!(
        "\
No sheet contains it: any {needed} of the recovery sheets named {identifier} in large letters
restore it. The program combines them. To combine them by hand, follow BIP-93
(codex32) at index S: see \"Shares\" in docs/code-format.md, which is part of the
program's source code, or
https://github.com/bitcoin/bips/blob/master/bip-0093.mediawiki
The result has 60 characters too. It begins with {needed}{identifier}S."
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may panic")]
    use super::*;

    fn texts_for_single_and_set() -> [String; 2] {
        let identifier = "W7AL".parse().unwrap();
        [Threshold::Single, Threshold::Of(3)].map(|threshold| text(identifier, threshold))
    }

    #[test]
    fn the_text_fits_a_plain_terminal() {
        for text in texts_for_single_and_set() {
            for line in text.lines() {
                assert!(line.len() <= 80, "{line}");
                assert!(line.is_ascii(), "{line}");
                assert_eq!(line, line.trim_end());
            }
        }
    }

    #[test]
    fn the_text_contains_the_code_the_command_and_the_warning() {
        for text in texts_for_single_and_set() {
            assert!(text.starts_with("RECOVERY KIT W7AL\n"));
            assert!(text.contains("\n       age -d -i identity.age wallet.age\n"));
            let of_a_file = "\n       age -d -i identity.age -o NAME files/ID.age\n";
            assert!(text.contains(of_a_file));
            assert!(text.contains("KEEP THIS FOLDER AND THE SHEET"));
        }
    }

    #[test]
    fn the_text_for_a_set_explains_how_the_sheets_combine() {
        let [single, set] = texts_for_single_and_set();
        assert!(set.contains("any 3 of the recovery sheets"));
        assert!(set.contains("BIP-93"));
        assert!(set.contains("begins with 3W7ALS"));
        assert!(!single.contains("BIP-93"));
    }
}
