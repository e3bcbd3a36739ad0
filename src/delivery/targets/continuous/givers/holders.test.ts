import { expect, test } from 'vitest';
import type { Delivery, Link } from '../../../../directory/targets/target-store.ts';
import type { Context } from '../context.ts';
import { stillOf } from '../kept.ts';
import { Blocked } from './freed.ts';
import { takenFrom } from './holders.ts';

type Open = Pick<Delivery, 'subject' | 'outcome' | 'intent'>;

const held = (subject: string, by: string): Open => ({
  subject,
  intent: null,
  outcome: { reason: 'held', code: null, fields: { mobile: stillOf(by) } },
});
const link = (subject: string, mobile: string): Link =>
  ({
    kind: 'employee',
    subject,
    liveId: `live ${subject}`,
    state: 'linked',
    base: { mobile },
    baseAt: 5,
  }) as unknown as Link;

/** A tenant in which the giver has the mobile 1; the log was read up to change 10. */
function tenant(open: readonly Open[], newest: number, closed: readonly Delivery[] = []): Context {
  const links = [link('giver', '1'), link('taker', '2')];
  return {
    target: { id: 't', cursor: 10 },
    tenant: { number: 1, parts: { departments: [], customFields: [], catalogs: [] } },
    setup: {},
    now: () => 0,
    store: {
      read: () => Promise.resolve({ newest: new Map([['giver', newest]]), records: new Map() }),
      targets: {
        linksByLiveId: () => Promise.resolve([link('giver', '1')]),
        linksOf: (_: string, asked: readonly { subject: string }[]) =>
          Promise.resolve(links.filter((one) => asked.some(({ subject }) => subject === one.subject))),
        deliveries: (_: string, { subject }: { subject?: { subject: string } }) =>
          Promise.resolve(subject === undefined ? closed : open.filter((one) => one.subject === subject.subject)),
      },
    },
    live: {
      writes: { find: (_: string, [value]: readonly [string]) => ({ matches: new Map([[value, ['live giver']]]) }) },
      run: (found: unknown) => Promise.resolve(found),
    },
  } as unknown as Context;
}

const isComing = async (context: Context): Promise<boolean | undefined> =>
  (await takenFrom(context, 'taker', { mobile: { from: '2', to: '1' } }, []))?.isComing;

test('a value comes while the change of the colleague who has it is in the log or open, and not afterwards', async () => {
  expect(await isComing(tenant([], 11))).toBe(true);
  expect(await isComing(tenant([{ subject: 'giver', intent: null, outcome: null }], 9))).toBe(true);
  expect(await isComing(tenant([], 9))).toBe(false);
  expect((await takenFrom(tenant([], 9), 'taker', { mobile: { to: '1' } }, []))?.fields).toEqual({
    mobile: 'still-of giver',
  });
});

test('it does not come from a colleague who waits for the employee in turn', async () => {
  expect(await isComing(tenant([held('giver', 'third'), held('third', 'taker')], 9))).toBe(false);
  expect(await isComing(tenant([held('giver', 'third'), held('third', 'giver')], 9))).toBe(true);
});

test('a refusal of another field is no matter of colleagues', async () => {
  const verdict = { subject: 'taker', field: null, fate: 'refused', code: '1', message: '', cause: 'name' } as const;
  expect(await takenFrom(tenant([], 9), 'taker', { mobile: { to: '1' } }, [verdict])).toBeNull();
});

test('who was left without a value is known to the next driver, and looked at where the colleague was brought further', async () => {
  const letter = (updatedAt: number): Delivery =>
    ({ ...held('taker', 'giver'), id: 'd', state: 'dead', plan: null, updatedAt }) as unknown as Delivery;
  const opened: string[] = [];
  const begun = async (updatedAt: number): Promise<readonly string[]> => {
    opened.length = 0;
    const context = tenant([letter(updatedAt)], 9, [letter(updatedAt)]);
    Object.assign(context.store.targets, {
      open: (_: unknown, fresh: readonly { subject: string }[]) => {
        opened.push(...fresh.map(({ subject }) => subject));
        return Promise.resolve([]);
      },
    });
    const blocked = new Blocked();
    await blocked.begin(context);
    await blocked.reopen(context);
    return [...opened];
  };
  // The colleague's values were agreed on at 5.
  expect(await begun(4)).toEqual(['taker']);
  expect(await begun(6)).toEqual([]);
});
