//! Fields of items as they cross to the page: what they hold, and what is told of it.

use content::codes::{self, State};
use content::key::{self, Checksum, Form};
use content::one_time::{Algorithm, OneTime, Problem};
use content::phrase::{self, Language, Verdict};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The type of a field.
#[derive(Clone, Copy, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FieldType {
    Text,
    Secret,
    Words,
    OneTime,
    Codes,
    Key,
    Address,
    Date,
    File,
}

impl From<wallet::FieldType> for FieldType {
    fn from(kind: wallet::FieldType) -> Self {
        match kind {
            wallet::FieldType::Text => Self::Text,
            wallet::FieldType::Secret => Self::Secret,
            wallet::FieldType::Words => Self::Words,
            wallet::FieldType::OneTime => Self::OneTime,
            wallet::FieldType::Codes => Self::Codes,
            wallet::FieldType::Key => Self::Key,
            wallet::FieldType::Address => Self::Address,
            wallet::FieldType::Date => Self::Date,
            wallet::FieldType::File => Self::File,
        }
    }
}

impl From<FieldType> for wallet::FieldType {
    fn from(kind: FieldType) -> Self {
        match kind {
            FieldType::Text => Self::Text,
            FieldType::Secret => Self::Secret,
            FieldType::Words => Self::Words,
            FieldType::OneTime => Self::OneTime,
            FieldType::Codes => Self::Codes,
            FieldType::Key => Self::Key,
            FieldType::Address => Self::Address,
            FieldType::Date => Self::Date,
            FieldType::File => Self::File,
        }
    }
}

/// What a field holds, as far as its type tells: of its content no more than who gave a one-time
/// password out, and for which account.
#[derive(Serialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum FieldAbout {
    Words {
        verdict: WordsVerdict,
        count: usize,
        /// Whose list of BIP-39 the words are in.
        language: Option<WordsLanguage>,
        /// The places of the words that are not in the list, counted from 1.
        unknown: Vec<usize>,
    },
    OneTime {
        /// Why there are no digits.
        problem: Option<OneTimeProblem>,
        issuer: Option<String>,
        account: Option<String>,
        #[ts(type = "\"SHA-1\" | \"SHA-256\" | \"SHA-512\"")]
        algorithm: &'static str,
        digits: u8,
        /// Seconds.
        period: u64,
    },
    Codes {
        left: usize,
        used: usize,
    },
    Key {
        form: Option<KeyForm>,
        checksum: KeyChecksum,
    },
}

#[derive(Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum WordsVerdict {
    Empty,
    /// A BIP-39 phrase, whose checksum is right.
    Bip39,
    /// As many words as a BIP-39 phrase has, all in the list; the checksum is wrong.
    Checksum,
    /// A SLIP-39 share, whose checksum is right.
    Slip39,
    /// As many words as a SLIP-39 share has, all in its list; the checksum is wrong.
    Slip39Checksum,
    /// Their number is none of a phrase.
    Unfinished,
    /// There are more than are looked at.
    TooMany,
    /// Some words are in no list.
    Unknown,
}

impl From<Verdict> for WordsVerdict {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Empty => Self::Empty,
            Verdict::Bip39 => Self::Bip39,
            Verdict::WrongChecksum => Self::Checksum,
            Verdict::Slip39 => Self::Slip39,
            Verdict::WrongSlip39 => Self::Slip39Checksum,
            Verdict::Unfinished => Self::Unfinished,
            Verdict::TooMany => Self::TooMany,
            Verdict::Unknown => Self::Unknown,
        }
    }
}

#[derive(Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum WordsLanguage {
    English,
    SimplifiedChinese,
    TraditionalChinese,
    Czech,
    French,
    Italian,
    Japanese,
    Korean,
    Portuguese,
    Spanish,
}

impl From<Language> for WordsLanguage {
    fn from(language: Language) -> Self {
        match language {
            Language::English => Self::English,
            Language::SimplifiedChinese => Self::SimplifiedChinese,
            Language::TraditionalChinese => Self::TraditionalChinese,
            Language::Czech => Self::Czech,
            Language::French => Self::French,
            Language::Italian => Self::Italian,
            Language::Japanese => Self::Japanese,
            Language::Korean => Self::Korean,
            Language::Portuguese => Self::Portuguese,
            Language::Spanish => Self::Spanish,
        }
    }
}

#[derive(Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum OneTimeProblem {
    NotAKey,
    Counter,
    Algorithm,
    Digits,
    Period,
}

impl From<Problem> for OneTimeProblem {
    fn from(problem: Problem) -> Self {
        match problem {
            Problem::NotAKey => Self::NotAKey,
            Problem::Counter => Self::Counter,
            Problem::Algorithm => Self::Algorithm,
            Problem::Digits => Self::Digits,
            Problem::Period => Self::Period,
        }
    }
}

#[derive(Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum KeyChecksum {
    Right,
    Wrong,
    None,
}

impl From<Checksum> for KeyChecksum {
    fn from(checksum: Checksum) -> Self {
        match checksum {
            Checksum::Right => Self::Right,
            Checksum::Wrong => Self::Wrong,
            Checksum::None => Self::None,
        }
    }
}

#[derive(Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum KeyForm {
    Wif,
    ExtendedPrivate,
    ExtendedPublic,
    EncryptedPrivate,
    BitcoinAddress,
    EthereumAddress,
    EthereumKeystore,
    HexPrivate,
    NostrPrivate,
    NostrPublic,
    AgePrivate,
    AgePublic,
    PemPrivate,
    OpensshPrivate,
    Bech32,
    Base58,
}

