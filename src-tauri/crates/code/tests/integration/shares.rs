//! Sets of shares: any k of them restore the code, and shares that do not belong are rejected.

use code::{
    BackupCode, Reading, SetSize, Share, ShareError, ShareIndex, Shares, Threshold, TooFew,
    TypedCode,
};
use proptest::prelude::*;
use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::index;
use subtle::ConstantTimeEq;

fn set(seed: u64, needed: u8, sheets: u8) -> (BackupCode, Vec<Share>) {
    let mut rng = StdRng::seed_from_u64(seed);
    let size = SetSize::new(needed, sheets).unwrap();
    BackupCode::generate_set(&mut rng, &|_| false, size)
}

fn copy_of(share: &Share) -> Share {
    read(share.expose())
}

fn read(text: &str) -> Share {
    match TypedCode::parse(text).unwrap().read() {
        Reading::Share(share) => share,
        _ => panic!("not a share"),
    }
}

fn gather<'a>(shares: impl IntoIterator<Item = &'a Share>) -> Shares {
    let mut gathered = Shares::default();
    for share in shares {
        gathered.add(copy_of(share)).unwrap();
    }
    gathered
}

fn index_of(character: char) -> ShareIndex {
    ShareIndex::from_char(character).unwrap()
}

#[test]
fn any_k_shares_restore_the_code_and_all_shares_for_every_set_size() {
    for needed in 2..=9 {
        for sheets in needed..=31 {
            let seed = u64::from(needed) * 100 + u64::from(sheets);
            let (code, shares) = set(seed, needed, sheets);
            assert_eq!(shares.len(), usize::from(sheets));
            assert_eq!(code.threshold(), Threshold::Of(needed));
            let order: Vec<_> = shares.iter().map(Share::index).collect();
            let expected: Vec<_> = ShareIndex::in_order().take(usize::from(sheets)).collect();
            assert_eq!(order, expected);
            for share in &shares {
                assert_eq!(share.identifier(), code.identifier());
                assert_eq!(share.threshold(), code.threshold());
            }
            let mut rng = StdRng::seed_from_u64(seed);
            for _ in 0..3 {
                let chosen = index::sample(&mut rng, shares.len(), usize::from(needed));
                let chosen: Vec<_> = chosen.iter().map(|at| &shares[at]).collect();
                let gathered = gather(chosen);
                assert_eq!(gathered.missing(), 0);
                let combined = gathered.combine().unwrap();
                assert!(bool::from(combined.ct_eq(&code)), "{needed} of {sheets}");
                for share in &shares {
                    let made = gathered.derive(share.index()).unwrap();
                    assert!(bool::from(made.ct_eq(share)), "{needed} of {sheets}");
                }
            }
        }
    }
}

proptest! {
    #[test]
    fn any_k_shares_restore_every_other_share_as_issued(
        seed: u64,
        (needed, sheets) in (2..=9u8).prop_flat_map(|k| (Just(k), k..=31)),
    ) {
        let (code, shares) = set(seed, needed, sheets);
        let mut rng = StdRng::seed_from_u64(seed);
        let chosen = index::sample(&mut rng, shares.len(), usize::from(needed));
        let gathered = gather(chosen.iter().map(|at| &shares[at]));
        prop_assert!(bool::from(gathered.combine().unwrap().ct_eq(&code)));
        for share in &shares {
            let made = gathered.derive(share.index()).unwrap();
            prop_assert!(bool::from(made.ct_eq(share)));
        }
    }
}

#[test]
fn a_share_derived_later_belongs_to_the_set() {
    let (code, shares) = set(1, 3, 4);
    let added_later = gather(&shares[..3]).derive(index_of('9')).unwrap();
    let gathered = gather([&added_later, &shares[3], &shares[1]]);
    assert!(bool::from(gathered.combine().unwrap().ct_eq(&code)));
}

#[test]
fn too_few_shares_yield_nothing_and_report_how_many_are_missing() {
    let empty = Shares::default();
    assert_eq!(empty.combine().err(), Some(TooFew { have: 0, need: 0 }));
    assert_eq!(empty.missing(), 0);
    assert_eq!((empty.identifier(), empty.threshold()), (None, None));
    let (code, shares) = set(2, 3, 5);
    let two = gather(&shares[..2]);
    let expected = TooFew { have: 2, need: 3 };
    assert_eq!(two.combine().err(), Some(expected));
    assert_eq!(two.derive(index_of('A')).err(), Some(expected));
    assert_eq!(two.missing(), 1);
    assert_eq!(two.identifier(), Some(code.identifier()));
    assert_eq!(two.threshold(), Some(Threshold::Of(3)));
}

