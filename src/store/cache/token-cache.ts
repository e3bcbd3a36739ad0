import type { QueryParams } from '../../directory/store.ts';
import type { Token } from '../../directory/auth/token.ts';
import { LruCache } from '../../lib/lru-cache.ts';
import type { Engine, SqlTask } from '../engine.ts';
import { tokenByHash } from '../queries/tokens.ts';
import type { CacheAdmission, TransactionContext } from './transaction-context.ts';

/** How many tokens are remembered. */
const MAX_TOKENS = 50_000;

/** Tokens as they were loaded last. Where other processes write the same data, each is asked for every time. */
export class TokenCache {
  readonly #engine: Engine;
  readonly #admission: CacheAdmission;
  readonly #tokens = new LruCache<string, Token>(MAX_TOKENS);

  constructor(engine: Engine, admission: CacheAdmission) {
    this.#engine = engine;
    this.#admission = admission;
  }

  /** Returns a token without asking; undefined where it is not remembered. */
  peek(hash: string): Token | undefined {
    return this.#tokens.get(hash);
  }

  /** Loads a token, or returns the one that is remembered; null where there is none. */
  *load(about: QueryParams['token'], run: TransactionContext): SqlTask<Token | null> {
    const { flavor, isShared } = this.#engine;
    const known = isShared ? undefined : this.#tokens.get(about.hash);
    if (known !== undefined) return known;
    const found = yield* tokenByHash(flavor, run.isWrite, about);
    if (found === null) return null;
    const { token, tenantVersion: version } = found;
    if (version !== null) run.versions.set(token.tenant, version);
    if (!isShared) {
      this.#admission.learn(run, () => {
        this.#tokens.set(about.hash, token);
      });
    }
    return token;
  }

  /** Forgets a token at once, before the commit. */
  forget(hash: string): void {
    this.#admission.forget();
    this.#tokens.delete(hash);
  }

  /** Forgets all: tokens of a company that may have gone, or of an app that may have changed, are looked up again. */
  clear(): void {
    this.#admission.forget();
    this.#tokens.clear();
  }
}
