import type { LiveValue } from '../../connectors/connector.ts';
import type { Difference } from '../../delivery/targets/drift.ts';
import { colors } from '../output/colors.ts';
import { valueText } from './field-values.ts';
import { nextLine, type SharedOptions } from './next-command.ts';
import { table } from './report-lines.ts';

/** So many differences are listed; --json has them all. */
const MAX_LISTED = 200;

/** A field that differs, as it is listed. */
export type ShownDifference = Omit<Difference, 'field' | 'since'> & { readonly field: string };

/** Lists fields of matched people that differ, with who changed them and what may be done. */
export function differenceLines(
  differences: readonly ShownDifference[],
  unmasked: boolean,
  colour: boolean,
): readonly string[] {
  const dye = colors(colour);
  if (differences.length === 0) return [dye.green('  No field of a matched person differs. 已匹配人员的字段均一致。')];
  const show = (field: string, value: LiveValue): string => valueText(field, value, unmasked);
  const rows = differences
    .slice(0, MAX_LISTED)
    .map(({ employee, name, field, ours, theirs, base, changed, authority, remedy }) => [
      employee,
      name,
      field,
      base === undefined ? '?' : show(field, base),
      show(field, ours),
      show(field, theirs),
      changed === null ? '–' : CHANGED[changed],
      authority ?? 'not set 未设置',
      REMEDIES[remedy],
    ]);
  const more = differences.length - rows.length;
  return [
    dye.bold(`Differences 差异: ${String(differences.length)}`),
    ...table([HEAD, ...rows]),
    ...legend(differences),
    ...(more > 0 ? [`  … ${String(more)} more, with --json 其余见 --json`] : []),
  ];
}

/** Explains the signs that are in the list. */
function legend(differences: readonly ShownDifference[]): readonly string[] {
  return [
    differences.some(({ base }) => base === undefined)
      ? '  ?: both sides never had the same, so it is not known who changed it 双方从未一致，不知是谁改动'
      : null,
    differences.some(({ authority }) => authority === null)
      ? '  not set: no plan writes this field; decide with --accept or --repair and --person 未设置以谁为准：计划不写入，用 --accept 或 --repair 与 --person 决定'
      : null,
  ].filter((line) => line !== null);
}

/** Returns the command that does what authority decides about differences; none where each is to be decided by somebody. */
export function nextAfterDrift(
  differences: readonly Pick<ShownDifference, 'remedy'>[],
  platform: string,
  options: SharedOptions,
): readonly string[] {
  if (differences.some(({ remedy }) => remedy === 'repair')) {
    return [nextLine(['plan', platform, '--out', `${platform}.plan`], options)];
  }
  const isAccepted = differences.some(({ remedy }) => remedy === 'accept');
  return isAccepted ? [nextLine(['drift', platform, '--accept', '--all'], options)] : [];
}

const HEAD = [
  'who 人员',
  '',
  'field 字段',
  'agreed 上次一致',
  'ours 本地',
  'theirs 平台',
  'changed 改动方',
  'authority 以谁为准',
  'next 处理',
];
const CHANGED = {
  ours: 'ours 本地',
  theirs: 'theirs 平台',
  both: 'both 双方',
  unknown: 'not known who 不知是谁',
} as const;
/** What to do about people of theirs who are none of ours. */
export const ONLY_THEIRS =
  '    Only theirs: put them into the company file and --adopt again, or say in a file for --adopt who they are; or leave them, no plan touches them. 仅平台：可加入公司文件后重新 --adopt，或在 --adopt 的文件中指定；不处理也可以，计划不会改动。';
const REMEDIES = { accept: 'accept 采纳', repair: 'repair 修复', decide: 'decide 待定' } as const;
