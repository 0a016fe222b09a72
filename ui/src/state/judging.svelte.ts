import { commands, type FieldJudged, type FieldType } from "../ipc/generated";

/** Long enough that typing does not queue questions, short enough to feel live; milliseconds. */
const pause = 150;

/** What Rust says of a field while it is typed. */
export class Judging {
  private readonly text: () => string;
  private answer = $state.raw<{ text: string; judged: FieldJudged } | null>(null);
  /** Null until there is an answer to the present text. */
  readonly judged = $derived.by(() =>
    this.answer?.text === this.text() ? this.answer.judged : null,
  );

  constructor(kind: FieldType, text: () => string) {
    this.text = text;
    $effect(() => {
      const asked = text();
      if (asked === "") return;
      const later = setTimeout(() => void this.ask(kind, asked), pause);
      return () => clearTimeout(later);
    });
  }

  private async ask(kind: FieldType, text: string): Promise<void> {
    // Without an answer nothing is said: it never keeps anything from being saved.
    const judged = await commands.judge_field({ kind, text }).catch(() => null);
    if (judged && text === this.text()) this.answer = { text, judged };
  }
}
