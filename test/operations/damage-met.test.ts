import { readFileSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { silentLog, startMingce, type Log, type Mingce } from '../../src/index.ts';
import { StoreDamagedError } from '../../src/directory/errors.ts';
import type { WriteResult, SqlTask } from '../../src/store/engine.ts';
import { SqliteEngine } from '../../src/store/engines/sqlite.ts';
import { openStore } from '../../src/store/open.ts';
import { freshSchema } from '../support/fresh-store.ts';
import { scratchFolder } from '../support/program.ts';
import { command } from '../support/command.ts';

/** Characters of a file that is so large that a start has no time to look through everything. */
const LARGE = 40_000_000;
const DAMAGED = 'e0000007';
const WHOLE = 'e0000008';

/** Changes one letter of a record, as a bit that changed by itself would. */
const CHANGE = `UPDATE employee SET record = substr(record, 1, 60) || '\u00e9' || substr(record, 62) WHERE id = '${DAMAGED}'`;

interface HttpAnswer {
  readonly status: number;
  readonly text: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- three platforms' answers, looked into by tests
  readonly json: any;
}

async function ask(url: string, method: string, body?: object, token = ''): Promise<HttpAnswer> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const answer = await fetch(url, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const text = await answer.text();
  return { status: answer.status, text, json: JSON.parse(text) };
}

/** Reads and updates one person over each platform. */
async function askOfAll({ url }: Mingce, id: string): Promise<Readonly<Record<string, HttpAnswer>>> {
  const feishu = await ask(`${url}/open-apis/auth/v3/tenant_access_token/internal`, 'POST', {
    app_id: 'cli_generated_generated',
    app_secret: 'mingce-generated-secret',
  });
  const wecom = await ask(
    `${url}/cgi-bin/gettoken?corpid=ww_generated_generated&corpsecret=mingce-generated-secret`,
    'GET',
  );
  const hose = await ask(`${url}/api/openapi/v1/auth/getAccessToken`, 'POST', {
    appKey: 'generated-generated',
    appSecurity: 'mingce-generated-secret',
  });
  const token = feishu.json.tenant_access_token;
  const roster = `access_token=${wecom.json.access_token}`;
  const access = `accessToken=${encodeURIComponent(hose.json.value.accessToken)}`;
  const people = `${url}/open-apis/directory/v1/employees`;
  const corporation = 'generated-generated';
  return {
    'feishu update': await ask(
      `${people}/${id}?employee_id_type=employee_id`,
      'PATCH',
      { employee: { job_number: `n-${id}` } },
      token,
    ),
    'feishu read': await ask(
      `${people}/mget?employee_id_type=employee_id`,
      'POST',
      { employee_ids: [id], required_fields: ['base_info.*'] },
      token,
    ),
    'wecom update': await ask(`${url}/cgi-bin/hr/update_staff_info?${roster}`, 'POST', {
      userid: id,
      update_items: [{ fieldid: 12024, value_string: `m-${id}` }],
    }),
    'wecom read': await ask(`${url}/cgi-bin/hr/get_staff_info?${roster}`, 'POST', { userid: id, get_all: true }),
    'hose update': await ask(`${url}/api/openapi/v1.1/staffs/batch/update?${access}`, 'PUT', {
      staffList: [{ id: `${corporation}:${id}`, name: 'New Name', code: `h-${id}` }],
    }),
    'hose read': await ask(`${url}/api/openapi/v1/staffs/getStaffIds?${access}`, 'POST', {
      type: 'STAFFID',
      conditionIds: [`${corporation}:${id}`],
    }),
  };
}

describe('A damaged record that is met while it is served', () => {
  test('is an error in each platform’s own words, a line in the log and a metric, with the embedded store', async () => {
    using folder = scratchFolder();
    const data = folder.file('data');
    expect((await command('generate', '--employees', '20', '--data', data)).code).toBe(0);
    const db = new DatabaseSync(`${data}/mingce.db`);
    db.exec(CHANGE);
    db.prepare("INSERT INTO attachment VALUES (1, 'large', 'feishu', 'avatar', 'image/png', ?)").run('A'.repeat(LARGE));
    db.close();
    await judge({ data }, async () => {});
    const found = await command('check', '--data', data);
    expect(found).toMatchObject({ code: 3 });
    expect(found.stdout).toBe('table employee, row 7: a record is not as it was written\n');
  });

  test('and with PostgreSQL', async () => {
    const store = await freshSchema();
    expect((await command('generate', '--employees', '20', '--store', store)).code).toBe(0);
    await judge({ store }, async () => {
      const client = new pg.Client({ connectionString: store });
      await client.connect();
      await client.query(CHANGE);
      await client.end();
    });
    const found = await command('check', '--store', store, '--json');
    expect(found).toMatchObject({ code: 3 });
    expect(JSON.parse(found.stdout)).toMatchObject({ whole: false, employees: 20 });
  });
});

async function judge(
  where: { readonly data: string } | { readonly store: string },
  damage: () => Promise<void>,
): Promise<void> {
  const lines: string[] = [];
  const log: Log = { ...silentLog, error: (event, fields) => void lines.push(JSON.stringify([event, fields])) };
  const mingce = await startMingce({ ...where, adminKey: 'sesame', log });
  try {
    await damage();
    for (const [call, { status, text, json }] of Object.entries(await askOfAll(mingce, WHOLE))) {
      expect([call, status < 300, json.code ?? json.errcode ?? 0], text).toEqual([call, true, 0]);
    }
    expect(lines).toEqual([]);
    const heard = await askOfAll(mingce, DAMAGED);
    const codes = Object.entries(heard).map(([call, { status, json }]) => [
      call,
      status,
      json.code ?? json.errcode ?? json.errorCode,
    ]);
    expect(codes).toMatchInlineSnapshot(`
      [
        [
          "feishu update",
          500,
          1500,
        ],
        [
          "feishu read",
          500,
          1500,
        ],
        [
          "wecom update",
          200,
          -1,
        ],
        [
          "wecom read",
          200,
          -1,
        ],
        [
          "hose update",
          500,
          500,
        ],
        [
          "hose read",
          500,
          500,
        ],
      ]
    `);
    for (const { text } of Object.values(heard)) expect(text).not.toMatch(/\+86|@|e0000007/);
    expect(lines).toHaveLength(6);
    expect(lines.every((line) => line.startsWith('["damaged",'))).toBe(true);
    expect(lines.join('')).not.toMatch(/\p{Script=Han}|\+86/u);
    const metrics = await (await fetch(`${mingce.url}/metrics`)).text();
    expect(metrics).toMatch(/^mingce_store_damaged_total 6$/m);
    const check = await fetch(`${mingce.url}/mingce/v1/check`, {
      method: 'POST',
      headers: { authorization: 'Bearer sesame' },
    });
    expect(await check.json()).toMatchObject({
      whole: false,
      damage: [expect.stringContaining('table employee') as string],
    });
  } finally {
    await mingce.close();
  }
}

test('A damaged page that is met is an error and a metric too', async () => {
  using folder = scratchFolder();
  const file = folder.file('mingce.db');
  await (await openStore(`sqlite:${file}`)).close();
  const db = new DatabaseSync(file);
  const page = Number(db.prepare("SELECT rootpage FROM sqlite_master WHERE name = 'invitation'").get()?.['rootpage']);
  db.close();
  writeFileSync(file, readFileSync(file).fill(0, (page - 1) * 4_096, page * 4_096));
  const engine = new SqliteEngine(file);
  const reading = engine.read(function* (): SqlTask<void> {
    yield [{ text: 'SELECT record FROM invitation', params: [] }];
  });
  await expect(reading).rejects.toBeInstanceOf(StoreDamagedError);
  const writing = engine.write(function* (): SqlTask<WriteResult<void>> {
    yield [{ text: "INSERT INTO invitation (tenant, record) VALUES (1, '{}')", params: [] }];
    return { result: undefined, deferred: [] };
  });
  await expect(writing).rejects.toBeInstanceOf(StoreDamagedError);
  const metric = engine.metrics.find(({ name }) => name === 'mingce_store_damaged_total');
  expect([...(metric?.read() ?? [])]).toEqual([{ value: 2 }]);
  await engine.close();
});
