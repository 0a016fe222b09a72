//! A document on its way to a printer's driver: a device context, and pages as pixels in it.

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
use super::spooler::{Open, buffer, failure, wide};

/// Rows given to the driver at once: some refuse whole pages of 600 dots an inch.
const STRIP: u32 = 256;

/// A printer's settings for one job, in the driver's own form.
pub(super) struct Mode(Vec<u64>);

impl Mode {
    /// The person's settings, with what a sheet needs put over them: the paper, upright, one side, black, true size.
    pub(super) fn new(
        printer: &Open,
        name: &[u16],
        paper: Paper,
        copies: NonZeroU8,
    ) -> Result<Self, PrintError> {
        let ask = |output: *mut DEVMODEW, input: *const DEVMODEW, what: u32| {
            // SAFETY: printer and name are this call's; the buffers are null or as long as the driver asked.
            unsafe {
                DocumentPropertiesW(
                    ptr::null_mut(),
                    printer.handle(),
                    name.as_ptr(),
                    output,
                    input,
                    what,
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
            // SAFETY: the driver has filled it, it is aligned, and nothing else refers to it here.
            let mode = unsafe { &mut *mode };
            let known = mode.dmFields;
            mode.dmFields |= DM_PAPERSIZE | DM_ORIENTATION;
            // SAFETY: a printer's mode holds this side of the union; both are plain numbers.
            let page = unsafe { &mut mode.Anonymous1.Anonymous1 };
            page.dmPaperSize = number(paper);
            page.dmOrientation = DMORIENT_PORTRAIT as i16;
            if known & DM_COPIES != 0 {
                page.dmCopies = copies.get().into();
            }
            if known & DM_SCALE != 0 {
                page.dmScale = 100;
            }
            if known & DM_DUPLEX != 0 {
                mode.dmDuplex = DMDUP_SIMPLEX;
            }
            if known & DM_COLOR != 0 {
                mode.dmColor = DMCOLOR_MONOCHROME;
            }
        }
        // The driver makes its own settings agree with those.
        if ask(mode, mode, DM_IN_BUFFER | DM_OUT_BUFFER) < 0 {
            return Err(failure());
        }
        Ok(Self(space))
    }
}

/// A document that is being given to the spooler. Dropped before [`Self::finish`] it is taken back.
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
        // SAFETY: the context is open. A printer whose dots are not square needs rows and columns left as they are.
        unsafe { SetStretchBltMode(context, COLORONCOLOR) };
        Ok(spooling)
    }

    /// The spooler's number of the job.
    pub(super) fn job(&self) -> u32 {
        self.job
    }

    fn caps(&self, which: u32) -> i32 {
        // SAFETY: the context is open; it gives a number.
        unsafe { GetDeviceCaps(self.context, which.cast_signed()) }
    }

    /// Dots an inch, across and down.
    pub(super) fn dpi(&self) -> (u32, u32) {
        let dots = |which| u32::try_from(self.caps(which)).unwrap_or(0).max(72);
        (dots(LOGPIXELSX), dots(LOGPIXELSY))
    }

    /// Draws one page, which has `dpi` dots an inch, over the whole sheet of paper.
    pub(super) fn page(&self, page: &GreyPage, dpi: u32) -> Result<(), PrintError> {
        let whole = page.width as usize * page.height as usize;
        if page.pixels.len() != whole || whole == 0 {
            return Err(PrintError::NotDrawn);
        }
        let (across, down) = self.dpi();
        let scale = |length: u32, dots: u32| -> i32 {
            i32::try_from(u64::from(length) * u64::from(dots) / u64::from(dpi)).unwrap_or(i32::MAX)
        };
        // The context begins where the printer can print, and the page where the paper does.
        let (left, top) = (self.caps(PHYSICALOFFSETX), self.caps(PHYSICALOFFSETY));
        // SAFETY: a document is begun.
        check(unsafe { StartPage(self.context) })?;
        let mut row = 0;
        while row < page.height {
            let rows = STRIP.min(page.height - row);
            let strip = Strip::new(page, row, rows);
            let (from, to) = (scale(row, down), scale(row + rows, down));
            strip.draw(
                self.context,
                (-left, from - top),
                (scale(page.width, across), to - from),
            )?;
            row += rows;
        }
        // SAFETY: a page is begun.
        check(unsafe { EndPage(self.context) })
    }

    /// Gives the document to the spooler as a whole.
    pub(super) fn finish(mut self) -> Result<u32, PrintError> {
        // SAFETY: a document is begun and no page is open.
        check(unsafe { EndDoc(self.context) })?;
        self.finished = true;
        Ok(self.job)
    }
}

impl Drop for Spooling {
    fn drop(&mut self) {
        // SAFETY: the context is open and is closed once; where a document is open it is taken back first.
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
    info: Info,
    /// Rows from the bottom, each filled up to whole words: the one order that every driver knows. Wiped when
    /// dropped.
    rows: Zeroizing<Vec<u8>>,
}

/// `BITMAPINFO` with its whole palette.
#[repr(C)]
struct Info {
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
            info: Info { header, greys },
            rows,
        }
    }

    fn draw(&self, context: HDC, to: (i32, i32), size: (i32, i32)) -> Result<(), PrintError> {
        let header = &self.info.header;
        let info: *const BITMAPINFO = (&raw const self.info).cast();
        // SAFETY: header, palette and rows agree with each other, and live longer than the call.
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
        // Zero rows is no failure where the strip lies outside what the printer can print.
        if drawn < 0 { Err(failure()) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strip_is_turned_over_and_filled_up() {
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
            size_of::<Info>(),
            size_of::<BITMAPINFOHEADER>() + 4 * 256,
            "the palette follows at once"
        );
    }
}
