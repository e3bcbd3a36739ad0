import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CompanySummary } from '../../src/company/contract.ts';
import { createCall } from '../../src/http/incoming-call.ts';
import type { Decision, StoreTask } from '../../src/directory/store.ts';
import {
  startMingce,
  type Applied,
  type ChangeList,
  type InvitationList,
  type LoginList,
  type Mingce,
  type ProblemDetails,
} from '../../src/index.ts';
import { randomIds } from '../../src/lib/ids.ts';

const file = (key: string, more = ''): string =>
  `mingce: 1\nkey: ${key}\nname: Acme\ndepartments:\n  - { id: root, name: Acme }\nemployees:\n  - { id: li, name: Li${more} }\n`;

let mingce: Mingce;
beforeAll(async () => {
  mingce = await startMingce({ adminKey: 'sesame', companyBytes: 100_000 });
});
afterAll(() => mingce.close());

/** What came back: the status, and the body as JSON where it is any. */
interface Answer<Body> {
  readonly status: number;
  readonly type: string;
  readonly body: Body;
  readonly text: string;
}

async function send<Body = ProblemDetails>(
  method: string,
  path: string,
  sent: {
    readonly body?: string | Uint8Array;
    readonly authorization?: string;
    readonly language?: string;
    readonly to?: Mingce;
  } = {},
): Promise<Answer<Body>> {
  const { body, authorization = 'Bearer sesame', language, to = mingce } = sent;
  const headers = { authorization, ...(language === undefined ? {} : { 'accept-language': language }) };
  const call = createCall(method, `/mingce/v1${path}`, {
    ids: randomIds,
    headers,
    ...(body === undefined ? {} : { body }),
  });
  const reply = await to.handle(call);
  const type = reply.headers['Content-Type'] ?? '';
  // Each test says what it expects to read.
  const read = type.includes('json') ? (JSON.parse(String(reply.body)) as Body) : (null as Body);
  return { status: reply.status, type, body: read, text: String(reply.body) };
}

test('a login is found in every realm, each of which may have it once', async () => {
  const account = (id: string): string => `, account: { id: ${id}, mobile: "+8613800000007" }`;
  const inRealm = (key: string, id: string): string =>
    file(key, account(id)).replace('name: Acme\n', `name: Acme\nlogin_realm: ${key}\n`);
  await send('PUT', '/companies/realm-a', { body: inRealm('realm-a', 'acc-a') });
  await send('PUT', '/companies/realm-b', { body: inRealm('realm-b', 'acc-b') });
  const { logins } = (await send<LoginList>('GET', '/logins?mobile=%2B8613800000007')).body;
  expect(logins).toMatchObject([
    { account: 'acc-a', realm: 'realm-a', staff: [{ company: 'realm-a' }] },
    { account: 'acc-b', realm: 'realm-b', staff: [{ company: 'realm-b' }] },
  ]);
  for (const key of ['realm-a', 'realm-b']) await send('DELETE', `/companies/${key}`);
});

test('who holds a login is told: the account, and in which companies as whom', async () => {
  const account = '{ id: acc-li, mobile: "+8613800000001", email: Li@acme.example }';
  await send('PUT', '/companies/login-a', { body: file('login-a', `, account: ${account}`) });
  await send('PUT', '/companies/login-b', {
    body: file('login-b', ', status: resigned, account: { id: acc-li }').replace(
      'name: Acme\n',
      'name: Acme\nstate: dissolved\n',
    ),
  });
  const found = {
    logins: [
      {
        account: 'acc-li',
        realm: null,
        mobile: '+8613800000001',
        email: 'li@acme.example',
        held: true,
        staff: [
          { company: 'login-a', state: 'in-use', employee: 'li', status: 'regular' },
          { company: 'login-b', state: 'dissolved', employee: 'li', status: 'resigned' },
        ],
      },
    ],
  };
  for (const query of [
    'mobile=%2B8613800000001',
    'mobile=13800000001',
    'email=LI@acme.example',
    'email=li%40acme.example',
    'account=acc-li',
  ])
    expect((await send<LoginList>('GET', `/logins?${query}`)).body, query).toEqual(found);
  expect((await send<LoginList>('GET', '/logins?mobile=13800000002')).body).toEqual({ logins: [] });
  await send('DELETE', '/companies/login-a');
  expect((await send<LoginList>('GET', '/logins?account=acc-li')).body.logins).toMatchObject([{ held: false }]);
  await send('DELETE', '/companies/login-b');
  expect((await send<LoginList>('GET', '/logins?account=acc-li')).body).toEqual({ logins: [] });
  for (const query of ['', '?mobile=1&email=a', '?mobile=abc', '?mobile=', '?name=li'])
    expect((await send('GET', `/logins${query}`)).status, query).toBe(400);
  expect((await send('GET', '/logins?account=acc-li', { authorization: 'Bearer other' })).status).toBe(401);
});