impl From<Form> for KeyForm {
    fn from(form: Form) -> Self {
        match form {
            Form::Wif => Self::Wif,
            Form::ExtendedPrivate => Self::ExtendedPrivate,
            Form::ExtendedPublic => Self::ExtendedPublic,
            Form::EncryptedPrivate => Self::EncryptedPrivate,
            Form::BitcoinAddress => Self::BitcoinAddress,
            Form::EthereumAddress => Self::EthereumAddress,
            Form::EthereumKeystore => Self::EthereumKeystore,
            Form::HexPrivate => Self::HexPrivate,
            Form::NostrPrivate => Self::NostrPrivate,
            Form::NostrPublic => Self::NostrPublic,
            Form::AgePrivate => Self::AgePrivate,
            Form::AgePublic => Self::AgePublic,
            Form::PemPrivate => Self::PemPrivate,
            Form::OpensshPrivate => Self::OpensshPrivate,
            Form::Bech32 => Self::Bech32,
            Form::Base58 => Self::Base58,
        }
    }
}

/// A hidden text that the person wants to see.
#[derive(Serialize, TS)]
pub(crate) struct Revealed {
    text: String,
    /// Those of a phrase, where the text holds nothing else.
    words: Vec<String>,
    /// The lines of codes.
    codes: Vec<CodeLine>,
}

/// A line of codes of another service.
#[derive(Serialize, TS)]
pub(crate) struct CodeLine {
    text: String,
    state: CodeLineState,
}

#[derive(Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CodeLineState {
    Left,
    Used,
    Remark,
}

impl From<State> for CodeLineState {
    fn from(state: State) -> Self {
        match state {
            State::Left => Self::Left,
            State::Used => Self::Used,
            State::Remark => Self::Remark,
        }
    }
}

/// Says what a field holds.
pub(super) fn about(kind: wallet::FieldType, text: &str) -> Option<FieldAbout> {
    match kind {
        wallet::FieldType::Words => {
            let phrase::About {
                verdict,
                count,
                language,
                unknown,
            } = phrase::about(text);
            Some(FieldAbout::Words {
                verdict: verdict.into(),
                count,
                language: language.map(Into::into),
                unknown,
            })
        }
        wallet::FieldType::OneTime => Some(one_time(text)),
        wallet::FieldType::Codes => {
            let count = |state| {
                codes::lines(text)
                    .filter(|line| line.state == state)
                    .count()
            };
            Some(FieldAbout::Codes {
                left: count(State::Left),
                used: count(State::Used),
            })
        }
        wallet::FieldType::Key => {
            let key::About { form, checksum } = key::about(text);
            Some(FieldAbout::Key {
                form: form.map(Into::into),
                checksum: checksum.into(),
            })
        }
        wallet::FieldType::Text
        | wallet::FieldType::Secret
        | wallet::FieldType::Address
        | wallet::FieldType::Date
        | wallet::FieldType::File => None,
    }
}

fn one_time(text: &str) -> FieldAbout {
    let told =
        |problem, issuer: Option<&str>, account: Option<&str>, made: Made| FieldAbout::OneTime {
            problem,
            issuer: issuer.map(str::to_owned),
            account: account.map(str::to_owned),
            algorithm: match made.algorithm {
                Algorithm::Sha1 => "SHA-1",
                Algorithm::Sha256 => "SHA-256",
                Algorithm::Sha512 => "SHA-512",
            },
            digits: made.digits,
            period: made.period,
        };
    match OneTime::read(text) {
        Ok(key) => told(None, key.issuer(), key.account(), Made::of(&key)),
        Err(problem) => told(Some(problem.into()), None, None, Made::USUAL),
    }
}

/// How digits are made.
struct Made {
    algorithm: Algorithm,
    digits: u8,
    period: u64,
}

impl Made {
    /// What a key alone means.
    const USUAL: Self = Self {
        algorithm: Algorithm::Sha1,
        digits: 6,
        period: 30,
    };

    fn of(key: &OneTime) -> Self {
        Self {
            algorithm: key.algorithm(),
            digits: key.digits(),
            period: key.period(),
        }
    }
}

/// A hidden text, and its parts as its type has them.
pub(super) fn revealed(kind: wallet::FieldType, text: &str) -> Revealed {
    let is_phrase = kind == wallet::FieldType::Words;
    let are_codes = kind == wallet::FieldType::Codes;
    let lines = are_codes.then(|| {
        codes::lines(text).map(|line| CodeLine {
            text: line.text.to_owned(),
            state: line.state.into(),
        })
    });
    Revealed {
        text: text.to_owned(),
        words: match is_phrase {
            true => words(text),
            false => Vec::new(),
        },
        codes: lines.into_iter().flatten().collect(),
    }
}

/// The words of a text that holds nothing but the words of a list; none of another one.
fn words(text: &str) -> Vec<String> {
    match phrase::about(text).verdict {
        Verdict::Bip39
        | Verdict::WrongChecksum
        | Verdict::Slip39
        | Verdict::WrongSlip39
        | Verdict::Unfinished => {}
        Verdict::Empty | Verdict::TooMany | Verdict::Unknown => return Vec::new(),
    }
    let words = phrase::words(text);
    words.iter().map(|word| word.text.to_string()).collect()
}
