use content::mistaken::{Mistaken, mistaken};

#[test]
fn another_secret_is_named_where_a_backup_code_is_asked() {
    let phrase = "legal winner thank year wave sausage worth useful legal winner thank yellow";
    let share = "duckling enlarge academic academic agency result length solution fridge kidney \
                 coal piece deal husband erode duke ajar critical decision keyboard";
    let key = "KwdMAjGmerYanjeui5SHS7JkmpZvVipYvB2LJGU1ZxJwYvP98617";
    let cases = [
        (phrase, Mistaken::Phrase),
        ("legal winner thank year wave sausage", Mistaken::Phrase),
        (share, Mistaken::Share),
        (key, Mistaken::Key),
        (
            "otpauth://totp/x?secret=JBSWY3DPEHPK3PXP",
            Mistaken::OneTime,
        ),
        ("287 082", Mistaken::Digits),
        (
            "073318950739065415961602009907670428187212261116",
            Mistaken::Phrase,
        ),
        ("1234 5678\n2345 6789", Mistaken::Digits),
    ];
    for (text, expected) in cases {
        assert_eq!(mistaken(text), Some(expected), "{text}");
    }
}

#[test]
fn another_secret_is_named_also_in_groups_of_five() {
    let grouped = |text: &str| {
        let kept: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
        let groups: Vec<String> = kept.chunks(5).map(|it| it.iter().collect()).collect();
        groups.join(" ").to_uppercase()
    };
    let phrase = "legal winner thank year wave sausage worth useful legal winner thank yellow";
    let share = "duckling enlarge academic academic agency result length solution fridge kidney \
                 coal piece deal husband erode duke ajar critical decision keyboard";
    let key = "xprv9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPqjiChkVvvNKmPGJxWUtg6LnF5k\
               ejMRNNU3TGtRBeJgk33yuGBxrMPHi";
    let nostr = "nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe5";
    assert_eq!(mistaken(&grouped(phrase)), Some(Mistaken::Phrase));
    assert_eq!(mistaken(&grouped(&phrase[..45])), Some(Mistaken::Phrase));
    assert_eq!(mistaken(&grouped(share)), Some(Mistaken::Share));
    assert_eq!(mistaken(&grouped(key)), Some(Mistaken::Key));
    assert_eq!(mistaken(&grouped(nostr)), Some(Mistaken::Key));
}

#[test]
fn a_backup_code_and_its_parts_are_nothing_else() {
    let code = "0A0JC-S6X88-NCTKV-WEGNU-690QK-TQL6P-KHA7V-C7TQT-KFGPD-G7ZMX-7NT5P-M8Z99";
    for end in 0..code.len() {
        assert_eq!(mistaken(&code[..end]), None, "{}", &code[..end]);
    }
    for text in ["", "12345", "S6X88", "not a code at all", "legal winner"] {
        assert_eq!(mistaken(text), None, "{text}");
    }
}
