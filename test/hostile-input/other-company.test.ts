import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createCall } from '../../src/http/incoming-call.ts';
import { GUESS_LIMITS } from '../../src/http/admin/access/guesses.ts';
import { hashToken } from '../../src/directory/auth/secret.ts';
import type { Decision, StoreTask } from '../../src/directory/store.ts';
import { randomIds } from '../../src/lib/ids.ts';
import { companyFile, mobileOf } from './companies.ts';
import { expectPlatformEnvelope, isRefusal } from './envelope.ts';
import { ADMIN_KEY, startTestServer, readReply, type TestServer, type Session } from './test-server.ts';
import { examplesOf, targetOf } from './request-examples.ts';
import type { Answer } from './socket.ts';

/* Two companies that differ in nothing but their names: a caller of one reads and changes nothing of the other. */

let context: TestServer;
let alpha: Session;
let beta: Session;
beforeAll(async () => {
  context = await startTestServer();
  ({ alpha, beta } = context);
});
afterAll(() => context.close());

type ReadReply = Pick<Answer, 'status' | 'text' | 'json'>;

async function ask(
  method: string,
  target: string,
  body?: object | string,
  headers: Readonly<Record<string, string>> = {},
): Promise<ReadReply> {
  const text = typeof body === 'object' ? JSON.stringify(body) : body;
  const call = createCall(method, target, { ids: randomIds, headers, ...(text === undefined ? {} : { body: text }) });
  return await readReply(await context.mingce.handle(call));
}

/** Whatever is done as one company, the other stays as it was, and none of its people's data are returned. */
async function asBetaOnly(work: () => Promise<void>): Promise<void> {
  const before = await recordsOf('alpha');
  await work();
  expect(await recordsOf('alpha')).toBe(before);
}

async function recordsOf(key: string): Promise<string> {
  return (await context.mingce.companies.export(key)) ?? '';
}

function tellsNothingOf(other: Session, { text }: ReadReply): void {
  for (const secret of other.secrets) expect(text).not.toContain(secret);
}

const KINDS = ['open_id', 'union_id', 'employee_id'] as const;
type Kind = (typeof KINDS)[number];
const bearer = ({ feishu }: Session): Record<string, string> => ({ authorization: `Bearer ${feishu}` });
const EMPLOYEES = '/open-apis/directory/v1/employees';
const kinds = (kind: Kind, departments = 'department_id'): string =>
  `employee_id_type=${kind}&department_id_type=${departments}`;

/** The id by which a company's own app knows one of its people. */
async function idIn(session: Session, kind: Kind, employee = 'wang'): Promise<string> {
  const employee_ids = [employee];
  if (kind === 'employee_id') return employee;
  // Its id of another kind is returned with the employees who report to it.
  const required_fields = ['base_info.leader_id', 'base_info.employee_id'];
  const own = await ask(
    'POST',
    `${EMPLOYEES}/mget?${kinds('employee_id')}`,
    { employee_ids, required_fields },
    bearer(session),
  );
  expect(own.json.data.employees).toHaveLength(1);
  const tenant = await context.mingce.store.tenantByKey(session.key);
  const { employeeIdOf, idReaderOf } = await import('../../src/dialects/feishu/model/ids.ts');
  const app = tenant?.appByKey('feishu', session.appId);
  const { load: question } = await import('../../src/directory/store.ts');
  const found = await context.mingce.store.read(() =>
    question('employees-by-id', { tenant: tenant?.number ?? 0, ids: [employee] }),
  );
  const record = found.get(employee);
  if (tenant === null || app === undefined || record === undefined) throw new Error(`no ${employee} in ${session.key}`);
  return employeeIdOf(record, kind, idReaderOf(app), tenant);
}

