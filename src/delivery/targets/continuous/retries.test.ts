import { describe, expect, test } from 'vitest';
import type { Delivery, DeliveryPatch } from '../../../directory/targets/target-store.ts';
import { release } from '../staged.ts';
import { Refusals } from './refusals.ts';
import { backOff, nextAfter as decide, type Next, type Said, type Tries } from './retries.ts';
import { WayBack } from './way-back.ts';

const MINUTE = 60_000;
const NOW = 10 * 60 * MINUTE;
const tries = (more: Partial<Tries> = {}): Tries => ({ attempt: 1, doubts: 0, createdAt: NOW - MINUTE, ...more });
const nextAfter = (items: readonly Said[], so: Tries, now: number, random: number): Next =>
  decide(items, so, now, random, 30_000);
const said = (fate: Said['fate'], more: Partial<Said> = {}): Said => ({ field: 'alias', fate, code: '7', ...more });

describe('what follows from an answer', () => {
  test('all that was written, or was taken and not kept, goes on to be read back', () => {
    expect(nextAfter([said('written'), said('dropped')], tries(), NOW, 0)).toEqual({ do: 'go-on' });
  });

  test('a limit has the call wait as long as the platform asks, and is no try', () => {
    const next = nextAfter([said('limit', { waitMs: 7_000 })], tries(), NOW, 0);
    expect(next).toEqual({ do: 'wait', state: 'waiting', ms: 7_000, isTry: false, holds: 'call' });
  });

  test('what did not reach the platform has everything wait, longer each time, and is no try', () => {
    const next = nextAfter([said('not-sent')], tries({ attempt: 3 }), NOW, 1);
    expect(next).toEqual({ do: 'wait', state: 'waiting', ms: 8_000, isTry: false, holds: 'all' });
    expect([backOff(1, 0), backOff(1, 1), backOff(30, 1)]).toEqual([1_000, 2_000, 15 * MINUTE]);
  });

  test('what was not sent as the platform gives no token for a time has everything wait as long as it says', () => {
    const next = nextAfter([said('not-sent', { waitMs: 5 * MINUTE })], tries({ attempt: 1 }), NOW, 1);
    expect(next).toMatchObject({ state: 'waiting', ms: 5 * MINUTE, isTry: false, holds: 'all', askedMs: 5 * MINUTE });
    const soon = nextAfter([said('not-sent', { waitMs: 1_000 })], tries({ attempt: 3 }), NOW, 1);
    expect(soon).toMatchObject({ ms: 8_000, askedMs: 1_000 });
  });

  test('what was not begun in its time is composed again at once', () => {
    const next = nextAfter([said('not-sent', { code: 'TOO_LATE' })], tries(), NOW, 0);
    expect(next).toMatchObject({ do: 'wait', ms: 0, holds: null, isTry: false });
  });

  test('what may have been done is looked at after 30 seconds, and given up after three times', () => {
    const items = [said('written'), said('doubt')];
    expect(nextAfter(items, tries({ doubts: 2 }), NOW, 0)).toMatchObject({ do: 'wait', state: 'doubt', ms: 30_000 });
    expect(nextAfter(items, tries({ doubts: 3 }), NOW, 0)).toMatchObject({ do: 'give-up', why: 'in-doubt' });
  });

  test('what may have been done by a platform that says how long it is away is looked at after that, as are others of the call', () => {
    const items = [said('doubt', { waitMs: 5 * MINUTE })];
    expect(nextAfter(items, tries(), NOW, 0)).toMatchObject({ state: 'doubt', ms: 5 * MINUTE, holds: 'call' });
    const soon = [said('doubt', { waitMs: 1_000 })];
    expect(nextAfter(soon, tries(), NOW, 0)).toMatchObject({ state: 'doubt', ms: 30_000, holds: 'call' });
  });

  test('a secret that is not taken quarantines the target', () => {
    expect(nextAfter([said('token')], tries(), NOW, 0)).toEqual({ do: 'quarantine', reason: 'credentials' });
  });

  test('what the platform will do later waits as documented, ten times or six hours at most', () => {
    const later = [said('wait', { waitMs: 60 * MINUTE })];
    expect(nextAfter(later, tries(), NOW, 0)).toMatchObject({ do: 'wait', ms: 60 * MINUTE, isTry: true, holds: null });
    expect(nextAfter(later, tries({ attempt: 10 }), NOW, 0)).toMatchObject({ do: 'give-up', why: 'gave-up' });
    expect(nextAfter(later, tries({ createdAt: NOW - 361 * MINUTE }), NOW, 0)).toMatchObject({ do: 'give-up' });
  });

  test('a refused field is set aside, so that the others arrive; alone it ends the delivery', () => {
    const both = [said('refused', { cause: 'mobile' }), said('refused', { field: 'mobile', cause: 'mobile' })];
    expect(nextAfter(both, tries(), NOW, 0)).toEqual({ do: 'set-aside', field: 'mobile', code: '7' });
    expect(nextAfter(both.slice(1), tries(), NOW, 0)).toEqual({ do: 'give-up', why: 'refused', code: '7' });
    expect(nextAfter([said('refused')], tries(), NOW, 0)).toEqual({ do: 'give-up', why: 'refused', code: '7' });
  });
});

