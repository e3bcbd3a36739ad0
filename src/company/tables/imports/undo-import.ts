import { load, type StoreTask } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { CHUNK, requestOf } from './apply-import.ts';
import type { ImportPorts } from './import-ports.ts';
import type { RowFile } from './row-file.ts';

const RECENT = 100;

/**
 * Takes back what the rows of one chunk changed, and returns how many changes stay: what was changed since is left as it is.
 * Someone who leads others of the chunk can be taken away only after these, so it is tried for as long as it helps.
 */
export async function undoChunk(
  id: string,
  chunk: number,
  tenant: Tenant,
  rows: RowFile,
  { store, undo }: ImportPorts,
): Promise<number> {
  const from = chunk * CHUNK;
  const states = rows.states(from, from + CHUNK);
  const employees = rows
    .slice(from, from + CHUNK)
    .flatMap(({ employee }, index) => (states[index] === 'applied' && employee !== null ? [employee] : []));
  const request = requestOf(id, chunk);
  for (let before = employees.length + 1; ;) {
    const left = await store().read(() => changesLeft(tenant.number, employees, request));
    const [first] = left;
    if (first === undefined || left.length >= before) return left.length;
    before = left.length;
    // One change leads to all of the request.
    await undo(tenant.key, first);
  }
}

/** The changes of a request that were not taken back. */
function* changesLeft(tenant: number, employees: readonly string[], request: string): StoreTask<readonly number[]> {
  const left: number[] = [];
  for (const employee of employees) {
    const history = yield* load('history', { tenant, employee, limit: RECENT });
    const change = history.find(({ origin }) => origin.request === request);
    if (change !== undefined && !history.some(({ undoes }) => undoes === change.number)) left.push(change.number);
  }
  return left;
}
