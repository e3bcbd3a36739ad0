import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { command } from '../support/command.ts';
import { runProgram, scratchFolder } from '../support/program.ts';

test('an invented company in the store is the one of its file, whose mistakes nobody finds', async () => {
  using folder = scratchFolder();
  const here = ['--data', folder.file('data')];
  const file = folder.file('big.yaml');
  const some = ['generate', '--employees', '400', '--key', 'big', '--seed', '7'];
  const loaded = await runProgram([...some, ...here]);
  expect(loaded).toMatchObject({ code: 0 });
  expect(loaded.stderr, 'a line, and no bar, where there is no terminal').toMatch(/^400 \/ 400 employees .*\n$/);
  for (const credential of ['cli_generated_big', 'ww_generated_big', 'generated-big', 'mingce-generated-secret']) {
    expect(loaded.stdout).toContain(credential);
  }
  expect(await command(...some, '--out', file)).toMatchObject({ code: 0, stdout: '' });
  expect((await command('apply', file, '--plan', ...here)).stdout).toContain('nothing to do');
  expect((await runProgram([...some, '--out', '-'])).stdout).toBe(readFileSync(file, 'utf8'));
});

test('a company that is there is kept unless it is to be replaced', async () => {
  using folder = scratchFolder();
  const several = ['generate', '--employees', '3', '--companies', '4', '--data', folder.file('data')];
  expect((await command(...several)).stdout).toContain('generated-1 … generated-4');
  const again = await command(...several);
  expect(again).toMatchObject({ code: 1 });
  expect(again.stderr).toMatch(
    /There is a company "generated-[1-4]" already; choose another --key, or add --replace\.\n$/,
  );
  expect(await command(...several, '--replace')).toMatchObject({ code: 0 });
});

test('what cannot be generated is refused in one sentence', async () => {
  const refused = async (...args: string[]): Promise<string> => {
    const { code, stderr } = await command('generate', ...args);
    expect(code).toBeGreaterThan(0);
    return stderr;
  };
  expect(await refused()).toMatch(/--employees/);
  expect(await refused('--employees', 'many')).toMatch(/whole number from 1 to 10,000,000, not "many"/);
  expect(await refused('--employees', '5', '--key', 'A b')).toMatch(/--key is/);
  expect(await refused('--employees', '5', '--companies', '2', '--out', 'x')).toMatch(/one company/);
});
