import { commands } from "../../../ipc/generated";
import { replaceTyped, wordTyped, type WordTyped } from "../../base/typing";

/** Completes the word of a phrase that is being typed, from a list that its person moves in. */
export class Completing {
  /** The words that it may become; none while there is nothing to choose. */
  words = $state.raw<readonly string[]>([]);
  /** The marked one, from 0; none until the person goes there. */
  at = $state<number | null>(null);
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
    this.at = null;
  }

  /** Closes once the caret has left the word. */
  follow(box: HTMLTextAreaElement): void {
    const typed = wordTyped(box);
    if (this.words.length === 0) return;
    if (typed?.from !== this.typed?.from || typed?.start !== this.typed?.start) this.close();
  }

  /** Writes one of the words in place of what was typed of it. */
  accept(box: HTMLTextAreaElement, word: string | undefined): void {
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
        this.at = ((this.at ?? -1) + 1) % count;
        return true;
      case "ArrowUp":
        this.at = ((this.at ?? count) + count - 1) % count;
        return true;
      // What is not marked is not meant: Enter ends a line, and Tab leaves the field.
      case "Tab":
      case "Enter":
        if (this.at === null || event.shiftKey) return false;
        this.accept(box, this.words[this.at]);
        return true;
      case "Escape":
        this.close();
        return true;
      default:
        return false;
    }
  }
}
