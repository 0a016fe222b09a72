import type { WalletSummary } from "../ipc/generated";
import { m } from "../paraglide/messages";
import { dateAndSecond, dateAndTime } from "./time";

/** Lists wallets to choose from. Wallets with the same e-mail show when they were saved. */
export function walletOptions(wallets: WalletSummary[]) {
  return wallets.map(({ id, email, saved }) => {
    const others = wallets.filter((other) => other.email === email && other.id !== id);
    if (others.length === 0 || saved === null) return { value: id, title: email };
    const minute = dateAndTime(saved);
    const alike = others.some(({ saved }) => saved !== null && dateAndTime(saved) === minute);
    const note = m.wallet_saved({ at: alike ? dateAndSecond(saved) : minute });
    return { value: id, title: email, note };
  });
}
