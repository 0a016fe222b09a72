//! Keys and addresses, recognised by their form and checked where a checksum is in them. Nothing
//! is derived from a key, and none is called valid.

mod base58;
mod bech32;
mod ethereum;

/// Bytes of the longest text in which a form with a checksum is looked for.
const LONGEST: usize = 1024;

/// What a text is recognised as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About {
    /// Its form; `None` for one that is not known here.
    pub form: Option<Form>,
    /// Its checksum.
    pub checksum: Checksum,
}

/// The form of a key or an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A private key in wallet import format.
    Wif,
    /// An extended private key (BIP-32, SLIP-132): `xprv` and its kin.
    ExtendedPrivate,
    /// An extended public key (BIP-32, SLIP-132): `xpub` and its kin.
    ExtendedPublic,
    /// A private key that a password protects (BIP-38).
    EncryptedPrivate,
    /// An address of Bitcoin (base58check, BIP-173, BIP-350).
    BitcoinAddress,
    /// An address of Ethereum (EIP-55).
    EthereumAddress,
    /// A keystore of Ethereum (Web3 Secret Storage, version 3).
    EthereumKeystore,
    /// 64 hexadecimal digits, which private keys have, too.
    HexPrivate,
    /// A private key of Nostr (NIP-19).
    NostrPrivate,
    /// A public key of Nostr (NIP-19).
    NostrPublic,
    /// An identity of age.
    AgePrivate,
    /// A recipient of age.
    AgePublic,
    /// A private key in PEM (RFC 7468), or of OpenPGP in ASCII armour (RFC 9580 §6.2).
    PemPrivate,
    /// A private key of OpenSSH.
    OpensshPrivate,
    /// Something else in bech32 or bech32m.
    Bech32,
    /// Something else in base58check.
    Base58,
}

/// The checksum of a text of a known form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checksum {
    /// It is right.
    Right,
    /// It is wrong.
    Wrong,
    /// There is none in it.
    None,
}

/// Says what a text is recognised as.
pub fn about(text: &str) -> About {
    let text = text.trim();
    let short = (text.len() <= LONGEST).then_some(text);
    let known = armoured(text)
        .or_else(|| ethereum::about(text))
        .or_else(|| bech32::about(short?))
        .or_else(|| base58::about(short?));
    known.unwrap_or(About {
        form: None,
        checksum: Checksum::None,
    })
}

fn armoured(text: &str) -> Option<About> {
    let name = text.strip_prefix("-----BEGIN ")?.split_once("-----")?.0;
    let form = match name {
        "OPENSSH PRIVATE KEY" => Form::OpensshPrivate,
        "PGP PRIVATE KEY BLOCK" => Form::PemPrivate,
        name if name.ends_with("PRIVATE KEY") => Form::PemPrivate,
        _ => return None,
    };
    Some(About {
        form: Some(form),
        checksum: Checksum::None,
    })
}
