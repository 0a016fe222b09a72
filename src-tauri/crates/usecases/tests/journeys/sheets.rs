//! Sets of sheets on the desk.

use code::{Reading, SetSize, Share, ShareIndex, Shares, TypedCode};
use usecases::check::{self, Named};
use usecases::confirm::Proof;
use usecases::issue::{self, IssueError, Terms};
use usecases::judge::Tried;
use usecases::life::Life;
use usecases::remake::{self, RemakeError};
use usecases::session::Session;

use crate::desk::{Desk, OLD, asked_of, shown, world};

/// The share of this text.
pub(crate) fn share(text: &str) -> Share {
    match TypedCode::parse(text).unwrap().read() {
        Reading::Share(share) => share,
        _ => panic!("{text} is not a share"),
    }
}

/// The shares of these texts, put together.
pub(crate) fn shares<T: AsRef<str>>(texts: &[T]) -> Shares {
    let mut shares = Shares::default();
    for text in texts {
        shares.add(share(text.as_ref())).unwrap();
    }
    shares
}

/// The code that these sheets give.
pub(crate) fn combined<T: AsRef<str>>(texts: &[T]) -> String {
    let code = shares(texts).combine().ok().unwrap();
    code.expose().to_owned()
}

/// The letters of sheets.
pub(crate) fn letters(text: &str) -> Vec<ShareIndex> {
    text.chars()
        .map(|letter| ShareIndex::from_char(letter).unwrap())
        .collect()
}

impl Desk {
    /// Issues a set, with identity confirmed. Gives its sheets as shown.
    pub(crate) fn issue_set(
        &mut self,
        session: &mut Session,
        needed: u8,
        sheets: u8,
    ) -> Result<Vec<String>, IssueError> {
        self.identity(session, OLD, None).unwrap();
        let set = Some(SetSize::new(needed, sheets).unwrap());
        let terms = Terms {
            life: Life::UntilUsed,
            set,
            kit: None,
            pages: false,
        };
        issue::issue(&mut world!(self), session, &terms, true)?;
        Ok(shown(session))
    }

    /// Keeps every sheet on the screen by its group.
    pub(crate) fn keep_all(&mut self, session: &mut Session) {
        for sheet in 0..session.shown().unwrap().sheets().len() {
            let typed = &asked_of(session, sheet);
            self.keep(session, &Proof::Group { sheet, typed }).unwrap();
        }
        assert!(session.shown().is_none());
    }

    /// Issues a set and keeps each of its sheets.
    pub(crate) fn kept_set(
        &mut self,
        session: &mut Session,
        needed: u8,
        sheets: u8,
    ) -> Vec<String> {
        let texts = self.issue_set(session, needed, sheets).unwrap();
        self.keep_all(session);
        texts
    }

    /// Makes sheets again, with identity as it is. Gives them as shown.
    pub(crate) fn remake<T: AsRef<str>>(
        &mut self,
        session: &mut Session,
        from: &[T],
        wanted: &str,
    ) -> Result<Vec<String>, RemakeError> {
        self.remake_tried(session, &shares(from), wanted, Tried::Counts)
    }

    pub(crate) fn remake_tried(
        &mut self,
        session: &mut Session,
        from: &Shares,
        wanted: &str,
        tried: Tried,
    ) -> Result<Vec<String>, RemakeError> {
        remake::remake(
            &mut world!(self),
            &self.waits,
            session,
            from,
            tried,
            &letters(wanted),
        )?;
        Ok(shown(session))
    }

    /// What the sheets at hand name.
    pub(crate) fn named<T: AsRef<str>>(&mut self, session: &Session, from: &[T]) -> Named {
        let shares = shares(from);
        let (name, needed) = (shares.identifier().unwrap(), shares.threshold().unwrap());
        check::name(&world!(self), session, name, needed).unwrap()
    }
}
