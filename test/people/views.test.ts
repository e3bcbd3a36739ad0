// A person as each platform sees them: exactly what that platform's own read answers, and where it differs, the rule.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { companyText } from '../../src/company/generator/yaml.ts';
import { GeneratedCompany } from '../../src/company/generator/company.ts';
import { dialects } from '../../src/dialects/registry.ts';
import { GENERATED_SECRET } from '../../src/company/generator/platforms.ts';
import type { EmployeeList } from '../../src/http/admin/people/contract.ts';
import { silentLog, startMingce, type Mingce } from '../../src/index.ts';
import type { PersonViews, Relation } from '../../src/sandbox/views/contract.ts';

const ADMIN = { authorization: 'Bearer views-test-admin-key' };

let mingce: Mingce;
beforeAll(async () => {
  mingce = await startMingce({ demo: true, adminKey: 'views-test-admin-key', log: silentLog });
});
afterAll(() => mingce.close());

async function ask<Answer>(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const answer = await mingce.fetch(`${mingce.url}/mingce/v1${path}`, { headers: { ...ADMIN, ...headers } });
  expect([path, answer.status]).toEqual([path, 200]);
  return (await answer.json()) as Answer;
}

const viewsOf = (company: string, id: string, query = ''): Promise<PersonViews> =>
  ask(`/companies/${company}/employees/${encodeURIComponent(id)}/views${query}`);

function relations({ rows }: PersonViews, field: string): readonly Relation[] {
  return rows.find((row) => row.field === field)?.cells.map(({ relation }) => relation) ?? [];
}

describe('the people of the demo company', () => {
  test('张三 is the same on all three, in their own forms', async () => {
    const views = await viewsOf('demo', 'zhangsan');
    expect(views.readers.map(({ operation, status, found }) => [operation, status, found])).toEqual([
      ['employee.mget', 200, true],
      ['hr.get_staff_info', 200, true],
      ['staffs.getStaffIds', 200, true],
    ]);
    expect(relations(views, 'name')).toEqual(['same', 'same', 'same']);
    expect(relations(views, 'mobile')).toEqual(['same', 'form', 'form']);
    expect(relations(views, 'second_name')).toEqual(['same', 'same', 'hidden']);
    expect(relations(views, 'job_title')).toEqual(['same', 'form', 'form']);
    expect(relations(views, 'login_email')).toEqual(['hidden', 'hidden', 'same']);
    expect(views.rows.flatMap(({ cells }) => cells).filter(({ relation }) => relation === 'value')).toEqual([]);
  });

  test('a mobile from abroad has three forms', async () => {
    const views = await viewsOf('demo', 'zhoumin');
    expect(views.rows.find(({ field }) => field === 'mobile')?.cells.map(({ value }) => value)).toEqual([
      '+85261234567',
      { value_country_code: '852', value_mobile: '61234567' },
      '(852)61234567',
    ]);
    expect(relations(views, 'mobile')).toEqual(['same', 'form', 'form']);
  });

  test.each([
    ['gubo', '?wecom=contacts', ['form', 'form', 'value']],
    ['weiwei', '?wecom=contacts', ['form', 'form', 'value']],
    ['qinshan', '', ['form', 'unknown', 'value']],
  ])('the account of %s is seen as %s has it', async (id, query, expected) => {
    expect(relations(await viewsOf('demo', id, query), 'account_state')).toEqual(expected);
  });

  test('who is not known to a platform is answered in its words', async () => {
    const { readers } = await viewsOf('demo', 'qinshan');
    expect(readers[1]).toMatchObject({ platform: 'wecom', found: false, raw: { errcode: 60111 } });
  });

  test('another app and another way of reading can be chosen, and are listed', async () => {
    const { readers } = await viewsOf('demo', 'zhangsan', '?wecom=contacts:ww_mingce_demo/1000002');
    expect(readers[1]).toMatchObject({ reader: 'contacts', app: 'ww_mingce_demo/1000002', operation: 'user.get' });
    expect(readers[1]?.choices).toContain('hr:ww_mingce_demo/1000001');
    expect(readers[1]?.choices).not.toContain('hr:ww_mingce_demo/1000002');
    const none = await viewsOf('demo', 'zhangsan', '?feishu=directory:nobody');
    expect(none.readers[0]).toMatchObject({ app: null, found: false, operation: null });
  });

  test('every difference has a rule in the language asked for, with where it is from', async () => {
    const path = '/companies/demo/employees/zhangsan/views';
    const [zh, en] = [await ask<PersonViews>(path, { 'accept-language': 'zh-CN' }), await ask<PersonViews>(path)];
    for (const { rows } of [zh, en]) {
      const reply = rows.flatMap(({ cells }) => cells).filter(({ relation }) => /form|value|hidden/.test(relation));
      expect(reply.length).toBeGreaterThan(10);
      expect(reply.filter(({ rule }) => rule === null || rule.text === '')).toEqual([]);
    }
    expect(zh.rows[0]?.label).toBe('姓名');
    expect(en.rows[0]?.label).toBe('Name');
  });
});

