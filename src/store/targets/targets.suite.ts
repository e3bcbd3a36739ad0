import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Origin } from '../../directory/history/change.ts';
import type { DriftLine, DriftRun } from '../../directory/targets/drift-run.ts';
import type { Delivery, KeptTarget, NewDelivery, NewLink, TakenSubject } from '../../directory/targets/target-store.ts';
import type { TenantData } from '../../directory/tenant.ts';
import { plainText } from '../../directory/text.ts';
import type { OpenedStore } from '../replaceable-store.ts';

const origin: Origin = { dialect: 'test', operation: 'test', app: null, request: 'r', at: 1_000 };
const HOUR_MS = 60 * 60 * 1000;

function company(key: string): Omit<TenantData, 'number'> {
  const dates = { createdAt: 1, updatedAt: 1 };
  const about = { ids: {}, code: '', enabled: true, external: false, order: 0, leaders: [], extensions: {} };
  const root = { id: 'root', name: plainText(key), parent: null, ...about, ...dates };
  const parts = { departments: [root], catalogs: [], customFields: [], apps: [] };
  return { key, name: key, state: 'in-use', secondLocale: 'en-US', names: {}, settings: {}, ...parts, ...dates };
}

function link(subject: string, liveId: string | null, state: NewLink['state'] = 'linked'): NewLink {
  return { kind: 'employee', subject, liveId, matchedBy: 'mobile', state };
}

function delivery(id: string, subject = 'e1', step: number | null = null): NewDelivery {
  const about = { kind: 'employee', subject, operation: 'update', plan: step === null ? null : 'p', step } as const;
  return { id, ...about, fromChange: 1, toChange: 2, predicted: { code: 0 } };
}

