import { queryOptions } from '@tanstack/react-query';
import type { ChangeLine } from '../../../src/sandbox/history/contract.ts';
import { api } from './client.ts';
import { mainText } from './main-text.ts';

/** So many names are asked for in one call: their ids stand in its address. */
const MOST_NAMES = 100;

/** So many changes are looked through for a name: what is gone has it in its newest. */
const MOST_CHANGES = 50;

/** Names that are asked for in one call. */
interface Batch {
  readonly ids: Set<string>;
  readonly names: Promise<ReadonlyMap<string, string>>;
}

/** The batch of each company that still takes ids. */
const open = new Map<string, Batch>();

/** The name of an employee by the own id; null where there is no such employee. A page that shows many asks once. */
export const employeeNameQuery = (company: string, id: string) =>
  queryOptions({
    queryKey: ['c', company, 'record', 'name', id],
    queryFn: async () => (await batchWith(company, id).names).get(id) ?? null,
  });

/** The last name in the history of something that is gone; null where it has none. */
export const pastNameQuery = (company: string, kind: string, subject: string) =>
  queryOptions({
    queryKey: ['c', company, 'record', 'past-name', kind, subject],
    queryFn: async ({ signal }) => {
      const query = { kind, subject, limit: MOST_CHANGES };
      const { changes } = await api('changes.list', { params: { key: company }, query, signal });
      return changes.map(nameInChange).find((name) => name !== null) ?? null;
    },
  });

/** Returns the name that a change gave; of what it took away the name that it had. */
function nameInChange({ fields }: ChangeLine): string | null {
  const { after, before } = fields['name'] ?? {};
  return mainText(after) ?? mainText(before);
}

function batchWith(company: string, id: string): Batch {
  let batch = open.get(company);
  if (batch === undefined || batch.ids.size >= MOST_NAMES) {
    const ids = new Set<string>();
    batch = { ids, names: namesOf(company, ids) };
    open.set(company, batch);
  }
  batch.ids.add(id);
  return batch;
}

/** Waits until everything that is shown at the same time has asked, then asks the server. */
async function namesOf(company: string, ids: ReadonlySet<string>): Promise<ReadonlyMap<string, string>> {
  await new Promise((asked) => {
    setTimeout(asked, 0);
  });
  if (open.get(company)?.ids === ids) open.delete(company);
  const { employees } = await api('employees.list', { params: { key: company }, query: { ids: [...ids].join(' ') } });
  return new Map(employees.map((one) => [one.id, one.name]));
}
