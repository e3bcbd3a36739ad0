import Type from 'typebox';
import { load, type StoreTask } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import type { Call, DialectContext, Reply, Route } from '../../dialect.ts';
import type { Caller } from '../auth/caller.ts';
import { authenticated, readBody, withPathId } from '../auth/guarded-route.ts';
import { accepted, done, isRefusal, malformedBody, missing, refusalReply } from '../auth/structure-refusal.ts';
import { staffByOf } from '../employees/staff-named.ts';
import { showRawRole, showRole, showRoleGroups } from '../lookups/role-views.ts';
import { isPathType } from '../lookups/role-paths.ts';
import { clearRows, makeRole, renameRole, writeRows, type WrittenRole } from '../lookups/role-writes.ts';
import { rolesOf } from '../lookups/roles.ts';
import { Lines, MAX_IN_LINE, OptionalLine } from '../protocol/bounds.ts';
import { isAtLeast, V1, V11, versionOf } from '../protocol/api-paths.ts';
import { answer } from '../protocol/errors.ts';
import { roleCodes } from '../protocol/role-codes.ts';
import { accountsOf } from './staff-list.ts';
import { writeAs } from '../auth/write-as.ts';
import { compiledOnUse } from '../protocol/compiled-on-use.ts';

const RoleBody = Type.Object({
  name: OptionalLine,
  scope: OptionalLine,
  sourceChannel: Type.Optional(Type.Union([Type.Enum(['MANUAL', 'API']), Type.Null()])),
  roleGroupId: OptionalLine,
});
const roleBody = compiledOnUse(RoleBody);

const RowsBody = Type.Object({
  contents: Type.Array(
    Type.Object({
      pathType: Type.Optional(Type.Enum(['name', 'id', 'code'])),
      path: Type.Optional(Type.Union([Lines, Type.Null()])),
      staffs: Lines,
    }),
  ),
});

async function create(caller: Caller, call: Call, context: DialectContext): Promise<Reply> {
  const body = readBody(call);
  if ('reply' in body) return body.reply;
  if (!roleBody.Check(body.value)) return refusalReply(malformedBody);
  const { name, scope, sourceChannel: source, roleGroupId } = body.value;
  if (!name?.trim()) return refusalReply(missing('name'));
  if (!scope) return refusalReply(missing('scope'));
  if (!source) return refusalReply(missing('sourceChannel'));
  const given = { id: context.ids.fresh('ID_'), name, scope, source, group: roleGroupId || null };
  const at = context.now(caller.tenant);
  const written = await writeAs('roledefs.create', caller, call, context, at, () => makeRole(given, caller, at));
  if (isRefusal(written)) return refusalReply(written);
  const { role } = written;
  return answer({ value: { id: role.id, name: role.name } }, accepted);
}

/** Renames a role; the name is in the query, and no body is read [public: corporation/update-roledefs.md]. */
async function rename(id: string, caller: Caller, call: Call, context: DialectContext): Promise<Reply> {
  const name = call.query.get('name') ?? '';
  if (name.trim() === '') return refusalReply(missing('name'));
  if (name.length > MAX_IN_LINE) return refusalReply(malformedBody);
  const at = context.now(caller.tenant);
  const written = await writeAs('roledefs.update', caller, call, context, at, () => renameRole(id, name, caller, at));
  if (isRefusal(written)) return refusalReply(written);
  return answer({ value: showRawRole(written.role, written.tenant) }, accepted);
}

async function read(id: string, { tenant }: Caller, { query }: Call, { store }: DialectContext): Promise<Reply> {
  const role = rolesOf(tenant).get(id);
  if (role === undefined)
    return refusalReply({ problem: { kind: 'unknown', subject: 'role', value: id }, failure: roleCodes.unknownToRead });
  const pathType = query.get('pathType') || 'name';
  if (!isPathType(pathType))
    return refusalReply({ problem: { kind: 'invalid', subject: 'pathType' }, failure: roleCodes.pathTypeInvalid });
  const staffBy = staffByOf(query);
  const ids = [...new Set(role.contents.flatMap(({ staffs }) => staffs))];
  const people = await store.read(() => peopleOf(ids, tenant));
  return answer({ value: showRole(role, { pathType, staffBy }, people, tenant) });
}

function* peopleOf(ids: readonly string[], { number }: Tenant): StoreTask<Parameters<typeof showRole>[2]> {
  const employees = yield* load('employees-by-id', { tenant: number, ids });
  return { employees, accounts: yield* accountsOf([...employees.values()]) };
}

async function rows(id: string, caller: Caller, call: Call, context: DialectContext): Promise<Reply> {
  const body = readBody(call);
  if ('reply' in body) return body.reply;
  const options = { isOld: isOldCall(call), staffBy: staffByOf(call.query) };
  const at = context.now(caller.tenant);
  const operation = named('roledefs.staffs.update', call);
  return written(
    await writeAs(operation, caller, call, context, at, () => writeRows(id, body.value, options, caller, at)),
  );
}

async function clear(id: string, caller: Caller, call: Call, context: DialectContext): Promise<Reply> {
  const at = context.now(caller.tenant);
  const operation = named('roledefs.staffs.delete', call);
  return written(await writeAs(operation, caller, call, context, at, () => clearRows(id, isOldCall(call), caller, at)));
}

/** The operation as the coverage names it: the older path is one of its own. */
function named(operation: string, call: Call): string {
  return isOldCall(call) ? `${operation}.v1` : operation;
}

function isOldCall({ path }: Call): boolean {
  return !isAtLeast(versionOf(path), 1, 1);
}

function written(role: WrittenRole): Reply {
  return isRefusal(role) ? refusalReply(role) : done();
}

/** Groups of roles, roles, and who has them (hose-more 3). */
export const roleRoutes: readonly Route[] = [
  {
    operation: 'roleDefGroups.list',
    method: 'GET',
    path: `${V1}/roleDefGroups`,
    answer: authenticated('general-directory', ({ tenant }) => answer({ items: showRoleGroups(tenant) })),
  },
  {
    operation: 'roledefs.create',
    method: 'POST',
    path: `${V1}/roledefs`,
    body: RoleBody,
    answer: authenticated('general-directory', create),
  },
  {
    operation: 'roledefs.update',
    method: 'PUT',
    path: `${V1}/roledefs/:id`,
    answer: withPathId('general-directory', 'id', rename),
  },
  {
    operation: 'roledefs.get',
    method: 'GET',
    path: `${V1}/roledefs/:id`,
    answer: withPathId('general-directory', 'id', read),
  },
  ...[V11, V1].flatMap((base): readonly Route[] => {
    const version = base === V1 ? '.v1' : '';
    const path = `${base}/roledefs/:id/staffs`;
    return [
      {
        operation: `roledefs.staffs.update${version}`,
        method: 'PUT',
        path,
        body: RowsBody,
        answer: withPathId('general-directory', 'id', rows),
      },
      {
        operation: `roledefs.staffs.delete${version}`,
        method: 'DELETE',
        path,
        answer: withPathId('general-directory', 'id', clear),
      },
    ];
  }),
];
