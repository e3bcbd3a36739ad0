import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { hose } from '../../src/connectors/hose/index.ts';
import type { FieldName, ProbeResult } from '../../src/connectors/connector.ts';
import { hasDrift } from '../../src/delivery/targets/drift.ts';
import type { Mingce } from '../../src/index.ts';
import { compareWithFile, connectTo, credentials, demo, startLive, type Credentials, type Live } from './live.ts';

let platform: Mingce | null = null;
let live: Live | null = null;
let other: Server | null = null;
afterEach(async () => {
  await live?.close();
  await platform?.close();
  other?.closeAllConnections();
  other?.close();
  platform = live = other = null;
});

const keys: Credentials = credentials['hose'] ?? { ids: {}, secrets: {} };

/** Most tests are not about our own limits, so they wait for none. */
const unlimited = { ...hose, limits: [] };

async function opened(file = demo, given = keys, connector: typeof hose = unlimited): Promise<Live> {
  platform = await startLive(file);
  live = connectTo(connector, platform.url, given);
  return live;
}

test('a tenant that has the same people shows no drift, and everybody is found by the id of the platform', async () => {
  const read = await (await opened()).readAll();
  expect(read.problems).toEqual([]);
  const report = compareWithFile(hose, demo, read);
  expect(report.differences).toEqual([]);
  expect(hasDrift(report)).toBe(false);
  expect(report.people).toEqual({ ours: 57, theirs: 57, matched: 58 });
  expect(new Set(report.matching.matches.map(({ by }) => by))).toEqual(new Set(['id']));
});

/** How the live company differs: what our file has, what the live one has instead, and what is reported of it. */
const planted: readonly (readonly [FieldName, string, string, string | null, string | null])[] = [
  ['name', 'name: { value: 张三, i18n: { zh-CN: 张三', 'name: { value: 张三丰, i18n: { zh-CN: 张三', '张三', '张三丰'],
  ['alias', 'alias: 小张', 'alias: 老张', '小张', '老张'],
  ['mobile', '    mobile: "+8613800010001"', '    mobile: "+852 61234567"', '+8613800010001', '+85261234567'],
  [
    'email',
    '    email: zhangsan@hengda.example',
    '    email: z3@hengda.example',
    'zhangsan@hengda.example',
    'z3@hengda.example',
  ],
  ['jobNumber', 'job_number: "10001"', 'job_number: "10001x"', '10001', '10001x'],
  [
    'mainDepartment',
    'departments: [backend]\n    leader: zhouhao\n    job_number: "10001"',
    'departments: [qa]\n    leader: zhouhao\n    job_number: "10001"',
    'backend',
    'qa',
  ],
  [
    'jobTitle',
    'job_title: wqedsaqw\n    job_level: asdfghjk',
    'job_title: t-qa\n    job_level: asdfghjk',
    '软件工程师',
    '测试工程师',
  ],
  [
    'jobLevel',
    'job_level: asdfghjk\n    work_place: eqwedas\n    employment_type: 1\n    join_date: 2021-03-01',
    'work_place: eqwedas\n    employment_type: 1\n    join_date: 2021-03-01',
    'P5',
    null,
  ],
  ['note', '    job_number: "10001"', '    job_number: "10001"\n    note: 出差', null, '出差'],
];

test.each(planted)('drift of %s is found in one read, with both values', async (field, ours, there, before, after) => {
  expect(demo).toContain(ours);
  const read = await (await opened(demo.replace(ours, there))).readAll();
  const found = compareWithFile(hose, demo, read).differences.filter((one) => one.field === field);
  expect(found).toEqual([
    {
      employee: 'zhangsan',
      name: '张三',
      live_id: expect.any(String) as string,
      field,
      ours: before,
      theirs: after,
      authority: null,
      // Nothing was agreed on before, and the file says nothing of the field.
      changed: 'unknown',
      remedy: 'decide',
    },
  ]);
  const handsOff = compareWithFile(hose, demo, read, { [field]: 'hands-off' });
  expect(handsOff.differences.filter((one) => one.field === field)).toEqual([]);
});

