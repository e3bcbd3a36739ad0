import { expect, test } from 'vitest';
import { wecom } from '../../src/connectors/wecom/index.ts';
import { planFor } from '../../src/live-targets/planning.ts';
import { LineJournal } from '../../src/delivery/targets/plan/run-journal.ts';
import { demo, startLive } from './live.ts';
import { applyTo, openTenant } from './planned.ts';

const ours = demo.replace(
  '\nemployees:\n',
  '\nemployees:\n  - { id: xinren, name: 新人, mobile: "13900008888", job_number: "X-88", departments: [rd] }\n',
);

test.each([[[null]], [['surprise', null]]])(
  'who cannot be made as the tenant is full gets no roster either, also where a run goes on: %j',
  async (ends) => {
    expect(ours).not.toBe(demo);
    await using platform = await startLive(demo, { sandbox: 'on' });
    await using live = openTenant(wecom, platform.url, ours, {
      people: { create: 'yes' },
      authority: { jobNumber: 'ours' },
    });
    const plan = await planFor(live);
    const mine = plan.steps.filter(({ subjects }) => subjects.some(({ subject }) => subject === 'xinren'));
    expect(mine.map(({ operation, isRefused }) => [operation, isRefused])).toEqual([
      ['create', false],
      ['create', false],
    ]);
    const match = { platform: 'wecom', operation: 'user.create' } as const;
    await platform.company('demo').faults.add({ match, effect: { code: '45024' } });

    const journal = new LineJournal('', () => undefined);
    const reports = [];
    for (const end of ends) reports.push(await applyTo(live, plan, { journal, options: { goesOn: end === null } }));

    expect(reports.map(({ stopped }) => stopped?.why ?? null)).toEqual(ends);
    expect(reports.at(-1)?.left).toEqual([mine[1]?.n]);
    const roster = live.tally().find(({ call }) => call.includes('update_staff_info'));
    expect(roster?.sent ?? 0).toBe(0);
  },
  60_000,
);
