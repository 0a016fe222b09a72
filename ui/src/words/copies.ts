import type { CopyBeside, LostWallet, OlderCopyView, WalletSummary } from "../ipc/generated";
import { m } from "../paraglide/messages";
import { listed } from "./listed";
import { dateAndTime } from "./time";

/** Says in one line what is wrong with a wallet's file. */
export function lostWords({ email, missing }: LostWallet): string {
  return missing ? m.lost_missing({ email }) : m.lost_damaged({ email });
}

/** Lists the copies to choose from: when each was saved, and what opens it. */
export function copyOptions(copies: OlderCopyView[]) {
  return copies.map(({ file, saved, codes }) => {
    const opens =
      codes.length > 0 ? m.copy_opens_code({ codes: listed(codes) }) : m.copy_opens_password();
    return {
      value: file,
      title: saved === null ? m.copy_no_date() : m.copy_saved({ at: dateAndTime(saved) }),
      note: m.copy_note({ opens, file }),
    };
  });
}

/** Says what a copy is beside the wallet's own file. */
export function besideWords(copy: CopyBeside, wallets: WalletSummary[]): string {
  const { file, saved } = copy;
  const wallet = wallets.find(({ id }) => id === copy.id);
  const email = wallet?.email ?? "";
  switch (copy.compared) {
    case "same":
      return m.beside_same({ file, email });
    case "older":
      return m.beside_older({ file, email });
    case "apart":
      return saved === null || wallet?.saved == null
        ? m.beside_apart({ file, email })
        : m.beside_apart_dates({
            file,
            email,
            at: dateAndTime(saved),
            own: dateAndTime(wallet.saved),
          });
  }
}