/** What is kept of live tenants must be on every engine. */
export function targetsSuite(engine: string, open: () => Promise<OpenedStore>): void {
  describe(`targets on ${engine}`, () => {
    let store: OpenedStore;
    let tenant: number;
    let target: KeptTarget;

    beforeEach(async () => {
      store = await open();
      await make('acme');
      tenant = (await store.tenantByKey('acme'))?.number ?? 0;
      target = await claimed();
    });
    afterEach(async () => {
      await store.close();
    });

    async function make(key: string, parts: Omit<TenantData, 'number'> | null = company(key)): Promise<void> {
      // eslint-disable-next-line require-yield -- this work asks nothing
      await store.rewriteTenant(key, function* () {
        return { answer: null, parts, employees: [], accounts: [], origin };
      });
    }

    async function claimed(node = 'node'): Promise<KeptTarget> {
      await store.targets.add(tenant, 'test');
      const [kept] = await store.targets.list(tenant);
      const found = await store.targets.claim(kept?.id ?? '', node, 60_000);
      if (found === null) throw new Error('it is held');
      return found;
    }

    async function onlyDelivery(): Promise<Delivery | undefined> {
      return (await store.targets.deliveries(target.id, { limit: 10 }))[0];
    }

    test('a target is added once, is off at first, and is no app that receives events', async () => {
      await store.targets.add(tenant, 'test');
      await store.targets.add(tenant + 1, 'test');
      expect(await store.targets.list()).toMatchObject([{ platform: 'test', state: 'off', home: null, probe: null }]);
      expect(await store.deliveries.consumers()).toEqual([]);
    });

    test('what a command made of a target is kept, and what it does not name stays', async () => {
      await store.targets.change(target, { state: 'probed', checked: 'd', probe: { at: 'now' } });
      await store.targets.change(target, { state: 'on', home: 'here', learned: { seats: 3 } });
      const whole = { state: 'on', checked: 'd', home: 'here', probe: { at: 'now' }, learned: { seats: 3 } };
      expect(await store.targets.list()).toMatchObject([whole]);
      await store.targets.change(target, { state: 'off', probe: null });
      expect(await store.targets.list()).toMatchObject([{ state: 'off', probe: null, learned: { seats: 3 } }]);
    });

    test('a driver whose target was taken over writes nothing more', async () => {
      const fresh = await claimed();
      expect(fresh.epoch).toBe(target.epoch + 1);
      const { targets } = store;
      const refused = [
        await targets.change(target, { state: 'on' }),
        await targets.putLinks(target, [link('e1', 'a')]),
        await targets.removeLinks(target, [link('e1', 'a')]),
        await targets.agree(target, [{ kind: 'employee', subject: 'e1', base: {}, delivered: 1 }], 1),
        await targets.settle(target, [{ id: 'd1', state: 'dead' }], 1),
        await targets.addPlan(target, { id: 'p', digest: 'd', header: {}, state: 'ready', createdAt: 1 }),
        await targets.changePlan(target, 'p', { position: 1 }),
        await targets.removePlan(target, 'p'),
        await targets.countPredictions(target, [{ operation: 'u', what: '0', sample: null, isHit: true }], 1),
        await targets.countBraked(target, { leave: 1 }, 1),
      ];
      expect(new Set(refused)).toEqual(new Set([false]));
      expect(await targets.open(target, [delivery('d1')], 1)).toBeNull();
      expect(await targets.links(target.id, { limit: 9 })).toEqual([]);
      expect(await onlyDelivery()).toBeUndefined();
    });

    test('the windows of limits are kept with the target, and those who were agreed on last are found first', async () => {
      const { targets } = store;
      const windows = { by: 'a', isWhole: true, calls: { c: { 60_000: [[1, 2]] } } };
      await targets.change(target, { windows });
      expect(await targets.list()).toMatchObject([{ windows: JSON.parse(JSON.stringify(windows)) as unknown }]);
      await targets.putLinks(target, [link('e1', 'a'), link('e2', 'b'), link('e3', 'c'), link('e4', null, 'ignored')]);
      await targets.putLinks(target, [{ ...link('d', 'd'), kind: 'department' }]);
      const agreed = { base: { alias: 'x' }, delivered: 1 };
      for (const [index, subject] of ['e2', 'e1', 'd'].entries()) {
        const kind = subject === 'd' ? 'department' : 'employee';
        await targets.agree(target, [{ kind, subject, ...agreed }], index + 1);
      }
      expect((await targets.newestLinks(target.id, 5)).map(({ subject }) => subject)).toEqual(['e1', 'e2']);
      expect(await targets.newestLinks(target.id, 1)).toMatchObject([{ subject: 'e1', base: { alias: 'x' } }]);
    });

    test('what is taken of the log opens one delivery of a subject, which covers what comes while it is open', async () => {
      const about = { kind: 'employee', subject: 'e1', fromChange: 0 } as const;
      const taken = (id: string, toChange: number): TakenSubject => ({ ...about, id, toChange });
      const [first] = (await store.targets.take(target, 5, [taken('d1', 5)], 1)) ?? [];
      expect(first).toMatchObject({ id: 'd1', state: 'waiting', operation: 'follow', plan: null, toChange: 5 });
      expect(await store.targets.take(target, 9, [taken('d2', 9)], 2)).toMatchObject([{ id: 'd1', toChange: 9 }]);
      expect((await store.targets.list())[0]?.cursor).toBe(9);
      // What came after the change that was worked on has it wait again; what was sent stays known.
      const intent = { changes: { alias: { from: 'a', to: 'b' } } };
      await store.targets.settle(target, [{ id: 'd1', state: 'sending', attempt: 1, intent }], 3);
      await store.targets.settle(target, [{ id: 'd1', state: 'verified', covers: 5 }], 3);
      expect(await onlyDelivery()).toMatchObject({ state: 'waiting', attempt: 0, toChange: 9, createdAt: 3, intent });
      await store.targets.settle(target, [{ id: 'd1', state: 'verified', covers: 9 }], 3);
      expect(await onlyDelivery()).toMatchObject({ state: 'verified' });
      expect(await store.targets.take(target, 12, [taken('d3', 12)], 4)).toMatchObject([{ id: 'd3' }]);
      const other = await claimed();
      expect(await store.targets.take(target, 13, [], 5)).toBeNull();
      expect((await store.targets.list())[0]).toMatchObject({ cursor: 12, epoch: other.epoch });
    });

    test('a command takes a target over from its driver, and no driver from a command', async () => {
      await store.targets.release(target);
      const driver = await store.targets.claimDriving(target.id, 'a', 60_000);
      expect(driver).not.toBeNull();
      expect(await store.targets.claimDriving(target.id, 'b', 60_000)).toBeNull();
      const command = await store.targets.claim(target.id, 'command', 60_000);
      expect(command?.epoch).toBe((driver?.epoch ?? 0) + 1);
      expect(await store.targets.claimDriving(target.id, 'a', 60_000)).toBeNull();
      expect(await store.targets.claim(target.id, 'another command', 60_000)).toBeNull();
      expect(await store.targets.claimWriting(target.id, 'w', 60_000)).toBeNull();
      if (command !== null) await store.targets.release(command);
      expect(await store.targets.claimDriving(target.id, 'a', 60_000)).not.toBeNull();
      const writer = await store.targets.claimWriting(target.id, 'w', 60_000);
      expect(writer).not.toBeNull();
      expect(await store.targets.claimWriting(target.id, 'v', 60_000)).toBeNull();
      expect(await store.targets.claimDriving(target.id, 'a', 60_000)).toBeNull();
      expect(await store.targets.claim(target.id, 'command', 60_000)).not.toBeNull();
      expect(writer === null ? null : await store.targets.renew(writer, 60_000)).toBe(false);
    });

    test('links are listed by page, by subject and by live id', async () => {
      const department = { ...link('d1', 'a'), kind: 'department' } as const;
      await store.targets.putLinks(target, [
        link('e2', 'b'),
        link('e1', 'a'),
        link('e3', null, 'ambiguous'),
        department,
      ]);
      const first = await store.targets.links(target.id, { limit: 2 });
      expect(first.map(({ subject }) => subject)).toEqual(['d1', 'e1']);
      const [after] = first.slice(-1);
      const rest = await store.targets.links(target.id, { limit: 9, ...(after === undefined ? {} : { after }) });
      expect(rest.map(({ subject }) => subject)).toEqual(['e2', 'e3']);
      expect(await store.targets.links(target.id, { limit: 9, kind: 'employee', state: 'ambiguous' })).toHaveLength(1);
      const found = await store.targets.linksOf(target.id, [link('e1', ''), link('e9', ''), department]);
      expect(found.map(({ subject }) => subject).toSorted()).toEqual(['d1', 'e1']);
      const byLive = await store.targets.linksByLiveId(target.id, 'employee', ['a', 'z']);
      expect(byLive.map(({ subject }) => subject)).toEqual(['e1']);
      expect(await store.targets.countLinks(target.id)).toEqual({ linked: 3, ambiguous: 1 });
      await store.targets.removeLinks(target, [link('e1', null)]);
      expect(await store.targets.linksOf(target.id, [link('e1', null)])).toEqual([]);
    });

    test('agreed values stay while the live id does, and begin again with another', async () => {
      await store.targets.putLinks(target, [link('e1', 'a')]);
      const agreed = { kind: 'employee', subject: 'e1', base: { mobile: '+8613800138000', alias: null } } as const;
      await store.targets.agree(target, [{ ...agreed, delivered: 7 }], 5);
      await store.targets.agree(target, [{ ...agreed, delivered: 3 }], 6);
      await store.targets.putLinks(target, [link('e1', 'a', 'lost')]);
      const [kept] = await store.targets.linksOf(target.id, [agreed]);
      expect(kept).toMatchObject({ state: 'lost', base: agreed.base, baseAt: 6, delivered: 7 });
      await store.targets.putLinks(target, [link('e1', 'b')]);
      const [moved] = await store.targets.linksOf(target.id, [agreed]);
      expect(moved).toMatchObject({ state: 'linked', liveId: 'b', base: null, baseAt: null, delivered: 0 });
    });

    test('a mark of links is another one after what is agreed on changed, and the same after anything else', async () => {
      const { targets } = store;
      const mark = (): Promise<string> => targets.linkMark(target.id, 'department');
      const department = (id: string, state: 'linked' | 'lost' = 'linked') =>
        ({ ...link(id, `live ${id}`, state), kind: 'department' }) as const;
      const agree = async (now: number, ...ids: readonly string[]): Promise<void> => {
        const bases = ids.map((subject) => ({ kind: 'department', subject, base: { name: subject } }) as const);
        await targets.agree(
          target,
          bases.map((base) => ({ ...base, delivered: 0 })),
          now,
        );
      };
      const seen = [await mark()];
      await targets.putLinks(target, [department('a'), department('b'), department('c', 'lost'), link('e1', 'x')]);
      await targets.agree(target, [{ kind: 'employee', subject: 'e1', base: {}, delivered: 0 }], 5);
      expect(await mark()).toBe(seen[0]);
      const changes = [
        () => agree(5, 'a', 'b', 'c'),
        () => agree(6, 'a'),
        // One comes and another goes, both agreed on at one time.
        () => targets.putLinks(target, [department('b', 'lost'), department('c')]),
        () => targets.putLinks(target, [{ ...department('a'), liveId: 'another' }]),
        () => targets.removeLinks(target, [department('c')]),
      ];
      for (const change of changes) {
        await change();
        seen.push(await mark());
      }
      // After the last two nothing is agreed on any more, as at the beginning.
      expect(new Set(seen).size).toBe(changes.length);
      expect(seen.at(-1)).toBe(seen[0]);
    });

    test('a live id that is given to another subject leaves the first for a person to decide', async () => {
      await store.targets.putLinks(target, [link('e1', 'a')]);
      await store.targets.putLinks(target, [link('e2', 'a')]);
      const [first, second] = await store.targets.links(target.id, { limit: 9 });
      expect(first).toMatchObject({ subject: 'e1', liveId: null, state: 'ambiguous' });
      expect(second).toMatchObject({ subject: 'e2', liveId: 'a', state: 'linked' });
    });

    test('a subject has one open delivery; the next opens when that one is closed', async () => {
      const { targets } = store;
      expect(await targets.open(target, [delivery('d1'), delivery('d2'), delivery('d3', 'e2')], 1)).toEqual([
        'd1',
        'd3',
      ]);
      const intent = { call: 'users.patch', before: { alias: null } };
      await targets.settle(target, [{ id: 'd1', state: 'sending', intent, attempt: 1 }], 2);
      expect(await targets.open(target, [delivery('d2')], 2)).toEqual([]);
      const attempts = [{ at: 1, status: 200, code: '0', ms: 3 }];
      await targets.settle(target, [{ id: 'd1', state: 'verified', outcome: { fields: {} }, attempts }], 3);
      expect(await targets.open(target, [delivery('d2')], 4)).toEqual(['d2']);
      // What is closed stays so.
      await targets.settle(target, [{ id: 'd1', state: 'waiting' }], 5);
      const states = await targets.deliveries(target.id, { limit: 9, subject: delivery('d1') });
      expect(states.map(({ id, state }) => [id, state])).toEqual([
        ['d2', 'waiting'],
        ['d1', 'verified'],
      ]);
      const closed = await targets.deliveries(target.id, { limit: 9, states: ['verified', 'dead'] });
      expect(closed).toMatchObject([{ intent, predicted: { code: 0 }, outcome: { fields: {} }, attempts, attempt: 1 }]);
    });

    test('what was given up is found while nothing newer took its place; open deliveries are counted by state', async () => {
      const { targets } = store;
      await targets.open(target, [delivery('d1'), delivery('d2', 'e2'), delivery('d3', 'e3')], 1);
      await targets.settle(target, [{ id: 'd2', state: 'staged' }], 2);
      expect(await targets.countOpen(target.id)).toEqual({ waiting: 2, staged: 1 });
      await targets.settle(
        target,
        ['d1', 'd2', 'd3'].map((id) => ({ id, state: 'dead' })),
        3,
      );
      expect(await targets.countOpen(target.id)).toEqual({});
      // Of another kind, though it has the same id.
      await targets.open(target, [{ ...delivery('d4', 'e3'), kind: 'department' }, delivery('d5')], 4);
      const pages = [await targets.deadLetters(target.id, { limit: 2 })];
      for (let { next } = pages[0] ?? { next: null }; next !== null;) {
        const page = await targets.deadLetters(target.id, { limit: 2, before: next });
        pages.push(page);
        ({ next } = page);
      }
      expect(pages.flatMap(({ letters }) => letters.map(({ id }) => id))).toEqual(['d3', 'd2']);
      expect(pages).toHaveLength(2);
    });

    test('deliveries of a plan are found by it; what is closed goes after 30 days', async () => {
      const { targets } = store;
      await targets.open(target, [delivery('d1', 'e1', 1), delivery('d2', 'e2', 2), delivery('d3', 'e3')], 1);
      expect((await targets.deliveries(target.id, { plan: 'p', limit: 9 })).map(({ step }) => step)).toEqual([2, 1]);
      await targets.settle(target, [{ id: 'd1', state: 'dead' }], 1);
      await targets.trim(target.id, 31 * 24 * HOUR_MS);
      expect((await targets.deliveries(target.id, { limit: 9 })).map(({ id }) => id)).toEqual(['d3', 'd2']);
    });

    test('a plan is kept with who allowed it and how far it came', async () => {
      const { targets } = store;
      await targets.addPlan(target, { id: 'p', digest: 'd', header: { counts: {} }, state: 'staged', createdAt: 5 });
      expect(await targets.changePlan(target, 'p', { state: 'ready', allowed: { leave: 3 } })).toBe(true);
      await targets.changePlan(target, 'p', { position: 4 });
      const kept = { header: { counts: {} }, state: 'ready', allowed: { leave: 3 }, position: 4, createdAt: 5 };
      expect(await targets.plan('p')).toMatchObject(kept);
      expect(await targets.plans(target.id, 9)).toHaveLength(1);
      expect(await targets.changePlan(target, 'q', { position: 1 })).toBe(false);
      expect(await targets.removePlan(target, 'p')).toBe(true);
      expect(await targets.plan('p')).toBeNull();
    });

    test('predictions are counted, with the first miss as the sample', async () => {
      const about = { operation: 'update', what: '0' };
      const { targets } = store;
      await targets.countPredictions(target, [{ ...about, isHit: true, sample: 'x' }], 1);
      await targets.countPredictions(target, [{ ...about, isHit: false, sample: 'first' }], 2);
      await targets.countPredictions(target, [{ ...about, isHit: false, sample: 'second', cause: 'race' }], 3);
      expect(await targets.predictions(target.id)).toEqual([
        { ...about, hits: 1, misses: 2, assumed: 0, raced: 1, sample: 'first', lastAt: 3 },
      ]);
    });

    test('a plan keeps its lines in their order until it is removed or too old; its run is asked to end', async () => {
      const { targets } = store;
      const about = { digest: '', header: {}, state: 'making', createdAt: 5 } as const;
      await targets.addPlan(target, { id: 'p', ...about });
      await targets.addPlan(target, { id: 'q', ...about });
      await targets.keepMaking('p', 6);
      expect([await targets.plan('p'), await targets.plan('q')]).toMatchObject([{ createdAt: 6 }, { createdAt: 5 }]);
      expect(await targets.stopPlan('p')).toBe(false);
      expect(await targets.addPlanLines(target, 'p', ['a', 'b'])).toBe(true);
      await targets.addPlanLines(target, 'p', ['c']);
      await targets.addPlanLines(target, 'q', ['x']);
      expect(await targets.planLines('p', 0, 9)).toEqual(['a', 'b', 'c']);
      expect(await targets.planLines('p', 1, 1)).toEqual(['b']);
      await targets.changePlan(target, 'p', { state: 'running', digest: 'd', header: { id: 'p' } });
      expect(await targets.stopPlan('p')).toBe(true);
      await targets.keepMaking('p', 7);
      expect(await targets.plan('p')).toMatchObject({
        state: 'stopping',
        digest: 'd',
        header: { id: 'p' },
        createdAt: 6,
      });
      await targets.removePlan(target, 'p');
      expect([await targets.planLines('p', 0, 9), await targets.planLines('q', 0, 9)]).toEqual([[], ['x']]);
      await targets.trim(target.id, 91 * 24 * HOUR_MS);
      expect(await targets.planLines('q', 0, 9)).toEqual([]);
    });

    test('a step of a plan is kept as a delivery that is over, beside an open one of the same employee', async () => {
      const { targets } = store;
      await targets.open(target, [delivery('d1')], 1);
      const done = { ...delivery('d2', 'e1', 1), state: 'partial', intent: { before: { alias: 'x' } } } as const;
      await targets.keepDone(target, [{ ...done, outcome: { items: [] }, attempts: [] }], 2);
      await targets.keepDone(target, [{ ...done, outcome: { items: [1] }, attempts: [] }], 3);
      expect(await targets.deliveries(target.id, { ids: ['d2'], limit: 9 })).toMatchObject([
        { id: 'd2', state: 'partial', plan: 'p', step: 1, intent: { before: { alias: 'x' } }, outcome: { items: [] } },
      ]);
      expect(await targets.open(target, [delivery('d3')], 4)).toEqual([]);
    });

    test('the brake counts a day, over its hours', async () => {
      const { targets } = store;
      await targets.countBraked(target, { leave: 2, create: 1 }, 100 * HOUR_MS);
      await targets.countBraked(target, { leave: 3 }, 110 * HOUR_MS);
      expect(await targets.braked(target.id, 120 * HOUR_MS)).toEqual({ leave: 5, create: 1 });
      expect(await targets.braked(target.id, 130 * HOUR_MS)).toEqual({ leave: 3 });
      await targets.trim(target.id, 200 * HOUR_MS);
      expect(await targets.braked(target.id, 110 * HOUR_MS)).toEqual({});
    });

    test('runs of drift are kept once begun, the newest thirty, and only while their target is there', async () => {
      const { targets } = store;
      const begun = (id: string, readAt: number): DriftRun => ({
        id,
        state: 'reading',
        readAt,
        isComplete: false,
        why: null,
        people: { ours: 0, theirs: 0, matched: 0 },
        counts: { people: {}, fields: {} },
        found: 0,
      });
      expect(await targets.beginRun(target.id, begun('r1', 1_000))).toBe(true);
      expect(await targets.beginRun(target.id, begun('r1', 2_000))).toBe(false);
      expect(await targets.beginRun('gone', begun('r2', 1_000))).toBe(false);
      expect(await targets.run(target.id, 'r1')).toEqual({ ...begun('r1', 1_000), lines: [] });
      const done = {
        ...begun('r1', 1_000),
        state: 'done' as const,
        isComplete: true,
        people: { ours: 3, theirs: 3, matched: 2 },
        counts: { people: { equal: 2, 'missing-there': 1 }, fields: {} },
        found: 1,
      };
      const line: DriftLine = {
        class: 'missing-there',
        kind: 'employee',
        subject: 'e1',
        name: '张三',
        live_id: null,
        field: null,
        changed: null,
        ours: null,
        theirs: null,
        authority: null,
        remedy: 'decide',
        since: null,
      };
      expect(await targets.keepRun(target.id, { ...done, lines: [line] })).toBe(true);
      expect(await targets.run(target.id, 'r1')).toEqual({ ...done, lines: [line] });
      expect((await store.check()).damage).toEqual([]);
      for (let at = 0; at < 30; at++) {
        await targets.keepRun(target.id, { ...done, id: `n${String(at)}`, readAt: 2_000 + at, lines: [] });
      }
      expect((await targets.runs(target.id, 99)).map(({ id }) => id)).toEqual(
        Array.from({ length: 30 }, (_, at) => `n${String(29 - at)}`),
      );
      await make('acme', null);
      expect(await targets.runs(target.id, 99)).toEqual([]);
      expect(await targets.keepRun(target.id, { ...done, lines: [] })).toBe(false);
    });

    test('everything of a target goes with its company', async () => {
      const { targets } = store;
      await targets.putLinks(target, [link('e1', 'a')]);
      await targets.open(target, [delivery('d1')], 1);
      await targets.addPlan(target, { id: 'p', digest: 'd', header: {}, state: 'ready', createdAt: 5 });
      await targets.countPredictions(target, [{ operation: 'u', what: '0', sample: null, isHit: true }], 1);
      await targets.countBraked(target, { leave: 2 }, HOUR_MS);
      await make('acme', null);
      expect(await targets.list()).toEqual([]);
      expect(await targets.links(target.id, { limit: 9 })).toEqual([]);
      expect(await onlyDelivery()).toBeUndefined();
      expect(await targets.plan('p')).toBeNull();
      expect(await targets.predictions(target.id)).toEqual([]);
      expect(await targets.braked(target.id, HOUR_MS)).toEqual({});
    });

    test('a company that becomes as it was pauses its target, and stops who drives it', async () => {
      // eslint-disable-next-line require-yield -- this work asks nothing
      await store.snapshots.take('acme', { name: 'then', at: 1 }, function* () {
        return false;
      });
      await store.targets.change(target, { state: 'on' });
      await store.snapshots.restore('acme', 'then', { origin, tokens: 'keep' });
      expect(await store.targets.list()).toMatchObject([{ state: 'paused', reason: 'snapshot' }]);
      expect(await store.targets.putLinks(target, [link('e1', 'a')])).toBe(false);
    });

    test('everything that is kept of targets is read when the store is checked', async () => {
      await store.targets.change(target, { probe: { at: 1 } });
      await store.targets.putLinks(target, [link('e1', 'a')]);
      await store.targets.agree(target, [{ kind: 'employee', subject: 'e1', base: { a: 1 }, delivered: 1 }], 1);
      await store.targets.open(target, [delivery('d1')], 1);
      await store.targets.addPlan(target, { id: 'p', digest: 'd', header: {}, state: 'ready', createdAt: 5 });
      expect((await store.check()).damage).toEqual([]);
    });
  });
}
