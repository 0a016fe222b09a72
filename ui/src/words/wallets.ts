import type { WalletSummary } from "../ipc/generated";
import { m } from "../paraglide/messages";
import { dateAndTime } from "./time";

/** Lists wallets to choose from. Wallets with the same e-mail show when they were saved. */
export function walletOptions(wallets: WalletSummary[]) {
  return wallets.map(({ id, email, saved }) => {
    const alone = wallets.filter((other) => other.email === email).length === 1;
    const note = alone || saved === null ? undefined : m.wallet_saved({ at: dateAndTime(saved) });
    return { value: id, title: email, ...(note === undefined ? {} : { note }) };
  });
}
