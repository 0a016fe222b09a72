//! All kinds of sheets, with constant sample codes.
#![allow(dead_code, reason = "each test program uses a part")]

use code::{BackupCode, Reading, Share, TypedCode};
use sheet::{Carries, Language, LocalTime, Paper, Reach, Sheet, Validity};

/// From `tests/vectors/code.json`, like the first share.
const CODE: &str = "0A0JCS6X88NCTKVWEGNU690QKTQL6PKHA7VC7TQTKFGPDG7ZMX7NT5PMV0T9";
const SHARE: &str = "2HCY6CZG39NFXCMRE3YTNS7AWKWH6PTVZU9509ZKLN0YWGRLF68YPCFPA6C7";
const OF_MANY: &str = "9CMCHFKPNV7H47W8U39WF94XY6J4XQWGG2C7P6ACXE5P6ALS5GMY4YH0PTXW";

/// 3 May 2026, 14:12 at UTC+02:00.
pub(crate) const MADE: LocalTime = LocalTime {
    unix: 1_777_810_320,
    offset_seconds: 7_200,
};

pub(crate) const LANGUAGES: [Language; 2] = [Language::English, Language::German];
pub(crate) const PAPERS: [Paper; 2] = [Paper::A4, Paper::Letter];
pub(crate) const REACHES: [Reach; 4] = [
    Reach::ThisComputer,
    reach(true, false),
    reach(false, true),
    reach(true, true),
];
pub(crate) const EMAIL: &str = "anna@example.org";
pub(crate) const LABEL: &str = "Savings, 2nd drawer";

pub(crate) const fn reach(kit: bool, pages: bool) -> Reach {
    Reach::OtherComputers { kit, pages }
}

/// What a sample sheet carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Carried {
    Code,
    /// Share `C` of three, any two of which restore the code.
    Share,
    /// Share `F` of 31, any nine of which restore the code.
    OfMany,
}

impl Carried {
    /// The 60 characters.
    pub(crate) fn text(self) -> &'static str {
        match self {
            Carried::Code => CODE,
            Carried::Share => SHARE,
            Carried::OfMany => OF_MANY,
        }
    }
}

/// The sample codes.
pub(crate) struct Samples {
    code: BackupCode,
    share: Share,
    of_many: Share,
}

impl Samples {
    pub(crate) fn read() -> Self {
        let share = |text| match TypedCode::parse(text).unwrap().read() {
            Reading::Share(share) => share,
            _ => panic!("{text} is not a share"),
        };
        let Reading::Code(code) = TypedCode::parse(CODE).unwrap().read() else {
            panic!("{CODE} is not a code");
        };
        Samples {
            code,
            share: share(SHARE),
            of_many: share(OF_MANY),
        }
    }
}

/// A kind of sheet.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Variant {
    pub(crate) carried: Carried,
    pub(crate) language: Language,
    pub(crate) paper: Paper,
    pub(crate) reach: Reach,
    /// Valid until 16:12 of that day, otherwise until used.
    pub(crate) timed: bool,
    pub(crate) wallet: Option<&'static str>,
}

impl Variant {
    pub(crate) fn sheet<'a>(&self, samples: &'a Samples) -> Sheet<'a> {
        Sheet {
            carries: match self.carried {
                Carried::Code => Carries::Code(&samples.code),
                Carried::Share => Carries::Share {
                    share: &samples.share,
                    sheets: 3,
                },
                Carried::OfMany => Carries::Share {
                    share: &samples.of_many,
                    sheets: 31,
                },
            },
            wallet: self.wallet,
            made: MADE,
            validity: if self.timed {
                Validity::Until(LocalTime {
                    unix: MADE.unix + 7_200,
                    ..MADE
                })
            } else {
                Validity::UntilUsed
            },
            reach: self.reach,
            language: self.language,
            paper: self.paper,
        }
    }

    /// A file name without extension.
    pub(crate) fn name(&self) -> String {
        let language = match self.language {
            Language::English => "en",
            Language::German => "de",
        };
        let paper = match self.paper {
            Paper::A4 => "a4",
            Paper::Letter => "letter",
        };
        let carried = match self.carried {
            Carried::Code => "code",
            Carried::Share => "share",
            Carried::OfMany => "of-many",
        };
        let reach = match self.reach {
            Reach::ThisComputer => "here",
            Reach::OtherComputers {
                kit: true,
                pages: false,
            } => "kit",
            Reach::OtherComputers { kit: false, .. } => "pages",
            Reach::OtherComputers { .. } => "kit-pages",
        };
        let time = if self.timed { "timed" } else { "lasting" };
        let wallet = match self.wallet {
            None => "unnamed",
            Some(EMAIL) => "email",
            Some(_) => "label",
        };
        [language, paper, carried, reach, time, wallet].join("-")
    }
}
