// A call of a platform that is only judged: the answer and each verdict are those of the real call, and nothing is written.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { silentLog, startMingce, type Mingce } from '../../src/index.ts';
import type { OwnCallBody, SentCall } from '../../src/sandbox/acting/contract.ts';
import type { CheckedCall } from '../../src/sandbox/dry-run/contract.ts';
import type { WholeRequestView } from '../../src/sandbox/journal/contract.ts';
import { freshSchema } from '../support/fresh-store.ts';

const ADMIN = { authorization: 'Bearer check-test-key', 'content-type': 'application/json' };

const FEISHU = {
  platform: 'feishu',
  app: 'cli_mingce_demo',
  operation: 'employee.patch',
  params: { employee_id: 'zhangsan' },
  query: { employee_id_type: 'employee_id' },
} as const;
const WECOM = { platform: 'wecom', app: 'ww_mingce_demo/1000001', operation: 'hr.update_staff_info' } as const;
const HOSE = { platform: 'hose', app: 'mingce-demo-key', operation: 'staffs.update' } as const;

const CALLS: readonly (readonly [string, CheckedCall['outcome'], OwnCallBody])[] = [
  [
    'an update',
    'ok',
    { ...FEISHU, body: { employee: { name: { name: { default_value: '张三' }, another_name: '三三' } } } },
  ],
  ['a mobile that is taken', 'refused', { ...FEISHU, body: { employee: { mobile: '+8613800010011' } } }],
  ['a body that is none', 'refused', { ...FEISHU, body: '{' }],
  [
    'items of which one is refused',
    'partly',
    {
      ...WECOM,
      body: {
        userid: 'zhangsan',
        update_items: [
          { fieldid: 11002, value_string: '三哥' },
          { fieldid: 11004, value_uint32: 7 },
        ],
      },
    },
  ],
];

describe.each([
  ['SQLite', () => Promise.resolve('sqlite::memory:')],
  ['PostgreSQL', freshSchema],
])('on %s', (_engine, store) => {
  let mingce: Mingce;
  beforeAll(async () => {
    mingce = await startMingce({
      store: await store(),
      demo: true,
      sandbox: 'on',
      adminKey: 'check-test-key',
      log: silentLog,
    });
  });
  afterAll(() => mingce.close());

  const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
    mingce.fetch(`${mingce.url}/mingce/v1${path}`, { headers: ADMIN, ...init });
  const post = (what: string, body: object): Promise<Response> =>
    ask(`/companies/demo/${what}`, { method: 'POST', body: JSON.stringify(body) });
  const state = async (): Promise<string> =>
    `${await (await ask('/companies/demo')).text()} ${await (await ask('/companies/demo/changes')).text()}`;

  test.each(CALLS)('%s is judged as it is answered, and nothing is written', async (_what, outcome, call) => {
    const before = await state();
    const calls = mingce.requests?.list().length;
    const checked = (await (await post('check', call)).json()) as CheckedCall;
    expect(checked).toMatchObject({ outcome });
    expect(await state()).toBe(before);
    expect(mingce.requests?.list().length).toBe(calls);

    const sent = (await (await post('calls', call)).json()) as SentCall;
    const entry = (await (await ask(`/requests/${sent.request}`)).json()) as WholeRequestView;
    expect([checked.status, checked.code, checked.fields]).toEqual([sent.status, sent.code, entry.fields]);
    expect(withoutIds(checked.body)).toEqual(withoutIds(sent.body));
  });

  test('what is checked twice is judged alike, and may be sent afterwards', async () => {
    const version = '1';
    const call = { ...HOSE, params: { staffId: 'lisi' }, query: { version }, body: { nickName: '四' } };
    const first = (await (await post('check', call)).json()) as CheckedCall;
    const second = (await (await post('check', call)).json()) as CheckedCall;
    expect(withoutIds(second)).toEqual(withoutIds(first));
  });
});

test.each([
  ['a call that is none', { platform: 'feishu' }, 400],
  ['an app that the company has not', { ...FEISHU, app: 'cli_other' }, 404],
  ['an operation that the platform has not', { ...FEISHU, operation: 'none' }, 404],
])('%s is refused', async (_what, call, status) => {
  await using mingce = await startMingce({ demo: true, adminKey: 'check-test-key', log: silentLog });
  const answer = await mingce.fetch(`${mingce.url}/mingce/v1/companies/demo/check`, {
    method: 'POST',
    headers: ADMIN,
    body: JSON.stringify(call),
  });
  expect(answer.status).toBe(status);
});

test('without a sandbox nothing is checked', async () => {
  await using mingce = await startMingce({
    demo: true,
    sandbox: 'off',
    adminKey: 'check-test-key',
    log: silentLog,
  });
  const answer = await mingce.fetch(`${mingce.url}/mingce/v1/companies/demo/check`, {
    method: 'POST',
    headers: ADMIN,
    body: JSON.stringify(FEISHU),
  });
  expect(answer.status).toBe(409);
});

/** An answer without what differs with each call. */
function withoutIds(body: unknown): string {
  return JSON.stringify(body).replaceAll(/[0-9A-Fa-f]{19,}|[0-9a-f-]{36}|hint: \[[0-9]+\]/g, '#');
}
