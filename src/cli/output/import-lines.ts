import { counted } from '../../lib/counted.ts';
import type { ImportRow, ImportState, ImportView } from '../../company/tables/contract.ts';
import type { Paint } from './colors.ts';
import { shortened } from '../../lib/text/shortened.ts';

const STATES: Readonly<Record<ImportState, string>> = {
  uploaded: 'uploaded 已上传',
  checking: 'checking 正在检查',
  checked: 'checked, nothing written yet 已检查，尚未写入',
  applying: 'applying 正在写入',
  paused: 'paused 已暂停',
  applied: 'applied 已写入',
  undoing: 'undoing 正在撤销',
  undone: 'undone 已撤销',
  failed: 'failed 失败',
};

/** Says what an import would do, or did: its columns, counts, and why rows fail. */
export function importLines(view: ImportView, failing: readonly ImportRow[], paint: Paint): readonly string[] {
  const { counts, brake } = view;
  const lines = [`${paint.bold(view.id)}  ${view.file}  ${STATES[view.state]}`];
  // What was checked before it was written says nothing of what was taken back.
  if (view.state === 'undone') {
    const back = view.applied - view.kept;
    return [...lines, `  taken back 已撤销 ${String(back)}, left as they are 未撤销 ${String(view.kept)}`];
  }
  lines.push(...sheetLines(view, paint));
  for (const { header, field, example, read_as: readAs, did_you_mean: close, repeats } of view.columns) {
    const meant =
      repeats === undefined
        ? close.length === 0
          ? ''
          : ` (${close.join(', ')}?)`
        : ` (an earlier column is ${repeats} 前面已有 ${repeats} 列)`;
    const shown = readAs === null ? example : `${example} = ${readAs}`;
    lines.push(`  ${printable(cut(header))} → ${field ?? `–${meant}`}  ${printable(cut(shown))}`);
  }
  if (counts !== null) {
    lines.push(
      `  ${counted(counts.rows, 'row')} 行: add 新增 ${String(counts.add)}, change 更改 ${String(counts.change)}, same 相同 ${String(counts.same)}, refused 拒绝 ${String(counts.refused)}`,
      ...Object.entries(counts.refused_by).map(([platform, rows]) => `  ${platform} refuses 拒绝 ${String(rows)}`),
    );
  }
  if (counts !== null && counts.hidden > 0) lines.push(paint.yellow(hiddenLine(view, counts.hidden)));
  if (brake?.tripped === true) {
    lines.push(
      paint.yellow(
        `  ${String(brake.removes)} of ${String(brake.present)} employees would leave; apply it with --confirm ${String(brake.removes)}. 将有 ${String(brake.removes)} 名员工离职。`,
      ),
    );
  }
  for (const row of failing) lines.push(...rowLines(row, paint));
  if (view.state === 'applied')
    lines.push(`  written 已写入 ${String(view.applied)}, failed 失败 ${String(view.failed)}`);
  if (view.state === 'paused') lines.push(`  paused 已暂停: mingce import --resume ${view.id}`);
  if (view.error !== null) lines.push(paint.red(`  ${view.error.en} ${view.error.zh}`));
  return lines;
}

/** Names the sheet that is read, and those with text that are not; of a CSV file the encoding that was guessed. */
function sheetLines(view: ImportView, paint: Paint): readonly string[] {
  const { sheet, other_sheets: others, guessed_encoding: encoding } = view;
  if (encoding !== null) {
    return [
      `  read as ${encoding}, as it is not UTF-8; if texts look wrong, save it as CSV UTF-8. 按 ${encoding} 编码读取；如有乱码，请另存为「CSV UTF-8」。`,
    ];
  }
  if (sheet === null) return [];
  const read = `  sheet 工作表: ${printable(sheet)}`;
  if (others.length === 0) return [read];
  const names = others.map(({ name, hidden }) => `${printable(name)}${hidden ? ' (hidden 隐藏)' : ''}`);
  return [read, paint.yellow(`  not read 未读取: ${names.join(', ')}; choose one with --sheet 用 --sheet 选择`)];
}

/** Says whether rows that the sheet hides are among those of the import. */
function hiddenLine({ skips_hidden: areLeftOut }: ImportView, hidden: number): string {
  const rows = counted(hidden, 'hidden row');
  return areLeftOut
    ? `  ${rows} left out 已跳过隐藏行 ${String(hidden)}`
    : `  ${rows} among them; leave out with --skip-hidden. 其中 ${String(hidden)} 行是隐藏行，也会导入；用 --skip-hidden 跳过。`;
}

function rowLines({ row, name, problems, verdicts }: ImportRow, paint: Paint): readonly string[] {
  const why = [
    ...problems.map(({ field, en, zh, did_you_mean: close = [] }) =>
      [field === null ? '' : `${field}:`, en, zh, close.length === 0 ? '' : `(${close.join(', ')}?)`]
        .filter((part) => part !== '')
        .join(' '),
    ),
    ...Object.entries(verdicts).flatMap(([platform, verdict]) =>
      verdict?.accepted === false ? [`${platform} ${verdict.code ?? ''} ${verdict.message ?? ''}`] : [],
    ),
  ];
  return why.map((text) => `  ${paint.bold(String(row))}  ${printable(name)}  ${printable(text)}`);
}

/** A header or value may be as long as a page. */
const MAX_SHOWN = 80;

function cut(text: string): string {
  return shortened(text, MAX_SHOWN);
}

/** Text of a file must not control the terminal. */
function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '\u{fffd}');
}
