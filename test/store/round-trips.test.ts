import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { openTestDirectory, type TestDirectory } from '../support/test-directory.ts';

/* How often a write waits for the database: what is sent without waiting for what was sent before it is one round trip. */

const PEOPLE = 100;
const company = `
mingce: 1
key: trips
name: Trips
feishu: { certified: true, rate_limit_enabled: false, apps: [{ app_id: cli_trips, app_secret: s }] }
wecom: { corpid: ww_trips, apps: [{ agentid: 1, secret: s, kind: self_built, hr_callable: true, visible_range: { department_ids: [1] } }] }
hose: { corporation_id: trips, apps: [{ app_key: trips, app_security: s }] }
departments: [{ id: root, name: Trips, code: "001" }]
employees:
${Array.from({ length: PEOPLE }, (_, index) => `  - { id: e${String(index)}, name: 员工${String(index)}, job_number: "${String(1_000 + index)}" }`).join('\n')}
`;

let directory: TestDirectory;
let trips = 0;

beforeAll(async () => {
  vi.stubEnv('MINGCE_TEST_ENGINE', 'postgres');
  directory = await openTestDirectory({ companies: [company] });
});
afterAll(async () => {
  await directory.close();
  vi.unstubAllEnvs();
});

beforeEach(() => {
  const waiting = new WeakMap<object, number>();
  const query = Reflect.get(pg.Client.prototype, 'query') as (...sent: unknown[]) => unknown;
  vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (this: pg.Client, ...sent: unknown[]) {
    const before = waiting.get(this) ?? 0;
    if (before === 0) trips++;
    waiting.set(this, before + 1);
    const answered = (): void => {
      waiting.set(this, (waiting.get(this) ?? 1) - 1);
    };
    const result = Reflect.apply(query, this, sent) as unknown as Promise<unknown>;
    result.then(answered, answered);
    return result as unknown as void;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** The round trips of the second of two calls: connections are opened and companies remembered by the first. */
async function tripsOf(send: () => Promise<unknown>): Promise<number> {
  await send();
  trips = 0;
  await send();
  return trips;
}

test('Hose: a batch of a hundred is a handful of round trips', async () => {
  const token = await directory.send('POST', '/api/openapi/v1/auth/getAccessToken', {
    body: { appKey: 'trips', appSecurity: 's' },
  });
  const access = encodeURIComponent(token.json.value.accessToken);
  let round = 0;
  const taken = await tripsOf(async () => {
    round++;
    const staffList = Array.from({ length: PEOPLE }, (_, index) => ({
      id: `trips:e${String(index)}`,
      name: `员工${String(index)}`,
      note: `note ${String(round)}`,
      cellphone: `133${String(round)}${String(1_000_000 + index)}`,
      modifyAccountPhone: true,
    }));
    const answer = await directory.send('PUT', `/api/openapi/v1.1/staffs/batch/update?accessToken=${access}`, {
      body: { staffList },
    });
    expect(answer.status, answer.text).toBe(200);
  });
  expect(taken).toBeGreaterThan(0);
  expect(taken).toBeLessThanOrEqual(6);
});

test('Feishu: an update that claims a mobile and a mail asks for both at once', async () => {
  const token = await directory.send('POST', '/open-apis/auth/v3/tenant_access_token/internal', {
    body: { app_id: 'cli_trips', app_secret: 's' },
  });
  const headers = { authorization: `Bearer ${token.json.tenant_access_token}` };
  let round = 0;
  const taken = await tripsOf(async () => {
    round++;
    const body = {
      employee: { mobile: `+86131${String(10_000_000 + round)}`, email: `e${String(round)}@trips.example` },
    };
    const url = '/open-apis/directory/v1/employees/e0?employee_id_type=employee_id';
    const answer = await directory.send('PATCH', url, { headers, body });
    expect(answer.json.code, answer.text).toBe(0);
  });
  expect(taken).toBeGreaterThan(0);
  expect(taken).toBeLessThanOrEqual(6);
});

test('WeCom: an update asks for everything at once', async () => {
  const token = await directory.send('GET', '/cgi-bin/gettoken?corpid=ww_trips&corpsecret=s');
  let round = 0;
  const taken = await tripsOf(async () => {
    round++;
    const answer = await directory.send(
      'POST',
      `/cgi-bin/hr/update_staff_info?access_token=${token.json.access_token}`,
      {
        body: {
          userid: 'e1',
          update_items: [
            { fieldid: 11003, value_mobile: { value_mobile: `132${String(10_000_000 + round)}` } },
            { fieldid: 12022, value_string: `note ${String(round)}` },
          ],
        },
      },
    );
    expect(
      answer.json.update_results.map(({ result }: { result: number }) => result),
      answer.text,
    ).toEqual([1, 1]);
  });
  expect(taken).toBeGreaterThan(0);
  expect(taken).toBeLessThanOrEqual(4);
});
