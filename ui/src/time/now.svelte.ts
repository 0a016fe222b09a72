import { onDestroy } from "svelte";

/** Reactive clock in UTC seconds that ticks while its component is mounted. */
export class Now {
  seconds = $state(Date.now() / 1000);

  constructor(everyMilliseconds = 1000) {
    const tick = setInterval(() => (this.seconds = Date.now() / 1000), everyMilliseconds);
    onDestroy(() => clearInterval(tick));
  }
}
