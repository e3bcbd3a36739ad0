import type { FieldRow, ProbeCheck, ProbeResult } from '../../../connectors/connector.ts';
import type { TargetView } from '../../../directory/targets/target-view.ts';
import { supportsColor } from '../../../config.ts';
import { exitCodeOf } from '../../live/exit-code.ts';
import { matchingJson } from '../../live/report-json.ts';
import { nextLine } from '../../live/next-command.ts';
import { both, callLines, matchingLines, problemLines, table } from '../../live/report-lines.ts';
import { withLive, type LiveOptions } from '../../live/open-live.ts';
import { withDesk } from '../../live/target-desk.ts';
import { keptProbe } from '../../../live-targets/live-targets.ts';
import { adoptLinks, changeState, listLinks, STATE_COMMANDS } from './connect-state.ts';
import { colors } from '../../output/colors.ts';

/** The options of `mingce connect`. */
export interface ConnectOptions extends LiveOptions {
  /** A file of decisions; true: none. */
  readonly adopt?: string | true;
  readonly links?: boolean;
  readonly enable?: boolean;
  readonly pause?: boolean;
  readonly resume?: boolean;
  readonly off?: boolean;
}

/**
 * Probes a live tenant: which secret may do what, which field can be read, who is matched by what; or stores links, or
 * changes whether it may be written to. It writes nothing there; returns the exit code.
 */
export async function connect(platform: string, options: ConnectOptions): Promise<number> {
  const command = STATE_COMMANDS.find((name) => options[name] === true);
  if (command !== undefined) return await changeState(platform, options, command);
  if (options.links === true) return await listLinks(platform, options);
  if (options.adopt !== undefined) return await adoptLinks(platform, options, options.adopt);
  return await probe(platform, options);
}

async function probe(platform: string, options: LiveOptions): Promise<number> {
  return await withLive(platform, options, async (live) => {
    const { connector, company, baseUrl } = live;
    const probe = await live.run(connector.probe(live.target));
    const kept = keptProbe(connector, probe);
    const { state, links } = await withDesk(options, (desk) =>
      desk.probed(company, platform, kept.probe, kept.couldRead),
    );
    const passed = probe.checks.some(({ state }) => state === 'passed');
    const read = passed ? await live.run(connector.readAll(live.target)) : null;
    const report = read === null ? null : live.compare(read);
    const refusals = probe.checks.flatMap(({ verdict }) => verdict ?? []);
    // One secret is refused what another is for: only a tenant that cannot be read at all is a failure.
    const exitCode = report === null || report.people.theirs === 0 ? exitCodeOf(refusals) : 0;
    if (options.json) {
      const about = { platform, company, base_url: baseUrl, state };
      const matching = report === null ? null : matchingJson(report, options.unmasked);
      process.stdout.write(
        `${JSON.stringify({ ...about, checks: probe.checks, fields: probe.fields, ...matching, calls: live.tally() }, null, 2)}\n`,
      );
      return exitCode;
    }
    const colour = supportsColor(process.stdout);
    const lines = [
      `${colors(colour).bold(`${company} → ${platform}`)}  ${baseUrl}  (${state}; only read 仅读取)`,
      ...checkLines(probe.checks, colour),
      ...(passed ? fieldLines(connector.fields, probe.fields, colour) : []),
      ...(report === null ? [] : matchingLines(report.matching, options.unmasked, colour)),
      ...(report === null ? [] : [departmentLine(report.departments)]),
      ...problemLines(read?.problems ?? [], colour),
      ...callLines(live.tally(), colour),
      ...(exitCode === 0 ? [nextLine(nextWords(platform, links), options)] : []),
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
    return exitCode;
  });
}

/** Returns what follows a probe: who is who is stored first; then it is looked at what differs. */
function nextWords(platform: string, links: TargetView['links']): readonly string[] {
  return (links.linked ?? 0) === 0 ? ['connect', platform, '--adopt'] : ['drift', platform];
}

const SIGNS = { passed: '✓', failed: '✗', skipped: '–' } as const;

function checkLines(checks: readonly ProbeCheck[], colour: boolean): readonly string[] {
  const dye = colors(colour);
  const lines = table(
    checks.map(({ what, secret, state, detail }) => [SIGNS[state], secret ?? '', what, both(detail)]),
  );
  return [
    dye.bold('Checks 检查'),
    ...checks.flatMap(({ verdict }, index) => [
      lines[index] ?? '',
      ...(verdict?.remedy === undefined ? [] : [`      ${verdict.remedy.en}`, `      ${verdict.remedy.zh}`]),
    ]),
  ];
}

function fieldLines(rows: readonly FieldRow[], found: ProbeResult['fields'], colour: boolean): readonly string[] {
  const cells = rows.map(({ field, theirs, clear, care }) => {
    const { read, write } = found[field] ?? {};
    const why = read?.can === 'yes' ? care : (read?.why ?? care);
    return [field, theirs, read?.can ?? '', write?.can ?? '', clear ?? '✗', why === undefined ? '' : both(why)];
  });
  // What is to be known of many fields is said once, below them.
  const shared = [...Map.groupBy(cells, (row) => row.at(-1) ?? '')].flatMap(([why, rows]) =>
    why !== '' && rows.length > 1 ? [why] : [],
  );
  const numbered = cells.map((row) => {
    const at = shared.indexOf(row.at(-1) ?? '');
    return at === -1 ? row : row.with(-1, `(${String(at + 1)})`);
  });
  const head = ['field 字段', 'theirs 平台字段', 'read 读', 'write 写', 'clear 清空', ''];
  return [
    colors(colour).bold('Fields 字段'),
    ...table([head, ...numbered]),
    ...shared.map((why, at) => `  (${String(at + 1)}) ${why}`),
  ];
}

function departmentLine(departments: {
  readonly matched: number;
  readonly missing: readonly string[];
  readonly only_there: readonly string[];
}): string {
  const { matched, missing, only_there: onlyThere } = departments;
  return `  departments 部门: ${String(matched)} matched 已匹配, ${String(missing.length)} only ours 仅本地, ${String(onlyThere.length)} only theirs 仅平台`;
}
