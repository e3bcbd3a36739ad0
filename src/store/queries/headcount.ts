import type { QueryParams } from '../../directory/store.ts';
import { queryUnderLock, type SqlSyntax, type Statement, type SqlTask } from '../engine.ts';

/*
 * How many there are of each kind: of a whole company, and of each block of so many numbers in order of creation. From
 * the blocks follows where a page far down begins, whatever was removed before it, without reading those before it.
 */

const BLOCK = 1_024;

/** By what employees are counted: here or gone, from outside or not, with a seat or not. */
export type HeadcountKey = readonly [active: number, external: number, seated: number];

/** The block in which a number lies. */
export function blockOf(seq: number): number {
  return Math.floor(seq / BLOCK);
}

/** Counts one employee more, or one less. */
export function adjustHeadcount(tenant: number, seq: number, kind: HeadcountKey, by: 1 | -1): readonly Statement[] {
  return [
    {
      text: 'INSERT INTO headcount (tenant, active, external, seated, people) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (tenant, active, external, seated) DO UPDATE SET people = headcount.people + excluded.people',
      params: [tenant, ...kind, by],
    },
    {
      text: 'INSERT INTO block_headcount (tenant, block, active, external, seated, people) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (tenant, block, active, external, seated) DO UPDATE SET people = block_headcount.people + excluded.people',
      params: [tenant, blockOf(seq), ...kind, by],
    },
  ];
}

/** How many there are in all; `kind` is a condition on tenant and kind. */
export function headcount(kind: string, tenant: number): Statement {
  return { text: `SELECT sum(people) AS people FROM headcount WHERE ${kind}`, params: [tenant] };
}

/** Counts the people who have not left; a write locks the count until it is done. */
export function* countCurrentEmployees(
  flavor: SqlSyntax,
  locking: boolean,
  { tenant }: QueryParams['headcount'],
): SqlTask<number> {
  const lock = locking ? flavor.lock([`${String(tenant)} headcount`]) : null;
  const [row] = yield* queryUnderLock(lock, headcount('tenant = $1 AND active = 1', tenant));
  return Number(row?.['people'] ?? 0);
}

/** The blocks in which those stand who have so many of their kind before them, up to so many: each with its first. */
export function blocksAtOffset(kind: string, tenant: number, offset: number, limit: number): Statement {
  const blocks = `SELECT block, sum(people) AS people, sum(sum(people)) OVER (ORDER BY block) - sum(people) AS before FROM block_headcount WHERE ${kind} GROUP BY block`;
  return {
    text: `SELECT block * ${String(BLOCK)} AS seq, before FROM (${blocks}) AS blocks WHERE before < $3 AND before + people > $2 ORDER BY block`,
    params: [tenant, offset, offset + limit],
  };
}

/** Where a run of blocks ends that begin at these numbers, in order; null where others lie between them. */
export function endOfRun(first: number, last: number, blocks: number): number | null {
  return last - first === (blocks - 1) * BLOCK ? last + BLOCK : null;
}

/** A condition on `seq`: it lies in the block that begins with `first`. */
export function isInBlock(seq: string, first: string): string {
  return `${seq} >= ${first} AND ${seq} < ${first} + ${String(BLOCK)}`;
}
