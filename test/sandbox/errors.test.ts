import { afterAll, beforeAll, expect, test } from 'vitest';
import { startMingce, type Mingce } from '../../src/index.ts';
import { silentLog } from '../../src/lib/log.ts';
import { command } from '../support/command.ts';

const ADMIN = 'errors-test-admin-key';

let mingce: Mingce;
beforeAll(async () => {
  mingce = await startMingce({ adminKey: ADMIN, log: silentLog });
});
afterAll(() => mingce.close());

async function ask(path: string, method = 'GET', headers: Record<string, string> = {}): Promise<Response> {
  return await mingce.fetch(`${mingce.url}/mingce/v1/errors${path}`, {
    method,
    headers: { authorization: `Bearer ${ADMIN}`, ...headers },
  });
}

test('a code is explained in both languages, a text finds all codes with it', async () => {
  const one = await command('errors', '2221103');
  expect(one.code).toBe(0);
  expect(one.stdout).toContain('feishu 2221103  手机号已存在  Mobile already exists');
  expect(one.stdout).toContain('mingce try feishu 2221103');

  const some = await command('errors', '手机号', '--platform', 'feishu');
  expect(some.stdout.split('\n').filter((line) => line.startsWith('feishu  2221103'))).toHaveLength(1);

  const { errors } = JSON.parse((await command('errors', '2221103', '--json')).stdout) as { errors: unknown[] };
  expect(errors).toEqual([expect.objectContaining({ platform: 'feishu', id: '2221103', class: 'state' })]);

  // The titles are in one column, also beside ids of 30 characters.
  const all = (await command('errors', '--platform', 'hose')).stdout.trimEnd().split('\n');
  expect(new Set(all.map((line) => /^hose +[^ ]+ +/.exec(line)?.[0].length)).size).toBe(1);

  expect(await command('errors', 'no such text')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('lists all'),
  });
});

test('a code is provoked in a throwaway company, with its verdicts and the request that passes', async () => {
  const { code, stdout } = await command('try', 'feishu', '2221103');
  expect(code).toBe(0);
  expect(stdout).toContain('400 {"code":2221103,"msg":"Mobile already exists"');
  expect(stdout).toContain('· employee.mobile: refused');
  expect(stdout).toContain('200 {"code":0,"msg":"success","data":{}}');
  expect(stdout).toContain('→ Send another mobile');

  const trial: unknown = JSON.parse((await command('try', 'feishu', '2221103', '--json')).stdout);
  expect(trial).toMatchObject({ provoked: true, mended: true, company: { key: 'codes' } });
});

test('a platform, code or case that does not exist is refused in one sentence', async () => {
  const wrong: readonly (readonly string[])[] = [
    ['nothing', '1'],
    ['feishu', '1'],
    ['feishu', '2221103', '--case', '9'],
  ];
  for (const args of wrong) {
    const refused = await command('try', ...args);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/^mingce: .*\n$/);
    expect(refused.stderr).not.toContain(' 1 cases');
  }
});

test('the admin API lists the codes, shows one and tries it', async () => {
  const { errors } = (await (await ask('?platform=feishu&q=mobile')).json()) as { errors: { platform: string }[] };
  expect(errors.length).toBeGreaterThan(5);
  expect(new Set(errors.map(({ platform }) => platform))).toEqual(new Set(['feishu']));
  expect(await (await ask('/feishu/2221103')).json()).toMatchObject({ title: { zh: '手机号已存在' } });
  expect((await ask('/feishu/1')).status).toBe(404);
  expect((await ask('/nothing/1/try', 'POST')).status).toBe(404);

  const trial = await ask('/feishu/2221103/try', 'POST', { 'accept-language': 'zh-CN' });
  expect(await trial.json()).toMatchObject({
    provoked: true,
    mended: true,
    remedy: '换一个手机号，或先让占用者离职或改号',
    verdicts: [
      expect.objectContaining({ field: 'employee.mobile', verdict: 'refused' }),
      { field: '?employee_id_type', verdict: 'used' },
      { field: '?department_id_type', verdict: 'used' },
    ],
  });
});

test('a code that no case leads to is answered with the rule that does, not with a file of the source', async () => {
  const answer = await ask('/wecom/45033/try', 'POST');
  expect(await answer.json()).toMatchObject({
    status: 409,
    detail: 'This code has no case to try. A fault rule answers with it: {"effect":{"code":"45033"}}',
  });
  const { code, stderr } = await command('try', 'wecom', '45033');
  expect([code, stderr]).toEqual([1, expect.stringContaining(`mingce faults add '{"effect":{"code":"45033"}}'`)]);
});

test('a trial never touches the running directory, and no more than two run at one time', async () => {
  const answers = await Promise.all([1, 2, 3, 4].map(() => ask('/feishu/2221103/try', 'POST')));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(2);
  expect(answers.filter(({ status }) => status === 503)).toHaveLength(2);
  expect(await mingce.companies.keys()).toEqual([]);
  expect(mingce.requests?.list()).toEqual([]);
  expect((await ask('/feishu/2221103/try', 'POST')).status).toBe(200);
});

test('the catalogue is closed without the admin key', async () => {
  const answer = await mingce.fetch(`${mingce.url}/mingce/v1/errors`);
  expect(answer.status).toBe(401);
});

test('the command names the part of the company file that mends the state', async () => {
  const { code, stdout } = await command('try', 'feishu', '2221175');
  expect(code).toBe(0);
  expect(stdout).toContain('mended by 修正设置:\n  feishu:\n    certified: true\n');
});
