import { performance } from 'node:perf_hooks';
import type { LiveValue } from '../../connectors/connector.ts';
import { basesOf } from '../../delivery/targets/agreements.ts';
import { linked } from '../../delivery/targets/drift.ts';
import { maskedValue } from '../../delivery/targets/mask.ts';
import { ownPeople, type OwnPerson } from '../../delivery/targets/own-people.ts';
import { applyPlan, type ApplyReport } from '../../delivery/targets/plan/apply.ts';
import type { Plan } from '../../delivery/targets/plan/plan.ts';
import { ScopeError, scopeOf } from '../../delivery/targets/plan/scope.ts';
import type { HeldWrite } from '../../delivery/targets/write-hold.ts';
import { whoIsWho } from '../../delivery/targets/who-is-who.ts';
import {
  PERSON_STEPS,
  type PersonDelivery,
  type PersonStep,
  type PersonStepName,
} from '../../directory/targets/plan-view.ts';
import type { Link, Verified } from '../../directory/targets/target-store.ts';
import { TargetError, type TargetView } from '../../directory/targets/target-view.ts';
import {
  agreedIn,
  ourPeopleOf,
  performerOf,
  planFor,
  readTenant,
  type PlanningTenant,
  type TenantRead,
} from '../planning.ts';
import { beginPersonRun } from './person-run.ts';
import { maskedChanges, stepOf, stopWords } from './plan-views.ts';

/** What is kept of the target, here or on a server. */
export interface PersonDesk {
  allLinks(key: string, platform: string): Promise<readonly Link[]>;
  show(key: string, platform: string): Promise<TargetView>;
  settle(key: string, platform: string, verified: readonly Verified[]): Promise<void>;
  /** Holds the target for a write of several steps. */
  writing<Result>(key: string, platform: string, work: (held: HeldWrite) => Promise<Result>): Promise<Result>;
}

/** Which employee is delivered, and how far. */
export interface PersonOrder {
  readonly employee: string;
  readonly until: PersonStepName;
  readonly sleep: (ms: number) => Promise<void>;
  /** Is given each step when it is done. */
  readonly onStep?: (step: PersonStep) => void;
}

/** What a step shows; with a reason the next one does not follow. */
interface Seen {
  readonly data: PersonStep['data'];
  readonly why?: string;
}

/**
 * Delivers one employee in five steps, each of which shows what it found and may be the last: read, match, scope, plan with its
 * rehearsal, then write and read back. Throws `TargetError` where the employee or the tenant is not there.
 */
export async function deliverPerson(
  live: PlanningTenant,
  desk: PersonDesk,
  order: PersonOrder,
): Promise<PersonDelivery> {
  const ours = ownPeople(live.own).find(({ id }) => id === order.employee);
  if (ours === undefined) {
    throw new TargetError('missing', `The company has no employee "${order.employee}" to deliver.`);
  }
  const delivering = new Delivering(live, desk, order, ours);
  const work: Readonly<Record<PersonStepName, () => Seen | Promise<Seen>>> = {
    read: () => delivering.read(),
    match: () => delivering.match(),
    scope: () => delivering.scope(),
    plan: () => delivering.plan(),
    write: () => delivering.write(),
  };
  const steps: PersonStep[] = [];
  for (const step of PERSON_STEPS) {
    const began = performance.now();
    const { data, why = null } = await work[step]();
    const done = { step, ms: Math.round(performance.now() - began), goes_on: why === null, why, data };
    steps.push(done);
    order.onStep?.(done);
    if (why !== null || step === order.until) break;
  }
  return { employee: order.employee, target: live.connector.platform, steps };
}

/** One employee on the way to a tenant. */
class Delivering {
  readonly #live: PlanningTenant;
  readonly #desk: PersonDesk;
  readonly #order: PersonOrder;
  readonly #ours: OwnPerson;
  #links: readonly Link[] = [];
  #read: TenantRead | null = null;
  #plan: Plan | null = null;

  constructor(live: PlanningTenant, desk: PersonDesk, order: PersonOrder, ours: OwnPerson) {
    this.#live = live;
    this.#desk = desk;
    this.#order = order;
    this.#ours = ours;
  }

