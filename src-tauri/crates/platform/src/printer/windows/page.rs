//! Sends a document to a printer's driver: a device context, and the pages as pixels.

use std::num::NonZeroU8;
use std::ptr;

use usecases::ports::printer::{GreyPage, Paper, PrintError};
use windows_sys::Win32::Graphics::Gdi::{
    BI_RGB, BITMAPINFO, BITMAPINFOHEADER, COLORONCOLOR, CreateDCW, DEVMODEW, DIB_RGB_COLORS,
    DM_COLOR, DM_COPIES, DM_DUPLEX, DM_IN_BUFFER, DM_ORIENTATION, DM_OUT_BUFFER, DM_PAPERSIZE,
    DM_SCALE, DMCOLOR_MONOCHROME, DMDUP_SIMPLEX, DMORIENT_PORTRAIT, DeleteDC, GetDeviceCaps, HDC,
    LOGPIXELSX, LOGPIXELSY, PHYSICALOFFSETX, PHYSICALOFFSETY, RGBQUAD, SRCCOPY, SetStretchBltMode,
    StretchDIBits,
};
use windows_sys::Win32::Graphics::Printing::DocumentPropertiesW;
use windows_sys::Win32::Storage::Xps::{AbortDoc, DOCINFOW, EndDoc, EndPage, StartDocW, StartPage};
use zeroize::Zeroizing;

use super::list::number;
use super::spooler::{OpenPrinter, buffer, failure, wide};

/// Rows sent to the driver in one call: some refuse whole pages at 600 dots per inch.
const STRIP: u32 = 256;

/// A printer's settings for one job, in the driver's format (DEVMODE).
pub(super) struct Mode(Vec<u64>);

impl Mode {
    /// The user's settings, overridden by what a sheet needs: the paper, portrait, one-sided,
    /// monochrome, true size.
    pub(super) fn new(
        printer: &OpenPrinter,
        name: &[u16],
        paper: Paper,
        copies: NonZeroU8,
    ) -> Result<Self, PrintError> {
        let ask = |output: *mut DEVMODEW, input: *const DEVMODEW, flags: u32| {
            // SAFETY: handle and name are valid; the buffers are null or of the size the driver
            // asked for.
            unsafe {
                DocumentPropertiesW(
                    ptr::null_mut(),
                    printer.handle(),
                    name.as_ptr(),
                    output,
                    input,
                    flags,
                )
            }
        };
        let bytes = u32::try_from(ask(ptr::null_mut(), ptr::null(), 0)).map_err(|_| failure())?;
        if (bytes as usize) < size_of::<DEVMODEW>() {
            return Err(PrintError::Failed);
        }
        let mut space = buffer(bytes);
        let mode: *mut DEVMODEW = space.as_mut_ptr().cast();
        if ask(mode, ptr::null(), DM_OUT_BUFFER) < 0 {
            return Err(failure());
        }
        {
            // SAFETY: the driver has filled the aligned buffer, and no other reference to it exists
            // here.
            let mode = unsafe { &mut *mode };
            let supported = mode.dmFields;
            mode.dmFields |= DM_PAPERSIZE | DM_ORIENTATION;
            // SAFETY: a printer's mode uses this variant of the union; both hold plain numbers.
            let page = unsafe { &mut mode.Anonymous1.Anonymous1 };
            page.dmPaperSize = number(paper);
            page.dmOrientation = DMORIENT_PORTRAIT as i16;
            if supported & DM_COPIES != 0 {
                page.dmCopies = copies.get().into();
            }
            if supported & DM_SCALE != 0 {
                page.dmScale = 100;
            }
            if supported & DM_DUPLEX != 0 {
                mode.dmDuplex = DMDUP_SIMPLEX;
            }
            if supported & DM_COLOR != 0 {
                mode.dmColor = DMCOLOR_MONOCHROME;
            }
        }
        // The driver adapts its private settings.
        if ask(mode, mode, DM_IN_BUFFER | DM_OUT_BUFFER) < 0 {
            return Err(failure());
        }
        Ok(Self(space))
    }
}

/// A document that is being sent to the spooler. Dropping it before [`Self::finish`] aborts it.
pub(super) struct Spooling {
    context: HDC,
    job: u32,
    finished: bool,
}

impl Spooling {
    pub(super) fn start(name: &[u16], mode: &Mode, title: &str) -> Result<Self, PrintError> {
        // SAFETY: the name ends with a zero, and the driver has filled the mode.
        let context = unsafe {
            CreateDCW(
                ptr::null(),
                name.as_ptr(),
                ptr::null(),
                mode.0.as_ptr().cast(),
            )
        };
        if context.is_null() {
            return Err(failure());
        }
        let mut spooling = Self {
            context,
            job: 0,
            finished: true,
        };
        let title = wide(title);
        let document = DOCINFOW {
            cbSize: size_of::<DOCINFOW>() as i32,
            lpszDocName: title.as_ptr(),
            lpszOutput: ptr::null(),
            lpszDatatype: ptr::null(),
            fwType: 0,
        };
        // SAFETY: the structure and its title live longer than the call.
        let job = unsafe { StartDocW(context, &document) };
        spooling.job = u32::try_from(job)
            .ok()
            .filter(|it| *it > 0)
            .ok_or_else(failure)?;
        spooling.finished = false;
        // SAFETY: the context is open. The mode keeps rows and columns intact on printers whose
        // dots are not square.
        unsafe { SetStretchBltMode(context, COLORONCOLOR) };
        Ok(spooling)
    }

