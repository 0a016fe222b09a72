import { commands } from "../../../ipc/generated";
import { replaceTyped, wordTyped, type WordTyped } from "./typing";

/** Completes the word of a phrase that is being typed, from a list that its person moves in. */
export class Completing {
  /** The words that it may become; none while there is nothing to choose. */
  words = $state.raw<readonly string[]>([]);
  /** The marked one, from 0. */
  at = $state(0);
  private typed: WordTyped | null = null;
  private asked = 0;

  /** Asks for words once something was typed. The latest answer wins. */
  async ask(box: HTMLTextAreaElement): Promise<void> {
    const typed = wordTyped(box);
    this.close();
    if (!typed) return;
    const asked = this.asked;
    const { start, from } = typed;
    const before = box.value.slice(0, from);
    const words = await commands.complete_word({ start, before }).catch(() => []);
    if (asked !== this.asked || words.every((word) => word === start)) return;
    this.typed = typed;
    this.words = words;
  }

  close(): void {
    this.asked += 1;
    this.words = [];
    this.at = 0;
  }

  /** Writes one of the words in place of what was typed of it. */
  accept(box: HTMLTextAreaElement, word = this.words[this.at]): void {
    const { typed } = this;
    this.close();
    if (!typed || word === undefined) return;
    replaceTyped(box, typed.from, typed.from + typed.start.length, `${word} `);
    this.close();
  }

  /** Acts on a key while there are words to choose from. Returns whether it did. */
  key(event: KeyboardEvent, box: HTMLTextAreaElement): boolean {
    const count = this.words.length;
    if (count === 0 || event.altKey || event.ctrlKey || event.metaKey || event.isComposing) {
      return false;
    }
    switch (event.key) {
      case "ArrowDown":
        this.at = (this.at + 1) % count;
        return true;
      case "ArrowUp":
        this.at = (this.at + count - 1) % count;
        return true;
      case "Tab":
        if (event.shiftKey) return false;
        this.accept(box);
        return true;
      case "Enter":
        this.accept(box);
        return true;
      case "Escape":
        this.close();
        return true;
      default:
        return false;
    }
  }
}
