import { createHash, randomBytes } from 'node:crypto';

/** How far a key opens the admin API: everything, or reading without secrets and contact data. */
export type Role = 'full' | 'read';

/** One session of the console. */
interface Session {
  readonly role: Role;
  readonly endsAt: number;
  usedAt: number;
}

/** So many sessions are kept; for a further one the one that began first ends. */
export const MAX_SESSIONS = 1_000;
/** A session ends after so long. */
export const SESSION_MS = 12 * 3_600_000;
/** And, where people are real, when it was not used for so long. */
export const IDLE_MS = 30 * 60_000;

/** Sessions of the console, in memory: they end with the process. Of their ids only digests are kept. */
export class Sessions {
  readonly #sessions = new Map<string, Session>();
  readonly #idleMs: number;

  /** `idleMs`: when a session that is not used ends. */
  constructor(idleMs: number = SESSION_MS) {
    this.#idleMs = idleMs;
  }

  /** Begins a session; returns its id. */
  begin(role: Role, at: number): string {
    const id = randomBytes(32).toString('base64url');
    this.#expire(at);
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size >= MAX_SESSIONS && oldest !== undefined) this.#sessions.delete(oldest);
    this.#sessions.set(digest(id), { role, endsAt: at + SESSION_MS, usedAt: at });
    return id;
  }

  /** Returns how far a session opens, which uses it; null where it is over, or there is none. */
  use(id: string, at: number): Role | null {
    const key = digest(id);
    const session = this.#sessions.get(key);
    if (session === undefined) return null;
    if (this.#isOver(session, at)) {
      this.#sessions.delete(key);
      return null;
    }
    session.usedAt = at;
    return session.role;
  }

  /** Whether a session is there, which does not use it. */
  has(id: string, at: number): boolean {
    const session = this.#sessions.get(digest(id));
    return session !== undefined && !this.#isOver(session, at);
  }

  end(id: string): void {
    this.#sessions.delete(digest(id));
  }

  endAll(): void {
    this.#sessions.clear();
  }

  #isOver({ endsAt, usedAt }: Session, at: number): boolean {
    return at >= endsAt || at - usedAt >= this.#idleMs;
  }

  #expire(at: number): void {
    for (const [key, session] of this.#sessions) if (this.#isOver(session, at)) this.#sessions.delete(key);
  }
}

function digest(id: string): string {
  return createHash('sha256').update(id).digest('base64url');
}