test('nothing of a look is kept: no call in the journal, no token, no change', async () => {
  mingce.requests?.clear();
  const before = await ask('/companies/demo/changes?limit=1');
  await viewsOf('demo', 'zhangsan');
  expect(mingce.requests?.list()).toEqual([]);
  expect(await ask('/companies/demo/changes?limit=1')).toEqual(before);
});

test('what is shown of 200 invented people is what each platform answers an app that asks itself', async () => {
  const employees = 220;
  const company = new GeneratedCompany({ key: 'views', employees, seed: 7 });
  const names = dialects.map(({ name }) => name);
  const file = [...companyText(company, names, () => undefined)].join('');
  await mingce.companies.apply('views', file);
  expect(file).toContain(GENERATED_SECRET);
  const tools = mingce.company('views');
  const tokens = {
    feishu: await tools.tokens.feishu(),
    hose: await tools.tokens.hose(),
    wecom: await tools.tokens.wecom(),
  };
  const { employees: people } = await ask<EmployeeList>('/companies/views/employees?limit=200');
  expect(people).toHaveLength(200);
  const odd: unknown[] = [];
  for (const { id } of people) {
    const { readers, rows } = await viewsOf('views', id);
    for (const { platform, raw, operation } of readers) {
      const answer = await answerOf(platform, operation, id, tokens);
      expect([id, platform, withoutHint(raw)]).toEqual([id, platform, withoutHint(answer)]);
    }
    // Hose has one state for what the others keep apart.
    for (const { field, cells } of rows) {
      if (field === 'account_state') continue;
      odd.push(...cells.filter(({ relation }) => relation === 'value').map((cell) => [id, field, cell]));
    }
  }
  expect(odd).toEqual([]);
}, 120_000);

/** Every refusal of WeCom has a number of its own. */
function withoutHint(answer: unknown): unknown {
  return JSON.parse(JSON.stringify(answer).replace(/hint: \[\d+\]/, 'hint: []'));
}

/** Asks a platform over its own API. */
async function answerOf(
  platform: string,
  operation: string | null,
  id: string,
  tokens: Readonly<Record<'feishu' | 'wecom' | 'hose', string>>,
): Promise<unknown> {
  const record = await ask<{ record: { ids: Record<string, string> } }>(`/companies/views/employees/${id}`);
  const { ids } = record.record;
  const post = (path: string, body: object, headers = {}): Promise<Response> =>
    mingce.fetch(mingce.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  if (platform === 'feishu') {
    const answer = await post(
      '/open-apis/directory/v1/employees/mget?employee_id_type=employee_id&department_id_type=department_id',
      { employee_ids: [ids['feishu.employee_id'] ?? id], required_fields: ['base_info.*', 'work_info.*'] },
      { authorization: `Bearer ${tokens.feishu}` },
    );
    return answer.json();
  }
  if (platform === 'wecom') {
    const body = { userid: ids['wecom.userid'] ?? id, get_all: true };
    return (await post(`/cgi-bin/hr/get_staff_info?access_token=${tokens.wecom}`, body)).json();
  }
  if (operation === 'staffs.list') {
    const query = `start=0&count=100&orderBy=updateTime&orderByType=desc&active=false&accessToken=${tokens.hose}`;
    return (await mingce.fetch(`${mingce.url}/api/openapi/v1.1/staffs?${query}`)).json();
  }
  const body = { type: 'STAFFID', conditionIds: [ids['hose.id'] ?? id] };
  return (await post(`/api/openapi/v1/staffs/getStaffIds?accessToken=${tokens.hose}`, body)).json();
}
