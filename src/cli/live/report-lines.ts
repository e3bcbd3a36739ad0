import type { LivePerson, Problem, Words } from '../../connectors/connector.ts';
import type { Tally } from '../../connectors/session.ts';
import { maskedValue } from '../../delivery/targets/mask.ts';
import type { Matching } from '../../delivery/targets/match.ts';
import { colors, displayWidth, padColumns } from '../output/colors.ts';

/** So many people of a kind are listed. */
const MAX_LISTED = 20;

/** Both languages in one line. */
export function both({ en, zh }: Words): string {
  return en === zh ? en : `${en} ${zh}`;
}

/** Lays rows out in columns; the last one is as long as it is. */
export function table(rows: readonly (readonly string[])[], indent = '  '): readonly string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(0, ...rows.map((row) => displayWidth(row[column] ?? ''))),
  );
  return rows.map((row) =>
    (indent + row.map((cell, column) => padColumns(onScreen(cell), widths[column] ?? 0)).join('  ')).trimEnd(),
  );
}

/** Text of another system must not control the terminal. */
function onScreen(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '\u{fffd}');
}

/** Who was found by what, who was not, and who is doubtful. */
export function matchingLines(matching: Matching, unmasked: boolean, colour: boolean): readonly string[] {
  const dye = colors(colour);
  const { matches, ambiguous, missing, onlyThere } = matching;
  const by = Object.entries(Object.groupBy(matches, (match) => match.by)).map(
    ([key, found]) => `${key} ${String(found.length)}`,
  );
  return [
    dye.bold('People 人员'),
    `  matched 已匹配: ${String(matches.length)}${by.length === 0 ? '' : ` (${by.join(', ')})`}`,
    ...listed(
      `  ${dye.yellow('ambiguous 无法确定')}`,
      ambiguous.map(({ own, by: key, why, candidates }) => [
        own.id,
        own.name,
        `${key}: ${WHY[why]}`,
        candidates.join(', '),
      ]),
    ),
    ...listed(
      '  only ours 仅本地',
      missing.map(({ id, name, values }) => [id, name, textOf(values.jobNumber)]),
    ),
    ...listed(
      '  only theirs 仅平台',
      onlyThere.map((person) => [person.id, textOf(person.values.name), contactOf(person, unmasked)]),
    ),
  ];
}

const WHY = {
  several: 'finds several 找到多人',
  other: 'another key finds somebody else 另一标识指向他人',
  shared: 'two of ours find the same person 两名本地员工指向同一人',
  unlike: 'only this key agrees, and the name is another 仅此项一致，姓名不同',
} as const;

/** What was asked of the platform, and where its limits were met. */
export function callLines(tally: readonly Tally[], colour: boolean): readonly string[] {
  const rows = tally.map(({ call, sent, limited, waitedMs }) => [
    call,
    `${String(sent)} sent 次`,
    limited === 0 ? '' : `${String(limited)} over the limit 次超限`,
    waitedMs < 100 ? '' : `waited ${(waitedMs / 1_000).toFixed(1)} s 等待`,
  ]);
  return [colors(colour).bold('Calls 调用'), ...table(rows)];
}

/** What was refused, each with what to do about it. */
export function problemLines(problems: readonly Problem[], colour: boolean): readonly string[] {
  if (problems.length === 0) return [];
  const dye = colors(colour);
  return [
    dye.bold('Refused 被拒绝'),
    ...problems.flatMap(({ call, verdict }) => [
      `  ${dye.red('✗')} ${call}: ${onScreen([verdict.code, verdict.message].join(' ').trim())}`,
      ...(verdict.remedy === undefined ? [] : [`      ${verdict.remedy.en}`, `      ${verdict.remedy.zh}`]),
    ]),
  ];
}

/** A list under its title with its number, cut where it is long. */
export function listed(title: string, rows: readonly (readonly string[])[]): readonly string[] {
  if (rows.length === 0) return [];
  const more = rows.length - MAX_LISTED;
  return [
    `${title}: ${String(rows.length)}`,
    ...table(rows.slice(0, MAX_LISTED), '    '),
    ...(more > 0 ? [`    … ${String(more)} more, with --json 其余见 --json`] : []),
  ];
}

function contactOf({ values }: LivePerson, unmasked: boolean): string {
  const mobile = values.mobile ?? null;
  return textOf(unmasked ? mobile : maskedValue('mobile', mobile));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
