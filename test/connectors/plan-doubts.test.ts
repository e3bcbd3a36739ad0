import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { VerdictKind } from '../../src/connectors/connector.ts';
import { feishu } from '../../src/connectors/feishu/index.ts';
import { hose } from '../../src/connectors/hose/index.ts';
import { wecom } from '../../src/connectors/wecom/index.ts';
import { LineJournal, type RunEntry } from '../../src/delivery/targets/plan/run-journal.ts';
import type { Mingce } from '../../src/index.ts';
import { planFor } from '../../src/live-targets/planning.ts';
import { demo, startLive } from './live.ts';
import { applyTo, openTenant, type Opened } from './planned.ts';

/* A run that was cut off after a request was sent, or half a read: what is there is not made again. */

let platform: Mingce;
/** Catalogues may be read ten times a minute, which is fewer than here. */
const there = demo.replace('feishu:\n', 'feishu:\n  rate_limit_enabled: false\n');
const open: Opened[] = [];
beforeAll(async () => {
  platform = await startLive(there);
}, 60_000);
beforeEach(async () => {
  await platform.companies.apply('demo', there, { plan: false, request: 'test' });
});
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});
afterAll(() => platform.close());

const withDepartment = demo.replace(
  /^ {2}- \{ id: office, .*$/m,
  '$&\n  - { id: fresh, name: 新设部, parent: root, code: "900", order: 17 }',
);
const LINE = '- { id: panwei, ';
const withLeave = demo.replace(LINE, `${LINE}status: resigned, left_on: 2026-02-01, `);

describe.each([feishu, wecom, hose].map((connector) => [connector.platform, connector] as const))(
  '%s',
  (_, connector) => {
    test.each([
      ['department-create', withDepartment],
      ['leave', withLeave],
    ])(
      '%s',
      async (operation, file) => {
        expect(file).not.toBe(demo);
        const settings = { people: { leave: 'yes' }, departments: { create: 'yes' } } as const;
        const live = openTenant(connector, platform.url, file, settings);
        open.push(live);
        const plan = await planFor(live);
        expect(plan.steps.map((step) => step.operation)).toEqual([operation]);
        const lines: string[] = [];
        const report = await applyTo(live, plan, { journal: new LineJournal('', (line) => void lines.push(line)) });
        expect([report.stopped, plan.header.refused]).toEqual([null, []]);
        expect(plan.steps.filter((one) => one.isRefused)).toEqual([]);
        expect(lines.map((line) => (JSON.parse(line) as RunEntry).state)).toEqual(['sending', 'done']);

        const { call } = plan.steps[0]?.request ?? { call: '' };
        const sent = (): number => live.tally().find((one) => one.call === call)?.sent ?? 0;
        expect(sent()).toBe(1);
        const cut = new LineJournal(lines.slice(0, 1).join(''), () => undefined);
        const { stopped } = await applyTo(live, plan, { journal: cut });
        expect(sent()).toBe(1);
        // What no call finds by an id of ours is found by a read of the whole tree.
        expect(stopped).toBe(null);
        expect((await planFor(live)).steps).toEqual([]);
      },
      60_000,
    );

    test('a department that only could not be read is not made again', async () => {
      const live = openTenant(connector, platform.url, demo, { departments: { create: 'yes' } });
      open.push(live);
      const cut = (kind: VerdictKind): Opened => ({
        ...live,
        run: async (task) => {
          const result = await live.run(task);
          if (typeof result !== 'object' || result === null || !('departments' in result)) return result;
          const verdict = { kind, code: 'X', message: 'not now' };
          return { ...result, departments: [], problems: [{ call: 'departments', verdict }] };
        },
      });
      for (const kind of ['unreachable', 'trouble', 'limit', 'foreign'] as const) {
        await expect(planFor(cut(kind))).rejects.toThrow('could not be read: X not now');
      }
      const { steps } = await planFor(cut('refused'));
      expect(steps.filter(({ operation }) => operation === 'department-create')).toEqual([]);
    }, 60_000);
  },
);
