import type { NamedBy, PagesOf, SheetOf } from "../ipc/generated";
import { usualLanguage, usualPaper } from "../words/locale";
import { app } from "./app.svelte";

type Paper = SheetOf["paper"];
type Language = SheetOf["language"];

/** Layout choices for sheets and pages: those of the settings, unless changed since the start. */
class SheetChoices {
  private chosen = $state<{ paper?: Paper; language?: Language; by?: NamedBy["by"] }>({});
  label = $state("");

  private readonly preferences = $derived(app.status?.preferences ?? null);

  get paper(): Paper {
    return this.chosen.paper ?? this.preferences?.paper ?? usualPaper();
  }

  set paper(paper: Paper) {
    this.chosen.paper = paper;
  }

  get language(): Language {
    return this.chosen.language ?? this.preferences?.sheet_language ?? usualLanguage();
  }

  set language(language: Language) {
    this.chosen.language = language;
  }

  get by(): NamedBy["by"] {
    return this.chosen.by ?? (this.preferences?.sheet_email ? "email" : "nothing");
  }

  set by(by: NamedBy["by"]) {
    this.chosen.by = by;
  }

  private get named(): NamedBy {
    const { by, label } = this;
    return by === "label" ? { by, label } : { by };
  }

  ofPages(): PagesOf {
    const { paper, language, named } = this;
    return { paper, language, named };
  }

  of(sheet: number): SheetOf {
    return { ...this.ofPages(), sheet };
  }
}

export const sheetChoices = new SheetChoices();
