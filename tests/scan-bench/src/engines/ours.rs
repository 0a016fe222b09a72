//! This project's reader.

use code::Reading;
use raster::LumaImage;
use scan::Unattended;

use super::Engine;

pub(super) struct Ours;

impl Engine for Ours {
    fn name(&self) -> &'static str {
        "ours"
    }

    fn read(&mut self, page: &LumaImage, ours: bool) -> Vec<String> {
        if !ours {
            let texts = scan::read_texts(page, &Unattended).unwrap_or_default();
            return texts.iter().map(|text| text.to_string()).collect();
        }
        let Ok(finds) = scan::scan_pixels(page, &Unattended) else {
            return Vec::new();
        };
        let text = |reading| match reading {
            Reading::Code(code) => code.expose().to_owned(),
            Reading::Share(share) => share.expose().to_owned(),
            Reading::Proposal(proposal) => proposal.text().to_owned(),
            Reading::NewerVersion
            | Reading::Unfinished { .. }
            | Reading::TooLong { .. }
            | Reading::Reread(_) => "not a code".to_owned(),
        };
        let codes = finds.codes.iter().map(|found| text(found.code.read()));
        let parts = finds.parts.iter().map(|part| part.to_string());
        codes.chain(parts).collect()
    }
}
