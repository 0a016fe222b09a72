//! A printer (`ippeveprinter`) that keeps what it prints.

use std::collections::HashMap;
use std::fs::{self, DirBuilder, File, Permissions};
use std::io;
use std::net::{Ipv4Addr, TcpStream};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use super::bus::Bus;
use super::process::{PATIENCE, Running, logged, pause, spawn};

/// The printer's command for a document: records the job's attributes and waits as long as the test
/// wants.
const SCRIPT: &str = r#"#!/bin/sh
cd "$(dirname "$0")"
env | grep ^IPP_ > "printed/$(basename "$1").told"
said=
while [ -e busy ]; do
  says=$(cat says 2>/dev/null)
  if [ "$says" != "$said" ]; then
    said=$says
    echo "STATE: ${says:-none}" >&2
  fi
  sleep 0.05
done
echo "STATE: none" >&2
"#;

/// A document that was printed.
pub struct Printed {
    /// The document as the printer received it: PDF, converted or not by the queue.
    pub document: Vec<u8>,
    /// The job's attributes, such as `IPP_COPIES`: the attribute's name in capitals.
    pub told: HashMap<String, String>,
}

/// A running printer. Dropping it ends the printer.
pub(super) struct IppPrinter {
    process: Running,
    /// The printer looks for the system's bus; on this one nothing announces it to the network.
    _bus: Bus,
    folder: PathBuf,
}

impl IppPrinter {
    /// Starts a printer with its files in `folder`.
    pub(super) fn start(folder: &Path) -> io::Result<Self> {
        for name in ["printed", "run"] {
            DirBuilder::new().mode(0o700).create(folder.join(name))?;
        }
        let script = folder.join("printer.sh");
        fs::write(&script, SCRIPT)?;
        fs::set_permissions(&script, Permissions::from_mode(0o700))?;

        let bus = Bus::start(folder, |command| logged(command, folder, "bus"))?;
        let mut command = Command::new("/usr/sbin/ippeveprinter");
        command
            .args(["-v", "-v", "-k", "-2", "-r", "off", "-n", "localhost"])
            .args(["-f", "application/pdf,image/pwg-raster"])
            .arg("-d")
            .arg(folder.join("printed"))
            .arg("-c")
            .arg(&script)
            .arg("A test's printer");
        let mut command = logged(command, folder, "printer")?;
        command.env("DBUS_SYSTEM_BUS_ADDRESS", &bus.address);
        Ok(Self {
            process: Running(spawn(command)?),
            _bus: bus,
            folder: folder.to_owned(),
        })
    }

    /// Returns the port that the printer chose, once it answers there.
    pub(super) fn port(&mut self) -> io::Result<u16> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let log = self.log()?;
            let port = log
                .lines()
                .find_map(|it| it.strip_prefix("Listening on port "))
                .and_then(|it| it.trim_end_matches('.').parse().ok());
            if let Some(port) = port.filter(|port| connects(*port)) {
                return Ok(port);
            }
            if let Some(status) = self.process.0.try_wait()? {
                return Err(io::Error::other(format!("ippeveprinter: {status}: {log}")));
            }
            pause(deadline, "ippeveprinter did not start")?;
        }
    }

    /// The documents so far, in order, including one that is being printed.
    pub(super) fn printed(&self) -> io::Result<Vec<Printed>> {
        let files: io::Result<Vec<_>> = fs::read_dir(self.folder.join("printed"))?
            .map(|entry| entry.map(|it| it.path()))
            .collect();
        let mut told: Vec<_> = files?
            .into_iter()
            .filter(|it| it.extension().is_some_and(|it| it == "told"))
            .collect();
        // The printer's file names begin with the job's number.
        told.sort_by_key(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.split('-').next().and_then(|it| it.parse::<u32>().ok())
        });
        told.iter()
            .map(|path| {
                let told = fs::read_to_string(path)?
                    .lines()
                    .filter_map(|line| line.split_once('='))
                    .map(|(name, value)| (name.to_owned(), value.to_owned()))
                    .collect();
                let document = fs::read(path.with_extension(""))?;
                Ok(Printed { document, told })
            })
            .collect()
    }

    /// Keeps the printer at a page until [`Self::let_finish`].
    pub(super) fn keep_busy(&self) -> io::Result<()> {
        File::create(self.folder.join("busy")).map(drop)
    }

    /// Lets the printer finish its page.
    pub(super) fn let_finish(&self) -> io::Result<()> {
        fs::remove_file(self.folder.join("busy"))
    }

    /// Sets the `printer-state-reasons` that a busy printer reports.
    pub(super) fn let_say(&self, reason: &str) -> io::Result<()> {
        fs::write(self.folder.join("says"), reason)
    }

    /// The printer's own log.
    pub(super) fn log(&self) -> io::Result<String> {
        fs::read_to_string(self.folder.join("printer.log"))
    }
}

fn connects(port: u16) -> bool {
    TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok()
}