describe('Feishu', () => {
  test.each(['open_id', 'union_id'] as const)('an %s of one company is nobody’s in the other', async (kind) => {
    const [ofAlpha, ofBeta] = [await idIn(alpha, kind), await idIn(beta, kind)];
    expect(ofAlpha).not.toBe(ofBeta);
    await asBetaOnly(async () => {
      const body = { employee_ids: [ofAlpha, ofBeta], required_fields: ['base_info.*'] };
      const read = await ask('POST', `${EMPLOYEES}/mget?${kinds(kind)}`, body, bearer(beta));
      expect(read.json.data.employees).toHaveLength(1);
      expect(read.json.data.abnormals.map(({ id }: { id: string }) => id)).toEqual([ofAlpha]);
      tellsNothingOf(alpha, read);
      const employee = { description: 'was here' };
      const patched = await ask('PATCH', `${EMPLOYEES}/${ofAlpha}?${kinds(kind)}`, { employee }, bearer(beta));
      expect(isRefusal('feishu', patched)).toBe(true);
      for (const named of [{ leader_id: ofAlpha }, { dotted_line_leader_ids: [ofAlpha] }]) {
        const led = await ask('PATCH', `${EMPLOYEES}/${ofBeta}?${kinds(kind)}`, { employee: named }, bearer(beta));
        expect(isRefusal('feishu', led), JSON.stringify(named)).toBe(true);
      }
    });
  });

  test('an employee_id that both have is each company’s own', async () => {
    await asBetaOnly(async () => {
      const employee = { description: 'of beta' };
      const patched = await ask('PATCH', `${EMPLOYEES}/wang?${kinds('employee_id')}`, { employee }, bearer(beta));
      expect(patched.json.code).toBe(0);
      const body = { employee_ids: ['wang'], required_fields: ['base_info.*'] };
      const read = await ask('POST', `${EMPLOYEES}/mget?${kinds('employee_id')}`, body, bearer(beta));
      expect(read.text).toContain('of beta');
      tellsNothingOf(alpha, read);
    });
  });

  test('departments of one company are unknown in the other, in both kinds', async () => {
    const read = await ask(
      'POST',
      `${EMPLOYEES}/mget?${kinds('employee_id', 'open_department_id')}`,
      { employee_ids: ['wang'], required_fields: ['base_info.employee_order_in_departments'] },
      bearer(alpha),
    );
    const open: string = read.json.data.employees[0].base_info.employee_order_in_departments[0].department_id;
    expect(open).toMatch(/^od-/);
    for (const [kind, department_id] of [
      ['open_department_id', open],
      ['department_id', 'alpha-one'],
    ] as const) {
      const employee = { employee_order_in_departments: [{ department_id }] };
      const patched = await ask('PATCH', `${EMPLOYEES}/li?${kinds('employee_id', kind)}`, { employee }, bearer(beta));
      expect(patched.json.code, kind).toBe(2_221_181);
    }
  });

  test('values that are unique in one company are free in the other', async () => {
    const employee = { mobile: mobileOf('alpha', '03'), job_number: 'alpha-3', email: 'boss-mail@alpha.example' };
    const patched = await ask('PATCH', `${EMPLOYEES}/boss?${kinds('employee_id')}`, { employee }, bearer(beta));
    expect(patched.json, patched.text).toMatchObject({ code: 0 });
    const own = { mobile: mobileOf('beta', '03'), job_number: 'beta-3', email: 'boss-mail@beta.example' };
    const back = await ask('PATCH', `${EMPLOYEES}/boss?${kinds('employee_id')}`, { employee: own }, bearer(beta));
    expect(back.json, back.text).toMatchObject({ code: 0 });
  });

  test('an app has no token for the secret of another company’s app', async () => {
    const credentials = { app_id: alpha.appId, app_secret: beta.appSecret };
    const answer = await ask('POST', '/open-apis/auth/v3/tenant_access_token/internal', credentials);
    expect(answer.json.code).toBe(10_014);
    expect(answer.json.tenant_access_token).toBeUndefined();
  });
});

describe('WeCom', () => {
  const url = (path: string, { wecom }: Session, more = ''): string => `/cgi-bin/${path}?access_token=${wecom}${more}`;

  test('a userid that both have is each company’s own', async () => {
    await asBetaOnly(async () => {
      const body = { userid: 'WANG', update_items: [{ fieldid: 11_020, value_string: 'of beta' }] };
      expect((await ask('POST', url('hr/update_staff_info', beta), body)).json).toMatchObject({ errcode: 0 });
      const read = await ask('POST', url('hr/get_staff_info', beta), { userid: 'wang', get_all: true });
      expect(read.text).toContain('of beta');
      tellsNothingOf(alpha, read);
      tellsNothingOf(alpha, await ask('GET', url('user/get', beta, '&userid=wang')));
    });
  });

  test('departments of one company are unknown in the other', async () => {
    const listed = await ask('GET', url('department/list', alpha));
    const ids = (listed.json.department as { id: number }[]).map(({ id }) => id);
    expect(ids).toContain(1_000);
    const one = await ask('GET', url('department/list', beta, '&id=1000'));
    expect(one.json).toMatchObject({ errcode: 60_123, department: [] });
    expect((await ask('GET', url('department/list', alpha, '&id=1000'))).json).toMatchObject({ errcode: 0 });
  });

  test('a company’s secret is none of the other’s', async () => {
    const { corpid } = alpha;
    const answer = await ask('GET', `/cgi-bin/gettoken?corpid=${corpid}&corpsecret=${beta.corpsecret}`);
    expect(answer.json).toMatchObject({ errcode: 40_001 });
  });
});

