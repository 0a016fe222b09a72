//! What a life is like: how much goes wrong in it, what does, and what its person does most.
//!
//! Lives that are all alike meet the same states over and over. Each life draws a part of the
//! faults and one theme, which makes rare states common in some lives ("swarm testing").

use rand::RngExt as _;
use rand::rngs::StdRng;

use crate::faults::Kind;

/// What a person does most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Nothing more than anything else.
    Any,
    /// Codes: issue, check, use.
    Codes,
    /// Sets of sheets.
    Sets,
    /// Recovery kits.
    Kits,
    /// Recovery pages.
    Pages,
    /// Two-step verification.
    TwoStep,
    /// Passwords and identity.
    Passwords,
    /// Restoring from kits and pages.
    Restores,
    /// Older copies, and records that are doubled.
    Copies,
    /// Codes that end by themselves.
    Timed,
    /// What is typed and not saved.
    Drafts,
}

const THEMES: [Theme; 11] = [
    Theme::Any,
    Theme::Codes,
    Theme::Sets,
    Theme::Kits,
    Theme::Pages,
    Theme::TwoStep,
    Theme::Passwords,
    Theme::Restores,
    Theme::Copies,
    Theme::Timed,
    Theme::Drafts,
];

/// How much more often something of the theme is drawn.
const FAVOUR: u32 = 5;

/// What a life is like.
#[derive(Clone, Debug)]
pub struct Temper {
    /// Acts of a hundred in which something goes wrong.
    pub faults: u32,
    /// Steps of a hundred in which something happens without a program.
    pub happenings: u32,
    /// The faults that acts of this life can meet, in the order of [`Kind::ALL`].
    pub kinds: [bool; Kind::ALL.len()],
    /// What is done most.
    pub theme: Theme,
    /// Whether the life begins with a wallet and a confirmed code.
    pub begins_well: bool,
}

impl Temper {
    /// Draws what a life is like.
    pub fn draw(rng: &mut StdRng) -> Self {
        let faults = match rng.random_range(0..10) {
            0..2 => 4,
            2..5 => 15,
            _ => 40,
        };
        let happenings = match rng.random_range(0..10) {
            0..3 => 10,
            3..7 => 22,
            _ => 35,
        };
        let half = rng.random_bool(0.6);
        let kinds = std::array::from_fn(|_| !half || rng.random_bool(0.5));
        let theme = THEMES[rng.random_range(0..THEMES.len())];
        Self {
            faults,
            happenings,
            kinds,
            theme,
            begins_well: rng.random_bool(0.7),
        }
    }

    /// Whether the life is about this.
    pub fn is(&self, theme: Theme) -> bool {
        self.theme == theme
    }

    /// Picks one of what can be done, by weight. What the life is about weighs more.
    pub fn choose<T: Copy>(&self, rng: &mut StdRng, of: &[(u32, Theme, T)]) -> Option<T> {
        let weight = |theme: Theme, weight: u32| match theme != Theme::Any && self.is(theme) {
            true => weight * FAVOUR,
            false => weight,
        };
        let all: u32 = of.iter().map(|(of, theme, _)| weight(*theme, *of)).sum();
        let mut left = rng.random_range(0..all.max(1));
        for (of, theme, choice) in of {
            let weight = weight(*theme, *of);
            if left < weight {
                return Some(*choice);
            }
            left -= weight;
        }
        None
    }
}
