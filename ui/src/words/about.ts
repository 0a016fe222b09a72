import type { FieldAbout, KeyForm, OneTimeProblem, WordsLanguage } from "../ipc/generated";
import { m } from "../paraglide/messages";
import { dateLocale } from "./locale";
import { said, type Words } from "./words";

/** One line on what a field holds. */
export interface AboutLine {
  says: string;
  /** Something is to be done about it. */
  amber: boolean;
}

type AboutOf<Type extends FieldAbout["type"]> = Extract<FieldAbout, { type: Type }>;

const languageName: Record<WordsLanguage, () => string> = {
  english: m.language_english,
  simplified_chinese: m.language_simplified_chinese,
  traditional_chinese: m.language_traditional_chinese,
  czech: m.language_czech,
  french: m.language_french,
  italian: m.language_italian,
  japanese: m.language_japanese,
  korean: m.language_korean,
  portuguese: m.language_portuguese,
  spanish: m.language_spanish,
};

const keyForm: Record<KeyForm, () => string> = {
  wif: m.key_wif,
  extended_private: m.key_extended_private,
  extended_public: m.key_extended_public,
  encrypted_private: m.key_encrypted_private,
  bitcoin_address: m.key_bitcoin_address,
  ethereum_address: m.key_ethereum_address,
  ethereum_keystore: m.key_ethereum_keystore,
  hex_private: m.key_hex_private,
  nostr_private: m.key_nostr_private,
  nostr_public: m.key_nostr_public,
  age_private: m.key_age_private,
  age_public: m.key_age_public,
  pem_private: m.key_pem_private,
  openssh_private: m.key_openssh_private,
  bech32: m.key_bech32,
  base58: m.key_base58,
};

/** Why there are no digits, and what to do then. */
const oneTimeProblem: Record<OneTimeProblem, () => Words> = {
  not_a_key: () => said(m.one_time_not_a_key(), m.one_time_not_a_key_next()),
  counter: () => said(m.one_time_counter(), m.one_time_set_up_again()),
  algorithm: () => said(m.one_time_algorithm(), m.one_time_set_up_again()),
  digits: () => said(m.one_time_digits(), m.one_time_set_up_again()),
  period: () => said(m.one_time_period(), m.one_time_set_up_again()),
};

/** What can be said of a field without showing it; null where that is nothing. */
export function aboutLine(about: FieldAbout): AboutLine | null {
  switch (about.type) {
    case "words":
      return aboutWords(about);
    case "one_time":
      return aboutOneTime(about);
    case "codes":
      return aboutCodes(about);
    case "key":
      return aboutKey(about);
  }
}

const plain = (says: string): AboutLine => ({ says, amber: false });
const amber = (says: string): AboutLine => ({ says, amber: true });

function aboutWords({ verdict, count, language, unknown }: AboutOf<"words">): AboutLine | null {
  const phrase = language
    ? m.about_words({ count, language: languageName[language]() })
    : m.about_words_unnamed({ count });
  switch (verdict) {
    case "empty":
      return null;
    case "bip39":
      return plain(`${phrase} ${m.about_words_fit()}`);
    case "checksum":
      return amber(`${phrase} ${m.about_words_unfit()}`);
    case "slip39":
      return plain(`${m.about_share({ count })} ${m.about_words_fit()}`);
    case "slip39_checksum":
      return amber(`${m.about_share({ count })} ${m.about_words_unfit()}`);
    case "unfinished":
      return plain(
        language ? m.about_words_unfinished({ count }) : m.about_share_unfinished({ count }),
      );
    case "too_many":
      return plain(m.about_words_many({ count }));
    case "unknown":
      return amber(
        m.about_words_unknown({
          places: listed(unknown),
          count: unknown.length,
          language: language ? languageName[language]() : m.language_slip39(),
        }),
      );
  }
}

function listed(places: readonly number[]): string {
  return new Intl.ListFormat(dateLocale(), { type: "conjunction" }).format(places.map(String));
}

function aboutOneTime({ problem, issuer, account }: AboutOf<"one_time">): AboutLine | null {
  if (problem !== null) {
    const { happened, next } = oneTimeProblem[problem]();
    return amber(`${happened} ${next}`);
  }
  if (issuer && account) return plain(m.about_one_time({ issuer, account }));
  const either = issuer ?? account;
  return either ? plain(either) : null;
}

function aboutCodes({ left, used }: AboutOf<"codes">): AboutLine | null {
  if (left + used === 0) return null;
  if (left === 0) return amber(m.about_codes_none({ used }));
  // The only code of a service is not the last one.
  if (left === 1 && used > 0) return amber(m.about_codes_one({ used }));
  return plain(m.about_codes({ left, used }));
}

function aboutKey({ form, checksum }: AboutOf<"key">): AboutLine | null {
  if (form === null) return null;
  const named = { form: keyForm[form]() };
  switch (checksum) {
    case "right":
      return plain(m.about_key_right(named));
    case "wrong":
      return amber(m.about_key_wrong(named));
    case "none":
      return plain(m.about_key_none(named));
  }
}
