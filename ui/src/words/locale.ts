import { getLocale } from "../paraglide/runtime";

/**
 * Returns the locale for dates and numbers: the app's language with the person's region, so that
 * an English sentence has an English month name in the local date format.
 */
export function dateLocale(
  language: string = getLocale(),
  person: string = navigator.language,
): string {
  if (last?.language !== language || last.person !== person)
    last = { language, person, locale: regional(language, person) };
  return last.locale;
}

/** The answer of `dateLocale`, which every row of a list asks for. */
let last: { language: string; person: string; locale: string } | undefined;

function regional(language: string, person: string): string {
  try {
    const theirs = new Intl.Locale(person);
    if (theirs.language === language) return theirs.toString();
    const region = theirs.maximize().region;
    return new Intl.Locale(language, region ? { region } : {}).toString();
  } catch {
    return language;
  }
}

/** Default language of sheets. */
export function usualLanguage(person: string = navigator.language): "english" | "german" {
  return person.toLowerCase().startsWith("de") ? "german" : "english";
}

/** Default paper size: Letter in the United States and Canada, A4 elsewhere. */
export function usualPaper(person: string = navigator.language): "a4" | "letter" {
  try {
    const region = new Intl.Locale(person).maximize().region;
    return region === "US" || region === "CA" ? "letter" : "a4";
  } catch {
    return "a4";
  }
}
