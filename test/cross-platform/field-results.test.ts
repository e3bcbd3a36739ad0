import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FieldResult } from '../../src/directory/verdict.ts';
import { openTestDirectory, type Answer, type TestDirectory } from '../support/test-directory.ts';

/* Of every kind of verdict one: no field of a request is dropped in silence. */

const demo = readFileSync(new URL('../../companies/demo.yaml', import.meta.url), 'utf8');

let directory: TestDirectory;
let feishu: (employee: object) => Promise<Answer>;
let wecom: (update_items: readonly object[]) => Promise<Answer>;
let hose: (body: object) => Promise<Answer>;

beforeAll(async () => {
  directory = await openTestDirectory({ companies: [demo] });
  const forFeishu = { app_id: 'cli_mingce_demo', app_secret: 'mingce-demo-secret' };
  const t = (await directory.send('POST', '/open-apis/auth/v3/tenant_access_token/internal', { body: forFeishu })).json
    .tenant_access_token;
  feishu = (employee) =>
    directory.send('PATCH', '/open-apis/directory/v1/employees/zhangsan?employee_id_type=employee_id', {
      headers: { authorization: `Bearer ${t}`, 'content-type': 'application/json' },
      body: { employee },
    });
  const w = (await directory.send('GET', '/cgi-bin/gettoken?corpid=ww_mingce_demo&corpsecret=mingce-demo-secret')).json
    .access_token;
  wecom = (update_items) =>
    directory.send('POST', `/cgi-bin/hr/update_staff_info?access_token=${w}`, {
      body: { userid: 'zhangsan', update_items },
    });
  const forHose = { appKey: 'mingce-demo-key', appSecurity: 'mingce-demo-security' };
  const h = (await directory.send('POST', '/api/openapi/v1/auth/getAccessToken', { body: forHose })).json.value
    .accessToken;
  hose = (body) =>
    directory.send(
      'PUT',
      `/api/openapi/v1.1/staffs/update/$xgJ3wajigF25H0:zhangsan?accessToken=${encodeURIComponent(h)}`,
      {
        body,
      },
    );
});
afterAll(() => directory.close());

function verdictOn(answer: Answer, field: string): FieldResult | undefined {
  return answer.outcome?.records[0]?.verdicts.find((verdict) => verdict.field === field);
}

test('applied, and unchanged the second time', async () => {
  expect(verdictOn(await feishu({ job_number: '77001' }), 'employee.job_number')?.verdict).toBe('applied');
  expect(verdictOn(await feishu({ job_number: '77001' }), 'employee.job_number')?.verdict).toBe('unchanged');
});

test('normalised: a mobile rewritten to E.164', async () => {
  expect(verdictOn(await feishu({ mobile: '13177770001' }), 'employee.mobile')).toEqual({
    field: 'employee.mobile',
    verdict: 'normalised',
    from: '13177770001',
    to: '+8613177770001',
  });
});

test('ignored: an empty code, which Hose passes over', async () => {
  const answer = await hose({ name: '张三', code: '' });
  expect(verdictOn(answer, 'code')?.verdict).toBe('ignored');
  expect(verdictOn(answer, 'code')?.reason).toMatch(/\S/);
  expect(answer.json.value.code).toBe('77001');
});

test('cleared: a value under the wrong key, which WeCom takes for none', async () => {
  await wecom([{ fieldid: 11020, value_string: '某路一号' }]);
  const answer = await wecom([{ fieldid: 11020, value_uint32: 5 }]);
  expect(answer.json.update_results).toEqual([{ fieldid: 11020, sub_idx: 0, result: 1 }]);
  expect(answer.outcome?.records[0]?.verdicts[0]?.verdict).toBe('cleared');
});

test('refused: a mobile that someone else has, and nothing else of the request is applied', async () => {
  const before = await directory.history('demo', 'zhangsan');
  const answer = await feishu({ mobile: '+8613800010003', description: 'never' });
  expect(answer.json.code).toBe(2221103);
  expect(verdictOn(answer, 'employee.mobile')?.verdict).toBe('refused');
  expect(answer.outcome?.records[0]?.problem).toMatchObject({ kind: 'taken', subject: 'mobile' });
  expect(await directory.history('demo', 'zhangsan')).toEqual(before);
});
