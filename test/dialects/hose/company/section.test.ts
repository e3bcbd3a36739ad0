import { afterEach, describe, expect, test } from 'vitest';
import { openTestDirectory, type Answer, type TestDirectory } from '../../../support/test-directory.ts';
import { clientOf, corporationA, corporationB, failure, type Client } from '../hose-client.ts';

/* What a company set up on Hose, and what follows from it. */

let directory: TestDirectory;
let hose: Client;
async function open(settings: string, more = ''): Promise<void> {
  directory = await openTestDirectory({ companies: [corporationA(settings, more)] });
  hose = await clientOf(directory, 'key-a', 's');
}
afterEach(() => directory.close());

const update = (): Promise<Answer> => hose.update('CorpA:li', { name: '新名' });
const list = (): Promise<Answer> => hose.send('GET', '/api/openapi/v1.1/staffs?start=0&count=1');
const UNLICENSED = failure(403, '未开通功能，无权访问');

describe('licences', () => {
  test('lists need the open API alone, updates the contact interface as well', async () => {
    await open(', licences: [{ code: "219904" }]');
    expect((await list()).status).toBe(200);
    for (const answer of [await update(), await hose.batch([{ id: 'CorpA:li', name: 'x' }])])
      expect([answer.status, answer.json]).toEqual([403, UNLICENSED]);
    expect(await directory.history('a', 'li')).toEqual([]);
  });

  test('count up to the end of their last day in China, before the body is looked at', async () => {
    await open(', licences: [{ code: "219904" }, { code: "219903", expires: "2026-01-05" }]');
    directory.clock.advance(16 * 3_600_000 - 1);
    hose = await clientOf(directory, 'key-a', 's');
    expect((await update()).status).toBe(200);
    directory.clock.advance(1);
    const answer = await hose.send('PUT', '/api/openapi/v1.1/staffs/batch/update', { body: '{' });
    expect(answer.json).toEqual(UNLICENSED);
  });

  test('without the open API nothing is served but tokens', async () => {
    await open(', licences: []');
    expect((await list()).json).toEqual(UNLICENSED);
  });
});

test('contacts are not written inside another platform', async () => {
  await open(', environment: dingtalk');
  expect((await list()).status).toBe(200);
  expect((await update()).json).toEqual(failure(403, '不允许调用此接口'));
});

test('a limit on requests is off unless set, and then told with a time to wait', async () => {
  await open(', rate_limit: 2');
  const statuses = [await list(), await list(), await list()].map(({ status }) => status);
  expect(statuses).toEqual([200, 200, 429]);
  const answer = await list();
  expect(answer.json).toEqual(failure(429, '请求过于频繁，请稍后再试'));
  expect(answer.headers['retry-after']).toBe('1');
  directory.clock.advance(1_000);
  expect((await list()).status).toBe(200);
});

test('times are told in the company’s zone', async () => {
  await open(', time_zone: "-03:30"');
  expect((await hose.staff('CorpA:li')).createTime).toBe('2022-03-16 00:04:42');
  const between = 'startDate=2026-01-04 20:30:00&endDate=2026-01-04 20:30:00';
  const { json } = await hose.send('GET', `/api/openapi/v1.1/staffs?start=0&count=1&${between}`);
  expect(json.count).toBeGreaterThan(0);
});

const SKIPPED = '当API同步数据时，「所有」被修改员工不参与同步';

