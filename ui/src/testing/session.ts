import type { CodeState, CodeView, CoveredView, SessionView, Status } from "../ipc/generated";

/** A state of the code, as Rust reports it. */
export function code(over: Partial<CodeState> = {}): CodeState {
  return {
    trouble: null,
    active: null,
    unfinished: null,
    outcomes: [],
    other_store: false,
    lost_with_keychain: null,
    older_file: false,
    ...over,
  };
}

export function active(over: Partial<CodeView> = {}): CodeView {
  return {
    identifier: "M7QS",
    issued: 1000,
    expires: null,
    checked: 2000,
    threshold: 0,
    sheets: 0,
    letters: "",
    next_letter: null,
    ...over,
  };
}

/** A live set of three sheets, two of which give the code. */
export function set(over: Partial<CodeView> = {}): CodeView {
  return active({ threshold: 2, sheets: 3, letters: "ACD", next_letter: "E", ...over });
}

export function session(over: Partial<SessionView> = {}): SessionView {
  return {
    wallet_id: "w1",
    email: "ada@example.org",
    read_only: false,
    two_step: "on",
    code: code({ active: active() }),
    recovered: false,
    weaker_keychain: false,
    kits: [],
    pages: null,
    shown: null,
    ...over,
  };
}

/** A code that is covered while its wallet is locked. */
export function covered(over: Partial<CoveredView> = {}): CoveredView {
  return {
    wallet_id: "w1",
    email: "ada@example.org",
    identifier: "M7QS",
    expires: null,
    digits: false,
    remade: false,
    ...over,
  };
}

export function status(over: Partial<Status> = {}): Status {
  return {
    wallets: [
      { id: "w1", email: "ada@example.org", saved: 1000 },
      { id: "w2", email: "joint@example.org", saved: 2000 },
    ],
    keychain: { kind: "system", private_file: false, choice_lost: false },
    session: null,
    covered: null,
    version: "0.1.0",
    crashed: false,
    last_wallet: null,
    locked_by: null,
    deleted: null,
    preferences: {
      idle_minutes: 5,
      lock_at_sleep: true,
      lock_at_screen_lock: true,
      appearance: "system",
      text_percent: 100,
      paper: null,
      sheet_language: null,
      sheet_email: false,
      clipboard_seconds: 30,
    },
    folder: "/home/ada/wallets",
    lost: [],
    beside: [],
    damaged: [],
    ...over,
  };
}
