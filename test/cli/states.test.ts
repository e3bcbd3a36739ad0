import { expect, test } from 'vitest';
import { commandsOn, serveProgram } from '../support/program.ts';

const FILE = `mingce: 1\nkey: acme\nname: Acme\nemployees:\n  - { id: li, name: 李四, mobile: "+8613800000001" }\n`;

test('a state of a company is kept, compared, put back and copied from a shell', async () => {
  const server = await serveProgram(['--store', 'sqlite::memory:', '--no-demo'], { MINGCE_ADMIN_KEY: 'sesame' });
  const run = commandsOn(server, 'sesame');
  await run(['apply', '-'], FILE);
  expect((await run(['snapshot', 'take', 'acme', 'before'])).stdout).toContain('before was taken');
  await run(['apply', '-'], `${FILE}  - { id: wu, name: 吴五 }\n`);
  expect((await run(['diff', 'acme', 'before'])).stdout).toBe('+ employee wu\n');
  expect((await run(['snapshot', 'restore', 'acme', 'before'])).stdout).toContain(
    'before was put back; 1 employee changed',
  );
  expect((await run(['diff', 'acme', 'before'])).stdout).toContain('Nothing differs');
  const reset = await run(['reset', 'acme', '--json']);
  expect(JSON.parse(reset.stdout)).toMatchObject({ name: '@applied', employees: 1, left: [] });
  expect((await run(['fork', 'acme', 'copy'])).stdout).toContain('copy is a copy of acme');
  expect((await run(['snapshot', 'list', 'acme'])).stdout).toMatch(/^\S+ {2}@applied\n\S+ {2}before\n$/);
  const refused = await run(['fork', 'acme', 'copy']);
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('There is a company "copy" already')]);
  expect((await run(['snapshot', 'lose', 'acme'])).stderr).toContain('take, list, restore, remove');

  // A name that there is not is refused with those that there are.
  const unknown = async (...args: string[]): Promise<string> => (await run(args)).stderr;
  expect(await unknown('snapshot', 'restore', 'acme', 'befor')).toContain('of this name; did you mean before.');
  expect(await unknown('snapshot', 'remove', 'acme', 'x')).toContain('of this name; there are before.');
  expect(await unknown('diff', 'acme', 'befroe')).toContain('did you mean before');
  expect(await unknown('snapshot', 'remove', 'copy', 'x')).toContain('of this name; there is none.');
  expect(await unknown('company-plan', 'show', 'acme', 'pl_1')).toContain('There is no such plan');

  // A plan is stored, looked at, and applied by its id, once.
  const kept = (
    await run(['apply', '-', '--plan', '--keep'], `${FILE}  - { id: wu, name: 吴五 }\n  - { id: qi, name: 齐六 }\n`)
  ).stdout;
  const [id = ''] = /pl_[0-9a-f]+/.exec(kept) ?? [];
  expect(kept).toContain(`mingce company-plan apply acme ${id}`);
  expect((await run(['company-plan', 'show', 'acme', id, '--find', '齐六'])).stdout).toContain('qi');
  expect(await run(['company-plan', 'apply', 'acme', id])).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('applied 已应用') as string,
  });
  expect((await run(['company-plan', 'list', 'acme'])).stdout).toMatch(/ {2}\+1 ~0 -0 {2}applied/);
  const twice = await run(['company-plan', 'apply', 'acme', id]);
  expect([twice.code, twice.stderr]).toEqual([1, expect.stringContaining('only one that is ready can be applied')]);
  expect(await unknown('company-plan', 'show', 'acme', 'x')).toContain(`there are ${id}.`);
  // One for a state that is no more is not said to be ready.
  await run(['apply', '-', '--plan', '--keep'], `${FILE}  - { id: wu, name: 吴六 }\n`);
  expect((await run(['company-plan', 'list', 'acme'])).stdout).toContain('ready 待应用');
  await run(['apply', '-', '--yes'], FILE.replace('李四', '李思'));
  expect((await run(['company-plan', 'list', 'acme'])).stdout).toMatch(/out of date: .*\n.*applied/);
  expect((await run(['company-plan', 'erase', 'acme', id])).stdout).toContain('was erased');
  expect((await run(['company-plan', 'show', 'acme', id])).stderr).toContain('There is no such plan');
  await server.stop();
}, 120_000);
