import { expect, test } from 'vitest';
import { planTable } from './plan-table.ts';

const shown = { planned: true, colour: false };

test('a plan shows names, and the values of each field that changes', () => {
  const steps = [
    { action: 'change', kind: 'app', id: 'cli', fields: ['secret_hash'] },
    {
      action: 'change',
      kind: 'employee',
      id: 'li',
      name: '李四',
      fields: ['mobile', 'departments'],
      values: { mobile: [null, '+8613800000001'], departments: [['rd'], ['rd', 'qa']] },
    },
    { action: 'remove', kind: 'employee', id: 'wu', name: '吴五', fields: [] },
  ] as const;
  const lines = planTable({ company: 'acme', state: 'absent', present: 2, steps }, shown).split('\n').slice(1);
  expect(lines).toEqual([
    '  ~ app       cli',
    '      secret_hash',
    '  ~ employee  li  李四',
    '      mobile: — → +8613800000001',
    '      departments: ["rd"] → ["rd","qa"]',
    '  - employee  wu  吴五',
    '',
  ]);
});

test('nothing that people wrote steers the terminal', () => {
  const step = { action: 'remove', kind: 'employee', id: 'li', name: 'Li\x1b[2J\r', fields: [] } as const;
  expect(planTable({ company: 'acme', state: 'absent', present: 2, steps: [step] }, shown)).not.toMatch(/[^\P{Cc}\n]/u);
});
