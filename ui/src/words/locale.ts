import { getLocale } from "../paraglide/runtime";

/**
 * The locale that writes dates and numbers: the app's own language with the person's region, so that
 * an English sentence holds an English month name, written the way that it is written where they live.
 */
export function dateLocale(
  language: string = getLocale(),
  person: string = navigator.language,
): string {
  try {
    const theirs = new Intl.Locale(person);
    if (theirs.language === language) return theirs.toString();
    const region = theirs.maximize().region;
    return new Intl.Locale(language, region ? { region } : {}).toString();
  } catch {
    return language;
  }
}

/** The language in which sheets are printed where the person has not chosen. */
export function usualLanguage(person: string = navigator.language): "english" | "german" {
  return person.toLowerCase().startsWith("de") ? "german" : "english";
}

/** The paper that printers hold where the person lives: Letter in the United States and Canada. */
export function usualPaper(person: string = navigator.language): "a4" | "letter" {
  try {
    const region = new Intl.Locale(person).maximize().region;
    return region === "US" || region === "CA" ? "letter" : "a4";
  } catch {
    return "a4";
  }
}
