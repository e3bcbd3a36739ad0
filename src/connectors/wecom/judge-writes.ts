import type { Verdict, Words } from '../connector.ts';
import { forAll, saidBy, withoutAnswer, WRITTEN, type Said } from '../item-verdicts.ts';
import { listOf, member, parsed, textOf } from '../texts.ts';
import type { ItemVerdict, SendOutcome, WriteRequest } from '../writing.ts';
import { judge } from './answers.ts';
import { refusals } from './refusals.ts';

/** Somebody else writes the same at this moment: it can be done in a minute (contract wecom 1.6). */
const WAITS: Readonly<Record<string, number>> = { 6000: 60_000, 45035: 60_000 };
/** What the platform could not do itself (contract wecom 1.6). */
const DOUBTFUL: ReadonlySet<string> = new Set(['-1', '302005']);

/** Judges what became of a write: contacts as a whole, the roster by item (contract wecom 2.8). */
export function judgeWrite(request: WriteRequest, outcome: SendOutcome): readonly ItemVerdict[] {
  if (outcome.kind !== 'answered') return forAll(request, withoutAnswer(outcome));
  const verdict = judge(outcome.answer);
  if (verdict.kind !== 'ok') return forAll(request, refusal(verdict));
  const json = parsed(outcome.answer.body);
  switch (request.call) {
    case 'hr/update_staff_info':
      return judgeItems(request, json);
    case 'user/create':
      return made(request, textOf(member(parsed(request.body ?? ''), 'userid')));
    case 'department/create':
      return made(request, textOf(member(json, 'id')));
    default:
      return forAll(request, WRITTEN);
  }
}

function refusal(verdict: Verdict): Said {
  const code = verdict.code ?? '';
  const waitMs = WAITS[code];
  if (waitMs !== undefined) return { ...saidBy(verdict), fate: 'wait', waitMs };
  if (DOUBTFUL.has(code)) return { ...saidBy(verdict), fate: 'doubt' };
  const known = verdict.kind === 'refused' ? refusals[code] : undefined;
  const remedy = verdict.remedy ?? known?.remedy;
  return {
    ...saidBy(remedy === undefined ? verdict : { ...verdict, remedy }),
    ...(known?.field === undefined ? {} : { cause: known.field }),
  };
}

function made(request: WriteRequest, liveId: string): readonly ItemVerdict[] {
  return forAll(request, liveId === '' ? WRITTEN : { ...WRITTEN, liveId });
}

/** What the results of the roster mean, beside 1 (contract wecom 2.7). */
const RESULTS: Readonly<Record<number, Words>> = {
  2: {
    en: 'The roster does not take the value: an unknown option, a wrong form, or a value that somebody has.',
    zh: '花名册不接受该值：选项不存在、格式错误或与他人重复。',
  },
  3: { en: 'The roster has no field of this number: correct `fields`.', zh: '花名册无此编号的字段，请更正 `fields`。' },
  4: { en: 'The field is required there: it cannot be cleared.', zh: '该字段为必填，不可清空。' },
  5: { en: 'The roster does not let this field be written.', zh: '花名册不支持更新该字段。' },
};

function judgeItems(request: WriteRequest, json: unknown): readonly ItemVerdict[] {
  const items = listOf(member(json, 'update_results'));
  const results = new Map(items.map((item) => [textOf(member(item, 'fieldid')), member(item, 'result')]));
  return request.parts.flatMap(({ subject, fields }) =>
    fields.map(({ field, theirs }): ItemVerdict => ({ subject, field, ...saidOf(results.get(theirs)) })),
  );
}

function saidOf(result: unknown): Said {
  if (result === 1) return WRITTEN;
  const remedy = typeof result === 'number' ? RESULTS[result] : undefined;
  // Said to be done, and not shown: only a look can tell.
  if (remedy === undefined) return { fate: 'doubt', code: 'NOT_IN_ANSWER', message: '' };
  return { fate: 'refused', code: `result ${String(result)}`, message: '', remedy };
}