describe('a target is quarantined', () => {
  test('where more than 40 % of at least 50 deliveries of 15 minutes are refused for one reason', () => {
    const refusals = new Refusals();
    for (let n = 0; n < 30; n++) expect(refusals.add({ at: NOW, refusal: null })).toBeNull();
    const found = Array.from({ length: 21 }, () => refusals.add({ at: NOW, refusal: 'refused 7' }));
    expect(found.slice(0, -1)).toEqual(Array.from({ length: 20 }, () => null));
    expect(found.at(-1)).toBe('refused 7');
  });

  test('where 25 of one reason were given up in an hour, but not for those of different reasons', () => {
    const many = new Refusals();
    for (let n = 0; n < 24; n++) expect(many.add({ at: NOW + n * MINUTE, refusal: 'refused 7' })).toBeNull();
    expect(many.add({ at: NOW + 25 * MINUTE, refusal: 'refused 8' })).toBeNull();
    expect(many.add({ at: NOW + 26 * MINUTE, refusal: 'refused 7' })).toBe('refused 7');
    const slow = new Refusals();
    for (let n = 0; n < 60; n++) expect(slow.add({ at: NOW + 3 * n * MINUTE, refusal: 'refused 7' })).toBeNull();
  });

  test('and looked at again after 5, 15 and 60 minutes and every 6 hours, where waiting helps', () => {
    const back = new WayBack();
    const at = (minutes: number): string => back.step('unreachable', NOW + minutes * MINUTE);
    expect([0, 4, 5, 19, 20, 79, 80, 439, 440].map(at)).toEqual([
      'wait',
      'wait',
      'look',
      'wait',
      'look',
      'wait',
      'look',
      'wait',
      'look',
    ]);
    expect(at(28 * 24 * 60)).toBe('give-up');
    const other = new WayBack();
    expect([0, 5, 500].map((minutes) => other.step('refused 7', NOW + minutes * MINUTE))).toEqual([
      'wait',
      'wait',
      'wait',
    ]);
  });
});

describe('what the brake holds back', () => {
  const store = (kept: readonly Delivery[], patches: DeliveryPatch[]): Parameters<typeof release>[0] => ({
    deliveries: () => Promise.resolve(kept),
    settle: (_, given) => {
      patches.push(...given);
      return Promise.resolve(true);
    },
  });
  const staged = (id: string, kinds: readonly string[]): Delivery =>
    ({ id, outcome: { reason: 'brake', code: null, staged: kinds } }) as unknown as Delivery;
  const claim = { id: 'c', epoch: 1 };

  test('goes after a word with its very number, and waits on for every other kind', async () => {
    const patches: DeliveryPatch[] = [];
    const kept = [staged('a', ['leave']), staged('b', ['leave', 'message']), staged('c', ['create'])];
    await expect(release(store(kept, patches), claim, { leave: 3 }, NOW)).rejects.toThrow('2 of leave wait, not 3');
    expect(patches).toEqual([]);
    expect(await release(store(kept, patches), claim, { leave: 2 }, NOW)).toBe(1);
    expect(patches).toMatchObject([
      { id: 'a', state: 'waiting', outcome: { allowed: ['leave'] } },
      { id: 'b', state: 'staged', outcome: { staged: ['message'], allowed: ['leave'] } },
    ]);
  });
});
