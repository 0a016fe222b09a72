//! A print service of a test's own: `cupsd` on a socket in a folder, with two queues, and behind them a printer
//! (`ippeveprinter`) that keeps what it prints. Nothing of it is seen by the person's own print service, nothing is
//! announced to the network, and no rights are needed.
//!
//! A program uses it when it is started with [`PrintShop::environment`]. A missing `cupsd`, `ippeveprinter` or
//! `dbus-daemon` is an error: such a test fails and is not skipped.

use std::collections::HashMap;
use std::ffi::OsString;
use std::fs::{self, DirBuilder, File, Permissions};
use std::io::{self, BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use super::{PATIENCE, bus_config, pause, spawn};

/// A queue that hands on what it gets, byte for byte. It is the default.
pub const DESK: &str = "Desk";

/// A queue that converts, as those are that a desktop sets up by itself.
pub const HALL: &str = "Hall";

/// What the printer does with a page, in shell: it notes what it was told and waits as long as the test wants.
const PRINTER: &str = r#"#!/bin/sh
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

/// A print service and a printer. Dropping it ends both.
pub struct PrintShop {
    service: Option<Running>,
    printer: Running,
    _bus: Running,
    folder: PathBuf,
    _own: Option<TempDir>,
    /// Where the service listens beside its socket.
    port: u16,
}

/// A process that ends with its owner.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may be gone already, which is what is wanted.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A document that came out of the printer.
pub struct Printed {
    /// As the printer kept it: PDF, whatever the queue made of it.
    pub document: Vec<u8>,
    /// What the printer was told of the job, such as `IPP_COPIES`: the attribute's name in capitals.
    pub told: HashMap<String, String>,
}

impl PrintShop {
    /// A shop in a temporary folder.
    pub fn open() -> io::Result<Self> {
        let own = tempfile::Builder::new().prefix("shop-").tempdir()?;
        let mut shop = Self::open_in(own.path())?;
        shop._own = Some(own);
        Ok(shop)
    }

    /// A shop in `folder`, which is empty. Its environment is known before it is open: [`Self::environment_in`].
    pub fn open_in(folder: &Path) -> io::Result<Self> {
        // The service's filters run as another person where the test runs as root.
        fs::set_permissions(folder, Permissions::from_mode(0o711))?;
        for name in ["printed", "root", "spool", "temp", "cache", "state"] {
            let mode = if name == "printed" { 0o700 } else { 0o755 };
            DirBuilder::new().mode(mode).create(folder.join(name))?;
        }
        let command = folder.join("printer.sh");
        fs::write(&command, PRINTER)?;
        fs::set_permissions(&command, Permissions::from_mode(0o700))?;

        let (bus, address) = start_bus(folder)?;
        let mut shop = Self {
            service: None,
            printer: start_printer(folder, &command, &address)?,
            _bus: bus,
            folder: folder.to_owned(),
            _own: None,
            port: free_port()?,
        };
        let port = shop.printers_port()?;
        shop.write_settings()?;
        shop.start_service()?;
        let device = format!("ipp://localhost:{port}/ipp/print");
        let queue = |name, driver, info| {
            ["-p", name, "-E", "-v", &device, "-m", driver, "-D", info].map(str::to_owned)
        };
        shop.admin("lpadmin", &queue(DESK, "raw", "The printer on the desk"))?;
        shop.admin(
            "lpadmin",
            &queue(HALL, "everywhere", "The printer in the hall"),
        )?;
        shop.admin("lpadmin", &["-p", HALL, "-L", "In the hall"])?;
        // As many desktops set it up: a document that cannot be printed does not stop the queue for others.
        shop.admin(
            "lpadmin",
            &["-p", HALL, "-o", "printer-error-policy=abort-job"],
        )?;
        shop.admin("lpadmin", &["-d", DESK])?;
        // Setting up a queue leaves a description of the printer there.
        for file in files(&folder.join("temp"))? {
            fs::remove_file(file)?;
        }
        Ok(shop)
    }

    /// What a program's environment has to say so that it prints here.
    pub fn environment(&self) -> HashMap<&'static str, OsString> {
        Self::environment_in(&self.folder)
    }

    /// The environment of the shop in `folder`, open or not.
    pub fn environment_in(folder: &Path) -> HashMap<&'static str, OsString> {
        HashMap::from([
            ("CUPS_SERVER", folder.join("cups.sock").into()),
            // Where no `client.conf` is, and no `lpoptions`.
            ("CUPS_SERVERROOT", folder.join("root").into()),
            ("CUPS_USER", "somebody".into()),
        ])
    }

    /// Lets `command` print here.
    pub fn apply<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        for name in ["PRINTER", "LPDEST", "IPP_PORT"] {
            command.env_remove(name);
        }
        command.envs(self.environment())
    }

    /// The service's second address, for a program that is to reach it by TCP: a value for `CUPS_SERVER`.
    pub fn loopback(&self) -> String {
        format!("localhost:{}", self.port)
    }

    /// What has come out of the printer, in order. A job that it still prints is there already.
    pub fn printed(&self) -> io::Result<Vec<Printed>> {
        let mut told: Vec<_> = files(&self.folder.join("printed"))?
            .into_iter()
            .filter(|it| it.extension().is_some_and(|it| it == "told"))
            .collect();
        // The printer's names begin with the job's number.
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
    pub fn keep_busy(&self) -> io::Result<()> {
        File::create(self.folder.join("busy")).map(drop)
    }

    /// Lets the printer finish its page.
    pub fn let_finish(&self) -> io::Result<()> {
        fs::remove_file(self.folder.join("busy"))
    }

    /// What a busy printer says of itself, in the words of `printer-state-reasons`: `media-empty`, `none`.
    pub fn let_say(&self, reason: &str) -> io::Result<()> {
        fs::write(self.folder.join("says"), reason)
    }

    /// What the printer's own log says.
    pub fn printers_log(&self) -> io::Result<String> {
        fs::read_to_string(self.folder.join("printer.log"))
    }

    /// Stops `queue`: it takes jobs and prints none.
    pub fn stop_queue(&self, queue: &str) -> io::Result<()> {
        self.admin("cupsdisable", &[queue])
    }

    /// Starts `queue` again.
    pub fn start_queue(&self, queue: &str) -> io::Result<()> {
        self.admin("cupsenable", &[queue])
    }

    /// Lets `queue` take no jobs.
    pub fn close_queue(&self, queue: &str) -> io::Result<()> {
        self.admin("cupsreject", &[queue])
    }

    /// Holds all jobs of `queue` that come from now on.
    pub fn hold_jobs(&self, queue: &str) -> io::Result<()> {
        self.admin("cupsdisable", &["--hold", queue])
    }

    /// Removes `queue`.
    pub fn remove_queue(&self, queue: &str) -> io::Result<()> {
        self.admin("lpadmin", &["-x", queue])
    }

    /// Cancels all jobs, as another program would.
    pub fn cancel_all(&self) -> io::Result<()> {
        self.admin("cancel", &["-a"])
    }

    /// The service's jobs that are not over, as `lpstat` shows them.
    pub fn waiting(&self) -> io::Result<String> {
        let output = self.tool("lpstat").args(["-o"]).output()?;
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// The files that the service keeps of jobs, documents and filters.
    pub fn spooled(&self) -> io::Result<Vec<PathBuf>> {
        let mut found = files(&self.folder.join("spool"))?;
        found.extend(files(&self.folder.join("temp"))?);
        Ok(found)
    }

    /// Starts the service, with the queues and jobs that it had. Returns when it answers.
    pub fn start_service(&mut self) -> io::Result<()> {
        // A copy, since systems confine the original to the files of the system's own service.
        let program = self.folder.join("cupsd");
        if !program.exists() {
            fs::copy("/usr/sbin/cupsd", &program).map_err(|error| {
                io::Error::new(error.kind(), format!("/usr/sbin/cupsd: {error}"))
            })?;
        }
        let mut command = Command::new(&program);
        command
            .arg("-f")
            .arg("-c")
            .arg(self.folder.join("cupsd.conf"))
            .arg("-s")
            .arg(self.folder.join("cups-files.conf"));
        let service = spawn(quiet(command, &self.folder, "service")?)?;
        self.service = Some(Running(service));
        let deadline = Instant::now() + PATIENCE;
        while UnixStream::connect(self.folder.join("cups.sock")).is_err() {
            pause(deadline, "cupsd did not start")?;
        }
        Ok(())
    }

    /// Ends the service at once.
    pub fn kill_service(&mut self) {
        self.service = None;
    }

    /// Stops the service where it is: its socket takes requests, and nobody answers.
    pub fn freeze_service(&self) -> io::Result<()> {
        self.signal_service(Signal::STOP)
    }

    /// Lets a frozen service go on.
    pub fn thaw_service(&self) -> io::Result<()> {
        self.signal_service(Signal::CONT)
    }

    fn signal_service(&self, signal: Signal) -> io::Result<()> {
        let service = self.service.as_ref().ok_or(io::ErrorKind::NotFound)?;
        Ok(kill_process(Pid::from_child(&service.0), signal)?)
    }

    /// The port that the printer has found for itself. Returns when it answers there.
    fn printers_port(&mut self) -> io::Result<u16> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let log = self.printers_log()?;
            let port = log
                .lines()
                .find_map(|it| it.strip_prefix("Listening on port "))
                .and_then(|it| it.trim_end_matches('.').parse().ok());
            if let Some(port) = port.filter(|port| connects(*port)) {
                return Ok(port);
            }
            if let Some(status) = self.printer.0.try_wait()? {
                return Err(io::Error::other(format!("ippeveprinter: {status}: {log}")));
            }
            pause(deadline, "ippeveprinter did not start")?;
        }
    }

    fn admin(&self, program: &str, arguments: &[impl AsRef<str>]) -> io::Result<()> {
        let mut command = self.tool(program);
        command.args(arguments.iter().map(AsRef::as_ref));
        let output = command
            .output()
            .map_err(|error| io::Error::new(error.kind(), format!("{program}: {error}")))?;
        if output.status.success() {
            return Ok(());
        }
        let said = String::from_utf8_lossy(&output.stderr);
        Err(io::Error::other(format!("{program}: {said}")))
    }

    fn tool(&self, program: &str) -> Command {
        // Half of them are in `sbin`, which is not in everybody's path.
        let path = ["/usr/sbin", "/usr/bin"]
            .map(|folder| Path::new(folder).join(program))
            .into_iter()
            .find(|it| it.exists())
            .unwrap_or_else(|| program.into());
        let mut command = Command::new(path);
        command
            .env_clear()
            .envs(self.environment())
            .env("PATH", "/usr/bin:/bin")
            .env("TMPDIR", self.folder.join("run"))
            .stdin(Stdio::null());
        command
    }

    fn write_settings(&self) -> io::Result<()> {
        let (folder, port) = (self.folder.display(), self.port);
        fs::write(
            self.folder.join("cupsd.conf"),
            format!(
                "DirtyCleanInterval 0\n\
                 Listen {folder}/cups.sock\n\
                 Listen 127.0.0.1:{port}\n\
                 LogLevel debug\n\
                 Browsing No\n\
                 DefaultShared No\n\
                 WebInterface No\n\
                 DefaultAuthType None\n\
                 <Location />\nOrder allow,deny\nAllow all\n</Location>\n\
                 <Policy default>\n\
                 JobPrivateAccess default\nJobPrivateValues default\n\
                 <Limit Send-Document Hold-Job Release-Job Cancel-Job CUPS-Get-Document>\n\
                 Require user @OWNER @SYSTEM\nOrder deny,allow\n</Limit>\n\
                 <Limit All>\nOrder deny,allow\n</Limit>\n\
                 </Policy>\n"
            ),
        )?;
        fs::write(
            self.folder.join("cups-files.conf"),
            format!(
                "ServerRoot {folder}/root\n\
                 RequestRoot {folder}/spool\n\
                 TempDir {folder}/temp\n\
                 CacheDir {folder}/cache\n\
                 StateDir {folder}/state\n\
                 Printcap\n\
                 AccessLog {folder}/access.log\n\
                 ErrorLog {folder}/error.log\n\
                 PageLog {folder}/page.log\n"
            ),
        )
    }
}

