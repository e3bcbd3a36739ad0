import type { MemberResult } from '../journal/contract.ts';

/** A request as it is sent to a throwaway directory. */
export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Absent: no body. */
  readonly body?: string;
  readonly address?: string;
}

/** What came back, and what became of each member. */
export interface Answered {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** JSON where it is JSON, else text. */
  readonly body: unknown;
  readonly fields: readonly MemberResult[];
}

/** A directory in memory for one case, with a clock of its own. */
export interface Throwaway {
  apply(key: string, text: string): Promise<void>;
  send(sent: Sent): Promise<Answered>;
  wait(milliseconds: number): void;
  /** Everything that is kept of the companies, as company files. */
  state(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Opens one whose clock begins at an instant. */
export type OpenThrowaway = (at: number) => Promise<Throwaway>;
