//! A print service (`cupsd`) with two queues and a printer behind them.
//!
//! It listens on a socket in a folder. The user's own print service does not see it, nothing is
//! announced to the network, and it needs no privileges. A program uses it when it is started with
//! [`PrintShop::environment`].

use std::collections::HashMap;
use std::ffi::OsString;
use std::fs::{self, DirBuilder, Permissions};
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use super::ipp_printer::{IppPrinter, Printed};
use super::process::{PATIENCE, Running, logged, pause, spawn};

/// A queue that passes documents on unchanged. It is the default.
pub const DESK: &str = "Desk";

/// A queue that converts documents, like those that a desktop sets up automatically.
pub const HALL: &str = "Hall";

/// A print service and a printer. Dropping it ends both.
pub struct PrintShop {
    service: Option<Running>,
    printer: IppPrinter,
    folder: PathBuf,
    _own: Option<TempDir>,
    /// The port on which the service listens in addition to its socket.
    port: u16,
}

impl PrintShop {
    /// Opens a shop in a temporary folder.
    pub fn open() -> io::Result<Self> {
        let own = tempfile::Builder::new().prefix("shop-").tempdir()?;
        let mut shop = Self::open_in(own.path())?;
        shop._own = Some(own);
        Ok(shop)
    }

    /// Opens a shop in `folder`, which must be empty. Its environment is known in advance:
    /// [`Self::environment_in`].
    pub fn open_in(folder: &Path) -> io::Result<Self> {
        // The service's filters run as another user if the test runs as root.
        fs::set_permissions(folder, Permissions::from_mode(0o711))?;
        for name in ["root", "spool", "temp", "cache", "state"] {
            DirBuilder::new().mode(0o755).create(folder.join(name))?;
        }
        let mut shop = Self {
            service: None,
            printer: IppPrinter::start(folder)?,
            folder: folder.to_owned(),
            _own: None,
            port: free_port()?,
        };
        let port = shop.printer.port()?;
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
        // A common default of desktops: a document that cannot be printed does not stop the queue.
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

    /// The environment of a program that prints here.
    pub fn environment(&self) -> HashMap<&'static str, OsString> {
        Self::environment_in(&self.folder)
    }

    /// The environment of the shop in `folder`, open or not.
    pub fn environment_in(folder: &Path) -> HashMap<&'static str, OsString> {
        HashMap::from([
            ("CUPS_SERVER", folder.join("cups.sock").into()),
            // A folder without `client.conf` and `lpoptions`.
            ("CUPS_SERVERROOT", folder.join("root").into()),
            ("CUPS_USER", "somebody".into()),
        ])
    }

    /// Prepares `command` to print here.
    pub fn apply<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        for name in ["PRINTER", "LPDEST", "IPP_PORT"] {
            command.env_remove(name);
        }
        command.envs(self.environment())
    }

    /// The service's TCP address, a value for `CUPS_SERVER`.
    pub fn loopback(&self) -> String {
        format!("localhost:{}", self.port)
    }

    /// The documents that were printed so far, in order, including one that is being printed.
    pub fn printed(&self) -> io::Result<Vec<Printed>> {
        self.printer.printed()
    }

    /// Keeps the printer at a page until [`Self::let_finish`].
    pub fn keep_busy(&self) -> io::Result<()> {
        self.printer.keep_busy()
    }

    /// Lets the printer finish its page.
    pub fn let_finish(&self) -> io::Result<()> {
        self.printer.let_finish()
    }

    /// Sets the `printer-state-reasons` that a busy printer reports, such as `media-empty` or
    /// `none`.
    pub fn let_say(&self, reason: &str) -> io::Result<()> {
        self.printer.let_say(reason)
    }

    /// The printer's own log.
    pub fn printers_log(&self) -> io::Result<String> {
        self.printer.log()
    }

    /// Stops `queue`: it accepts jobs and does not print them.
    pub fn stop_queue(&self, queue: &str) -> io::Result<()> {
        self.admin("cupsdisable", &[queue])
    }

    /// Starts `queue` again.
    pub fn start_queue(&self, queue: &str) -> io::Result<()> {
        self.admin("cupsenable", &[queue])
    }

    /// Makes `queue` reject jobs.
    pub fn close_queue(&self, queue: &str) -> io::Result<()> {
        self.admin("cupsreject", &[queue])
    }

    /// Holds all new jobs of `queue`.
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

    /// The service's unfinished jobs as `lpstat` lists them.
    pub fn waiting(&self) -> io::Result<String> {
        let output = self.tool("lpstat").args(["-o"]).output()?;
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// The files of jobs, documents and filters that the service keeps.
    pub fn spooled(&self) -> io::Result<Vec<PathBuf>> {
        let mut spooled = files(&self.folder.join("spool"))?;
        spooled.extend(files(&self.folder.join("temp"))?);
        Ok(spooled)
    }

    /// Starts the service with its previous queues and jobs, and waits until it answers.
    pub fn start_service(&mut self) -> io::Result<()> {
        // A copy, because systems confine the original to the files of the system's own service.
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
        let service = spawn(logged(command, &self.folder, "service")?)?;
        self.service = Some(Running(service));
        let deadline = Instant::now() + PATIENCE;
        while UnixStream::connect(self.folder.join("cups.sock")).is_err() {
            pause(deadline, "cupsd did not start")?;
        }
        Ok(())
    }

    /// Kills the service.
    pub fn kill_service(&mut self) {
        self.service = None;
    }

    /// Suspends the service: its socket accepts requests, and nothing answers them.
    pub fn freeze_service(&self) -> io::Result<()> {
        self.signal_service(Signal::STOP)
    }

    /// Resumes a suspended service.
    pub fn thaw_service(&self) -> io::Result<()> {
        self.signal_service(Signal::CONT)
    }

    fn signal_service(&self, signal: Signal) -> io::Result<()> {
        let service = self.service.as_ref().ok_or(io::ErrorKind::NotFound)?;
        Ok(kill_process(Pid::from_child(&service.0), signal)?)
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
        let message = String::from_utf8_lossy(&output.stderr);
        Err(io::Error::other(format!("{program}: {message}")))
    }

    fn tool(&self, program: &str) -> Command {
        // Some are in `sbin`, which is not in every path.
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
        // The service can end its filters only while it runs. Errors mean that it has exited
        // already.
        let _ = self.thaw_service();
        let _ = self.signal_service(Signal::TERM);
        let deadline = Instant::now() + Duration::from_secs(5);
        if let Some(Running(service)) = &mut self.service {
            while matches!(service.try_wait(), Ok(None)) && pause(deadline, "cupsd").is_ok() {}
        }
        let _ = self.printer.let_finish();
    }
}

/// Returns a port that was free a moment ago.
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
