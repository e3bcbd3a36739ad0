import { isRefused, withDepartment, withoutDepartment } from '../../../directory/departments/department-edit.ts';
import type { Department } from '../../../directory/departments/department.ts';
import type { Decision, StoreTask } from '../../../directory/store.ts';
import type { Tenant, TenantData } from '../../../directory/tenant.ts';
import type { Outcome, Reply, Route } from '../../dialect.ts';
import { reloadCaller, revokedTokenCode, type Caller } from '../auth/caller.ts';
import { DepartmentBody } from '../departments/body-schemas.ts';
import { answerToDepartment } from '../departments/errors.ts';
import { loadDepartment, hasMembers, isExpected, type DepartmentRequest } from '../departments/facts.ts';
import { removeDepartmentReferences } from '../departments/remove-references.ts';
import { firstDepartmentRefusal } from '../departments/rules.ts';
import { departmentOutcome } from '../departments/verdicts.ts';
import { errorReply, successReply } from '../protocol/envelope.ts';
import type { Refusal } from '../protocol/errors.ts';
import { authenticated } from '../employees/lifecycle/authenticated.ts';
import { idKindsOf, validationErrorReply, type OperationContext } from '../auth/guarded-route.ts';
import { departmentIdOf, departmentNamed, type DepartmentIdKind } from '../model/ids.ts';
import { isDepartmentInScope } from '../auth/data-scope.ts';
import { checkOperationAllowed } from '../auth/operation-permission.ts';
import { createBodyReader } from '../protocol/body-validation.ts';

const path = '/open-apis/directory/v1/departments';
const readBody = createBodyReader(DepartmentBody);

/** 创建部门 */
const departmentCreate: Route = {
  operation: 'department.create',
  method: 'POST',
  path,
  body: DepartmentBody,
  answer: authenticated('department.create', async (guarded) => {
    const { call, caller, context, exchange } = guarded;
    const request = requestOf(guarded);
    if ('status' in request) return request;
    const id = context.ids.fresh('d');
    const newcomer = (tenant: Tenant): Department =>
      context.recordFactory.department(tenant, id, { value: '', i18n: {} }, tenant.departments.root.id, exchange.at);
    const decided = await context.store.write(() => decideCreate(request, caller, newcomer, exchange.at));
    const kind = idKindsOf(call.query, caller).departmentKind;
    return replyTo(decided, guarded, request, (made) => ({ department_id: departmentIdOf(made, kind) }));
  }),
};

/** 更新部门 */
const departmentPatch: Route = {
  operation: 'department.patch',
  method: 'PATCH',
  path: `${path}/:department_id`,
  body: DepartmentBody,
  answer: authenticated('department.patch', async (guarded) => {
    const { call, caller, context, exchange } = guarded;
    const request = requestOf(guarded);
    if ('status' in request) return request;
    const id = call.params['department_id'] ?? '';
    const decided = await context.store.write(() => decidePatch(id, request, caller, exchange.at));
    return replyTo(decided, guarded, request, () => ({}));
  }),
};

/** 删除部门 */
const departmentDelete: Route = {
  operation: 'department.delete',
  method: 'DELETE',
  path: `${path}/:department_id`,
  answer: authenticated('department.delete', async (guarded) => {
    const { call, caller, context, exchange } = guarded;
    const { departmentKind, violations } = idKindsOf(call.query, caller);
    if (violations.length > 0) return validationErrorReply(exchange, [], violations);
    const id = call.params['department_id'] ?? '';
    const decided = await context.store.write(() => decideDelete(id, departmentKind, caller, exchange.at));
    return replyTo(decided, guarded, null, () => ({}));
  }),
};

/** Changes of departments. */
export const departmentWrites: readonly Route[] = [departmentCreate, departmentPatch, departmentDelete];

function requestOf({ call, caller, exchange }: OperationContext): DepartmentRequest | Reply {
  const { idKind, departmentKind, violations } = idKindsOf(call.query, caller);
  const read = readBody(call.body);
  if (read.body === null || violations.length > 0)
    return validationErrorReply(exchange, read.body === null ? read.violations : [], violations);
  return { idKind, departmentKind, given: read.body.department };
}

/** What was decided: the department before and after, or why not. */
interface Decided {
  /** Null where it was accepted, `gone` where the caller lost the place in the directory meanwhile. */
  readonly refusal: Refusal | 'gone' | null;
  readonly before: Department | null;
  readonly after: Department | null;
}

function refused(refusal: Refusal | 'gone'): Decision<Decided> {
  return { answer: { refusal, before: null, after: null }, effects: [] };
}

