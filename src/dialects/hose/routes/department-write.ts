import Type from 'typebox';
import type { Department } from '../../../directory/departments/department.ts';
import { load, type Decision, type Effect, type StoreTask } from '../../../directory/store.ts';
import { Tenant } from '../../../directory/tenant.ts';
import { plainText } from '../../../directory/text.ts';
import { isObject } from '../../../lib/json-equal.ts';
import type { Call, DialectContext, Reply, Route } from '../../dialect.ts';
import type { Caller } from '../auth/caller.ts';
import { Line } from '../protocol/bounds.ts';
import {
  departmentUnknown,
  batchMessages,
  singleMessages,
  putDepartment,
  type DepartmentWords,
} from '../departments/rules.ts';
import { readDepartment, showDepartment, type GivenDepartment } from '../departments/view.ts';
import { answer } from '../protocol/errors.ts';
import { authenticated, readBody, withPathId } from '../auth/guarded-route.ts';
import { spaces } from '../model/ids.ts';
import { nowOf } from '../lookups/dimension-item-writes.ts';
import {
  accepted,
  isRefusal,
  missing,
  malformedBody,
  refusalReply,
  type StructureRefusal,
} from '../auth/structure-refusal.ts';
import { structureErrors } from '../protocol/structure-codes.ts';
import { writeAs } from '../auth/write-as.ts';

const path = '/api/openapi/v1/departments';

/** Departments in one batch; no page says how many [proposed]. */
const MAX_IN_BATCH = 100;

const DepartmentBody = Type.Object({
  code: Line,
  name: Line,
  parentId: Line,
  form: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  order: Type.Optional(Type.Integer()),
});
const BatchBody = Type.Object({ departmentList: Type.Array(DepartmentBody) });

/** Departments after a write, and the company that they are in; or why nothing was written. */
type WrittenDepartments = StructureRefusal | { readonly tenant: Tenant; readonly departments: readonly Department[] };

function given(body: unknown): GivenDepartment | StructureRefusal {
  const read = readDepartment(body);
  if (read === null) return malformedBody;
  return typeof read === 'string' ? missing(read) : read;
}

/** A department that is to be made; its own id is made before the work, which may be run again. */
interface ToMake {
  readonly id: string;
  readonly given: GivenDepartment;
}

function* decideAdd(
  all: readonly ToMake[],
  words: DepartmentWords,
  caller: Caller,
  { recordFactory: newcomers }: DialectContext,
  at: number,
): StoreTask<Decision<WrittenDepartments>> {
  const now = yield* nowOf(caller);
  let tenant = now;
  for (const { id, given } of all) {
    // Of the department above it has whether it is for outsiders.
    const above = tenant.departments.by(spaces.department, given.parentId) ?? tenant.departments.root;
    const blank = newcomers.department(tenant, id, plainText(given.name), above.id, at);
    const change = putDepartment(tenant.parts, blank, given, words, at);
    if (isRefusal(change)) return { answer: change, effects: [] };
    tenant = new Tenant(change.parts);
  }
  return decided(
    now,
    tenant,
    all.flatMap(({ id }) => tenant.departments.get(id) ?? []),
  );
}

function* decideUpdate(
  departmentId: string,
  given: GivenDepartment,
  caller: Caller,
  at: number,
): StoreTask<Decision<WrittenDepartments>> {
  const now = yield* nowOf(caller);
  const before = now.departments.by(spaces.department, departmentId);
  // One that is inactive can be neither found nor changed [proposed].
  if (before?.enabled !== true) return { answer: departmentUnknown(departmentId), effects: [] };
  const change = putDepartment(now.parts, before, given, singleMessages, at);
  if (isRefusal(change)) return { answer: change, effects: [] };
  return decided(now, new Tenant(change.parts), [change.after]);
}

/**
 * Deactivation takes everything below along, activation does not [public: contacts/active-departments.md]; staff of a
 * department that would be taken along refuse it too [proposed]. The root is the company itself and stays [proposed].
 */
function* decideActive(
  departmentId: string,
  active: boolean,
  caller: Caller,
  at: number,
): StoreTask<Decision<WrittenDepartments>> {
  const now = yield* nowOf(caller);
  const department = now.departments.by(spaces.department, departmentId);
  if (department === undefined || department.parent === null)
    return { answer: departmentUnknown(departmentId), effects: [] };
  const meant = active ? [department] : [department, ...now.departments.descendantsOf(department.id)];
  const ids = new Set(meant.map(({ id }) => id));
  if (!active && (yield* load('members-in', { tenant: now.number, departments: [...ids] })) > 0) {
    const problem = { kind: 'locked', subject: 'members' } as const;
    return { answer: { problem, failure: structureErrors.departmentHasStaff }, effects: [] };
  }
  const isChanged = (one: Department): boolean => ids.has(one.id) && one.enabled !== active;
  const departments = now.parts.departments.map((one) =>
    isChanged(one) ? { ...one, enabled: active, updatedAt: at } : one,
  );
  const tenant = meant.some(isChanged) ? new Tenant({ ...now.parts, departments, updatedAt: at }) : now;
  return decided(
    now,
    tenant,
    departments.filter(({ id }) => ids.has(id)),
  );
}