impl Drop for PrintShop {
    fn drop(&mut self) {
        // The service ends its filters, which it can only do while it lives. Whatever is gone already is what is
        // wanted.
        let _ = self.thaw_service();
        let _ = self.signal_service(Signal::TERM);
        let deadline = Instant::now() + Duration::from_secs(5);
        if let Some(Running(service)) = &mut self.service {
            while matches!(service.try_wait(), Ok(None)) && pause(deadline, "cupsd").is_ok() {}
        }
        let _ = fs::remove_file(self.folder.join("busy"));
    }
}

/// The printer looks for the system's bus, and contents itself with one on which nobody announces it.
fn start_bus(folder: &Path) -> io::Result<(Running, String)> {
    DirBuilder::new().mode(0o700).create(folder.join("run"))?;
    let config = folder.join("bus.conf");
    fs::write(&config, bus_config(folder))?;
    let mut command = Command::new("dbus-daemon");
    command
        .args(["--nofork", "--nopidfile", "--print-address=1"])
        .arg(format!("--config-file={}", config.display()));
    let mut command = quiet(command, folder, "bus")?;
    command.stdout(Stdio::piped());
    let mut bus = Running(spawn(command)?);
    let mut address = String::new();
    if let Some(output) = bus.0.stdout.take() {
        BufReader::new(output).read_line(&mut address)?;
    }
    Ok((bus, address.trim().to_owned()))
}

