import type { Route } from '../../../dialects/dialect.ts';
import type { Catalogue } from '../../../sandbox/catalogue/read.ts';
import { examine } from '../../../sandbox/doctor/examine.ts';
import type { JournalEntry } from '../../../sandbox/journal/entry.ts';
import type { Journal } from '../../../sandbox/journal/journal.ts';
import { QueryLanguageError, readQuery } from '../../../sandbox/journal/query-language.ts';
import { json, problem } from '../reply.ts';

/** Looks in the journal for what the clients do wrong. */
export function doctorRoute({
  journal,
  catalogue,
  now,
}: {
  readonly journal: Journal | undefined;
  readonly catalogue: Catalogue;
  readonly now: () => number;
}): Route {
  return {
    operation: 'doctor',
    method: 'GET',
    path: '/mingce/v1/doctor',
    answer: ({ query, headers }) => {
      if (journal === undefined)
        return Promise.resolve(
          problem(409, 'No journal is kept, so nothing can be judged; start with MINGCE_SANDBOX=on.'),
        );
      try {
        const entries = selected(journal, query, now());
        const language = /^\s*zh\b/i.test(headers['accept-language'] ?? '') ? 'zh' : 'en';
        return Promise.resolve(json(200, examine(entries, catalogue, language)));
      } catch (error) {
        if (!(error instanceof QueryLanguageError)) throw error;
        return Promise.resolve(problem(400, `The search cannot be read. ${error.message}`));
      }
    },
  };
}

/** The entries of a company, or since a time. */
function selected(journal: Journal, query: URLSearchParams, now: number): readonly JournalEntry[] {
  const terms = ['company', 'since'].flatMap((name) => {
    const value = query.get(name);
    return value === null ? [] : [`${name}:${JSON.stringify(value)}`];
  });
  const condition = readQuery(terms.join(' '), now);
  const entries = [...journal.entries()];
  return terms.length === 0 ? entries : entries.filter((entry) => condition({ entry, fields: () => [] }));
}
