import { readFileSync } from 'node:fs';
import type { Answer, TestDirectory } from '../../support/test-directory.ts';

/** The demo company's file. */
export const demo = readFileSync(new URL('../../../companies/demo.yaml', import.meta.url), 'utf8');

/** A token of an app; the demo company's when none is named. */
export async function tokenOf(
  directory: TestDirectory,
  app_id = 'cli_mingce_demo',
  app_secret = 'mingce-demo-secret',
): Promise<string> {
  const answer = await directory.send('POST', '/open-apis/auth/v3/tenant_access_token/internal', {
    body: { app_id, app_secret },
  });
  return answer.json.tenant_access_token;
}

/** One app's calls. */
export interface Client {
  /** PATCH of an employee named by employee_id. */
  patch(id: string, employee: object, options?: object): Promise<Answer>;
  /** PATCH with whatever body and query. */
  send(id: string, body: object | string | Uint8Array, query?: string): Promise<Answer>;
  /** mget of one employee's whole object, by employee_id. */
  read(id: string, query?: string): Promise<Entity>;
  mget(body: object, query?: string): Promise<Answer>;
}

// oxlint-disable-next-line typescript/no-explicit-any -- tests look into objects of every shape
export type Entity = { base_info: any; work_info: any };

const KINDS = 'employee_id_type=employee_id&department_id_type=department_id';
const EMPLOYEES = '/open-apis/directory/v1/employees';
const ALL = [
  'base_info.*',
  'work_info.*',
  'base_info.departments.*',
  'work_info.job_title.*',
  'work_info.work_place.*',
];

/** A client with a token of its own. */
export async function clientOf(directory: TestDirectory, app?: string, secret?: string): Promise<Client> {
  const headers = {
    authorization: `Bearer ${await tokenOf(directory, app, secret)}`,
    'content-type': 'application/json',
  };
  const send: Client['send'] = (id, body, query = KINDS) =>
    directory.send('PATCH', `${EMPLOYEES}/${encodeURIComponent(id)}?${query}`, { headers, body });
  const mget: Client['mget'] = (body, query = KINDS) =>
    directory.send('POST', `${EMPLOYEES}/mget?${query}`, { headers, body });
  return {
    send,
    mget,
    patch: (id, employee, options) => send(id, options === undefined ? { employee } : { employee, options }),
    read: async (id, query) => {
      const answer = await mget({ employee_ids: [id], required_fields: ALL }, query);
      return answer.json.data.employees[0];
    },
  };
}

/** What is said of each field that was refused. */
export function violationsIn(answer: Answer): readonly (readonly [field: string, description: string])[] {
  const found = answer.json.error.field_violations as readonly { field: string; description: string }[];
  return found.map(({ field, description }) => [field, description]);
}
