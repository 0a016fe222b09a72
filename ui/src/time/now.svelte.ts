import { onDestroy } from "svelte";

/** A clock that a view can show: UTC seconds, ticking while the view lives. */
export class Now {
  seconds = $state(Date.now() / 1000);

  constructor(everyMilliseconds = 1000) {
    const tick = setInterval(() => (this.seconds = Date.now() / 1000), everyMilliseconds);
    onDestroy(() => clearInterval(tick));
  }
}
