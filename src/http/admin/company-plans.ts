import type { Call, Reply, Route } from '../../dialects/dialect.ts';
import type { PlannedStep } from '../../company/contract.ts';
import {
  StoredPlanError,
  type StepsAsked,
  type StoredPlanReason,
  type StoredPlans,
} from '../../company/plan/stored-plans-contract.ts';
import { isObject } from '../../lib/json-equal.ts';
import { parseJson } from '../../lib/json.ts';
import { companyNotFound, fileProblem, fileRefused, isCompanyKey, NO_KEY } from './companies.ts';
import { wholeNumber } from './console/company-param.ts';
import type { StoredPlanList } from './contract.ts';
import { json, noContent, problem } from './reply.ts';

const PLANS = '/mingce/v1/companies/:key/plans';
const PLAN = `${PLANS}/:id`;
const MAX_SEARCH = 200;
const ACTIONS = ['add', 'change', 'remove'] as const satisfies readonly PlannedStep['action'][];

const STATUSES: Readonly<Record<StoredPlanReason, number>> = {
  'no-company': 404,
  'no-plan': 404,
  'not-now': 409,
  confirm: 409,
  'too-large': 413,
};

/** Plans of company files that are kept, looked at page by page, and applied by their ids. */
export function companyPlanRoutes(plans: StoredPlans): readonly Route[] {
  return [
    planRoute('plans.list', 'GET', PLANS, async (key) =>
      json(200, { plans: await plans.list(key) } satisfies StoredPlanList),
    ),
    planRoute('plans.make', 'POST', PLANS, async (key, { body }) => {
      if (!isCompanyKey(key)) return NO_KEY;
      const unreadable = fileProblem(body);
      if (unreadable !== null) return unreadable;
      try {
        return json(201, await plans.make(key, body));
      } catch (error) {
        if (error instanceof StoredPlanError) throw error;
        return fileRefused(error);
      }
    }),
    planRoute('plans.show', 'GET', PLAN, async (key, { query }, id) => {
      const asked = stepsIn(query);
      return 'status' in asked ? asked : json(200, await plans.show(key, id, asked));
    }),
    planRoute('plans.apply', 'POST', `${PLAN}/apply`, (key, { body, requestId }, id) => {
      const confirm = confirmationIn(body);
      return confirm === undefined ? problem(400, CONFIRM) : json(202, plans.apply(key, id, confirm, requestId));
    }),
    planRoute('plans.erase', 'DELETE', PLAN, (key, _call, id) => {
      plans.erase(key, id);
      return noContent;
    }),
  ];
}

const CONFIRM = 'The body is empty, or { "confirm": 14 } with the number of employees who are removed.';

function planRoute(
  operation: string,
  method: Route['method'],
  path: string,
  work: (key: string, call: Call, id: string) => Reply | Promise<Reply>,
): Route {
  return {
    operation,
    method,
    path,
    answer: async (call) => {
      const key = call.params['key'] ?? '';
      try {
        return await work(key, call, call.params['id'] ?? '');
      } catch (error) {
        if (!(error instanceof StoredPlanError)) throw error;
        if (error.reason === 'no-company') return companyNotFound(key);
        return problem(STATUSES[error.reason], error.message, { code: `plan-${error.reason}` });
      }
    },
  };
}

/** Which steps are asked for, or what is wrong with the question. */
function stepsIn(query: URLSearchParams): StepsAsked | Reply {
  const after = wholeNumber(query, 'after', { least: 0, most: 1_000_000, fallback: 0 });
  if (typeof after !== 'number') return after;
  const limit = wholeNumber(query, 'limit', { least: 1, most: 500, fallback: 100 });
  if (typeof limit !== 'number') return limit;
  const [q, kind, given] = [query.get('q') ?? '', query.get('kind'), query.get('action')];
  if (q.length > MAX_SEARCH) return problem(400, `The parameter q has up to ${String(MAX_SEARCH)} characters.`);
  const action = ACTIONS.find((one) => one === given);
  if (action === undefined && given !== null) {
    return problem(400, `The parameter action is one of ${ACTIONS.join(', ')}.`);
  }
  return { after, limit, q, ...(kind === null ? {} : { kind }), ...(action === undefined ? {} : { action }) };
}

/** The number that is confirmed; null: none, undefined: the body is something else. */
function confirmationIn(body: Uint8Array): number | null | undefined {
  if (body.byteLength === 0) return null;
  const parsed = parseJson(body);
  if (!parsed.ok || !isObject(parsed.value)) return undefined;
  const { confirm, ...others } = parsed.value;
  if (Object.keys(others).length > 0) return undefined;
  if (confirm === undefined) return null;
  return typeof confirm === 'number' && Number.isSafeInteger(confirm) && confirm >= 0 ? confirm : undefined;
}
