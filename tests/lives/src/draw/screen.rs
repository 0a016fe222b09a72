//! What is done while a code is shown.

use std::sync::Arc;

use rand::RngExt as _;
use rand::rngs::StdRng;

use super::temper::Theme;
use super::{WRONG, pick};
use crate::belief::{OnScreen, Open};
use crate::life::Life;
use crate::task::{Shows, Task};

#[derive(Clone, Copy)]
enum Wish {
    Group,
    Paper,
    CopyDown,
    Uncover,
    LockTheRest,
    Discard,
    Identity,
    Pages,
}

const WISHES: [(u32, Theme, Wish); 8] = [
    (36, Theme::Any, Wish::Group),
    (8, Theme::Codes, Wish::Paper),
    (10, Theme::Any, Wish::CopyDown),
    (8, Theme::Passwords, Wish::Uncover),
    (6, Theme::Passwords, Wish::LockTheRest),
    (6, Theme::Codes, Wish::Discard),
    (8, Theme::Any, Wish::Identity),
    (18, Theme::Pages, Wish::Pages),
];

impl Life {
    pub(super) fn at_screen(
        &self,
        rng: &mut StdRng,
        at: usize,
        open: &Open,
        screen: &OnScreen,
    ) -> Task {
        let facts = self.oracle.codes.get(&screen.code);
        match self.temper.choose(rng, &WISHES).unwrap_or(Wish::Group) {
            Wish::Paper => match facts {
                Some(facts) if facts.needed > 0 => {
                    let sheet = pick(rng, &facts.sheets);
                    sheet.map_or(Task::Look, |it| Task::Keep(Shows::Share(it)))
                }
                Some(facts) => Task::Keep(Shows::Whole(Arc::clone(&facts.text))),
                None => Task::Look,
            },
            Wish::CopyDown => Task::CopyDown,
            Wish::Uncover => Task::Uncover {
                password: match rng.random_range(0..100) < 90 {
                    true => open.mine.password,
                    false => WRONG,
                },
                digits: None,
            },
            Wish::LockTheRest => Task::LockAllButShown,
            Wish::Discard => Task::Discard,
            Wish::Identity => self.identity(rng, at, open, false),
            Wish::Pages if screen.pages => Task::Pages,
            Wish::Group | Wish::Pages => Task::Keep(Shows::Group {
                sheet: rng.random_range(0..screen.sheets.max(1)),
                right: !rng.random_bool(0.1),
            }),
        }
    }
}
