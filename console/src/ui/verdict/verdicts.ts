import type { MemberResult } from '../../../../src/sandbox/journal/contract.ts';
import type { Both } from '../../words/language.tsx';

/** What became of a member, as the server says it. */
export type Verdict = MemberResult['verdict'];

/** How a verdict is shown: a sign with a form of its own, a word, and a kind that gives line and colour. */
export interface VerdictForm {
  readonly sign: string;
  readonly word: Both;
  readonly kind: 'good' | 'warn' | 'bad' | 'changed' | 'unknown' | 'quiet';
  /** Whether it needs a look. */
  readonly needsLook: boolean;
}

const quiet = (sign: string, zh: string, en: string, needsLook = false): VerdictForm => ({
  sign,
  word: { zh, en },
  kind: 'quiet',
  needsLook,
});

/** The legend of verdicts. */
export const VERDICTS: Readonly<Record<Verdict, VerdictForm>> = {
  applied: { sign: '✓', word: { zh: '已应用', en: 'applied' }, kind: 'good', needsLook: false },
  cleared: { sign: '∅', word: { zh: '已清空', en: 'cleared' }, kind: 'warn', needsLook: true },
  unchanged: quiet('=', '无变化', 'unchanged'),
  normalised: { sign: '≈', word: { zh: '已规范化', en: 'normalised' }, kind: 'changed', needsLook: true },
  ignored: quiet('⊘', '被忽略', 'ignored', true),
  refused: { sign: '✕', word: { zh: '被拒绝', en: 'refused' }, kind: 'bad', needsLook: true },
  unknown: { sign: '?', word: { zh: '未知字段', en: 'unknown' }, kind: 'unknown', needsLook: true },
  'not-mapped': quiet('·', '未映射', 'not mapped'),
  used: quiet('#', '已使用', 'used'),
  'not-applied': quiet('–', '未执行', 'not carried out'),
};

/** Verdicts in the order in which they deserve a look. */
export const BY_WEIGHT: readonly Verdict[] = [
  'refused',
  'cleared',
  'unknown',
  'ignored',
  'normalised',
  'applied',
  'not-applied',
  'not-mapped',
  'unchanged',
  'used',
];

/** Returns the verdicts of a call that are worth a sign: not those of what only found the employee or let the caller in. */
export function countedVerdicts(counts: Readonly<Record<string, number>>): readonly Verdict[] {
  return BY_WEIGHT.filter((verdict) => verdict !== 'used' && (counts[verdict] ?? 0) > 0);
}
