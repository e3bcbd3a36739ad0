import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { CaptureError, compareCapture, startMingce, type CaptureReport } from '../../src/index.ts';
import { silentLog } from '../../src/lib/log.ts';
import { captureOf, type Har, type HarEntry } from './captures.ts';

/* A run of the demo company, as a proxy would have captured it: from our export, with secrets replaced. */

const demo = readFileSync(new URL('../../companies/demo.yaml', import.meta.url), 'utf8');
let run: Har;
const copy = (): Har => structuredClone(run);

beforeAll(async () => {
  const at = Date.parse('2026-03-02T01:00:00Z');
  let calls = 0;
  const clock = { now: () => at + 1_000 * calls };
  const mingce = await startMingce({
    companies: [demo],
    listen: false,
    adminKey: 'compare-test-admin-key',
    clock,
    log: silentLog,
    sandbox: 'on',
  });
  const send = async (method: string, path: string, body?: object, token?: string): Promise<Response> => {
    calls++;
    return await mingce.fetch(mingce.url + path, {
      method,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  };
  const feishu = await mingce.tokens.feishu();
  const wecom = await mingce.tokens.wecom();
  const hose = await mingce.tokens.hose();
  const kinds = 'employee_id_type=employee_id&department_id_type=department_id';
  const created = await send(
    'POST',
    `/open-apis/directory/v1/employees?${kinds.replace('=employee_id&', '=open_id&')}`,
    {
      employee: {
        name: { name: { default_value: '欧阳海' } },
        mobile: '+8613712345678',
        employee_order_in_departments: [{ department_id: 'rd' }],
        employment_type: 1,
        join_date: '2026-03-01',
      },
    },
    feishu,
  );
  const made = (await created.clone().json()) as { code: number; data?: { employee_id?: string } };
  if (made.code !== 0) throw new Error(JSON.stringify(made));
  const openId = made.data?.employee_id ?? '';
  await send(
    'PATCH',
    `/open-apis/directory/v1/employees/${openId}?employee_id_type=open_id&department_id_type=department_id`,
    { employee: { job_number: 'A-1' } },
    feishu,
  );
  await send(
    'POST',
    `/open-apis/directory/v1/employees/mget?employee_id_type=open_id&department_id_type=department_id`,
    { employee_ids: [openId], required_fields: ['base_info.*', 'work_info.*'] },
    feishu,
  );
  await send(
    'PATCH',
    `/open-apis/directory/v1/employees/zhangsan?${kinds}`,
    { employee: { mobile: '+8613712345678' } },
    feishu,
  );
  await send('POST', `/cgi-bin/hr/get_staff_info?access_token=${wecom}`, { userid: 'zhangsan', get_all: true });
  await send('POST', `/cgi-bin/hr/update_staff_info?access_token=${wecom}`, {
    userid: 'zhangsan',
    update_items: [
      { fieldid: 11_020, value_string: 'x' },
      { fieldid: 11_004, value_uint32: 7 },
    ],
  });
  await send('GET', `/cgi-bin/user/get?access_token=${wecom}&userid=zhangsan`);
  await send('GET', `/cgi-bin/user/get?access_token=${wecom}&userid=nobody-here`);
  await send('PUT', `/api/openapi/v1.1/staffs/update/$xgJ3wajigF25H0:zhangsan?accessToken=${hose}&type=id`, {
    nickName: '三三',
  });
  await send('GET', `/api/openapi/v1.1/staffs?accessToken=${hose}&start=0&count=10`);
  const archive = await mingce.fetch(`${mingce.url}/mingce/v1/requests?as=har&limit=1000`, {
    headers: { authorization: 'Bearer compare-test-admin-key' },
  });
  run = (await archive.json()) as Har;
  // The journal masks people in its export; a capture of a proxy has them.
  const shown = new Map(
    mingce.requests?.list().map(({ id, request, response, path }) => [id, { request, response, path }]),
  );
  for (const entry of run.log.entries) {
    const whole = shown.get((entry as HarEntry & { _mingce: { id: string } })._mingce.id);
    if (entry.request.postData !== undefined) entry.request.postData.text = JSON.stringify(whole?.request.body);
    entry.response.content.text = JSON.stringify(whole?.response.body);
  }
  await mingce.close();
});

async function compare(har: Har): Promise<CaptureReport> {
  return await compareCapture({ har: JSON.stringify(har), companies: [demo] });
}

test('a capture of a run has no difference from a company that begins as that one did', async () => {
  const report = await compare(run);
  expect(report.entries.filter(({ verdict }) => verdict === 'different')).toEqual([]);
  expect(report.totals).toEqual({ same: 10, different: 0, not_served: 0, skipped: 3 });
  // And so again, also where the ids that the platform made are others.
  const renamed = JSON.parse(
    JSON.stringify(run).replaceAll(/ou_[0-9a-f]{20,}/g, (id) => `ou_captured${id.slice(-20)}`),
  ) as Har;
  expect(JSON.stringify(renamed)).not.toBe(JSON.stringify(run));
  expect((await compare(renamed)).totals).toEqual(report.totals);
});

type Body = Record<string, unknown>;

/** One difference planted in the answer of one call: the operation, how many of these came before, and what is made of it. */
interface Planted {
  readonly name: string;
  readonly operation: string;
  readonly nth?: number;
  readonly plant: (response: HarEntry['response'], body: Body) => Body | undefined;
  readonly found: readonly [at: string, kind: string];
}

/** The object at a path of an answer. */
function at(body: Body, path: string): Body {
  let found: unknown = body;
  for (const part of path.split('/')) found = (found as Body)[part];
  return found as Body;
}

const set =
  (path: string, name: string, value: unknown): Planted['plant'] =>
  (_response, body) => {
    at(body, path)[name] = value;
    return body;
  };
const top =
  (name: string, value: unknown): Planted['plant'] =>
  (_response, body) => ({ ...body, [name]: value });
const without =
  (name: string): Planted['plant'] =>
  (_response, { [name]: _left, ...rest }) =>
    rest;

const planted: readonly Planted[] = [
  {
    name: 'another status',
    operation: 'employee.patch',
    nth: 1,
    plant: (response) => void (response.status = 403),
    found: ['status', 'status'],
  },
  {
    name: 'another code',
    operation: 'employee.patch',
    nth: 1,
    plant: top('code', 2_221_104),
    found: ['/code', 'value'],
  },
  {
    name: 'another message',
    operation: 'employee.patch',
    nth: 1,
    plant: top('msg', 'Mobile is taken'),
    found: ['/msg', 'value'],
  },
  {
    name: 'a code as text',
    operation: 'employee.patch',
    nth: 1,
    plant: top('code', '2221103'),
    found: ['/code', 'type'],
  },
  { name: 'no data', operation: 'employee.patch', plant: without('data'), found: ['/data', 'extra'] },
  { name: 'a member more', operation: 'employee.patch', plant: top('warning', 'x'), found: ['/warning', 'missing'] },
  {
    name: 'no log id',
    operation: 'employee.patch',
    nth: 1,
    plant: (_r, body) => ({ ...body, error: { ...(body['error'] as Body), log_id: undefined } }),
    found: ['/error/log_id', 'extra'],
  },
  {
    name: 'another job number',
    operation: 'employee.mget',
    plant: set('data/employees/0/work_info', 'job_number', 'A-2'),
    found: ['/data/employees/0/work_info/job_number', 'value'],
  },
  {
    name: 'null for a text',
    operation: 'employee.mget',
    plant: set('data/employees/0/work_info', 'job_number', null),
    found: ['/data/employees/0/work_info/job_number', 'type'],
  },
  {
    name: 'a mobile without its country',
    operation: 'employee.mget',
    plant: set('data/employees/0/base_info', 'mobile', '13712345678'),
    found: ['/data/employees/0/base_info/mobile', 'value'],
  },
  {
    name: 'another type of content',
    operation: 'employee.mget',
    plant: (response) => {
      for (const header of response.headers) if (/^content-type$/i.test(header.name)) header.value = 'text/plain';
      return undefined;
    },
    found: ['header:content-type', 'header'],
  },
  {
    name: 'an id that a later answer contradicts',
    operation: 'employee.mget',
    plant: set('data/employees/0/base_info', 'employee_id', 'ou_00000000000000000000000000000000'),
    found: ['/data/employees/0/base_info/employee_id', 'value'],
  },
  {
    name: 'another result of an item',
    operation: 'hr.update_staff_info',
    plant: set('update_results/1', 'result', 1),
    found: ['/update_results/1/result', 'value'],
  },
  {
    name: 'an error code of WeCom',
    operation: 'user.get',
    nth: 1,
    plant: top('errcode', 60_003),
    found: ['/errcode', 'value'],
  },
  {
    name: 'a text of WeCom, its hint apart',
    operation: 'user.get',
    nth: 1,
    plant: (_r, body) => ({ ...body, errmsg: String(body['errmsg']).replace('userid', 'user') }),
    found: ['/errmsg', 'value'],
  },
  {
    name: 'a list in another order',
    operation: 'hr.get_staff_info',
    plant: (_r, body) => ({ ...body, field_info: (body['field_info'] as unknown[]).toReversed() }),
    found: ['/field_info', 'order'],
  },
  {
    name: 'an entry less',
    operation: 'user.get',
    plant: (_r, body) => ({ ...body, department: [] }),
    found: ['/department/0', 'extra'],
  },
  { name: 'another name', operation: 'user.get', plant: top('name', '张山'), found: ['/name', 'value'] },
  {
    name: 'another nickname in a list',
    operation: 'staffs.list',
    plant: set('items/0', 'nickName', '旧'),
    found: ['/items/0/nickName', 'value'],
  },
  {
    name: 'a count as text',
    operation: 'staffs.list',
    plant: (_r, body) => ({ ...body, count: String(body['count']) }),
    found: ['/count', 'type'],
  },
];

test.each(planted.map((one) => [one.name, one] as const))(
  'a planted difference is found, and nothing else: %s',
  async (_name, one) => {
    const { operation, nth = 0, plant, found } = one;
    const har = copy();
    const entries = har.log.entries as (HarEntry & { _mingce: { operation: string } })[];
    const index =
      entries.map((entry, place) => [entry, place] as const).filter(([entry]) => entry._mingce.operation === operation)[
        nth
      ]?.[1] ?? -1;
    const entry = entries[index];
    if (entry === undefined) throw new Error(`No call of ${operation}.`);
    const body = plant(entry.response, JSON.parse(entry.response.content.text) as Body);
    if (body !== undefined) entry.response.content.text = JSON.stringify(body);
    const report = await compare(har);
    const differing = report.entries.filter(({ verdict }) => verdict === 'different');
    expect(differing.map((each) => [each.index, each.differences.map((place) => [place.at, place.kind])])).toEqual([
      [index, [[...found]]],
    ]);
  },
);

test('there are twenty of them', () => {
  expect(new Set(planted.map(({ name }) => name)).size).toBe(20);
});

test('a report has no mobile, name or token of the capture', async () => {
  const har = JSON.parse(JSON.stringify(copy()).replaceAll('A-1', 'A-9')) as Har;
  for (const entry of har.log.entries)
    entry.response.content.text = entry.response.content.text.replaceAll('欧阳海', '欧阳江');
  har.log.entries.push(...captureOf('hose', 'demo', [], Date.parse('2026-03-03T00:00:00Z')).log.entries);
  const text = JSON.stringify(await compare(har));
  expect(text).toContain('different');
  for (const secret of ['13712345678', '欧阳海', '欧阳江', 'captured-access-token', 'ID_captured'])
    expect(text).not.toContain(secret);
});

test('the same capture gives the same report, but for the digits of what is masked', async () => {
  const report = async (): Promise<string> => JSON.stringify(await compare(run));
  expect(await report()).toBe(await report());
});

test('a capture that cannot be used is refused with the reason', async () => {
  const refused = async (text: string): Promise<string> =>
    await compareCapture({ har: text }).then(
      () => 'used',
      (error: unknown) => (error instanceof CaptureError ? error.message : String(error)),
    );
  expect(await refused('no JSON')).toContain('not JSON');
  expect(await refused('{"log": {}}')).toContain('no HTTP archive');
  const other = copy();
  for (const entry of other.log.entries) entry.request.url = 'https://shop.example/basket';
  expect(await refused(JSON.stringify(other))).toContain('shop.example');
  other.log.entries = Array.from({ length: 10_001 }, () => other.log.entries[0] as HarEntry);
  expect(await refused(JSON.stringify(other))).toContain('10,000');
});
