import type { Call, Reply, Route } from '../../../dialects/dialect.ts';
import { PERSON_STEPS, type TargetPlans } from '../../../directory/targets/plan-view.ts';
import type { DeliveryState } from '../../../directory/targets/target-store.ts';
import { parseJson } from '../../../lib/json.ts';
import { json, noContent, problem } from '../reply.ts';
import { applyIn, countsIn, onlyIn } from './plan-bodies.ts';
import type { TargetPlanList } from './plan-contract.ts';
import { COMPANY, TARGET, targetRoute } from './target-route.ts';

const PLAN = `${TARGET}/plans/:id`;
const MAX_PAGE = 500;
const STATES: ReadonlySet<string> = new Set<DeliveryState>([
  'waiting',
  'staged',
  'held',
  'sending',
  'doubt',
  'written',
  'verified',
  'partial',
  'equal',
  'dead',
]);

/** The plans for live tenants of companies, and what was delivered. */
export function planRoutes(plans: TargetPlans): readonly Route[] {
  return [
    targetRoute('target-plans.list', 'GET', `${TARGET}/plans`, async (key, target) =>
      json(200, { plans: await plans.list(key, target) } satisfies TargetPlanList),
    ),
    targetRoute('target-plans.show', 'GET', PLAN, async (key, target, { query }, id) => {
      const [after, limit] = [numberIn(query, 'after', 0), numberIn(query, 'limit', 100)];
      if (after === null || limit === null || limit < 1 || limit > MAX_PAGE) return problem(400, PAGE);
      const what = query.get('what') ?? undefined;
      const page = { after, limit, ...(what === undefined ? {} : { what }) };
      return json(200, await plans.show(key, target, id, page));
    }),
    targetRoute('target-plans.make', 'POST', `${TARGET}/plans`, async (key, target, { body }) => {
      const only = onlyIn(bodyOf(body));
      return typeof only === 'string' ? problem(400, only) : json(202, await plans.make(key, target, only.only));
    }),
    targetRoute('target-plans.file', 'GET', `${PLAN}/file`, async (key, target, _call, id) => ({
      status: 200,
      headers: { 'Content-Type': 'application/jsonl; charset=utf-8', 'Cache-Control': 'no-store' },
      body: await plans.file(key, target, id),
    })),
    targetRoute('target-plans.allow', 'POST', `${PLAN}/allow`, async (key, target, { body, requestId }, id) => {
      const counts = countsIn(bodyOf(body));
      if (typeof counts === 'string') return problem(400, counts);
      return json(200, await plans.allow(key, target, id, counts, requestId));
    }),
    targetRoute('target-plans.apply', 'POST', `${PLAN}/apply`, async (key, target, { body }, id) => {
      const choice = applyIn(bodyOf(body));
      return typeof choice === 'string' ? problem(400, choice) : json(202, await plans.apply(key, target, id, choice));
    }),
    targetRoute('target-plans.stop', 'POST', `${PLAN}/stop`, async (key, target, _call, id) =>
      json(200, await plans.stop(key, target, id)),
    ),
    targetRoute('target-plans.undo', 'POST', `${PLAN}/undo`, async (key, target, _call, id) =>
      json(202, await plans.undo(key, target, id)),
    ),
    targetRoute('target-plans.erase', 'DELETE', PLAN, async (key, target, _call, id) => {
      await plans.erase(key, target, id);
      return noContent;
    }),
    targetRoute('deliveries.list', 'GET', `${COMPANY}/deliveries`, (key, _target, call) =>
      deliveries(plans, call, key),
    ),
    targetRoute('deliveries.retry', 'POST', `${COMPANY}/deliveries/:id/retry`, async (key, _target, _call, id) =>
      json(202, await plans.retry(key, id)),
    ),
    targetRoute('targets.dead', 'GET', `${TARGET}/dead`, async (key, target, { query }) =>
      json(200, await plans.dead(key, target, query.get('reason'))),
    ),
    targetRoute('targets.retry', 'POST', `${TARGET}/retry`, async (key, target, { query }) => {
      const count = numberIn(query, 'count', 0);
      if (count === null || count === 0) return problem(400, COUNT);
      return json(202, await plans.replay(key, target, { reason: query.get('reason'), count }));
    }),
    targetRoute('deliveries.undo', 'POST', `${COMPANY}/deliveries/:id/undo`, async (key, _target, _call, id) =>
      json(202, await plans.undoDelivery(key, id)),
    ),
    targetRoute('employees.undo', 'POST', `${TARGET}/employees/:id/undo`, async (key, target, { query }, id) => {
      const since = Date.parse(query.get('since') ?? '');
      if (Number.isNaN(since)) return problem(400, SINCE);
      return json(202, await plans.undo(key, target, { employee: id, since }));
    }),
    targetRoute('employees.deliver', 'POST', `${TARGET}/employees/:id/deliver`, async (key, target, { query }, id) => {
      const until = PERSON_STEPS.find((step) => step === (query.get('until') ?? 'plan'));
      if (until === undefined) return problem(400, `The parameter until is one of ${PERSON_STEPS.join(', ')}.`);
      return json(200, await plans.deliver(key, target, id, until));
    }),
  ];
}

const PAGE = `The parameters after and limit are whole numbers; limit is ${String(MAX_PAGE)} at most.`;

const COUNT = 'The parameter count repeats how many would be sent again, as GET …/dead says.';

const SINCE = 'The parameter since is an instant such as 2026-12-24T08:00:00+08:00.';

async function deliveries(plans: TargetPlans, { query }: Call, key: string): Promise<Reply> {
  const [before, limit] = [numberIn(query, 'before', Number.MAX_SAFE_INTEGER), numberIn(query, 'limit', 100)];
  if (before === null || limit === null || limit < 1 || limit > MAX_PAGE) return problem(400, PAGE);
  const states = (query.get('state') ?? '').split(',').filter((state) => state !== '');
  if (!states.every((state) => STATES.has(state))) {
    return problem(400, `The parameter state lists some of ${[...STATES].join(', ')}, with commas between.`);
  }
  const given = (name: 'target' | 'employee' | 'plan' | 'reason'): Readonly<Record<string, string>> => {
    const value = query.get(name);
    return value === null ? {} : { [name]: value };
  };
  return json(
    200,
    await plans.deliveries(key, {
      limit,
      ...(query.has('before') ? { before } : {}),
      // Each was looked at above.
      ...(states.length === 0 ? {} : { states: states as DeliveryState[] }),
      ...given('target'),
      ...given('employee'),
      ...given('plan'),
      ...given('reason'),
    }),
  );
}

function numberIn(query: URLSearchParams, name: string, otherwise: number): number | null {
  const text = query.get(name);
  if (text === null) return otherwise;
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(value) ? value : null;
}

/** A call without a body gives nothing. */
function bodyOf(body: Uint8Array): unknown {
  if (body.byteLength === 0) return {};
  const parsed = parseJson(body);
  return parsed.ok ? parsed.value : null;
}