describe('the interface lock', () => {
  test('an update through the API locks, whoever made the record', async () => {
    await open('');
    await update();
    expect((await directory.employee('a', 'li')).extensions['hose']).toEqual({
      origin: 'api',
      edited: false,
      lastApiChange: { at: directory.clock.now(), app: 'hose:key-a' },
    });
  });

  const edited = `  - { id: edited, name: 手改, job_number: E, hose: { origin: createByApiAndEdit, edited: true } }`;
  const both = ', sync_rules: { hand_edit_staffs: true, skip_edited_staffs: true }';

  test('staff edited by hand are passed over in silence where the company says so', async () => {
    await open(both, edited);
    const before = await hose.staff('CorpA:edited');
    const record = await directory.employee('a', 'edited');
    directory.clock.advance(60_000);
    // Skipped before the body is checked, token and JSON aside.
    for (const body of [{ name: '新名' }, { name: '' }, { name: '新名', cellphone: 'x' }]) {
      const answer = await hose.update('CorpA:edited', body);
      expect([answer.status, { ...answer.json.value, roles: [] }]).toEqual([200, before]);
      expect(answer.outcome?.records).toEqual([
        {
          employee: 'edited',
          verdicts: Object.keys(body).map((field) => ({
            field,
            verdict: 'ignored',
            reason: '当API同步数据时，「所有」被修改员工不参与同步',
          })),
        },
      ]);
    }
    expect((await hose.update('CorpA:edited', { name: 1 })).status).toBe(412);
    expect(await directory.employee('a', 'edited')).toEqual(record);
    const history = await directory.history('a', 'edited');
    expect(history).toMatchObject(
      [['name'], ['name'], ['name', 'cellphone']].map((keys) => ({
        employee: 'edited',
        fields: {},
        origin: { dialect: 'hose', operation: 'staffs.update', app: 'hose:key-a', at: directory.clock.now() },
        note: { verdict: 'skipped', reason: SKIPPED, version: 'v1.1', index: null, keys },
      })),
    );
    const body = { name: '新名', staffCustomForm: {} };
    await hose.send('PUT', '/api/openapi/v1/staffs/update/$CorpA:edited', { body });
    expect((await directory.history('a', 'edited')).at(-1)).toMatchObject({
      origin: { operation: 'staffs.update.v1' },
      note: { version: 'v1', keys: ['name', 'staffCustomForm'] },
    });
  });

  test('one who left and would be here again is passed over, too', async () => {
    const left = `  - { id: gone-edited, name: 手改, status: resigned, mobile: "+8613800000077", hose: { origin: createByApiAndEdit, edited: true } }`;
    await open(both, left);
    const record = await directory.employee('a', 'gone-edited');
    const newcomer = { name: '新名', cellphone: '13800000077', departments: ['CorpA'], defaultDepartment: 'CorpA' };
    const answer = await hose.send('POST', '/api/openapi/v1.1/staffs', { body: newcomer });
    expect([answer.status, answer.json.value.active, answer.json.value.name]).toEqual([200, false, '手改']);
    expect(await directory.employee('a', 'gone-edited')).toEqual(record);
    const keys = Object.keys(newcomer);
    expect(await directory.history('a', 'gone-edited')).toMatchObject([
      { fields: {}, origin: { operation: 'staffs.create' }, note: { verdict: 'skipped', index: null, keys } },
    ]);
  });

  test('in a batch the others are updated', async () => {
    await open(both, edited);
    const { items } = (
      await hose.batch([
        { id: 'CorpA:edited', name: '新名' },
        { id: 'CorpA:li', name: '新名' },
      ])
    ).json;
    expect(items).toMatchObject([{ name: '手改' }, { name: '新名' }]);
    expect(await directory.history('a', 'edited')).toMatchObject([{ note: { index: 0, keys: ['id', 'name'] } }]);
    expect((await directory.history('a', 'li'))[0]?.note).toBeUndefined();
  });

  test('a batch of which another element is refused leaves no entry', async () => {
    await open(both, edited);
    const refused = await hose.batch([
      { id: 'CorpA:edited', name: '新名' },
      { id: 'CorpA:li', name: '' },
    ]);
    expect(refused.status).toBe(400);
    expect(await directory.history('a', 'edited')).toEqual([]);
  });

  test.each([', sync_rules: { hand_edit_staffs: true }', ', sync_rules: { skip_edited_staffs: true }', ''])(
    'with %j they are updated, and belong to the API again',
    async (settings) => {
      await open(settings, edited);
      expect((await hose.update('CorpA:edited', { name: '新名' })).json.value.name).toBe('新名');
      expect((await directory.employee('a', 'edited')).extensions['hose']).toMatchObject({
        origin: 'api',
        edited: false,
      });
    },
  );
});

test('the company file keeps everything: exported and applied again, nothing changes', async () => {
  const settings =
    ', licences: [{ code: "219904", expires: "2030-01-01" }, { code: "219903" }], seats: 9, strict_cities: true, rate_limit: 50, time_zone: "+09:00", built_in_fields: { base: false }, sync_rules: { hand_add_staffs: true }';
  const more = `  - { id: full, name: 全, hose: { id: "Other:x", user_id: y, origin: api, edited: true, last_api_change: { at: 2026-01-01T00:00:00.000Z, app: k }, form: { base: "[]", blank: [rankType] }, pending: { approving: 2 } } }`;
  await open(settings, more);
  await hose.update('CorpA:li', { name: '李雷', staffCustomForm: { rankType: '', u_爱好: '' }, code: '1' });
  const file = (await directory.companies.export('a')) ?? '';
  const plan = await directory.companies.apply('a', file, { plan: true, request: 'test' });
  expect(plan.steps).toEqual([]);
  expect((await hose.staff('Other:x')).userId).toBe('y');
  await directory.close();
  directory = await openTestDirectory({ companies: [corporationB()] });
  await directory.companies.apply('a', file, { plan: false, request: 'test' });
  expect(await directory.companies.export('a')).toBe(file);
});

test('a field of a kind that Hose does not have is told by its place', async () => {
  await open('');
  const file = corporationA().replace('type: money', 'type: phone');
  await expect(directory.companies.apply('a', file, { plan: true, request: 'test' })).rejects.toThrow(
    /custom_fields\[4\]\.hose: Hose has fields of type/,
  );
});
