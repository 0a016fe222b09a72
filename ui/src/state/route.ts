import type {
  CodeOutcome,
  CoveredView,
  ItemKind,
  PlaceOf,
  RestoreFound,
  RestoredView,
  SessionView,
  Status,
} from "../ipc/generated";

/** A code accepted for redeeming, and the deadline to commit it (UTC seconds). */
export interface Accepted {
  identifier: string;
  walletId: string;
  email: string;
  until: number;
}

/** The current view and its parameters. Never carries a secret. */
export type Route =
  | { name: "keychain"; then: Route }
  | { name: "covered"; code: CoveredView }
  | { name: "start" }
  | { name: "create-email"; email: string }
  | { name: "create-password"; email: string }
  | { name: "two-step"; reason: "created" | "settings" | "recovered" }
  | { name: "sign-in"; walletId: string | null }
  | { name: "digits"; walletId: string }
  | { name: "redeem-wallet"; walletId: string | null; resume?: boolean }
  | { name: "redeem-enter"; walletId: string | null; resume?: boolean }
  | { name: "redeem-plan"; accepted: Accepted }
  | { name: "redeem-password"; accepted: Accepted }
  | { name: "redeem-outcome"; walletId: string | null; outcome: CodeOutcome }
  /** `kept`: what stays entered from the page before. */
  | { name: "restore"; kept: "nothing" | "code" | "all" }
  | { name: "restore-found"; found: RestoreFound }
  | { name: "restore-password"; found: RestoreFound; place: PlaceOf | null }
  | { name: "recovered"; restored?: Restored; kits?: string[] }
  | { name: "unfinished" }
  /** `from`: the item that was shown before. */
  | { name: "items"; find?: boolean; binned?: Binned; from?: string }
  /** `resume`: what was typed and not saved is typed on. */
  | { name: "item"; id: string | null; kind: ItemKind; title: string; resume?: boolean }
  | { name: "new-item" }
  | { name: "bin" }
  | { name: "backup-code"; made?: Made }
  | { name: "identity"; purpose: Purpose; resume?: boolean; typed?: string }
  | { name: "issue"; shown?: boolean; protects?: boolean }
  | { name: "remake"; resume: boolean; shown?: boolean }
  | { name: "kept"; identifier: string; protects?: boolean }
  | { name: "check" }
  | { name: "check-outcome"; outcome: CodeOutcome }
  | { name: "activity"; exports?: boolean }
  | { name: "settings"; copies?: boolean }
  | { name: "change-email"; typed?: string }
  | { name: "earlier" }
  | { name: "delete"; typed?: string }
  | { name: "open-file" }
  | { name: "help" }
  | { name: "change-password" };

/** Why the person confirms their identity. */
export type Purpose =
  | "issue"
  | "protect"
  | "remake"
  | "export-activity"
  | "change-email"
  | "save-copy"
  | "delete-wallet"
  | "set-up-two-step"
  | "turn-off-two-step";

/** The view that asks for an identity for this purpose, and that Back leads to. */
const beforeIdentity = {
  issue: "backup-code",
  protect: "items",
  remake: "backup-code",
  "export-activity": "activity",
  "change-email": "settings",
  "save-copy": "settings",
  "delete-wallet": "settings",
  "set-up-two-step": "settings",
  "turn-off-two-step": "settings",
} as const satisfies Record<Purpose, Route["name"]>;

/** Facts about a restored wallet. */
export interface Restored extends Omit<RestoredView, "session"> {
  /** The wallet that was replaced is another one of the same e-mail. */
  replacedOther: boolean;
}

/** An item that was just moved to the bin, which can be undone. */
export interface Binned {
  id: string;
  title: string;
}

/** Sheets of a set that were made again, or added. */
export interface Made {
  identifier: string;
  letters: string;
}

const withoutSession = new Set<Route["name"]>([
  "keychain",
  "covered",
  "start",
  "help",
  "create-email",
  "create-password",
  "sign-in",
  "digits",
  "redeem-wallet",
  "redeem-enter",
  "redeem-plan",
  "redeem-password",
  "redeem-outcome",
  "restore",
  "restore-found",
  "restore-password",
  "open-file",
]);

/** Whether the view needs an open wallet. */
export function needsSession(route: Route): boolean {
  return !withoutSession.has(route.name);
}

