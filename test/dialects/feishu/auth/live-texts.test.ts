import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDirectory, type Answer, type TestDirectory } from '../../../support/test-directory.ts';
import { tokenOf } from '../feishu-client.ts';

/* Sentences of 2025 and 2026 as the live platform was seen to answer them: contract feishu-contact.md 7. */

const company = (key: string, settings: string): string => `
mingce: 1
key: ${key}
name: Inn
feishu:
  certified: true
  ${settings}
  apps:
    - { app_id: cli_${key}, app_secret: s }
    - { app_id: cli_${key}_other, app_secret: s }
    - { app_id: cli_${key}_none, app_secret: s, scopes: [] }
departments:
  - { id: top, name: Inn }
  - { id: old, name: Old, parent: top, enabled: false }
  - { id: new, name: New, parent: top }
  - { id: newer, name: Newer, parent: new }
employees:
  - { id: ann, name: Ann, mobile: "+8613800000001", departments: [top] }
`;

let directory: TestDirectory;
beforeAll(async () => {
  directory = await openTestDirectory({
    companies: [
      company('inn', 'lenient_id_types: true'),
      company('lark', 'brand: lark'),
      company('strict', 'lenient_id_types: false'),
    ],
  });
});
afterAll(() => directory.close());

async function ask(app: string, method: string, path: string, body?: object): Promise<Answer> {
  const authorization = `Bearer ${await tokenOf(directory, app, 's')}`;
  return directory.send(method, `/open-apis/${path}`, {
    headers: { authorization },
    ...(body === undefined ? {} : { body }),
  });
}

const mget = (app: string, query: string): Promise<Answer> =>
  ask(app, 'POST', `directory/v1/employees/mget?${query}`, { employee_ids: ['ann'], required_fields: [] });
const patch = (app: string, id: string, kind: string): Promise<Answer> =>
  ask(app, 'PATCH', `directory/v1/employees/${id}?employee_id_type=${kind}`, { employee: {} });

test('an error leads to a search that names its log, its code and its operation', async () => {
  const { json, headers } = await patch('cli_inn', 'nobody', 'employee_id');
  expect(json.error.troubleshooter).toMatch(
    /^排查建议查看\(Troubleshooting suggestions\): https:\/\/open\.feishu\.cn\/search\?from=openapi&log_id=[0-9A-F]{34}&code=99992360&method_id=[0-9]{19}$/,
  );
  expect(json.error.log_id).toBe(headers['x-tt-logid']);
  const method = (answer: Answer): string => /method_id=([0-9]+)/.exec(answer.json.error.troubleshooter)?.[1] ?? '';
  expect(method(await patch('cli_inn', 'other', 'employee_id'))).toBe(method({ json } as Answer));
  expect(method(await mget('cli_inn_none', ''))).not.toBe(method({ json } as Answer));
});

test('a company of Lark is answered in English, with its hosts', async () => {
  const { json } = await mget('cli_lark_none', '');
  const url =
    'https://open.larksuite.com/app/cli_lark_none/auth?q=directory:employee:read&op_from=openapi&token_type=tenant';
  expect(json).toMatchObject({
    code: 99991672,
    msg: 'Access denied. One of the following scopes is required: [directory:employee:read]',
    error: {
      helps: [{ url, description: 'Learn more about scopes and how to add them: [directory:employee:read]' }],
      troubleshooter: expect.stringMatching(/^Troubleshooting suggestions: https:\/\/open\.larksuite\.com\/search\?/),
    },
  });
  expect((await patch('cli_lark', 'nobody', 'employee_id')).json.error.troubleshooter).toMatch(/larksuite/);
});

test('the directory takes the contact API’s word for a kind of ids unless the company is strict', async () => {
  expect((await mget('cli_inn', 'employee_id_type=user_id')).json.code).toBe(0);
  const strict = await mget('cli_strict', 'employee_id_type=user_id');
  expect(strict.json).toMatchObject({
    code: 99992402,
    error: {
      field_violations: [
        { field: 'employee_id_type', value: 'user_id', description: 'options: [open_id,union_id,employee_id]' },
      ],
    },
  });
});

test('the contact API does not take the directory’s word', async () => {
  const { json } = await ask('cli_inn', 'POST', 'contact/v3/users/batch_get_id?user_id_type=employee_id', {});
  expect([json.code, json.error.field_violations[0].description]).toEqual([
    99992402,
    'options: [open_id,union_id,user_id]',
  ]);
});

test('an open_id that is another app’s says where to learn more, one that is given as a union_id is of another tenant', async () => {
  const { json } = await ask('cli_inn_other', 'POST', 'contact/v3/users/batch_get_id', { mobiles: ['13800000001'] });
  const [{ user_id }] = json.data.user_list;
  expect((await patch('cli_inn', user_id, 'open_id')).json).toMatchObject({
    code: 99992361,
    msg: 'open_id cross app',
    error: {
      message:
        'Refer to the documentation to fix the error: https://open.feishu.cn/document/uAjLw4CM/ugTN1YjL4UTN24CO1UjN/trouble-shooting/how-to-obtain-openid',
    },
  });
  expect((await patch('cli_inn_other', user_id, 'union_id')).json).toMatchObject({
    code: 99992364,
    msg: 'user id cross tenant',
  });
});

test('departments are filtered by whether they are enabled', async () => {
  const list = async (...conditions: (readonly [field: string, value: string])[]): Promise<string[]> => {
    const filter = { conditions: conditions.map(([field, value]) => ({ field, operator: 'eq', value })) };
    const { json } = await ask('cli_inn', 'POST', 'directory/v1/departments/filter?department_id_type=department_id', {
      filter,
      page_request: { page_size: 10 },
    });
    return json.data?.departments.map((one: { department_id: string }) => one.department_id) ?? json.code;
  };
  expect(await list(['enabled_status', 'true'])).toEqual(['new', 'newer']);
  expect(await list(['enabled_status', 'false'])).toEqual(['old']);
  expect(await list(['parent_department_id', '"0"'], ['enabled_status', 'true'])).toEqual(['new']);
  expect(await list(['enabled_status', '"true"'])).toBe(2220014);
});

test('a company has so many calls a month of all its apps; 0 refuses every one', async () => {
  const at = Date.parse('2026-01-31T15:59:00Z');
  const companies = [company('two', 'monthly_call_quota: 2'), company('nil', 'monthly_call_quota: 0')];
  const other = await openTestDirectory({ companies, at });
  const call = async (app: string): Promise<unknown[]> => {
    const authorization = `Bearer ${await tokenOf(other, app, 's')}`;
    const answer = await other.send('GET', '/open-apis/contact/v3/job_titles', { headers: { authorization } });
    return [answer.status, answer.json.code, answer.json.msg];
  };
  const exceeded = [400, 99991403, "This month's API call quota has been exceeded"];
  expect(await call('cli_two')).toEqual([200, 0, 'success']);
  expect(await call('cli_two_other')).toEqual([200, 0, 'success']);
  expect(await call('cli_two')).toEqual(exceeded);
  expect(await call('cli_nil')).toEqual(exceeded);
  // Midnight of the first of February in China.
  other.clock.advance(60_000);
  expect(await call('cli_two')).toEqual([200, 0, 'success']);
  await other.close();
});
