//! KeePassXC as the Secret Service, without a window.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use super::process::spawn;

const PASSWORD: &str = "the password of a test";

/// Serves records, asks nobody before it gives them out, and stays open when nobody uses it.
const SETTINGS: &str = "\
[General]
ConfigVersion=2
SingleInstance=false
[FdoSecrets]
Enabled=true
ShowNotification=false
ConfirmDeleteItem=false
ConfirmAccessItem=false
[GUI]
CheckForUpdates=false
[Security]
LockDatabaseIdle=false
LockDatabaseScreenLock=false
";

/// A database of KeePassXC: a keyring of its Secret Service.
#[derive(Clone, Copy)]
pub struct Database {
    /// The name of its file and of the keyring.
    pub name: &'static str,
    /// Whether its password is given when KeePassXC starts.
    pub unlocked: bool,
}

/// Starts KeePassXC with these databases, each in a tab. The last one is in front, which makes it
/// the default keyring. Databases that are not in `folder` yet are made.
///
/// `prepare` sets the environment of a command.
pub(super) fn start(
    folder: &Path,
    databases: &[Database],
    prepare: impl Fn(&mut Command),
) -> io::Result<Child> {
    let settings = folder.join("keepassxc.ini");
    fs::write(&settings, SETTINGS)?;
    let mut command = Command::new("keepassxc");
    prepare(&mut command);
    command
        .env("QT_QPA_PLATFORM", "offscreen")
        .arg("--config")
        .arg(&settings)
        .arg("--localconfig")
        .arg(folder.join("keepassxc-local.ini"))
        .arg("--pw-stdin")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let mut passwords = String::new();
    for database in databases {
        let file = folder.join(database.name).with_extension("kdbx");
        if !file.exists() {
            make(folder, database.name, &file, &prepare)?;
        }
        command.arg(file);
        passwords.push_str(if database.unlocked { PASSWORD } else { "wrong" });
        passwords.push('\n');
    }
    let mut keepassxc = spawn(command)?;
    // The input stays open: KeePassXC reads a line for each database.
    if let Some(input) = &mut keepassxc.stdin {
        input.write_all(passwords.as_bytes())?;
    }
    Ok(keepassxc)
}

/// Makes an empty database whose root group is the keyring.
fn make(folder: &Path, name: &str, file: &Path, prepare: &impl Fn(&mut Command)) -> io::Result<()> {
    // The id in the two spellings of the format.
    const ID: (&str, &str) = (
        "{00112233-4455-6677-8899-aabbccddeeff}",
        "ABEiM0RVZneImaq7zN3u/w==",
    );
    let document = format!(
        "<KeePassFile><Meta><DatabaseName>{name}</DatabaseName><CustomData><Item>\
         <Key>FDO_SECRETS_EXPOSED_GROUP</Key><Value>{}</Value></Item></CustomData></Meta>\
         <Root><Group><UUID>{}</UUID><Name>Root</Name></Group></Root></KeePassFile>",
        ID.0, ID.1,
    );
    let source = folder.join(name).with_extension("xml");
    fs::write(&source, document)?;
    let mut command = Command::new("keepassxc-cli");
    prepare(&mut command);
    command
        .args([
            "import",
            "--quiet",
            "--decryption-time",
            "100",
            "--set-password",
        ])
        .args([&source, file])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let mut cli = spawn(command)?;
    if let Some(mut input) = cli.stdin.take() {
        write!(input, "{PASSWORD}\n{PASSWORD}\n")?;
    }
    let status = cli.wait()?;
    if !status.success() {
        return Err(io::Error::other(format!("keepassxc-cli import: {status}")));
    }
    Ok(())
}
