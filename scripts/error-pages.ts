// Writes a page for each code of the catalogue, in both languages, with indexes and llms.txt. With `--check` it writes
// nothing and fails where a page would change.

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { catalogue } from '../src/catalogue.ts';
import { dialects } from '../src/dialects/registry.ts';
import type { Bilingual, CatalogueCase, CatalogueEntry } from '../src/sandbox/catalogue/entry.ts';
import { messagesOf } from '../src/sandbox/catalogue/messages.ts';

type Language = keyof Bilingual;

const root = new URL('../', import.meta.url);
const FOLDERS: Readonly<Record<Language, string>> = { en: 'docs/errors/', zh: 'docs/zh-CN/errors/' };

/** The words of a page. */
const WORDS = {
  en: {
    index: 'Error codes',
    about:
      'Every code that the contracts list, with its meaning and what to do about it. `mingce errors CODE` prints the same; `mingce try PLATFORM CODE` provokes it. Written by `npm run docs:generate`.',
    other: '[中文](../zh-CN/errors/README.md)',
    byText: 'By text',
    code: 'code',
    title: 'what it says',
    remedy: 'what to do',
    text: 'text',
    meaning: 'When',
    doThis: 'What to do',
    kind: 'Kind',
    operation: 'Operation',
    source: 'Source',
    page: 'vendor’s page',
    contract: 'contract',
    never: 'Not sent here',
    tryIt: 'Try it',
    state: 'In the company',
    before: 'Sent before',
    request: 'Request',
    answer: 'Answer',
    mended: 'Accepted instead',
    classes: {
      token: 'token: passes with a valid token',
      limit: 'limit: may pass later',
      server: 'server: may pass later',
      permission: 'permission: stays until a permission changes',
      input: 'input: stays until the request changes',
      state: 'state: stays until the company changes',
    },
  },
  zh: {
    index: '错误码',
    about:
      '接口文档列出的全部错误码，含义与处理方法。`mingce errors 错误码` 输出相同内容，`mingce try 平台 错误码` 可复现。本页由 `npm run docs:generate` 生成。',
    other: '[English](../../errors/README.md)',
    byText: '按文字查找',
    code: '错误码',
    title: '标题',
    remedy: '处理方法',
    text: '文字',
    meaning: '原因',
    doThis: '处理方法',
    kind: '类别',
    operation: '接口',
    source: '来源',
    page: '官方文档',
    contract: '约定',
    never: '本服务不返回',
    tryIt: '复现',
    state: '企业状态',
    before: '之前的请求',
    request: '请求',
    answer: '响应',
    mended: '修正后通过',
    classes: {
      token: '令牌：使用有效令牌即可通过',
      limit: '限制：稍后可能通过',
      server: '服务端：稍后可能通过',
      permission: '权限：变更权限前不会通过',
      input: '输入：修改请求前不会通过',
      state: '状态：企业数据变化前不会通过',
    },
  },
} as const;

const STOP = { en: '.', zh: '。' } as const;

if (import.meta.main) renew(pages(), process.argv.includes('--check'));

/** Makes every page: its path from the root, and its text. */
export function pages(): ReadonlyMap<string, string> {
  const made = new Map<string, string>();
  for (const language of ['en', 'zh'] as const) {
    made.set(`${FOLDERS[language]}README.md`, indexPage(language));
    for (const platform of catalogue.platforms()) {
      for (const entry of catalogue.platform(platform)?.entries ?? []) {
        made.set(`${FOLDERS[language]}${platform}/${entry.id}.md`, entryPage(entry, language));
      }
    }
  }
  made.set('llms.txt', llmsText());
  return made;
}

function titleOf(platform: string, language: Language): string {
  return dialects.find(({ name }) => name === platform)?.title[language] ?? platform;
}

function indexPage(language: Language): string {
  const words = WORDS[language];
  const parts = catalogue.platforms().map((platform) => {
    const entries = catalogue.platform(platform)?.entries ?? [];
    const rows = entries.map(
      ({ id, title, remedy }) =>
        `| [${id}](${platform}/${id}.md) | ${cell(title[language])} | ${cell(remedy[language])} |`,
    );
    return [
      `## ${titleOf(platform, language)}`,
      '',
      `| ${words.code} | ${words.title} | ${words.remedy} |`,
      '| --- | --- | --- |',
      ...rows,
      '',
    ].join('\n');
  });
  const texts = catalogue
    .platforms()
    .flatMap((platform) => catalogue.platform(platform)?.entries ?? [])
    .flatMap((entry) => messagesOf(entry).map((text) => ({ text: text.split('\n')[0] ?? '', entry })))
    .toSorted((a, b) => (a.text.toLowerCase() < b.text.toLowerCase() ? -1 : 1))
    .map(({ text, entry: { platform, id } }) => `| \`${cell(text)}\` | [${platform} ${id}](${platform}/${id}.md) |`);
  return [
    `# ${words.index}`,
    '',
    words.other,
    '',
    words.about,
    '',
    ...parts,
    `## ${words.byText}`,
    '',
    `| ${words.text} | ${words.code} |`,
    '| --- | --- |',
    ...new Set(texts),
    '',
  ].join('\n');
}

