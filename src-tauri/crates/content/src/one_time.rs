//! One-time passwords by time (TOTP, RFC 6238), from an `otpauth` address or a key.

use percent_encoding::percent_decode_str;
use totp_rs::{Builder, Secret, Totp};
use url::{Host, Url};
use zeroize::Zeroizing;

/// The longest period, in seconds: one day.
const LONGEST: u64 = 86_400;

/// The hash that digits are made with (RFC 6238 §1.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// SHA-1, which nearly all services mean.
    Sha1,
    /// SHA-256.
    Sha256,
    /// SHA-512.
    Sha512,
}

impl From<Algorithm> for totp_rs::Algorithm {
    fn from(algorithm: Algorithm) -> Self {
        match algorithm {
            Algorithm::Sha1 => Self::SHA1,
            Algorithm::Sha256 => Self::SHA256,
            Algorithm::Sha512 => Self::SHA512,
        }
    }
}

/// A key for one-time passwords, and how they are made of it.
pub struct OneTime {
    totp: Totp,
    algorithm: Algorithm,
    issuer: Option<String>,
    account: Option<String>,
}

/// One-time digits.
pub struct Shown {
    /// 6 to 8 digits.
    pub digits: Zeroizing<String>,
    /// When the next ones come, in Unix seconds.
    pub until: u64,
}

/// Why a text gives no one-time digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// It is neither an `otpauth` address nor a key in base32 (RFC 4648 §6).
    NotAKey,
    /// Its digits follow from a counter and not from the time (HOTP, RFC 4226).
    Counter,
    /// It asks for another hash than SHA-1, SHA-256 and SHA-512.
    Algorithm,
    /// It asks for fewer than 6 digits, or more than 8.
    Digits,
    /// It asks for a period of no second, or of more than a day.
    Period,
}

impl OneTime {
    /// Reads an `otpauth` address (Key Uri Format), or a key in base32 in any case, with spaces or
    /// hyphens. A key alone means SHA-1, six digits, and 30 seconds. Short keys are taken: services
    /// give them out.
    ///
    /// # Errors
    /// [`Problem`] where no digits can be made.
    pub fn read(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        if is_address(text) {
            return Self::from_address(text);
        }
        let builder = Builder::new().with_secret(key(text).ok_or(Problem::NotAKey)?);
        Ok(Self {
            totp: builder.build_noncompliant(),
            algorithm: Algorithm::Sha1,
            issuer: None,
            account: None,
        })
    }

    fn from_address(text: &str) -> Result<Self, Problem> {
        let address = Url::parse(text).map_err(|_| Problem::NotAKey)?;
        match address.host() {
            Some(Host::Domain("totp")) => {}
            Some(Host::Domain("hotp")) => return Err(Problem::Counter),
            _ => return Err(Problem::NotAKey),
        }
        let mut builder = Builder::new();
        let mut algorithm = Algorithm::Sha1;
        let mut secret = None;
        let mut issuer = None;
        for (name, value) in address.query_pairs() {
            let value = Zeroizing::new(value.into_owned());
            match &*name {
                "secret" => secret = key(&value),
                "algorithm" => algorithm = hash(&value)?,
                "digits" => builder = builder.with_digits(digits(&value)?),
                "period" => builder = builder.with_step_duration(period(&value)?),
                "issuer" => issuer = named(&value),
                // Pictures and colours of an app.
                _ => {}
            }
        }
        let (before, account) = label(address.path());
        Ok(Self {
            totp: builder
                .with_algorithm(algorithm.into())
                .with_secret(secret.ok_or(Problem::NotAKey)?)
                .build_noncompliant(),
            algorithm,
            issuer: issuer.or(before),
            account,
        })
    }

    /// The digits at a time in Unix seconds.
    pub fn at(&self, time: u64) -> Shown {
        Shown {
            digits: Zeroizing::new(self.totp.generate(time).to_string()),
            until: self.totp.next_step(time),
        }
    }

    /// Who gave the key out, as the address says.
    pub fn issuer(&self) -> Option<&str> {
        self.issuer.as_deref()
    }

    /// The account that it is for, as the address says.
    pub fn account(&self) -> Option<&str> {
        self.account.as_deref()
    }

    /// The hash.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// How many digits, 6 to 8.
    pub fn digits(&self) -> u8 {
        self.totp.digits()
    }

    /// For how long digits hold, in seconds.
    pub fn period(&self) -> u64 {
        self.totp.step()
    }
}

/// Whether a text begins like an `otpauth` address.
pub fn is_address(text: &str) -> bool {
    const SCHEME: &str = "otpauth:";
    text.trim_start()
        .get(..SCHEME.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(SCHEME))
}

/// A key in base32, as it is printed for people.
fn key(text: &str) -> Option<Secret> {
    let kept = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '='));
    // Not one that grows, which leaves copies behind.
    let mut base32 = Zeroizing::new(String::with_capacity(text.len()));
    base32.extend(kept.map(|c| c.to_ascii_uppercase()));
    // A last symbol whose bits fill no byte is a piece that was lost.
    let is_whole = matches!(base32.len() % 8, 0 | 2 | 4 | 5 | 7);
    match base32.is_empty() || !is_whole {
        true => None,
        false => Secret::try_from_base32(&*base32).ok(),
    }
}

fn hash(text: &str) -> Result<Algorithm, Problem> {
    match text.to_ascii_uppercase().replace('-', "").as_str() {
        "SHA1" | "HMACSHA1" => Ok(Algorithm::Sha1),
        "SHA256" | "HMACSHA256" => Ok(Algorithm::Sha256),
        "SHA512" | "HMACSHA512" => Ok(Algorithm::Sha512),
        _ => Err(Problem::Algorithm),
    }
}

fn digits(text: &str) -> Result<u8, Problem> {
    let digits = text.parse().map_err(|_| Problem::Digits)?;
    match (6..=8).contains(&digits) {
        true => Ok(digits),
        false => Err(Problem::Digits),
    }
}

fn period(text: &str) -> Result<u64, Problem> {
    let period = text.parse().map_err(|_| Problem::Period)?;
    match (1..=LONGEST).contains(&period) {
        true => Ok(period),
        false => Err(Problem::Period),
    }
}

/// Issuer and account of a label, `issuer:account` or `account`.
fn label(path: &str) -> (Option<String>, Option<String>) {
    let label = percent_decode_str(path.trim_start_matches('/')).decode_utf8_lossy();
    match label.split_once(':') {
        Some((issuer, account)) => (named(issuer), named(account)),
        None => (None, named(&label)),
    }
}

fn named(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
