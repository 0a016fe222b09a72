import type { KitView } from "../ipc/generated";
import { app } from "./app.svelte";

/** The kits of a code of the open wallet. */
export function kitsOf(identifier: string | undefined): KitView[] {
  return app.session?.kits.filter((kit) => kit.identifier === identifier) ?? [];
}