describe('Hose', () => {
  const at = (path: string, { hose }: Session, more = ''): string =>
    `/api/openapi/${path}?accessToken=${encodeURIComponent(hose)}${more}`;
  const staff = { name: 'of beta', note: 'of beta' };

  test('ids of one company’s staff and departments are nobody’s in the other', async () => {
    await asBetaOnly(async () => {
      for (const version of ['v1', 'v1.1']) {
        const path = `${version}/staffs/update/$${alpha.corporation}:wang`;
        expect((await ask('PUT', at(path, beta), staff)).status).toBe(400);
      }
      for (const [type, id] of [
        ['STAFFID', `${alpha.corporation}:wang`],
        ['CODE', 'alpha-2'],
        ['CELLPHONE', mobileOf('alpha', '02')],
        ['MAIL', 'wang-mail@alpha.example'],
      ]) {
        const found = await ask('POST', at('v1/staffs/getStaffIds', beta), { type, conditionIds: [id] });
        expect([type, found.json]).toEqual([type, { items: [] }]);
      }
      const department = `${alpha.corporation}:d-one`;
      const moved = { ...staff, defaultDepartment: department, departments: [department] };
      const answer = await ask('PUT', at(`v1.1/staffs/update/$${beta.corporation}:li`, beta), moved);
      expect([answer.status, answer.json.errorMessage]).toEqual([400, '未找到对应部门']);
      const byCode = { ...staff, defaultDepartment: 'alpha-100', departments: ['alpha-100'] };
      const coded = await ask('PUT', at(`v1.1/staffs/update/$beta-2`, beta, '&type=code'), byCode);
      expect(coded.status).toBe(400);
    });
  });

  test('one strange id stops a whole batch', async () => {
    await asBetaOnly(async () => {
      const before = await recordsOf('beta');
      const staffList = [
        { id: `${beta.corporation}:li`, ...staff },
        { id: `${alpha.corporation}:li`, ...staff },
      ];
      expect((await ask('PUT', at('v1.1/staffs/batch/update', beta), { staffList })).status).toBe(400);
      expect(await recordsOf('beta')).toBe(before);
    });
  });

  test('lists are of one company', async () => {
    for (const path of ['v1/staffs', 'v1.1/staffs', 'v1/staffs/authorized']) {
      const listed = await ask('GET', at(path, beta, '&start=0&count=100'));
      expect(listed.status).toBe(200);
      tellsNothingOf(alpha, listed);
      expect(listed.text).not.toContain(alpha.corporation);
    }
  });

  test('a login of one company is told to be taken in the other, and nothing else of it', async () => {
    await asBetaOnly(async () => {
      const taken = { ...staff, cellphone: mobileOf('alpha', '01'), modifyAccountPhone: true };
      const answer = await ask('PUT', at(`v1.1/staffs/update/$${beta.corporation}:li`, beta), taken);
      expect([answer.status, answer.json.errorMessage]).toEqual([
        412,
        '此用户无法进行修改账户手机号，因修改的手机号在系统中已经注册',
      ]);
      tellsNothingOf(alpha, answer);
    });
  });

  test('keys and pairs are not mixed', async () => {
    const mixed = { appKey: alpha.appKey, appSecurity: beta.appSecurity };
    expect((await ask('POST', '/api/openapi/v1/auth/getAccessToken', mixed)).status).toBe(403);
    const pairs = [
      [alpha.hose, beta.hoseRefresh],
      [beta.hose, alpha.hoseRefresh],
      [alpha.hoseRefresh, alpha.hose],
    ];
    for (const [accessToken = '', refreshToken = ''] of pairs) {
      const query = new URLSearchParams({ accessToken, refreshToken, powerCode: '219904' }).toString();
      const answer = await ask('POST', `/api/openapi/v2/auth/refreshToken?${query}`);
      expect([answer.status, answer.text]).toEqual([403, '未授权']);
    }
    // It revoked no pair.
    for (const session of [alpha, beta])
      expect((await ask('GET', at('v1/staffs', session, '&start=0&count=1'))).status).toBe(200);
  });
});

