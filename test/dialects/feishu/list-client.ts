import { GeneratedCompany } from '../../../src/company/generator/company.ts';
import type { Employee } from '../../../src/directory/employees/employee.ts';
import type { Answer, TestDirectory } from '../../support/test-directory.ts';
import { tokenOf } from './feishu-client.ts';

/** A company of some 2,500 people with an app `cli_big` that sees everyone. */
export function bigCompany(employees = 2_500): string {
  const company = new GeneratedCompany({ key: 'big', employees, seed: 7 });
  const file = company.file(['feishu']);
  const feishu = { apps: [{ app_id: 'cli_big', app_secret: 'big' }] };
  return JSON.stringify({ ...file, feishu, employees: [...company.employees()] });
}

/** Everyone of a company in order of creation, as kept. */
export async function everyoneOf(directory: TestDirectory, key: string): Promise<readonly Employee[]> {
  const tenant = await directory.store.tenantByKey(key);
  const all: Employee[] = [];
  for await (const employee of directory.store.employees(tenant?.number ?? 0)) all.push(employee);
  return all;
}

/** Calls of the directory API in ids of one's own. */
export interface Lists {
  post(path: string, body: object, query?: string): Promise<Answer>;
  send(method: string, path: string, body?: object, query?: string): Promise<Answer>;
  /** Own ids of a whole list, and how many pages it took. */
  all(path: string, body: object, size: number): Promise<{ readonly ids: readonly string[]; readonly pages: number }>;
}

const KINDS = 'employee_id_type=employee_id&department_id_type=department_id';

/** A client of one app. */
export async function listsOf(directory: TestDirectory, app: string, secret: string): Promise<Lists> {
  return listsWith(directory, await tokenOf(directory, app, secret));
}

/** A client with a token. */
export function listsWith(directory: TestDirectory, token: string): Lists {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const send: Lists['send'] = (method, path, body, query = KINDS) =>
    directory.send(method, `/open-apis/${path}?${query}`, { headers, ...(body === undefined ? {} : { body }) });
  const post: Lists['post'] = (path, body, query) => send('POST', `directory/v1/${path}`, body, query);
  return {
    post,
    send,
    all: async (path, body, size) => {
      const ids: string[] = [];
      let token = '';
      for (let pages = 1; ; pages++) {
        const answer = await post(path, { ...body, page_request: { page_size: size, page_token: token } });
        if (answer.status !== 200) throw new Error(answer.text);
        const { employees, departments, page_response } = answer.json.data;
        for (const one of employees ?? departments ?? []) ids.push(one.base_info?.employee_id ?? one.department_id);
        if (page_response.has_more !== true) return { ids, pages };
        token = page_response.page_token;
      }
    },
  };
}