/** Whether the view is shown next to the sidebar of an open wallet. */
export function besideSidebar(route: Route): boolean {
  return [
    "items",
    "item",
    "new-item",
    "bin",
    "backup-code",
    "activity",
    "settings",
    "help",
  ].includes(route.name);
}

/** Whether the view is the list of items or one of them, which a wide window shows together. */
export function inPanes(route: Route): route is Extract<Route, { name: "items" | "item" }> {
  return route.name === "items" || route.name === "item";
}

/**
 * Returns the first step towards a new code, or with `protect` towards the first lasting one of a
 * wallet. A keychain that is missing is asked about before.
 */
export function issuing(status: Status | null, purpose: "issue" | "protect" = "issue"): Route {
  const then: Route = { name: "identity", purpose };
  return status?.keychain.kind === "missing" ? { name: "keychain", then } : then;
}

/** Returns the first step of a redemption: which wallet is asked only where there is a choice. */
export function redeeming(
  status: Status | null,
  walletId: string | null,
): Extract<Route, { name: "redeem-wallet" | "redeem-enter" }> {
  const only = status?.lost.length === 0 && status.wallets.length === 1 ? status.wallets[0] : null;
  if (only) return { name: "redeem-enter", walletId: only.id };
  return { name: "redeem-wallet", walletId };
}

/** Returns the first route, at start and after a lock. */
export function beginning(status: Status, wanted = status.last_wallet): Route {
  if (status.session) return opened(status.session);
  if (status.covered) return { name: "covered", code: status.covered };
  return door(status, wanted);
}

/** Returns sign-in, or the first start if there is neither a wallet nor a copy of one. */
export function door(status: Status, wanted = status.last_wallet): Route {
  if (status.wallets.length + status.lost.length === 0) return { name: "start" };
  const known = status.wallets.some((wallet) => wallet.id === wanted);
  return { name: "sign-in", walletId: known ? wanted : (status.wallets[0]?.id ?? null) };
}

/** Returns the first route of a wallet that was just opened. */
export function opened(session: SessionView): Route {
  if (session.shown === "issued") return { name: "issue", shown: true };
  if (session.shown === "remade") return { name: "remake", resume: false, shown: true };
  if (session.recovered) return { name: "recovered" };
  if (session.code.unfinished && !session.read_only) return { name: "unfinished" };
  return { name: "items" };
}

/** Returns the route that Back leads to, or null if there is none or the view asks first. */
export function back(route: Route, status: Status): Route | null {
  switch (route.name) {
    case "keychain":
      return route.then.name === "identity" ? (back(route.then, status) ?? route.then) : route.then;
    case "create-email":
      return door(status);
    case "help":
      return status.session ? null : beginning(status);
    case "create-password":
      return { name: "create-email", email: route.email };
    case "digits":
      return { name: "sign-in", walletId: route.walletId };
    case "redeem-wallet":
      return status.session ? { name: "settings" } : door(status, route.walletId);
    case "redeem-enter": {
      if (status.session) return { name: "settings" };
      const first = redeeming(status, route.walletId);
      return first.name === "redeem-enter" ? door(status, first.walletId) : first;
    }
    case "redeem-plan":
      return { name: "redeem-enter", walletId: route.accepted.walletId };
    case "redeem-password":
      return { name: "redeem-plan", accepted: route.accepted };
    case "redeem-outcome":
      return { name: "redeem-enter", walletId: route.walletId };
    case "restore":
      return door(status);
    case "open-file":
      return status.session ? { name: "settings" } : door(status);
    case "restore-found":
      return { name: "restore", kept: "all" };
    case "restore-password":
      return { name: "restore-found", found: route.found };
    case "two-step":
      return route.reason === "settings" ? { name: "settings" } : null;
    case "identity":
      return { name: beforeIdentity[route.purpose] };
    case "change-password":
    case "change-email":
    case "earlier":
    case "delete":
      return { name: "settings" };
    case "check":
    case "check-outcome":
      return { name: "backup-code" };
    case "item":
      return route.id === null ? { name: "items" } : { name: "items", from: route.id };
    case "new-item":
    case "bin":
    case "unfinished":
      return { name: "items" };
    case "covered":
    case "start":
    case "sign-in":
    case "recovered":
    case "items":
    case "backup-code":
    case "issue":
    case "remake":
    case "kept":
    case "activity":
    case "settings":
      return null;
  }
}
