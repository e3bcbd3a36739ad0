import { stringify } from 'yaml';
import { startMingce } from '../../../app.ts';
import { catalogue } from '../../../catalogue.ts';
import type { ExchangeView, Trial } from '../../../sandbox/catalogue/contract.ts';
import { trialOf } from '../../../sandbox/catalogue/trial.ts';
import { counted } from '../../../lib/counted.ts';
import { throwaways } from '../../../throwaway.ts';
import { CommandError, UsageError } from '../../error-message.ts';

/** The options of `mingce try`. */
export interface TryOptions {
  readonly json: boolean;
  readonly case: string;
}

/** Provokes a code in a throwaway company in memory and prints the exchange, the verdicts and the remedy. */
export async function tryCode(platformName: string, id: string, options: TryOptions): Promise<void> {
  const platform = catalogue.platform(platformName);
  if (platform === null) {
    throw new UsageError(
      `There is no platform "${platformName}"; choose ${catalogue.platforms().join(', ')}. 平台名称有误。`,
    );
  }
  const entry = catalogue.entry(platformName, id);
  if (entry === null) {
    throw new UsageError(`${platformName} has no code "${id}"; mingce errors lists all. 未找到该错误码。`);
  }
  const number = /^[1-9][0-9]{0,8}$/.test(options.case) ? Number(options.case) : Number.NaN;
  if (Number.isNaN(number))
    throw new UsageError(`--case is a whole number from 1, not "${options.case}". 请填写场景序号。`);
  const trial = await trialOf(entry, platform, throwaways(startMingce), 'en', number - 1);
  if (trial === null) {
    const { not_produced: never, proved_in: file } = entry;
    if (file !== undefined)
      throw new CommandError(
        `${id} needs more than a case holds; mingce faults add '${JSON.stringify({ effect: { code: id } })}' answers with it. 可用故障规则返回此码。`,
      );
    if (never !== undefined)
      throw new CommandError(`${id} is never sent here: ${never.en}. 本服务不会返回此码：${never.zh}。`);
    throw new UsageError(
      `${id} has ${counted(entry.cases?.length ?? 0, 'case')}; choose one with --case. 没有该场景。`,
    );
  }
  if (options.json) process.stdout.write(`${JSON.stringify(trial, null, 2)}\n`);
  else {
    process.stdout.write(
      [
        `${platformName} ${id}  ${entry.title.zh}  ${entry.title.en}`,
        `${entry.meaning.zh}。 ${entry.meaning.en}.`,
        '',
        `when 场景: ${trial.when}`,
        ...settingsOf('company 公司设置', trial.state),
        ...settingsOf('mended by 修正设置', trial.mending),
        '',
        ...trial.exchanges.filter(({ step }) => step !== 'before').flatMap((exchange) => linesOf(exchange, trial)),
        `→ ${entry.remedy.zh}。`,
        `→ ${entry.remedy.en}.`,
        '',
      ].join('\n'),
    );
  }
  if (!trial.provoked || trial.mended === false) {
    throw new CommandError(`The answer is not the documented one. 响应与文档不符。`);
  }
}

/** The part of a company file that makes the state, or mends it. */
function settingsOf(heading: string, part: Trial['state']): readonly string[] {
  if (part === null) return [];
  const lines = stringify(part).trimEnd().split('\n');
  return [`${heading}:`, ...lines.map((line) => `  ${line}`)];
}

const HEADINGS = { before: '', refused: 'request 请求', mended: 'mended 修正后' } as const;

function linesOf({ step, request, response }: ExchangeView, { verdicts }: Trial): readonly string[] {
  const body = request.body === null ? [] : [`  ${JSON.stringify(request.body)}`];
  return [
    HEADINGS[step],
    `  ${request.method} ${withoutToken(request.path)}`,
    ...body,
    `  ${String(response.status)} ${typeof response.body === 'string' ? response.body : JSON.stringify(response.body)}`,
    ...(step === 'refused'
      ? verdicts.map(
          ({ field, verdict, reason }) => `  · ${field}: ${verdict}${reason === undefined ? '' : ` (${reason})`}`,
        )
      : []),
    '',
  ];
}

/** Tokens of a throwaway company say nothing and are long. */
function withoutToken(path: string): string {
  return path.replace(/([?&]\w*token)=[^&]{24,}/i, '$1=…');
}
