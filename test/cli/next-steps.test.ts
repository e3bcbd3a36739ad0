// What commands say to a person at a shell: what was done, and the command to type next.

import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commandsOn, scratchFolder, serveProgram, type Serving } from '../support/program.ts';

const FILE = `mingce: 1
key: acme
name: Acme
feishu: { apps: [{ app_id: cli_acme, app_secret: s }] }
employees:
  - { id: li, name: 李四, job_number: "1", mobile: "+8613800000001" }
  - { id: wu, name: 吴五, job_number: "2", mobile: "+8613800000002" }
`;

const folder = scratchFolder();
let server: Serving;
let run: ReturnType<typeof commandsOn>;

beforeAll(async () => {
  server = await serveProgram(['--store', 'sqlite::memory:', '--no-demo'], { MINGCE_ADMIN_KEY: 'sesame' });
  run = commandsOn(server, 'sesame');
  await run(['apply', '-'], FILE);
});

afterAll(async () => {
  await server.stop();
  folder[Symbol.dispose]();
});

function table(name: string, text: string): string {
  const path = folder.file(name);
  writeFileSync(path, text);
  return path;
}

test('an import that is taken back whole ends with 0, whatever was refused when it was checked, and says how many', async () => {
  const path = table('notes.csv', '工号,备注,部门\n1,好,Acme\n2,好,Nowhere\n');
  const imported = await run(['import', path]);
  expect(imported.code).toBe(2);
  const id = /^(imp-[0-9a-f]+)/.exec(imported.stdout)?.[1] ?? '';
  expect(imported.stdout).toContain(`take it back 撤销: mingce import --undo ${id} --server ${server.url}\n`);
  const undone = await run(['import', '--undo', id]);
  expect([undone.code, undone.stdout]).toEqual([
    0,
    `${id}  notes.csv  undone 已撤销\n  taken back 已撤销 1, left as they are 未撤销 0\n`,
  ]);
});

test('a table comes from standard input where its name is -', async () => {
  const planned = await run(['import', '-', '--plan', '--json'], '工号,备注\n1,来自管道\n');
  expect([planned.code, planned.stderr]).toEqual([0, '']);
  expect(JSON.parse(planned.stdout)).toMatchObject({ file: '-', counts: { rows: 1, change: 1 } });
});

test('an import that is taken back in part ends with 2', async () => {
  const path = table('part.csv', '工号,备注\n1,一\n2,二\n');
  const imported = await run(['import', path, '--json']);
  const { id } = JSON.parse(imported.stdout) as { id: string };
  await run(['bulk-edit', '--employee', 'li', '--set', 'note=later']);
  const undone = await run(['import', '--undo', id]);
  expect([undone.code, undone.stdout]).toEqual([2, expect.stringContaining('已撤销 1, left as they are 未撤销 1')]);
});

test('people who would leave are named with the option that lets them', async () => {
  const path = table('leave.csv', '工号,状态\n1,离职\n');
  const held = await run(['import', path]);
  expect([held.code, held.stdout]).toEqual([1, '']);
  expect(held.stderr).toMatch(/1 of 2 employees would leave; nothing was written\. .* --confirm 1\./);
  const strange = await run(['import', path, '--confirm', 'all']);
  expect([strange.code, strange.stderr]).toEqual([2, expect.stringMatching(/--confirm is the number .* not "all"/)]);
});

test('a stored plan is shown whole, with the address of its page and the command that applies it there', async () => {
  const planned = await run(['apply', '-', '--plan', '--keep'], FILE.replace('李四', '李思'));
  expect(planned.stdout).toContain('~ employee  li  李思');
  expect(planned.stdout).toContain(`${server.url}/console/c/acme/file/plans/pl_`);
  expect(planned.stdout).toMatch(/mingce company-plan apply acme pl_[0-9a-f]+ --server http:/);
});

test('a limit that is no number is named as such', async () => {
  expect(await run(['requests', '--limit', 'x'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--limit is a whole number') as string,
  });
});

test('a field that no change has is named, as it may be misspelt', async () => {
  const { code, stdout } = await run(['history', 'li', '--field', 'moble']);
  expect([code, stdout]).toEqual([0, expect.stringContaining('No change has a field moble; without --field')]);
});
