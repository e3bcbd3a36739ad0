import { isInService, type Employee } from '../../../../directory/employees/employee.ts';
import { unlinkReports } from '../../../../directory/employees/employee-leave.ts';
import { updateEmployee } from '../../../../directory/employees/employee-update.ts';
import { load, type Decision, type Effect, type StoreTask } from '../../../../directory/store.ts';
import type { Tenant } from '../../../../directory/tenant.ts';
import type { DialectContext } from '../../../dialect.ts';
import { feishuOf } from '../../model/employee-extension.ts';
import { founderOf } from '../../model/founder.ts';
import { resignationOf } from './resignation.ts';
import { DIALECT, settingsOf } from '../../model/settings.ts';

/*
 * Who left the workspace by own action has resigned some days later (主动退出 → 离职) [public: contact/user/get]; after
 * how many is the company's setting `exit_to_resign_days`. There is no clockwork: it is carried out before the first call
 * of the platform that comes after that time, as of that time. [derived, contract 4.9]
 */

const DAY_MS = 86_400_000;
const OPERATION = 'employee.exit-to-resign';
/** People who left the workspace that are read together, and resignations that are written together. */
const BATCH_SIZE = 100;
/** What other processes write is seen after that time at the latest. */
const BELIEVED_MS = 10 * 60_000;

/** What came of looking a company through: when, when the next resignation is due, and how many there were. */
interface Look {
  readonly at: number;
  readonly dueAt: number;
  readonly resigned: number;
}

const looks = new WeakMap<Tenant, Promise<Look> | Look>();

/** Carries out the resignations that are due in a company; says whether it is another one after them. */
export function resignExited(tenant: Tenant, context: DialectContext, now: number): Promise<boolean> | boolean {
  const { exit_to_resign_days: days } = settingsOf(tenant);
  if (days === null) return false;
  const last = looks.get(tenant);
  if (last !== undefined && !('then' in last) && isBelieved(last, now)) return last.resigned > 0;
  return resignNow(tenant, days, context, now);
}

function isBelieved({ at, dueAt }: Look, now: number): boolean {
  return now < dueAt && now - at < BELIEVED_MS;
}

async function resignNow(tenant: Tenant, days: number, context: DialectContext, now: number): Promise<boolean> {
  const last = await looks.get(tenant);
  if (last !== undefined && isBelieved(last, now)) return last.resigned > 0;
  const look = lookThrough(tenant, days, context, now);
  looks.set(tenant, look);
  try {
    const done = await look;
    // Another call may have begun to look meanwhile.
    if (looks.get(tenant) === look) looks.set(tenant, done);
    return done.resigned > 0;
  } catch (error) {
    looks.delete(tenant);
    throw error;
  }
}

/** Forgets what is known of a company, for somebody may be due at another time than before. */
export function rescheduleExited(tenant: Tenant): void {
  looks.delete(tenant);
}

async function lookThrough(tenant: Tenant, days: number, context: DialectContext, at: number): Promise<Look> {
  const having = { space: 'exited' as const, value: 'yes' };
  let dueAt = Number.POSITIVE_INFINITY;
  let resigned = 0;
  for (let after = 0, more = true; more;) {
    const from = after;
    const piece = await context.store.read(() =>
      load('employees-from', { tenant: tenant.number, after: from, limit: BATCH_SIZE, having }),
    );
    const due = piece.filter(({ employee }) => dueOf(employee, days) <= at);
    // One after the other: two of them may lead one department, or each other.
    for (const { employee } of due) {
      const request = context.ids.uuid();
      if (await context.store.write(() => decide(tenant.number, employee.id, at, request))) resigned++;
    }
    for (const { employee } of piece) {
      const time = dueOf(employee, days);
      if (time > at) dueAt = Math.min(dueAt, time);
    }
    after = piece.at(-1)?.place ?? 0;
    more = piece.length === BATCH_SIZE;
  }
  return { at, dueAt, resigned };
}

/** Returns when an employee who left the workspace resigns; a return restarts the whole period. */
export function dueOf(employee: Employee, days: number): number {
  const { exitedAt, resurrectedAt } = feishuOf(employee);
  return Math.max(exitedAt ?? employee.updatedAt, resurrectedAt ?? 0) + days * DAY_MS;
}

function* decide(number: number, id: string, at: number, request: string): StoreTask<Decision<boolean>> {
  const no: Decision<boolean> = { answer: false, effects: [] };
  const tenant = yield* load('tenant', { number });
  const days = tenant === null ? null : settingsOf(tenant).exit_to_resign_days;
  const before = (yield* load('employees-by-id', { tenant: number, ids: [id] })).get(id);
  if (tenant === null || days === null || before === undefined) return no;
  const dueAt = dueOf(before, days);
  if (before.activation !== 'exited' || !isInService(before) || dueAt > at) return no;
  // The founder cannot be resigned by anyone. [public: dir/employee/delete] 2221183
  if ((yield* founderOf(tenant)) === id) return no;
  const origin = { dialect: DIALECT, operation: OPERATION, app: null, request, at };
  const target = { before, extensionBefore: feishuOf(before), people: new Map<string, Employee>() };
  const patch = resignationOf([], target, tenant, dueAt);
  const { after, fields } = updateEmployee(before, patch, at);
  const effects: Effect[] = [{ write: 'employee', tenant: number, before, after, fields, origin }];
  effects.push(...(yield* unlinkReports(tenant, id, origin)));
  return { answer: true, effects };
}
