import { expect, test } from 'vitest';
import { commandsOn, serveProgram } from '../support/program.ts';

const FILE = `mingce: 1
key: acme
name: Acme
departments:
  - { id: root, name: Acme }
  - { id: lab, name: Lab, parent: root }
employees:
  - { id: li, name: 李四, departments: [root], mobile: "+8613800000001" }
  - { id: wu, name: 吴五, departments: [root], mobile: "+8613800000002" }
`;

test('many people are changed from a shell: a plan first, then at once, with the number of those who leave, and taken back', async () => {
  const server = await serveProgram(['--store', 'sqlite::memory:', '--no-demo'], { MINGCE_ADMIN_KEY: 'sesame' });
  const run = commandsOn(server, 'sesame');
  await run(['apply', '-'], FILE);
  const planned = await run(['bulk-edit', '--everyone', '--set', 'departments=lab', '--plan', '--json']);
  expect(JSON.parse(planned.stdout)).toMatchObject({ state: 'checked', counts: { rows: 2, change: 2 } });
  const moved = await run([
    'bulk-edit',
    '--employee',
    'li',
    '--set',
    'departments=lab',
    '--set',
    'note=moved',
    '--json',
  ]);
  const { id, state, applied } = JSON.parse(moved.stdout) as { id: string; state: string; applied: number };
  expect([moved.code, state, applied]).toEqual([0, 'applied', 1]);
  expect((await run(['export', 'acme'])).stdout).toContain('moved');
  const leave = ['bulk-edit', '--status', 'regular', '--set', 'status=离职'];
  expect((await run(leave)).stderr).toContain('2 of 2 employees would leave');
  expect((await run([...leave, '--confirm', '2'])).code).toBe(0);
  expect((await run(['import', '--undo', id, '--json'])).code).toBe(0);
  expect((await run(['export', 'acme'])).stdout).not.toContain('moved');
  const vague = await run(['bulk-edit', '--set', 'note=x']);
  expect([vague.code, vague.stderr]).toEqual([2, expect.stringContaining('--everyone')]);
  await server.stop();
}, 120_000);
