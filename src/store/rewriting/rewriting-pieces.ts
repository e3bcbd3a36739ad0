import { accountEffects } from './known-accounts.ts';
import type { Account } from '../../directory/auth/account.ts';
import { changedFields, type Origin } from '../../directory/history/change.ts';
import type { Employee } from '../../directory/employees/employee.ts';
import { StoreBusyError } from '../../directory/errors.ts';
import type { SnapshotRequest } from '../../directory/snapshots.ts';
import type { Effect } from '../../directory/store.ts';
import { applyEffects } from '../apply-effects.ts';
import { employeesById } from '../queries/employees.ts';
import type { WriteResult, Engine, SqlSyntax, Row, Statement, SqlTask } from '../engine.ts';
import { removePeople } from './removal.ts';
import { seal, unseal } from '../sealed.ts';
import { beginCopying, copySome, forgetSome, leaveApplied, type Copying } from '../snapshots/take-in-pieces.ts';
import { removeOrphanAccounts, removeTenant } from '../queries/tenants.ts';

/*
 * A large company is rewritten in batches, so that other requests run in between, and yet atomically: first all batches
 * are staged; then one transaction commits to them and locks the company (`gates.ts`); then each batch is applied in a
 * transaction that removes it. A rewrite that was committed and not finished when the process died is finished when the
 * store is opened.
 */

/** Some of what is to be written, in this order. */
export type RewritingPiece =
  | { readonly accounts: readonly Account[] }
  /** How employees are to be; null removes one. */
  | { readonly employees: readonly (readonly [id: string, after: Employee | null])[] }
  /** Accounts to be removed where no employee of any company has them any more. */
  | { readonly left: readonly string[] }
  /** A snapshot that is being taken of the company as it is now. */
  | { readonly copying: Copying }
  /** What is left of the snapshot of before. */
  | { readonly leaving: true };

/** What is to be done with a company as a whole. */
export interface Intent {
  readonly origin: Origin;
  /** Whether it is removed with everything it has. */
  readonly removes: boolean;
  /** As in `TenantRewrite`. */
  readonly snapshot?: SnapshotRequest | null;
}

/** Keeps that a company is going to be rewritten; nothing counts before {@link decideOn}. */
export function beginRewriting(id: string, intent: Intent): Statement {
  return {
    text: 'INSERT INTO rewriting (id, tenant, record) VALUES ($1, NULL, $2)',
    params: [id, seal(JSON.stringify(intent), id)],
  };
}

/** Keeps a piece, in place of one that may be there. */
export function keepPiece(id: string, position: number, piece: RewritingPiece): Statement {
  return {
    text: 'INSERT INTO rewriting_piece (rewriting, position, record) VALUES ($1, $2, $3) ON CONFLICT (rewriting, position) DO UPDATE SET record = excluded.record',
    params: [id, position, seal(JSON.stringify(piece), aboutPiece(id, position))],
  };
}

function aboutPiece(id: string, position: number): string {
  return `${id} ${String(position)}`;
}

/** From now on the pieces count. */
export function decideOn(id: string, tenant: number): Statement {
  return { text: 'UPDATE rewriting SET tenant = $1 WHERE id = $2', params: [tenant, id] };
}

/** Carries out the next piece of a rewriting that was decided on; answers whether there was none left. */
export function* applyNextPiece(flavor: SqlSyntax, id: string): SqlTask<WriteResult<boolean>> {
  const [rows = [], pieces = []] = yield [
    { text: 'SELECT tenant, record FROM rewriting WHERE id = $1 AND tenant IS NOT NULL', params: [id] },
    {
      text: 'SELECT position, record FROM rewriting_piece WHERE rewriting = $1 ORDER BY position LIMIT 1',
      params: [id],
    },
  ];
  const [row] = rows;
  if (row === undefined) throw new StoreBusyError('everything was replaced meanwhile');
  const tenant = Number(row['tenant']);
  // Written by `beginRewriting` and `keepPiece` from the types they are read as.
  const { origin, removes, snapshot } = unseal(String(row['record']), id) as Intent;
  const [first] = pieces;
  if (first !== undefined) {
    const position = Number(first['position']);
    const piece = unseal(String(first['record']), aboutPiece(id, position)) as RewritingPiece;
    const { last, rest } = yield* applyPiece(flavor, tenant, origin, piece);
    const done = { text: 'DELETE FROM rewriting_piece WHERE rewriting = $1 AND position = $2', params: [id, position] };
    return { result: false, deferred: [...last, rest === null ? done : keepPiece(id, position, rest)] };
  }
  if (removes && !(yield* removePeople(flavor, tenant))) return { result: false, deferred: [] };
  if (snapshot !== undefined) {
    const piece = yield* beginSnapshot(tenant, snapshot);
    const without: Intent = { origin, removes };
    const begun = {
      text: 'UPDATE rewriting SET record = $2 WHERE id = $1',
      params: [id, seal(JSON.stringify(without), id)],
    };
    return { result: false, deferred: [keepPiece(id, 0, piece), begun] };
  }
  const done = { text: 'DELETE FROM rewriting WHERE id = $1', params: [id] };
  return { result: true, deferred: [...(removes ? removeTenant(flavor, tenant, origin) : []), done] };
}

