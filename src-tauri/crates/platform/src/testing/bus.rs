//! A private session bus.

use std::fs;
use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use super::process::{Running, spawn};

/// A bus daemon and its address.
pub(super) struct Bus {
    pub(super) daemon: Running,
    pub(super) address: String,
}

impl Bus {
    /// Starts a bus in `root`. It starts only the services whose files are in the folder `services`
    /// there, and its socket is in the folder `run`. `prepare` completes the daemon's command.
    pub(super) fn start(
        root: &Path,
        prepare: impl FnOnce(Command) -> io::Result<Command>,
    ) -> io::Result<Bus> {
        let config = root.join("bus.conf");
        fs::write(&config, config_in(root))?;
        let mut command = Command::new("dbus-daemon");
        command
            .args(["--nofork", "--nopidfile", "--print-address=1"])
            .arg(format!("--config-file={}", config.display()));
        let mut command = prepare(command)?;
        command.stdin(Stdio::null()).stdout(Stdio::piped());
        let mut daemon = Running(spawn(command)?);
        let mut address = String::new();
        if let Some(output) = daemon.0.stdout.take() {
            BufReader::new(output).read_line(&mut address)?;
        }
        Ok(Bus {
            daemon,
            address: address.trim().to_owned(),
        })
    }
}

fn config_in(root: &Path) -> String {
    format!(
        r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir={root}/run</listen>
  <auth>EXTERNAL</auth>
  <servicedir>{root}/services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#,
        root = root.display()
    )
}
