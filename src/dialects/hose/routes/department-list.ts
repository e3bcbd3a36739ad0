import type { Department } from '../../../directory/departments/department.ts';
import type { Call, Reply, Route } from '../../dialect.ts';
import type { Caller } from '../auth/caller.ts';
import { departmentUnknown } from '../departments/rules.ts';
import { atPath, showDepartment } from '../departments/view.ts';
import { answer, errorReply } from '../protocol/errors.ts';
import { authenticated, withPathId } from '../auth/guarded-route.ts';
import { spaces } from '../model/ids.ts';
import { pageOf, windowOf } from './paging.ts';
import { missing, refusalReply } from '../auth/structure-refusal.ts';

const path = '/api/openapi/v1/departments';

/** Inactive ones are in the lists [public: corporation/get-departments.md]; the external ones have one of their own. */
function list({ tenant }: Caller, call: Call, external: boolean): Reply {
  const window = windowOf(call, tenant);
  if ('kind' in window) return errorReply(window);
  const all = tenant.departments.all.filter((department) => department.external === external);
  const { count, items } = pageOf(all, window, call.query, tenant);
  return answer({ count, items: items.map((department) => showDepartment(department, tenant, true)) });
}

/** By its id, or as the only active one with a code; several are as good as none [proposed]. */
function one(idOrCode: string, { tenant }: Caller, { query }: Call): Reply {
  const { departments } = tenant;
  let found: Department | undefined;
  if (query.get('departmentBy') === 'code') {
    const carriers = idOrCode === '' ? [] : departments.withCode(idOrCode).filter(({ enabled }) => enabled);
    found = carriers.length === 1 ? carriers[0] : undefined;
  } else found = departments.by(spaces.department, idOrCode);
  if (found?.enabled !== true) return refusalReply(departmentUnknown(idOrCode));
  return answer({ value: showDepartment(found, tenant, true) });
}

function byName({ tenant }: Caller, { query }: Call): Reply {
  const name = query.get('name') ?? '';
  if (name === '') return refusalReply(missing('name'));
  const found = tenant.departments.all.filter((department) => department.enabled && department.name.value === name);
  return answer({ items: found.map((department) => showDepartment(department, tenant, true)) });
}

function byPath({ tenant }: Caller, { query }: Call): Reply {
  const names = query.get('path') ?? '';
  if (names === '') return refusalReply(missing('path'));
  const found = atPath(tenant.departments, names);
  return answer({ value: found === undefined ? null : showDepartment(found, tenant, true) });
}

/** Lists of departments, and look-ups of one. */
export const departmentListRoutes: readonly Route[] = [
  {
    operation: 'departments.list',
    method: 'GET',
    path,
    answer: authenticated('general-directory', (caller, call) => list(caller, call, false)),
  },
  {
    operation: 'departments.external',
    method: 'GET',
    path: `${path}/external/department`,
    answer: authenticated('general-directory', (caller, call) => list(caller, call, true)),
  },
  {
    operation: 'departments.byName',
    method: 'GET',
    path: `${path}/getDepartmentByName`,
    answer: authenticated('general-directory', byName),
  },
  {
    operation: 'departments.byPath',
    method: 'GET',
    path: `${path}/getDepartmentByPath`,
    answer: authenticated('general-directory', byPath),
  },
  {
    operation: 'departments.get',
    method: 'GET',
    path: `${path}/:idOrCode`,
    answer: withPathId('general-directory', 'idOrCode', (id, caller, call) => Promise.resolve(one(id, caller, call))),
  },
];