function* decideCreate(
  request: DepartmentRequest,
  known: Caller,
  newcomer: (tenant: Tenant) => Department,
  at: number,
): StoreTask<Decision<Decided>> {
  const caller = yield* reloadCaller(known);
  if (caller === null) return refused('gone');
  const forbidden = checkOperationAllowed(caller, 'department.create');
  if (forbidden !== null) return refused(forbidden);
  const facts = yield* loadDepartment(request, caller, null, newcomer(caller.tenant));
  const refusal = firstDepartmentRefusal(facts);
  return refusal === null ? written(caller.tenant, null, facts.after, at) : refused(refusal);
}

function* decidePatch(id: string, request: DepartmentRequest, known: Caller, at: number): StoreTask<Decision<Decided>> {
  const caller = yield* reloadCaller(known);
  if (caller === null) return refused('gone');
  const before = findTarget(caller, 'department.patch', request.departmentKind, id);
  if ('problem' in before) return refused(before);
  const facts = yield* loadDepartment(request, caller, before, before);
  const refusal = firstDepartmentRefusal(facts);
  return refusal === null ? written(caller.tenant, before, facts.after, at) : refused(refusal);
}

/**
 * The order here is [derived]: edition, id, root, the department and its parent in the app's reach, members, children.
 * [public: dir/department/delete]
 */
function* decideDelete(id: string, kind: DepartmentIdKind, known: Caller, at: number): StoreTask<Decision<Decided>> {
  const caller = yield* reloadCaller(known);
  if (caller === null) return refused('gone');
  const before = findTarget(caller, 'department.delete', kind, id);
  if ('problem' in before) return refused(before);
  if (before.parent !== null && !isDepartmentInScope(caller, before.parent))
    return refused({ problem: { kind: 'forbidden', subject: 'dependent' }, fields: ['department_id'] });
  const { tenant } = caller;
  if ((yield* hasMembers(tenant, before.id)) || (yield* isExpected(tenant, before.id)))
    return refused({ problem: { kind: 'locked', subject: 'members' }, fields: ['department_id'] });
  const edit = withoutDepartment(tenant.parts, before.id, at);
  if (isRefused(edit)) return refused({ problem: edit, fields: ['department_id'] });
  return decided(tenant, removeDepartmentReferences(edit, before.id), before, null);
}

/** The department that a path names, as far as it may be changed. */
function findTarget(
  caller: Caller,
  operation: 'department.patch' | 'department.delete',
  kind: DepartmentIdKind,
  id: string,
): Department | Refusal {
  const forbidden = checkOperationAllowed(caller, operation);
  if (forbidden !== null) return forbidden;
  const department = departmentNamed(caller.tenant, kind, id);
  const fields = ['department_id'];
  if (department === undefined) return { problem: { kind: 'unknown', subject: kind, value: id }, fields };
  // The root is the company itself. [derived]
  if (department.parent === null) return { problem: { kind: 'locked', subject: 'department' }, fields };
  return isDepartmentInScope(caller, department.id)
    ? department
    : { problem: { kind: 'forbidden', subject: 'employee' }, fields };
}

function written(tenant: Tenant, before: Department | null, after: Department, at: number): Decision<Decided> {
  const edit = withDepartment(tenant.parts, after, at);
  return isRefused(edit) ? refused({ problem: edit, fields: ['department'] }) : decided(tenant, edit, before, after);
}

function decided(
  now: Tenant,
  parts: TenantData,
  before: Department | null,
  after: Department | null,
): Decision<Decided> {
  const answer = { refusal: null, before, after };
  return { answer, effects: parts === now.parts ? [] : [{ write: 'tenant', now, parts }] };
}

function replyTo(
  { refusal, before, after }: Decided,
  { caller, exchange }: OperationContext,
  request: DepartmentRequest | null,
  dataOf: (after: Department) => object,
): Reply {
  if (refusal === 'gone') return errorReply(exchange, revokedTokenCode(caller));
  if (refusal !== null) {
    const code = answerToDepartment(refusal.problem);
    const { fields, problem } = refusal;
    const verdicts = fields.map((field) => ({ field, verdict: 'refused' as const, reason: code.msg }));
    const outcome: Outcome = { records: [{ verdicts, problem }] };
    return errorReply(exchange, code, violationsFor(code.code, fields, code.msg), outcome);
  }
  const outcome = request === null || after === null ? undefined : departmentOutcome(request.given, before, after);
  return successReply(exchange, after === null ? {} : dataOf(after), outcome);
}

/** The fields are named where the code alone does not tell which one is meant. */
const VAGUE: ReadonlySet<number> = new Set([2220001, 2221305]);

function violationsFor(code: number, fields: readonly string[], description: string) {
  return VAGUE.has(code) ? { field_violations: fields.map((field) => ({ field, value: '', description })) } : {};
}
