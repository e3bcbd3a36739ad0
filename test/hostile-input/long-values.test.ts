import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { companyFile } from './companies.ts';
import { ADMIN_KEY, startTestServer, type TestServer } from './test-server.ts';
import { freshSchema } from '../support/fresh-store.ts';
import { send, type Answer } from './socket.ts';

/* Values by which people are found, as long as our own bounds let them be: longer than what an index holds whole. */

const LENGTH = 900;
const noise = randomBytes(LENGTH / 2).toString('hex');
const digits = noise.replaceAll(/[a-f]/g, (letter) => String(letter.charCodeAt(0) % 10)).replace(/^./, '1');

describe.each([
  ['SQLite', () => Promise.resolve('sqlite::memory:')],
  ['PostgreSQL', freshSchema],
])('on %s', (_engine, store) => {
  let context: TestServer;
  beforeAll(async () => {
    context = await startTestServer({ store: await store() });
  });
  afterAll(() => context.close());

  async function hose(method: string, path: string, body: object): Promise<Answer> {
    const target = `/api/openapi/${path}?accessToken=${encodeURIComponent(context.alpha.hose)}`;
    return await send(context.port, { method, target, body: JSON.stringify(body) });
  }
  const found = async (type: string, value: string): Promise<readonly string[]> => {
    const answer = await hose('POST', 'v1/staffs/getStaffIds', { type, conditionIds: [value] });
    expect(answer.status, answer.text.slice(0, 200)).toBe(200);
    return (answer.json.items as { id: string }[]).map(({ id }) => id);
  };

  test.each([
    ['a mail', { email: `${noise}@example.com` }, 'MAIL', `${noise}@example.com`],
    ['a job number', { code: noise }, 'CODE', noise],
    ['a mobile', { cellphone: digits }, 'CELLPHONE', digits],
  ])('%s is kept, found and given up again', async (_what, given, type, value) => {
    const staff = `v1.1/staffs/update/$${context.alpha.corporation}:li`;
    const kept = await hose('PUT', staff, { name: 'Li', ...given });
    expect(kept.status, kept.text.slice(0, 200)).toBe(200);
    expect(await found(type, value)).toEqual([`${context.alpha.corporation}:li`]);
    // What begins alike is not the same.
    expect(await found(type, value.slice(0, -1))).toEqual([]);
    const [name = ''] = Object.keys(given);
    const given2 = { email: 'x@example.com', code: 'x', cellphone: '' }[name];
    expect((await hose('PUT', staff, { name: 'Li', [name]: given2 })).status).toBe(200);
    expect(await found(type, value)).toEqual([]);
  });

  test('a login is no longer than one can be', async () => {
    const { corporation } = context.alpha;
    const update = (who: string, given: object): Promise<Answer> =>
      hose('PUT', `v1.1/staffs/update/$${corporation}:${who}`, { name: who, ...given });
    for (const [given, message] of [
      [{ email: `${noise}@login.example`, modifyAccountEmail: true }, '邮箱格式不正确'],
      [{ email: `${noise.slice(0, 241)}@login.example`, modifyAccountEmail: true }, '邮箱格式不正确'],
      [{ cellphone: digits, modifyAccountPhone: true }, '手机号格式不正确，只能包含数字和英文括号'],
    ] as const) {
      const refused = await update('li', given);
      expect([refused.status, refused.json.errorMessage]).toEqual([400, message]);
    }
    const logins = {
      email: `${noise.slice(0, 240)}@login.example`,
      cellphone: digits.slice(0, 30),
      modifyAccountEmail: true,
      modifyAccountPhone: true,
    };
    expect((await update('li', logins)).status).toBe(200);
    expect((await update('wang', logins)).status).toBe(412);
  });

  test('lists of people beyond count are refused by Feishu’s own codes, and reserve nothing', async () => {
    const target = '/open-apis/directory/v1/employees/li?employee_id_type=employee_id';
    const headers = { authorization: `Bearer ${context.alpha.feishu}` };
    const ids = Array.from({ length: 60_000 }, (_none, at) => `nobody-${String(at)}`);
    const rows = Array.from({ length: 100 }, (_none, at) => ({ ids: ids.slice(at * 100, at * 100 + 100) }));
    for (const [employee, code] of [
      [{ dotted_line_leader_ids: ids }, 2_221_221],
      [{ custom_field_values: [{ field_key: 'C-11', user_values: rows }] }, 2_221_242],
    ] as const) {
      const answer = await send(context.port, { method: 'PATCH', target, headers, body: JSON.stringify({ employee }) });
      expect(answer.json).toMatchObject({ code });
    }
  });

  test.each([
    ['an app id', (file: string) => file.replace('cli_gamma', noise)],
    ['a key', (file: string) => file.replace('key-gamma', noise)],
    ['a corporation', (file: string) => file.replace('Corp_gamma', noise)],
    ['a corporation with a line feed', (file: string) => file.replace('Corp_gamma', '"a\\nb"')],
    [
      'a login',
      (file: string) => file.replace('account: { id: a-gamma-li', `account: { email: ${noise}@x.example, id: x`),
    ],
    ['a dimension', (file: string) => file.replace('  project:', `  ${noise}:`)],
    ['an own id', (file: string) => file.replace('id: boss', `id: ${noise}`)],
    ['the name of all prototypes', (file: string) => file.replace('id: motto', 'id: __proto__')],
  ])('a company file with %s beyond all bounds is refused', async (_what, spoil) => {
    const file = spoil(companyFile('gamma'));
    const headers = { authorization: `Bearer ${ADMIN_KEY}` };
    const answer = await send(context.port, {
      method: 'PUT',
      target: '/mingce/v1/companies/gamma',
      headers,
      body: file,
    });
    expect(answer.status, answer.text.slice(0, 300)).toBe(422);
  });

  test('a company file with people’s values beyond all bounds is kept and told', async () => {
    const file = companyFile('gamma')
      .replace('email: boss-mail@gamma.example', `email: ${noise}@gamma.example`)
      .replace(
        'job_number: "gamma-3"',
        `job_number: "${noise}", extension_number: "${digits}", enterprise_email: ${noise}@x`,
      );
    const headers = { authorization: `Bearer ${ADMIN_KEY}` };
    const put = { method: 'PUT', target: '/mingce/v1/companies/gamma', headers, body: file };
    expect((await send(context.port, put)).status).toBe(200);
    // Applied again there is nothing to do: all of it came back as it was.
    expect((await send(context.port, put)).json).toMatchObject({ steps: [] });
  });
});
