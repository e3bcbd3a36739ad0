import { catalogue } from '../../../catalogue.ts';
import type { CatalogueEntry } from '../../../sandbox/catalogue/entry.ts';
import { CommandError } from '../../error-message.ts';

/** The options of `mingce errors`. */
export interface ErrorsOptions {
  readonly json: boolean;
  readonly platform?: string;
}

/** Prints the codes of the platforms: all, those with a text in them, or one with its meaning and remedy. */
export function errors(text: string | undefined, { json, platform }: ErrorsOptions): void {
  const found = catalogue.find(text ?? '').filter((entry) => platform === undefined || entry.platform === platform);
  if (json) {
    process.stdout.write(`${JSON.stringify({ errors: found }, null, 2)}\n`);
    return;
  }
  if (found.length === 0) {
    throw new CommandError(`No code or message is like "${text ?? ''}"; mingce errors lists all. 未找到该错误码。`);
  }
  const isOne = text !== undefined && found.every(({ id }) => id === text);
  const width = Math.max(...found.map(({ id }) => id.length));
  process.stdout.write(found.map((entry) => (isOne ? wholeText(entry) : lineOf(entry, width))).join(''));
}

function lineOf({ platform, id, title }: CatalogueEntry, width: number): string {
  return `${platform.padEnd(7)} ${id.padEnd(width)}  ${title.zh}  ${title.en}\n`;
}

function wholeText(entry: CatalogueEntry): string {
  const { platform, id, title, meaning, remedy, page, contract, mark, cases = [], not_produced: never } = entry;
  const body = entry.response?.body ?? cases[0]?.response?.body;
  return [
    `${platform} ${id}  ${title.zh}  ${title.en}`,
    '',
    `  ${meaning.zh}。`,
    `  ${meaning.en}.`,
    `  → ${remedy.zh}。`,
    `  → ${remedy.en}.`,
    '',
    ...(body === undefined ? [] : [`  answer 响应   ${JSON.stringify(body)}`]),
    ...cases.map(({ when }) => `  when 场景     ${when}`),
    ...(page === undefined ? [] : [`  page 文档     ${page}`]),
    `  source 来源   ${contract} [${mark}]`,
    never === undefined ? `  try 试一试    mingce try ${platform} ${id}` : `  ${never.zh}。 ${never.en}.`,
    '',
    '',
  ].join('\n');
}
