import type { StopReason } from '../../delivery/targets/plan/apply.ts';
import { notAllowed, type Braked, type Counts } from '../../delivery/targets/plan/brake.ts';
import { isOfLeft, REPORT_WORDS } from '../../delivery/targets/plan/people.ts';
import type { ItemResult, Plan, PlanStep } from '../../delivery/targets/plan/plan.ts';
import type { RunJournal } from '../../delivery/targets/plan/run-journal.ts';
import { BRAKED } from '../../directory/targets/delivered.ts';
import type { DeliveryLine, PlanRun } from '../../directory/targets/plan-view.ts';
import type { OutcomeItem } from '../../directory/targets/step-outcome.ts';
import { colors } from '../output/colors.ts';
import { valueText } from './field-values.ts';
import { nextCommand, type SharedOptions } from './next-command.ts';
import { COUNTED, EFFECTS, WHEN } from './plan-words.ts';
import { both, table } from './report-lines.ts';

/** So many of a kind are listed; --json has them all. */
const MAX_LISTED = 200;

/** How a plan is shown: where it is kept, and with which options the next command finds the company. */
interface PlanShown extends SharedOptions {
  readonly unmasked: boolean;
  readonly file?: string;
}

/** Shows a plan: who changes how, what is answered, who gets a message, what waits for approval. */
export function planTable(
  { header, steps }: Plan,
  allowed: Counts,
  { unmasked, file = 'FILE', ...options }: PlanShown,
  colour: boolean,
): readonly string[] {
  const dye = colors(colour);
  const rows = steps.flatMap((step) => stepRows(step, unmasked));
  const counts = BRAKED.flatMap((kind) => {
    const count = header.counts[kind];
    return count === undefined ? [] : [`${COUNTED[kind]} ${String(count)}`];
  });
  const waiting = notAllowed(header.brake, allowed);
  return [
    `${dye.bold(`${header.company} → ${header.target}`)}  ${header.tenant.base_url}  ${header.id}`,
    `  read 读取 ${header.read_at}, good until 有效期至 ${header.expires_at}`,
    accuracyLine(header.accuracy),
    dye.bold(`Steps 步骤: ${String(steps.length)}${counts.length === 0 ? '' : ` (${counts.join(', ')})`}`),
    ...(rows.length === 0 ? [NOTHING] : table(rows.slice(0, MAX_LISTED))),
    ...more(rows.length),
    ...section(
      dye.bold('Messages 将发送的通知'),
      header.messages.map(({ n, subject, name, effect, when }) => [
        String(n),
        subject,
        name,
        EFFECTS[effect],
        WHEN[when],
      ]),
    ),
    ...section(
      dye.bold('Not asked for 无法提交'),
      header.refused.map(({ subject, name, field, why, words }) => [subject, name, field ?? '', why, both(words)]),
    ),
    ...section(
      dye.bold('Swaps in a circle 互相占用'),
      header.rings.map(({ field, subjects }) => [field, subjects.join(', ')]),
    ),
    ...section(dye.yellow('Left there 曾在平台离职'), reportRows(header.reports.filter(isOfLeft))),
    ...section(dye.bold('Left as it is 保持不变'), reportRows(header.reports.filter((one) => !isOfLeft(one)))),
    ...section(
      dye.bold('Cannot be taken back 无法撤回'),
      header.cannot_undo.map(({ n, why }) => [String(n), both(why)]),
    ),
    ...section(
      dye.bold('Stays, though it is taken back 撤回后仍保持'),
      (header.lasting ?? []).map(({ subject, name, why }) => [subject, name, both(why)]),
    ),
    ...(header.undoes === undefined ? [] : [STAYS]),
    ...section(
      dye.yellow('Waits for approval 等待确认'),
      waiting.map(({ what, count, limit, today }) => [
        COUNTED[what],
        overLimit(count, limit, today),
        nextCommand(['plan', 'allow', file, `${what}=${String(count)}`], options),
      ]),
    ),
  ];
}

