import { commands } from "../ipc/generated";
import { secondsNow } from "../time/seconds";
import { app } from "./app.svelte";
import type { Route } from "./route";
import type { Task } from "./task.svelte";

/**
 * Asks Rust to accept the entered code for a wallet, or for the wallet that the code names.
 * Returns the next route, or null if the task holds an error.
 */
export async function beginRedeem(task: Task, walletId: string | null): Promise<Route | null> {
  const step = await task.run(() => commands.redeem_begin({ wallet_id: walletId }));
  // A copy may open where the file does not.
  if (step?.step !== "accepted") void app.refreshWallets();
  switch (step?.step) {
    case "accepted": {
      const { identifier, wallet_id, email, seconds } = step;
      const accepted = { identifier, walletId: wallet_id, email, until: secondsNow() + seconds };
      return { name: "redeem-plan", accepted };
    }
    case "refused":
      return { name: "redeem-outcome", walletId, outcome: step.outcome };
    case undefined:
      return null;
  }
}