function entryPage(entry: CatalogueEntry, language: Language): string {
  const words = WORDS[language];
  const {
    platform,
    id,
    title,
    meaning,
    remedy,
    page,
    contract,
    mark,
    operation,
    cases = [],
    not_produced: never,
  } = entry;
  const [file = ''] = contract.split(' ');
  const up = language === 'en' ? '../../' : '../../../';
  const source = [
    ...(page === undefined ? [] : [`[${words.page}](${page})`]),
    `[${words.contract} ${contract}](${up}contracts/${file}) [${mark}]`,
  ];
  const details = [
    `- ${words.kind}: ${words.classes[entry.class]}`,
    ...(operation === undefined ? [] : [`- ${words.operation}: \`${operation}\``]),
    `- ${words.source}: ${source.join(', ')}`,
  ];
  return [
    `# ${titleOf(platform, language)} ${id}: ${title[language]}`,
    '',
    `${words.meaning}: ${meaning[language]}${STOP[language]}`,
    '',
    `${words.doThis}: **${remedy[language]}${STOP[language]}**`,
    '',
    ...details,
    '',
    ...(cases.length > 0
      ? [`## ${words.tryIt}`, '', block('sh', `mingce try ${platform} ${id}`), '']
      : never === undefined
        ? []
        : [`${words.never}: ${never[language]}${STOP[language]}`, '']),
    ...cases.flatMap((one) => caseParts(entry, one, language)),
  ].join('\n');
}

function caseParts(entry: CatalogueEntry, one: CatalogueCase, language: Language): readonly string[] {
  const words = WORDS[language];
  const { mended } = one;
  const request = { ...entry.request, ...one, ...one.request };
  const response = one.response ?? entry.response;
  const steps = (one.first ?? []).flatMap((step) =>
    step.path === undefined ? [] : [requestText({ ...step, path: step.path })],
  );
  return [
    `### ${language === 'en' ? one.when : entry.meaning.zh}`,
    '',
    ...(one.company === undefined ? [] : [`${words.state}:`, '', block('yaml', yaml(one.company)), '']),
    ...(steps.length === 0 ? [] : [`${words.before}:`, '', block('http', steps.join('\n\n')), '']),
    `${words.request}:`,
    '',
    block('http', requestText(request)),
    '',
    `${words.answer}:`,
    '',
    block('http', `HTTP/1.1 ${String(response?.status ?? '')}\n\n${bodyText(response?.body)}`),
    '',
    ...(mended === undefined || Object.keys({ ...mended, first: undefined }).length === 1
      ? []
      : [`${words.mended}:`, '', block('yaml', yaml(mended)), '']),
  ];
}

function requestText({ method = 'GET', path = '', body }: { method?: string; path?: string; body?: unknown }): string {
  return `${method} ${path}${body === undefined ? '' : `\n\n${bodyText(body)}`}`;
}

function bodyText(body: unknown): string {
  return typeof body === 'string' ? body.replaceAll('\r\n', '\n') : JSON.stringify(body ?? {});
}

function yaml(value: unknown): string {
  return stringify(value, { lineWidth: 0 }).trimEnd();
}

function block(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/** What a language model reads first: where the documents are, and every code with its remedy. */
function llmsText(): string {
  const documents = readdirSync(new URL('docs/', root))
    .filter((file) => file.endsWith('.md') && file !== 'README.md')
    .map((file) => {
      const [heading = file] = readFileSync(new URL(`docs/${file}`, root), 'utf8').split('\n');
      return `- [${heading.replace(/^# /, '')}](docs/${file})`;
    });
  const codes = catalogue
    .platforms()
    .flatMap((platform) => [
      '',
      `## Codes of ${titleOf(platform, 'en')}`,
      '',
      ...(catalogue.platform(platform)?.entries ?? []).map(
        ({ id, title, remedy }) =>
          `- [${id}](docs/errors/${platform}/${id}.md): ${title.en}; ${title.zh}. ${remedy.en}.`,
      ),
    ]);
  return [
    '# Mingce 名册',
    '',
    '> A self-hosted employee directory that answers the employee-update calls of Feishu, WeCom and Hose on the wire over one employee record.',
    '',
    '## Documents',
    '',
    '- [README](README.md)',
    ...documents,
    ...codes,
    '',
  ].join('\n');
}

/** Writes what changed and removes pages of codes that are gone; or only says so. */
function renew(made: ReadonlyMap<string, string>, isCheck: boolean): void {
  const old: string[] = [];
  for (const [file, text] of made) {
    const url = new URL(file, root);
    if (existsSync(url) && readFileSync(url, 'utf8') === text) continue;
    old.push(file);
    if (isCheck) continue;
    mkdirSync(dirname(fileURLToPath(url)), { recursive: true });
    writeFileSync(url, text);
  }
  for (const folder of Object.values(FOLDERS)) {
    const url = new URL(folder, root);
    const present = existsSync(url) ? readdirSync(url, { recursive: true, encoding: 'utf8' }) : [];
    for (const file of present.map((name) => folder + name.replaceAll('\\', '/'))) {
      if (!file.endsWith('.md') || made.has(file)) continue;
      old.push(file);
      if (!isCheck) rmSync(new URL(file, root));
    }
  }
  if (old.length === 0) return;
  console.log(
    `${isCheck ? 'old' : 'wrote'}: ${old.slice(0, 5).join(', ')}${old.length > 5 ? ` and ${String(old.length - 5)} more` : ''}`,
  );
  if (isCheck) {
    console.error('pages of error codes are old: npm run docs:generate');
    process.exitCode = 1;
  }
}
