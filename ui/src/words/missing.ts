import { codeLength } from "../code/groups";
import { m } from "../paraglide/messages";
import type { Entering } from "../state/entering.svelte";

/** A condition of a page's main button: true while it is not met, and what to do then. */
type Lack = readonly [lacking: boolean, words: () => string];

/** What the main button waits for: the words of the first lack, in the order of the page. */
export function missing(...lacks: Lack[]): string | null {
  return lacks.find(([lacking]) => lacking)?.[1]() ?? null;
}

export function noPassword(password: string): Lack {
  return [password === "", m.missing_password];
}

export function noDigits(digits: string): Lack {
  return [digits.length !== 6, m.missing_digits];
}

/** A code, or the sheets of one, that is not entered whole. */
export function noCode(entering: Entering): Lack {
  const { field, set, ready } = entering;
  if (field.state === "proposal" && field !== entering.refused) {
    return [!ready, m.missing_answer];
  }
  if (set !== null && !entering.complete) return [!ready, m.missing_sheets];
  return [!ready, () => m.missing_code({ length: codeLength })];
}
