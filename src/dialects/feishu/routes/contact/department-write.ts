import { isRefused, withDepartment } from '../../../../directory/departments/department-edit.ts';
import type { Department } from '../../../../directory/departments/department.ts';
import type { Decision, StoreTask } from '../../../../directory/store.ts';
import type { Tenant } from '../../../../directory/tenant.ts';
import { plainText } from '../../../../directory/text.ts';
import type { Outcome, Reply, Route } from '../../../dialect.ts';
import { reloadCaller, revokedTokenCode, type Caller } from '../../auth/caller.ts';
import { clientTokenOf, firstAnswerTo, keepFirstAnswer, type ClientToken } from '../../auth/client-token.ts';
import { contactIdKindsOf, validationErrorReply, type OperationContext } from '../../auth/guarded-route.ts';
import { ContactDepartmentBody, type ContactWrite } from '../../departments/contact/body.ts';
import { loadContactDepartment, type ContactDepartmentRequest } from '../../departments/contact/facts.ts';
import { firstContactRefusal } from '../../departments/contact/rules.ts';
import { departmentToChange } from '../../departments/contact/target.ts';
import { contactDepartmentOutcome, refusedOutcome } from '../../departments/contact/verdicts.ts';
import { contactDepartments } from '../../departments/contact/view.ts';
import { authenticated } from '../../employees/lifecycle/authenticated.ts';
import { SPACE } from '../../model/ids.ts';
import { createBodyReader } from '../../protocol/body-validation.ts';
import type { Code } from '../../protocol/codes.ts';
import { CONTACT_DEPARTMENT_CODES as D } from '../../protocol/contact-department-codes.ts';
import { errorReply, successReply } from '../../protocol/envelope.ts';

const path = '/open-apis/contact/v3/departments';
const readBody = createBodyReader(ContactDepartmentBody);

/** 创建部门 [public: c3/department/create] */
const create: Route = {
  operation: 'contact.department.create',
  method: 'POST',
  path,
  body: ContactDepartmentBody,
  answer: authenticated('contact.department.create', async (guarded) => {
    const { call, caller, context, exchange } = guarded;
    const request = requestOf(guarded, 'create');
    if ('status' in request) return request;
    const token = clientTokenOf(call, caller, 'contact.department.create');
    const made: NewIds = { id: context.ids.fresh('d'), departmentId: context.ids.hex(16) };
    const newcomer = (tenant: Tenant): Department => newDepartment(guarded, tenant, made);
    return replyTo(
      guarded,
      await context.store.write(() => decideCreate(request, caller, newcomer, token, exchange.at)),
    );
  }),
};

/** What a new department is called where nobody says so. */
interface NewIds {
  readonly id: string;
  readonly departmentId: string;
}

function newDepartment({ context, exchange }: OperationContext, tenant: Tenant, made: NewIds): Department {
  const root = tenant.departments.root.id;
  const blank = context.recordFactory.department(tenant, made.id, plainText(''), root, exchange.at);
  return { ...blank, ids: { ...blank.ids, [SPACE.department]: made.departmentId } };
}

function change(write: 'patch' | 'put', operation: 'contact.department.patch' | 'contact.department.put'): Route {
  return {
    operation,
    method: write === 'patch' ? 'PATCH' : 'PUT',
    path: `${path}/:department_id`,
    body: ContactDepartmentBody,
    answer: authenticated(operation, async (guarded) => {
      const { call, caller, context, exchange } = guarded;
      const request = requestOf(guarded, write);
      if ('status' in request) return request;
      const id = call.params['department_id'] ?? '';
      return replyTo(guarded, await context.store.write(() => decideChange(id, request, caller, exchange.at)));
    }),
  };
}

/** 创建部门, 修改部门部分信息, 更新部门所有信息 [public: c3/department/patch, c3/department/update] */
export const contactDepartmentWrites: readonly Route[] = [
  create,
  change('patch', 'contact.department.patch'),
  change('put', 'contact.department.put'),
];

function requestOf({ call, exchange }: OperationContext, write: ContactWrite): ContactDepartmentRequest | Reply {
  const { violations, idKind, departmentKind } = contactIdKindsOf(call.query);
  const read = readBody(call.body);
  if (read.body === null || violations.length > 0)
    return validationErrorReply(exchange, read.body === null ? read.violations : [], violations);
  return { write, idKind, departmentKind, given: read.body };
}

/** What was decided: what is told, or why not. */
type Decided =
  | { readonly data: object; readonly outcome?: Outcome }
  | { readonly refused: Code; readonly outcome?: Outcome }
  /** The caller lost the place in the directory meanwhile. */
  | 'gone';

function refused(code: Code, outcome?: Outcome): Decision<Decided> {
  return { answer: { refused: code, ...(outcome === undefined ? {} : { outcome }) }, effects: [] };
}

function* decideCreate(
  request: ContactDepartmentRequest,
  known: Caller,
  newcomer: (tenant: Tenant) => Department,
  token: ClientToken | null,
  at: number,
): StoreTask<Decision<Decided>> {
  const caller = yield* reloadCaller(known);
  if (caller === null) return { answer: 'gone', effects: [] };
  const first = token === null ? null : yield* firstAnswerTo(token, at);
  if (first === 'other') return refused(D.otherRequest);
  if (first !== null) return { answer: { data: first }, effects: [] };
  const decided = yield* decideWrite(request, caller, null, newcomer(caller.tenant), at);
  const { answer, effects } = decided;
  if (token === null || answer === 'gone' || 'refused' in answer) return decided;
  return { answer, effects: [...effects, ...keepFirstAnswer(token, caller, answer.data, at)] };
}

function* decideChange(
  id: string,
  request: ContactDepartmentRequest,
  known: Caller,
  at: number,
): StoreTask<Decision<Decided>> {
  const caller = yield* reloadCaller(known);
  if (caller === null) return { answer: 'gone', effects: [] };
  const before = departmentToChange(caller, request.departmentKind, id);
  return 'msg' in before ? refused(before) : yield* decideWrite(request, caller, before, before, at);
}

function* decideWrite(
  request: ContactDepartmentRequest,
  caller: Caller,
  before: Department | null,
  blank: Department,
  at: number,
): StoreTask<Decision<Decided>> {
  if (Object.keys(request.given).length === 0) return refused(D.bodyEmpty);
  const facts = yield* loadContactDepartment(request, caller, before, blank);
  const refusal = firstContactRefusal(facts);
  if (refusal !== null) return refused(refusal.code, refusedOutcome(refusal));
  const { tenant } = caller;
  const parts = withDepartment(tenant.parts, facts.after, at);
  // What every tree must be was judged by the rules.
  if (isRefused(parts)) return refused(D.invalid);
  const [department] = yield* contactDepartments(caller, request, [facts.after]);
  return {
    answer: { data: { department }, outcome: contactDepartmentOutcome(request, before, facts.after) },
    effects: parts === tenant.parts ? [] : [{ write: 'tenant', now: tenant, parts }],
  };
}

function replyTo({ caller, exchange }: OperationContext, decided: Decided): Reply {
  if (decided === 'gone') return errorReply(exchange, revokedTokenCode(caller));
  const { outcome } = decided;
  return 'refused' in decided
    ? errorReply(exchange, decided.refused, {}, outcome)
    : successReply(exchange, decided.data, outcome);
}
