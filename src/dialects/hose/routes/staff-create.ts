import { isObject } from '../../../lib/json-equal.ts';
import type { Call, House, Reply, Route } from '../../dialect.ts';
import type { Caller } from '../auth/caller.ts';
import { editions, type Edition } from '../employees/api-version.ts';
import { answer, fail, failureOf, refuse } from '../protocol/errors.ts';
import { BAD_JSON, gated, readBody } from '../auth/guarded-route.ts';
import { hireStaffs, type HireTask } from '../employees/lifecycle/create.ts';
import { showStaff } from '../employees/view.ts';
import type { Updated } from '../employees/update.ts';
import {
  NewcomerBody,
  NewcomersBody,
  readNewcomer,
  type Addition,
  type NewcomerRequest,
} from '../protocol/wire-create.ts';
import { MOST_IN_BATCH } from './staff-update.ts';

function taskFor(request: NewcomerRequest, { ids }: House): HireTask {
  return { request, id: ids.fresh(''), user: ids.fresh('ID_'), half: ids.fresh('ID_') };
}

function hire(
  tasks: readonly HireTask[],
  operation: string,
  how: { readonly addition: Addition; readonly edition: Edition; readonly version: string },
  { tenant, app }: Caller,
  { requestId }: Call,
  { store, clock, newcomers }: House,
): Promise<Updated> {
  const origin = { dialect: 'hose', operation, app: app.id, request: requestId, at: clock.now() };
  return store.write(() => hireStaffs(tasks, { ...how, tenant: tenant.number, newcomers, origin }));
}

function creation(operation: string, edition: Edition): Route['answer'] {
  return gated('contact-sync', async (caller, call, house): Promise<Reply> => {
    const body = readBody(call);
    if ('reply' in body) return body.reply;
    const request = readNewcomer(body.value, 'single');
    if (request === null) return refuse(BAD_JSON);
    const how = { addition: 'single', edition, version: edition === editions.createV1 ? 'v1' : 'v1.1' } as const;
    const hired = await hire([taskFor(request, house)], operation, how, caller, call, house);
    if (hired.refusal !== undefined) return fail(failureOf(hired.refusal.problem), { records: [hired.record] });
    const { tenant, records, staffs } = hired;
    const [one] = staffs;
    return answer({ value: one && showStaff(one.employee, one.account, tenant) }, { records });
  });
}

const createBatch = gated('contact-sync', async (caller, call, house): Promise<Reply> => {
  const body = readBody(call);
  if ('reply' in body) return body.reply;
  if (!isObject(body.value)) return refuse(BAD_JSON);
  const { staffList } = body.value;
  if (!Array.isArray(staffList) || staffList.length === 0) return refuse({ kind: 'missing', subject: 'newcomers' });
  // No size is documented; that of the batch update is taken [proposed].
  if (staffList.length > MOST_IN_BATCH) return refuse({ kind: 'too-long', subject: 'newcomers', limit: MOST_IN_BATCH });
  const tasks: HireTask[] = [];
  for (const element of staffList as unknown[]) {
    const request = readNewcomer(element, 'batch');
    if (request === null) return refuse(BAD_JSON);
    tasks.push(taskFor(request, house));
  }
  const how = { addition: 'batch', edition: editions.create, version: 'v1.1' } as const;
  const hired = await hire(tasks, 'staffs.batchCreate', how, caller, call, house);
  if (hired.refusal !== undefined) return fail(failureOf(hired.refusal.problem), { records: [hired.record] });
  const { tenant, records, staffs } = hired;
  return answer({ items: staffs.map(({ employee, account }) => showStaff(employee, account, tenant)) }, { records });
});

/** 新增员工 in both its versions, and 批量新增员工. */
export const staffCreateRoutes: readonly Route[] = [
  {
    operation: 'staffs.create',
    method: 'POST',
    path: '/api/openapi/v1.1/staffs',
    body: NewcomerBody,
    answer: creation('staffs.create', editions.create),
  },
  {
    operation: 'staffs.create.v1',
    method: 'POST',
    path: '/api/openapi/v1/staffs',
    body: NewcomerBody,
    answer: creation('staffs.create.v1', editions.createV1),
  },
  {
    operation: 'staffs.batchCreate',
    method: 'POST',
    path: '/api/openapi/v1.1/staffs/batch/create',
    body: NewcomersBody,
    answer: createBatch,
  },
];
