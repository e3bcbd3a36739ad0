import { supportsColor } from '../../../config.ts';
import type { Words } from '../../../connectors/connector.ts';
import { hasDrift, type DriftReport } from '../../../delivery/targets/drift.ts';
import { maskedValue } from '../../../delivery/targets/mask.ts';
import { EXIT, exitCodeOf } from '../../live/exit-code.ts';
import { differencesJson, matchingJson } from '../../live/report-json.ts';
import { both, callLines, matchingLines, problemLines, table } from '../../live/report-lines.ts';
import { withLive, type LiveOptions } from '../../live/open-live.ts';
import { colors } from '../../output/colors.ts';

/** So many differences are listed; --json has them all. */
const MAX_LISTED = 200;

/** Lists what differs between a live tenant and the company; changes neither. Returns the exit code. */
export async function drift(platform: string, options: LiveOptions): Promise<number> {
  return await withLive(platform, options, async (live) => {
    const readAt = new Date().toISOString();
    const read = await live.run(live.connector.readAll(live.target));
    const report = live.compare(read);
    const { compared, unreadable, isComplete } = report;
    const failed = exitCodeOf(read.problems.map(({ verdict }) => verdict));
    const exitCode = failed !== EXIT.done ? failed : hasDrift(report) ? EXIT.differs : EXIT.done;
    if (options.json) {
      const about = { platform, company: live.company, base_url: live.baseUrl, read_at: readAt, complete: isComplete };
      const differences = differencesJson(report, options.unmasked);
      const rest = { compared, unreadable, problems: read.problems, calls: live.tally() };
      process.stdout.write(
        `${JSON.stringify({ ...about, differences, ...matchingJson(report, options.unmasked), ...rest }, null, 2)}\n`,
      );
      return exitCode;
    }
    const colour = supportsColor(process.stdout);
    const lines = [
      `${colors(colour).bold(`${live.company} ↔ ${platform}`)}  ${live.baseUrl}`,
      ...differenceLines(report, options.unmasked, colour),
      ...matchingLines(report.matching, options.unmasked, colour),
      ...departmentLines(report, colour),
      ...unreadableLines(unreadable, colour),
      ...problemLines(read.problems, colour),
      ...(isComplete ? [] : ['  The read is incomplete: no one is called missing. 读取不完整，未判定任何人缺失。']),
      ...callLines(live.tally(), colour),
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
    return exitCode;
  });
}

function differenceLines({ differences }: DriftReport, unmasked: boolean, colour: boolean): readonly string[] {
  const dye = colors(colour);
  if (differences.length === 0) return [dye.green('  No field of a matched person differs. 已匹配人员的字段均一致。')];
  const show = (field: string, value: DriftReport['differences'][number]['ours']): string => {
    const shown = unmasked ? value : maskedValue(field, value);
    return shown === null ? '–' : typeof shown === 'object' ? shown.join(', ') : String(shown);
  };
  const rows = differences
    .slice(0, MAX_LISTED)
    .map(({ employee, name, field, ours, theirs, authority }) => [
      employee,
      name,
      field,
      show(field, ours),
      show(field, theirs),
      authority ?? '',
    ]);
  const more = differences.length - rows.length;
  return [
    dye.bold(`Differences 差异: ${String(differences.length)}`),
    ...table([['who 人员', '', 'field 字段', 'ours 本地', 'theirs 平台', 'authority 以谁为准'], ...rows]),
    ...(more > 0 ? [`  … ${String(more)} more, with --json 其余见 --json`] : []),
  ];
}

function departmentLines({ departments }: DriftReport, colour: boolean): readonly string[] {
  const { missing, only_there: onlyThere } = departments;
  if (missing.length === 0 && onlyThere.length === 0) return [];
  return [
    colors(colour).bold('Departments 部门'),
    ...(missing.length === 0 ? [] : [`  only ours 仅本地: ${missing.join(', ')}`]),
    ...(onlyThere.length === 0 ? [] : [`  only theirs 仅平台: ${onlyThere.join(', ')}`]),
  ];
}

function unreadableLines(unreadable: Readonly<Record<string, Words>>, colour: boolean): readonly string[] {
  const rows = Object.entries(unreadable).map(([field, why]) => [field, both(why)]);
  return rows.length === 0 ? [] : [colors(colour).bold('Not compared 未比较'), ...table(rows)];
}