test('people whom no id finds are found by job number, mobile and mail; what contradicts is listed, not decided', async () => {
  // The ids are given by the platform, so none is in our records.
  const ours = `mingce: 1\nkey: acme\nname: Acme\nhose: { corporation_id: elsewhere }\nemployees:
  - { id: a, name: 甲, job_number: "1", hose: { id: "ours:1" } }
  - { id: b, name: 乙, mobile: "+8613800000002", hose: { id: "ours:2" } }
  - { id: c, name: 丙, email: c@acme.example, hose: { id: "ours:3" } }
  - { id: d, name: 丁, job_number: "4", mobile: "+8613800000004", hose: { id: "ours:4" } }
  - { id: e, name: 戊, job_number: "5", hose: { id: "ours:5" } }
  - { id: f, name: 己, job_number: "6", hose: { id: "ours:6" } }\n`;
  const theirs = `mingce: 1\nkey: acme\nname: Acme\nhose: { corporation_id: acme, apps: [{ app_key: k, app_security: mingce-test-1 }] }\nemployees:
  - { id: a, name: 甲, job_number: "1" }
  - { id: b, name: 乙, mobile: "+8613800000002" }
  - { id: c, name: 丙, email: C@acme.example }
  - { id: d1, name: 丁, job_number: "4" }
  - { id: d2, name: 丁, mobile: "+8613800000004" }
  - { id: e1, name: 戊, job_number: "5" }
  - { id: e2, name: 戊, job_number: "5" }
  - { id: g, name: 庚, job_number: "7" }\n`;
  const reader = await opened(theirs, { ids: { app_key: 'k' }, secrets: { app_security: 'mingce-test-1' } });
  const { matching } = compareWithFile(hose, ours, await reader.readAll());
  expect(matching.matches.map(({ own, by }) => [own.id, by])).toEqual([
    ['a', 'jobNumber'],
    ['b', 'mobile'],
    ['c', 'email'],
  ]);
  expect(matching.ambiguous.map(({ own, why, candidates }) => [own.id, why, candidates.length])).toEqual([
    ['d', 'other', 2],
    ['e', 'several', 2],
  ]);
  expect(matching.missing.map(({ id }) => id)).toEqual(['f']);
  expect(matching.onlyThere.map(({ values }) => values.name)).toEqual(['庚']);
});

test('a tenant of several pages is read whole, and each person once', async () => {
  const people = Array.from(
    { length: 523 },
    (_, index) => `  - { id: e${String(index)}, name: 员工${String(index)} }\n`,
  );
  const file = `mingce: 1\nkey: acme\nname: Acme\nhose: { apps: [{ app_key: k, app_security: mingce-test-1 }] }\nemployees:\n${people.join('')}`;
  const given = { ids: { app_key: 'k' }, secrets: { app_security: 'mingce-test-1' } };
  const reader = await opened(file, given, hose);
  const { people: read } = await reader.readAll();
  expect(new Set(read.map(({ id }) => id)).size).toBe(523);
  expect(read).toHaveLength(523);
  expect(reader.tally().find(({ call }) => call === 'staffs.list')).toMatchObject({ sent: 6, limited: 0 });
});

