//! The user's printers: those of this computer and connections to shared ones.

use std::num::NonZeroU8;
use std::ptr;

use usecases::ports::printer::{
    Connection, Paper, PrintError, PrinterId, PrinterInfo, PrinterState,
};
use windows_sys::Win32::Graphics::Gdi::{DEVMODEW, DM_PAPERSIZE, DMPAPER_A4, DMPAPER_LETTER};
use windows_sys::Win32::Graphics::Printing::{
    EnumPrintersW, GetDefaultPrinterW, PRINTER_ATTRIBUTE_NETWORK, PRINTER_ATTRIBUTE_WORK_OFFLINE,
    PRINTER_ENUM_CONNECTIONS, PRINTER_ENUM_LOCAL, PRINTER_INFO_2W, PRINTER_STATUS_BUSY,
    PRINTER_STATUS_PENDING_DELETION, PRINTER_STATUS_PRINTING, PRINTER_STATUS_PROCESSING,
};
use windows_sys::Win32::Storage::Xps::{
    DC_COPIES, DC_DUPLEX, DC_PAPERS, DeviceCapabilitiesW, PRINTER_DEVICE_CAPABILITIES,
};

use super::spooler::{buffer, failure, printer_problem, text, wide};
use crate::printer::patience::Patience;

/// Lists all printers. Windows offers no time limit for this call.
pub(in crate::printer) fn printers(_patience: &Patience) -> Result<Vec<PrinterInfo>, PrintError> {
    let default = default_printer();
    let flags = PRINTER_ENUM_LOCAL | PRINTER_ENUM_CONNECTIONS;
    let mut space = buffer(0);
    loop {
        let (mut needed, mut count) = (0, 0);
        let bytes = u32::try_from(space.len() * 8).map_err(|_| PrintError::Failed)?;
        // SAFETY: the buffer has that many bytes and is aligned for the structure; the other
        // pointers are local.
        let done = unsafe {
            EnumPrintersW(
                flags,
                ptr::null(),
                2,
                space.as_mut_ptr().cast(),
                bytes,
                &mut needed,
                &mut count,
            )
        };
        if done == 0 {
            if needed <= bytes {
                return Err(failure());
            }
            space = buffer(needed);
            continue;
        }
        let first: *const PRINTER_INFO_2W = space.as_ptr().cast();
        let printers = (0..count as usize).filter_map(|index| {
            // SAFETY: the spooler has written `count` structures and their strings into the buffer.
            unsafe { read(&*first.add(index), default.as_deref()) }
        });
        return Ok(printers.collect());
    }
}

fn default_printer() -> Option<String> {
    let mut length = 0;
    // SAFETY: it only returns the length of the name.
    unsafe { GetDefaultPrinterW(ptr::null_mut(), &mut length) };
    let mut name = vec![0_u16; length as usize + 1];
    // SAFETY: the buffer is longer than the name.
    if unsafe { GetDefaultPrinterW(name.as_mut_ptr(), &mut length) } == 0 {
        return None;
    }
    // SAFETY: the last unit is always zero.
    unsafe { text(name.as_ptr()) }
}

/// # Safety
/// The structure's pointers are null or valid, as the spooler writes them.
unsafe fn read(printer: &PRINTER_INFO_2W, default: Option<&str>) -> Option<PrinterInfo> {
    // SAFETY: the caller guarantees it for each of them.
    let (name, port, location, mode) = unsafe {
        (
            text(printer.pPrinterName)?,
            text(printer.pPortName).unwrap_or_default(),
            text(printer.pLocation),
            printer.pDevMode.as_ref(),
        )
    };
    let device = Device {
        name: wide(&name),
        port: wide(&port),
    };
    Some(PrinterInfo {
        is_default: default == Some(name.as_str()),
        state: state(printer.Status, printer.Attributes),
        connection: connection(&name, &port, printer.Attributes),
        copies_max: device.copies_max(),
        two_sided: device.capability(DC_DUPLEX) == Some(1),
        papers: device.papers(),
        paper: mode.and_then(paper_of),
        id: PrinterId(name.clone()),
        name,
        location,
    })
}

fn state(status: u32, attributes: u32) -> PrinterState {
    use usecases::ports::printer::Problem;

    if status & PRINTER_STATUS_PENDING_DELETION != 0 {
        return PrinterState::NotAccepting;
    }
    if attributes & PRINTER_ATTRIBUTE_WORK_OFFLINE != 0 {
        return PrinterState::Stopped(Problem::Offline);
    }
    let busy = PRINTER_STATUS_PRINTING | PRINTER_STATUS_PROCESSING | PRINTER_STATUS_BUSY;
    match printer_problem(status) {
        Some(problem) => PrinterState::Stopped(problem),
        None if status & busy != 0 => PrinterState::Printing,
        None => PrinterState::Ready,
    }
}