describe('a token', () => {
  test('of one platform, or of another kind, opens no other', async () => {
    // After some wrong admin keys none is compared for a while, and here each is to be.
    vi.useFakeTimers({ toFake: ['performance'] });
    await asBetaOnly(async () => {
      const before = await recordsOf('beta');
      for (const session of [alpha, beta]) {
        const tokens = [session.feishu, session.wecom, session.hose, session.hoseRefresh, ADMIN_KEY, session.appSecret];
        for (const example of examplesOf(session)) {
          const own = { feishu: session.feishu, wecom: session.wecom, hose: session.hose, admin: ADMIN_KEY, front: '' };
          if (!JSON.stringify([example.query, example.headers]).includes(own[example.platform])) continue;
          // These are called with credentials in the body, or by a person.
          const takesNoToken = /^auth\.|token$|authorize$|^authen\.index$|^event\.long-connection$/;
          if (example.platform === 'front' || takesNoToken.test(example.operation)) continue;
          for (const token of tokens.filter((one) => one !== own[example.platform])) {
            const swapped = (values: Readonly<Record<string, string>>): Record<string, string> =>
              Object.fromEntries(
                Object.entries(values).map(([name, value]) => [name, value.replace(own[example.platform], token)]),
              );
            const headers = swapped(example.headers);
            const target = targetOf({ path: example.path, query: swapped(example.query) });
            vi.advanceTimersByTime(GUESS_LIMITS.ms);
            const answer = await ask(example.method, target, example.body, headers);
            expect(answer.status, example.operation).not.toBe(429);
            expectPlatformEnvelope(example.platform, answer, example.operation);
            const isOpen =
              example.platform === 'admin' && /^(index|companies\.schema|session\.end)$/.test(example.operation);
            expect(isRefusal(example.platform, answer), `${example.operation}: ${answer.text}`).toBe(!isOpen);
          }
        }
      }
      expect(await recordsOf('beta')).toBe(before);
    });
    vi.useRealTimers();
  });

  test('of another platform that looks like one of Feishu’s is none', async () => {
    const tenant = await context.mingce.store.tenantByKey('alpha');
    const [app] = tenant?.parts.apps.filter(({ dialect }) => dialect === 'wecom') ?? [];
    const text = 't-looks-like-one-of-theirs';
    const token = {
      hash: hashToken(text),
      dialect: 'wecom',
      kind: 'access',
      tenant: tenant?.number ?? 0,
      app: app?.id ?? '',
      nonce: null,
      pairedHash: null,
      issuedAt: Date.now(),
      expiresAt: Date.now() + 3_600_000,
    };
    // oxlint-disable-next-line require-yield -- it depends on nothing
    await context.mingce.store.write(function* (): StoreTask<Decision<null>> {
      return { answer: null, effects: [{ write: 'token', token }] };
    });
    const body = { employee_ids: ['wang'], required_fields: ['base_info.*'] };
    const headers = { authorization: `Bearer ${text}` };
    const answer = await ask('POST', `${EMPLOYEES}/mget?${kinds('employee_id')}`, body, headers);
    expect(answer.json).toMatchObject({ code: 99_991_663 });
    tellsNothingOf(alpha, answer);
  });
});

test('the history of one company’s employee is not found under the other’s key', async () => {
  const headers = { authorization: `Bearer ${ADMIN_KEY}` };
  const own = await ask('GET', '/mingce/v1/companies/alpha/employees/wang/changes', undefined, headers);
  expect(own.status).toBe(200);
  const other = await ask('GET', '/mingce/v1/companies/beta/employees/wang/changes', undefined, headers);
  tellsNothingOf(alpha, other);
});

test.each([
  ['an app of Feishu’s', `app_id: ${'cli_alpha'}`, 'app_id: cli_delta'],
  ['a corpid', 'corpid: ww_alpha', 'corpid: ww_delta'],
  ['a corporation', 'corporation_id: Corp_alpha', 'corporation_id: Corp_delta'],
  ['a key of Hose’s', 'app_key: key-alpha', 'app_key: key-delta'],
])('a company file cannot take %s from another company', async (_what, taken, own) => {
  const file = companyFile('delta')
    .replace(own, taken)
    .replace(/^ {4}account: .*$/m, '')
    .replaceAll(/, account: \{[^}]*\}/g, '');
  expect(file).toContain(taken);
  const headers = { authorization: `Bearer ${ADMIN_KEY}` };
  const answer = await ask('PUT', '/mingce/v1/companies/delta', file, headers);
  expectPlatformEnvelope('admin', answer, taken);
  expect(answer.status, answer.text).toBe(422);
  tellsNothingOf(alpha, answer);
  expect(await recordsOf('delta')).toBe('');
});
