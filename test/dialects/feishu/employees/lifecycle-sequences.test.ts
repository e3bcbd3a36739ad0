import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Answer } from '../../../support/test-directory.ts';
import { LEAVING, lifeIn, named, openLifecycleClient, type LifecycleClient } from './lifecycle-client.ts';

/*
 * Random sequences of operations on people: each answer is the one that the machine of the contract's section 4.9 has
 * there, and reads never show a state outside of it. The model is written independently here.
 */

/**
 * PostgreSQL gets them with `npm run soak:engines` alone: the machine is the dialect's, and a step takes five times as long there.
 */
const RUNS = 60;
/** The same sequences each time, so that each step is surely both taken and refused; MINGCE_FUZZ_SEED makes others. */
const SEED = Number(process.env['MINGCE_FUZZ_SEED'] ?? 20_261_121);
const STEPS = 180;

/** What the model knows of somebody. */
interface Person {
  staff: 1 | 2 | 5;
  /** What reads show while nothing is frozen. */
  active: 1 | 2 | 4 | 5;
  frozen: boolean;
  resurrectedAt: number | null;
  leftDay: number;
}

const person = (active: Person['active']): Person => ({
  staff: 1,
  active,
  frozen: false,
  resurrectedAt: null,
  leftDay: 0,
});

/** The people of the company at the start; `boss` is the founder. */
const first = (): Map<string, Person> =>
  new Map([
    ['boss', person(2)],
    ['ann', person(2)],
    ['off', person(4)],
    ['new', person(1)],
  ]);

const MINUTE = 60_000;
const DAY = 86_400_000;
const dayOf = (at: number): number => Math.floor((at + 8 * 60 * MINUTE) / DAY);

/** One kind of step: what it sends, and the code that the model has for it; 0 changes the model. */
interface Move {
  send(life: LifecycleClient, id: string, number: number): Promise<Answer>;
  expected(one: Person, id: string, at: number): number;
  change(one: Person, at: number): void;
}

const RECORD = 2224002;
const frozenMove = (frozen: boolean): Move => ({
  send: (life, id) => life.client.patch(id, { is_frozen: frozen }),
  expected: (one, id) => {
    if (one.active === 4) return RECORD;
    if (one.frozen === frozen) return 0;
    if (one.staff === 2) return RECORD;
    return frozen && id === 'boss' ? 2221182 : 0;
  },
  change: (one) => void (one.frozen = frozen),
});

const MOVES: Readonly<Record<string, Move>> = {
  patch: {
    send: (life, id, number) => life.client.patch(id, { description: String(number) }),
    expected: (one) => (one.active === 4 ? RECORD : 0),
    change: () => undefined,
  },
  contact: {
    send: (life, id, number) => life.client.patch(id, { email: `${id}-${String(number)}@inn.example` }),
    expected: (one) => (one.active === 4 || one.staff === 2 ? RECORD : 0),
    change: (one) => {
      if (!one.frozen && one.active === 1) one.active = 5;
    },
  },
  freeze: frozenMove(true),
  unfreeze: frozenMove(false),
  leaving: {
    send: (life, id) => life.toBeResigned(id, { ...LEAVING, resign_date: '2027-01-01' }),
    expected: (one) => (one.active === 4 ? RECORD : one.staff === 1 ? 0 : 2221246),
    change: (one) => void (one.staff = 5),
  },
  regular: {
    send: (life, id) => life.regular(id),
    expected: (one) => (one.active === 4 ? RECORD : one.staff === 5 ? 0 : 2221246),
    change: (one) => void (one.staff = 1),
  },
  resign: {
    send: (life, id) => life.resign(id),
    expected: (one, id, at) => {
      if (one.staff === 2) return 2221246;
      if (id === 'boss') return 2221183;
      return one.resurrectedAt !== null && at - one.resurrectedAt < 60 * MINUTE ? 2221185 : 0;
    },
    change: (one, at) => {
      one.staff = 2;
      one.leftDay = dayOf(at);
      one.resurrectedAt = null;
    },
  },
  resurrect: {
    send: (life, id) => life.resurrect(id),
    expected: (one, _id, at) => (one.staff === 2 && dayOf(at) - one.leftDay <= 30 ? 0 : RECORD),
    change: (one, at) => {
      one.staff = 1;
      one.resurrectedAt = at;
    },
  },
};

const PEOPLE = ['boss', 'ann', 'off', 'new', 'p1', 'p2'] as const;
const steps = fc.array(
  fc.record({
    move: fc.constantFrom('create', ...Object.keys(MOVES)),
    id: fc.constantFrom(...PEOPLE),
    pause: fc.constantFrom(1, 1, 1, 1, MINUTE, 30 * MINUTE, 61 * MINUTE, DAY, 31 * DAY),
  }),
  { minLength: STEPS, maxLength: STEPS },
);

/** A mobile of each one's own. */
const mobileOf = (id: string): string => `+861319999900${String(PEOPLE.findIndex((one) => one === id))}`;

/** How often each step was answered with each code. */
const tally = new Map<string, number>();
let taken = 0;

test('no sequence of steps leaves the machine', { timeout: 300_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      let life = await openLifecycleClient({
        more: '- { id: off, name: Off, activation: exited }\n- { id: new, name: New, activation: not-activated }',
      });
      const { directory } = life;
      const model = first();
      let session = directory.clock.now();
      for (const [number, { move, id, pause }] of sequence.entries()) {
        directory.clock.advance(pause);
        const at = directory.clock.now();
        // A token is returned again until half an hour is left of it.
        if (at - session > 20 * MINUTE) {
          life = await lifeIn(directory, ['cli_one', 'one']);
          session = at;
        }
        const one = model.get(id);
        const made = { ...named(id), custom_employee_id: id, mobile: mobileOf(id) };
        const step = MOVES[move];
        const answer = await (step === undefined ? life.create(made) : step.send(life, id, number));
        const code =
          step === undefined
            ? one === undefined || one.staff === 2
              ? 0
              : // Who was there from the start has another mobile.
                ['p1', 'p2'].includes(id) || isMade.has(one)
                ? 2221103
                : 2221115
            : one === undefined
              ? 99992360
              : step.expected(one, id, at);
        expect([number, move, id, answer.json.code, answer.status]).toEqual([
          number,
          move,
          id,
          code,
          code === 0 ? 200 : 400,
        ]);
        tally.set(`${move} ${String(code)}`, (tally.get(`${move} ${String(code)}`) ?? 0) + 1);
        taken++;
        if (code === 0 && step === undefined) {
          const fresh = person(5);
          isMade.add(fresh);
          model.set(id, fresh);
        } else if (code === 0 && one !== undefined) step?.change(one, at);
        const now = model.get(id);
        if (now === undefined) continue;
        const shown = await life.standing(id);
        expect([number, ...shown]).toEqual([number, now.staff, now.frozen ? 3 : now.active, now.staff === 2]);
      }
      await directory.close();
    }),
    { numRuns: RUNS, seed: SEED, endOnFailure: true },
  );
  expect(taken).toBe(RUNS * STEPS);
  // Each step was both taken and refused, or it proves little.
  const wanted = ['create', ...Object.keys(MOVES)].flatMap((move) => [`${move} 0`]);
  expect(wanted.filter((key) => (tally.get(key) ?? 0) < 10)).toEqual([]);
  for (const code of [2221103, 2221115, 2221182, 2221183, 2221185, 2221246, RECORD])
    expect([...tally.keys()].filter((key) => key.endsWith(` ${String(code)}`))).not.toEqual([]);
});

/** Who was created, and so has the mobile of the id. */
const isMade = new WeakSet<Person>();
