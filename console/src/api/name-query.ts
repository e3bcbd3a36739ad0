import { queryOptions } from '@tanstack/react-query';
import { api } from './client.ts';

/** So many names are asked for in one call: their ids stand in its address. */
const MOST_NAMES = 100;

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
