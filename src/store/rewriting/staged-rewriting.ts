import { randomUUID } from 'node:crypto';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import type { Account } from '../../directory/auth/account.ts';
import type { Origin } from '../../directory/history/change.ts';
import { DirectoryError, StoreBusyError } from '../../directory/errors.ts';
import type { EmployeeRewrite, TenantRewrite } from '../../directory/store.ts';
import { backoffMs } from '../../lib/backoff.ts';
import { Turns } from '../../lib/turns.ts';
import type { WriteResult, SqlSyntax, Statement, SqlTask } from '../engine.ts';
import {
  beginRewriting,
  applyNextPiece,
  decideOn,
  discardSome,
  keepPiece,
  type RewritingPiece,
} from './rewriting-pieces.ts';

/** Employees in a piece, and accounts. Others wait while a piece is written, so it takes a few milliseconds at most. */
const EMPLOYEES = 20;
const ACCOUNTS = 100;
/** Employees changed meanwhile are in batches after all others, and accounts without any employee come last. */
const SETTLED_LATE = 1_000_000;
const LEFT = 2_000_000;

/** What is to be written of a company and its people. */
export type LargeRewriting = Omit<TenantRewrite<unknown>, 'answer'>;

/** How a staged rewriting writes: each work is a transaction. */
export interface PieceWriter {
  readonly flavor: SqlSyntax;
  readonly write: <Result>(work: () => SqlTask<WriteResult<Result>>) => Promise<Result>;
  /** Whether nothing can be written any more. */
  readonly isOver: () => boolean;
}

/** A rewriting of a company on its way from what was thought to what is kept, a piece at a time. */
export class StagedRewriting {
  readonly id = randomUUID();
  readonly #writer: PieceWriter;
  /** In which piece employees are. */
  readonly #places = new Map<string, number>();
  readonly #members = new Map<number, readonly string[]>();
  readonly #progress: (done: number, of: number) => void;
  #late = SETTLED_LATE;
  #left = LEFT;
  #done = 0;
  #of = 0;

  constructor(writer: PieceWriter, progress: (done: number, of: number) => void = () => undefined) {
    this.#writer = writer;
    this.#progress = progress;
  }

  /** Keeps all pieces. Throws `DirectoryError` where two accounts would have one login identifier. */
  async stage(rewriting: LargeRewriting): Promise<void> {
    await refuseShared(rewriting.accounts);
    const { origin, snapshot } = rewriting;
    const intent = { origin, removes: false, ...(snapshot === undefined ? {} : { snapshot }) };
    await this.#keep([beginRewriting(this.id, intent)]);
    // Each piece is staged, and written once that is decided.
    const { accounts, employees } = rewriting;
    this.#of = 2 * (Math.ceil(accounts.length / ACCOUNTS) + Math.ceil(employees.length / EMPLOYEES));
    for (const statement of this.#statements(rewriting)) {
      await this.#keep([statement]);
      this.#count();
      await othersFirst();
    }
  }

