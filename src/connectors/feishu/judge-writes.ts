import { forAll, saidBy, withoutAnswer, WRITTEN, type Said } from '../item-verdicts.ts';
import type { Verdict } from '../connector.ts';
import { member, parsed, textOf } from '../texts.ts';
import type { ItemVerdict, SendOutcome, WriteRequest } from '../writing.ts';
import { judge } from './answers.ts';
import { refusals } from './refusals.ts';

const MINUTE = 60_000;
/** What will be possible after some time, and when (contract 4.2, 4.3; feishu-contact 2.7). */
const WAITS: Readonly<Record<string, number>> = {
  2221163: MINUTE,
  2221185: 60 * MINUTE,
  2221270: 5 * MINUTE,
  44009: MINUTE,
  44025: 2_000,
  43024: 2_000,
  43030: 2_000,
  44034: 5 * MINUTE,
  44042: 60 * MINUTE,
};

/**
 * What the platform could not do, or did in part: only a look can say how much (contract 1.4; feishu-contact 2.7, where
 * 44054 to 44059 are refusals that wrote the rest).
 */
const DOUBTFUL: ReadonlySet<string> = new Set([
  '1500',
  '20050',
  '40003',
  '41027',
  '44049',
  '44054',
  '44055',
  '44056',
  '44057',
  '44058',
  '44059',
  '48002',
]);

/** Judges what became of a write: a request is done as a whole, or not at all (contract 0.3). */
export function judgeWrite(request: WriteRequest, outcome: SendOutcome): readonly ItemVerdict[] {
  if (outcome.kind !== 'answered') return forAll(request, withoutAnswer(outcome));
  const verdict = judge(outcome.answer);
  if (verdict.kind !== 'ok') return forAll(request, refusal(verdict));
  const liveId = madeIn(request, parsed(outcome.answer.body));
  return forAll(request, liveId === null || liveId === '' ? WRITTEN : { ...WRITTEN, liveId });
}

function refusal(verdict: Verdict): Said {
  const { code } = verdict;
  const waitMs = WAITS[code ?? ''];
  if (waitMs !== undefined) return { ...saidBy(verdict), fate: 'wait', waitMs };
  if (DOUBTFUL.has(code ?? '')) return { ...saidBy(verdict), fate: 'doubt' };
  const known = verdict.kind === 'refused' ? refusals[code ?? ''] : undefined;
  const remedy = verdict.remedy ?? known?.remedy;
  return {
    ...saidBy(remedy === undefined ? verdict : { ...verdict, remedy }),
    ...(known?.field === undefined ? {} : { cause: known.field }),
  };
}

/** Returns the id of what was made; null for a request that makes nothing. */
function madeIn({ call }: WriteRequest, json: unknown): string | null {
  if (call === 'directory.employees.create') return textOf(member(json, 'data', 'employee_id'));
  if (call === 'directory.departments.create') return textOf(member(json, 'data', 'department_id'));
  return null;
}
