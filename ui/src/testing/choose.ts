import { fireEvent } from "@testing-library/svelte";

/** Chooses an entry of a list, as Svelte reads it: happy-dom does not match `:checked` entries. */
export async function choose(list: HTMLElement, value: string): Promise<void> {
  if (!(list instanceof HTMLSelectElement)) throw new Error("no list");
  list.querySelector = () => list.options[list.selectedIndex] ?? null;
  await fireEvent.change(list, { target: { value } });
}
