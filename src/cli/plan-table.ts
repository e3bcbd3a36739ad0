import type { Plan, PlannedStep } from '../http/admin/contract.ts';
import { colors, type Paint } from './colors.ts';

const MOST_ROWS = 60;
const MOST_IDS = 6;

const ACTIONS = [
  { action: 'add', sign: '+', done: 'added 新增', tint: 'green' },
  { action: 'change', sign: '~', done: 'changed 变更', tint: 'yellow' },
  { action: 'remove', sign: '-', done: 'removed 删除', tint: 'red' },
] as const;

/** A plan as a person reads it: what is added in short, what is changed and removed line by line. */
export function planTable(
  { company, steps }: Plan,
  options: { readonly planned: boolean; readonly colour: boolean },
): string {
  const dye = colors(options.colour);
  if (steps.length === 0) {
    return `${dye.bold(company)} is as the file says; nothing to do. 与文件一致，无需变更。\n`;
  }
  const title = options.planned ? 'planned, nothing done yet 仅计划，尚未执行' : 'done 已执行';
  const counts = ACTIONS.map(({ action, sign, done, tint }) => {
    const number = steps.filter((step) => step.action === action).length;
    const text = `${sign}${String(number)} ${done}`;
    return number === 0 ? dye.dim(text) : dye[tint](text);
  });
  const rows = [...additions(steps), ...steps.filter(({ action }) => action !== 'add').map(rowOf)];
  const shown = rows.slice(0, MOST_ROWS);
  const widths = [1, 2].map((column) => Math.max(...shown.map((row) => (row[column] ?? '').length)));
  const lines = shown.map(([sign, kind, what, fields]) =>
    `  ${tinted(sign, dye)} ${kind.padEnd(widths[0] ?? 0)}  ${fields === '' ? what : what.padEnd(widths[1] ?? 0)}  ${dye.dim(fields)}`.trimEnd(),
  );
  const more = rows.length - shown.length;
  if (more > 0) lines.push(dye.dim(`  … and ${String(more)} more 另有 ${String(more)} 项`));
  return `${dye.bold(company)}  ${counts.join('  ')}  (${title})\n${lines.join('\n')}\n`;
}

type Row = readonly [sign: '+' | '~' | '-', kind: string, what: string, fields: string];

/** What is added, one row a kind: a new company would otherwise fill the screen. */
function additions(steps: readonly PlannedStep[]): readonly Row[] {
  const byKind = Map.groupBy(
    steps.filter(({ action }) => action === 'add'),
    ({ kind }) => kind,
  );
  return [...byKind].map(([kind, added]) => {
    const ids = added.slice(0, MOST_IDS).map(({ id }) => id);
    if (added.length > MOST_IDS) ids.push('…');
    return ['+', kind, added.length === 1 ? ids.join() : `${String(added.length)}: ${ids.join(', ')}`, ''];
  });
}

function rowOf({ action, kind, id, fields }: PlannedStep): Row {
  return action === 'remove' ? ['-', kind, id, ''] : ['~', kind, id, fields.join(', ')];
}

function tinted(sign: Row[0], dye: Paint): string {
  const tint = ACTIONS.find((action) => action.sign === sign)?.tint ?? 'dim';
  return dye[tint](sign);
}
