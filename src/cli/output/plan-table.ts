import type { Plan, PlannedStep } from '../../company/contract.ts';
import { colors, displayWidth, padColumns, type Paint } from './colors.ts';

const MAX_ROWS = 60;
const MAX_IDS = 6;
const MAX_SHOWN_LENGTH = 60;

const ACTIONS = [
  { action: 'add', sign: '+', done: 'added 新增', tint: 'green' },
  { action: 'change', sign: '~', done: 'changed 变更', tint: 'yellow' },
  { action: 'remove', sign: '-', done: 'removed 删除', tint: 'red' },
] as const;

/** A plan as a person reads it: what is added in short, what is changed and removed by name, with the values. */
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
  const rows = [...additions(steps), ...steps.filter(({ action }) => action !== 'add').flatMap(rowsOf)];
  const shown = rows.slice(0, MAX_ROWS);
  const things = shown.filter(([sign, , , name]) => sign !== ' ' && name !== '');
  const widths = [1, 2].map((column) => Math.max(0, ...things.map((row) => displayWidth(row[column] ?? ''))));
  const lines = shown.map(([sign, kind, what, name]) => {
    if (sign === ' ') return `      ${what}`;
    const text = `${padColumns(kind, widths[0] ?? 0)}  ${name === '' ? what : padColumns(what, widths[1] ?? 0)}  ${name}`;
    return `  ${tinted(sign, dye)} ${text}`.trimEnd();
  });
  const more = rows.length - shown.length;
  if (more > 0) lines.push(dye.dim(`  … and ${String(more)} more lines 另有 ${String(more)} 行`));
  return `${dye.bold(company)}  ${counts.join('  ')}  (${title})\n${lines.join('\n')}\n`;
}

/** One line; with a blank for a sign, a value of the thing above. */
type Row = readonly [sign: '+' | '~' | '-' | ' ', kind: string, what: string, name: string];

/** What is added, one row a kind: a new company would otherwise fill the screen. */
function additions(steps: readonly PlannedStep[]): readonly Row[] {
  const byKind = Map.groupBy(
    steps.filter(({ action }) => action === 'add'),
    ({ kind }) => kind,
  );
  return [...byKind].map(([kind, added]) => {
    const [only] = added;
    if (added.length === 1 && only !== undefined) return ['+', kind, onScreen(only.id), onScreen(only.name ?? '')];
    const some = added.slice(0, MAX_IDS).map(({ id, name }) => onScreen(name === undefined ? id : `${id} ${name}`));
    if (added.length > MAX_IDS) some.push('…');
    return ['+', kind, `${String(added.length)}: ${some.join(', ')}`, ''];
  });
}

/** What is changed or removed, and for a change each field with its values. */
function rowsOf({ action, kind, id, name = '', fields, values = {} }: PlannedStep): readonly Row[] {
  const row: Row = [action === 'remove' ? '-' : '~', kind, onScreen(id), onScreen(name)];
  const changes = action === 'remove' ? [] : fields;
  return [
    row,
    ...changes.map((field): Row => {
      const [before, after] = values[field] ?? [];
      return [
        ' ',
        '',
        field in values ? `${onScreen(field)}: ${shown(before)} → ${shown(after)}` : onScreen(field),
        '',
      ];
    }),
  ];
}

function shown(value: unknown): string {
  if (value === undefined || value === null || value === '') return '—';
  return onScreen(typeof value === 'string' ? value : JSON.stringify(value));
}

/** What people wrote must not steer a terminal, nor fill it. */
function onScreen(text: string): string {
  const signs = Array.from(text.replaceAll(/\p{Cc}/gu, '\u{fffd}'));
  return signs.length > MAX_SHOWN_LENGTH ? `${signs.slice(0, MAX_SHOWN_LENGTH).join('')}…` : signs.join('');
}

function tinted(sign: Row[0], dye: Paint): string {
  const tint = ACTIONS.find((action) => action.sign === sign)?.tint ?? 'dim';
  return dye[tint](sign);
}
