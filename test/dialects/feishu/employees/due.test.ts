import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DueItem } from '../../../../src/dialects/dialect-facts.ts';
import { feishu } from '../../../../src/dialects/feishu/index.ts';
import { openTestDirectory, START_TIME, type TestDirectory } from '../../../support/test-directory.ts';

/* What becomes due of people who left, on both sides of each limit. */

const DAY = 86_400_000;

let directory: TestDirectory;
beforeEach(async () => {
  directory = await openTestDirectory({
    companies: [
      `
mingce: 1
key: acme
name: Acme
feishu:
  exit_to_resign_days: 30
  resurrect_days: 10
  mail_recycle_days: 20
  mail_recycle_bin: [{ address: old@acme.example, since: "2026-01-01T00:00:00Z" }]
  apps: [{ app_id: cli_acme, app_secret: s }]
departments: [{ id: root, name: Acme, code: "001" }]
employees:
  - { id: out, name: 出走, mobile: "+8613800000001", activation: exited, feishu: { exited_at: "2026-01-01T00:00:00Z" } }
  - { id: gone, name: 离职, mobile: "+8613800000002", status: resigned, left_on: "2026-01-03", activation: exited }
  - { id: long-gone, name: 早走, mobile: "+8613800000003", status: resigned, left_on: "2020-01-03", activation: exited }
`,
    ],
  });
});
afterEach(() => directory.close());

async function due(from: number, to: number): Promise<readonly DueItem[]> {
  const tenant = await directory.store.tenantByKey('acme');
  if (tenant === null) throw new Error('the company was applied');
  return await directory.store.read(() => feishu.facts.due(tenant, from, to));
}

test.each([
  ['the resignation of who exited', 'exit', 'out', 'out', '2026-01-31T00:00:00Z', 'resigned'],
  ['the end of the days in which somebody may return', 'return', 'gone', 'gone', '2026-01-13T16:00:00Z', 'too late'],
  ['an address that leaves the recycle bin', 'recycled-mail', 'old@acme.example', null, '2026-01-21T00:00:00Z', 'free'],
])('%s is due at its time and not before', async (_what, kind, subject, employee, instant, is) => {
  const at = Date.parse(instant);
  expect(await due(START_TIME, at - 1)).not.toContainEqual(expect.objectContaining({ kind }));
  expect(await due(at - 1, at)).toEqual([
    { at, kind, subject, ...(employee !== null && { employee }), was: expect.any(String) as string, is },
  ]);
  expect(await due(at, at + DAY)).not.toContainEqual(expect.objectContaining({ kind, subject }));
});
