use content::one_time::{Algorithm, OneTime, Problem, is_address};

const SHA1: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const SHA256: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZA";
const SHA512: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNA";

#[test]
fn the_vectors_of_rfc_6238_come_out() {
    // RFC 6238, appendix B.
    let times = [
        59,
        1_111_111_109,
        1_111_111_111,
        1_234_567_890,
        2_000_000_000,
        20_000_000_000,
    ];
    let vectors = [
        (
            "SHA1",
            SHA1,
            [
                "94287082", "07081804", "14050471", "89005924", "69279037", "65353130",
            ],
        ),
        (
            "SHA256",
            SHA256,
            [
                "46119246", "68084774", "67062674", "91819424", "90698825", "77737706",
            ],
        ),
        (
            "SHA512",
            SHA512,
            [
                "90693936", "25091201", "99943326", "93441116", "38618901", "47863826",
            ],
        ),
    ];
    for (algorithm, secret, digits) in vectors {
        let address = format!("otpauth://totp/x?secret={secret}&algorithm={algorithm}&digits=8");
        let one_time = OneTime::read(&address).unwrap_or_else(|it| panic!("{algorithm}: {it:?}"));
        for (time, digits) in times.into_iter().zip(digits) {
            let shown = one_time.at(time);
            assert_eq!(*shown.digits, digits);
            assert_eq!(shown.until, (time / 30 + 1) * 30);
        }
    }
}

#[test]
fn an_address_says_who_gave_it_out_and_how_digits_are_made() {
    let address = "otpauth://totp/Example%20Co%3Aada%40example.org?secret=JBSWY3DPEHPK3PXP\
                   &issuer=Example&digits=7&period=60&algorithm=SHA512&image=https%3A%2F%2Fx";
    let one_time = OneTime::read(address).expect("it is one");
    // The parameter holds where both are there, as the format says.
    assert_eq!(one_time.issuer(), Some("Example"));
    assert_eq!(one_time.account(), Some("ada@example.org"));
    assert_eq!(one_time.algorithm(), Algorithm::Sha512);
    assert_eq!((one_time.digits(), one_time.period()), (7, 60));
    assert_eq!(one_time.at(0).digits.len(), 7);
    let plus = OneTime::read("otpauth://totp/a+b@example.org?secret=JBSWY3DPEHPK3PXP");
    let plus = plus.expect("it is one");
    assert_eq!(plus.account(), Some("a+b@example.org"));
    assert_eq!(plus.issuer(), None);
}

#[test]
fn a_key_is_read_as_services_print_it() {
    let expected = OneTime::read(SHA1).expect("it is a key").at(59).digits;
    let printed = [
        "gezd gnbv gy3t qojq gezd gnbv gy3t qojq",
        "GEZD-GNBV-GY3T-QOJQ-GEZD-GNBV-GY3T-QOJQ",
        " GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\n",
        "OTPAUTH://totp/?secret=gezdgnbvgy3tqojqgezdgnbvgy3tqojq",
    ];
    for text in printed {
        let one_time = OneTime::read(text).unwrap_or_else(|it| panic!("{text}: {it:?}"));
        assert_eq!(*one_time.at(59).digits, *expected);
        assert_eq!((one_time.digits(), one_time.period()), (6, 30));
    }
    // Ten bytes, as many services give out.
    assert!(OneTime::read("JBSWY3DPEHPK3PXP").is_ok());
    assert!(OneTime::read("JBSWY3DPEHPK3P==").is_err());
    assert!(OneTime::read("MFRGG===").is_ok());
}

#[test]
fn what_gives_no_digits_says_why() {
    let cases = [
        ("", Problem::NotAKey),
        ("hunter2!", Problem::NotAKey),
        ("JBSWY3DPEHPK3PX0", Problem::NotAKey),
        ("otpauth://totp/x", Problem::NotAKey),
        ("otpauth://totp/x?secret=", Problem::NotAKey),
        (
            "otpauth://other/x?secret=JBSWY3DPEHPK3PXP",
            Problem::NotAKey,
        ),
        (
            "otpauth://hotp/x?secret=JBSWY3DPEHPK3PXP&counter=1",
            Problem::Counter,
        ),
        (
            "otpauth://totp/x?secret=JBSWY3DPEHPK3PXP&algorithm=MD5",
            Problem::Algorithm,
        ),
        (
            "otpauth://totp/x?secret=JBSWY3DPEHPK3PXP&digits=5",
            Problem::Digits,
        ),
        (
            "otpauth://totp/x?secret=JBSWY3DPEHPK3PXP&digits=10",
            Problem::Digits,
        ),
        (
            "otpauth://totp/x?secret=JBSWY3DPEHPK3PXP&period=0",
            Problem::Period,
        ),
        (
            "otpauth://totp/x?secret=JBSWY3DPEHPK3PXP&period=99999999999999999999",
            Problem::Period,
        ),
    ];
    for (text, problem) in cases {
        assert_eq!(OneTime::read(text).err(), Some(problem), "{text}");
    }
}

#[test]
fn an_address_is_told_from_a_key_by_its_start() {
    for text in ["otpauth://totp/x", " OTPAUTH:", "otpauth://hotp/x"] {
        assert!(is_address(text), "{text}");
    }
    for text in [
        SHA1,
        "",
        "otpaut",
        "otpauth-migration://offline",
        "ötpauth:",
    ] {
        assert!(!is_address(text), "{text}");
    }
}
