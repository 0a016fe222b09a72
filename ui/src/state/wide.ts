import { MediaQuery } from "svelte/reactivity";

/** Whether the window has room for the sidebar, the list, and an item beside each other. */
export const wide = new MediaQuery("min-width: 78rem", false);