/// Where a printer sends the document, by the port names of Windows's own port monitors.
fn connection(name: &str, port: &str, attributes: u32) -> Connection {
    let port = port.to_ascii_uppercase();
    let begins = |words: &[&str]| words.iter().any(|it| port.starts_with(it));
    if begins(&["PORTPROMPT", "FILE:", "NUL", "XPS", "SHRFAX"]) || port.contains(":\\") {
        Connection::File
    } else if attributes & PRINTER_ATTRIBUTE_NETWORK != 0
        || name.starts_with("\\\\")
        || begins(&["IP_", "WSD", "HTTP", "\\\\"])
        || port
            .split('.')
            .filter(|it| it.parse::<u8>().is_ok())
            .count()
            == 4
    {
        Connection::Network
    } else if begins(&["USB", "LPT", "COM", "DOT4"]) {
        Connection::Cable
    } else {
        Connection::Unknown
    }
}

/// The number of a paper in DEVMODE.
pub(super) fn number(paper: Paper) -> i16 {
    match paper {
        Paper::A4 => DMPAPER_A4 as i16,
        Paper::Letter => DMPAPER_LETTER as i16,
    }
}

fn paper_of(mode: &DEVMODEW) -> Option<Paper> {
    // SAFETY: a printer's mode uses this variant of the union; both hold plain numbers.
    let size = unsafe { mode.Anonymous1.Anonymous1.dmPaperSize };
    [Paper::A4, Paper::Letter]
        .into_iter()
        .find(|it| mode.dmFields & DM_PAPERSIZE != 0 && number(*it) == size)
}

/// The driver of a printer, for queries of its capabilities.
pub(super) struct Device {
    pub(super) name: Vec<u16>,
    pub(super) port: Vec<u16>,
}

impl Device {
    fn capability(&self, which: PRINTER_DEVICE_CAPABILITIES) -> Option<u32> {
        // SAFETY: both names end with a zero; without a buffer it only returns a number.
        let number = unsafe {
            DeviceCapabilitiesW(
                self.name.as_ptr(),
                self.port.as_ptr(),
                which,
                ptr::null_mut(),
                ptr::null(),
            )
        };
        u32::try_from(number).ok()
    }

    pub(super) fn copies_max(&self) -> NonZeroU8 {
        let most = self.capability(DC_COPIES).unwrap_or(1).min(u8::MAX.into());
        u8::try_from(most)
            .ok()
            .and_then(NonZeroU8::new)
            .unwrap_or(NonZeroU8::MIN)
    }

    fn papers(&self) -> Vec<Paper> {
        let count = self.capability(DC_PAPERS).unwrap_or(0) as usize;
        // Spare room for papers that were added since.
        let mut numbers = vec![0_u16; count + 64];
        // SAFETY: the buffer is larger than the driver has just asked for.
        let written = unsafe {
            DeviceCapabilitiesW(
                self.name.as_ptr(),
                self.port.as_ptr(),
                DC_PAPERS,
                numbers.as_mut_ptr(),
                ptr::null(),
            )
        };
        if count == 0 || written <= 0 {
            return vec![Paper::A4, Paper::Letter];
        }
        let has = |paper: &Paper| numbers.contains(&number(*paper).cast_unsigned());
        [Paper::A4, Paper::Letter].into_iter().filter(has).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_tells_where_the_document_goes() {
        for (name, port, expected) in [
            ("Laser", "USB001", Connection::Cable),
            ("Laser", "LPT1:", Connection::Cable),
            ("Laser", "192.168.1.7", Connection::Network),
            ("Laser", "IP_192.168.1.7", Connection::Network),
            ("\\\\server\\Laser", "", Connection::Network),
            ("Microsoft Print to PDF", "PORTPROMPT:", Connection::File),
            ("Old", "C:\\out.prn", Connection::File),
            ("Other", "XYZ", Connection::Unknown),
        ] {
            assert_eq!(connection(name, port, 0), expected, "{port}");
        }
    }

    #[test]
    fn the_spooler_lists_printers_or_reports_why_not() {
        match printers(&Patience::default()) {
            Ok(printers) => assert!(printers.iter().all(|it| !it.name.is_empty())),
            Err(error) => assert_eq!(error, PrintError::NoService),
        }
    }
}
