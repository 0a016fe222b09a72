import type { Language, NamedBy, PagesOf, Paper, SheetOf } from "../ipc/generated";
import { usualLanguage, usualPaper } from "../words/locale";

/** How sheets and pages are to look; the same for all of them until the app is closed. */
class SheetChoices {
  paper = $state<Paper>(usualPaper());
  language = $state<Language>(usualLanguage());
  by = $state<NamedBy["by"]>("nothing");
  label = $state("");

  readonly named = $derived<NamedBy>(
    this.by === "label" ? { by: "label", label: this.label } : { by: this.by },
  );

  ofPages(): PagesOf {
    const { paper, language, named } = this;
    return { paper, language, named };
  }

  of(sheet: number): SheetOf {
    const { paper, language, named } = this;
    return { paper, language, named, sheet };
  }
}

export const sheetChoices = new SheetChoices();
