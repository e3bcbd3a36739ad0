// docs/targets/<platform>.md and docs/zh-CN/targets/<platform>.md, made from the field matrix of each connector.

import type { Effect, FieldRow, Words } from '../../src/connectors/connector.ts';
import { connectors } from '../../src/connectors/registry.ts';
import type { WritingConnector } from '../../src/connectors/writing.ts';
import { FORBIDDEN } from './target-limits.ts';
import { tableOf } from '../table.ts';

type Language = 'en' | 'zh';
type Table = readonly [title: Words, head: readonly Words[], rows: readonly (readonly string[])[]];

/** Returns the pages of all platforms by their path. */
export function targetPages(): ReadonlyMap<string, string> {
  return new Map(
    connectors.flatMap((connector) => [
      [`docs/targets/${connector.platform}.md`, pageOf(connector, 'en')] as const,
      [`docs/zh-CN/targets/${connector.platform}.md`, pageOf(connector, 'zh')] as const,
    ]),
  );
}

const NAMES: Readonly<Record<string, Words>> = {
  feishu: { en: 'Feishu', zh: '飞书' },
  wecom: { en: 'WeCom', zh: '企业微信' },
  hose: { en: 'Hose', zh: '合思' },
};

function pageOf(connector: WritingConnector, language: Language): string {
  const name = NAMES[connector.platform] ?? { en: connector.platform, zh: connector.platform };
  const title = language === 'en' ? `A live tenant of ${name.en}` : `${name.zh}真实租户`;
  const intro: Words = {
    en: `What Mingce reads and writes there, call by call. Made from the code by \`npm run docs:generate\`; [Connect a live tenant](../live.md) says how to begin.`,
    zh: `逐项说明名册在该平台读取与写入的内容。由 \`npm run docs:generate\` 根据代码生成；如何开始见[连接真实租户](../live.md)。`,
  };
  const other =
    language === 'en'
      ? `[中文](../zh-CN/targets/${connector.platform}.md)`
      : `[English](../../targets/${connector.platform}.md)`;
  const tables = [
    fieldsOf(connector, language),
    operationsOf(connector, language),
    forbiddenOf(connector, language),
    secretsOf(connector, language),
    limitsOf(connector),
  ];
  return [
    `# ${title}`,
    other,
    intro[language],
    ...tables.flatMap(([heading, head, rows]) => [
      `## ${heading[language]}`,
      tableOf(
        head.map((words) => words[language]),
        rows,
      ),
    ]),
    '',
  ]
    .join('\n\n')
    .replace(/\n\n$/, '\n');
}

const NONE: Words = { en: 'no', zh: '不可' };

function fieldsOf({ fields }: WritingConnector, language: Language): Table {
  return [
    { en: 'Fields', zh: '字段' },
    [
      { en: 'field', zh: '字段' },
      { en: 'there', zh: '平台名称' },
      { en: 'written by', zh: '写入接口' },
      { en: 'read by', zh: '读取接口' },
      { en: 'null is written as', zh: '清空方式' },
      { en: 'sets off', zh: '连带影响' },
      { en: 'know before', zh: '注意' },
    ],
    fields.map((row) => [
      `\`${row.field}\``,
      `\`${row.theirs}\``,
      row.write ?? NONE[language],
      row.read ?? NONE[language],
      row.clear === null ? NONE[language] : `\`${row.clear}\``,
      effectsOf(row.effects, language),
      careOf(row, language),
    ]),
  ];
}

function careOf({ care }: FieldRow, language: Language): string {
  return care?.[language] ?? '';
}

const EFFECTS: Readonly<Record<Effect['effect'], Words>> = {
  sms: { en: 'an SMS to the employee', zh: '向员工发送短信' },
  mail: { en: 'a mail to the employee', zh: '向员工发送邮件' },
  login: { en: 'another login', zh: '登录凭证变更' },
  'reset-activation': { en: 'activation begins again', zh: '须重新激活' },
  lock: { en: 'the platform’s own page no longer changes the employee', zh: '平台界面不可再修改该员工' },
  mailbox: { en: 'the mailbox and its mails go', zh: '邮箱及邮件被删除' },
};
const WHEN: Readonly<Record<Effect['when'], Words>> = {
  always: { en: '', zh: '' },
  'not-activated': { en: ' (while not activated)', zh: '（未激活时）' },
  'on-request': { en: ' (only if asked for)', zh: '（仅在要求时）' },
};

function effectsOf(effects: readonly Effect[] = [], language: Language): string {
  return effects
    .map(({ effect, when }) => `${EFFECTS[effect][language]}${WHEN[when][language]}`)
    .join(language === 'en' ? '; ' : '；');
}

function operationsOf({ writes }: WritingConnector, language: Language): Table {
  return [
    { en: 'What is done to people and departments', zh: '对人员与部门的操作' },
    [
      { en: 'operation', zh: '操作' },
      { en: 'calls', zh: '接口' },
      { en: 'sets off', zh: '连带影响' },
      { en: 'cannot be taken back', zh: '不可撤销' },
    ],
    Object.entries(writes.operations).map(([name, { calls, effects, lasting }]) => [
      `\`${name}\``,
      calls,
      effectsOf(effects, language),
      lasting?.[language] ?? '',
    ]),
  ];
}

function forbiddenOf({ platform }: WritingConnector, language: Language): Table {
  return [
    { en: 'What the platform forbids', zh: '平台禁止的事' },
    [
      { en: 'what', zh: '事项' },
      { en: 'what Mingce does', zh: '名册的做法' },
    ],
    (FORBIDDEN[platform] ?? []).map(({ what, instead }) => [what[language], instead[language]]),
  ];
}

function secretsOf({ ids, secrets }: WritingConnector, language: Language): Table {
  return [
    { en: 'Credentials', zh: '凭证' },
    [
      { en: 'member of `credentials`', zh: '`credentials` 的成员' },
      { en: 'required', zh: '必填' },
      { en: 'for', zh: '用途' },
    ],
    [
      ...ids.map((id) => [
        `\`${id}\``,
        language === 'en' ? 'yes' : '是',
        language === 'en' ? 'an id, no secret' : 'ID，非密钥',
      ]),
      ...secrets.map(({ name, isRequired, purpose }) => [
        `\`${name}\``,
        language === 'en' ? (isRequired ? 'yes' : 'no') : isRequired ? '是' : '否',
        purpose[language],
      ]),
    ],
  ];
}

function limitsOf({ limits }: WritingConnector): Table {
  return [
    { en: 'Limits that are kept', zh: '遵守的限额' },
    [
      { en: 'call', zh: '接口' },
      { en: 'at most', zh: '上限' },
    ],
    limits.map(({ call, windows, concurrency }) => [
      call === '*' ? '*' : `\`${call}\``,
      [
        ...windows.map(({ requests, ms }) => `${String(requests)} / ${String(ms / 1_000)} s`),
        ...(concurrency === undefined ? [] : [`${String(concurrency)} ∥`]),
      ].join(', '),
    ]),
  ];
}