fn start_printer(folder: &Path, program: &Path, bus: &str) -> io::Result<Running> {
    let mut command = Command::new("/usr/sbin/ippeveprinter");
    command
        .args(["-v", "-v", "-k", "-2", "-r", "off", "-n", "localhost"])
        .args(["-f", "application/pdf,image/pwg-raster"])
        .arg("-d")
        .arg(folder.join("printed"))
        .arg("-c")
        .arg(program)
        .arg("A test's printer");
    let mut command = quiet(command, folder, "printer")?;
    command.env("DBUS_SYSTEM_BUS_ADDRESS", bus);
    Ok(Running(spawn(command)?))
}

/// Nothing of the test's own environment, and what it says into a log.
fn quiet(mut command: Command, folder: &Path, name: &str) -> io::Result<Command> {
    let log = File::create(folder.join(format!("{name}.log")))?;
    command
        .env_clear()
        .env("PATH", "/usr/sbin:/usr/bin:/bin")
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log);
    Ok(command)
}

fn connects(port: u16) -> bool {
    TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok()
}

/// A port that was free a moment ago.
fn free_port() -> io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?
        .local_addr()?
        .port())
}

fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    fs::read_dir(folder)?
        .map(|entry| entry.map(|it| it.path()))
        .collect()
}