test('the outbox is read newest first, from where one answer ended', async () => {
  await send('PUT', '/companies/two', { body: file('two') });
  expect((await send<InvitationList>('GET', '/companies/two/invitations')).body).toEqual({ invitations: [] });
  const tenant = (await mingce.store.tenantByKey('two'))?.number ?? 0;
  for (const at of [1_000, 2_000, 3_000]) await invite(tenant, at);
  const { body: first } = await send<InvitationList>('GET', '/companies/two/invitations?limit=2');
  expect(first.invitations).toMatchObject([{ at: '1970-01-01T00:00:03.000Z' }, { at: '1970-01-01T00:00:02.000Z' }]);
  expect(first.invitations[0]).toMatchObject({ employee: 'li', channel: 'mail', address: 'li@acme.example' });
  const before = String(first.invitations[1]?.number);
  const { body: rest } = await send<InvitationList>('GET', `/companies/two/invitations?before=${before}`);
  expect(rest.invitations.map(({ at }) => at)).toEqual(['1970-01-01T00:00:01.000Z']);
  for (const query of ['limit=0', 'limit=1001', 'limit=x', 'before=x', 'before=-1'])
    expect((await send('GET', `/companies/two/invitations?${query}`)).status).toBe(400);
  expect((await send('GET', '/companies/nobody/invitations')).status).toBe(404);
  await send('DELETE', '/companies/two');
});

function invite(tenant: number, at: number): Promise<void> {
  // eslint-disable-next-line require-yield -- this work asks nothing
  return mingce.store.write(function* (): StoreTask<Decision<void>> {
    const address = 'li@acme.example';
    const origin = { dialect: 'test', operation: 'test', request: 'r' };
    const invitation = { ...origin, employee: 'li', channel: 'mail', address, at } as const;
    return { answer: undefined, effects: [{ write: 'invitation', tenant, invitation }] };
  });
}

