import type { QueryClient } from '@tanstack/react-query';
import type { WholeRequestView } from '../../../src/sandbox/journal/contract.ts';
import { api } from './client.ts';
import { callQuery } from './company-queries.ts';

/* Departments are changed by the platform's own calls: the admin API has none for them. */

/** The platform whose calls are used. */
export const DEPARTMENT_PLATFORM = 'feishu';

/** What is done to departments, by their own ids. */
export type DepartmentChange =
  | { readonly kind: 'create'; readonly parent: string; readonly name: string }
  | { readonly kind: 'rename'; readonly department: string; readonly name: string }
  | { readonly kind: 'move'; readonly department: string; readonly parent: string }
  | { readonly kind: 'remove'; readonly department: string };

const OPERATIONS = {
  create: 'department.create',
  rename: 'department.patch',
  move: 'department.patch',
  remove: 'department.delete',
} as const;

/** Changes departments as an app of the company; returns the call as it is in the journal. */
export async function changeDepartment(
  queries: QueryClient,
  company: string,
  app: string,
  change: DepartmentChange,
): Promise<WholeRequestView> {
  const operation = OPERATIONS[change.kind];
  const { params, query } = await startOf(company, operation, 'department' in change ? change.department : undefined);
  const name = 'name' in change ? { name: { default_value: change.name } } : {};
  const parent = 'parent' in change ? { parent_department_id: await platformId(company, change.parent) } : {};
  const { request } = await api('calls.send', {
    params: { key: company },
    body: {
      platform: DEPARTMENT_PLATFORM,
      app,
      operation,
      params,
      query,
      ...(change.kind === 'remove' ? {} : { body: { department: { ...name, ...parent } } }),
    },
  });
  const call = await queries.fetchQuery(callQuery(request));
  await queries.invalidateQueries({ queryKey: ['c', company, 'record'] });
  return call;
}

async function startOf(company: string, operation: string, department: string | undefined) {
  const { start } = await api('operations.get', {
    params: { platform: DEPARTMENT_PLATFORM, operation },
    query: { company, department },
  });
  return { params: start?.params ?? {}, query: start?.query ?? {} };
}

/** The id by which the platform knows a department. */
async function platformId(company: string, department: string): Promise<string> {
  const { params } = await startOf(company, 'department.patch', department);
  return params['department_id'] ?? department;
}
