import { describe, expect, test } from 'vitest';
import { LIFE_EVENTS, INITIAL_STATE, transition, type LifeEvent, type LifecycleState } from './lifecycle.ts';

const STATUSES = ['probation', 'regular', 'pre-resigned', 'resigned', 'pre-hire', 'pre-hire-cancelled'] as const;
const ACTIVATIONS = ['not-joined', 'not-activated', 'active', 'exited'] as const;

const standings: readonly LifecycleState[] = STATUSES.flatMap((status) =>
  ACTIVATIONS.flatMap((activation) => [true, false].map((frozen) => ({ status, activation, frozen }))),
);

/** The table of the contract's section 4.9, with the platform's numbers: staff, active (before a freeze), frozen. */
const HERE = ['1', '5'];
const TABLE: Readonly<Record<LifeEvent, { staff: string[]; active: string[]; frozen: boolean[]; to: object }>> = {
  'accept-invitation': { staff: HERE, active: ['5'], frozen: [false], to: { activation: 'not-activated' } },
  'log-in': { staff: HERE, active: ['1'], frozen: [false], to: { activation: 'active' } },
  'leave-workspace': { staff: HERE, active: ['1', '2'], frozen: [false], to: { activation: 'exited' } },
  'change-contact': { staff: HERE, active: ['1', '5'], frozen: [false], to: { activation: 'not-joined' } },
  freeze: { staff: HERE, active: ['1', '2', '5'], frozen: [false], to: { frozen: true } },
  unfreeze: { staff: HERE, active: ['1', '2', '5'], frozen: [true], to: { frozen: false } },
  'to-be-resigned': { staff: ['1'], active: ['1', '2', '5'], frozen: [true, false], to: { status: 'pre-resigned' } },
  regular: { staff: ['5'], active: ['1', '2', '5'], frozen: [true, false], to: { status: 'regular' } },
  resign: { staff: HERE, active: ['1', '2', '4', '5'], frozen: [true, false], to: { status: 'resigned' } },
  resurrect: { staff: ['2'], active: ['1', '2', '4', '5'], frozen: [true, false], to: { status: 'regular' } },
};
const STAFF = { probation: '1', regular: '1', resigned: '2', 'pre-hire': '3', 'pre-hire-cancelled': '4' } as const;
const ACTIVE = { 'not-activated': '1', active: '2', exited: '4', 'not-joined': '5' } as const;

describe.each(LIFE_EVENTS)('%s', (event) => {
  const { staff, active, frozen, to } = TABLE[event];
  test.each(standings)('from %o', (standing) => {
    const number = standing.status === 'pre-resigned' ? '5' : STAFF[standing.status];
    const isEdge =
      staff.includes(number) && active.includes(ACTIVE[standing.activation]) && frozen.includes(standing.frozen);
    expect(transition(standing, event)).toEqual(isEdge ? to : null);
  });
});

test('only a new employee has a state without a transition into it', () => {
  expect(INITIAL_STATE).toEqual({ status: 'regular', activation: 'not-joined', frozen: false });
  const reached = new Set<string>();
  const open = [INITIAL_STATE];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    const key = JSON.stringify([one.status, one.activation, one.frozen]);
    if (reached.has(key)) continue;
    reached.add(key);
    for (const event of LIFE_EVENTS) open.push({ ...one, ...transition(one, event) });
  }
  // In service, leaving or gone; each with every activation, and frozen unless exited.
  expect(reached.size).toBe(3 * (4 + 3));
});
