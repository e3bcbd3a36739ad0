import { isRefused, withDepartment } from '../../../../directory/departments/department-edit.ts';
import type { Department } from '../../../../directory/departments/department.ts';
import type { StoreTask } from '../../../../directory/store.ts';
import type { Tenant } from '../../../../directory/tenant.ts';
import { plainText } from '../../../../directory/text.ts';
import type { Route } from '../../../dialect.ts';
import type { Caller } from '../../auth/caller.ts';
import { clientTokenOf, firstAnswerTo, keepFirstAnswer, type ClientToken } from '../../auth/client-token.ts';
import type { IdKinds, OperationContext } from '../../auth/guarded-route.ts';
import { runOperation, tenantEffects, type OperationResult } from '../../auth/run-operation.ts';
import { ContactDepartmentBody, type ContactWrite } from '../../departments/contact/body.ts';
import { loadContactDepartment, type ContactDepartmentRequest } from '../../departments/contact/facts.ts';
import { firstContactRefusal } from '../../departments/contact/rules.ts';
import { departmentToChange } from '../../departments/contact/target.ts';
import { contactDepartmentOutcome, refusedOutcome } from '../../departments/contact/verdicts.ts';
import { contactDepartments } from '../../departments/contact/view.ts';
import { contactRoute } from '../../employees/operation-routes.ts';
import { SPACE } from '../../model/ids.ts';
import { CONTACT_DEPARTMENT_CODES as D } from '../../protocol/contact-department-codes.ts';

const path = '/open-apis/contact/v3/departments';

/** 创建部门 [public: c3/department/create] */
const create = contactRoute({
  operation: 'contact.department.create',
  method: 'POST',
  path,
  body: ContactDepartmentBody,
  answer: (operation, kinds, body) => {
    const { call, caller, context } = operation;
    const request = requestOf('create', kinds, body);
    const token = clientTokenOf(call, caller, 'contact.department.create');
    const made: NewIds = { id: context.ids.fresh('d'), departmentId: context.ids.hex(16) };
    const newcomer = (tenant: Tenant): Department => newDepartment(operation, tenant, made);
    return runOperation(operation, (current, { at }) => createOnce(request, current, newcomer, token, at));
  },
});

/** Ids of a new department whose request names none. */
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
  return contactRoute({
    operation,
    method: write === 'patch' ? 'PATCH' : 'PUT',
    path: `${path}/:department_id`,
    body: ContactDepartmentBody,
    answer: (current, kinds, body) => {
      const id = current.call.params['department_id'] ?? '';
      const request = requestOf(write, kinds, body);
      return runOperation(current, (caller, { at }) => changeDepartment(id, request, caller, at));
    },
  });
}

/** 创建部门, 修改部门部分信息, 更新部门所有信息 [public: c3/department/patch, c3/department/update] */
export const contactDepartmentWrites: readonly Route[] = [
  create,
  change('patch', 'contact.department.patch'),
  change('put', 'contact.department.put'),
];

function requestOf(
  write: ContactWrite,
  { idKind, departmentKind }: IdKinds,
  given: ContactDepartmentBody,
): ContactDepartmentRequest {
  return { write, idKind, departmentKind, given };
}

/** The same `client_token` gets the first answer again. */
function* createOnce(
  request: ContactDepartmentRequest,
  caller: Caller,
  newcomer: (tenant: Tenant) => Department,
  token: ClientToken | null,
  at: number,
): StoreTask<OperationResult> {
  const first = token === null ? null : yield* firstAnswerTo(token, at);
  if (first === 'other') return { failure: D.otherRequest };
  if (first !== null) return { data: first, effects: [] };
  const decided = yield* writeDepartment(request, caller, null, newcomer(caller.tenant), at);
  if (token === null || !('data' in decided)) return decided;
  return { ...decided, effects: [...decided.effects, ...keepFirstAnswer(token, caller, decided.data, at)] };
}

function* changeDepartment(
  id: string,
  request: ContactDepartmentRequest,
  caller: Caller,
  at: number,
): StoreTask<OperationResult> {
  const before = departmentToChange(caller, request.departmentKind, id);
  return 'msg' in before ? { failure: before } : yield* writeDepartment(request, caller, before, before, at);
}

function* writeDepartment(
  request: ContactDepartmentRequest,
  caller: Caller,
  before: Department | null,
  blank: Department,
  at: number,
): StoreTask<OperationResult> {
  if (Object.keys(request.given).length === 0) return { failure: D.bodyEmpty };
  const facts = yield* loadContactDepartment(request, caller, before, blank);
  const refusal = firstContactRefusal(facts);
  if (refusal !== null) return { failure: refusal.code, outcome: refusedOutcome(refusal) };
  const { tenant } = caller;
  const parts = withDepartment(tenant.parts, facts.after, at);
  // What every tree must be was judged by the rules.
  if (isRefused(parts)) return { failure: D.invalid };
  const [department] = yield* contactDepartments(caller, request, [facts.after]);
  return {
    data: { department },
    effects: tenantEffects(tenant, parts),
    outcome: contactDepartmentOutcome(request, before, facts.after),
  };
}
