//! Where gathered things go: codes into the field, kits and pages into the restoration.

use crate::entry::{Entry, Field};
use crate::files::{FileProblem, Unread};
use crate::gather::Gathered;
use crate::restoring::Restoring;

/// The result of taking in what was gathered.
pub struct Intake {
    /// The field's state, or the most important news.
    pub field: Field,
    /// The files that gave nothing, other than one that `field` names.
    pub unread: Vec<Unread>,
}

impl Gathered {
    /// Puts codes into `entry`, and kits and pages into `restoring`. Without a restoration, kits
    /// and pages are misplaced, which is reported unless there was a code as well.
    pub fn take_into(self, entry: &mut Entry, restoring: Option<&mut Restoring>) -> Intake {
        let Gathered {
            codes,
            kit_files,
            parts,
            several,
            mut unread,
            restores,
        } = self;
        let misplaced = match (kit_files.is_empty(), parts.is_empty()) {
            (true, true) => None,
            (false, _) => Some(FileProblem::Kit),
            (true, false) => Some(FileProblem::Pages),
        };
        let restored_from = restoring.is_some_and(|restoring| restoring.add(kit_files, &parts));
        let misplaced = misplaced.filter(|_| !restored_from);
        let field = if !codes.is_empty() {
            entry.scanned(codes)
        } else if let Some(several) = several {
            Field::SeveralCodes(several)
        } else if let Some(problem) = misplaced {
            Field::Unread(Unread {
                name: restores,
                problem,
            })
        } else if !restored_from && !unread.is_empty() {
            // Nothing was read at all: the first failure is the news.
            Field::Unread(unread.remove(0))
        } else {
            entry.field()
        };
        Intake { field, unread }
    }
}

#[cfg(test)]
mod tests {
    use kit::KitFileKind;
    use zeroize::Zeroizing;

    use super::*;
    use crate::files::KitFile;
    use crate::gather::gather_sight;
    use crate::testing::{scanned, single};

    fn unread(name: &str, problem: FileProblem) -> Unread {
        Unread {
            name: Some(name.to_owned()),
            problem,
        }
    }

    /// A kit's file that was read, and a file that was not.
    fn kit_and_failure() -> Gathered {
        Gathered {
            kit_files: vec![KitFile {
                kind: KitFileKind::Wallet,
                folder: "stick".into(),
                bytes: vec![1],
            }],
            unread: vec![unread("a.png", FileProblem::NoCode)],
            restores: Some("wallet.age".to_owned()),
            ..Gathered::default()
        }
    }

    fn code() -> Gathered {
        gather_sight(scan::Finds {
            codes: vec![scanned(&single(3))],
            parts: Vec::new(),
        })
    }

    #[test]
    fn a_code_goes_into_the_field() {
        let mut entry = Entry::default();
        let intake = code().take_into(&mut entry, None);
        assert!(matches!(intake.field, Field::Ready { .. }));
        assert!(entry.is_whole());
    }

    #[test]
    fn a_kit_is_misplaced_without_a_restoration() {
        let mut entry = Entry::default();
        let intake = kit_and_failure().take_into(&mut entry, None);
        let misplaced = unread("wallet.age", FileProblem::Kit);
        assert!(matches!(intake.field, Field::Unread(it) if it == misplaced));
        assert_eq!(intake.unread, [unread("a.png", FileProblem::NoCode)]);
        let pages = Gathered {
            parts: vec![Zeroizing::new("UR:BYTES/…".to_owned())],
            ..Gathered::default()
        };
        let field = pages.take_into(&mut entry, None).field;
        assert!(matches!(field, Field::Unread(it) if it.problem == FileProblem::Pages));
    }

    #[test]
    fn a_kit_goes_into_the_restoration_and_leaves_the_field_as_it_is() {
        let (mut entry, mut restoring) = (Entry::default(), Restoring::default());
        let intake = kit_and_failure().take_into(&mut entry, Some(&mut restoring));
        assert!(matches!(intake.field, Field::Empty));
        assert_eq!(intake.unread.len(), 1);
        assert!(restoring.state().wallet);
    }

    #[test]
    fn a_code_hides_that_a_kit_beside_it_is_misplaced() {
        let mut gathered = kit_and_failure();
        gathered.codes = code().codes;
        let intake = gathered.take_into(&mut Entry::default(), None);
        assert!(matches!(intake.field, Field::Ready { .. }));
    }

    #[test]
    fn the_first_failure_is_the_news_where_nothing_was_read() {
        let gathered = Gathered {
            unread: vec![
                unread("a.png", FileProblem::NoCode),
                unread("b.png", FileProblem::Empty),
            ],
            ..Gathered::default()
        };
        let intake = gathered.take_into(&mut Entry::default(), None);
        let first = unread("a.png", FileProblem::NoCode);
        assert!(matches!(intake.field, Field::Unread(it) if it == first));
        assert_eq!(intake.unread, [unread("b.png", FileProblem::Empty)]);
    }
}
