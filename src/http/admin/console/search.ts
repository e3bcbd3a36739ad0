import type { Dialect, Route } from '../../../dialects/dialect.ts';
import { searchQueryOf } from '../../../directory/people-index/search-text.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import type { Catalogue } from '../../../sandbox/catalogue/read.ts';
import type { Journal } from '../../../sandbox/journal/journal.ts';
import type { SearchView } from '../people/contract.ts';
import { indexesOf, namedBy, pauses, rowsOfIds } from '../people/list.ts';
import { json, problem } from '../reply.ts';
import { companyOf, isCompany } from './company-param.ts';

/** So many things of each kind are found. */
const MAX_FOUND = 8;
const MAX_LENGTH = 200;
/** A search waits so long for people; those who are named by an id are found at once. */
const WAIT_MS = 100;

/** What a search looks through. */
export interface SearchOptions {
  readonly dialects: readonly Dialect[];
  readonly catalogue: Catalogue;
  /** Undefined: none is kept. */
  readonly journal: Journal | undefined;
}

/** Looks for a text in everything that a page can open: people, departments, calls and codes. */
export function searchRoute({ dialects, catalogue, journal }: SearchOptions): Route {
  return {
    operation: 'search',
    method: 'GET',
    path: '/mingce/v1/search',
    answer: async (call, context) => {
      const tenant = await companyOf(call, context);
      if (!isCompany(tenant)) return tenant;
      const text = (call.query.get('q') ?? '').trim();
      if (text.length > MAX_LENGTH)
        return problem(400, `The parameter q has at most ${String(MAX_LENGTH)} characters.`);
      if (text === '') return json(200, NOTHING);
      const { store } = context;
      const query = searchQueryOf(text, call.isReader);
      const exact = await store.read(() => namedBy(dialects, tenant, text));
      const state = await indexesOf(store).of(store, tenant.number, WAIT_MS);
      const found =
        'index' in state && query !== null
          ? (await state.index.select({ query }, { by: null, descending: false }, pauses())).ids(0, MAX_FOUND)
          : [];
      const ids = [...new Set([...exact, ...found])].slice(0, MAX_FOUND);
      const rows = await store.read(() => rowsOfIds(tenant, ids));
      return json(200, {
        index: 'index' in state ? 1 : state.done,
        employees: rows.map((row) => ({
          ...row,
          matched: exact.includes(row.id) ? ('id' as const) : ('text' as const),
        })),
        departments: departmentsFound(tenant, text),
        requests: requestsFound(journal, text),
        errors: catalogue
          .find(text)
          .slice(0, MAX_FOUND)
          .map(({ platform, id, title }) => ({ platform, id, title })),
      } satisfies SearchView);
    },
  };
}

const NOTHING: SearchView = { index: 1, employees: [], departments: [], requests: [], errors: [] };

function departmentsFound({ departments }: Tenant, text: string): SearchView['departments'] {
  const wanted = text.toLowerCase();
  const found: SearchView['departments'][number][] = [];
  for (const { id, name, code, ids } of departments.all) {
    const isNamed = [name.value, ...Object.values(name.i18n)].some((one) => one.toLowerCase().includes(wanted));
    if (!isNamed && ![id, code, ...Object.values(ids)].some((one) => one.toLowerCase() === wanted)) continue;
    found.push({ id, name: name.value, code });
    if (found.length === MAX_FOUND) break;
  }
  return found;
}

/** Calls whose id begins so, which nothing short does. */
function requestsFound(journal: Journal | undefined, text: string): SearchView['requests'] {
  const found: SearchView['requests'][number][] = [];
  if (!/^[0-9a-f-]{6,36}$/i.test(text)) return found;
  for (const { id, at, platform, operation, code } of journal?.entries() ?? []) {
    if (!id.startsWith(text.toLowerCase())) continue;
    found.push({ id, at: new Date(at).toISOString(), platform, operation, code });
    if (found.length === MAX_FOUND) break;
  }
  return found;
}
