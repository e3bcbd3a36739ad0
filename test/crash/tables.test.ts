import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { ImportView } from '../../src/company/tables/contract.ts';
import { serveProgram, type Serving } from '../support/program.ts';

const ROWS = 1_500;

test('an import that is killed while it writes goes on where it ended, and no row is written twice', async () => {
  const data = mkdtempSync(join(tmpdir(), 'mingce-killed-import-'));
  try {
    let serving = await serveProgram(['--data', data]);
    const lines = Array.from(
      { length: ROWS },
      (_none, row) => `员工${String(row)},${String(row).padStart(6, '0')},139${String(10_000_000 + row)}`,
    );
    const table = `姓名,工号,手机\n${lines.join('\n')}\n`;
    const { id } = await asked<ImportView>(serving, 'POST', '/imports?name=t.csv', table);
    await asked(serving, 'POST', `/imports/${id}/check`);
    const checked = await until(serving, id, ({ state }) => state !== 'checking');
    expect(checked.counts).toMatchObject({ rows: ROWS, add: ROWS, refused: 0 });
    await asked(serving, 'POST', `/imports/${id}/apply`);
    await until(serving, id, ({ progress }) => progress.done > 0);
    await serving.stop('SIGKILL');
    serving = await serveProgram(['--data', data]);
    const killed = await asked<ImportView>(serving, 'GET', `/imports/${id}`);
    expect(killed.state).toBe('paused');
    expect(killed.progress.done).toBeLessThan(ROWS);
    await asked(serving, 'POST', `/imports/${id}/resume`);
    expect(await until(serving, id, ({ state }) => state !== 'applying')).toMatchObject({
      state: 'applied',
      applied: ROWS,
      failed: 0,
    });
    const changes = await changesOf(serving);
    expect(changes).toHaveLength(ROWS);
    expect(new Set(changes).size).toBe(ROWS);
    await asked(serving, 'POST', `/imports/${id}/undo`);
    expect(await until(serving, id, ({ state }) => state !== 'undoing')).toMatchObject({ state: 'undone', kept: 0 });
    await serving.stop();
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}, 120_000);

/** The employees of all changes that imports made. */
async function changesOf(serving: Serving): Promise<readonly string[]> {
  const employees: string[] = [];
  for (let before: number | null | undefined; before !== null;) {
    const query: string = before === undefined ? '' : `&before=${String(before)}`;
    const page: { readonly changes: readonly { readonly employee: string }[]; readonly next: number | null } =
      await asked(serving, 'GET', `/changes?limit=1000&platform=import${query}`);
    employees.push(...page.changes.map(({ employee }) => employee));
    before = page.next;
  }
  return employees;
}

async function until(serving: Serving, id: string, isThere: (view: ImportView) => boolean): Promise<ImportView> {
  for (;;) {
    const view = await asked<ImportView>(serving, 'GET', `/imports/${id}`);
    if (isThere(view)) return view;
    await setTimeout(2);
  }
}

async function asked<Answer>({ url }: Serving, method: string, path: string, body?: string): Promise<Answer> {
  const answer = await fetch(`${url}/mingce/v1/companies/demo${path}`, {
    method,
    headers: { Authorization: 'Bearer mingce-demo-admin' },
    ...(body === undefined ? {} : { body }),
  });
  const text = await answer.text();
  expect([200, 201], text).toContain(answer.status);
  return JSON.parse(text) as Answer;
}