  async read(): Promise<Seen> {
    const { company, connector } = this.#live;
    this.#links = await this.#desk.allLinks(company, connector.platform);
    const tenant = await readTenant(this.#live, this.#links);
    this.#read = tenant;
    const { people, departments, problems } = tenant.read;
    const data = {
      people: people.length,
      departments: departments.length,
      unreadable: Object.keys(tenant.read.unreadable),
      problems: problems.map(({ call, verdict: { kind, code } }) => ({ call, kind, code })),
    };
    return { data };
  }

  match(): Seen {
    const { own, connector } = this.#live;
    const { read } = this.#tenant();
    const known = this.#links.find(({ kind, subject }) => kind === 'employee' && subject === this.#ours.id);
    if (known !== undefined && known.state !== 'linked') {
      const why = `The link is ${known.state}: decide who it is there (mingce connect --adopt, or the page of links).`;
      return { data: { state: known.state, live_id: known.liveId }, why };
    }
    const found = whoIsWho(ownPeople(own), own.departments, read, connector.spaces, this.#links);
    const match = found.people.matches.find(({ own: { id } }) => id === this.#ours.id);
    if (match === undefined) {
      const isMissing = found.people.missing.some(({ id }) => id === this.#ours.id);
      if (isMissing || !this.#ours.isInService) return { data: { state: 'missing', live_id: null } };
      return {
        data: { state: 'ambiguous', live_id: null },
        why: 'A key finds several people there, or somebody else: decide it.',
      };
    }
    const { live: there, by } = match;
    const people = new Map(found.people.matches.map(({ own: { id }, live: { id: liveId } }) => [liveId, id]));
    const base = basesOf(this.#links).get(this.#ours.id) ?? null;
    const fields = connector.fields.flatMap(({ field, same = (value: LiveValue): LiveValue => value }) => {
      const value = there.values[field];
      const shown = (one: LiveValue): LiveValue => maskedValue(field, same(one));
      const theirs = value === undefined ? {} : { theirs: shown(linked(field, value, found.departments, people)) };
      const agreed = base?.[field];
      return [
        [
          field,
          {
            ours: shown(this.#ours.values[field]),
            ...theirs,
            ...(agreed === undefined ? {} : { base: shown(agreed) }),
          },
        ],
      ];
    });
    const state = there.isInService ? 'in service' : 'left';
    return {
      data: {
        state,
        live_id: there.id,
        by: known === undefined ? by : 'link',
        fields: Object.fromEntries(fields) as object,
        authority: this.#live.settings.authority ?? {},
      },
    };
  }

  scope(): Seen {
    const { settings, own, connector } = this.#live;
    let isInScope: boolean;
    try {
      isInScope = scopeOf(settings.scope, own.departments)(this.#ours);
    } catch (error) {
      if (!(error instanceof ScopeError)) throw error;
      return { data: { scope: settings.scope ?? {} }, why: `targets.${connector.platform}: ${error.message}.` };
    }
    const data = {
      in_scope: isInScope,
      scope: settings.scope ?? {},
      authority: settings.authority ?? {},
      people: settings.people ?? {},
    };
    return isInScope
      ? { data }
      : { data, why: 'The employee is outside the scope of the target, and stays there as before.' };
  }

  async plan(): Promise<Seen> {
    const { company, connector } = this.#live;
    const { accuracy, today } = await this.#desk.show(company, connector.platform);
    const plan = await planFor(this.#live, {
      links: this.#links,
      accuracy,
      today,
      only: new Set([this.#ours.id]),
      tenantRead: this.#tenant(),
    });
    this.#plan = plan;
    const { header, steps } = plan;
    const { id, counts, brake, messages, cannot_undo, refused, reports } = header;
    const data = {
      plan: id,
      accuracy,
      counts,
      brake,
      messages,
      cannot_undo,
      refused,
      reports,
      steps: steps.map((step) => stepOf(id, step, new Map())),
    };
    // Few of ours beside many there says nothing where one employee is meant.
    const waits = brake.filter(({ what }) => what !== 'headcount');
    if (steps.every(({ isRefused }) => isRefused)) {
      return {
        data,
        why: steps.length === 0 ? 'Nothing has to change there.' : 'Everything is predicted to be refused.',
      };
    }
    if (waits.length === 0) return { data };
    const words = waits.map(({ what, count }) => `${what}=${String(count)}`).join(', ');
    return { data, why: `It waits for approval (${words}): make a plan, allow it, and apply it.` };
  }

  async write(): Promise<Seen> {
    const { company, connector } = this.#live;
    const { platform } = connector;
    const { state, wayBack } = await this.#desk.show(company, platform);
    if (state !== 'on') return { data: {}, why: `The target is ${state}; ${wayBack ?? 'enable it'}.` };
    const plan = this.#plan;
    if (plan === null) throw new Error('an employee is planned for before anything is written');
    const read = this.#tenant();
    await this.#desk.settle(company, platform, agreedIn(this.#live, read.read, this.#links));
    const results: object[] = [];
    const report = await this.#desk.writing(company, platform, (held) => this.#send(held, plan, results));
    const { sent, hits, misses, stopped, stale } = report;
    const data = { sent, as_predicted: hits, not_as_predicted: misses.map(({ n }) => n), results };
    if (stopped === null) return { data };
    return { data, why: stopWords(stopped.why, stopped.n, stale, report.staged) };
  }

  /** Sends the steps under a claim; each is noted before it is sent. */
  async #send(held: HeldWrite, plan: Plan, results: object[]): Promise<ApplyReport> {
    const { company, connector, planKey, settings } = this.#live;
    const { platform } = connector;
    const run = await beginPersonRun(held, plan, planKey);
    let report: ApplyReport | null = null;
    try {
      report = await applyPlan({
        plan: run.plan,
        // Feishu lets its lists of titles and cities be read ten times a minute.
        performer: await performerOf(this.#live, plan, this.#tenant().setup),
        find: (...asked) => connector.writes.find(...asked),
        ourPeople: ourPeopleOf(this.#live),
        ourNow: (ids) => held.ourPeople(ids),
        journal: run.journal,
        now: Date.now,
        sleep: this.#order.sleep,
        options: { isPartial: false, goesOn: false },
        book: (outcome) => held.book(outcome),
        day: { limits: settings.brake ?? {}, today: async () => (await this.#desk.show(company, platform)).today },
        isStopped: () => held.isStopped(),
        progress: ({ n, operation, subjects }, items) => {
          results.push({
            n,
            operation,
            changes: subjects.map(({ changes }) => maskedChanges(changes)),
            items: items.map(({ field, fate, code, shown, remedy }) => ({
              field,
              fate,
              code,
              shown,
              ...(remedy === undefined ? {} : { remedy }),
            })),
          });
        },
      });
      return report;
    } finally {
      await run.end(report);
    }
  }

  #tenant(): TenantRead {
    if (this.#read === null) throw new Error('the tenant is read first');
    return this.#read;
  }
}
