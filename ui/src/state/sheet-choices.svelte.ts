import type { Language, NamedBy, PagesOf, Paper, SheetOf } from "../ipc/generated";
import { usualLanguage, usualPaper } from "../words/locale";

/** Layout choices for sheets and pages, shared until the app closes. */
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