describe('the probe', () => {
  const failures = ({ checks }: ProbeResult): unknown[] =>
    checks.flatMap(({ what, state, verdict }) =>
      state === 'failed' ? [[what, verdict?.kind, verdict?.code, verdict?.remedy?.en.slice(0, 24)]] : [],
    );
  const licensed = (licences: string): string =>
    demo.replace('corporation_id: xgJ3wajigF25H0', `corporation_id: xgJ3wajigF25H0\n  licences: ${licences}`);

  test('says of each field whether it can be read, and that only a write proves the writing', async () => {
    const { checks, fields } = await (await opened()).probe();
    expect(checks.map(({ what, state }) => [what, state])).toEqual([
      ['corporations.get', 'passed'],
      ['departments.list', 'passed'],
      ['dimensions.list', 'passed'],
      ['staffs.fields', 'passed'],
      ['staffs.list', 'passed'],
    ]);
    expect(fields.mobile).toMatchObject({ read: { can: 'yes' }, write: { can: 'unproven' } });
    expect(fields.englishName).toMatchObject({ read: { can: 'no' }, write: { can: 'unproven' } });
  });

  test('writes nothing: the live company has no change but its own making', async () => {
    const reader = await opened();
    const before = await platform?.companies.export('demo');
    await reader.probe();
    await reader.readAll();
    expect(await platform?.companies.export('demo')).toBe(before);
  });

  test('names a wrong secret, and asks nothing else then', async () => {
    const result = await (await opened(demo, { ...keys, secrets: { app_security: 'wrong' } })).probe();
    expect(failures(result)).toEqual([['corporations.get', 'token', '403', 'Check app_key and app_se']]);
    expect(result.fields).toEqual({});
  });

  test('names a licence that ended', async () => {
    const ended = licensed('[{ code: "219904", expires: 2020-01-01 }, { code: "219903", expires: 2020-01-01 }]');
    const result = await (await opened(ended)).probe();
    const refusal = ['refused', '403', 'Ask Hose to open this mo'];
    expect(failures(result)).toContainEqual(['staffs.list', ...refusal]);
    expect(result.fields.name?.read).toMatchObject({
      can: 'no',
      why: { zh: expect.stringContaining('续期') as string },
    });
  });

  /** Starts a server that is no Hose. */
  const foreign = async (answer: Parameters<typeof createServer>[1]): Promise<Live> => {
    other = createServer(answer ?? (() => {}));
    await once(other.listen(0, '127.0.0.1'), 'listening');
    live = connectTo(hose, `http://127.0.0.1:${String((other.address() as AddressInfo).port)}`, keys, async () => {});
    return live;
  };

  test('tells another server from a refusal', async () => {
    const reader = await foreign((_, response) => void response.writeHead(200).end('<html>Welcome</html>'));
    expect(failures(await reader.probe())[0]).toEqual([
      'corporations.get',
      'foreign',
      '200',
      'Another server answered:',
    ]);
  });

  test('follows no redirect, so that a secret goes nowhere else', async () => {
    const asked: string[] = [];
    const reader = await foreign((request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    expect(failures(await reader.probe())[0]).toEqual([
      'corporations.get',
      'foreign',
      '307',
      'Another server answered:',
    ]);
    expect(asked).not.toContain('/elsewhere');
  });

  test('gives up on an answer without end', async () => {
    let sent = 0;
    const reader = await foreign((_, response) => {
      const piece = Buffer.alloc(1 << 20, ' ');
      const more = (): void => {
        if (response.destroyed || sent > 64 << 20) return void response.end();
        sent += piece.length;
        response.write(piece, more);
      };
      more();
    });
    expect(failures(await reader.probe())[0]).toEqual([
      'corporations.get',
      'trouble',
      'ANSWER_TOO_LARGE',
      'The answer has more than',
    ]);
    expect(sent).toBeLessThan(40 << 20);
  });

  test('says that nothing answers at the address', async () => {
    live = connectTo(hose, 'http://127.0.0.1:9', keys);
    expect(failures(await live.probe())).toEqual([
      ['corporations.get', 'unreachable', 'ECONNREFUSED', 'No connection is taken t'],
    ]);
  });

  test.each(['http://app.ekuaibao.com', 'ftp://127.0.0.1', 'https://user:secret@app.ekuaibao.com', 'nowhere'])(
    'refuses the address %s before anything is sent',
    (address) => {
      expect(() => connectTo(hose, address, keys)).toThrow(/^base_url /);
    },
  );
});

test('where the platform limits the calls, the read waits as long as it asks, and loses nothing', async () => {
  const limited = demo.replace('corporation_id: xgJ3wajigF25H0', 'corporation_id: xgJ3wajigF25H0\n  rate_limit: 2');
  const reader = await opened(limited, keys, hose);
  const read = await reader.readAll();
  expect(read.problems).toEqual([]);
  expect(read.people).toHaveLength(58);
});
