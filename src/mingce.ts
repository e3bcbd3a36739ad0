/// <reference lib="esnext.disposable" preserve="true" />
// For `AsyncDisposable` in the published types, where an importer’s `target` is older.

import type { CompanyOf } from './company-handles.ts';
import type { Companies } from './company/contract.ts';
import type { Config } from './config.ts';
import type { Call, Reply } from './dialects/dialect.ts';
import type { Waits } from './delivery/targets/continuous/ports.ts';
import type { Store } from './directory/store.ts';
import type { HttpLimits } from './http/limits.ts';
import type { Clock } from './lib/time/clock.ts';
import type { Ids } from './lib/ids.ts';
import type { Log } from './lib/log.ts';
import type { CompanySource } from './load-companies.ts';
import type { Requests } from './sandbox/library/contract.ts';

/** How to start; whatever is left out has the value that `docs/operations.md` gives, unless it says otherwise here. */
export interface StartOptions extends Partial<Omit<Config, 'log' | 'limits' | 'journal'>> {
  readonly journal?: Partial<Config['journal']>;
  /** Default: any free one. */
  readonly port?: number;
  /** Whether to listen; false: only {@link Mingce.fetch} answers, and `url` is `http://mingce.test`. Default: yes. */
  readonly listen?: boolean;
  /** The store's URL. Default: in the data folder if one is given, else in memory. */
  readonly store?: string;
  readonly limits?: Partial<HttpLimits>;
  /** The same as one entry of `companies`. */
  readonly company?: string | CompanySource;
  /** Each makes one company equal to it before the first request is answered. */
  readonly companies?: readonly (string | CompanySource)[];
  /**
   * Whether a company that was changed since a file was last applied to it stays as it is. Default: no. Its source is in
   * {@link Mingce.kept} then.
   */
  readonly keepChanged?: boolean;
  /** Whether to load the demo company where the store does not have it yet. Default: no. */
  readonly demo?: boolean;
  /** The certificate and key for TLS, as PEM. Default: none. */
  readonly tls?: { readonly cert: string; readonly key: string } | undefined;
  /** How long a write to a live tenant may take, something in doubt is left alone, and a lease lasts; shorter is for tests alone. */
  readonly deliveryWaits?: Waits;
  readonly clock?: Clock;
  readonly ids?: Ids;
  /** Default: warnings and errors to standard error. */
  readonly log?: Log;
}

/** A running Mingce. With exactly one company its tools are here too; with several, use {@link Mingce.company}. */
export interface Mingce extends CompanyOf, AsyncDisposable {
  /** Where it listens, e.g. `http://127.0.0.1:6464`; the base URL to give to a client. */
  readonly url: string;
  readonly port: number;
  /** The key of the admin API; null where that is closed. */
  readonly adminKey: string | null;
  readonly store: Store;
  readonly companies: Companies;
  /** As the global one, answered without a socket: `url`, and the platforms' own hosts. Rejects calls to any other. */
  readonly fetch: typeof globalThis.fetch;
  /** The calls to the platforms that were answered, with what became of each member; null where none are kept. */
  readonly requests: Requests | null;
  /** The tools of one company. */
  company(key: string): CompanyOf;
  /** The names of the sources that were not applied, as their companies were changed since. */
  readonly kept: readonly string[];
  /** Answers a call without a socket. */
  handle(call: Call): Promise<Reply>;
  /** Stops listening, finishes what was accepted and lets go of the store; closed again, it waits for the same. */
  close(): Promise<void>;
}
