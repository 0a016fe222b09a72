import type { Recipe } from "../ipc/generated";

export type RecipeOf<Type extends Recipe["type"]> = Extract<Recipe, { type: Type }>;

/** How a password is generated: the way that was chosen last, and what was chosen for each way. */
export interface Recipes {
  way: Recipe["type"];
  characters: RecipeOf<"characters">;
  words: RecipeOf<"words">;
}

/** What a generated password is for: a field of an item, or to open the wallet itself. */
export type Purpose = "field" | "wallet";

function begun(way: Recipe["type"]): Recipes {
  return {
    way,
    characters: {
      type: "characters",
      length: 20,
      letters: true,
      capitals: true,
      digits: true,
      signs: true,
    },
    words: { type: "words", count: 6, separator: "-", capitals: false, digit: false },
  };
}

/** The last recipes of this session. */
export const recipes: Record<Purpose, Recipes> = $state({
  field: begun("characters"),
  wallet: begun("words"),
});
