import Type from 'typebox';
import { Compile } from 'typebox/compile';
import type { Route } from '../../../dialects/dialect.ts';
import { DRIFT_CLASSES, type DriftRun, type DriftRunWithLines } from '../../../directory/targets/drift-run.ts';
import type { DriftChoice, LiveDrift } from '../../../directory/targets/drift-view.ts';
import { parseJson } from '../../../lib/json.ts';
import { json, problem } from '../reply.ts';
import type { DriftAccepted, DriftRepair, DriftRunLine, DriftRunList, DriftRunPage } from './drift-contract.ts';
import { TARGET, targetRoute } from './target-route.ts';

const MAX_PAGE = 1_000;
const USUAL_PAGE = 100;

const names = Type.Array(Type.String({ minLength: 1, maxLength: 256 }), { minItems: 1, maxItems: 1_000 });
const choice = Compile(
  Type.Object(
    {
      run: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
      employees: Type.Optional(names),
      fields: Type.Optional(names),
      all: Type.Optional(Type.Boolean()),
      allow: Type.Optional(
        Type.Record(Type.String({ pattern: '^[a-z-]{1,32}$' }), Type.Integer({ minimum: 0 }), { maxProperties: 20 }),
      ),
    },
    { additionalProperties: false },
  ),
);
const USAGE =
  'The body is { "run": "dr_…", "employees": ["e1"], "fields": ["alias"], "all": true, "allow": { "overwrite": 37 } }, each if wanted.';

/** What differs from live tenants: reads of a whole tenant, and what is done about a difference. */
export function driftRoutes(drift: LiveDrift): readonly Route[] {
  return [
    targetRoute('targets.drift-runs', 'GET', `${TARGET}/drift`, async (key, target) =>
      json(200, { runs: (await drift.runs(key, target)).map(lineOf) } satisfies DriftRunList),
    ),
    targetRoute('targets.drift-run', 'GET', `${TARGET}/drift/:run`, async (key, target, { params, query }) => {
      const limit = Number(query.get('limit') ?? USUAL_PAGE);
      if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE) {
        return problem(400, `The parameter limit is a whole number from 1 to ${String(MAX_PAGE)}.`);
      }
      const after = Number(query.get('after') ?? 0);
      if (!Number.isSafeInteger(after) || after < 0) {
        return problem(400, 'The parameter after is what the page before gave as next.');
      }
      const of = query.get('class');
      if (of !== null && !DRIFT_CLASSES.some((one) => one === of)) {
        return problem(400, `The parameter class is one of ${DRIFT_CLASSES.join(', ')}.`);
      }
      const run = await drift.run(key, target, params['run'] ?? '');
      const filter = { class: of, field: query.get('field'), employee: query.get('employee') };
      return json(200, pageOf(run, filter, after, limit));
    }),
    targetRoute('targets.read-drift', 'POST', `${TARGET}/drift`, async (key, target) =>
      json(202, lineOf(await drift.begin(key, target)) satisfies DriftRunLine),
    ),
    targetRoute('targets.accept', 'POST', `${TARGET}/accept`, async (key, target, { body, requestId }) => {
      const given = choiceIn(body);
      if (given === null) return problem(400, USAGE);
      const done: DriftAccepted = await drift.accept(key, target, given, requestId);
      return json(done.staged.length > 0 ? 409 : 200, done);
    }),
    targetRoute('targets.repair', 'POST', `${TARGET}/repair`, async (key, target, { body }) => {
      const given = choiceIn(body);
      if (given === null) return problem(400, USAGE);
      const done: DriftRepair = await drift.repair(key, target, given);
      return json(done.plan === null ? 200 : 201, done);
    }),
  ];
}

function choiceIn(body: Uint8Array): DriftChoice | null {
  const parsed = parseJson(body);
  return parsed.ok && choice.Check(parsed.value) ? parsed.value : null;
}

interface LineFilter {
  readonly class: string | null;
  readonly field: string | null;
  readonly employee: string | null;
}

function pageOf(run: DriftRunWithLines, filter: LineFilter, after: number, limit: number): DriftRunPage {
  const found = run.lines.filter(
    (line) =>
      (filter.class === null || line.class === filter.class) &&
      (filter.field === null || line.field === filter.field) &&
      (filter.employee === null || line.subject === filter.employee),
  );
  const end = after + limit;
  return { ...lineOf(run), lines: found.slice(after, end), next: end < found.length ? String(end) : null };
}

function lineOf({ id, state, why, people, found, readAt, isComplete, counts }: DriftRun): DriftRunLine {
  return {
    id,
    state,
    why,
    people,
    found,
    read_at: new Date(readAt).toISOString(),
    complete: isComplete,
    counts,
  };
}
