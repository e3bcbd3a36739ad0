import type { Unforeseen } from '../writing.ts';

/** What a rehearsal assumes as it cannot be read, by the words that show it to be wrong: Hose has no codes (contract hose 4). */
const BY_WORDS: readonly (readonly [RegExp, string])[] = [
  [/^此用户无法进行修改账户手机号|^登录(手机号|邮箱)已被其他企业使用/, 'employees[].account'],
  [/席位|授权人数/, 'hose.seats'],
];

/** Returns the setting that was assumed and that an unforeseen answer shows to be another; null: none of them. */
export function assumptionOf({ message, code, isDropped }: Unforeseen): string | null {
  // A rule of synchronisation leaves a person as before and answers 200 (contract hose 3.2).
  if (isDropped) return 'hose.sync_rules';
  // No seat is left: `{"value": false}` (contract hose 5.4).
  if (code === 'false') return 'hose.seats';
  return BY_WORDS.find(([words]) => words.test(message))?.[1] ?? null;
}
