import Type from 'typebox';
import type { Origin } from '../../../directory/history/change.ts';
import type { Decision, StoreTask } from '../../../directory/store.ts';
import { isObject } from '../../../lib/json-equal.ts';
import type { Call, DialectContext, Reply, Route } from '../../dialect.ts';
import type { Caller } from '../auth/caller.ts';
import { OptionalLine } from '../protocol/bounds.ts';
import { variantOf, updateVariants } from '../employees/api-version.ts';
import { answer, fail, failureOf, errorReply } from '../protocol/errors.ts';
import { BAD_JSON, readBody, withPathId } from '../auth/guarded-route.ts';
import { changeCode, changeCustomFields } from '../employees/single-field-update.ts';
import { showStaff } from '../employees/view.ts';
import type { Updated } from '../employees/update.ts';
import { CustomForm } from '../protocol/wire.ts';
import { compiledOnUse } from '../protocol/compiled-on-use.ts';

const customForm = compiledOnUse(CustomForm);
const Code = Type.Object({ code: OptionalLine });
const codeBody = compiledOnUse(Code);

async function changed(
  operation: string,
  caller: Caller,
  { requestId }: Call,
  { store, now }: DialectContext,
  work: (origin: Origin) => StoreTask<Decision<Updated>>,
): Promise<Reply> {
  const origin = { dialect: 'hose', operation, app: caller.app.id, request: requestId, at: now(caller.tenant) };
  const updated = await store.write(() => work(origin));
  if (updated.refusal !== undefined) return fail(failureOf(updated.refusal.problem), { records: [updated.record] });
  const { tenant, records, staffs } = updated;
  const [one] = staffs;
  return answer({ value: one && showStaff(one.employee, one.account, tenant) }, { records });
}

/** `v1.1` reads `type`; `v1` knows ids only [public: contacts/update-staffs-customFields.md]. */
function customFields(operation: string, readsType: boolean): Route['answer'] {
  return withPathId('general-directory', 'staffId', async (staff, caller, call, context) => {
    const body = readBody(call);
    if ('reply' in body) return body.reply;
    const form = body.value;
    if (!isObject(form) || !customForm.Check(form)) return errorReply(BAD_JSON);
    const variant = readsType ? variantOf(call) : updateVariants.byId;
    if (variant === null) return errorReply({ kind: 'invalid', subject: 'type' });
    return await changed(operation, caller, call, context, (origin) =>
      changeCustomFields(staff, form, variant, caller.tenant.number, origin),
    );
  });
}

const updateCode = withPathId('general-directory', 'staffId', async (staff, caller, call, context) => {
  const body = readBody(call);
  if ('reply' in body) return body.reply;
  if (!codeBody.Check(body.value)) return errorReply(BAD_JSON);
  const code = body.value.code ?? '';
  if (code === '') return errorReply({ kind: 'missing', subject: 'jobNumber' });
  return await changed('staffs.code', caller, call, context, (origin) =>
    changeCode(staff, code, caller.tenant.number, origin),
  );
});

/** 更新员工自定义字段 in both its versions, and 修改员工工号. */
export const oneStaffRoutes: readonly Route[] = [
  {
    operation: 'staffs.customFields',
    method: 'PUT',
    path: '/api/openapi/v1.1/staffs/:staffId/customFields',
    body: CustomForm,
    answer: customFields('staffs.customFields', true),
  },
  {
    operation: 'staffs.customFields.v1',
    method: 'PUT',
    path: '/api/openapi/v1/staffs/:staffId/customFields',
    body: CustomForm,
    answer: customFields('staffs.customFields.v1', false),
  },
  {
    operation: 'staffs.code',
    method: 'PUT',
    path: '/api/openapi/v1/staffs/:staffId/code',
    body: Code,
    answer: updateCode,
  },
];