describe('a company over HTTP', () => {
  test('is planned, made, read back, changed and removed', async () => {
    const planned = await send<Applied>('PUT', '/companies/one?plan=true', { body: file('one') });
    expect(planned).toMatchObject({ status: 200, body: { company: 'one', planned: true } });
    expect((await send('GET', '/companies/one/file')).status).toBe(404);

    const applied = await send<Applied>('PUT', '/companies/one', { body: file('one') });
    expect(applied.body).toEqual({ ...planned.body, planned: false });
    expect((await send<Applied>('PUT', '/companies/one', { body: file('one') })).body.steps).toEqual([]);
    expect((await send('GET', '/companies')).body).toMatchObject({ companies: [{ key: 'one' }] });

    const exported = await send('GET', '/companies/one/file');
    expect(exported).toMatchObject({ status: 200, type: 'application/yaml; charset=utf-8' });
    expect((await send<Applied>('PUT', '/companies/one', { body: exported.text })).body.steps).toEqual([]);

    const changed = await send<Applied>('PUT', '/companies/one', { body: file('one', ', alias: Ace') });
    const step = { action: 'change', kind: 'employee', id: 'li', name: 'Li' };
    expect(changed.body.steps).toEqual([{ ...step, fields: ['alias'], values: { alias: [null, 'Ace'] } }]);
    const { body: history } = await send<ChangeList>('GET', '/companies/one/employees/li/changes');
    expect(history.changes).toMatchObject([
      {
        kind: 'employee',
        platform: 'company-file',
        operation: 'apply',
        app: null,
        undoes: null,
        fields: { alias: { before: null, after: 'Ace' } },
      },
      { platform: 'company-file' },
    ]);
    expect(history.changes[0]!.at).toMatch(/^[0-9-]{10}T[0-9:.]{12}Z$/);
    const { body: newest } = await send<ChangeList>('GET', '/companies/one/employees/li/changes?limit=1');
    expect(newest.changes).toEqual(history.changes.slice(0, 1));

    expect(await send('DELETE', '/companies/one')).toMatchObject({ status: 204, text: '' });
    expect((await send('DELETE', '/companies/one')).status).toBe(404);
    expect((await send('GET', '/companies/one/employees/li/changes')).status).toBe(404);
  });

  test('loses many employees only where that is said to be meant', async () => {
    const people = (count: number): string =>
      Array.from({ length: count }, (_, index) => `  - { id: p${String(index)}, name: P }\n`).join('');
    const of = (count: number): { body: string } => ({
      body: file('few').replace(/employees:[^]*/, `employees:\n${people(count)}`),
    });
    expect((await send('PUT', '/companies/few', of(240))).status).toBe(200);
    expect((await send('PUT', '/companies/few', of(230))).status, '10 of 240').toBe(200);
    const refused = await send<ProblemDetails>('PUT', '/companies/few', of(219));
    expect(refused).toMatchObject({ status: 409, body: { removals: { removed: 11, present: 230 } } });
    expect(refused.body.detail).toMatch(/would remove 11 of 230 employees\. .*plan=true.*removals=allow\.$/);
    expect((await send<Applied>('PUT', '/companies/few?plan=true', of(219))).body.steps).toHaveLength(11);
    expect((await send('PUT', '/companies/few?removals=allow', of(20))).status).toBe(200);
    expect((await send('PUT', '/companies/few', of(18))).status, '2 of 20 are more than 5 %').toBe(409);
    expect((await send('PUT', '/companies/few', of(19))).status, '1 of 20 is not').toBe(200);
    expect((await send('PUT', '/companies/few?removals=some', of(19))).status).toBe(400);
    expect((await send('DELETE', '/companies/few')).status).toBe(204);
  });

  test('may be JSON', async () => {
    const body = JSON.stringify({ mingce: 1, key: 'two', name: 'Two', departments: [{ id: 'root', name: 'Two' }] });
    expect((await send('PUT', '/companies/two', { body })).status).toBe(200);
    await send('DELETE', '/companies/two');
  });

  test('with mistakes is refused with a fault for each, and nothing is kept', async () => {
    const { status, type, body } = await send('PUT', '/companies/bad', {
      body: file('bad', ', colour: red, mobile: x'),
    });
    expect({ status, type }).toEqual({ status: 422, type: 'application/problem+json; charset=utf-8' });
    expect(body).toMatchObject({ type: 'about:blank', status: 422 });
    expect(body.faults!.map(({ path, line }) => `${String(line)} ${path}`).toSorted()).toEqual([
      '7 employees[0].colour',
      '7 employees[0].mobile',
    ]);
    expect((await send('GET', '/companies/bad/file')).status).toBe(404);
  });

  test.each([
    ['another key than the path', '/companies/other', file('one'), 422],
    ['a key nobody can have', '/companies/Acme', file('Acme'), 400],
    ['a plan that is neither', '/companies/one?plan=maybe', file('one'), 400],
    ['no body', '/companies/one', '', 400],
    ['bytes that are no text', '/companies/one', new Uint8Array([0xff, 0xfe]), 400],
    ['no company at all', '/companies/one', '[]', 422],
    ['no YAML', '/companies/one', '{', 422],
    ['aliases without end', '/companies/one', `a: &a [x]\nb: [${'*a, '.repeat(500)}]`, 422],
    ['lists in lists in lists', '/companies/one', '['.repeat(50_000), 422],
    ['closed lists in lists', '/companies/one', `${'['.repeat(40_000)}${']'.repeat(40_000)}`, 422],
    ['maps in maps in maps', '/companies/one', '{a: '.repeat(20_000), 422],
    ['sequences by dashes', '/companies/one', '- '.repeat(40_000), 422],
    ['a tag nobody knows', '/companies/one', file('one', ', alias: !!js/function "x"'), 422],
    ['a NUL', '/companies/one', file('one', ', alias: "a\\0b"'), 422],
    ['half a character', '/companies/one', file('one', ', alias: "\\uD800"'), 422],
    ['a member that every object has', '/companies/one', file('one', ', __proto__: { seated: false }'), 422],
    ['a member twice', '/companies/one', file('one', ', name: Twice'), 422],
    ['more than is read', '/companies/one', 'x'.repeat(100_001), 413],
  ])('%s is refused', async (_what, path, body, status) => {
    const answer = await send('PUT', path, { body });
    expect(answer).toMatchObject({ status, type: 'application/problem+json; charset=utf-8' });
    expect(answer.body.detail).toMatch(/\.$/);
    expect((await send('GET', '/companies')).body).toEqual({ companies: [] });
  });
});

