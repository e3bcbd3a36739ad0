import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startMingce } from '../../src/index.ts';
import { command } from '../support/command.ts';
import { runProgram, scratchFolder } from '../support/program.ts';

const KEY = 'companies-key-of-a-test';
const file = (key: string): string =>
  `mingce: 1\nkey: ${key}\nname: 恒信\nfeishu: { apps: [{ app_id: cli_${key}, app_secret: s }] }\ndepartments:\n  - { id: root, name: 恒信 }\nemployees:\n  - { id: li, name: 李四 }\n  - { id: wu, name: 吴五, status: resigned, left_on: "2025-01-01" }\n`;

const summary = (key: string): object => ({
  key,
  name: '恒信',
  state: 'in-use',
  employees: 1,
  departments: 1,
  apps: [{ platform: 'feishu', app: `cli_${key}` }],
});

test('companies are listed, shown and deleted, of a data folder', async () => {
  using folder = scratchFolder();
  const here = ['--data', folder.file('data')];
  expect((await command('list', ...here)).stdout).toContain('There is no company yet');
  for (const key of ['one', 'two']) {
    writeFileSync(folder.file(`${key}.yaml`), file(key));
    await command('apply', folder.file(`${key}.yaml`), ...here);
  }
  expect((await command('list', ...here)).stdout).toMatch(/^key 标识 .*\none +恒信 +1 +1 +1\ntwo /);
  expect(JSON.parse((await command('list', '--json', ...here)).stdout)).toEqual({
    companies: [summary('one'), summary('two')],
  });
  expect((await command('show', 'one', ...here)).stdout).toContain('app 应用          feishu  cli_one\n');
  for (const verb of ['show', 'export', 'delete']) {
    const { code, stderr } = await command(verb, 'tow', ...here);
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/no company "tow" here; did you mean two\? mingce list /),
    ]);
    const elsewhere = await command(verb, 'two', '--data', folder.file('elsewhere'));
    expect(elsewhere.stderr).toMatch(/no company "two" here, nor any other; .*--data/);
  }
  const unserved = await command('history', '--company', 'one', ...here);
  expect(unserved.stderr).toContain(`Start it with mingce serve --data ${folder.file('data')}, or add --server`);
  // Without a terminal there is no one to ask.
  const unasked = await runProgram(['delete', 'one', ...here]);
  expect(unasked).toMatchObject({ code: 1, stdout: '' });
  expect(unasked.stderr).toContain('add --yes if it is meant');
  expect((await command('delete', 'one', '--yes', ...here)).stdout).toContain('Removed company one, 1 person');
  expect((await command('list', ...here)).stdout).not.toContain('one');
});

test('a folder that is given is meant, also where the environment names a store', async () => {
  using folder = scratchFolder();
  writeFileSync(folder.file('one.yaml'), file('one'));
  const env = { MINGCE_STORE: `sqlite:${folder.file('live.db')}` };
  await runProgram(['apply', folder.file('one.yaml')], { env });
  const deleted = await runProgram(['delete', 'one', '--yes', '--data', folder.file('scratch')], { env });
  expect([deleted.code, deleted.stderr]).toEqual([1, expect.stringContaining('no company "one" here')]);
  expect((await runProgram(['list'], { env })).stdout).toContain('one');
  const both = await command('list', '--data', folder.file('scratch'), '--store', 'sqlite::memory:');
  expect([both.code, both.stderr]).toEqual([
    2,
    expect.stringContaining("cannot be used with option '--data <folder>'"),
  ]);
});

test('and of a running server', async () => {
  await using mingce = await startMingce({ companies: [file('one')], adminKey: KEY });
  const there = ['--server', mingce.url, '--admin-key', KEY];
  expect(JSON.parse((await command('show', 'one', '--json', ...there)).stdout)).toEqual(summary('one'));
  const ofField = async (name: string): Promise<string> =>
    (await command('history', '--company', 'one', '--field', name, ...there)).stdout;
  expect(await ofField('name')).toMatch(/李四/);
  expect(await ofField('alias')).toContain('No change has a field alias');
  expect((await command('delete', 'one', '--yes', '--json', ...there)).stdout).toBe('{"removed":"one"}\n');
  expect(await mingce.companies.keys()).toEqual([]);
  expect((await command('show', 'one', ...there)).stderr).toContain('There is no company "one" here, nor any other');
});

test('a shell completes commands and their options', async () => {
  const { stdout: script } = await command('completion', 'bash');
  const ask = (...words: readonly string[]): readonly string[] => {
    const line = `COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${String(words.length - 1)}; _mingce; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return spawnSync('bash', ['--norc', '-c', `${script}\n${line}`], { encoding: 'utf8' })
      .stdout.trim()
      .split('\n');
  };
  expect(ask('mingce', 'und')).toEqual(['undo']);
  expect(ask('mingce', 'undo', '--fi')).toEqual(['--field']);
  expect(ask('mingce', 'apply', '')).toEqual(['']);
  expect((await command('completion', 'zsh')).stdout).toContain('#compdef mingce');
  expect((await command('completion', 'fish')).stdout).toContain('-n __fish_use_subcommand -a undo');
  expect(await command('completion', 'tcsh')).toMatchObject({ code: 2 });
});
