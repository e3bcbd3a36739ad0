import { load, type Decision, type Store, type StoreTask } from '../../directory/store.ts';
import type { Suppression } from '../../directory/suppression.ts';
import { findings } from './findings.ts';
import { readSuppression, SuppressionError } from './suppressions.ts';

/** What became of a change: done, or a sentence. */
export type SuppressionChanged =
  | 'done'
  | { readonly refused: string; readonly why: 'invalid' | 'unknown' | 'unknown-company' };

/** Reads and changes what companies accept of what is found on their clients: one reason for each finding. */
export class CompanySuppressions {
  readonly #store: () => Store;

  constructor(store: () => Store) {
    this.#store = store;
  }

  /** Lists those of a company; none where there is no such company. */
  async list(key: string): Promise<readonly Suppression[]> {
    return (await this.#store().tenantByKey(key))?.parts.suppressions ?? [];
  }

  /** Accepts a finding, in place of an earlier reason. */
  async put(key: string, id: string, given: unknown): Promise<SuppressionChanged> {
    if (!findings.some((finding) => finding.id === id))
      return { refused: `There is no finding ${JSON.stringify(id.slice(0, 100))}.`, why: 'unknown' };
    try {
      const suppression = readSuppression({ ...(given as object), id }, 'The suppression');
      return await this.#change(key, (list) => [...list.filter((one) => one.id !== id), suppression]);
    } catch (error) {
      if (!(error instanceof SuppressionError)) throw error;
      return { refused: error.message, why: 'invalid' };
    }
  }

  /** Accepts a finding no more. */
  async remove(key: string, id: string): Promise<SuppressionChanged> {
    const refused = { refused: 'There is no such suppression.', why: 'unknown' } as const;
    return await this.#change(key, (list) =>
      list.some((one) => one.id === id) ? list.filter((one) => one.id !== id) : refused,
    );
  }

  async #change(
    key: string,
    work: (list: readonly Suppression[]) => readonly Suppression[] | Exclude<SuppressionChanged, 'done'>,
  ): Promise<SuppressionChanged> {
    const store = this.#store();
    const found = await store.tenantByKey(key);
    const unknown = { refused: `There is no company "${key}".`, why: 'unknown-company' } as const;
    if (found === null) return unknown;
    return await store.write(function* (): StoreTask<Decision<SuppressionChanged>> {
      const now = yield* load('tenant', { number: found.number });
      if (now === null) return { answer: unknown, effects: [] };
      const { number: _number, suppressions = [], ...parts } = now.parts;
      const after = work(suppressions);
      if ('refused' in after) return { answer: after, effects: [] };
      const kept = after.length === 0 ? {} : { suppressions: after };
      return { answer: 'done', effects: [{ write: 'tenant', now, parts: { ...parts, ...kept } }] };
    });
  }
}