    /// The job's number in the spooler.
    pub(super) fn job(&self) -> u32 {
        self.job
    }

    fn caps(&self, which: u32) -> i32 {
        // SAFETY: the context is open; the call returns a number.
        unsafe { GetDeviceCaps(self.context, which.cast_signed()) }
    }

    /// Dots per inch, horizontally and vertically.
    pub(super) fn dpi(&self) -> (u32, u32) {
        let dots = |which| u32::try_from(self.caps(which)).unwrap_or(0).max(72);
        (dots(LOGPIXELSX), dots(LOGPIXELSY))
    }

    /// Draws one page of `dpi` dots per inch over the whole sheet of paper.
    pub(super) fn page(&self, page: &GreyPage, dpi: u32) -> Result<(), PrintError> {
        let whole = page.width as usize * page.height as usize;
        if page.pixels.len() != whole || whole == 0 {
            return Err(PrintError::NotDrawn);
        }
        let (horizontal, vertical) = self.dpi();
        let scale = |length: u32, dots: u32| -> i32 {
            i32::try_from(u64::from(length) * u64::from(dots) / u64::from(dpi)).unwrap_or(i32::MAX)
        };
        // The context's origin is that of the printable area; the page starts at the paper's edge.
        let (left, top) = (self.caps(PHYSICALOFFSETX), self.caps(PHYSICALOFFSETY));
        // SAFETY: the document is open.
        check(unsafe { StartPage(self.context) })?;
        let mut row = 0;
        while row < page.height {
            let rows = STRIP.min(page.height - row);
            let strip = Strip::new(page, row, rows);
            let (from, to) = (scale(row, vertical), scale(row + rows, vertical));
            strip.draw(
                self.context,
                (-left, from - top),
                (scale(page.width, horizontal), to - from),
            )?;
            row += rows;
        }
        // SAFETY: the page is open.
        check(unsafe { EndPage(self.context) })
    }

    /// Completes the document and returns the job's number.
    pub(super) fn finish(mut self) -> Result<u32, PrintError> {
        // SAFETY: the document is open and no page is.
        check(unsafe { EndDoc(self.context) })?;
        self.finished = true;
        Ok(self.job)
    }
}

impl Drop for Spooling {
    fn drop(&mut self) {
        // SAFETY: the context is open and is deleted once; an open document is aborted first.
        unsafe {
            if !self.finished {
                AbortDoc(self.context);
            }
            DeleteDC(self.context);
        }
    }
}

fn check(result: i32) -> Result<(), PrintError> {
    if result > 0 { Ok(()) } else { Err(failure()) }
}

/// Some rows of a page as a bitmap of 256 greys.
struct Strip {
    info: BitmapInfo,
    /// Rows from the bottom up, each padded to four bytes: the only order that every driver
    /// supports. Wiped when dropped.
    rows: Zeroizing<Vec<u8>>,
}

/// `BITMAPINFO` with a full palette.
#[repr(C)]
struct BitmapInfo {
    header: BITMAPINFOHEADER,
    greys: [RGBQUAD; 256],
}

impl Strip {
    fn new(page: &GreyPage, first: u32, count: u32) -> Self {
        let width = page.width as usize;
        let stride = width.next_multiple_of(4);
        let mut rows = Zeroizing::new(vec![0xff; stride * count as usize]);
        let source = page.pixels.chunks_exact(width).skip(first as usize);
        for (to, from) in rows.chunks_exact_mut(stride).rev().zip(source) {
            to[..width].copy_from_slice(from);
        }
        let mut greys = [RGBQUAD::default(); 256];
        for (grey, level) in greys.iter_mut().zip(0..=u8::MAX) {
            (grey.rgbRed, grey.rgbGreen, grey.rgbBlue) = (level, level, level);
        }
        let header = BITMAPINFOHEADER {
            biSize: size_of::<BITMAPINFOHEADER>() as u32,
            biWidth: page.width.cast_signed(),
            biHeight: count.cast_signed(),
            biPlanes: 1,
            biBitCount: 8,
            biCompression: BI_RGB,
            biClrUsed: 256,
            ..Default::default()
        };
        Self {
            info: BitmapInfo { header, greys },
            rows,
        }
    }

    fn draw(&self, context: HDC, to: (i32, i32), size: (i32, i32)) -> Result<(), PrintError> {
        let header = &self.info.header;
        let info: *const BITMAPINFO = (&raw const self.info).cast();
        // SAFETY: header, palette and rows are consistent and outlive the call.
        let drawn = unsafe {
            StretchDIBits(
                context,
                to.0,
                to.1,
                size.0,
                size.1,
                0,
                0,
                header.biWidth,
                header.biHeight,
                self.rows.as_ptr().cast(),
                info,
                DIB_RGB_COLORS,
                SRCCOPY,
            )
        };
        // Zero rows is not a failure: the strip may be outside the printable area.
        if drawn < 0 { Err(failure()) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strip_is_flipped_and_padded() {
        let page = GreyPage {
            width: 3,
            height: 3,
            pixels: Zeroizing::new((1..=9).collect()),
        };
        let strip = Strip::new(&page, 1, 2);
        assert_eq!(**strip.rows, [7, 8, 9, 0xff, 4, 5, 6, 0xff]);
        assert_eq!(strip.info.header.biHeight, 2);
        assert_eq!(strip.info.greys[200].rgbGreen, 200);
        assert_eq!(
            size_of::<BitmapInfo>(),
            size_of::<BITMAPINFOHEADER>() + 4 * 256,
            "the palette follows immediately"
        );
    }
}