function decided(now: Tenant, tenant: Tenant, departments: readonly Department[]): Decision<WrittenDepartments> {
  const effects: readonly Effect[] = tenant.parts === now.parts ? [] : [{ write: 'tenant', now, parts: tenant.parts }];
  return { answer: { tenant, departments }, effects };
}

function shown(written: WrittenDepartments, isOne: boolean): Reply {
  if (isRefusal(written)) return refusalReply(written);
  const { tenant, departments } = written;
  const items = departments.map((department) => showDepartment(department, tenant, false));
  return answer(isOne ? { value: items[0] } : { items }, accepted);
}

async function add(caller: Caller, call: Call, context: DialectContext): Promise<Reply> {
  const body = readBody(call);
  if ('reply' in body) return body.reply;
  const read = given(body.value);
  if (isRefusal(read)) return refusalReply(read);
  const all = [{ id: context.ids.fresh('d'), given: read }];
  const at = context.now(caller.tenant);
  return shown(
    await writeAs('departments.create', caller, call, context, at, () =>
      decideAdd(all, singleMessages, caller, context, at),
    ),
    true,
  );
}

/** All or nothing, from the first; each sees those before it [proposed]. */
async function addMany(caller: Caller, call: Call, context: DialectContext): Promise<Reply> {
  const body = readBody(call);
  if ('reply' in body) return body.reply;
  if (!isObject(body.value)) return refusalReply(malformedBody);
  const { departmentList } = body.value;
  if (!Array.isArray(departmentList) || departmentList.length === 0 || departmentList.length > MAX_IN_BATCH)
    return refusalReply({
      problem: { kind: 'too-long', subject: 'departmentList', limit: MAX_IN_BATCH },
      failure: structureErrors.departmentsInBatch,
    });
  const all: ToMake[] = [];
  for (const element of departmentList as unknown[]) {
    const read = given(element);
    if (isRefusal(read)) return refusalReply(read);
    all.push({ id: context.ids.fresh('d'), given: read });
  }
  const at = context.now(caller.tenant);
  return shown(
    await writeAs('departments.batchCreate', caller, call, context, at, () =>
      decideAdd(all, batchMessages, caller, context, at),
    ),
    false,
  );
}

async function update(id: string, caller: Caller, call: Call, context: DialectContext): Promise<Reply> {
  const body = readBody(call);
  if ('reply' in body) return body.reply;
  const read = given(body.value);
  if (isRefusal(read)) return refusalReply(read);
  const at = context.now(caller.tenant);
  return shown(
    await writeAs('departments.update', caller, call, context, at, () => decideUpdate(id, read, caller, at)),
    true,
  );
}

async function activate(id: string, caller: Caller, call: Call, context: DialectContext): Promise<Reply> {
  const active = call.query.get('active');
  // Anything but the two words counts as missing [proposed].
  if (active !== 'true' && active !== 'false') return refusalReply(missing('active'));
  const at = context.now(caller.tenant);
  return shown(
    await writeAs('departments.disableOrEnable', caller, call, context, at, () =>
      decideActive(id, active === 'true', caller, at),
    ),
    false,
  );
}

/** Changes of departments. */
export const departmentWriteRoutes: readonly Route[] = [
  {
    operation: 'departments.create',
    method: 'POST',
    path,
    body: DepartmentBody,
    answer: authenticated('contact-sync', add),
  },
  {
    operation: 'departments.batchCreate',
    method: 'POST',
    path: `${path}/batch/create`,
    body: BatchBody,
    answer: authenticated('contact-sync', addMany),
  },
  {
    operation: 'departments.update',
    method: 'PUT',
    path: `${path}/update/:departmentId`,
    body: DepartmentBody,
    answer: withPathId('contact-sync', 'departmentId', update),
  },
  {
    operation: 'departments.disableOrEnable',
    method: 'PUT',
    path: `${path}/disableOrEnableDepartment/:departmentId`,
    answer: withPathId('contact-sync', 'departmentId', activate),
  },
];