function reportRows(reports: Plan['header']['reports']): readonly (readonly string[])[] {
  return reports.map(({ subject, name, field, why, detail }) => {
    const more = detail === undefined ? '' : ` (${both(detail)})`;
    return [subject, name, field ?? '', `${both(REPORT_WORDS[why])}${more}`];
  });
}

/** Taking back changes the platform alone. */
const STAYS =
  'Our record stays as it is: drift lists the difference until it is changed too, and the next plan would write the same again. 本地记录保持不变：差异会一直列出，直到记录也改回，否则下一份计划会再次写入。';

/** Fields without authority may still differ: only a read of all fields says so. */
const NOTHING =
  '  Nothing has to change in the fields that authority names; mingce drift lists the others. 已设置以谁为准的字段无需变更；其余字段见 mingce drift。';

/** Says by how much; of a day with what there was already. A limit of none is a question each time. */
function overLimit(count: number, limit: number, today: number | undefined): string {
  if (limit === 0 && today === undefined) return `${String(count)}, ask 每次需确认`;
  const sum = today === undefined ? String(count) : `${String(count)} + ${String(today)} today 今日`;
  return `${sum} > ${String(limit)}`;
}

/** How often what was predicted of the tenant was right. */
function accuracyLine({ hits, misses }: Plan['header']['accuracy']): string {
  if (hits + misses === 0) return '  predictions 预测: nothing was compared yet 尚无对比';
  const rate = ((100 * hits) / (hits + misses)).toFixed(2);
  return `  predictions 预测: ${rate} % right 准确 (${String(hits)} of ${String(hits + misses)})`;
}

function stepRows({ n, operation, subjects, predicted, isRefused }: PlanStep, unmasked: boolean): readonly string[][] {
  return subjects.flatMap(({ subject, name, changes }) => {
    const about = [String(n), operation, subject, name];
    const fields = Object.entries(changes);
    const answer = (field: string | null): string => answerOf(predicted, subject, field, isRefused);
    if (fields.length === 0) return [[...about, '', '', answer(null)]];
    return fields.map(([field, { from, to }], index) => [
      ...(index === 0 ? about : ['', '', '', '']),
      field,
      `${from === undefined ? '' : `${valueText(field, from, unmasked)} → `}${valueText(field, to, unmasked)}`,
      answer(field),
    ]);
  });
}

function answerOf(items: readonly ItemResult[], subject: string, field: string | null, isRefused: boolean): string {
  const item =
    items.find((one) => one.subject === subject && one.field === field) ?? items.find((one) => one.subject === subject);
  if (item === undefined) return '';
  if (item.fate === 'written') return item.shown === 'as-sent' ? '✓' : `✓ ${item.shown ?? ''}`;
  const remedy = item.remedy === undefined ? '' : ` ${both(item.remedy)}`;
  return `✗ ${[item.code, item.message].join(' ').trim()}${isRefused ? ' (not sent 不发送)' : ''}${remedy}`;
}

function section(title: string, rows: readonly (readonly string[])[]): readonly string[] {
  return rows.length === 0 ? [] : [title, ...table(rows.slice(0, MAX_LISTED)), ...more(rows.length)];
}

function more(count: number): readonly string[] {
  return count <= MAX_LISTED ? [] : [`  … ${String(count - MAX_LISTED)} more, with --json 其余见 --json`];
}

const STOPS: Readonly<Record<StopReason, string>> = {
  staged: 'Nothing was sent: the plan waits for approval (mingce plan allow). 未发送：等待确认。',
  stale:
    'Nothing more was sent: somebody changed since the plan was made. Make a new one. 数据已变化，请重新生成计划。',
  surprise: 'Stopped: an answer was not the predicted one. 已停止：应答与预测不符。',
  doubt: 'Stopped: it cannot be seen whether a step was done. 已停止：无法确认某一步是否生效。',
  unreachable: 'Stopped: the platform could not be reached. 已停止：无法连接平台。',
  limit: 'Stopped: the platform asks to wait. 已停止：平台要求等待。',
  asked: 'Stopped, as somebody asked for it. 已按要求停止。',
  credentials: 'Stopped: the platform takes the secret no longer. 已停止：密钥失效。',
};

