import type { ClientApp } from '../../dialects/dialect.ts';
import { LruCache } from '../../lib/lru-cache.ts';
import type { Forked } from '../snapshots/contract.ts';

/** An app with its secret, as a file gave it. */
export interface KnownApp extends ClientApp {
  readonly platform: string;
}

/** How many companies are remembered, and how long a file may be. */
const MAX_COMPANIES = 1_000;
const MAX_CHARACTERS = 1_000_000;

/** The apps of companies as their files gave them: the store keeps no secret that could be used. */
export class KnownApps {
  readonly #read: (file: string) => readonly KnownApp[];
  readonly #files = new LruCache<string, string | readonly KnownApp[]>(MAX_COMPANIES);

  constructor(read: (file: string) => readonly KnownApp[]) {
    this.#read = read;
  }

  /** Remembers the file that was applied. */
  applied(key: string, file: string): void {
    if (file.length <= MAX_CHARACTERS) this.#files.set(key, file);
  }

  /** Remembers a copy, whose apps have other keys and the same secrets. */
  forked(from: string, { key, apps }: Forked): void {
    const original = this.of(from);
    this.#files.set(
      key,
      apps.flatMap((one): readonly KnownApp[] => {
        const secret = original.find((app) => app.platform === one.platform && app.key === one.from)?.secret;
        return secret === undefined ? [] : [{ platform: one.platform, key: one.to, secret }];
      }),
    );
  }

  /** The apps of a company. */
  of(key: string): readonly KnownApp[] {
    const known = this.#files.get(key) ?? [];
    if (typeof known !== 'string') return known;
    // Read only when asked for, as few tests need it.
    const apps = this.#read(known);
    this.#files.set(key, apps);
    return apps;
  }
}
