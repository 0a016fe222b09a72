import type { CopyBeside, LostWallet, OlderCopyView, WalletSummary } from "../ipc/generated";
import { m } from "../paraglide/messages";
import { listed } from "./listed";
import { dateAndTime } from "./time";

/** Says in one line why copies of a wallet are offered. */
export function lostWords({ email, why }: LostWallet): string {
  switch (why.reason) {
    case "missing":
      return m.lost_missing({ email });
    case "damaged":
      return m.lost_damaged({ email });
    case "unreadable":
      return m.lost_unreadable({ email });
    case "password":
      return m.lost_password({ email });
    case "code":
      return m.lost_code({ email, code: why.identifier });
  }
}

/** Says what using a copy means. */
export function copyWhatWords({ why }: LostWallet): string {
  switch (why.reason) {
    case "missing":
      return m.copy_what_missing();
    case "damaged":
      return m.copy_what_damaged();
    case "unreadable":
      return m.copy_what_unreadable();
    case "password":
      return m.copy_what_password();
    case "code":
      return m.copy_what_code({ code: why.identifier });
  }
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
