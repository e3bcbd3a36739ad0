import { supportsColor } from '../../../config.ts';
import type { Words } from '../../../connectors/connector.ts';
import { hasDrift, type DriftReport } from '../../../delivery/targets/drift.ts';
import { randomIds } from '../../../lib/ids.ts';
import { UsageError } from '../../error-message.ts';
import { agreedIn, readPeople } from '../../../live-targets/planning.ts';
import { differenceLines, nextAfterDrift, ONLY_THEIRS } from '../../live/difference-lines.ts';
import { acceptDrift, repairDrift } from '../../live/drift-remedies.ts';
import { withDrift } from '../../live/drift-desk.ts';
import { withDesk } from '../../live/target-desk.ts';
import { EXIT, exitCodeOf } from '../../live/exit-code.ts';
import { differencesJson, linksJson, matchingJson } from '../../live/report-json.ts';
import { both, callLines, listed as listedOnes, matchingLines, problemLines, table } from '../../live/report-lines.ts';
import { nextLine } from '../../live/next-command.ts';
import { onlyCompany, withLive, type LiveOptions } from '../../live/open-live.ts';
import { readThere } from '../../live/server/drift-run.ts';
import { withTargets } from '../../live/with-targets.ts';
import { colors } from '../../output/colors.ts';

/** The options of `mingce drift`. */
export interface DriftOptions extends LiveOptions {
  readonly accept: boolean;
  readonly repair: boolean;
  readonly all: boolean;
  readonly person: readonly string[];
  readonly field: readonly string[];
  readonly allow: readonly string[];
  readonly out?: string;
}

/** Lists what differs between a live tenant and the company, and does something about it where asked. Returns the exit code. */
export async function drift(platform: string, options: DriftOptions): Promise<number> {
  if (options.accept && options.repair) throw new UsageError('Accept or repair, not both at one time.');
  if (options.accept) return await acceptDrift(platform, options);
  return options.repair ? await repairDrift(platform, options) : await listed(platform, options);
}

async function listed(platform: string, options: DriftOptions): Promise<number> {
  const company = await onlyCompany(options);
  const there = await withTargets<number | null>(options, {
    local: () => Promise.resolve(null),
    remote: (request) => readThere({ request, company, platform }, options),
  });
  return there ?? (await readHere(platform, options));
}

/** Reads the tenant where the store is here. */
async function readHere(platform: string, options: DriftOptions): Promise<number> {
  return await withLive(platform, options, async (live) => {
    const readAt = Date.now();
    const links = await withDesk(options, (desk) => desk.allLinks(live.company, platform));
    const read = await readPeople(live, links);
    const report = live.compare(read, links);
    const kept = { id: randomIds.fresh('dr_'), readAt, report, problems: read.problems };
    const run = await withDrift(
      options,
      async ({ keep }) => await keep?.(live.company, platform, kept, agreedIn(live, read, links)),
    );
    const { compared, unreadable } = report;
    const isComplete = run?.isComplete ?? report.isComplete;
    const failed = exitCodeOf(read.problems.map(({ verdict }) => verdict));
    const exitCode = failed !== EXIT.done ? failed : hasDrift(report) ? EXIT.differs : EXIT.done;
    if (options.json) {
      const about = {
        platform,
        company: live.company,
        base_url: live.baseUrl,
        read_at: new Date(readAt).toISOString(),
        complete: isComplete,
        ...(run === undefined ? {} : { run: run.id, counts: run.counts }),
      };
      const differences = differencesJson(report, options.unmasked);
      const people = { ...matchingJson(report, options.unmasked), links: linksJson(report, isComplete) };
      const rest = { compared, unreadable, problems: read.problems, calls: live.tally() };
      process.stdout.write(`${JSON.stringify({ ...about, differences, ...people, ...rest }, null, 2)}\n`);
      return exitCode;
    }
    const colour = supportsColor(process.stdout);
    const why = run?.why ?? '';
    const lines = [
      `${colors(colour).bold(`${live.company} ↔ ${platform}`)}  ${live.baseUrl}`,
      // Where no one was read, that no field differs says nothing.
      ...(report.people.matched === 0 && !isComplete
        ? []
        : differenceLines(report.differences, options.unmasked, colour)),
      ...matchingLines(report.matching, options.unmasked, colour),
      ...(report.matching.onlyThere.length === 0 ? [] : [ONLY_THEIRS]),
      ...strayLines(report, isComplete, colour),
      ...departmentLines(report, colour),
      ...unreadableLines(unreadable, colour),
      ...problemLines(read.problems, colour),
      ...(isComplete
        ? []
        : [`  The read is incomplete: no one is called missing. 读取不完整，未判定任何人缺失。 ${why}`]),
      ...callLines(live.tally(), colour),
      ...(links.length === 0
        ? [UNLINKED, nextLine(['connect', platform, '--adopt'], options)]
        : nextAfterDrift(report.differences, platform, options)),
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
    return exitCode;
  });
}

/** Said where it was never stored who is who. */
const UNLINKED =
  'Who is who is not stored yet: people were matched by their keys alone. 尚未保存对应关系，仅按标识匹配。';

function strayLines({ gone, doubled }: DriftReport, isComplete: boolean, colour: boolean): readonly string[] {
  if (gone.length === 0 && doubled.length === 0) return [];
  const moved = gone.filter(({ candidates }) => candidates.length > 0);
  const unseen = gone.filter(({ candidates }) => candidates.length === 0);
  return [
    colors(colour).bold('Links 对应关系'),
    ...listedOnes(
      isComplete ? '  gone there 平台已无此人' : '  not read 未读取到',
      unseen.map(({ own }) => [own.id, own.name]),
    ),
    ...listedOnes(
      '  another id there 平台标识已变',
      moved.map(({ own, candidates }) => [own.id, own.name, candidates.join(', ')]),
    ),
    ...listedOnes(
      '  doubled there 平台重复',
      doubled.map(({ own, doubles }) => [own.id, own.name, doubles.join(', ')]),
    ),
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
