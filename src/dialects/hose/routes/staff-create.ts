import { isObject } from '../../../lib/json-equal.ts';
import type { Call, DialectContext, Reply, Route } from '../../dialect.ts';
import type { Caller } from '../auth/caller.ts';
import { updateVariants, type UpdateVariant } from '../employees/api-version.ts';
import { answer, fail, failureOf, errorReply } from '../protocol/errors.ts';
import { BAD_JSON, authenticated, readBody } from '../auth/guarded-route.ts';
import { createStaff, type CreateTask } from '../employees/lifecycle/create.ts';
import { versionOf, versionText } from '../protocol/api-paths.ts';
import { showStaff } from '../employees/view.ts';
import type { Updated } from '../employees/update.ts';
import {
  NewcomerBody,
  NewcomersBody,
  readNewcomer,
  type Addition,
  type NewcomerRequest,
} from '../protocol/wire-create.ts';
import { MAX_IN_BATCH } from './staff-update.ts';

function taskFor(request: NewcomerRequest, { ids }: DialectContext): CreateTask {
  return { request, id: ids.fresh(''), user: ids.fresh('ID_'), half: ids.fresh('ID_') };
}

function hire(
  tasks: readonly CreateTask[],
  operation: string,
  how: { readonly addition: Addition; readonly variant: UpdateVariant; readonly version: string },
  { tenant, app }: Caller,
  { requestId }: Call,
  { store, now, recordFactory: newcomers }: DialectContext,
): Promise<Updated> {
  const origin = { dialect: 'hose', operation, app: app.id, request: requestId, at: now(tenant) };
  return store.write(() => createStaff(tasks, { ...how, tenant: tenant.number, newcomers, origin }));
}

function creation(operation: string, variant: UpdateVariant): Route['answer'] {
  return authenticated('contact-sync', async (caller, call, context): Promise<Reply> => {
    const body = readBody(call);
    if ('reply' in body) return body.reply;
    const request = readNewcomer(body.value, 'single');
    if (request === null) return errorReply(BAD_JSON);
    const how = { addition: 'single', variant, version: versionText(versionOf(call.path)) } as const;
    const hired = await hire([taskFor(request, context)], operation, how, caller, call, context);
    if (hired.refusal !== undefined) return fail(failureOf(hired.refusal.problem), { records: [hired.record] });
    const { tenant, records, staffs } = hired;
    const [one] = staffs;
    return answer({ value: one && showStaff(one.employee, one.account, tenant) }, { records });
  });
}

async function createBatch(
  operation: string,
  variant: UpdateVariant,
  caller: Caller,
  call: Call,
  context: DialectContext,
): Promise<Reply> {
  const body = readBody(call);
  if ('reply' in body) return body.reply;
  if (!isObject(body.value)) return errorReply(BAD_JSON);
  const { staffList } = body.value;
  if (!Array.isArray(staffList) || staffList.length === 0) return errorReply({ kind: 'missing', subject: 'newcomers' });
  // No size is documented; that of the batch update is taken [proposed].
  if (staffList.length > MAX_IN_BATCH)
    return errorReply({ kind: 'too-long', subject: 'newcomers', limit: MAX_IN_BATCH });
  const tasks: CreateTask[] = [];
  for (const element of staffList as unknown[]) {
    const request = readNewcomer(element, 'batch');
    if (request === null) return errorReply(BAD_JSON);
    tasks.push(taskFor(request, context));
  }
  const how = { addition: 'batch', variant, version: versionText(versionOf(call.path)) } as const;
  const hired = await hire(tasks, operation, how, caller, call, context);
  if (hired.refusal !== undefined) return fail(failureOf(hired.refusal.problem), { records: [hired.record] });
  const { tenant, records, staffs } = hired;
  return answer(
    { items: staffs.map(({ employee, account }) => showStaff(employee, account, tenant)) },
    { records: records.map((record, index) => ({ ...record, at: `staffList[${String(index)}]` })) },
  );
}

function batchCreation(operation: string, variant: UpdateVariant): Route['answer'] {
  return authenticated('contact-sync', (caller, call, context) =>
    createBatch(operation, variant, caller, call, context),
  );
}

/** 新增员工 and 批量新增员工, each in both its versions. */
export const staffCreateRoutes: readonly Route[] = [
  {
    operation: 'staffs.create',
    method: 'POST',
    path: '/api/openapi/v1.1/staffs',
    body: NewcomerBody,
    answer: creation('staffs.create', updateVariants.create),
  },
  {
    operation: 'staffs.create.v1',
    method: 'POST',
    path: '/api/openapi/v1/staffs',
    body: NewcomerBody,
    answer: creation('staffs.create.v1', updateVariants.createV1),
  },
  {
    operation: 'staffs.batchCreate',
    method: 'POST',
    path: '/api/openapi/v1.1/staffs/batch/create',
    body: NewcomersBody,
    answer: batchCreation('staffs.batchCreate', updateVariants.create),
  },
  {
    operation: 'staffs.batchCreate.v1',
    method: 'POST',
    path: '/api/openapi/v1/staffs/batch/create',
    body: NewcomersBody,
    answer: batchCreation('staffs.batchCreate.v1', updateVariants.createV1),
  },
];