/** What was made of a piece. */
interface AppliedPiece {
  /** Written last. */
  readonly last: readonly Statement[];
  /** What of it is still to be done; null for nothing. */
  readonly rest: RewritingPiece | null;
}

function* applyPiece(flavor: SqlSyntax, tenant: number, origin: Origin, piece: RewritingPiece): SqlTask<AppliedPiece> {
  if ('copying' in piece) {
    const copying = yield* copySome(tenant, piece.copying);
    return { last: [], rest: copying === null ? { leaving: true } : { copying } };
  }
  if ('leaving' in piece) return { last: [], rest: (yield* forgetSome(tenant)) ? null : piece };
  if ('accounts' in piece) {
    const effects = yield* accountEffects(flavor, tenant, piece.accounts, origin);
    return { last: yield* applyEffects(flavor, effects), rest: null };
  }
  if ('left' in piece) return { last: [removeOrphanAccounts(flavor, piece.left)], rest: null };
  const ids = piece.employees.map(([id]) => id);
  const now = yield* employeesById(flavor, true, { tenant, ids });
  const effects = piece.employees.flatMap(([id, after]): readonly Effect[] => {
    const before = now.get(id) ?? null;
    if (before === null && after === null) return [];
    return [{ write: 'employee', tenant, before, after, fields: changedFields(before, after), origin }];
  });
  return { last: yield* applyEffects(flavor, effects), rest: null };
}

/** Begins the snapshot of the company as it is now, or the removal of that of the file before. */
function* beginSnapshot(tenant: number, request: SnapshotRequest | null): SqlTask<RewritingPiece> {
  if (request !== null) return { copying: yield* beginCopying(tenant, request) };
  yield* leaveApplied(tenant);
  return { leaving: true };
}

/** Pieces removed in one transaction. */
const DISCARDED = 50;

/** Removes some pieces of a rewriting that does not count, and then itself; answers whether nothing is left. */
export function* discardSome(id: string): SqlTask<WriteResult<boolean>> {
  const [pieces = []] = yield [
    {
      text: 'SELECT position FROM rewriting_piece WHERE rewriting = $1 ORDER BY position LIMIT $2',
      params: [id, DISCARDED],
    },
  ];
  const [last] = pieces.slice(-1);
  if (last === undefined) {
    return {
      result: true,
      deferred: [{ text: 'DELETE FROM rewriting WHERE id = $1 AND tenant IS NULL', params: [id] }],
    };
  }
  return {
    result: false,
    deferred: [
      {
        text: 'DELETE FROM rewriting_piece WHERE rewriting = $1 AND position <= $2',
        params: [id, Number(last['position'])],
      },
    ],
  };
}

/** Finishes what was decided before the store was closed, and removes what was not. */
export async function finishRewritings(engine: Engine): Promise<void> {
  for (const { id, tenant } of await engine.read(rewritingsThere)) {
    const next = (): SqlTask<WriteResult<boolean>> =>
      tenant === null ? discardSome(String(id)) : applyNextPiece(engine.flavor, String(id));
    while (!(await engine.write(next)));
  }
}

function* rewritingsThere(): SqlTask<readonly Row[]> {
  const [rows = []] = yield [{ text: 'SELECT id, tenant FROM rewriting ORDER BY id', params: [] }];
  return rows;
}
