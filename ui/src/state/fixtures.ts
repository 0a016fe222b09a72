import type { CodeState, CodeView, SessionView, Status } from "../ipc/generated";

/** What Rust would say, for tests. */
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
  return { identifier: "M7QS", issued: 1000, expires: null, checked: 2000, ...over };
}

export function session(over: Partial<SessionView> = {}): SessionView {
  return {
    wallet_id: "w1",
    email: "ada@example.org",
    two_step: "on",
    code: code({ active: active() }),
    recovered: false,
    weaker_keychain: false,
    ...over,
  };
}

export function status(over: Partial<Status> = {}): Status {
  return {
    wallets: [
      { id: "w1", email: "ada@example.org" },
      { id: "w2", email: "joint@example.org" },
    ],
    keychain: { kind: "system" },
    session: null,
    version: "0.1.0",
    damaged: [],
    ...over,
  };
}