#[test]
fn a_share_that_does_not_belong_is_rejected_and_the_others_stay() {
    let (code, shares) = set(3, 2, 3);
    let (other, foreign) = set(4, 2, 3);
    let mut gathered = gather(&shares[..1]);
    let index = shares[0].index();
    assert_eq!(
        gathered.add(copy_of(&foreign[1])),
        Err(ShareError::Foreign {
            ours: code.identifier(),
            theirs: other.identifier()
        })
    );
    assert_eq!(
        gathered.add(copy_of(&shares[0])),
        Err(ShareError::Repeated { index })
    );
    gathered.add(copy_of(&shares[1])).unwrap();
    assert_eq!(
        gathered.add(copy_of(&shares[2])),
        Err(ShareError::Surplus {
            index: shares[2].index()
        })
    );
    assert_eq!(gathered.indices(), [index, shares[1].index()]);

    assert!(gathered.remove(index) && !gathered.remove(index));
    assert_eq!(gathered.missing(), 1);
    gathered.add(copy_of(&shares[2])).unwrap();
    assert!(bool::from(gathered.combine().unwrap().ct_eq(&code)));
}

/// Two sets with the same identifier, by chance or by an attacker's choice.
fn same_identifier(needed: u8) -> [(BackupCode, Vec<Share>); 2] {
    [5, 6].map(|seed| {
        let mut rng = FixedIdentifier(StdRng::seed_from_u64(seed), 0);
        BackupCode::generate_set(&mut rng, &|_| false, SetSize::new(needed, 4).unwrap())
    })
}

/// A generator whose first bytes, the identifier, are always the same.
struct FixedIdentifier(StdRng, u8);

impl rand::TryRng for FixedIdentifier {
    type Error = core::convert::Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        self.0.try_next_u32()
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        self.0.try_next_u64()
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Self::Error> {
        self.1 += 1;
        match self.1 {
            1 => bytes.fill(7),
            _ => self.0.try_fill_bytes(bytes)?,
        }
        Ok(())
    }
}

impl rand::TryCryptoRng for FixedIdentifier {}

#[test]
fn shares_of_another_set_with_the_same_identifier_contradict_the_others() {
    let [(_, ours), (_, theirs)] = same_identifier(2);
    let mut gathered = gather(&ours[..1]);
    assert_eq!(
        gathered.add(copy_of(&theirs[0])),
        Err(ShareError::Contradicts {
            index: ours[0].index()
        })
    );
    gathered.add(copy_of(&ours[1])).unwrap();
    let index = theirs[2].index();
    assert_eq!(
        gathered.add(copy_of(&theirs[2])),
        Err(ShareError::Contradicts { index })
    );
}

#[test]
fn a_share_with_the_same_identifier_but_another_threshold_is_rejected() {
    let [(_, two), _] = same_identifier(2);
    let [(_, three), _] = same_identifier(3);
    assert_eq!(
        gather(&two[..1]).add(copy_of(&three[1])),
        Err(ShareError::OtherThreshold {
            ours: Threshold::Of(2),
            theirs: Threshold::Of(3)
        })
    );
}

#[test]
fn a_set_needs_2_to_9_of_at_most_31_sheets() {
    for (needed, sheets) in [(0, 3), (1, 3), (10, 12), (3, 2), (2, 32)] {
        assert_eq!(SetSize::new(needed, sheets), None);
    }
    let size = SetSize::new(9, 31).unwrap();
    assert_eq!((size.needed(), size.sheets()), (9, 31));
}

#[test]
fn a_group_of_a_share_matches_only_its_own_text() {
    let (_, shares) = set(7, 2, 2);
    for (number, group) in (1..).zip(shares[0].groups()) {
        let typed = TypedCode::parse(group).unwrap();
        assert!(shares[0].group_is(number, &typed));
        // The group of the identifier differs only in the share index, the groups of the payload
        // entirely.
        assert_eq!(shares[1].group_is(number, &typed), number == 1);
    }
}
