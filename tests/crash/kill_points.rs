//! The program is killed at each kill point. Either the old or the new state is complete then, and
//! the person's code works.

use platform::testing::PrivateDesktop;

use crate::stage::{Stage, report};

/// A kill point and the state that is found after it.
type Case = (&'static str, &'static str);

/// The states in which the killed operation changed nothing.
const BEFORE: &[&str] = &["both codes", "over"];

const ISSUE: &[Case] = &[
    ("issue/begun", "both codes"),
    ("issue/keychain-prepared", "both codes"),
    ("issue/file-committed", "both codes"),
    ("issue/keychain-settled", "issued"),
];
const CONFIRM: &[Case] = &[
    ("confirm/begun", "both codes"),
    ("confirm/keychain-settled", "confirmed"),
    ("confirm/file-cleaned", "confirmed"),
];
const REVOKE: &[Case] = &[
    ("revoke/begun", "both codes"),
    ("revoke/keychain-settled", "revoked"),
];
const EXPIRE: &[Case] = &[
    ("expire/begun", "over"),
    ("expire/keychain-settled", "expired"),
];
const REDEEM: &[Case] = &[
    ("redeem/begun", "both codes"),
    ("redeem/keychain-prepared", "both codes"),
    ("redeem/file-committed", "redeemed"),
    ("redeem/generations-forgotten", "redeemed"),
    ("redeem/keychain-settled", "redeemed"),
];
const RESTORE: &[Case] = &[
    ("restore/begun", "both codes"),
    ("restore/keychain-prepared", "both codes"),
    ("restore/file-committed", "restored"),
    ("restore/keychain-settled", "restored"),
];
const PASSWORD: &[Case] = &[
    ("password/begun", "both codes"),
    ("password/file-committed", "password changed"),
    ("password/generations-forgotten", "password changed"),
];

/// Makes a wallet, kills the program at the point and checks the state that is left.
fn kill(operation: &str, before: &str, cases: &[Case]) {
    let desktop = PrivateDesktop::start().unwrap();
    for (point, after) in cases {
        let stage = Stage::on(&desktop);
        stage.run(&format!("prepare {before}"));
        stage.abort_at(point, &format!("do {operation}"));
        stage.run(&format!("expect {after}"));
        let is_old = BEFORE.contains(after);
        report(if is_old { "old" } else { "new" });
    }
}

#[test]
fn killed_while_issuing_the_codes_before_work() {
    kill("issue", "unconfirmed", ISSUE);
}

#[test]
fn killed_while_confirming_the_old_code_or_the_new_one_works() {
    kill("confirm", "unconfirmed", CONFIRM);
}

#[test]
fn killed_while_revoking_the_code_is_live_or_revoked() {
    kill("revoke", "confirmed", REVOKE);
}

#[test]
fn killed_while_a_code_expires_the_other_one_works() {
    kill("expire", "timed", EXPIRE);
}

#[test]
fn killed_while_redeeming_the_code_is_whole_or_has_bought_the_new_password() {
    kill("redeem", "confirmed", REDEEM);
}

#[test]
fn killed_while_a_kit_replaces_the_wallet_the_old_one_is_whole_or_the_restored_one() {
    kill("restore", "kit", RESTORE);
}

#[test]
fn killed_while_the_password_changes_one_of_the_two_opens_and_the_codes_work() {
    kill("password", "unconfirmed", PASSWORD);
}

#[test]
fn every_kill_point_has_its_case() {
    let cases = [ISSUE, CONFIRM, REVOKE, EXPIRE, REDEEM, RESTORE, PASSWORD].concat();
    let points: Vec<_> = cases.iter().map(|(point, _)| *point).collect();
    assert_eq!(points, usecases::kill::POINTS);
}
