import { DirectoryError } from '../../../directory/errors.ts';
import type { Origin } from '../../../directory/history/change.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import { addition } from '../../../directory/employees/employee-addition.ts';
import { updateEmployee } from '../../../directory/employees/employee-update.ts';
import { load, type Decision, type Effect, type StoreTask } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import type { LocalText } from '../../../directory/text.ts';
import type { RecordFactory } from '../../../dialects/record-factory.ts';
import type { ImportPorts } from './import-ports.ts';
import { noteFailure, type KeptRow, type RowFile } from './row-file.ts';

/** So many rows are written in one transaction, which is one request in the history. */
export const CHUNK = 500;

/** The name of imports in the history. */
const IMPORT = 'import';

/** The request under which the rows of a chunk are in the history. */
export function requestOf(id: string, chunk: number): string {
  return `${id}.${String(chunk)}`;
}

type Why = { readonly en: string; readonly zh: string };

/** What became of a row: null where it is written, now or before. */
type Outcome = Why | null;

const CHANGED: Why = {
  en: 'The employee was changed after the check; check the table again.',
  zh: '检查之后该员工有变更，请重新检查。',
};
const GONE: Why = { en: 'The employee is gone.', zh: '该员工已不存在。' };

/**
 * Writes the rows of one chunk that passed the check. A row that was written before, by a process that ended, is found by
 * the id that the check gave it or by its change in the history, and is not written again.
 */
export async function applyChunk(
  id: string,
  chunk: number,
  tenant: Tenant,
  rows: RowFile,
  path: string,
  ports: ImportPorts,
): Promise<{ readonly applied: number; readonly failed: number }> {
  const from = chunk * CHUNK;
  const states = [...rows.states(from, from + CHUNK)];
  const ready = rows
    .slice(from, from + CHUNK)
    .map((row, index) => ({ row, index }))
    .filter(({ index }) => states[index] === 'ready');
  const origin: Origin = {
    dialect: IMPORT,
    operation: 'table',
    app: null,
    request: requestOf(id, chunk),
    at: ports.now(tenant),
  };
  const writing = { tenant: tenant.number, importId: id, origin, factory: ports.recordFactory() };
  const outcomes = await written(
    ready.map(({ row }) => row),
    writing,
    ports,
  );
  let failed = 0;
  for (const [position, { index }] of ready.entries()) {
    const why = outcomes[position] ?? null;
    if (why !== null) {
      failed++;
      noteFailure(path, from + index, why);
    }
    states[index] = why === null ? 'applied' : 'failed';
  }
  rows.setStates(from, states);
  return { applied: ready.length - failed, failed };
}

interface Writing {
  readonly tenant: number;
  readonly importId: string;
  readonly origin: Origin;
  readonly factory: RecordFactory;
}

/** Writes rows together; where the directory refuses one of them, each alone, so that the others are written. */
async function written(
  rows: readonly KeptRow[],
  writing: Writing,
  { store }: ImportPorts,
): Promise<readonly Outcome[]> {
  if (rows.length === 0) return [];
  try {
    return await store().write(() => decideRows(rows, writing));
  } catch (error) {
    if (!(error instanceof DirectoryError)) throw error;
    if (rows.length === 1) return [wordsOf(error)];
  }
  const outcomes: Outcome[] = [];
  for (const row of rows) outcomes.push(...(await written([row], writing, { store } as ImportPorts)));
  return outcomes;
}

function wordsOf({ problem }: DirectoryError): Why {
  const subject = 'subject' in problem ? problem.subject : '';
  return {
    en: `The directory refuses it: ${problem.kind} ${subject}.`,
    zh: `通讯录拒绝：${problem.kind} ${subject}。`,
  };
}

function* decideRows(rows: readonly KeptRow[], writing: Writing): StoreTask<Decision<readonly Outcome[]>> {
  const tenant = yield* load('tenant', { number: writing.tenant });
  if (tenant === null) return { answer: rows.map(() => GONE), effects: [] };
  const ids = rows.flatMap(({ employee }) => employee ?? []);
  const found = yield* load('employees-by-id', { tenant: tenant.number, ids });
  const effects: Effect[] = [];
  const outcomes: Outcome[] = [];
  for (const row of rows) {
    const decided = yield* decideRow(row, found.get(row.employee ?? ''), tenant, writing);
    if ('write' in decided) effects.push(decided);
    outcomes.push('en' in decided ? decided : null);
  }
  return { answer: outcomes, effects };
}

const DONE = { isDone: true } as const;

function* decideRow(
  { employee: id, seen, patch }: KeptRow,
  now: Employee | undefined,
  tenant: Tenant,
  { importId, origin, factory }: Writing,
): StoreTask<Effect | Why | typeof DONE> {
  if (id === null || patch === null) return GONE;
  if (seen === null) {
    if (now !== undefined) return (yield* isOurs(tenant.number, id, importId)) ? DONE : CHANGED;
    const fresh = factory.employee(tenant, id, patch.name as LocalText, origin.at);
    const { after } = updateEmployee(fresh, patch, origin.at);
    return addition(tenant.number, after, origin);
  }
  if (now === undefined) return GONE;
  if (now.updatedAt !== seen) return (yield* isOurs(tenant.number, id, importId)) ? DONE : CHANGED;
  const { after, fields } = updateEmployee(now, patch, origin.at);
  return after === now ? DONE : { write: 'employee', tenant: tenant.number, before: now, after, fields, origin };
}

/** Whether this import has changed the employee already. */
function* isOurs(tenant: number, employee: string, name: string): StoreTask<boolean> {
  const history = yield* load('history', { tenant, employee, limit: RECENT });
  return history.some(({ origin }) => origin.dialect === IMPORT && origin.request.startsWith(`${name}.`));
}

const RECENT = 100;
