import {
  commands,
  type CodeState,
  type Preferences,
  type SessionView,
  type Status,
} from "../ipc/generated";
import { forgetListing } from "./listing.svelte";
import { wear } from "./look";
import { back, beginning, besideSidebar, needsSession, opened, type Route } from "./route";

/** How long Rust may take to replace the page, or to keep what is typed, in milliseconds. */
const patience = 3_000;

/** The store: Rust's status and the current route. Everything else is derived from it. */
class App {
  status = $state.raw<Status | null>(null);
  route = $state.raw<Route | null>(null);
  /** How often something was saved in the open wallet. */
  saves = $state(0);
  /** The previous page crashed, and the person has not been told yet. */
  crashed = $state(false);
  /** Decides whether the view may be left. Set by a view with unsaved work. */
  mayLeave: ((to: () => void) => boolean) | null = null;
  /** Keeps what is typed, and tells whether nothing of it would be lost. Set by such a view. */
  keepTyped: (() => Promise<boolean>) | null = null;

  readonly session = $derived(this.status?.session ?? null);
  readonly beside = $derived(
    this.session !== null && this.route !== null && besideSidebar(this.route),
  );

  async begin(): Promise<void> {
    // A fresh page has nothing to lose.
    await commands.unsaved_work({ unsaved: false });
    const status = await commands.status();
    this.crashed = status.crashed;
    this.accept(status);
  }

  /** Takes a status and goes to its first route. */
  accept(status: Status, wanted = status.last_wallet): void {
    this.status = status;
    this.saved = status.preferences;
    wear(status.preferences.appearance);
    this.route = beginning(status, wanted);
  }

  /** Goes to a route, unless the current view objects. */
  go(route: Route): void {
    const go = () => {
      this.mayLeave = null;
      this.route = needsSession(route) && !this.session ? this.wayIn() : route;
    };
    if (this.mayLeave?.(go) === false) return;
    go();
  }

  back(): void {
    const to = this.route && this.status ? back(this.route, this.status) : null;
    if (to) this.go(to);
  }

  /** Takes the session of a wallet that was just opened. */
  open(session: SessionView): void {
    this.learn(session);
    this.go(opened(session));
  }

  /** Takes a changed session and stays on the view. */
  learn(session: SessionView): void {
    if (!this.status) return;
    const { wallet_id: id, email } = session;
    const { wallets } = this.status;
    const known = wallets.some((wallet) => wallet.id === id);
    this.status = {
      ...this.status,
      session,
      wallets: known
        ? wallets.map((wallet) => (wallet.id === id ? { ...wallet, email } : wallet))
        : [...wallets, { id, email, saved: null }],
    };
  }

  /** Asks again which wallets and copies are on this computer, and stays on the route. */
  async refreshWallets(): Promise<void> {
    this.status = await commands.status().catch(() => this.status);
  }

  /** Fetches the session again: a save may have changed its to-dos. */
  async refresh(): Promise<void> {
    const { session } = await commands.status();
    if (session && this.session) this.learn(session);
  }

  /** Changes what the person likes: at once, and for the next start. Changes are saved in turn. */
  async prefer(change: Partial<Preferences>): Promise<void> {
    if (!this.status || !this.saved) return;
    this.like({ ...this.status.preferences, ...change });
    const saving = this.saving.then(() => this.save(change));
    const settled = saving.catch(() => undefined);
    this.saving = settled;
    try {
      await saving;
    } finally {
      // Another change is on its way otherwise.
      if (this.saving === settled) this.like(this.saved);
    }
  }

  /** The preferences as Rust has saved them. */
  private saved: Preferences | null = null;
  private saving: Promise<void> = Promise.resolve();

  private async save(change: Partial<Preferences>): Promise<void> {
    if (!this.saved) return;
    this.saved = await commands.change_preferences({ ...this.saved, ...change });
  }

  private like(preferences: Preferences): void {
    wear(preferences.appearance);
    if (this.status) this.status = { ...this.status, preferences };
  }

  learnCode(code: CodeState): void {
    if (this.session) this.learn({ ...this.session, code });
  }

  /** Locks, and asks only where something typed cannot be kept. */
  lock(): void {
    void this.end(() => this.locked());
  }

  /** Closes the window, and asks only where something typed cannot be kept. */
  close(): void {
    // A page that does not say so counts as frozen, and is closed without asking.
    void commands.closing_heard().catch(() => undefined);
    void this.end(() => void commands.quit().catch(() => undefined));
  }

  private async end(end: () => void): Promise<void> {
    const late = new Promise<boolean>((done) => setTimeout(() => done(false), patience));
    const kept = this.keepTyped === null || (await Promise.race([this.keepTyped(), late]));
    if (kept || this.mayLeave?.(end) !== false) end();
  }

  /** Drops everything, and has Rust lock, which it may have done already, and replace the page. */
  locked(): void {
    this.forget();
    const reload = () => window.location.reload();
    // A page that is still there after a moment was not replaced.
    void commands.lock().then(() => setTimeout(reload, patience), reload);
  }

  /** Drops everything shown or typed. */
  forget(): void {
    this.mayLeave = null;
    this.keepTyped = null;
    this.route = null;
    this.status = null;
    forgetListing();
  }

  private wayIn(): Route {
    return this.status ? beginning(this.status) : { name: "start" };
  }
}

export const app = new App();