describe('a parameter that would not count', () => {
  test.each([
    ['PUT', '/companies/typo?plann=true', 'This takes no parameter "plann"; did you mean plan.'],
    ['PUT', '/companies/typo?Plan=true', 'This takes no parameter "Plan"; did you mean plan.'],
    ['PUT', '/companies/typo?plan=true&plan=false', 'The parameter plan is given twice.'],
    ['DELETE', '/companies/typo?plan=true', 'This takes no parameter "plan"; there is none.'],
    ['GET', `/companies/typo?${'x'.repeat(5_000)}=1`, `This takes no parameter "${'x'.repeat(60)}"; there is none.`],
  ])('%s %s is refused, and nothing is done', async (method, path, detail) => {
    await send('PUT', '/companies/typo', { body: file('typo') });
    const refused = await send(method, path, { body: file('typo').replace('Acme\n', 'Other\n') });
    expect([refused.status, refused.body.detail]).toEqual([400, detail]);
    expect((await send<CompanySummary>('GET', '/companies/typo')).body).toMatchObject({ name: 'Acme' });
    const chinese = await send(method, path, { language: 'zh-CN' });
    expect(chinese.body.detail).toMatch(/^(没有参数「|参数 plan 重复)/);
    expect((await send(method, path, { authorization: 'Bearer x' })).status).toBe(401);
  });
});

describe('the key', () => {
  test.each(['', 'Bearer', 'Bearer ', 'Bearer wrong', 'Basic sesame', 'sesame', 'Bearer sesame2', 'Bearer sesam'])(
    '%j opens nothing',
    async (authorization) => {
      // Wrong keys are counted, and those of other tests are no concern of this one.
      const to = await startMingce({ adminKey: 'sesame' });
      for (const [method, path] of [
        ['GET', '/companies'],
        ['PUT', '/companies/one'],
        ['GET', '/companies/one/file'],
        ['DELETE', '/companies/one'],
        ['GET', '/companies/one/employees/li/changes'],
        ['GET', '/logins?mobile=13800000001'],
        ['GET', '/companies/one/invitations'],
      ] as const) {
        expect((await send(method, path, { authorization, body: file('one'), to })).status).toBe(401);
      }
      await to.close();
    },
  );

  test('is asked for in any case of its scheme', async () => {
    expect((await send('GET', '/companies', { authorization: 'bearer sesame' })).status).toBe(200);
  });

  test('is not needed to learn what there is', async () => {
    const index = await send<{ name: string }>('GET', '', { authorization: '' });
    expect(index.body.name).toBe('Mingce 名册');
    const schema = await send('GET', '/companies/schema.json', { authorization: '' });
    expect(schema).toMatchObject({ status: 200, type: 'application/schema+json; charset=utf-8' });
    expect(schema.body).toMatchObject({ required: ['mingce', 'key', 'name'] });
    const chinese = await send('GET', '/companies/schema.json', { authorization: '', language: 'zh-CN' });
    expect(chinese.body).toMatchObject({ properties: { name: { description: '公司名称。' } } });
  });

  test('that nobody configured closes the API, and the answer says what to set', async () => {
    const closed = await startMingce();
    const headers = { authorization: 'Bearer mingce-demo-admin' };
    const reply = await closed.handle(createCall('GET', '/mingce/v1/companies', { ids: randomIds, headers }));
    expect(reply.status).toBe(403);
    expect(reply.body).toContain('MINGCE_ADMIN_KEY');
    await closed.close();
  });

  test('that is configured counts, with the demo company as well', async () => {
    const demo = await startMingce({ demo: true, adminKey: 'mine' });
    const headers = { authorization: 'Bearer mingce-demo-admin' };
    const reply = await demo.handle(createCall('GET', '/mingce/v1/companies', { ids: randomIds, headers }));
    expect(reply.status).toBe(401);
    await demo.close();
  });
});

test.each([
  ['GET', '/nothing'],
  ['POST', '/companies'],
  ['GET', '/companies/one'],
  ['PUT', '/companies/one/file'],
  ['GET', '/companies/%zz/file'],
])('%s %s is answered in the same words', async (method, path) => {
  expect(await send(method, path)).toMatchObject({ status: 404, type: 'application/problem+json; charset=utf-8' });
});

test.each(['0', '1001', 'x', '1.5', ''])('a limit of %j is refused', async (limit) => {
  expect((await send('GET', `/companies/one/employees/li/changes?limit=${limit}`)).status).toBe(400);
});
