import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { settings } from '../../src/config.ts';
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
  expect(plan.stdout).toMatch(/\+ employee {4}li/);
  expect(plan.stdout).not.toContain('\x1b[');

  expect((await runProgram(['apply', path, ...here])).stdout).toContain('(done');
  expect((await runProgram(['apply', path, ...here])).stdout).toContain('nothing to do');

  writeFileSync(path, file('  - { id: wu, name: 吴五 }\n').replace('0001', '0002'));
  const changed = await runProgram(['apply', path, ...here]);
  expect(changed.stdout).toMatch(/\+1 added 新增 {2}~1 changed 变更 {2}-0 removed/);
  expect(changed.stdout).toMatch(/~ employee {2}li {2}mobile\n/);
  expect(changed.stdout, 'a plan names fields, never values').not.toContain('138');

  const out = folder.file('out.yaml');
  expect(await runProgram(['export', 'acme', '--out', out, ...here])).toMatchObject({ code: 0, stdout: '' });
  expect(readFileSync(out, 'utf8')).toContain('+8613800000002');
  const again = await runProgram(['apply', out, ...here]);
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

test('the schema of company files is JSON Schema', async () => {
  const { stdout } = await runProgram(['schema']);
  expect(JSON.parse(stdout)).toMatchObject({ type: 'object', required: ['mingce', 'key', 'name'] });
});

test('help names every command and option, with examples', async () => {
  const { code, stdout } = await runProgram(['--help']);
  expect(code).toBe(0);
  for (const word of ['serve', 'apply', 'export', 'schema', 'Examples 示例', '--plan', 'operations.md']) {
    expect(stdout).toContain(word);
  }
  expect((await runProgram([])).stdout).toBe(stdout);
  const serve = await runProgram(['serve', '--help']);
  for (const { option } of settings.filter((setting) => 'option' in setting)) expect(serve.stdout).toContain(option);
});

test('help with a command is the same, whichever way it is asked for', async () => {
  const asOption = await runProgram(['apply', '--help']);
  expect(asOption.stdout).toContain('--plan');
  expect(await runProgram(['help', 'apply'])).toEqual(asOption);
  expect(await runProgram(['help'])).toEqual(await runProgram(['--help']));
});

test('the version is the package’s', async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect((await runProgram(['--version'])).stdout).toBe(`${version}\n`);
});
