use content::key::{About, Checksum, Form, about};
use proptest::prelude::*;

const XPRV: &str = "xprv9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPqjiChkVvvNKmPGJxWUtg6LnF5kejMRNNU3TGtRBeJgk33yuGBxrMPHi";

/// Made by `age-keygen`.
const AGE: &str = "AGE-SECRET-KEY-1H2RM6H5WYLNHJ73RLEYYWWPFPDVE6XHF9LEWQX3CG9RZW4HH3LZSZCGZW3";
const AGE_PUBLIC: &str = "age1r97e96kumjx69epx8p6guz6npwe2pfrsqcvcn5xqfkqfvtz0zfkska9557";

fn is(text: &str, form: Form, checksum: Checksum) {
    let expected = About {
        form: Some(form),
        checksum,
    };
    assert_eq!(about(text), expected, "{text}");
}

fn is_nothing(text: &str) {
    assert_eq!(about(text).form, None, "{text}");
}

#[test]
fn keys_in_base58check_are_recognised_and_checked() {
    is(
        "5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ",
        Form::Wif,
        Checksum::Right,
    );
    is(
        "KwdMAjGmerYanjeui5SHS7JkmpZvVipYvB2LJGU1ZxJwYvP98617",
        Form::Wif,
        Checksum::Right,
    );
    // BIP-32, test vector 1; BIP-84, test vectors.
    is(XPRV, Form::ExtendedPrivate, Checksum::Right);
    is(
        "xpub661MyMwAqRbcFtXgS5sYJABqqG9YLmC4Q1Rdap9gSE8NqtwybGhePY2gZ29ESFjqJoCu1Rupje8YtGqsefD265TMg7usUDFdp6W1EGMcet8",
        Form::ExtendedPublic,
        Checksum::Right,
    );
    is(
        "zprvAWgYBBk7JR8Gjrh4UJQ2uJdG1r3WNRRfURiABBE3RvMXYSrRJL62XuezvGdPvG6GFBZduosCc1YP5wixPox7zhZLfiUm8aunE96BBa4Kei5",
        Form::ExtendedPrivate,
        Checksum::Right,
    );
    // BIP-38, test vectors.
    is(
        "6PRVWUbkzzsbcVac2qwfssoUJAN1Xhrg6bNk8J7Nzm5H7kxEbn2Nh2ZoGg",
        Form::EncryptedPrivate,
        Checksum::Right,
    );
    is(
        "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2",
        Form::BitcoinAddress,
        Checksum::Right,
    );
    is(
        "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy",
        Form::BitcoinAddress,
        Checksum::Right,
    );
    is(
        "5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTj",
        Form::Wif,
        Checksum::Wrong,
    );
    is(
        &XPRV.replace("jiCh", "jicH"),
        Form::ExtendedPrivate,
        Checksum::Wrong,
    );
}

#[test]
fn the_vectors_of_eip_55_are_checked() {
    let right = [
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
        "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
        "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
    ];
    let of_one_case = [
        "0x52908400098527886E0F7030069857D2E4169EE7",
        "0x8617E340B3D01FA5F11F306F4090FD50E238070D",
        "0xde709f2102306220921060314715629080e2fb77",
        "0x27b1fdb04752bbc536007a920d24acb045561c26",
    ];
    for address in right {
        is(address, Form::EthereumAddress, Checksum::Right);
    }
    for address in of_one_case {
        is(address, Form::EthereumAddress, Checksum::None);
    }
    is(
        "0x5aaeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        Form::EthereumAddress,
        Checksum::Wrong,
    );
}

