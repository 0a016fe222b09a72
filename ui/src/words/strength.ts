import type { Strength } from "../ipc/generated";
import { m } from "../paraglide/messages";

const scores: Record<Strength["score"], () => string> = {
  0: m.strength_0,
  1: m.strength_1,
  2: m.strength_2,
  3: m.strength_3,
  4: m.strength_4,
};

/** zxcvbn identifies warnings by English sentences; they are the keys here. */
const warnings: Record<string, () => string> = {
  "Straight rows of keys are easy to guess.": m.strength_keyboard,
  "Short keyboard patterns are easy to guess.": m.strength_keyboard,
  'Repeats like "aaa" are easy to guess.': m.strength_repeats,
  'Repeats like "abcabcabc" are only slightly harder to guess than "abc".': m.strength_repeats,
  "This is a top-10 common password.": m.strength_common,
  "This is a top-100 common password.": m.strength_common,
  "This is a very common password.": m.strength_common,
  "This is similar to a commonly used password.": m.strength_like_common,
  "Sequences like abc or 6543 are easy to guess.": m.strength_sequence,
  "Recent years are easy to guess.": m.strength_dates,
  "A word by itself is easy to guess.": m.strength_word,
  "Dates are often easy to guess.": m.strength_dates,
  "Names and surnames by themselves are easy to guess.": m.strength_names,
  "Common names and surnames are easy to guess.": m.strength_names,
};

const suggestions: Record<string, () => string> = {
  "Use a few words, avoid common phrases.": m.strength_few_words,
  "No need for symbols, digits, or uppercase letters.": m.strength_few_words,
  "Add another word or two. Uncommon words are better.": m.strength_more_words,
  "Capitalization doesn't help very much.": m.strength_capitals,
  "All-uppercase is almost as easy to guess as all-lowercase.": m.strength_capitals,
  "Reversed words aren't much harder to guess.": m.strength_substitutions,
  "Predictable substitutions like '@' instead of 'a' don't help very much.":
    m.strength_substitutions,
  "Use a longer keyboard pattern with more turns.": m.strength_keyboard,
  "Avoid repeated words and characters.": m.strength_repeats,
  "Avoid sequences.": m.strength_sequence,
  "Avoid recent years.": m.strength_dates,
  "Avoid years that are associated with you.": m.strength_dates,
  "Avoid dates and years that are associated with you.": m.strength_dates,
};

export function scoreWord(score: Strength["score"]): string {
  return (scores[score] ?? m.strength_0)();
}

export function warning(key: string | null): string | null {
  return (key && warnings[key]?.()) || null;
}

export function suggestion(key: string | null): string | null {
  return (key && suggestions[key]?.()) || null;
}
