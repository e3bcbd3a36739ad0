import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DoctorReport } from '../../../sandbox/doctor/contract.ts';
import type { Severity } from '../../../sandbox/doctor/finding.ts';
import { junitOf } from '../../../sandbox/doctor/reports/junit.ts';
import { CALLS_FILE, locatedCalls, sarifOf } from '../../../sandbox/doctor/reports/sarif.ts';
import { textOf } from '../../../sandbox/doctor/reports/text.ts';
import type { Suppression } from '../../../directory/suppression.ts';
import { readSuppressions, suppress, SuppressionError } from '../../../sandbox/doctor/suppressions.ts';
import { version } from '../../../version.ts';
import { toCommandError } from '../../admin-client.ts';
import { askedServer } from '../../asked-server.ts';
import { CommandError, UsageError } from '../../error-message.ts';
import type { TargetOptions } from '../../target.ts';

/** The options of `mingce doctor`. */
export interface DoctorOptions extends TargetOptions {
  readonly company?: string;
  readonly since?: string;
  readonly request: readonly string[];
  readonly json: boolean;
  readonly junit?: string;
  readonly sarif?: string;
  readonly config: string;
  readonly failOn: string;
}

const ORDER: readonly Severity[] = ['error', 'warning', 'note'];

/** Prints what the clients of a running server do wrong; returns 1 where something unsuppressed is bad enough. */
export async function doctor(options: DoctorOptions): Promise<number> {
  const worst = ORDER.indexOf(options.failOn as Severity);
  if (worst === -1) throw new UsageError(`--fail-on is one of ${ORDER.join(', ')}.`);
  const list = suppressionsOf(options.config);
  const query = new URLSearchParams();
  for (const name of ['company', 'since'] as const) if (options[name] !== undefined) query.set(name, options[name]);
  if (options.request.length > 0) query.set('ids', options.request.join(','));
  const ask = await askedServer(options);
  const answer = await ask('GET', `/mingce/v1/doctor?${query.toString()}`);
  // No journal: nothing was judged, which is neither good nor bad.
  if (answer.status === 409) {
    console.error(`mingce: ${((await answer.json()) as { readonly detail: string }).detail} 未保留请求记录。`);
    return 2;
  }
  if (!answer.ok) throw await toCommandError(answer);
  const report = (await answer.json()) as DoctorReport;
  const judged = suppress(report.findings, list, new Date().toISOString().slice(0, 10));
  if (options.junit !== undefined) write(options.junit, junitOf(judged));
  if (options.sarif !== undefined) {
    const lines = await writeCalls(join(dirname(options.sarif), CALLS_FILE), locatedCalls(judged), ask);
    write(options.sarif, `${JSON.stringify(sarifOf(judged, version, lines), null, 2)}\n`);
  }
  const shown = judged.findings.map(([finding, reason]) => ({ ...finding, suppressed: reason }));
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ ...report, findings: shown, unused_suppressions: judged.unused }, null, 2)}\n`
      : textOf(report, judged),
  );
  const isBad = judged.findings.some(([{ severity }, reason]) => reason === null && ORDER.indexOf(severity) <= worst);
  return isBad ? 1 : 0;
}

/** Writes the calls that a report points at, one a line, masked as the journal shows them; returns the line of each. */
async function writeCalls(
  path: string,
  ids: readonly string[],
  ask: Awaited<ReturnType<typeof askedServer>>,
): Promise<ReadonlyMap<string, number>> {
  const lines = new Map<string, number>();
  let text = '';
  for (const id of ids) {
    const answer = await ask('GET', `/mingce/v1/requests/${encodeURIComponent(id)}`);
    const call = await answer.text();
    // The journal may have let it go meanwhile.
    if (!answer.ok) continue;
    text += `${JSON.stringify(JSON.parse(call))}\n`;
    lines.set(id, lines.size + 1);
  }
  if (lines.size > 0) write(path, text);
  return lines;
}

function suppressionsOf(path: string): readonly Suppression[] {
  if (!existsSync(path)) return [];
  try {
    return readSuppressions(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof SuppressionError) throw new CommandError(`${path}: ${error.message} 屏蔽规则有误。`);
    throw new CommandError(`${path} is no YAML. 文件不是 YAML。`, { cause: error });
  }
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