  /** Stages some employees again, after they were planned again. */
  *restage(ids: readonly string[], employees: readonly EmployeeRewrite[]): SqlTask<void> {
    if (ids.length === 0) return;
    const rewrites = new Map(employees.map((rewrite) => [idOf(rewrite), rewrite]));
    const statements: Statement[] = [];
    const rewritesOf = (some: readonly string[]): readonly EmployeeRewrite[] =>
      some.flatMap((id) => rewrites.get(id) ?? []);
    for (const position of new Set(ids.flatMap((id) => this.#places.get(id) ?? []))) {
      statements.push(keepPiece(this.id, position, peopleOf(rewritesOf(this.#members.get(position) ?? []))));
    }
    const late = rewritesOf(ids.filter((id) => !this.#places.has(id)));
    if (late.length > 0) statements.push(this.#people(this.#late++, late));
    const left = accountsLeft(rewritesOf(ids));
    if (left.length > 0) statements.push(keepPiece(this.id, this.#left++, { left }));
    if (statements.length > 0) yield statements;
  }

  /** From the end of this transaction on the pieces count. */
  *decide(tenant: number): SqlTask<void> {
    yield [decideOn(this.id, tenant)];
  }

  /** From the end of this transaction on the company is being removed. */
  *decideOnRemoval(tenant: number, origin: Origin): SqlTask<void> {
    yield [beginRewriting(this.id, { origin, removes: true }), decideOn(this.id, tenant)];
  }

  /** Carries out what was decided, a piece at a time, for as long as anything can be written. */
  async finish(): Promise<void> {
    const { write, flavor, isOver } = this.#writer;
    for (let failures = 0; ;) {
      try {
        if (await write(() => applyNextPiece(flavor, this.id))) return;
        this.#count();
        failures = 0;
        await othersFirst();
      } catch (error) {
        if (!(error instanceof StoreBusyError) || isOver()) throw error;
        await sleep(backoffMs(++failures));
      }
    }
  }

  /** Removes what was kept and does not count. */
  async discard(): Promise<void> {
    while (!(await this.#writer.write(() => discardSome(this.id)))) await othersFirst();
  }

  *#statements({ accounts, employees }: LargeRewriting): Generator<Statement, void, undefined> {
    let position = 0;
    for (const some of piecesOf(accounts, ACCOUNTS)) yield keepPiece(this.id, position++, { accounts: some });
    for (const some of piecesOf(employees, EMPLOYEES)) yield this.#people(position++, some);
    for (const some of piecesOf(accountsLeft(employees), ACCOUNTS))
      yield keepPiece(this.id, this.#left++, { left: some });
  }

  /** What comes late makes no count go beyond its end. */
  #count(): void {
    if (this.#of > 0) this.#progress((this.#done = Math.min(this.#done + 1, this.#of)), this.#of);
  }

  #people(position: number, rewrites: readonly EmployeeRewrite[]): Statement {
    this.#members.set(position, rewrites.map(idOf));
    for (const rewrite of rewrites) this.#places.set(idOf(rewrite), position);
    return keepPiece(this.id, position, peopleOf(rewrites));
  }

  #keep(last: readonly Statement[]): Promise<undefined> {
    // eslint-disable-next-line require-yield -- there is nothing to ask
    return this.#writer.write(function* (): SqlTask<WriteResult<undefined>> {
      return { result: undefined, deferred: last };
    });
  }
}

/**
 * Waits until the requests that came during a piece are committed without the next one: they come in with the first turn
 * of the event loop, and are written at its end.
 */
async function othersFirst(): Promise<void> {
  await setImmediate();
  await setImmediate();
}

function idOf({ before, after }: EmployeeRewrite): string {
  return (after ?? before)?.id ?? '';
}

function peopleOf(rewrites: readonly EmployeeRewrite[]): RewritingPiece {
  return { employees: rewrites.map((rewrite) => [idOf(rewrite), rewrite.after]) };
}

/** Accounts that employees had and have no more. */
export function accountsLeft(employees: readonly EmployeeRewrite[]): readonly string[] {
  return employees.flatMap(({ before, after }) =>
    before === null || before.account === null || before.account === after?.account ? [] : [before.account],
  );
}

function* piecesOf<Thing>(things: readonly Thing[], size: number): Generator<readonly Thing[], void, undefined> {
  for (let from = 0; from < things.length; from += size) yield things.slice(from, from + size);
}

/** What is decided must be possible: written in their order, no two of the accounts may share a login identifier. */
async function refuseShared(accounts: readonly Account[]): Promise<void> {
  const turns = new Turns();
  const holders = new Map<string, string>();
  const held = new Map<string, readonly string[]>();
  for (const { id, mobile, email } of accounts) {
    for (const value of held.get(id) ?? []) holders.delete(value);
    const values = [...(mobile === null ? [] : [`mobile ${mobile}`]), ...(email === null ? [] : [`email ${email}`])];
    for (const value of values) {
      if (holders.has(value)) throw new DirectoryError({ kind: 'taken', subject: 'account' });
      holders.set(value, id);
    }
    held.set(id, values);
    await turns.next();
  }
}