#[test]
fn the_vectors_of_bip_350_are_checked() {
    let strings = [
        "A1LQFN3A",
        "a1lqfn3a",
        "an83characterlonghumanreadablepartthatcontainsthetheexcludedcharactersbioandnumber11sg7hg6",
        "abcdef1l7aum6echk45nj3s0wdvt2fg8x9yrzpqzd3ryx",
        "split1checkupstagehandshakeupstreamerranterredcaperredlc445v",
        "?1v759aa",
    ];
    for string in strings {
        is(string, Form::Bech32, Checksum::Right);
    }
    let addresses = [
        "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
        "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7",
        "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y",
        "BC1SW50QGDZ25J",
        "bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs",
        "tb1qqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesrxh6hy",
        "tb1pqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesf3hn0c",
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
    ];
    for address in addresses {
        is(address, Form::BitcoinAddress, Checksum::Right);
    }
    // With the checksum of the other standard.
    let wrong = [
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd",
        "tb1z0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqglt7rf",
        "BC1S0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ54WELL",
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh",
        "tb1q0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq24jc47",
    ];
    for address in wrong {
        is(address, Form::BitcoinAddress, Checksum::Wrong);
    }
}

#[test]
fn keys_of_nostr_and_age_are_recognised() {
    // NIP-19, examples.
    is(
        "nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe5",
        Form::NostrPrivate,
        Checksum::Right,
    );
    is(
        "npub10elfcs4fr0l0r8af98jlmgdh9c8tcxjvz9qkw038js35mp4dma8qzvjptg",
        Form::NostrPublic,
        Checksum::Right,
    );
    is(
        "nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe6",
        Form::NostrPrivate,
        Checksum::Wrong,
    );
    is(AGE, Form::AgePrivate, Checksum::Right);
    is(AGE_PUBLIC, Form::AgePublic, Checksum::Right);
}

#[test]
fn forms_without_a_checksum_say_so() {
    is(&"0f".repeat(32), Form::HexPrivate, Checksum::None);
    is(
        &format!("0x{}", "A1".repeat(32)),
        Form::HexPrivate,
        Checksum::None,
    );
    let pem = "-----BEGIN EC PRIVATE KEY-----\nMHQ=\n-----END EC PRIVATE KEY-----";
    is(pem, Form::PemPrivate, Checksum::None);
    let openssh = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n-----END OPENSSH PRIVATE KEY-----";
    is(openssh, Form::OpensshPrivate, Checksum::None);
    let armour = "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlFgE\n=abcd\n";
    is(armour, Form::PemPrivate, Checksum::None);
    // Web3 Secret Storage, test vector.
    let keystore = r#"{ "crypto" : { "cipher" : "aes-128-ctr", "cipherparams" : { "iv" : "6087dab2f9fdbbfaddc31a909735c1e6" }, "ciphertext" : "5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46", "kdf" : "pbkdf2", "kdfparams" : { "c" : 262144 }, "mac" : "517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2" }, "id" : "3198bc9c-6672-5ab3-d995-4942343ae5b6", "version" : 3 }"#;
    is(keystore, Form::EthereumKeystore, Checksum::None);
    is(
        &keystore.replace("crypto", "Crypto"),
        Form::EthereumKeystore,
        Checksum::None,
    );
    is_nothing(&keystore.replace(": 3 }", ": 1 }"));
}

#[test]
fn other_texts_are_called_nothing() {
    let others = [
        "",
        "correct horse battery staple",
        "hunter2",
        "abc1def",
        "0x1234",
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
        "{}",
        "0f0f",
        "52908400098527886E0F7030069857D2E4169EE7",
    ];
    for text in others {
        is_nothing(text);
    }
    is_nothing(&"z".repeat(100_000));
}

proptest! {
    #[test]
    fn no_text_makes_it_fail(text in "\\PC{0,200}") {
        about(&text);
    }

    #[test]
    fn one_exchanged_symbol_of_a_key_is_seen(at in 4usize..111, symbol in 0usize..58) {
        let symbols: Vec<char> =
            "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".chars().collect();
        let mut key: Vec<char> = XPRV.chars().collect();
        let same = key[at] == symbols[symbol];
        key[at] = symbols[symbol];
        let key: String = key.into_iter().collect();
        let told = about(&key);
        prop_assert_eq!(told.checksum == Checksum::Right, same);
    }
}