/** Says what applying a plan came to. */
export function applyLines(report: PlanRun, colour: boolean): readonly string[] {
  const dye = colors(colour);
  const { sent, before, left, staged, stale, hits, misses, stopped } = report;
  return [
    `${dye.bold('Sent 已发送')}: ${String(sent)}${before === 0 ? '' : `, ${String(before)} before 此前已完成`}; as predicted 与预测一致: ${String(hits)}`,
    ...section(
      dye.yellow('Not as predicted 与预测不符'),
      misses.flatMap(({ n, predicted, real }) => [
        [String(n), 'predicted 预测', said(predicted)],
        ['', 'real 实际', said(real)],
      ]),
    ),
    ...section(
      dye.yellow('Changed since 已变化'),
      stale.map(({ n, subject, name, side }) => [String(n), subject, name, side]),
    ),
    ...section(
      dye.yellow('Waits for approval 等待确认'),
      staged.map(({ what, count, limit, today }) => [COUNTED[what as Braked] ?? what, overLimit(count, limit, today)]),
    ),
    ...(left.length === 0 ? [] : [`Left out 跳过: ${left.map(String).join(', ')}`]),
    ...(stopped === null
      ? []
      : [
          dye.red(
            `${stopped.n === null ? '' : `${String(stopped.n)}: `}${STOPS[stopped.why as StopReason] ?? stopped.why}`,
          ),
        ]),
  ];
}

/** Says what was done of a plan: each step that was sent, and what it came to. */
export function doneLines(
  steps: readonly PlanStep[],
  run: Pick<RunJournal, 'entry'>,
  colour: boolean,
): readonly string[] {
  const entries = steps.flatMap((step) => {
    const entry = run.entry(step.n);
    return entry === null ? [] : [{ step, entry }];
  });
  if (entries.length === 0) return [];
  const done = entries.filter(({ entry }) => entry.state === 'done').length;
  const rows = entries.flatMap(({ step: { n, operation, subjects }, entry }) =>
    subjects.map(({ subject, name, changes }) => {
      const at = new Date(entry.at).toISOString();
      const about = [String(n), at, operation, subject, name, Object.keys(changes).join(', ')];
      if (entry.state === 'sending') return [...about, 'sent, not known whether it was done 已发送，结果未知'];
      const items = entry.items.filter((item) => item.subject === subject);
      const isWritten = items.every(({ fate }) => fate === 'written');
      return [...about, isWritten ? 'done 已完成' : `✗ ${said(items.filter(({ fate }) => fate !== 'written'))}`];
    }),
  );
  return section(colors(colour).bold(`Done 已执行: ${String(done)} of ${String(steps.length)}`), rows);
}

/** Says what a server did of a plan that it keeps, by what it left among the deliveries. */
export function deliveredLines(
  steps: readonly PlanStep[],
  deliveries: readonly DeliveryLine[],
  colour: boolean,
): readonly string[] {
  const names = new Map(steps.flatMap(({ subjects }) => subjects.map(({ subject, name }) => [subject, name])));
  const rows = deliveries
    .toSorted((a, b) => (a.step ?? 0) - (b.step ?? 0) || a.number - b.number)
    .map(({ step, updated_at: at, operation, subject, sent, state, items }) => [
      String(step ?? ''),
      at,
      operation,
      subject,
      names.get(subject) ?? '',
      Object.keys(sent).join(', '),
      state === 'verified' ? 'done 已完成' : `✗ ${said(items.filter(({ fate }) => fate !== 'written')) || state}`,
    ]);
  const done = new Set(deliveries.map(({ step }) => step)).size;
  return section(colors(colour).bold(`Done 已执行: ${String(done)} of ${String(steps.length)}`), rows);
}

function said(items: readonly OutcomeItem[]): string {
  return items
    .map(({ subject, field, fate, code, shown: seen }) =>
      [subject, field ?? '', fate, code ?? '', seen ?? ''].filter((word) => word !== '').join(' '),
    )
    .join('; ');
}
