import { createRawSnippet, mount, unmount, type Snippet } from "svelte";
import type { LucideIcon, LucideProps } from "@lucide/svelte";

/** Returns an icon that is drawn once and then copied, for rows of long lists. */
export function drawn(icon: LucideIcon, props: LucideProps): Snippet {
  let picture: string | undefined;
  return createRawSnippet(() => ({ render: () => (picture ??= draw(icon, props)) }));
}

function draw(icon: LucideIcon, props: LucideProps): string {
  const target = document.createElement("div");
  const mounted = mount(icon, { target, props });
  const picture = target.firstElementChild?.outerHTML ?? "";
  void unmount(mounted);
  return picture;
}
