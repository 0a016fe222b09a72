//! Real power losses of a real file system: ext4 on a loop device stops at a random moment without
//! writing its journal (`EXT4_IOC_SHUTDOWN`), is mounted again, and the program is started on it.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use rand::RngExt as _;
use serde_json::Deserializer;

use super::judge::{Whole, judge};
use super::known::Known;
use super::script::{DISK, KIT_FOLDERS, NOTEBOOK};
use super::tally::Tally;
use crate::person::{Told, words};

/// Bytes of the file system: small, so that it is made quickly.
const SIZE: u64 = 64 << 20;

/// Waits for a line, then stops the file system of a folder without writing its journal.
const STOP: &str = "import fcntl, os, struct, sys\n\
    folder = os.open(sys.argv[1], os.O_RDONLY)\n\
    print('ready', flush=True)\n\
    sys.stdin.readline()\n\
    fcntl.ioctl(folder, 0x8004587D, struct.pack('I', 2))\n";

/// Stops the file system `times` times, and prints what was found. Needs root.
pub(crate) fn shut_down(times: u64) -> Told<bool> {
    let folder = tempfile::tempdir().map_err(words)?;
    let mut disk = Ext4::make(folder.path())?;
    disk.begin()?;
    let started = Instant::now();
    if !disk.start_script()?.wait().map_err(words)?.success() {
        return Err("the script fails".to_owned());
    }
    let whole = started.elapsed();
    println!("the script takes {} ms", whole.as_millis());
    let mut random = platform::random::system_random().map_err(words)?;
    let mut tally = Tally::default();
    for time in 0..times {
        let moment = random.random_range(Duration::ZERO..whole);
        let known = disk.stop_after(moment)?;
        match judge(&disk.mounted, &known) {
            Ok(Whole::Old) => tally.old += 1,
            Ok(Whole::New) => tally.new += 1,
            Err(lost) => {
                tally.lost.insert(time, lost);
            }
        }
    }
    Ok(tally.close(times))
}

/// The file system, mounted.
struct Ext4 {
    folder: PathBuf,
    mounted: PathBuf,
}

impl Ext4 {
    fn make(folder: &Path) -> Told<Self> {
        let image = folder.join("image");
        let file = fs::File::create(&image).map_err(words)?;
        file.set_len(SIZE).map_err(words)?;
        run(Command::new("mkfs.ext4").arg("-q").arg(&image))?;
        let mounted = folder.join(DISK);
        fs::create_dir(&mounted).map_err(words)?;
        let folder = folder.to_owned();
        let disk = Self { folder, mounted };
        disk.mount()?;
        Ok(disk)
    }

    /// Mounts it so that a rename does not write the file's bytes by itself, as other file systems
    /// do not either.
    fn mount(&self) -> Told<()> {
        let mut mount = Command::new("mount");
        mount.args(["-o", "loop,data=writeback,noauto_da_alloc"]);
        run(mount.arg(self.folder.join("image")).arg(&self.mounted))
    }

    fn unmount(&self) -> Told<()> {
        run(Command::new("umount").arg(&self.mounted))
    }

    /// Removes what the last run left, and puts the folders for kits there, durably.
    fn begin(&mut self) -> Told<()> {
        for name in ["home"].into_iter().chain(KIT_FOLDERS) {
            let path = self.mounted.join(name);
            if path.exists() {
                fs::remove_dir_all(&path).map_err(words)?;
            }
        }
        for name in KIT_FOLDERS {
            fs::create_dir(self.mounted.join(name)).map_err(words)?;
        }
        fs::write(self.folder.join(NOTEBOOK), b"").map_err(words)?;
        run(Command::new("sync").arg("-f").arg(&self.mounted))
    }

    fn start_script(&self) -> Told<Child> {
        let mut command = Command::new(std::env::current_exe().map_err(words)?);
        command
            .arg("script")
            .arg(&self.folder)
            .stderr(Stdio::null());
        command.spawn().map_err(words)
    }

    /// Runs the script, stops the file system meanwhile, and mounts it again. Returns what the
    /// person knows.
    fn stop_after(&mut self, moment: Duration) -> Told<Known> {
        self.begin()?;
        let mut stop = Command::new("python3")
            .args(["-c", STOP])
            .arg(&self.mounted)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(words)?;
        let (orders, output) = (stop.stdin.take(), stop.stdout.take());
        let mut ready = String::new();
        let mut output = BufReader::new(output.ok_or("no pipe")?);
        output.read_line(&mut ready).map_err(words)?;
        let mut script = self.start_script()?;
        sleep(moment);
        let mut orders = orders.ok_or("no pipe")?;
        orders.write_all(b"\n").map_err(words)?;
        if !stop.wait().map_err(words)?.success() {
            return Err("the file system does not stop".to_owned());
        }
        // Its next write fails, so it ends by itself.
        script.wait().map_err(words)?;
        self.unmount()?;
        self.mount()?;
        let notebook = fs::read(self.folder.join(NOTEBOOK)).map_err(words)?;
        let mut known = Known::default();
        for line in Deserializer::from_slice(&notebook).into_iter() {
            known.take(line.map_err(words)?);
        }
        Ok(known)
    }
}

impl Drop for Ext4 {
    fn drop(&mut self) {
        // The folder around it is removed next, and cannot be while it is mounted.
        let _ = self.unmount();
    }
}

fn run(command: &mut Command) -> Told<()> {
    let output = command.output().map_err(words)?;
    match output.status.success() {
        true => Ok(()),
        false => Err(format!(
            "{command:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        )),
    }
}
