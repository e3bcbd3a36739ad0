// The nearest request that passes: what is named for refusals of the demo company, and that asking writes nothing.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catalogue } from '../../src/catalogue.ts';
import type { OverviewView } from '../../src/http/admin/contract.ts';
import { silentLog, startMingce, type Mingce } from '../../src/index.ts';
import type { SentCall } from '../../src/sandbox/acting/contract.ts';
import type { WholeRequestView } from '../../src/sandbox/journal/contract.ts';
import type { Replayed } from '../../src/sandbox/replay/contract.ts';
import { freshSchema } from '../support/fresh-store.ts';
import { MISSES } from '../support/nearest-misses.ts';

const ADMIN = { authorization: 'Bearer nearest-key', 'content-type': 'application/json' };
const FEISHU = {
  platform: 'feishu',
  app: 'cli_mingce_demo',
  operation: 'employee.patch',
  params: { employee_id: 'zhangsan' },
  query: { employee_id_type: 'employee_id' },
};

describe.each([
  ['SQLite', () => Promise.resolve('sqlite::memory:')],
  ['PostgreSQL', freshSchema],
])('on %s', (_engine, store) => {
  let mingce: Mingce;
  beforeAll(async () => {
    const options = { demo: true, sandbox: 'on', adminKey: 'nearest-key', log: silentLog } as const;
    mingce = await startMingce({ store: await store(), ...options });
  });
  afterAll(() => mingce.close());

  const ask = async <Answer>(path: string, body?: object): Promise<Answer> => {
    const init = { headers: ADMIN, ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }) };
    return (await (await mingce.fetch(`${mingce.url}/mingce/v1${path}`, init)).json()) as Answer;
  };
  const refused = async (call: object): Promise<WholeRequestView> => {
    const { request } = await ask<SentCall>('/companies/demo/calls', call);
    return ask(`/requests/${request}`);
  };
  const state = async (): Promise<string> => `${(await mingce.companies.export('demo')) ?? ''}`;

  test('for a mobile that a colleague has, an unused one is named; it is accepted when it is sent', async () => {
    const before = await state();
    const entry = await refused({ ...FEISHU, body: { employee: { mobile: '+8613800010011' } } });
    expect(entry).toMatchObject({
      code: '2221103',
      nearest: {
        verified: true,
        steps: [{ kind: 'set', at: '/employee/mobile', from: '+8613800010011', note: 'example' }],
        as_of: { change: expect.any(Number) as number },
      },
    });
    expect(await state()).toBe(before);
    expect(mingce.requests?.list().length).toBe(1);

    if (entry.nearest?.verified !== true) throw new Error('Nothing was named.');
    const sent = await ask<Replayed>(`/requests/${entry.id}/replay`, { with: 'nearest' });
    expect(sent).toMatchObject({ status: 200, code: '0', resent_from: entry.id });
    const made = await ask<WholeRequestView>(`/requests/${sent.request}`);
    expect(made.request.body).toEqual(entry.nearest.request.body);
    // An accepted call has nothing to send instead, and other changes do not go with it.
    expect(await ask(`/requests/${entry.id}/replay`, { with: 'nearest', app: 'x' })).toMatchObject({ status: 400 });
  });

  test('what was passed over although the answer said success is named as it was meant, and has an effect when it is sent', async () => {
    const wecom = (items: readonly object[]): object => ({
      platform: 'wecom',
      app: 'ww_mingce_demo/1000001',
      operation: 'hr.update_staff_info',
      body: { userid: 'liangchen', update_items: items },
    });
    const hose = { platform: 'hose', app: 'mingce-demo-key', operation: 'staffs.update' };
    const calls = [
      [{ ...FEISHU, body: { employee: { job_numbr: '0042' } } }, { employee: { job_number: '0042' } }],
      [
        { ...hose, params: { staffId: '$xgJ3wajigF25H0:liangchen' }, body: { name: '梁晨', nickname: '小梁' } },
        { name: '梁晨', nickName: '小梁' },
      ],
      [
        wecom([
          { fieldid: 11003, value_string: '13812340027' },
          { fieldid: 11004, value_string: '女' },
          { fieldid: 12003, value_string: '2020-05-01' },
          { fieldid: 11002, value_uint32: 7 },
        ]),
        {
          userid: 'liangchen',
          update_items: [
            { fieldid: 11003, value_mobile: { value_country_code: '86', value_mobile: '13812340027' } },
            { fieldid: 11004, value_uint32: 2 },
            { fieldid: 12003, value_uint64: 1588262400 },
            { fieldid: 11002, value_string: '7' },
          ],
        },
      ],
    ] as const;
    for (const [call, body] of calls) {
      const entry = await refused(call);
      expect([entry.outcome, entry.fields.some(({ silent }) => silent === true)]).toEqual(['ok', true]);
      expect(entry.nearest).toMatchObject({ verified: true, request: { body } });
      const sent = await ask<Replayed>(`/requests/${entry.id}/replay`, { with: 'nearest' });
      const made = await ask<WholeRequestView>(`/requests/${sent.request}`);
      expect([made.outcome, made.fields.filter(({ silent }) => silent === true)]).toEqual(['ok', []]);
    }
    // A member that no other name is close to is passed over, and nothing is advised.
    const entry = await refused({ ...FEISHU, body: { employee: { zzzzzz: 1 } } });
    expect(entry.nearest).toBeUndefined();
  });

  test('a misspelt id is corrected; where only another employee passes, the sentence says so', async () => {
    const entry = await refused({
      ...FEISHU,
      params: { employee_id: 'zhangsam' },
      body: { employee: { work_station: { default_value: '1-3' } } },
    });
    expect(entry.nearest).toMatchObject({
      steps: [{ kind: 'path', at: 'employee_id', from: 'zhangsam', to: 'zhangsan' }],
      text: 'Name zhangsan in the path as employee_id.',
    });
    const stranger = await refused({
      ...FEISHU,
      params: { employee_id: 'q' },
      body: { employee: { work_station: { default_value: '1-3' } } },
    });
    expect(stranger.nearest).toMatchObject({
      steps: [{ kind: 'path', note: 'other' }],
      text: expect.stringMatching(
        /, but it asks for something else than was sent, as nothing closer was found\.$/,
      ) as string,
    });
  });

  test('for a path that no operation has, the one that is close to it is named', async () => {
    const { url } = mingce;
    await mingce.fetch(`${url}/open-apis/directory/v1/employee/zhangsan?employee_id_type=employee_id`, {
      method: 'PATCH',
      headers: { authorization: 'Bearer t-unknown', 'content-type': 'application/json' },
      body: JSON.stringify({ employee: { work_station: { default_value: '1-4' } } }),
    });
    const [last] = mingce.requests?.list() ?? [];
    expect(await ask(`/requests/${last?.id ?? ''}`)).toMatchObject({
      nearest: {
        verified: true,
        steps: [
          { kind: 'app', from: null },
          { kind: 'path', at: 'path', to: '/open-apis/directory/v1/employees/zhangsan' },
        ],
      },
    });
  });

  test('for an id of another kind, the parameter of the query is named', async () => {
    const entry = await refused({
      ...FEISHU,
      query: {},
      body: { employee: { work_station: { default_value: '1-2' } } },
    });
    expect(entry.nearest).toMatchObject({
      verified: true,
      steps: [{ kind: 'query', at: 'employee_id_type', to: 'employee_id' }],
    });
  });

  test('where only a setting of the company helps, it is named as part of the company file', async () => {
    const file = await state();
    const closed = file.replace('feishu:\n', 'feishu:\n  delete_by_life_cycle_only: true\n');
    await mingce.companies.apply('demo', closed);
    const entry = await refused({
      platform: 'feishu',
      app: 'cli_mingce_demo',
      operation: 'contact.user.delete',
      params: { user_id: 'zhangsan' },
      query: { user_id_type: 'user_id' },
    });
    expect(entry).toMatchObject({
      code: '44062',
      nearest: {
        steps: [{ kind: 'setting', company_file: { feishu: { delete_by_life_cycle_only: false } } }],
        text: 'Set feishu.delete_by_life_cycle_only of the company to false.',
      },
    });
    await mingce.companies.apply('demo', file);
  });

  test('an accepted call has none, and a call whose platform does not serve it is not run', async () => {
    const entry = await refused({
      ...FEISHU,
      body: { employee: { name: { name: { default_value: '张三' }, another_name: '三三' } } },
    });
    expect(entry.outcome).toBe('ok');
    expect(entry.nearest).toBeUndefined();
    await mingce.fetch(`${mingce.url}/open-apis/directory/v1/nothing`);
    const [last] = mingce.requests?.list() ?? [];
    expect(await ask(`/requests/${last?.id ?? ''}`)).toMatchObject({
      nearest: { verified: false, reason: 'not-run', runs: 0 },
    });
  });

  test('the overview names it beside the refusals', async () => {
    await refused({ ...FEISHU, body: { employee: { mobile: '+8613800010011' } } });
    const { refusals } = await ask<OverviewView>('/overview?company=demo');
    expect(refusals.find(({ code }) => code === '2221103')?.nearest).toMatch(
      /^Set \/employee\/mobile to another value, e\.g\. "\+86/,
    );
  });
});

test('a change is named and accepted for at least 97 % of the refusals that have a documented way out', () => {
  const cases = catalogue
    .platforms()
    .flatMap((name) =>
      (catalogue.platform(name)?.entries ?? []).flatMap(({ id, cases: all = [] }) =>
        all.flatMap(({ mended }, index) => (mended === undefined ? [] : [{ name, id: `${id}#${String(index)}` }])),
      ),
    );
  const missed = cases.filter(({ name, id }) => MISSES[name]?.[id] !== undefined);
  expect(cases.length).toBeGreaterThan(400);
  expect(missed.length / cases.length).toBeLessThanOrEqual(0.03);
});
