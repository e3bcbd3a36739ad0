import { readFileSync, statSync } from 'node:fs';
import { parse } from 'yaml';
import { compareCapture } from '../../../captures.ts';
import { supportsColor } from '../../../config.ts';
import { describeFsError } from '../../../lib/fs-error.ts';
import { isObject } from '../../../lib/json-equal.ts';
import { captureJunit } from '../../../sandbox/compare/capture-junit.ts';
import type { CaptureReport, ComparedCall } from '../../../sandbox/compare/contract.ts';
import { CaptureError, MAX_CAPTURE_BYTES } from '../../../sandbox/compare/har.ts';
import { CommandError } from '../../error-message.ts';
import { readCompany, writeOut } from '../../file.ts';
import { colors, type Paint } from '../../output/colors.ts';
import { differenceLines } from '../../output/difference-lines.ts';

/** The options of `mingce compare`. */
export interface CompareCommandOptions {
  readonly company: readonly string[];
  readonly app: readonly string[];
  readonly map?: string;
  readonly report?: string;
  readonly junit?: string;
  readonly show: boolean;
  readonly json: boolean;
}

/**
 * Compares a capture with what a directory in memory answers. Returns 0 where nothing differs, 1 where something does, and 2
 * where the capture cannot be used.
 */
export async function compare(path: string, options: CompareCommandOptions): Promise<number> {
  if (options.show && !process.stdout.isTTY) {
    throw new CommandError('--show shows people, so it is for a terminal only. --show 仅可在终端使用。');
  }
  try {
    const report = await compareCapture({
      har: captureIn(path),
      companies: options.company.map(readCompany),
      apps: options.app,
      ...(options.map === undefined ? {} : { ids: idsIn(options.map) }),
      show: options.show,
    });
    const json = `${JSON.stringify(report, null, 2)}\n`;
    if (options.report !== undefined) writeOut(options.report, json);
    if (options.junit !== undefined) writeOut(options.junit, captureJunit(report, path));
    process.stdout.write(options.json ? json : textOf(report, colors(supportsColor(process.stdout))));
    return report.totals.different > 0 ? 1 : 0;
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
    console.error(`mingce: ${error.message} 无法使用该抓包文件。`);
    return 2;
  }
}

function captureIn(path: string): string {
  try {
    if (path !== '-' && statSync(path).size > MAX_CAPTURE_BYTES)
      throw new CaptureError('The capture is larger than 64 MiB; split it.');
    return readFileSync(path === '-' ? 0 : path, 'utf8');
  } catch (cause) {
    if (cause instanceof CaptureError) throw cause;
    throw new CommandError(`${path} cannot be read: ${describeFsError(cause)}.`, { cause });
  }
}

/** Reads a file of captured ids and those of the company, `ou_7d8a: zhangsan` a line. */
function idsIn(path: string): Readonly<Record<string, string>> {
  let ids: unknown;
  try {
    ids = parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new CommandError(`${path} is no file of ids that can be read. 无法读取标识对照文件。`, { cause });
  }
  if (!isObject(ids)) throw new CommandError(`${path} has lines such as "ou_7d8a: zhangsan". 标识对照文件格式有误。`);
  return Object.fromEntries(Object.entries(ids).map(([captured, ours]) => [captured, String(ours)]));
}

function textOf({ totals, entries }: CaptureReport, paint: Paint): string {
  const shown = entries.filter(({ verdict, platform }) => verdict !== 'same' && platform !== null);
  const { same, different, not_served, skipped } = totals;
  const summary = [
    `${String(same)} same 相同`,
    `${String(different)} different 不同`,
    `${String(not_served)} not served 未提供`,
    `${String(skipped)} skipped 跳过`,
  ].join(', ');
  return `${[...shown.flatMap((entry) => linesOf(entry, paint)), summary].join('\n')}\n`;
}

function linesOf(entry: ComparedCall, paint: Paint): readonly string[] {
  const { index, platform, operation, method, path, verdict, reason, follows, differences } = entry;
  const why = [
    reason === undefined ? '' : `: ${reason}`,
    follows === undefined ? '' : `, follows #${String(follows)}`,
  ].join('');
  const said = (verdict === 'different' ? paint.yellow : paint.dim)(verdict + why);
  return [
    `#${String(index)}  ${platform ?? ''}  ${paint.bold(operation ?? method)}  ${path.split('?')[0] ?? ''}  ${said}`,
    ...differenceLines(differences, paint),
  ];
}
