import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { settings } from '../../src/config.ts';
import { command } from '../support/command.ts';
import { runProgram, scratchFolder, serveProgram } from '../support/program.ts';

const file = (more = ''): string =>
  `mingce: 1\nkey: acme\nname: Acme\ndepartments:\n  - { id: root, name: Acme }\nemployees:\n  - { id: li, name: 李四, mobile: "+8613800000001" }\n${more}`;

test('a company is planned, applied, changed and written back', async () => {
  using folder = scratchFolder();
  const path = folder.file('acme.yaml');
  const here = ['--data', folder.file('data')];
  writeFileSync(path, file());

  const plan = await runProgram(['apply', path, '--plan', ...here]);
  expect(plan).toMatchObject({ code: 0, stderr: '' });
  expect(plan.stdout).toMatch(/acme {2}\+3 added 新增 {2}~0 changed 变更 {2}-0 removed 删除 {2}\(planned/);
  expect(plan.stdout).toMatch(/\+ employee {4}li {4}李四\n/);
  expect(plan.stdout).not.toContain('\x1b[');

  expect((await command('apply', path, ...here)).stdout).toContain('(done');
  expect((await command('apply', path, ...here)).stdout).toContain('nothing to do');

  writeFileSync(path, file('  - { id: wu, name: 吴五 }\n').replace('0001', '0002'));
  const changed = await command('apply', path, ...here);
  expect(changed.stdout).toMatch(/\+1 added 新增 {2}~1 changed 变更 {2}-0 removed/);
  expect(changed.stdout).toContain('~ employee  li  李四\n      mobile: +8613800000001 → +8613800000002\n');

  const out = folder.file('out.yaml');
  expect(await command('export', 'acme', '--out', out, ...here)).toMatchObject({ code: 0, stdout: '' });
  expect(readFileSync(out, 'utf8')).toContain('+8613800000002');
  const again = await command('apply', out, ...here);
  expect(again.stdout).toContain('nothing to do');
});

test('a file may come from standard input, and go to a running server', async () => {
  const server = await serveProgram(['--store', 'sqlite::memory:', '--no-demo'], { MINGCE_ADMIN_KEY: 'sesame' });
  const there = ['--server', server.url];
  const env = { MINGCE_ADMIN_KEY: 'sesame' };
  const applied = await runProgram(['apply', '-', ...there], { env, input: file() });
  expect(applied.stdout).toContain('+3 added');
  const exported = await runProgram(['export', 'acme', ...there], { env });
  expect(exported.stdout).toContain('李四');
  expect((await server.stop()).code).toBe(0);
});

test('a plan that ends with its exit code says 2 where there are changes and 0 where there are none', async () => {
  using folder = scratchFolder();
  const path = folder.file('acme.yaml');
  const here = ['--data', folder.file('data')];
  writeFileSync(path, file());
  expect((await command('apply', path, '--plan', ...here)).code).toBe(0);
  expect((await runProgram(['apply', path, '--plan', '--exit-code', ...here])).code).toBe(2);
  expect((await command('apply', path, ...here)).code).toBe(0);
  expect((await runProgram(['apply', path, '--plan', '--exit-code', ...here])).code).toBe(0);
  expect((await runProgram(['apply', path, '--exit-code', ...here])).stderr).toMatch(/--exit-code goes with --plan/);
});

test('a file that removes many people is applied only with --yes, here and on a server', async () => {
  using folder = scratchFolder();
  const path = folder.file('acme.yaml');
  const data = ['--data', folder.file('data')];
  const server = await serveProgram(['--store', 'sqlite::memory:']);
  const whole = file('  - { id: wu, name: 吴五 }\n');
  for (const there of [data, ['--server', server.url]]) {
    writeFileSync(path, whole);
    expect((await command('apply', path, ...there)).code).toBe(0);
    writeFileSync(path, file());
    const refused = await command('apply', path, ...there);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(/^mingce: The file would remove 1 of 2 employees\. .*--plan.*--yes\.\n$/);
    const plan = await command('apply', path, '--plan', ...there);
    expect(plan.stdout).toContain('- employee  wu  吴五\n');
    expect((await command('apply', path, '--yes', ...there)).stdout).toContain('-1 removed');
  }
  await server.stop();
});

test('commands find the server that has the data open, with its demo key', async () => {
  using folder = scratchFolder();
  const path = folder.file('acme.yaml');
  const data = ['--data', folder.file('data')];
  writeFileSync(path, file());
  const server = await serveProgram(data);
  const applied = await runProgram(['apply', path, ...data]);
  expect(applied).toMatchObject({
    code: 0,
    stderr: expect.stringContaining(`using --server ${server.url}.`) as string,
  });
  const headers = { authorization: 'Bearer mingce-demo-admin' };
  const there = await fetch(`${server.url}/mingce/v1/companies/acme/file`, { headers });
  expect(await there.text()).toBe((await command('export', 'acme', ...data)).stdout);
  expect((await command('check', ...data)).stdout).toContain('nothing is damaged');
  await server.stop();
  expect(readdirSync(folder.file('data')), 'its address goes with it').not.toContain('mingce.db.address');
  expect(await command('apply', path, '--plan', ...data)).toMatchObject({ code: 0, stderr: '' });
});

test('the schema of company files is JSON Schema', async () => {
  const { stdout } = await command('schema');
  expect(JSON.parse(stdout)).toMatchObject({ type: 'object', required: ['mingce', 'key', 'name'] });
});

test('help names every command and option, with examples', async () => {
  const { code, stdout } = await command('--help');
  expect(code).toBe(0);
  for (const word of ['serve', 'apply', 'export', 'schema', 'Examples 示例', '--plan', 'operations.md']) {
    expect(stdout).toContain(word);
  }
  expect((await command()).stdout).toBe(stdout);
  const serve = await command('serve', '--help');
  for (const { option } of settings.filter((setting) => 'option' in setting)) expect(serve.stdout).toContain(option);
});

test('help with a command is the same, whichever way it is asked for', async () => {
  const asOption = await command('apply', '--help');
  expect(asOption.stdout).toContain('--plan');
  expect(await command('help', 'apply')).toEqual(asOption);
  expect(await runProgram(['help'])).toEqual({ ...(await command('--help')) });
});

test('the version is the package’s', async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect((await runProgram(['--version'])).stdout).toBe(`${version}\n`);
});
