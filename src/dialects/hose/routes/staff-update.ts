import { isObject } from '../../../lib/json-equal.ts';
import type { Call, DialectContext, Reply, Route } from '../../dialect.ts';
import type { Caller } from '../auth/caller.ts';
import { variantOf, updateVariants, type UpdateVariant } from '../employees/api-version.ts';
import { answer, fail, failureOf, errorReply } from '../protocol/errors.ts';
import { BAD_JSON, authenticated, readBody, withPathId } from '../auth/guarded-route.ts';
import { versionOf, versionText } from '../protocol/api-paths.ts';
import { showStaff } from '../employees/view.ts';
import { updateStaffs, type StaffTask, type UpdateContext, type Updated } from '../employees/update.ts';
import { BatchBody, readBatchElement, readStaff, StaffBody, type StaffRequest } from '../protocol/wire.ts';

/** Staff in one batch. */
export const MAX_IN_BATCH = 100;

function taskFor(staff: string, request: StaffRequest, context: DialectContext): StaffTask {
  const setsLogin = request.modifyAccountPhone || request.modifyAccountEmail;
  return { staff, request, freshAccount: setsLogin ? context.ids.fresh('acc_') : '' };
}

function update(
  tasks: readonly StaffTask[],
  operation: string,
  { variant, version, isBatch }: Pick<UpdateContext, 'variant' | 'version' | 'isBatch'>,
  { tenant, app }: Caller,
  { requestId }: Call,
  { store, now }: DialectContext,
): Promise<Updated> {
  const origin = { dialect: 'hose', operation, app: app.id, request: requestId, at: now(tenant) };
  return store.write(() => updateStaffs(tasks, { tenant: tenant.number, variant, version, isBatch, origin }));
}

async function updateOne(
  operation: string,
  variant: UpdateVariant,
  staff: string,
  caller: Caller,
  call: Call,
  context: DialectContext,
): Promise<Reply> {
  const body = readBody(call);
  if ('reply' in body) return body.reply;
  const request = readStaff(body.value);
  if (request === null) return errorReply(BAD_JSON);
  const how = { variant, version: versionText(versionOf(call.path)), isBatch: false };
  const updated = await update([taskFor(staff, request, context)], operation, how, caller, call, context);
  if (updated.refusal !== undefined) return fail(failureOf(updated.refusal.problem), { records: [updated.record] });
  const { tenant, records, staffs } = updated;
  const [one] = staffs;
  return answer({ value: one && showStaff(one.employee, one.account, tenant) }, { records });
}

const updateStaff = withPathId('contact-sync', 'staffId', async (staff, caller, call, context) => {
  const variant = variantOf(call);
  if (variant !== null) return await updateOne('staffs.update', variant, staff, caller, call, context);
  // Whether the body is JSON is asked before what `type` says (contract 2.10) [proposed].
  const body = readBody(call);
  if ('reply' in body) return body.reply;
  return errorReply(readStaff(body.value) === null ? BAD_JSON : { kind: 'invalid', subject: 'type' });
});

const updateStaffV1 = withPathId('contact-sync', 'staffId', (staff, caller, call, context) =>
  updateOne('staffs.update.v1', updateVariants.v1, staff, caller, call, context),
);

const updateBatch = authenticated('contact-sync', async (caller, call, context) => {
  const body = readBody(call);
  if ('reply' in body) return body.reply;
  if (!isObject(body.value)) return errorReply(BAD_JSON);
  const { staffList } = body.value;
  if (!Array.isArray(staffList) || staffList.length === 0) return errorReply({ kind: 'missing', subject: 'staffList' });
  if (staffList.length > MAX_IN_BATCH)
    return errorReply({ kind: 'too-long', subject: 'staffList', limit: MAX_IN_BATCH });
  const tasks: StaffTask[] = [];
  for (const element of staffList as unknown[]) {
    const read = readBatchElement(element);
    if (read === null) return errorReply(BAD_JSON);
    tasks.push(taskFor(read.id, read.request, context));
  }
  const how = { variant: updateVariants.batch, version: versionText(versionOf(call.path)), isBatch: true };
  const updated = await update(tasks, 'staffs.batchUpdate', how, caller, call, context);
  if (updated.refusal !== undefined) return fail(failureOf(updated.refusal.problem), { records: [updated.record] });
  const { tenant, records, staffs } = updated;
  return answer(
    { items: staffs.map(({ employee, account }) => showStaff(employee, account, tenant)) },
    { records: records.map((record, index) => ({ ...record, at: `staffList[${String(index)}]` })) },
  );
});

/** 修改员工 in both its versions, and 批量修改员工. */
export const staffUpdateRoutes: readonly Route[] = [
  {
    operation: 'staffs.update',
    method: 'PUT',
    path: '/api/openapi/v1.1/staffs/update/:staffId',
    body: StaffBody,
    answer: updateStaff,
  },
  {
    operation: 'staffs.update.v1',
    method: 'PUT',
    path: '/api/openapi/v1/staffs/update/:staffId',
    body: StaffBody,
    answer: updateStaffV1,
  },
  {
    operation: 'staffs.batchUpdate',
    method: 'PUT',
    path: '/api/openapi/v1.1/staffs/batch/update',
    body: BatchBody,
    answer: updateBatch,
  },
];
