import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Call, DialectContext, Reply, Route } from '../../dialects/dialect.ts';
import type { Change } from '../../directory/change.ts';
import { COMPANY_FILE } from '../../company/contract.ts';
import { load, type ChangePage, type Decision, type StoreTask } from '../../directory/store.ts';
import type { Tenant } from '../../directory/tenant.ts';
import { planUndo, type UndoPlan } from '../../directory/undo.ts';
import { conflictView, undoneView } from './change-view.ts';
import { companyNotFound } from './companies.ts';
import type { UndoAnswer } from './contract.ts';
import { json, problem } from './reply.ts';

/** So many changes of one request are taken back at once. */
const MAX_UNDONE = 1_000;

const Body = Type.Object(
  {
    /** Only these fields, by the record's names. */
    fields: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { minItems: 1, maxItems: 200 })),
    /** Whether everything that the same request changed is taken back. */
    request: Type.Optional(Type.Boolean()),
    /** Whether it is only worked out. */
    plan: Type.Optional(Type.Boolean()),
    /** Takes back what can be, and leaves the rest. */
    only: Type.Optional(Type.Literal('without-conflicts')),
  },
  { additionalProperties: false },
);
const body = Compile(Body);

/** Takes a change back, which is a change itself. */
export const undoRoute: Route = {
  operation: 'changes.undo',
  method: 'POST',
  path: '/mingce/v1/companies/:key/changes/:number/undo',
  answer: undo,
};

const PATH_NUMBER = /^[1-9][0-9]{0,14}$/;

async function undo(call: Call, { store, now }: DialectContext): Promise<Reply> {
  const { params, requestId } = call;
  const options = optionsOf(call.body);
  if (options === null) {
    return problem(
      400,
      'The body is { "fields": ["mobile"], "request": true, "plan": true, "only": "without-conflicts" }, each if wanted.',
    );
  }
  const { fields, request = false, plan = false, only } = options;
  const key = params['key'] ?? '';
  const tenant = await store.tenantByKey(key);
  if (tenant === null) return companyNotFound(key);
  const number = PATH_NUMBER.test(params['number'] ?? '') ? Number(params['number']) : 0;
  const origin = { dialect: 'admin', operation: 'undo', app: null, request: requestId, at: now(tenant) };
  const withoutConflicts = only !== undefined;
  const planned = function* (fresh: Tenant): StoreTask<UndoPlan | null> {
    const change = yield* load('change', { tenant: fresh.number, number });
    if (change === null) return null;
    const changes = request ? yield* ofRequest(fresh.number, change) : [change];
    if (changes.length > MAX_UNDONE) throw new UndoTooLargeError();
    return yield* planUndo({
      tenant: fresh,
      changes,
      ...(fields === undefined ? {} : { fields }),
      withoutConflicts,
      origin,
    });
  };
  try {
    const undone = plan
      ? await store.read(() => planned(tenant))
      : await store.write(() => decided(tenant, planned, withoutConflicts));
    if (undone === null) return problem(404, 'This company has no such change.');
    const isRefused = undone.conflicts.length > 0 && !(withoutConflicts && undone.undone.length > 0);
    return json(isRefused && !plan ? 409 : 200, answerOf(undone, { isPlan: plan, isRefused }));
  } catch (error) {
    if (!(error instanceof UndoTooLargeError)) throw error;
    return problem(422, error.message);
  }
}

/** The request changed more people than are taken back at once. */
class UndoTooLargeError extends Error {
  constructor() {
    super(`The request made more than ${String(MAX_UNDONE)} changes; apply the company file from before it instead.`);
    this.name = 'UndoTooLargeError';
  }
}

function* decided(
  { number }: Tenant,
  planned: (tenant: Tenant) => StoreTask<UndoPlan | null>,
  withoutConflicts: boolean,
): StoreTask<Decision<UndoPlan | null>> {
  const tenant = yield* load('tenant', { number });
  const plan = tenant === null ? null : yield* planned(tenant);
  if (plan === null || (plan.conflicts.length > 0 && !withoutConflicts)) return { answer: plan, effects: [] };
  return { answer: plan, effects: plan.effects };
}

/** The changes that the request of one of them made, newest first. */
function* ofRequest(tenant: number, { number, origin }: Change): StoreTask<readonly Change[]> {
  const { request, dialect } = origin;
  // What one request changed was written together, so these are neighbours; a company file may be written in pieces.
  let before: number | null = dialect === COMPANY_FILE ? null : number + MAX_UNDONE;
  const found: Change[] = [];
  for (;;) {
    const page: ChangePage = yield* load('changes', { tenant, request, before, limit: MAX_UNDONE + 1 });
    found.push(...page.changes);
    const isPast = page.changes.length === 0 && (page.next ?? 0) <= number;
    if (page.next === null || isPast || found.length > MAX_UNDONE) return found;
    before = page.next;
  }
}

function optionsOf(bytes: Uint8Array): Static<typeof Body> | null {
  if (bytes.length === 0) return {};
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    return body.Check(value) ? value : null;
  } catch {
    return null;
  }
}

function answerOf(
  { undone, conflicts }: UndoPlan,
  { isPlan, isRefused }: { readonly isPlan: boolean; readonly isRefused: boolean },
): UndoAnswer {
  return {
    planned: isPlan,
    undone: isRefused && !isPlan ? [] : undone.map(undoneView),
    conflicts: conflicts.map(conflictView),
    not_taken_back: NOT_TAKEN_BACK,
  };
}

/** What went out, or is kept apart from the record. */
const NOT_TAKEN_BACK = ['invitations', 'messages', 'tokens', 'logins', 'files', 'departments'] as const;
