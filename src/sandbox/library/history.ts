import { MAX_CHANGES, type CompanyHistory } from '../history/company-history.ts';
import type { ChangeLine, ChangeQuery } from '../history/contract.ts';
import type { HistoryTools } from './contract.ts';

/** What the history of a company is read with. */
export interface HistoryToolsOptions {
  readonly history: CompanyHistory;
  readonly company: () => Promise<string>;
  /** Names the company for what changes it; rejects where the sandbox is not on. */
  readonly changing: () => Promise<string>;
  readonly freshName: () => string;
}

/** Makes what reads the history of a company and takes changes back. */
export function historyTools({ history, company, changing, freshName }: HistoryToolsOptions): HistoryTools {
  return {
    history: {
      of: async (employee, field) => (await history.of(await company(), employee, field ?? null, MAX_CHANGES)).changes,
      feed: (about = {}) => feedOf(history, company, about),
    },
    undo: async (change, options = {}) => history.undo(await changing(), change, options, freshName()),
  };
}

async function* feedOf(
  history: CompanyHistory,
  company: () => Promise<string>,
  { limit = Infinity, ...about }: ChangeQuery,
): AsyncGenerator<ChangeLine, void, undefined> {
  const key = await company();
  let left = limit;
  let { before } = about;
  while (left > 0) {
    const from = before === undefined ? {} : { before };
    const { changes, next } = await history.feed(key, { ...about, ...from, limit: Math.min(left, MAX_CHANGES) });
    yield* changes;
    left -= changes.length;
    if (next === null) return;
    before = next;
  }
}
