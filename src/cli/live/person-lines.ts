import type { LiveValue, Words } from '../../connectors/connector.ts';
import { isOfLeft, REPORT_WORDS } from '../../delivery/targets/plan/people.ts';
import type { PlanHeader } from '../../delivery/targets/plan/plan.ts';
import type { PersonStep, PersonStepName, TargetPlanStep } from '../../directory/targets/plan-view.ts';
import type { OutcomeItem } from '../../directory/targets/step-outcome.ts';
import type { TargetSettings } from '../../directory/targets/target.ts';
import { deepEqual } from '../../lib/json-equal.ts';
import { colors } from '../output/colors.ts';
import { valueText } from './field-values.ts';
import { both, table } from './report-lines.ts';

/** What each step shows, as it is put into its `data`; mobiles and mail addresses are masked there. */
interface Shown {
  readonly read: {
    readonly people: number;
    readonly departments: number;
    readonly problems: readonly { readonly call: string; readonly kind: string; readonly code: string | null }[];
  };
  readonly match: {
    readonly state: string;
    readonly live_id: string | null;
    readonly by?: string;
    readonly fields?: Readonly<Record<string, MatchedField>>;
    readonly authority?: NonNullable<TargetSettings['authority']>;
  };
  readonly scope: { readonly in_scope?: boolean };
  readonly plan: Pick<PlanHeader, 'messages' | 'refused' | 'reports' | 'cannot_undo'> & {
    readonly steps: readonly TargetPlanStep[];
  };
  readonly write: { readonly sent?: number; readonly as_predicted?: number; readonly results?: readonly Result[] };
}

interface MatchedField {
  readonly ours: LiveValue;
  readonly theirs?: LiveValue;
  readonly base?: LiveValue;
}

interface Result {
  readonly n: number;
  readonly operation: string;
  readonly items: readonly (Pick<OutcomeItem, 'field' | 'fate' | 'code' | 'shown'> & { readonly remedy?: Words })[];
}

/** Whether a step ended the delivery because both sides are the same already, which is as it should be. */
export function isNothingToDo({ step, data }: PersonStep): boolean {
  return step === 'plan' && shownBy(data, step).steps.length === 0;
}

/** Shows a step of delivering one employee: what it found, and why it is the last. */
export function personLines(one: PersonStep, colour: boolean): readonly string[] {
  const { step, ms, why } = one;
  const dye = colors(colour);
  const isGood = why === null || isNothingToDo(one);
  const { words, rows } = found(one);
  return [
    `${isGood ? dye.green('✓') : dye.red('✗')} ${dye.bold(STEPS[step])}  ${String(ms)} ms  ${words}`.trimEnd(),
    ...table(rows, '    '),
    ...(why === null ? [] : [`    ${why} ${isGood ? '无需变更。' : STOPPED[step]}`]),
  ];
}

const STEPS: Readonly<Record<PersonStepName, string>> = {
  read: 'read 读取',
  match: 'match 匹配',
  scope: 'scope 范围',
  plan: 'plan 计划',
  write: 'write 写入',
};

const STOPPED: Readonly<Record<PersonStepName, string>> = {
  read: '读取后停止。',
  match: '无法确定对应人员，请先指定。',
  scope: '该员工不在范围内，平台保持不变。',
  plan: '等待确认，或预计被拒绝，未发送。',
  write: '未写入，或中途停止。',
};

/** What a step of this name shows. */
function shownBy<Step extends PersonStepName>(data: PersonStep['data'], _step: Step): Shown[Step] {
  // Each step puts this into it.
  return data as unknown as Shown[Step];
}

interface Found {
  readonly words: string;
  readonly rows: readonly (readonly string[])[];
}

function found({ step, data }: PersonStep): Found {
  switch (step) {
    case 'read': {
      const { people, departments, problems } = shownBy(data, step);
      return {
        words: `${String(people)} people 人员, ${String(departments)} departments 部门`,
        rows: problems.map(({ call, kind, code }) => [call, kind, code ?? '']),
      };
    }
    case 'match': {
      const { state, live_id: id, by, fields = {}, authority = {} } = shownBy(data, step);
      return {
        words: [state, id ?? '', by === undefined ? '' : `(${by})`].filter((word) => word !== '').join('  '),
        rows: differing(fields, authority),
      };
    }
    case 'scope':
      return { words: shownBy(data, step).in_scope === true ? 'in scope 在范围内' : '', rows: [] };
    case 'plan':
      return planned(shownBy(data, step));
    default: {
      const { sent, as_predicted: hits, results = [] } = shownBy(data, 'write');
      return {
        words: sent === undefined ? '' : `sent 已发送 ${String(sent)}, as predicted 与预测一致 ${String(hits ?? 0)}`,
        rows: results.flatMap(({ n, operation, items }) =>
          items.map((item) => [String(n), operation, item.field ?? '', answered(item)]),
        ),
      };
    }
  }
}

/** Fields that differ, and whose value counts: what is theirs, or without authority, stays as it is. */
function differing(
  fields: Readonly<Record<string, MatchedField>>,
  authority: NonNullable<TargetSettings['authority']>,
): readonly (readonly string[])[] {
  const rows = Object.entries(fields).flatMap(([field, { ours, theirs, base }]) =>
    theirs === undefined || deepEqual(ours, theirs)
      ? []
      : [
          [
            field,
            base === undefined ? '?' : valueText(field, base, true),
            valueText(field, ours, true),
            valueText(field, theirs, true),
            authority[field] ?? NONE,
          ],
        ],
  );
  return rows.length === 0
    ? []
    : [['field 字段', 'agreed 上次一致', 'ours 本地', 'theirs 平台', 'authority 以谁为准'], ...rows];
}

const NONE = 'none is set: not written 未设置，不写入';

function planned({ steps, messages, refused, reports, cannot_undo: lasting }: Shown['plan']): Found {
  const rows = steps.flatMap(({ n, operation, subjects, predicted }) =>
    subjects.flatMap(({ changes }) => {
      const fields = Object.entries(changes);
      const answer = (field: string | null): string => {
        const item = predicted.find((one) => one.field === field) ?? predicted[0];
        return item === undefined ? '' : answered(item);
      };
      if (fields.length === 0) return [[String(n), operation, '', '', answer(null)]];
      return fields.map(([field, { from, to }]) => [
        String(n),
        operation,
        field,
        `${from === undefined ? '' : `${text(field, from)} → `}${text(field, to)}`,
        answer(field),
      ]);
    }),
  );
  return {
    words: `steps 步骤 ${String(steps.length)}`,
    rows: [
      ...rows,
      ...messages.map(({ effect, when }) => ['', 'message 通知', effect, when]),
      ...refused.map(({ field, words }) => ['', 'not asked for 无法提交', field ?? '', both(words)]),
      ...reports.map((one) => [
        '',
        isOfLeft(one) ? 'left there 曾在平台离职' : 'left as it is 保持不变',
        one.field ?? '',
        both(REPORT_WORDS[one.why]),
      ]),
      ...lasting.map(({ n, why }) => [String(n), 'cannot be taken back 无法撤回', '', both(why)]),
    ],
  };
}

function answered({ fate, code, shown, remedy }: Result['items'][number]): string {
  if (fate === 'written') return shown === null || shown === 'as-sent' ? '✓' : `✓ ${shown}`;
  return `✗ ${[code ?? '', remedy === undefined ? '' : both(remedy)].join(' ').trim()}`;
}

/** Values were put into the step as they are compared, masked. */
function text(field: string, value: unknown): string {
  return valueText(field, (value ?? null) as LiveValue, true);
}
